/* The verbs: one handler each, named as in STELLAR_VERBS, and the table that leads
 * there. */
#include <stdio.h>

#include "close.h"
#include "dispatch.h"
#include "lifecycle.h"
#include "registry.h"
#include "rooms.h"
#include "rooms_view.h"

#define NO_SLICE ((struct stellar_slice){NULL, 0})


static void answer_ok(struct stellar__reply *reply)
{
    stellar__reply_begin(reply);
    stellar__reply_ok(reply);
    stellar__reply_end(reply);
}


static void answer_value(struct stellar__reply *reply, const char *json, size_t length)
{
    stellar__reply_begin(reply);
    stellar__reply_data(reply);
    stellar__buffer_append(reply->out, json, length);
    stellar__reply_end(reply);
}


static void answer_null(struct stellar__reply *reply)
{
    answer_value(reply, "null", 4);
}


static void answer_true(struct stellar__reply *reply)
{
    answer_value(reply, "true", 4);
}


/* A refusal that names the connection and the room. */
static void refuse_membership(struct stellar__reply *reply,
                              enum stellar_error_code code, struct stellar_slice room)
{
    stellar__reply_refused(reply, code, stellar__slice(reply->session->id), room);
}


static void quit(struct stellar__reply *reply, const struct stellar_command *command)
{
    (void)command;
    stellar__session_quit(reply->session);
}


static void param_add(struct stellar__reply *reply,
                      const struct stellar_command *command)
{
    struct stellar_connection *session = reply->session;
    struct stellar__params_limits limits = stellar__shard_params_limits(session->shard);
    struct stellar__shared *value =
        stellar__shard_json_string(session->shard, command->value);
    int status = STELLAR_ERR_NO_MEMORY;

    if (value != NULL) {
        status =
            stellar__params_set(&session->params, &session->shard->params,
                                command->key.data, command->key.length, value, &limits);
    }
    stellar__shared_release(value);
    if (status == STELLAR_OK) {
        answer_null(reply);
    } else if (status == STELLAR_ERR_INVALID) {
        struct stellar__limit_texts texts = stellar__limit_texts(session);

        stellar__reply_begin(reply);
        stellar__reply_refused(reply, STELLAR_E_PARAMS_TOO_LARGE,
                               stellar__slice(texts.count),
                               stellar__slice(texts.bytes));
        stellar__reply_end(reply);
    } else {
        stellar__session_out_of_memory(session);
    }
}


static void param_view(struct stellar__reply *reply,
                       const struct stellar_command *command)
{
    const struct stellar_slice *value = stellar__params_get(
        reply->session->params, command->key.data, command->key.length);

    if (value != NULL) {
        answer_value(reply, value->data, value->length);
    } else {
        answer_ok(reply);
    }
}


static void param_delete(struct stellar__reply *reply,
                         const struct stellar_command *command)
{
    if (stellar__params_delete(&reply->session->params, command->key.data,
                               command->key.length) == STELLAR_OK) {
        answer_null(reply);
    } else {
        stellar__session_out_of_memory(reply->session);
    }
}


static void params_view(struct stellar__reply *reply,
                        const struct stellar_command *command)
{
    (void)command;
    stellar__reply_begin(reply);
    stellar__reply_data(reply);
    stellar__params_write(reply->session->params, reply->out);
    stellar__reply_end(reply);
}


static void params_delete(struct stellar__reply *reply,
                          const struct stellar_command *command)
{
    (void)command;
    stellar__params_release(reply->session->params);
    reply->session->params = NULL;
    answer_null(reply);
}


/* The value of "fingerprint", and after it, for those who have one, "subject". */
static void write_identity(struct stellar__buffer *out,
                           struct stellar__identity identity)
{
    if (identity.fingerprint == NULL) {
        STELLAR__APPEND_LITERAL(out, "null");
        return;
    }
    stellar__buffer_string(out, identity.fingerprint, strlen(identity.fingerprint));
    STELLAR__APPEND_LITERAL(out, ",\"subject\":");
    stellar__buffer_string(out, identity.subject, strlen(identity.subject));
}


