#include "session.h"

#include "reply.h"
#include "batch.h"
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
#define QUOTA_BYTES       ((uint64_t)8 * 1024 * 1024)
#define SMALL_QUOTA_BYTES ((uint64_t)64 * 1024)

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
    if (session->state == STELLAR__SESSION_DEAD) {
        return;
    }
    session->state = STELLAR__SESSION_DEAD;
    stellar__timer_clear(&session->shard->timers, &session->timer);
    session->transport->abort(session);
}


void stellar__session_disconnect(struct stellar_connection *session)
{
    stellar__room_leave_all(session);
    stellar__session_abort(session);
}


void stellar__session_out_of_memory(struct stellar_connection *session)
{
    if (session->state == STELLAR__SESSION_DEAD) {
        return;
    }
    STELLAR__COUNT(session->shard, out_of_memory);
    stellar__log(session->shard->options, STELLAR_LOG_ERROR, session->id,
                 "out of memory: connection closed");
    stellar__session_abort(session);
}


/* Output. */

static void add_pending_write(struct stellar_connection *session)
{
    if (session->has_pending_write) {
        return;
    }
    session->has_pending_write = true;
    session->queued_bytes = 0;
    session->next_pending_write = session->shard->pending_writes;
    session->shard->pending_writes = session;
}


static void cut_off(struct stellar_connection *session, size_t waiting)
{
    if (session->state == STELLAR__SESSION_DEAD) {
        return;
    }
    stellar__log(session->shard->options, STELLAR_LOG_WARNING, session->id,
                 "error %s: %s (%zu bytes waiting, %zu max)",
                 stellar_error_code_text(STELLAR_E_SLOW_READER),
                 stellar_error_template(STELLAR_E_SLOW_READER), waiting,
                 session->shard->options->output_hard_limit);
    STELLAR__COUNT(session->shard, readers_cut_off);
    STELLAR__COUNT_IN(session->shard, errors, STELLAR_E_SLOW_READER);
    stellar__session_abort(session);
}


static void enqueue(struct stellar_connection *session, struct stellar__shared *line)
{
    size_t limit = session->shard->options->output_hard_limit;

    if (line == NULL || !stellar__queue_append(&session->queue, line)) {
        stellar__session_out_of_memory(session);
    } else if (stellar__queue_bytes(session->queue) > limit) {
        cut_off(session, stellar__queue_bytes(session->queue));
    }
}


void stellar__session_deliver(struct stellar_connection *session,
                              struct stellar__shared *line)
{
    if (stellar__session_is_over(session)) {
        return;
    }
    if (session == session->shard->current) {
        size_t mark = stellar__session_begin(session);

        stellar__buffer_append(&session->shard->scratch, line->data, line->length);
        stellar__session_end(session, mark);
    } else {
        stellar__batch_end(session->shard);
        enqueue(session, line);
        add_pending_write(session);
        session->queued_bytes += line->length;
        if (session->queued_bytes > session->shard->options->output_soft_limit / 2) {
            session->shard->must_flush = true;
        }
    }
}


size_t stellar__session_begin(struct stellar_connection *session)
{
    return session->shard->scratch.length;
}


void stellar__session_end(struct stellar_connection *session, size_t mark)
{
    struct stellar__shard *shard = session->shard;
    struct stellar__buffer *scratch = &shard->scratch;

    if (scratch->failed || stellar__session_is_over(session)) {
        bool failed = scratch->failed;
        bool is_too_long = scratch->is_too_long;
        size_t length = scratch->length;

        stellar__buffer_cut(scratch, mark);
        if (failed && is_too_long) {
            cut_off(session, stellar__queue_bytes(session->queue) + length);
        } else if (failed) {
            stellar__session_out_of_memory(session);
        }
    } else if (session != shard->current) {
        struct stellar__shared *line = stellar__shared_new(
            shard->common->memory, scratch->data + mark, scratch->length - mark);

        stellar__buffer_cut(scratch, mark);
        stellar__batch_end(shard);
        enqueue(session, line);
        stellar__shared_release(line);
        add_pending_write(session);
    }
}


/* Offers the scratch buffer to the transport; what it does not take is queued. */
static void flush_scratch(struct stellar_connection *session)
{
    struct stellar__buffer *scratch = &session->shard->scratch;
    struct stellar__shared *rest;
    size_t sent = 0;

    if (stellar__queue_bytes(session->queue) == 0) {
        sent = session->transport->write(session, scratch->data, scratch->length);
    }
    if (sent < scratch->length && !stellar__session_is_over(session)) {
        rest = stellar__shared_new(session->shard->common->memory, scratch->data + sent,
                                   scratch->length - sent);
        enqueue(session, rest);
        stellar__shared_release(rest);
    }
    session->shard->caused += scratch->length;
    stellar__buffer_cut(scratch, 0);
}


