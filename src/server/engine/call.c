#include "call.h"

#include "close.h"
#include "delivery.h"
#include "inputs.h"
#include "lifecycle.h"
#include "log.h"
#include "message.h"
#include "registry.h"

/*
 * Implementation notes. Most calls are finished before their action's run returns, so
 * what only others need is done later: the deadline is set when run has returned and
 * the call is still there, and the message by which another thread hands it back is
 * filled in by that thread. The call's memory and that of its answer come from the
 * shard's pools, and go back there.
 */

struct stellar_call {
    struct stellar__shard *shard;
    const struct stellar_action *action;
    struct stellar__params *params;
    size_t size;   /* of all of it */
    bool *is_gone; /* to be set when it is freed while run is called, else NULL */
    struct stellar_writer writer;
    struct stellar__shared *failure; /* the JSON text of the error, or NULL */

    struct stellar_connection *session; /* NULL when nobody waits for the answer */
    struct stellar_call *next;          /* in the session's list */
    struct stellar_call *previous;
    struct stellar__shared *message_id;
    uint64_t message_count;
    uint64_t began; /* us */
    struct stellar__timer timeout;
    char connection_id[37];

    struct stellar__timer delay;
    void (*delayed)(struct stellar_call *call, void *data);
    void *delayed_data;

    struct stellar__message message; /* by which another thread hands it back */

    struct stellar__input_value inputs[]; /* one for each that is declared */
};

#define CALL_OF(timer, member)                                                     \
    ((struct stellar_call *)(void *)((char *)(timer)-offsetof(struct stellar_call, \
                                                              member)))


static void link_call(struct stellar_call *call, struct stellar_connection *session)
{
    call->session = session;
    call->next = session->calls;
    if (call->next != NULL) {
        call->next->previous = call;
    }
    session->calls = call;
    session->pending_actions++;
    STELLAR__COUNT(call->shard, actions_pending);
}


static void unlink_call(struct stellar_call *call)
{
    struct stellar_connection *session = call->session;

    if (call->previous != NULL) {
        call->previous->next = call->next;
    } else {
        session->calls = call->next;
    }
    if (call->next != NULL) {
        call->next->previous = call->previous;
    }
    call->session = NULL;
    session->pending_actions--;
    STELLAR__COUNT_MORE(call->shard, actions_pending, (uint64_t)-1);
    stellar__timer_clear(&call->shard->timers, &call->timeout);
}


static void delay_over(struct stellar__timer *timer)
{
    struct stellar_call *call = CALL_OF(timer, delay);

    call->delayed(call, call->delayed_data);
}


static void free_call(struct stellar_call *call)
{
    if (call->is_gone != NULL) {
        *call->is_gone = true;
    }
    stellar__timer_clear(&call->shard->timers, &call->delay);
    call->shard->open_calls--;
    stellar__params_release(call->params);
    stellar__shared_release(call->message_id);
    stellar__shared_release(call->failure);
    stellar__writer_free(&call->writer, &call->shard->answers);
    stellar__pool_release(&call->shard->calls, call, call->size);
}


static struct stellar__reply reply_to(struct stellar_call *call)
{
    return (struct stellar__reply){.session = call->session,
                                   .message_id = call->message_id,
                                   .message_count = call->message_count};
}


/* What is wrong with the answer as the action wrote it, as the text of an error. */
static const char *fault_of(const struct stellar_call *call)
{
    if (stellar__writer_is_sound(&call->writer)) {
        return NULL;
    }
    return call->writer.buffer.failed ? "The server is out of memory"
                                      : "The action wrote an answer that is not valid";
}


/* The call is answered. Of those that are answered while what was read with them is
 * still executed, the time is taken once, when all of it is; see session.c. */
static void count_time(const struct stellar_call *call)
{
    struct stellar__shard *shard = call->shard;

    if (shard->current != NULL && call->began == shard->iteration_began) {
        shard->actions_answered++;
    } else {
        STELLAR__COUNT_TIMES(shard, action_times, 1,
                             shard->platform.clock(shard->platform.context) -
                                 call->began);
    }
}


/* "error":…, of an answer: what the action failed with, or what is wrong with it. */
static void write_failure(struct stellar_call *call, const char *fault,
                          struct stellar__buffer *out)
{
    if (fault != NULL && call->writer.fault != NULL) {
        stellar__log(call->shard->options, STELLAR_LOG_ERROR, call->connection_id,
                     "action %s wrote %s", call->action->name, call->writer.fault);
    }
    STELLAR__APPEND_LITERAL(out, "\"error\":");
    if (call->failure != NULL) {
        stellar__buffer_append(out, call->failure->data, call->failure->length);
    } else {
        stellar__buffer_string(out, fault, strlen(fault));
    }
    STELLAR__APPEND_LITERAL(out, ",");
}


