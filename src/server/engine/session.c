#include "session.h"

#include "answer.h"
#include "burst.h"
#include "call.h"
#include "config.h"
#include "dispatch.h"
#include "foreign.h"
#include "message.h"
#include "timeouts.h"

/* How long a server that stops still listens, so that lines already on their way are
 * answered before the goodbye. */
#define DRAIN_GRACE_MS 10

/* What sessions may cause in a turn of their loop, in bytes of answers. What one asks
 * for beyond that waits until the others have had their turn: some lines can cause a
 * megabyte each, or a thousand deliveries, and there is room for thousands of them in
 * what is read at once. Who comes late in a turn that others have used up may cause a
 * little all the same, which is much more than most ever do. */
#define SHARE_BYTES       ((uint64_t)8 * 1024 * 1024)
#define SMALL_SHARE_BYTES ((uint64_t)64 * 1024)

#define SESSION_OF(timer_)                                            \
    ((struct stellar_connection *)(void *)((char *)(timer_)-offsetof( \
        struct stellar_connection, timer)))


bool stellar__session_is_over(const struct stellar_connection *session)
{
    return session->state == STELLAR__SESSION_ENDED ||
           session->state == STELLAR__SESSION_DEAD;
}


void stellar__session_abort(struct stellar_connection *session)
{
    if (session->state == STELLAR__SESSION_DEAD)
        return;
    session->state = STELLAR__SESSION_DEAD;
    stellar__timer_clear(&session->hub->timers, &session->timer);
    session->sink->abort(session);
}


void stellar__session_lost(struct stellar_connection *session)
{
    stellar__room_leave_all(session);
    stellar__session_abort(session);
}


void stellar__session_out_of_memory(struct stellar_connection *session)
{
    if (session->state == STELLAR__SESSION_DEAD)
        return;
    STELLAR__COUNT(session->hub, out_of_memory);
    stellar__log(session->hub->options, STELLAR_LOG_ERROR, session->id,
                 "out of memory: connection closed");
    stellar__session_abort(session);
}


/* Output. */

static void mark_unflushed(struct stellar_connection *session)
{
    if (session->is_unflushed)
        return;
    session->is_unflushed = true;
    session->gathered = 0;
    session->next_unflushed = session->hub->unflushed;
    session->hub->unflushed = session;
}


static void cut_off(struct stellar_connection *session, size_t waiting)
{
    if (session->state == STELLAR__SESSION_DEAD)
        return;
    stellar__log(session->hub->options, STELLAR_LOG_WARNING, session->id,
                 "error %s: %s (%zu bytes waiting, %zu max)",
                 stellar_error_code_text(STELLAR_E_SLOW_READER),
                 stellar_error_template(STELLAR_E_SLOW_READER), waiting,
                 session->hub->options->output_hard_limit);
    STELLAR__COUNT(session->hub, readers_cut_off);
    STELLAR__COUNT_IN(session->hub, errors, STELLAR_E_SLOW_READER);
    stellar__session_abort(session);
}


static void enqueue(struct stellar_connection *session, struct stellar__shared *line)
{
    size_t limit = session->hub->options->output_hard_limit;

    if (line == NULL || !stellar__queue_append(&session->queue, line)) {
        stellar__session_out_of_memory(session);
    } else if (stellar__queue_bytes(session->queue) > limit) {
        cut_off(session, stellar__queue_bytes(session->queue));
    }
}


void stellar__session_deliver(struct stellar_connection *session,
                              struct stellar__shared *line)
{
    if (stellar__session_is_over(session))
        return;
    if (session == session->hub->current) {
        size_t mark = stellar__session_begin(session);

        stellar__buffer_append(&session->hub->scratch, line->data, line->length);
        stellar__session_end(session, mark);
    } else {
        stellar__burst_end(session->hub);
        enqueue(session, line);
        mark_unflushed(session);
        session->gathered += line->length;
        if (session->gathered > session->hub->options->output_soft_limit / 2)
            session->hub->must_flush = true;
    }
}


size_t stellar__session_begin(struct stellar_connection *session)
{
    return session->hub->scratch.length;
}