void stellar__session_flush(struct stellar_connection *session)
{
    if (session->state == STELLAR__SESSION_DEAD) {
        return;
    }
    if (session == session->shard->current && session->shard->scratch.length > 0) {
        flush_scratch(session);
    }
    if (stellar__queue_bytes(session->queue) > 0 &&
        session->state != STELLAR__SESSION_DEAD) {
        session->transport->pump(session);
        if (session->queue != NULL) {
            stellar__timeouts_blocked(session);
        }
    }
}


static bool has_used_its_quota(const struct stellar_connection *session)
{
    return session->shard->sender == session &&
           session->shard->caused > session->shard->quota_end;
}


/* Whether the session is held, and the shard that had too much mail has not caught up,
 * or the others have not had their turn. */
static bool must_throttle(const struct stellar_connection *session)
{
    const struct stellar__shard *shard = session->shard;

    return session->is_throttled && !shard->draining &&
           (has_used_its_quota(session) ||
            stellar__message_is_congested(shard, shard->options->mail_limit / 2));
}


bool stellar__session_may_resume(const struct stellar_connection *session)
{
    return stellar__queue_bytes(session->queue) <=
               session->shard->options->output_soft_limit / 2 &&
           !must_throttle(session);
}


/* Too much output has gathered: sends what can be sent, and tells whether to pause.
 * Or the session has said more than another shard can take, or had its share of the
 * turn. */
static bool must_pause(struct stellar_connection *session)
{
    size_t limit = session->shard->options->output_soft_limit;

    if ((session->shard->is_congested ||
         session->shard->caused > session->shard->quota_end) &&
        !session->shard->draining) {
        STELLAR__COUNT(session->shard, talkers_held);
        session->is_throttled = true;
        return true;
    }
    if (session->shard->scratch.length + stellar__queue_bytes(session->queue) <=
        limit) {
        return false;
    }
    stellar__session_flush(session);
    return stellar__queue_bytes(session->queue) > limit;
}


/* Leave-taking. */

/* Nothing is written to it any more. */
static void end(struct stellar_connection *session)
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
        end(session);
    }
}


void stellar__session_stop_output(struct stellar_connection *session)
{
    stellar__room_leave_all(session);
    stellar__queue_clear(&session->queue);
    if (!stellar__session_is_over(session)) {
        end(session);
    }
}


bool stellar__session_listens(const struct stellar_connection *session)
{
    return session->state == STELLAR__SESSION_OPEN;
}


