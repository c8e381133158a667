/* When a session must stop to read, and when it may go on. */
#ifndef STELLAR_SERVER_PAUSE_H
#define STELLAR_SERVER_PAUSE_H

#include "queue.h"
#include "state.h"

/* The session begins to receive: what it may cause in this turn of the loop. */
void stellar__pause_begin_quota(struct stellar_connection *session);

/* Whether the session is held, and the shard that had too much mail has not caught up,
 * or the others have not had their turn. */
bool stellar__pause_must_throttle(const struct stellar_connection *session);

/* Too much output has gathered: sends what can be sent, and tells whether to pause.
 * Or the session has said more than another shard can take, or had its share of the
 * turn. */
bool stellar__pause_check(struct stellar_connection *session);

/* The same, to be asked after each line. */
static inline bool stellar__pause_is_due(struct stellar_connection *session)
{
    const struct stellar__shard *shard = session->shard;

    return (shard->is_congested || shard->caused > shard->quota_end ||
            shard->scratch.length + stellar__queue_bytes(session->queue) >
                shard->options->output_soft_limit) &&
           stellar__pause_check(session);
}

/* Whether to go on after receive left something: the queue is short enough, and the
 * session not held. */
bool stellar__session_may_resume(const struct stellar_connection *session);

#endif