void stellar__session_end(struct stellar_connection *session, size_t mark)
{
    struct stellar__hub *hub = session->hub;
    struct stellar__buffer *scratch = &hub->scratch;

    if (scratch->failed || stellar__session_is_over(session)) {
        bool failed = scratch->failed;
        bool is_too_long = scratch->is_too_long;
        size_t length = scratch->length;

        stellar__buffer_cut(scratch, mark);
        if (failed && is_too_long)
            cut_off(session, stellar__queue_bytes(session->queue) + length);
        else if (failed)
            stellar__session_out_of_memory(session);
    } else if (session != hub->current) {
        struct stellar__shared *line = stellar__shared_new(
            hub->common->memory, scratch->data + mark, scratch->length - mark);

        stellar__buffer_cut(scratch, mark);
        stellar__burst_end(hub);
        enqueue(session, line);
        stellar__shared_drop(line);
        mark_unflushed(session);
    }
}


/* Offers the scratch buffer to the sink; what it does not take is queued. */
static void flush_scratch(struct stellar_connection *session)
{
    struct stellar__buffer *scratch = &session->hub->scratch;
    struct stellar__shared *rest;
    size_t sent = 0;

    if (stellar__queue_bytes(session->queue) == 0)
        sent = session->sink->write(session, scratch->data, scratch->length);
    if (sent < scratch->length && !stellar__session_is_over(session)) {
        rest = stellar__shared_new(session->hub->common->memory, scratch->data + sent,
                                   scratch->length - sent);
        enqueue(session, rest);
        stellar__shared_drop(rest);
    }
    session->hub->caused += scratch->length;
    stellar__buffer_cut(scratch, 0);
}


void stellar__session_flush(struct stellar_connection *session)
{
    if (session->state == STELLAR__SESSION_DEAD)
        return;
    if (session == session->hub->current && session->hub->scratch.length > 0)
        flush_scratch(session);
    if (stellar__queue_bytes(session->queue) > 0 &&
        session->state != STELLAR__SESSION_DEAD) {
        session->sink->pump(session);
        if (session->queue != NULL)
            stellar__timeouts_blocked(session);
    }
}


static bool has_had_its_share(const struct stellar_connection *session)
{
    return session->hub->talker == session &&
           session->hub->caused > session->hub->share_end;
}


/* Whether the session is held, and the hub that had too much mail has not caught up, or
 * the others have not had their turn. */
static bool must_hold(const struct stellar_connection *session)
{
    const struct stellar__hub *hub = session->hub;

    return session->is_held && !hub->draining &&
           (has_had_its_share(session) ||
            stellar__message_is_congested(hub, hub->options->mail_limit / 2));
}


bool stellar__session_may_resume(const struct stellar_connection *session)
{
    return stellar__queue_bytes(session->queue) <=
               session->hub->options->output_soft_limit / 2 &&
           !must_hold(session);
}


/* Too much output has gathered: sends what can be sent, and tells whether to pause. Or
 * the session has said more than another hub can take, or had its share of the turn. */
static bool must_pause(struct stellar_connection *session)
{
    size_t limit = session->hub->options->output_soft_limit;

    if ((session->hub->is_congested ||
         session->hub->caused > session->hub->share_end) &&
        !session->hub->draining) {
        STELLAR__COUNT(session->hub, talkers_held);
        session->is_held = true;
        return true;
    }
    if (session->hub->scratch.length + stellar__queue_bytes(session->queue) <= limit)
        return false;
    stellar__session_flush(session);
    return stellar__queue_bytes(session->queue) > limit;
}


/* Leave-taking. */

/* Nothing is written to it any more. */
static void end(struct stellar_connection *session)
{
    stellar__timer_clear(&session->hub->timers, &session->timer);
    stellar__room_leave_all(session);
    session->state = STELLAR__SESSION_ENDED;
    session->sink->end(session);
}


static void say_goodbye(struct stellar_connection *session)
{
    stellar__timer_clear(&session->hub->timers, &session->timer);
    stellar__room_leave_all(session);
    stellar__answer_notice(session, "status", session->hub->options->goodbye_message);
    stellar__session_flush(session);
    if (session->state != STELLAR__SESSION_DEAD)
        end(session);
}


void stellar__session_silence(struct stellar_connection *session)
{
    stellar__room_leave_all(session);
    stellar__queue_clear(&session->queue);
    if (!stellar__session_is_over(session))
        end(session);
}


