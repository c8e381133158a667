#include "lifecycle.h"

#include "log.h"

#define TO(state) (1U << STELLAR__SESSION_##state)

/* The steps from each state. */
static const unsigned steps[] = {
    [STELLAR__SESSION_HANDSHAKE] = TO(OPEN) | TO(CLOSING),
    [STELLAR__SESSION_OPEN] =
        TO(DRAINING) | TO(LEAVING) | TO(HALF_CLOSED) | TO(CLOSING) | TO(CLOSED),
    [STELLAR__SESSION_DRAINING] =
        TO(LEAVING) | TO(HALF_CLOSED) | TO(CLOSING) | TO(CLOSED),
    [STELLAR__SESSION_LEAVING] = TO(CLOSING) | TO(CLOSED),
    [STELLAR__SESSION_HALF_CLOSED] = TO(CLOSING) | TO(CLOSED),
    [STELLAR__SESSION_CLOSING] = TO(SHUTTING) | TO(CLOSED),
    [STELLAR__SESSION_SHUTTING] = TO(SHUT) | TO(CLOSED),
    [STELLAR__SESSION_SHUT] = TO(CLOSED),
    [STELLAR__SESSION_CLOSED] = 0,
};

/* The reasons to pause that may be set in each state. A socket whose stream ends is
 * still read, until the peer's end comes. */
static const unsigned pauses[] = {
    [STELLAR__SESSION_HANDSHAKE] =
        STELLAR__PAUSE_OUTPUT | STELLAR__PAUSE_HANDSHAKE_TURN,
    [STELLAR__SESSION_OPEN] = STELLAR__PAUSE_SESSION,
    [STELLAR__SESSION_DRAINING] = STELLAR__PAUSE_SESSION,
    [STELLAR__SESSION_LEAVING] = STELLAR__PAUSE_OUTPUT,
    [STELLAR__SESSION_HALF_CLOSED] = STELLAR__PAUSE_OUTPUT,
    [STELLAR__SESSION_CLOSING] = STELLAR__PAUSE_OUTPUT | STELLAR__PAUSE_HANDSHAKE_TURN,
    [STELLAR__SESSION_SHUTTING] = STELLAR__PAUSE_OUTPUT | STELLAR__PAUSE_HANDSHAKE_TURN,
    [STELLAR__SESSION_SHUT] = STELLAR__PAUSE_OUTPUT | STELLAR__PAUSE_HANDSHAKE_TURN,
    [STELLAR__SESSION_CLOSED] = 0,
};


bool stellar__lifecycle_has_step(enum stellar__session_state from,
                                 enum stellar__session_state to)
{
    return (steps[from] & (1U << to)) != 0;
}


bool stellar__lifecycle_has_pause(enum stellar__session_state state,
                                  enum stellar__pause_reason reason)
{
    return (pauses[state] & reason) == reason;
}


void stellar__lifecycle_limit_leaving(struct stellar_connection *session, uint64_t from)
{
    stellar__timer_set(&session->shard->timers, &session->timer,
                       from + session->shard->options->shutdown_limit,
                       session->shard->expire);
}


void stellar__lifecycle_limit_half_closed(struct stellar_connection *session)
{
    if (session->shard->draining) {
        stellar__lifecycle_limit_leaving(session, session->timer.deadline);
    } else {
        stellar__timer_clear(&session->shard->timers, &session->timer);
    }
}


void stellar__session_abort(struct stellar_connection *session)
{
    if (session->state == STELLAR__SESSION_CLOSED) {
        return;
    }
    stellar__lifecycle_step(session, STELLAR__SESSION_CLOSED);
    session->transport->abort(session);
}


void stellar__session_out_of_memory(struct stellar_connection *session)
{
    if (session->state == STELLAR__SESSION_CLOSED) {
        return;
    }
    STELLAR__COUNT(session->shard, out_of_memory);
    stellar__log(session->shard->options, STELLAR_LOG_ERROR, session->id,
                 "out of memory: connection closed");
    stellar__session_abort(session);
}
