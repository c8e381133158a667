/*
 * Implementation notes. What a connection calls is remembered as its param `action`,
 * and nowhere else: a call with a name of its own sets the param, and any other call
 * runs what the param says. So params that are shown and what runs always agree. The
 * param is a string, always: a call whose params have another `action`, and that names
 * none itself, is refused before anything changes.
 */
#include "actions.h"
#include "call.h"
#include "dispatch.h"
#include "lifecycle.h"

#define NO_SLICE ((struct stellar_slice){NULL, 0})


/* The JSON text of the param `action`, or NULL. */
static struct stellar__shared *action_of(const struct stellar__params *params)
{
    return stellar__params_shared(params, "action", 6);
}


/* Whether a value is the name that the command gives. What is the same between quotes
 * is the same name, unless it has a backslash and only one of them is JSON. */
static bool says(const struct stellar__shared *value,
                 const struct stellar_command *command)
{
    const struct stellar_slice *name = &command->action;

    return value != NULL && value->length == name->length + 2 &&
           value->data[0] == '"' &&
           memcmp(value->data + 1, name->data, name->length) == 0 &&
           (command->is_json || memchr(name->data, '\\', name->length) == NULL);
}


/* What the inside of a JSON string stands for. NULL: no memory. */
static struct stellar__shared *unescape(const struct stellar_allocator *memory,
                                        struct stellar_slice inside)
{
    struct stellar__shared *plain = stellar__shared_new(memory, NULL, inside.length);

    if (plain != NULL) {
        plain->length = stellar_json_unescape(inside, plain->data, inside.length);
    }
    return plain;
}


static struct stellar_slice slice_of(const struct stellar__shared *shared)
{
    return (struct stellar_slice){shared->data, shared->length};
}


static struct stellar__shared *new_action(struct stellar__shard *shard,
                                          const struct stellar_command *command)
{
    struct stellar__shared *plain;
    struct stellar__shared *json;

    if (!command->action_escaped) {
        return stellar__shard_json_string(shard, command->action);
    }
    plain = unescape(shard->common->memory, command->action);
    if (plain == NULL) {
        return NULL;
    }
    json = stellar__shard_json_string(shard, slice_of(plain));
    stellar__shared_release(plain);
    return json;
}


/* Reads the name of the action to be called: what the param `action` stands for. *plain
 * is a reference, or NULL, that lives as long as the name is needed. False: no memory.
 */
static bool read_name(const struct stellar_connection *session,
                      const struct stellar_command *command, struct stellar_slice *name,
                      struct stellar__shared **plain)
{
    const struct stellar__shared *value;

    *plain = NULL;
    *name = command->action;
    if (name->data != NULL && !command->action_escaped) {
        return true;
    }
    value = action_of(session->params);
    if (value == NULL) {
        return true;
    }
    *name = (struct stellar_slice){value->data + 1, value->length - 2};
    if (memchr(name->data, '\\', name->length) == NULL) {
        return true;
    }
    *plain = unescape(session->shard->common->memory, *name);
    if (*plain == NULL) {
        return false;
    }
    *name = slice_of(*plain);
    return true;
}


static void refuse_params(struct stellar__reply *reply, int status)
{
    struct stellar__limit_texts limits;

    if (status == STELLAR_ERR_NO_MEMORY) {
        stellar__session_out_of_memory(reply->session);
        return;
    }
    limits = stellar__limit_texts(reply->session);
    stellar__reply_error(reply, STELLAR_E_PARAMS_TOO_LARGE,
                         stellar__slice(limits.count), stellar__slice(limits.bytes));
}


static void take_message_id(struct stellar__reply *reply,
                            const struct stellar__params *params)
{
    struct stellar__shared *message_id = stellar__params_shared(params, "messageId", 9);

    if (message_id == NULL) {
        return;
    }
    stellar__shared_release(reply->message_id);
    reply->message_id = stellar__shared_retain(message_id);
}


/* Has the action among the params of a call, unless the command names none and they do.
 */
static int add_action(struct stellar__params **params, struct stellar__shard *shard,
                      const struct stellar_command *command,
                      struct stellar__shared *action)
{
    if (action == NULL ||
        (command->action.data == NULL && action_of(*params) != NULL)) {
        return STELLAR_OK;
    }
    return stellar__params_set(params, &shard->params, "action", 6, action, NULL);
}


static bool is_text(const struct stellar__shared *value)
{
    return value == NULL || value->data[0] == '"';
}


/* Puts the call's params in the place of the connection's. False: answered why not, and
 * nothing has changed. */