bool stellar__session_listens(const struct stellar_connection *session)
{
    return session->state == STELLAR__SESSION_OPEN;
}


static void waited_enough(struct stellar__timer *timer)
{
    say_goodbye(SESSION_OF(timer));
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
    if (!owes_answers(session))
        say_goodbye(session);
    else
        stellar__timer_set(&session->hub->timers, &session->timer,
                           session->hub->now + session->hub->options->shutdown_limit,
                           waited_enough);
}


void stellar__session_quit(struct stellar_connection *session)
{
    if (session->state != STELLAR__SESSION_OPEN)
        return;
    session->state = STELLAR__SESSION_LEAVING;
    /* Who is draining waits already, and no longer because it quits. */
    if (!session->is_draining)
        leave(session);
}


void stellar__session_end_of_input(struct stellar_connection *session)
{
    if (session->state != STELLAR__SESSION_OPEN)
        return;
    session->state = STELLAR__SESSION_HALF;
    if (session->pending_actions == 0)
        say_goodbye(session);
}


static void grace_is_over(struct stellar__timer *timer)
{
    struct stellar_connection *session = SESSION_OF(timer);

    session->is_draining = true;
    if (session->is_held)
        session->sink->resume(session);
    if (!stellar__session_is_over(session))
        leave(session);
}


void stellar__session_drain(struct stellar_connection *session)
{
    if (session->state != STELLAR__SESSION_OPEN &&
        session->state != STELLAR__SESSION_HALF)
        return;
    stellar__timer_set(&session->hub->timers, &session->timer,
                       session->hub->now + DRAIN_GRACE_MS, grace_is_over);
}


void stellar__session_call_done(struct stellar_connection *session)
{
    if (!owes_answers(session) && !stellar__session_is_over(session) &&
        (session->is_draining || session->state != STELLAR__SESSION_OPEN))
        say_goodbye(session);
}


/* Input. */

static void drop_line(struct stellar_connection *session)
{
    if (session->line == NULL)
        return;
    stellar__config_drop(session->hub->common->memory, session->line->config);
    stellar__release(session->hub->common->memory, session->line);
    session->line = NULL;
}


/* Gives the line so much memory besides its parser. NULL: there is none. */
static struct stellar__line *resize_line(struct stellar_connection *session,
                                         size_t size)
{
    struct stellar__line *line = stellar__resize(session->hub->common->memory,
                                                 session->line, sizeof *line + size);

    if (line == NULL)
        return NULL;
    if (session->line == NULL)
        line->config = stellar__config_keep(session->hub->config);
    session->line = line;
    return line;
}


static bool lend_memory(struct stellar_connection *session)
{
    struct stellar_parser *parser = &session->hub->parser;
    size_t size = stellar_parser_memory_wanted(parser);
    struct stellar__line *line = resize_line(session, size);

    if (line == NULL)
        return false;
    stellar_parser_set_memory(parser, line->memory, size);
    return true;
}


/* Sets the hub's parser up for the session. */
static void take_parser(struct stellar_connection *session)
{
    struct stellar__hub *hub = session->hub;

    if (session->line != NULL) {
        hub->parser = session->line->parser;
        return;
    }
    stellar_parser_init(&hub->parser, hub->framing);
    if (session->has_begun)
        return;
    stellar_parser_detect_foreign(&hub->parser);
    session->has_begun = true;
}


/* Keeps of the parser what must not be forgotten: most often nothing. */
static void keep_parser(struct stellar_connection *session)
{
    struct stellar_parser *parser = &session->hub->parser;

    if (stellar_parser_held(parser) == 0)
        stellar_parser_set_memory(parser, NULL, 0);
    if (stellar_parser_is_idle(parser))
        drop_line(session);
    else if (stellar_parser_held(parser) > 0 || resize_line(session, 0) != NULL)
        session->line->parser = *parser;
    else
        stellar__session_out_of_memory(session);
}