static void write_answer(struct stellar_call *call)
{
    struct stellar__reply reply = reply_to(call);
    const struct stellar__buffer *keys = &call->writer.buffer;
    const char *fault = fault_of(call);

    count_time(call);
    stellar__reply_begin(&reply);
    if (fault == NULL && keys->length > 1) {
        stellar__buffer_append(reply.out, keys->data + 1, keys->length - 1);
        STELLAR__APPEND_LITERAL(reply.out, ",");
    }
    if (fault != NULL || call->failure != NULL) {
        STELLAR__COUNT(call->shard, actions_failed);
        write_failure(call, fault, reply.out);
    } else {
        STELLAR__COUNT(call->shard, actions_finished);
    }
    STELLAR__APPEND_LITERAL(reply.out, "\"context\":\"response\"");
    stellar__reply_end(&reply);
}


void stellar__call_complete(struct stellar_call *call)
{
    struct stellar_connection *session = call->session;

    if (session != NULL) {
        write_answer(call);
        unlink_call(call);
        stellar__session_call_done(session);
    }
    free_call(call);
}


/* The answer is no longer awaited. A delay ends now, so that clients that come and go
 * do not leave any number of calls, each with its params. */
void stellar__call_orphan(struct stellar_call *call)
{
    unlink_call(call);
    if (stellar__timer_is_set(&call->delay)) {
        stellar__timer_set(&call->shard->timers, &call->delay, call->shard->now,
                           delay_over);
    }
}


static void timed_out(struct stellar__timer *timer)
{
    struct stellar_call *call = CALL_OF(timer, timeout);
    struct stellar_connection *session = call->session;
    struct stellar__reply reply = reply_to(call);

    count_time(call);
    STELLAR__COUNT(call->shard, actions_timed_out);
    stellar__reply_error(&reply, STELLAR_E_ACTION_TIMEOUT,
                         stellar__slice(call->action->name), stellar__slice(""));
    stellar__call_orphan(call);
    stellar__session_call_done(session);
}


/* Ends a call that the action never saw, or that its validators refuse. */
static void refuse(struct stellar_call *call, const struct stellar__buffer *problems)
{
    if (!problems->failed) {
        call->failure = stellar__shared_new(call->shard->common->memory, problems->data,
                                            problems->length);
    }
    if (call->failure == NULL) {
        call->writer.buffer.failed = true;
    }
    stellar__call_complete(call);
}


static struct stellar_call *new_call(struct stellar_connection *session,
                                     struct stellar__reply *reply,
                                     const struct stellar_action *action)
{
    struct stellar__shard *shard = session->shard;
    size_t inputs =
        stellar__inputs_count(action->inputs) * sizeof(struct stellar__input_value);
    size_t size = sizeof(struct stellar_call) + inputs;
    struct stellar_call *call = stellar__pool_take(&shard->calls, &size, SIZE_MAX);

    if (call == NULL) {
        return NULL;
    }
    call->shard = shard;
    call->action = action;
    call->params = stellar__params_retain(session->params);
    call->size = size;
    call->is_gone = NULL;
    call->failure = NULL;
    call->previous = NULL;
    call->message_id = reply->message_id;
    call->message_count = reply->message_count;
    call->began = stellar__shard_iteration(shard);
    call->timeout.function = NULL;
    memcpy(call->connection_id, session->id, sizeof call->connection_id);
    call->delay.function = NULL;
    if (inputs > 0) {
        memset(call->inputs, 0, inputs);
    }
    shard->open_calls++;
    STELLAR__COUNT(shard, actions_started);
    stellar__writer_init(&call->writer, &shard->answers);
    link_call(call, session);
    return call;
}


/* Fills the inputs in. False: the call is answered with what is wrong with them. */
static bool read_inputs(struct stellar_call *call)
{
    const struct stellar_input *inputs = call->action->inputs;
    struct stellar__buffer problems;
    bool mistyped;
    bool are_well;

    if (inputs == NULL) {
        return true;
    }
    stellar__buffer_init(&problems, call->shard->common->memory);
    are_well = stellar__inputs_read(inputs, call->params, call->inputs, &problems,
                                    &mistyped) &&
               stellar__inputs_validate(inputs, call, call->inputs, &problems) &&
               !problems.failed;
    if (!are_well && mistyped) {
        STELLAR__COUNT_IN(call->shard, errors, STELLAR_E_INVALID_TYPE);
    }
    if (!are_well) {
        refuse(call, &problems);
    }
    stellar__buffer_free(&problems);
    return are_well;
}


void stellar__call_begin(struct stellar_connection *session,
                         struct stellar__reply *reply,
                         const struct stellar_action *action)
{
    struct stellar__shard *shard = session->shard;
    struct stellar_call *call = new_call(session, reply, action);
    bool is_gone = false;

    if (call == NULL) {
        stellar__shared_release(reply->message_id);
        stellar__session_out_of_memory(session);
        return;
    }
    if (!read_inputs(call)) {
        return;
    }
    call->is_gone = &is_gone;
    action->run(call, action->data);
    if (is_gone) {
        return;
    }
    call->is_gone = NULL;
    if (call->session != NULL && shard->options->action_timeout > 0) {
        stellar__timer_set(&shard->timers, &call->timeout,
                           shard->now + shard->options->action_timeout, timed_out);
    }
}


