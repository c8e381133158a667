/*
 * The life of a connection is one state machine. The state is changed in one place,
 * stellar__lifecycle_step(), which also sets the deadline of the new state. Which steps
 * there are is a table in lifecycle.c; docs/connection-states.md draws it.
 */
#ifndef STELLAR_SERVER_LIFECYCLE_H
#define STELLAR_SERVER_LIFECYCLE_H

#include <assert.h>

#include "state.h"
#include "timeouts.h"

/* Whether there is such a step. */
bool stellar__lifecycle_has_step(enum stellar__session_state from,
                                 enum stellar__session_state to);

/* Whether a connection in that state may pause for that reason. */
bool stellar__lifecycle_has_pause(enum stellar__session_state state,
                                  enum stellar__pause_reason reason);

/* Parts of the step: how long what is pending may keep a session that leaves, from a
 * moment on. The peer's end is no reason for a limit; but if the server stops, it runs
 * from the end of the grace, which is the deadline that is set. */
void stellar__lifecycle_limit_leaving(struct stellar_connection *session,
                                      uint64_t from);
void stellar__lifecycle_limit_half_closed(struct stellar_connection *session);

/* Enters a state, and sets its deadline. From CLOSING on, deadlines are the
 * transport's. Inline, as the compiler knows the state at each call. */
static inline void stellar__lifecycle_step(struct stellar_connection *session,
                                           enum stellar__session_state to)
{
    enum stellar__session_state from = session->state;

    assert(stellar__lifecycle_has_step(from, to));
    session->state = (unsigned char)to;
    switch (to) {
    case STELLAR__SESSION_OPEN:
        stellar__timeouts_begin(session);
        break;
    case STELLAR__SESSION_DRAINING:
        stellar__lifecycle_limit_leaving(session, session->shard->now);
        break;
    case STELLAR__SESSION_LEAVING:
        /* If nothing is pending, the goodbye follows at once. When draining, the limit
         * stays as it is. */
        if (from == STELLAR__SESSION_OPEN && session->pending_actions > 0) {
            stellar__lifecycle_limit_leaving(session, session->shard->now);
        }
        break;
    case STELLAR__SESSION_HALF_CLOSED:
        if (from == STELLAR__SESSION_OPEN) {
            stellar__lifecycle_limit_half_closed(session);
        }
        break;
    case STELLAR__SESSION_CLOSING:
    case STELLAR__SESSION_CLOSED:
        stellar__timer_clear(&session->shard->timers, &session->timer);
        break;
    case STELLAR__SESSION_HANDSHAKE:
    case STELLAR__SESSION_SHUTTING:
    case STELLAR__SESSION_SHUT:
        break;
    }
}


/* Whether there is a session, or was one: not while hands are shaken. */
static inline bool stellar__session_exists(const struct stellar_connection *session)
{
    return session->id[0] != '\0';
}

/* Whether it executes what it receives. */
static inline bool stellar__session_listens(const struct stellar_connection *session)
{
    return session->state == STELLAR__SESSION_OPEN ||
           session->state == STELLAR__SESSION_DRAINING;
}

/* Whether it ends as soon as nothing is pending. */
static inline bool stellar__session_is_leaving(const struct stellar_connection *session)
{
    return session->state > STELLAR__SESSION_OPEN &&
           session->state < STELLAR__SESSION_CLOSING;
}

/* Returns whether the goodbye has been written, or the session aborted: then nothing
 * more is written to it. */
static inline bool stellar__session_is_over(const struct stellar_connection *session)
{
    return session->state >= STELLAR__SESSION_CLOSING;
}

/* Aborts a session; close follows. */
void stellar__session_abort(struct stellar_connection *session);

/* Aborts a session because memory ran out, and logs that. */
void stellar__session_out_of_memory(struct stellar_connection *session);

#endif