static bool replace_params(struct stellar__reply *reply,
                           const struct stellar_command *command,
                           struct stellar__shared *action)
{
    struct stellar_connection *session = reply->session;
    struct stellar__shard *shard = session->shard;
    struct stellar__params_limits limits = stellar__shard_params_limits(shard);
    struct stellar__params *params;
    int status =
        stellar__params_parse(&params, &shard->params, command->params, &limits);

    if (status == STELLAR_OK) {
        status = add_action(&params, shard, command, action);
    }
    if (status != STELLAR_OK) {
        stellar__params_release(params);
        refuse_params(reply, status);
        return false;
    }
    take_message_id(reply, params);
    if (command->action.data == NULL && !is_text(action_of(params))) {
        stellar__params_release(params);
        stellar__reply_error(reply, STELLAR_E_INVALID_TYPE, stellar__slice("action"),
                             stellar__slice("string"));
        return false;
    }
    stellar__params_release(session->params);
    session->params = params;
    return true;
}


/* Whether the params of a call change nothing. Most calls without any follow another.
 */
static bool keeps_params(const struct stellar_connection *session,
                         const struct stellar_command *command)
{
    return command->params.data == NULL ||
           (command->params.length == 2 &&
            stellar__params_are_only(session->params, "action", 6));
}


/* Sets the param `action` to what the command names. False: no memory. */
static bool set_action(struct stellar_connection *session,
                       struct stellar__shared *action)
{
    if (stellar__params_set(&session->params, &session->shard->params, "action", 6,
                            action, NULL) == STELLAR_OK) {
        return true;
    }
    stellar__session_out_of_memory(session);
    return false;
}


/* Has the connection's params as the call wants them; action is what theirs says now.
 * False: answered why not. */
static bool change_params(struct stellar__reply *reply,
                          const struct stellar_command *command,
                          struct stellar__shared *action, bool is_same)
{
    struct stellar_connection *session = reply->session;
    bool is_done;

    action =
        is_same ? stellar__shared_retain(action) : new_action(session->shard, command);
    if (action == NULL && !is_same) {
        stellar__session_out_of_memory(session);
        return false;
    }
    is_done = keeps_params(session, command) ? set_action(session, action)
                                             : replace_params(reply, command, action);
    stellar__shared_release(action);
    return is_done;
}


/* The action to be run; NULL: answered why not. */
static const struct stellar_action *choose(struct stellar__reply *reply,
                                           struct stellar_slice name)
{
    struct stellar_connection *session = reply->session;
    const struct stellar__shard *shard = session->shard;
    const struct stellar_action *action;

    if (shard->draining) {
        stellar__reply_error(reply, STELLAR_E_SHUTTING_DOWN, NO_SLICE, NO_SLICE);
        return NULL;
    }
    if (session->pending_actions >= shard->options->simultaneous_actions) {
        stellar__reply_error(reply, STELLAR_E_TOO_MANY_PENDING, NO_SLICE, NO_SLICE);
        return NULL;
    }
    action =
        stellar__actions_find(shard->common->actions, name.data, name.length,
                              stellar__params_get(session->params, "apiVersion", 10));
    if (action == NULL) {
        stellar__reply_error(reply, STELLAR_E_UNKNOWN_ACTION, name, NO_SLICE);
        return NULL;
    }
    if (action->is_private) {
        stellar__reply_error(reply, STELLAR_E_ACTION_PRIVATE, name, NO_SLICE);
        return NULL;
    }
    return action;
}


static void run(struct stellar__reply *reply, const struct stellar_command *command)
{
    struct stellar_connection *session = reply->session;
    const struct stellar_action *action;
    struct stellar__shared *plain;
    struct stellar_slice name;

    session->total_actions++;
    if (!read_name(session, command, &name, &plain)) {
        stellar__session_out_of_memory(session);
        return;
    }
    action = choose(reply, name);
    stellar__shared_release(plain);
    if (action != NULL) {
        stellar__call_begin(session, reply, action);
        reply->message_id = NULL; /* the call has it now */
    }
}


void stellar__dispatch_action(struct stellar__reply *reply,
                              const struct stellar_command *command)
{
    const struct stellar_connection *session = reply->session;
    struct stellar__shared *action = action_of(session->params);
    bool is_same = command->action.data == NULL || says(action, command);

    if ((is_same && keeps_params(session, command)) ||
        change_params(reply, command, action, is_same)) {
        run(reply, command);
    }
    stellar__shared_release(reply->message_id);
}
