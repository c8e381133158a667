#include "expire.h"

#include <stdio.h>

#include "close.h"
#include "log.h"
#include "pause.h"
#include "queue.h"
#include "reply.h"
#include "timeouts.h"


static void cut_off(struct stellar_connection *session, uint32_t limit)
{
    stellar__log(session->shard->options, STELLAR_LOG_WARNING, session->id,
                 "error %s: %s (nothing was read for %u ms, %zu bytes waiting)",
                 stellar_error_code_text(STELLAR_E_SLOW_READER),
                 stellar_error_template(STELLAR_E_SLOW_READER), (unsigned)limit,
                 stellar__queue_bytes(session->queue));
    STELLAR__COUNT(session->shard, readers_cut_off);
    STELLAR__COUNT_IN(session->shard, errors, STELLAR_E_SLOW_READER);
    stellar__session_disconnect(session);
}


/* Tells the client why, then closes as after a quit: pending actions are still
 * answered. */
static void give_up(struct stellar_connection *session, const char *what,
                    uint32_t limit)
{
    char text[80];

    snprintf(text, sizeof text, "%s %u ms", what, (unsigned)limit);
    stellar__log(session->shard->options, STELLAR_LOG_INFO, session->id,
                 "timed out: %s", text);
    STELLAR__COUNT(session->shard, connections_timed_out);
    stellar__reply_notice(session, "error", text);
    stellar__session_quit(session);
}


/* The client was to do something, or is to be read again. */
static void check_timeouts(struct stellar_connection *session)
{
    const char *what;
    uint32_t limit;

    switch (stellar__timeouts_check(session, &what, &limit)) {
    case STELLAR__NOT_OVERDUE:
        break;
    case STELLAR__THROTTLE_OVERDUE:
        if (stellar__session_may_resume(session)) {
            session->transport->resume(session);
        }
        break;
    case STELLAR__READING_OVERDUE:
        cut_off(session, limit);
        break;
    case STELLAR__SENDING_OVERDUE:
        give_up(session, what, limit);
        break;
    }
}


void stellar__expire(struct stellar__timer *timer)
{
    struct stellar_connection *session = stellar__session_of(timer);

    switch ((enum stellar__session_state)session->state) {
    case STELLAR__SESSION_OPEN:
        if (session->shard->draining) {
            stellar__session_end_grace(session);
        } else {
            check_timeouts(session);
        }
        break;
    case STELLAR__SESSION_DRAINING:
    case STELLAR__SESSION_LEAVING:
    case STELLAR__SESSION_HALF_CLOSED:
        stellar__session_say_goodbye(session);
        break;
    case STELLAR__SESSION_HANDSHAKE:
    case STELLAR__SESSION_CLOSING:
    case STELLAR__SESSION_SHUTTING:
    case STELLAR__SESSION_SHUT:
    case STELLAR__SESSION_CLOSED:
        break; /* these deadlines are the transport's */
    }
}