static void details_view(struct stellar__reply *reply,
                         const struct stellar_command *command)
{
    const struct stellar_connection *session = reply->session;
    struct stellar__buffer *out;

    (void)command;
    stellar__reply_begin(reply);
    stellar__reply_data(reply);
    out = reply->out;
    STELLAR__APPEND_LITERAL(out, "{\"id\":\"");
    stellar__buffer_append(out, session->id, sizeof session->id - 1);
    STELLAR__APPEND_LITERAL(out, "\",\"fingerprint\":");
    write_identity(out, stellar__session_identity(session));
    STELLAR__APPEND_LITERAL(out, ",\"remoteIP\":\"");
    stellar__buffer_append(out, session->remote_ip, strlen(session->remote_ip));
    STELLAR__APPEND_LITERAL(out, "\",\"remotePort\":");
    stellar__buffer_decimal(out, (uint64_t)session->remote_port);
    STELLAR__APPEND_LITERAL(out, ",\"params\":");
    stellar__params_write(session->params, out);
    STELLAR__APPEND_LITERAL(out, ",\"connectedAt\":");
    stellar__buffer_decimal(out, session->connected_at);
    STELLAR__APPEND_LITERAL(out, ",\"rooms\":");
    stellar__room_write_names(session, out);
    STELLAR__APPEND_LITERAL(out, ",\"totalActions\":");
    stellar__buffer_decimal(out, session->total_actions);
    STELLAR__APPEND_LITERAL(out, ",\"pendingActions\":");
    stellar__buffer_decimal(out, session->pending_actions);
    STELLAR__APPEND_LITERAL(out, ",\"members\":");
    stellar__room_write_all_members(session, out);
    STELLAR__APPEND_LITERAL(out, "}");
    stellar__reply_end(reply);
}


/* Asks a hook, if there is one. The name that it gets lives as long as the hook runs.
 * Since it may destroy the room, *room is looked up again. */
static const char *ask_hook(const char *(*hook)(void *, struct stellar_connection *,
                                                const char *),
                            struct stellar__reply *reply, struct stellar_slice name,
                            struct stellar__room **room)
{
    struct stellar__shard *shard = reply->session->shard;
    const char *reason;

    if (hook == NULL) {
        return NULL;
    }
    stellar__room_retain(*room);
    reason =
        hook(shard->options->hooks.data, reply->session, stellar__room_name(*room));
    stellar__room_release(*room);
    *room = stellar__room_find(shard, name);
    return reason;
}


/* Refuses a roomAdd or roomLeave: with the reason of a hook, or else with code. */
static void refuse_room(struct stellar__reply *reply, const char *reason,
                        enum stellar_error_code code, struct stellar_slice room)
{
    stellar__reply_begin(reply);
    if (reason != NULL) {
        stellar__reply_refused_text(reply, reason);
    } else if (code == STELLAR_E_NO_SUCH_ROOM) {
        stellar__reply_refused(reply, code, room, NO_SLICE);
    } else {
        refuse_membership(reply, code, room);
    }
    stellar__reply_false(reply);
    stellar__reply_end(reply);
}


/* Refuses a roomAdd that would go beyond a limit; false if none is in the way. */
static bool refuse_crowd(struct stellar__reply *reply, const struct stellar__room *room)
{
    const struct stellar_server_options *options = reply->session->shard->options;
    enum stellar_error_code code;
    struct stellar_slice first = {stellar__room_name(room),
                                  strlen(stellar__room_name(room))};
    struct stellar_slice second = {NULL, 0};
    char limit[21];

    if (options->max_rooms > 0 &&
        stellar__room_memberships(reply->session, options->max_rooms) ==
            options->max_rooms) {
        code = STELLAR_E_TOO_MANY_ROOMS;
        snprintf(limit, sizeof limit, "%zu", options->max_rooms);
        first = stellar__slice(limit);
    } else if (options->max_members > 0 &&
               stellar__room_count(room) >= options->max_members) {
        code = STELLAR_E_ROOM_FULL;
        snprintf(limit, sizeof limit, "%zu", options->max_members);
        second = stellar__slice(limit);
    } else {
        return false;
    }
    stellar__reply_begin(reply);
    stellar__reply_refused(reply, code, first, second);
    stellar__reply_false(reply);
    stellar__reply_end(reply);
    return true;
}


static void room_add(struct stellar__reply *reply,
                     const struct stellar_command *command)
{
    struct stellar_connection *session = reply->session;
    struct stellar__room *room = stellar__room_find(session->shard, command->room);
    const char *reason;
    int status;

    if (room == NULL) {
        refuse_room(reply, NULL, STELLAR_E_NO_SUCH_ROOM, command->room);
        return;
    }
    if (stellar__room_has(room, session)) {
        refuse_room(reply, NULL, STELLAR_E_ALREADY_IN_ROOM, command->room);
        return;
    }
    if (refuse_crowd(reply, room)) {
        return;
    }
    reason = ask_hook(session->shard->options->hooks.join, reply, command->room, &room);
    if (reason != NULL || room == NULL) {
        refuse_room(reply, reason, STELLAR_E_NO_SUCH_ROOM, command->room);
        return;
    }
    status = stellar__room_join(room, session);
    if (status == STELLAR_ERR_NO_MEMORY) {
        stellar__session_out_of_memory(session);
    } else {
        answer_true(reply); /* the hook may have let it in already */
    }
}