static void answer_line(struct stellar_connection *session, enum stellar_result result,
                        const struct stellar_command *command)
{
    struct stellar__reply reply = {
        .session = session,
        .message_count = ++session->message_count,
        .message_id = stellar__shared_keep(
            stellar__params_shared(session->params, "messageId", 9)),
    };

    STELLAR__COUNT_IN(session->hub, lines,
                      command->is_json ? STELLAR_LINE_JSON : (int)command->verb);
    if (result == STELLAR_COMMAND) {
        stellar__dispatch(&reply, command);
    } else {
        stellar__answer_parse_error(&reply, command);
        stellar__shared_drop(reply.message_id);
    }
}


static void obey_control(struct stellar_connection *session,
                         const struct stellar_command *command)
{
    size_t mark = stellar__session_begin(session);

    stellar__buffer_append(&session->hub->scratch, command->reply.data,
                           command->reply.length);
    stellar__session_end(session, mark);
    if (command->control == STELLAR_CONTROL_ARE_YOU_THERE)
        stellar__answer_notice(session, "status", "I am here");
    else if (command->control == STELLAR_CONTROL_GOODBYE)
        stellar__session_quit(session);
}


/* Executes what the parser was fed, until it is used up, the session no longer listens,
 * or output waits above the soft limit. */
static void execute(struct stellar_connection *session)
{
    struct stellar_command command;

    while (session->state == STELLAR__SESSION_OPEN) {
        enum stellar_result result =
            stellar_parser_next(&session->hub->parser, &command);

        if (result == STELLAR_MORE)
            return;
        if (result == STELLAR_COMMAND || result == STELLAR_ERROR) {
            answer_line(session, result, &command);
        } else if (result == STELLAR_CONTROL) {
            obey_control(session, &command);
        } else if (result == STELLAR_FOREIGN) {
            stellar__foreign_turn_away(session, command.foreign);
        } else {
            if (!lend_memory(session))
                stellar__session_out_of_memory(session);
            continue;
        }
        if (session->hub->must_flush)
            stellar__hub_flush(session->hub);
        if (must_pause(session))
            return;
    }
}


/* What was read is executed, and what it caused handed on: so long did it take. */
static void count_times(struct stellar__hub *hub, uint64_t lines)
{
    uint64_t took;

    if (lines == 0 && hub->actions_answered == 0)
        return;
    took = hub->platform.clock(hub->platform.context) - stellar__hub_turn(hub);
    if (lines > 0)
        STELLAR__COUNT_TIMES(hub, line_times, lines, took);
    if (hub->actions_answered > 0)
        STELLAR__COUNT_TIMES(hub, action_times, hub->actions_answered, took);
    hub->actions_answered = 0;
}


static void begin_share(struct stellar_connection *session)
{
    struct stellar__hub *hub = session->hub;
    uint64_t used = hub->caused - hub->caused_before;

    if (hub->talker == session)
        return;
    hub->talker = session;
    hub->share_end =
        hub->caused + (used < SHARE_BYTES - SMALL_SHARE_BYTES ? SHARE_BYTES - used
                                                              : SMALL_SHARE_BYTES);
}


struct stellar_slice stellar__session_receive(struct stellar_connection *session,
                                              const char *bytes, size_t length)
{
    struct stellar_slice rest = {NULL, 0};
    uint64_t count = session->message_count;
    bool was_within_line = stellar__timeouts_within_line(session);

    if (session->state != STELLAR__SESSION_OPEN)
        return rest;
    if (must_hold(session)) {
        rest = (struct stellar_slice){bytes, length};
        session->is_paused = length > 0;
        stellar__timeouts_hold(session);
        return rest;
    }
    session->is_held = session->hub->is_congested = false;
    stellar__burst_end(session->hub);
    stellar__hub_turn(session->hub);
    session->hub->current = session;
    begin_share(session);
    take_parser(session);
    stellar_parser_feed(&session->hub->parser, bytes, length);
    execute(session);
    if (session->state == STELLAR__SESSION_OPEN)
        keep_parser(session);
    if (session->state != STELLAR__SESSION_OPEN)
        drop_line(session); /* nobody waits for its end, and its parser was not set */
    stellar__session_flush(session);
    stellar__buffer_cut(&session->hub->scratch, 0);
    stellar__burst_end(session->hub); /* while it is known who has no part in it */
    session->hub->current = NULL;
    count_times(session->hub, session->message_count - count);
    if (session->state == STELLAR__SESSION_OPEN)
        rest = stellar_parser_rest(&session->hub->parser);
    session->is_paused = rest.length > 0;
    if (session->is_paused && !session->is_held)
        STELLAR__COUNT(session->hub, readers_paused);
    stellar__timeouts_received(session, was_within_line,
                               session->message_count - count);
    if (session->is_draining)
        stellar__session_call_done(session);
    return rest;
}


