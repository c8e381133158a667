#include "session.h"

#include "batch.h"
#include "call.h"
#include "close.h"
#include "config.h"
#include "delivery.h"
#include "dispatch.h"
#include "foreign.h"
#include "lifecycle.h"
#include "log.h"
#include "output.h"
#include "pause.h"
#include "queue.h"
#include "registry.h"
#include "rooms.h"
#include "timeouts.h"


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


/* Gives the line that much memory in addition to its parser. Returns NULL if there is
 * no memory. */
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


/* Keeps the state of the parser, if there is any; mostly there is none. */
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


/* Executes the bytes that the parser was fed, until they are used up, the session no
 * longer reads, or output waits above the soft limit. */
static void execute(struct stellar_connection *session)
{
    struct stellar_command command;

    while (stellar__session_listens(session)) {
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
        if (stellar__session_listens(session) && stellar__pause_is_due(session)) {
            return;
        }
    }
}


/* The input has been executed and its output passed on. Counts how long this took. */
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


/* What is not executed, if the session pauses. */
static struct stellar_slice leave_rest(struct stellar_connection *session)
{
    struct stellar_slice rest = {NULL, 0};

    if (stellar__session_listens(session)) {
        rest = stellar_parser_rest(&session->shard->parser);
    } else {
        stellar__pause_clear(session, STELLAR__PAUSE_THROTTLE);
    }
    session->has_unread = rest.length > 0;
    if (session->has_unread &&
        (session->pause_reasons & STELLAR__PAUSE_THROTTLE) == 0) {
        stellar__pause_set(session, STELLAR__PAUSE_OUTPUT);
        STELLAR__COUNT(session->shard, readers_paused);
    }
    return rest;
}


struct stellar_slice stellar__session_receive(struct stellar_connection *session,
                                              const char *bytes, size_t length)
{
    struct stellar_slice rest = {NULL, 0};
    uint64_t count = session->message_count;
    bool was_within_line = stellar__timeouts_within_line(session);

    if (!stellar__session_listens(session)) {
        return rest;
    }
    if (stellar__pause_must_throttle(session)) {
        rest = (struct stellar_slice){bytes, length};
        session->has_unread = length > 0;
        stellar__timeouts_throttle(session);
        return rest;
    }
    stellar__pause_clear(session, STELLAR__PAUSE_THROTTLE);
    session->shard->is_congested = false;
    stellar__batch_end(session->shard);
    stellar__shard_iteration(session->shard);
    session->shard->current = session;
    stellar__pause_begin_quota(session);
    take_parser(session);
    stellar_parser_feed(&session->shard->parser, bytes, length);
    execute(session);
    if (stellar__session_listens(session)) {
        keep_parser(session);
    }
    if (!stellar__session_listens(session)) {
        drop_line(session); /* its end is not awaited, and its parser was not set up */
    }
    stellar__session_flush(session);
    stellar__buffer_cut(&session->shard->scratch, 0);
    stellar__batch_end(session->shard); /* while it is known who is not in it */
    session->shard->current = NULL;
    count_times(session->shard, session->message_count - count);
    rest = leave_rest(session);
    stellar__timeouts_received(session, was_within_line,
                               session->message_count - count);
    stellar__session_call_done(session);
    return rest;
}


void stellar__session_has_all(struct stellar_connection *session)
{
    session->has_more = false;
    stellar__session_call_done(session);
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
    if (session->state != STELLAR__SESSION_CLOSED) {
        stellar__session_end_output(session);
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
    stellar__lifecycle_step(session, STELLAR__SESSION_OPEN);
    session->greeted = greet(session);
    if (shard->draining) {
        stellar__session_drain(session);
    }
    return session->greeted ? STELLAR_OK : STELLAR_ERR_REFUSED;
}


void stellar__session_close(struct stellar_connection *session)
{
    const struct stellar_hooks *hooks = &session->shard->options->hooks;

    if (session->state != STELLAR__SESSION_CLOSED) {
        stellar__lifecycle_step(session, STELLAR__SESSION_CLOSED);
    }
    stellar__output_forget(session);
    while (session->calls != NULL) {
        STELLAR__COUNT(session->shard, actions_abandoned);
        stellar__call_orphan(session->calls);
    }
    stellar__shard_remove(session->shard, session);
    stellar__room_leave_all(session);
    if (session->greeted && hooks->disconnect != NULL) {
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
