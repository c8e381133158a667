/*
 * Writing to sessions. Everything that is written goes through here or through a batch
 * (batch.h), so that what a client gets is in the order in which it was written.
 */
#ifndef STELLAR_SERVER_DELIVERY_H
#define STELLAR_SERVER_DELIVERY_H

#include "state.h"

/*
 * To write to a session: begin, append to the shard's scratch buffer, end with the mark
 * that begin gave. For a session that is not the current one, end moves what was
 * written into its queue. A session that has ended gets nothing.
 */
static inline size_t stellar__session_begin(struct stellar_connection *session)
{
    return session->shard->scratch.length;
}

void stellar__session_end(struct stellar_connection *session, size_t mark);

/* Hands a finished line to a session; the reference is kept. */
void stellar__session_deliver(struct stellar_connection *session,
                              struct stellar__shared *line);

/* Sends all output that has gathered. */
void stellar__shard_flush(struct stellar__shard *shard);

#endif