static void waited_enough(struct stellar__timer *timer)
{
    send_goodbye(SESSION_OF(timer));
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
    struct stellar_connection *session = SESSION_OF(timer);

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


/* Input. */

static void drop_line(struct stellar_connection *session)
{
    if (session->line == NULL) {
        return;
    }
    stellar__config_release(session->shard->common->memory, session->line->config);
    stellar__release(session->shard->common->memory, session->line);
    session->line = NULL;
}


/* Gives the line so much memory besides its parser. NULL: there is none. */
static struct stellar__line *resize_line(struct stellar_connection *session,
                                         size_t size)
{
    struct stellar__line *line = stellar__resize(session->shard->common->memory,
                                                 session->line, sizeof *line + size);

    if (line == NULL) {
        return NULL;
    }
    if (session->line == NULL) {
        line->config = stellar__config_retain(session->shard->config);
    }
    session->line = line;
    return line;
}


static bool lend_memory(struct stellar_connection *session)
{
    struct stellar_parser *parser = &session->shard->parser;
    size_t size = stellar_parser_memory_wanted(parser);
    struct stellar__line *line = resize_line(session, size);

    if (line == NULL) {
        return false;
    }
    stellar_parser_set_memory(parser, line->memory, size);
    return true;
}


/* Sets the shard's parser up for the session. */
static void take_parser(struct stellar_connection *session)
{
    struct stellar__shard *shard = session->shard;

    if (session->line != NULL) {
        shard->parser = session->line->parser;
        return;
    }
    stellar_parser_init(&shard->parser, shard->framing);
    if (session->has_begun) {
        return;
    }
    stellar_parser_detect_foreign(&shard->parser);
    session->has_begun = true;
}


/* Keeps of the parser what must not be forgotten: most often nothing. */
static void keep_parser(struct stellar_connection *session)
{
    struct stellar_parser *parser = &session->shard->parser;

    if (stellar_parser_held(parser) == 0) {
        stellar_parser_set_memory(parser, NULL, 0);
    }
    if (stellar_parser_is_idle(parser)) {
        drop_line(session);
    } else if (stellar_parser_held(parser) > 0 || resize_line(session, 0) != NULL) {
        session->line->parser = *parser;
    } else {
        stellar__session_out_of_memory(session);
    }
}


static void answer_line(struct stellar_connection *session, enum stellar_result result,
                        const struct stellar_command *command)
{
    struct stellar__reply reply = {
        .session = session,
        .message_count = ++session->message_count,
        .message_id = stellar__shared_retain(
            stellar__params_shared(session->params, "messageId", 9)),
    };

    STELLAR__COUNT_IN(session->shard, lines,
                      command->is_json ? STELLAR_LINE_JSON : (int)command->verb);
    if (result == STELLAR_COMMAND) {
        stellar__dispatch(&reply, command);
    } else {
        stellar__reply_parse_error(&reply, command);
        stellar__shared_release(reply.message_id);
    }
}


static void handle_control(struct stellar_connection *session,
                           const struct stellar_command *command)
{
    size_t mark = stellar__session_begin(session);

    stellar__buffer_append(&session->shard->scratch, command->reply.data,
                           command->reply.length);
    stellar__session_end(session, mark);
    if (command->control == STELLAR_CONTROL_ARE_YOU_THERE) {
        stellar__reply_notice(session, "status", "I am here");
    } else if (command->control == STELLAR_CONTROL_GOODBYE) {
        stellar__session_quit(session);
    }
}


/* Executes what the parser was fed, until it is used up, the session no longer listens,
 * or output waits above the soft limit. */
static void execute(struct stellar_connection *session)
{
    struct stellar_command command;

    while (session->state == STELLAR__SESSION_OPEN) {
        enum stellar_result result =
            stellar_parser_next(&session->shard->parser, &command);

        if (result == STELLAR_MORE) {
            return;
        }
        if (result == STELLAR_COMMAND || result == STELLAR_ERROR) {
            answer_line(session, result, &command);
        } else if (result == STELLAR_CONTROL) {
            handle_control(session, &command);
        } else if (result == STELLAR_FOREIGN) {
            stellar__foreign_turn_away(session, command.foreign);
        } else {
            if (!lend_memory(session)) {
                stellar__session_out_of_memory(session);
            }
            continue;
        }
        if (session->shard->must_flush) {
            stellar__shard_flush(session->shard);
        }
        if (must_pause(session)) {
            return;
        }
    }
}


/* What was read is executed, and what it caused handed on: so long did it take. */
static void count_times(struct stellar__shard *shard, uint64_t lines)
{
    uint64_t took;

    if (lines == 0 && shard->actions_answered == 0) {
        return;
    }
    took = shard->platform.clock(shard->platform.context) -
           stellar__shard_iteration(shard);
    if (lines > 0) {
        STELLAR__COUNT_TIMES(shard, line_times, lines, took);
    }
    if (shard->actions_answered > 0) {
        STELLAR__COUNT_TIMES(shard, action_times, shard->actions_answered, took);
    }
    shard->actions_answered = 0;
}


static void begin_quota(struct stellar_connection *session)
{
    struct stellar__shard *shard = session->shard;
    uint64_t used = shard->caused - shard->caused_before;

    if (shard->sender == session) {
        return;
    }
    shard->sender = session;
    shard->quota_end =
        shard->caused + (used < QUOTA_BYTES - SMALL_QUOTA_BYTES ? QUOTA_BYTES - used
                                                                : SMALL_QUOTA_BYTES);
}


struct stellar_slice stellar__session_receive(struct stellar_connection *session,
                                              const char *bytes, size_t length)
{
    struct stellar_slice rest = {NULL, 0};
    uint64_t count = session->message_count;
    bool was_within_line = stellar__timeouts_within_line(session);

    if (session->state != STELLAR__SESSION_OPEN) {
        return rest;
    }
    if (must_throttle(session)) {
        rest = (struct stellar_slice){bytes, length};
        session->is_paused = length > 0;
        stellar__timeouts_throttle(session);
        return rest;
    }
    session->is_throttled = session->shard->is_congested = false;
    stellar__batch_end(session->shard);
    stellar__shard_iteration(session->shard);
    session->shard->current = session;
    begin_quota(session);
    take_parser(session);
    stellar_parser_feed(&session->shard->parser, bytes, length);
    execute(session);
    if (session->state == STELLAR__SESSION_OPEN) {
        keep_parser(session);
    }
    if (session->state != STELLAR__SESSION_OPEN) {
        drop_line(session); /* nobody waits for its end, and its parser was not set */
    }
    stellar__session_flush(session);
    stellar__buffer_cut(&session->shard->scratch, 0);
    stellar__batch_end(session->shard); /* while it is known who has no part in it */
    session->shard->current = NULL;
    count_times(session->shard, session->message_count - count);
    if (session->state == STELLAR__SESSION_OPEN) {
        rest = stellar_parser_rest(&session->shard->parser);
    }
    session->is_paused = rest.length > 0;
    if (session->is_paused && !session->is_throttled) {
        STELLAR__COUNT(session->shard, readers_paused);
    }
    stellar__timeouts_received(session, was_within_line,
                               session->message_count - count);
    if (session->is_draining) {
        stellar__session_call_done(session);
    }
    return rest;
}


void stellar__session_has_all(struct stellar_connection *session)
{
    session->has_more = false;
    if (session->is_draining) {
        stellar__session_call_done(session);
    }
}


/* Beginning and end. */

static bool greet(struct stellar_connection *session)
{
    const struct stellar_server_options *options = session->shard->options;
    const char *reason = NULL;

    if (options->hooks.connect != NULL) {
        reason = options->hooks.connect(options->hooks.data, session);
    }
    if (reason == NULL) {
        stellar__reply_notice(session, "welcome", options->welcome_message);
        return true;
    }
    STELLAR__COUNT(session->shard, connections_unwelcome);
    stellar__reply_notice(session, "error", reason);
    stellar__session_flush(session);
    if (session->state != STELLAR__SESSION_DEAD) {
        end(session);
    }
    return false;
}


int stellar__session_open(struct stellar_connection *session,
                          struct stellar__shard *shard,
                          const struct stellar__transport_ops *transport,
                          const char *remote_ip, int remote_port)
{
    size_t length = strlen(remote_ip);

    session->shard = shard;
    session->transport = transport;
    session->remote_port = (uint16_t)remote_port;
    if (length < sizeof session->remote_ip) {
        memcpy(session->remote_ip, remote_ip, length + 1);
    }
    session->connected_at = shard->platform.wall_clock(shard->platform.context);
    if (!stellar__shard_new_id(shard, session->id)) {
        return STELLAR_ERR_SYSTEM;
    }
    stellar__shard_add(shard, session);
    stellar__log(shard->options, STELLAR_LOG_DEBUG, session->id,
                 "connected from %s port %d", session->remote_ip, session->remote_port);
    session->is_welcome = greet(session);
    stellar__timeouts_begin(session);
    if (shard->draining) {
        stellar__session_drain(session);
    }
    return session->is_welcome ? STELLAR_OK : STELLAR_ERR_REFUSED;
}


static void remove_pending_write(struct stellar_connection *session)
{
    struct stellar_connection **at = &session->shard->pending_writes;

    if (!session->has_pending_write) {
        return;
    }
    while (*at != session) {
        at = &(*at)->next_pending_write;
    }
    *at = session->next_pending_write;
    session->has_pending_write = false;
}


void stellar__session_close(struct stellar_connection *session)
{
    const struct stellar_hooks *hooks = &session->shard->options->hooks;

    session->state = STELLAR__SESSION_DEAD;
    stellar__timer_clear(&session->shard->timers, &session->timer);
    remove_pending_write(session);
    while (session->calls != NULL) {
        STELLAR__COUNT(session->shard, actions_abandoned);
        stellar__call_orphan(session->calls);
    }
    stellar__shard_remove(session->shard, session);
    stellar__room_leave_all(session);
    if (session->is_welcome && hooks->disconnect != NULL) {
        hooks->disconnect(hooks->data, session);
    }
    stellar__queue_clear(&session->queue);
    stellar__params_release(session->params);
    session->params = NULL;
    drop_line(session);
    stellar__log(session->shard->options, STELLAR_LOG_DEBUG, session->id,
                 "disconnected");
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

    return session->transport->identity != NULL ? session->transport->identity(session)
                                                : unknown;
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
