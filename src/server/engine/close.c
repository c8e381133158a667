#include "close.h"

#include "lifecycle.h"
#include "output.h"
#include "queue.h"
#include "reply.h"
#include "rooms.h"

/* How long a server that stops still listens, so that lines already on their way are
 * answered before the goodbye. */
#define DRAIN_GRACE_MS 10


void stellar__session_end_output(struct stellar_connection *session)
{
    stellar__timer_clear(&session->shard->timers, &session->timer);
    stellar__room_leave_all(session);
    session->state = STELLAR__SESSION_ENDED;
    session->transport->end(session);
}


static void send_goodbye(struct stellar_connection *session)
{
    stellar__timer_clear(&session->shard->timers, &session->timer);
    stellar__room_leave_all(session);
    stellar__reply_notice(session, "status", session->shard->options->goodbye_message);
    stellar__session_flush(session);
    if (session->state != STELLAR__SESSION_DEAD) {
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


static void waited_enough(struct stellar__timer *timer)
{
    send_goodbye(stellar__session_of(timer));
}


/* Whether an action or a line that was read still waits for its answer. */
static bool owes_answers(const struct stellar_connection *session)
{
    return session->pending_actions > 0 || ((session->is_paused || session->has_more) &&
                                            session->state == STELLAR__SESSION_OPEN);
}


/* Says goodbye now if nothing is pending, or else when the limit is over. */
static void leave(struct stellar_connection *session)
{
    if (!owes_answers(session)) {
        send_goodbye(session);
    } else {
        stellar__timer_set(&session->shard->timers, &session->timer,
                           session->shard->now +
                               session->shard->options->shutdown_limit,
                           waited_enough);
    }
}


void stellar__session_quit(struct stellar_connection *session)
{
    if (session->state != STELLAR__SESSION_OPEN) {
        return;
    }
    session->state = STELLAR__SESSION_LEAVING;
    /* Who is draining waits already, and no longer because it quits. */
    if (!session->is_draining) {
        leave(session);
    }
}


void stellar__session_end_of_input(struct stellar_connection *session)
{
    if (session->state != STELLAR__SESSION_OPEN) {
        return;
    }
    session->state = STELLAR__SESSION_HALF;
    if (session->pending_actions == 0) {
        send_goodbye(session);
    }
}


static void grace_is_over(struct stellar__timer *timer)
{
    struct stellar_connection *session = stellar__session_of(timer);

    session->is_draining = true;
    if (session->is_throttled) {
        session->transport->resume(session);
    }
    if (!stellar__session_is_over(session)) {
        leave(session);
    }
}


void stellar__session_drain(struct stellar_connection *session)
{
    if (session->state != STELLAR__SESSION_OPEN &&
        session->state != STELLAR__SESSION_HALF) {
        return;
    }
    stellar__timer_set(&session->shard->timers, &session->timer,
                       session->shard->now + DRAIN_GRACE_MS, grace_is_over);
}


void stellar__session_call_done(struct stellar_connection *session)
{
    if (!owes_answers(session) && !stellar__session_is_over(session) &&
        (session->is_draining || session->state != STELLAR__SESSION_OPEN)) {
        send_goodbye(session);
    }
}