static void room_leave(struct stellar__reply *reply,
                       const struct stellar_command *command)
{
    struct stellar_connection *session = reply->session;
    struct stellar__room *room = stellar__room_find(session->shard, command->room);
    const char *reason;

    if (room == NULL || !stellar__room_has(room, session)) {
        refuse_room(reply, NULL, STELLAR_E_NOT_IN_ROOM, command->room);
        return;
    }
    reason =
        ask_hook(session->shard->options->hooks.leave, reply, command->room, &room);
    if (reason != NULL || room == NULL) {
        refuse_room(reply, reason, STELLAR_E_NOT_IN_ROOM, command->room);
        return;
    }
    stellar__room_leave(room, session);
    answer_true(reply);
}


static void room_view(struct stellar__reply *reply,
                      const struct stellar_command *command)
{
    struct stellar_connection *session = reply->session;
    struct stellar__room *room = stellar__room_find(session->shard, command->room);
    struct stellar__buffer *out;

    stellar__reply_begin(reply);
    out = reply->out;
    if (room != NULL && stellar__room_has(room, session)) {
        stellar__reply_data(reply);
        STELLAR__APPEND_LITERAL(out, "{\"room\":");
        stellar__buffer_string(out, command->room.data, command->room.length);
        STELLAR__APPEND_LITERAL(out, ",\"members\":");
        stellar__room_write_members(room, out);
        STELLAR__APPEND_LITERAL(out, ",\"membersCount\":");
        stellar__buffer_decimal(out, stellar__room_count(room));
        STELLAR__APPEND_LITERAL(out, "}");
    } else {
        STELLAR__APPEND_LITERAL(out, "\"status\":\"not member of room ");
        stellar__buffer_escaped(out, command->room.data, command->room.length);
        STELLAR__APPEND_LITERAL(out, "\",\"context\":\"response\"");
    }
    stellar__reply_end(reply);
}


static void refuse_say(struct stellar__reply *reply, const char *reason,
                       struct stellar_slice room)
{
    stellar__reply_begin(reply);
    if (reason != NULL) {
        stellar__reply_refused_text(reply, reason);
    } else {
        refuse_membership(reply, STELLAR_E_NOT_IN_ROOM, room);
    }
    stellar__reply_end(reply);
}


static bool is_member(const struct stellar_connection *session,
                      const struct stellar__room *room)
{
    return room != NULL && stellar__room_has(room, session);
}


static void say(struct stellar__reply *reply, const struct stellar_command *command)
{
    struct stellar_connection *session = reply->session;
    const struct stellar_hooks *hooks = &session->shard->options->hooks;
    struct stellar__room *room = stellar__room_find(session->shard, command->room);
    const char *reason = NULL;

    if (!is_member(session, room)) {
        refuse_say(reply, NULL, command->room);
        return;
    }
    if (hooks->say != NULL) {
        stellar__room_retain(room);
        reason = hooks->say(hooks->data, session, stellar__room_name(room),
                            command->message.data, command->message.length);
        stellar__room_release(room);
        /* It may destroy the room, or put the speaker out of it. */
        room = stellar__room_find(session->shard, command->room);
        if (reason != NULL || !is_member(session, room)) {
            refuse_say(reply, reason, command->room);
            return;
        }
    }
    answer_ok(reply);
    if (stellar__room_say(session->shard, room, session->id, command->message) !=
        STELLAR_OK) {
        stellar__session_out_of_memory(session);
    }
}


void stellar__dispatch(struct stellar__reply *reply,
                       const struct stellar_command *command)
{
    static void (*const handlers[])(struct stellar__reply *,
                                    const struct stellar_command *) = {
#define XX(symbol, handler, name, others, arguments) [STELLAR_##symbol] = handler,
        STELLAR_VERBS(XX)
#undef XX
    };

    if (command->verb == STELLAR_ACTION) {
        stellar__dispatch_action(reply, command);
        return;
    }
    handlers[command->verb](reply, command);
    stellar__shared_release(reply->message_id);
}
