/*
 * When a connection is not read from, and why. The reasons are a set in the session,
 * changed by the two functions below only.
 */
#ifndef STELLAR_SERVER_PAUSE_H
#define STELLAR_SERVER_PAUSE_H

#include <assert.h>

#include "lifecycle.h"
#include "queue.h"

static inline void stellar__pause_set(struct stellar_connection *session,
                                      enum stellar__pause_reason reason)
{
    assert(stellar__lifecycle_has_pause(session->state, reason));
    session->pause_reasons |= (unsigned char)reason;
}


static inline void stellar__pause_clear(struct stellar_connection *session,
                                        enum stellar__pause_reason reasons)
{
    session->pause_reasons &= (unsigned char)~reasons;
}


/* The session begins to receive: sets its quota for this iteration of the loop. */
void stellar__pause_begin_quota(struct stellar_connection *session);

/* Whether the session is throttled, and still has to be: the shard that had too much
 * mail has not caught up, or the other sessions have not had their turn. */
bool stellar__pause_must_throttle(const struct stellar_connection *session);

/* Whether the session must pause. Sets the reasons to throttle it; or, if too much
 * output has gathered, sends what can be sent first. */
bool stellar__pause_check(struct stellar_connection *session);

/* Returns whether to pause. To be called after each line. */
static inline bool stellar__pause_is_due(struct stellar_connection *session)
{
    const struct stellar__shard *shard = session->shard;

    return (shard->is_congested || shard->caused > shard->quota_end ||
            shard->scratch.length + stellar__queue_bytes(session->queue) >
                shard->options->output_soft_limit) &&
           stellar__pause_check(session);
}


/* Whether the reasons to pause are over: the queue is short enough, and the session
 * need not be throttled. */
bool stellar__session_may_resume(const struct stellar_connection *session);

/* If they are over, clears them: the session is to get what it left. */
bool stellar__session_resume(struct stellar_connection *session);

#endif
