/*
 * More actions for the golden sessions, in addition to the demonstration ones:
 * versions, all kinds of inputs, failure, an answer from another thread, and no answer.
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "stellar/server.h"


static void answer_version(struct stellar_call *call, void *data)
{
    const int64_t *version = data;

    stellar_write_key(stellar_call_writer(call), "version");
    stellar_write_integer(stellar_call_writer(call), *version);
    stellar_call_finish(call);
}


static int64_t versions[] = {1, 2};

static const struct stellar_action versioned_1 = {
    .name = "versioned",
    .description = "Says which of its versions runs",
    .version = 1,
    .run = answer_version,
    .data = &versions[0],
};

static const struct stellar_action versioned_2 = {
    .name = "versioned",
    .description = "Says which of its versions runs",
    .version = 2,
    .run = answer_version,
    .data = &versions[1],
};


static const char *at_most_100(const struct stellar_call *call,
                               struct stellar_value value)
{
    int64_t count;

    (void)call;
    if (stellar_value_integer(value, &count) && count <= 100) {
        return NULL;
    }
    return "The count must not be above 100.";
}


static const struct stellar_input typed_inputs[] = {
    {.name = "count",
     .required = true,
     .convert = STELLAR_TO_INTEGER,
     .validate = at_most_100},
    {.name = "ratio", .default_json = "0.5", .convert = STELLAR_TO_FLOAT},
    {.name = "name", .default_json = "\"nobody\""},
    {.name = NULL},
};


static void answer_inputs(struct stellar_call *call, void *data)
{
    struct stellar_writer *writer = stellar_call_writer(call);
    struct stellar_value name;

    (void)data;
    stellar_write_key(writer, "count");
    stellar_write_integer(writer, stellar_call_integer(call, "count", -1));
    stellar_write_key(writer, "ratio");
    stellar_write_double(writer, stellar_call_double(call, "ratio", -1));
    if (stellar_call_param(call, "name", &name)) {
        stellar_write_key(writer, "name");
        stellar_write_json(writer, name.text.data, name.text.length);
    }
    stellar_call_finish(call);
}


static const struct stellar_action typed = {
    .name = "typed",
    .description = "Answers with its inputs as it sees them",
    .version = 1,
    .inputs = typed_inputs,
    .run = answer_inputs,
};


static const struct stellar_input integer_inputs[] = {
    {.name = "converted", .convert = STELLAR_TO_INTEGER},
    {.name = NULL},
};


static void answer_integers(struct stellar_call *call, void *data)
{
    struct stellar_writer *writer = stellar_call_writer(call);

    (void)data;
    stellar_write_key(writer, "converted");
    stellar_write_integer(writer, stellar_call_integer(call, "converted", -7));
    stellar_write_key(writer, "sent");
    stellar_write_integer(writer, stellar_call_integer(call, "sent", -7));
    stellar_call_finish(call);
}


static const struct stellar_action integer = {
    .name = "integer",
    .description = "Answers with an input that is converted, and a param that is not",
    .version = 1,
    .inputs = integer_inputs,
    .run = answer_integers,
};


static void fail(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_write_key(stellar_call_writer(call), "partial");
    stellar_write_integer(stellar_call_writer(call), 1);
    stellar_call_fail(call, "It did not work");
}


static const struct stellar_action failing = {
    .name = "failing",
    .description = "Sets a key, then fails",
    .version = 1,
    .run = fail,
};


static void *finish_on_thread(void *argument)
{
    struct stellar_call *call = argument;

    stellar_write_key(stellar_call_writer(call), "done");
    stellar_write_boolean(stellar_call_writer(call), true);
    stellar_call_finish(call);
    return NULL;
}


static void *never_finish(void *call)
{
    for (;;) {
        pause();
    }
    return call;
}


static void start_thread(struct stellar_call *call, void *(*function)(void *))
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, function, call) != 0) {
        stellar_call_fail(call, "no thread");
        return;
    }
    pthread_detach(thread);
}


static void run_threaded(struct stellar_call *call, void *data)
{
    (void)data;
    start_thread(call, finish_on_thread);
}


static void run_stuck(struct stellar_call *call, void *data)
{
    (void)data;
    start_thread(call, never_finish);
}


static const struct stellar_action threaded = {
    .name = "threaded",
    .description = "Is finished by another thread",
    .version = 1,
    .run = run_threaded,
};

static const struct stellar_action stuck = {
    .name = "stuck",
    .description = "Is held by another thread for ever",
    .version = 1,
    .run = run_stuck,
};


int stellar_module_init(struct stellar_server *server, char *error, size_t capacity)
{
    static const struct stellar_action *const actions[] = {
        &versioned_1, &versioned_2, &typed, &integer, &failing, &threaded, &stuck,
    };

    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        int status = stellar_server_add_action(server, actions[i]);

        if (status != 0) {
            snprintf(error, capacity, "%s: %s", actions[i]->name,
                     stellar_status_text(status));
            return status;
        }
    }
    return 0;
}