static void hand_back(struct stellar_call *call)
{
    struct stellar__shard *shard = call->shard;

    if (shard->platform.is_own_thread(shard->platform.context)) {
        stellar__call_complete(call);
        return;
    }
    call->message = (struct stellar__message){
        .kind = STELLAR__FINISHED, .shard = shard, .is_embedded = true, .call = call};
    /* Once posted, the call may be gone at any time, and only this keeps the shard. */
    atomic_fetch_add(&shard->handing_back, 1);
    shard->platform.post(shard->platform.context, &call->message);
    atomic_fetch_sub(&shard->handing_back, 1);
}


bool stellar__call_is_any_out(struct stellar__shard *shard)
{
    return shard->open_calls > 0 || atomic_load(&shard->handing_back) > 0;
}


void stellar_call_finish(struct stellar_call *call)
{
    hand_back(call);
}


void stellar_call_fail(struct stellar_call *call, const char *text)
{
    struct stellar__buffer json;

    stellar__buffer_init(&json, call->shard->common->memory);
    stellar__buffer_text(&json, text);
    call->failure = json.failed ? NULL
                                : stellar__shared_new(call->shard->common->memory,
                                                      json.data, json.length);
    if (call->failure == NULL) {
        call->writer.buffer.failed = true;
    }
    stellar__buffer_free(&json);
    hand_back(call);
}


int stellar_call_delay(struct stellar_call *call, uint64_t milliseconds,
                       void (*function)(struct stellar_call *, void *), void *data)
{
    const struct stellar__platform *platform = &call->shard->platform;
    uint64_t now;

    if (!platform->is_own_thread(platform->context)) {
        return STELLAR_ERR_THREAD;
    }
    now = call->shard->now;
    call->delayed = function;
    call->delayed_data = data;
    if (milliseconds == 0) {
        milliseconds = 1; /* a timer set anew by its function must be later than now */
    }
    if (milliseconds > UINT64_MAX / 2 - now) {
        milliseconds = UINT64_MAX / 2 - now;
    }
    stellar__timer_set(&call->shard->timers, &call->delay, now + milliseconds,
                       delay_over);
    return STELLAR_OK;
}


void stellar__call_end_delays(struct stellar__shard *shard)
{
    struct stellar__timer *timer;
    unsigned rounds = 100000; /* for actions that delay again and again */

    /* All sessions are gone, so only delays can be left here. */
    while ((timer = shard->timers.root) != NULL) {
        struct stellar_call *call = CALL_OF(timer, delay);

        stellar__timer_clear(&shard->timers, timer);
        shard->now = timer->deadline;
        if (rounds > 0) {
            rounds--;
            call->delayed(call, call->delayed_data);
        } else {
            free_call(call);
        }
    }
}


struct stellar_server *stellar_call_server(const struct stellar_call *call)
{
    return call->shard->common->server;
}


const char *stellar_call_connection_id(const struct stellar_call *call)
{
    return call->connection_id;
}


struct stellar_writer *stellar_call_writer(struct stellar_call *call)
{
    return &call->writer;
}


bool stellar_call_param(const struct stellar_call *call, const char *name,
                        struct stellar_value *value)
{
    const struct stellar_input *inputs = call->action->inputs;
    const struct stellar_slice *text;
    size_t i;

    for (i = 0; inputs != NULL && inputs[i].name != NULL; i++) {
        if (strcmp(inputs[i].name, name) == 0) {
            *value = call->inputs[i].value;
            return call->inputs[i].present;
        }
    }
    text = stellar__params_get(call->params, name, strlen(name));
    if (text == NULL) {
        return false;
    }
    *value = stellar__value(text->data, text->length);
    return true;
}


bool stellar_call_text(const struct stellar_call *call, const char *name, char *out,
                       size_t capacity)
{
    struct stellar_value value;
    struct stellar_slice inside;
    size_t length;

    out[0] = '\0';
    if (!stellar_call_param(call, name, &value) ||
        !stellar_value_string(value, &inside)) {
        return false;
    }
    length = stellar_json_unescape(inside, out, capacity);
    if (length >= capacity || memchr(out, '\0', length) != NULL) {
        out[0] = '\0';
        return false;
    }
    out[length] = '\0';
    return true;
}


int64_t stellar_call_integer(const struct stellar_call *call, const char *name,
                             int64_t fallback)
{
    struct stellar_value value;
    int64_t integer = fallback;

    if (stellar_call_param(call, name, &value)) {
        stellar_value_integer(value, &integer);
    }
    return integer;
}


double stellar_call_double(const struct stellar_call *call, const char *name,
                           double fallback)
{
    struct stellar_value value;
    double number = fallback;

    if (stellar_call_param(call, name, &value)) {
        stellar_value_double(value, &number);
    }
    return number;
}
