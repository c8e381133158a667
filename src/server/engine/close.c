#include "close.h"

#include "lifecycle.h"
#include "output.h"
#include "queue.h"
#include "reply.h"
#include "rooms.h"

/* How long a server that stops still reads, so that lines in transit are answered
 * before the goodbye. */
#define DRAIN_GRACE_MS 10


void stellar__session_end_output(struct stellar_connection *session)
{
    stellar__room_leave_all(session);
    stellar__lifecycle_step(session, STELLAR__SESSION_CLOSING);
    session->transport->end(session);
}


void stellar__session_say_goodbye(struct stellar_connection *session)
{
    stellar__room_leave_all(session);
    stellar__reply_notice(session, "status", session->shard->options->goodbye_message);
    stellar__session_flush(session);
    if (session->state != STELLAR__SESSION_CLOSED) {
        stellar__session_end_output(session);
    }
}


void stellar__session_stop_output(struct stellar_connection *session)
{
    stellar__room_leave_all(session);
    stellar__queue_clear(&session->queue);
    if (!stellar__session_is_over(session)) {
        stellar__session_end_output(session);
    }
}


void stellar__session_disconnect(struct stellar_connection *session)
{
    stellar__room_leave_all(session);
    stellar__session_abort(session);
}


/* Returns whether an action or a line that was read still waits for its answer. */
static bool owes_answers(const struct stellar_connection *session)
{
    return session->pending_actions > 0 ||
           ((session->has_unread || session->has_more) &&
            stellar__session_listens(session));
}


void stellar__session_quit(struct stellar_connection *session)
{
    bool is_draining = session->state == STELLAR__SESSION_DRAINING;

    if (!stellar__session_listens(session)) {
        return;
    }
    stellar__lifecycle_step(session, STELLAR__SESSION_LEAVING);
    /* If the server drains, goodbye is said when all is executed that was received. */
    if (!is_draining && !owes_answers(session)) {
        stellar__session_say_goodbye(session);
    }
}


void stellar__session_end_of_input(struct stellar_connection *session)
{
    if (!stellar__session_listens(session)) {
        return;
    }
    stellar__lifecycle_step(session, STELLAR__SESSION_HALF_CLOSED);
    if (session->pending_actions == 0) {
        stellar__session_say_goodbye(session);
    }
}


void stellar__session_drain(struct stellar_connection *session)
{
    uint64_t grace = session->shard->now + DRAIN_GRACE_MS;

    if (session->state == STELLAR__SESSION_OPEN) {
        stellar__timer_set(&session->shard->timers, &session->timer, grace,
                           session->shard->expire);
    } else if (session->state == STELLAR__SESSION_HALF_CLOSED) {
        stellar__timer_set(&session->shard->timers, &session->timer,
                           grace + session->shard->options->shutdown_limit,
                           session->shard->expire);
    }
}


void stellar__session_end_grace(struct stellar_connection *session)
{
    stellar__lifecycle_step(session, STELLAR__SESSION_DRAINING);
    if ((session->pause_reasons & STELLAR__PAUSE_THROTTLE) != 0) {
        session->transport->resume(session);
    }
    stellar__session_call_done(session);
}


void stellar__session_call_done(struct stellar_connection *session)
{
    if (stellar__session_is_leaving(session) && !owes_answers(session)) {
        stellar__session_say_goodbye(session);
    }
}
