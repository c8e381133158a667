/*
 * Writing to sessions. All output goes through here or through a batch (batch.h), so a
 * client gets it in the order in which it was written.
 */
#ifndef STELLAR_SERVER_DELIVERY_H
#define STELLAR_SERVER_DELIVERY_H

#include "state.h"

/*
 * To write to a session: begin, append to the shard's scratch buffer, end with the mark
 * that begin returned. If the session is not the current one, end moves the output into
 * its queue. A session that has ended gets nothing.
 */
static inline size_t stellar__session_begin(struct stellar_connection *session)
{
    return session->shard->scratch.length;
}

void stellar__session_end(struct stellar_connection *session, size_t mark);

/* Passes a finished line to a session, which keeps a reference. */
void stellar__session_deliver(struct stellar_connection *session,
                              struct stellar__shared *line);

/* Sends all output that has collected. */
void stellar__shard_flush(struct stellar__shard *shard);

#endif
