#include "call.h"
#include "dispatch.h"

#define NO_SLICE ((struct stellar_slice){NULL, 0})


static struct stellar_slice slice_of(const struct stellar__shared *shared)
{
    return (struct stellar_slice){shared->data, shared->length};
}


/* The name that the command gives to its action, as plain UTF-8. */
static struct stellar__shared *new_name(const struct stellar_allocator *memory,
                                        const struct stellar_command *command)
{
    struct stellar__shared *name;

    if (!command->action_escaped)
        return stellar__shared_new(memory, command->action.data,
                                   command->action.length);
    name = stellar__shared_new(memory, NULL, command->action.length);
    if (name != NULL) {
        name->length =
            stellar_json_unescape(command->action, name->data, command->action.length);
        name->data[name->length] = '\0';
    }
    return name;
}


/* Remembers what action is called, as itself and as JSON. */
static bool remember_action(struct stellar_connection *session,
                            const struct stellar_command *command)
{
    const struct stellar_allocator *memory = session->hub->common->memory;
    struct stellar__shared *old = session->last_action;
    struct stellar__buffer json;

    if (command->action.data == NULL)
        return true;
    if (old != NULL && !command->action_escaped &&
        old->length == command->action.length &&
        memcmp(old->data, command->action.data, old->length) == 0)
        return true;
    stellar__shared_drop(session->last_action);
    stellar__shared_drop(session->last_action_json);
    session->last_action_json = NULL;
    session->last_action = new_name(memory, command);
    if (session->last_action == NULL)
        return false;
    stellar__buffer_init(&json, memory);
    stellar__buffer_string(&json, session->last_action->data,
                           session->last_action->length);
    if (!json.failed)
        session->last_action_json = stellar__shared_new(memory, json.data, json.length);
    stellar__buffer_free(&json);
    return session->last_action_json != NULL;
}


/* Shows the action among the params. */
static bool set_action_param(struct stellar_connection *session)
{
    const struct stellar__shared *json = session->last_action_json;
    const struct stellar_slice *shown =
        stellar__params_get(session->params, "action", 6);

    if (json == NULL || (shown != NULL && shown->data == json->data))
        return true;
    return stellar__params_set(&session->params, &session->hub->params, "action", 6,
                               session->last_action_json, NULL) == STELLAR_OK;
}


/* Puts the call's params in the place of the connection's. */
static int replace_params(struct stellar__reply *reply, struct stellar_slice object)
{
    struct stellar_connection *session = reply->session;
    struct stellar__params *params;
    struct stellar__shared *message_id;
    struct stellar__params_limits limits;
    int status;

    /* Most calls without params follow another: what there is stays. */
    if (object.length == 2 && stellar__params_are_only(session->params, "action", 6))
        return STELLAR_OK;
    limits = stellar__hub_params_limits(session->hub);
    status = stellar__params_parse(&params, &session->hub->params, object, &limits);
    if (status != STELLAR_OK)
        return status;
    stellar__params_drop(session->params);
    session->params = params;
    message_id = stellar__params_message_id(params);
    if (message_id != NULL) {
        stellar__shared_drop(reply->message_id);
        reply->message_id = message_id;
    }
    return STELLAR_OK;
}


/* The action to be run; NULL: answered why not. */
static const struct stellar_action *choose(struct stellar__reply *reply)
{
    struct stellar_connection *session = reply->session;
    const struct stellar__hub *hub = session->hub;
    struct stellar_slice name = NO_SLICE;
    const struct stellar_action *action = NULL;

    if (session->last_action != NULL)
        name = slice_of(session->last_action);
    if (hub->draining) {
        stellar__answer_error(reply, STELLAR_E_SHUTTING_DOWN, NO_SLICE, NO_SLICE);
        return NULL;
    }
    if (session->pending_actions >= hub->options->simultaneous_actions) {
        stellar__answer_error(reply, STELLAR_E_TOO_MANY_PENDING, NO_SLICE, NO_SLICE);
        return NULL;
    }
    if (session->last_action != NULL)
        action = stellar__actions_find(
            hub->common->actions, name.data, name.length,
            stellar__params_get(session->params, "apiVersion", 10));
    if (action == NULL) {
        stellar__answer_error(reply, STELLAR_E_UNKNOWN_ACTION, name, NO_SLICE);
        return NULL;
    }
    if (action->is_private) {
        stellar__answer_error(reply, STELLAR_E_ACTION_PRIVATE, name, NO_SLICE);
        return NULL;
    }
    return action;
}


static void run(struct stellar__reply *reply, const struct stellar_command *command)
{
    struct stellar_connection *session = reply->session;
    const struct stellar_action *action;

    session->total_actions++;
    if (!remember_action(session, command) || !set_action_param(session)) {
        stellar__session_out_of_memory(session);
        return;
    }
    action = choose(reply);
    if (action != NULL) {
        stellar__call_begin(session, reply, action);
        reply->message_id = NULL; /* the call has it now */
    }
}


void stellar__dispatch_action(struct stellar__reply *reply,
                              const struct stellar_command *command)
{
    int status = STELLAR_OK;

    if (command->params.data != NULL)
        status = replace_params(reply, command->params);
    if (status == STELLAR_OK) {
        run(reply, command);
    } else if (status == STELLAR_ERR_INVALID) {
        struct stellar__limit_texts limits = stellar__limit_texts(reply->session);

        stellar__answer_error(reply, STELLAR_E_PARAMS_TOO_LARGE,
                              stellar__slice(limits.count),
                              stellar__slice(limits.bytes));
    } else {
        stellar__session_out_of_memory(reply->session);
    }
    stellar__shared_drop(reply->message_id);
}
