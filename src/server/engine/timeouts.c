/*
 * Implementation notes. `since` is when that began which is waited for: the session,
 * the unfinished line, the silence, or the time in which the transport was not seen to
 * take anything. Nothing is set anew for what a client sends or reads in time: when the
 * timer comes, `since` tells whether it came too early, and it is set to the rest. So
 * an active client costs one look in each timeout, and its requests nothing. Of who was
 * heard while output waited it is only known that it was: its time begins with the
 * first look after that.
 */
#include "timeouts.h"

#include "queue.h"

/* How often a session that is held is looked at; and the first time, if it is held for
 * the sake of others on its own loop: in the next turn. */
#define HOLD_MS           5
#define NEXT_ITERATION_MS 1

static const struct stellar_server_options *options_of(
    const struct stellar_connection *session)
{
    return session->shard->options;
}


static void start_now(struct stellar_connection *session)
{
    session->since = (uint32_t)session->shard->now;
    session->was_heard = false;
}


/* Milliseconds; the stamp wraps every 49 days, which is longer than any timeout. */
static uint32_t elapsed(const struct stellar_connection *session)
{
    return (uint32_t)session->shard->now - session->since;
}


static bool applies(const struct stellar_connection *session)
{
    return session->state == STELLAR__SESSION_OPEN && !session->shard->draining;
}


bool stellar__timeouts_within_line(const struct stellar_connection *session)
{
    const struct stellar__line *line = session->line;

    return line != NULL &&
           (stellar_parser_held(&line->parser) > 0 || line->parser.discarding);
}


/* Whether it is waited for that the client reads; then for nothing else. */
static bool is_writing(const struct stellar_connection *session)
{
    return stellar__queue_bytes(session->queue) > 0 &&
           options_of(session)->write_timeout > 0;
}


/* How long the client may let wait for what it sends, 0 for ever, and for what. */
static uint32_t limit_of(const struct stellar_connection *session, const char **what)
{
    const struct stellar_server_options *options = options_of(session);

    if (stellar__timeouts_within_line(session) && options->line_timeout > 0) {
        *what = "The line was not ended within";
        return options->line_timeout;
    }
    if (session->message_count == 0 && options->first_line_timeout > 0) {
        *what = "No line came within";
        return options->first_line_timeout;
    }
    *what = "Nothing came for";
    return options->idle_timeout;
}


/* Sees to it that the session is looked at in so many milliseconds, or earlier. */
static void check_in(struct stellar_connection *session, uint32_t wait)
{
    uint64_t deadline = session->shard->now + wait;

    if (!stellar__timer_is_set(&session->timer) || session->timer.deadline > deadline) {
        stellar__timer_set(&session->shard->timers, &session->timer, deadline,
                           session->shard->expire);
    }
}


static uint32_t earlier(uint32_t wait, uint32_t limit)
{
    return limit > 0 && limit < wait ? limit : wait;
}


/* Whether it is we who keep the client waiting; or it was heard, and not noted when. */
static bool begins_now(struct stellar_connection *session, bool writing)
{
    return writing ? session->transport->has_moved(session)
                   : session->has_unread || session->has_more || session->was_heard ||
                         (session->pending_actions > 0 &&
                          !stellar__timeouts_within_line(session));
}


enum stellar__overdue stellar__timeouts_check(struct stellar_connection *session,
                                              const char **what, uint32_t *limit)
{
    bool writing = is_writing(session);
    uint32_t own = limit_of(session, what);

    *limit = writing ? options_of(session)->write_timeout : own;
    if (!applies(session)) {
        return STELLAR__NOT_OVERDUE;
    }
    if ((session->pause_reasons & STELLAR__PAUSE_THROTTLE) != 0) {
        check_in(session, HOLD_MS);
        return STELLAR__THROTTLE_OVERDUE;
    }
    if (*limit == 0) {
        return STELLAR__NOT_OVERDUE;
    }
    if (begins_now(session, writing)) {
        start_now(session);
    }
    if (elapsed(session) < *limit) {
        /* When all is written, nobody tells: its own time begins then. */
        check_in(session, earlier(*limit - elapsed(session), writing ? own : 0));
        return STELLAR__NOT_OVERDUE;
    }
    return writing ? STELLAR__READING_OVERDUE : STELLAR__SENDING_OVERDUE;
}


void stellar__timeouts_begin(struct stellar_connection *session)
{
    const char *what;
    uint32_t limit = limit_of(session, &what);

    start_now(session);
    if (limit > 0 && applies(session)) {
        check_in(session, limit);
    }
}


void stellar__timeouts_received(struct stellar_connection *session,
                                bool was_within_line, uint64_t lines)
{
    const struct stellar_server_options *options = options_of(session);
    const char *what;
    uint32_t limit;

    if ((session->pause_reasons & STELLAR__PAUSE_THROTTLE) != 0) {
        stellar__timeouts_throttle(session);
    }
    if (!applies(session)) {
        return;
    }
    if (is_writing(session)) {
        session->was_heard = true; /* `since` is about the writing */
        return;
    }
    if (stellar__timeouts_within_line(session) && options->line_timeout > 0) {
        if (was_within_line && lines == 0) {
            return; /* one more byte of a line does not make it a new one */
        }
    } else if (session->message_count == 0 && options->first_line_timeout > 0) {
        return; /* nor does a blank line */
    }
    start_now(session);
    limit = limit_of(session, &what);
    if (limit > 0) {
        check_in(session, limit);
    }
}


void stellar__timeouts_throttle(struct stellar_connection *session)
{
    if (applies(session)) {
        check_in(session, session->shard->is_congested ? HOLD_MS : NEXT_ITERATION_MS);
    }
}


void stellar__timeouts_blocked(struct stellar_connection *session)
{
    uint32_t limit = options_of(session)->write_timeout;

    if (limit > 0 && applies(session)) {
        check_in(session, limit);
    }
}


void stellar__timeouts_changed(struct stellar_connection *session)
{
    const char *what;
    uint32_t limit = limit_of(session, &what);

    if (is_writing(session)) {
        limit = options_of(session)->write_timeout;
    }
    if (limit > 0 && applies(session)) {
        check_in(session, limit);
    }
}