void stellar__session_has_all(struct stellar_connection *session)
{
    session->has_more = false;
    if (session->is_draining)
        stellar__session_call_done(session);
}


/* Beginning and end. */

static bool greet(struct stellar_connection *session)
{
    const struct stellar_server_options *options = session->hub->options;
    const char *reason = NULL;

    if (options->hooks.connect != NULL)
        reason = options->hooks.connect(options->hooks.data, session);
    if (reason == NULL) {
        stellar__answer_notice(session, "welcome", options->welcome_message);
        return true;
    }
    STELLAR__COUNT(session->hub, connections_unwelcome);
    stellar__answer_notice(session, "error", reason);
    stellar__session_flush(session);
    if (session->state != STELLAR__SESSION_DEAD)
        end(session);
    return false;
}


int stellar__session_open(struct stellar_connection *session, struct stellar__hub *hub,
                          const struct stellar__sink *sink, const char *remote_ip,
                          int remote_port)
{
    size_t length = strlen(remote_ip);

    session->hub = hub;
    session->sink = sink;
    session->remote_port = (uint16_t)remote_port;
    if (length < sizeof session->remote_ip)
        memcpy(session->remote_ip, remote_ip, length + 1);
    session->connected_at = hub->platform.wall_clock(hub->platform.context);
    if (!stellar__hub_new_id(hub, session->id))
        return STELLAR_ERR_SYSTEM;
    stellar__hub_add(hub, session);
    stellar__log(hub->options, STELLAR_LOG_DEBUG, session->id,
                 "connected from %s port %d", session->remote_ip, session->remote_port);
    session->is_welcome = greet(session);
    stellar__timeouts_begin(session);
    if (hub->draining)
        stellar__session_drain(session);
    return session->is_welcome ? STELLAR_OK : STELLAR_ERR_REFUSED;
}


static void leave_unflushed(struct stellar_connection *session)
{
    struct stellar_connection **at = &session->hub->unflushed;

    if (!session->is_unflushed)
        return;
    while (*at != session)
        at = &(*at)->next_unflushed;
    *at = session->next_unflushed;
    session->is_unflushed = false;
}


void stellar__session_close(struct stellar_connection *session)
{
    const struct stellar_hooks *hooks = &session->hub->options->hooks;

    session->state = STELLAR__SESSION_DEAD;
    stellar__timer_clear(&session->hub->timers, &session->timer);
    leave_unflushed(session);
    while (session->calls != NULL) {
        STELLAR__COUNT(session->hub, actions_abandoned);
        stellar__call_orphan(session->calls);
    }
    stellar__hub_remove(session->hub, session);
    stellar__room_leave_all(session);
    if (session->is_welcome && hooks->disconnect != NULL)
        hooks->disconnect(hooks->data, session);
    stellar__queue_clear(&session->queue);
    stellar__params_drop(session->params);
    session->params = NULL;
    drop_line(session);
    stellar__log(session->hub->options, STELLAR_LOG_DEBUG, session->id, "disconnected");
}


const char *stellar_connection_id(const struct stellar_connection *connection)
{
    return connection->id;
}


const char *stellar_connection_remote_ip(const struct stellar_connection *connection)
{
    return connection->remote_ip;
}


struct stellar__identity stellar__session_identity(
    const struct stellar_connection *session)
{
    static const struct stellar__identity unknown = {NULL, NULL};

    return session->sink->identity != NULL ? session->sink->identity(session) : unknown;
}


const char *stellar_connection_subject(const struct stellar_connection *connection)
{
    return stellar__session_identity(connection).subject;
}


const char *stellar_connection_fingerprint(const struct stellar_connection *connection)
{
    return stellar__session_identity(connection).fingerprint;
}


int stellar_connection_remote_port(const struct stellar_connection *connection)
{
    return connection->remote_port;
}
