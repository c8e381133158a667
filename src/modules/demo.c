/*
 * The demonstration actions: status, randomNumber, sleepTest, cacheTest and, private,
 * sumANumber. stellard loads them with --module demo.
 *
 * All servers and loops of the process share the cache. cacheTest leaves nothing in it,
 * so nothing has to be freed at the end.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "cache.h"
#include "stellar/server.h"
#include "stellar/version.h"

#define LONGEST_SLEEP      3600000
#define LONGEST_SLEEP_TEXT "3600000"
#define CACHE_TIME_TO_LIVE 5000
#define CACHE_PREFIX       "cacheTest_"

static pthread_mutex_t cache_lock = PTHREAD_MUTEX_INITIALIZER;
static struct cache cache;


/* Milliseconds since 1970. */
static uint64_t wall_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}


static void write_number(struct stellar_writer *writer, const char *key, uint64_t value)
{
    stellar_write_key(writer, key);
    stellar_write_integer(writer, (int64_t)value);
}


static void run_status(struct stellar_call *call, void *data)
{
    struct stellar_server *server = stellar_call_server(call);
    struct stellar_writer *writer = stellar_call_writer(call);

    (void)data;
    stellar_write_key(writer, "id");
    stellar_write_text(writer, stellar_server_id(server));
    stellar_write_key(writer, "stellarVersion");
    stellar_write_text(writer, STELLAR_VERSION);
    write_number(writer, "uptime", stellar_server_uptime(server));
    stellar_call_finish(call);
}


/* Draws uniformly from the multiples of 2^-53 in [0, 1). */
static bool draw(double *number)
{
    uint64_t bits;

    if (getrandom(&bits, sizeof bits, 0) != (ssize_t)sizeof bits) {
        return false;
    }
    *number = (double)(bits >> 11) * 0x1p-53;
    return true;
}


/* Writes the fewest digits that give the same number. */
static void format_shortest(double number, char *text, size_t capacity)
{
    int digits;

    for (digits = 15; digits <= 17; digits++) {
        snprintf(text, capacity, "%.*g", digits, number);
        if (strtod(text, NULL) == number) {
            return;
        }
    }
}


static void run_random_number(struct stellar_call *call, void *data)
{
    struct stellar_writer *writer = stellar_call_writer(call);
    char digits[40];
    char sentence[80];
    double number;

    (void)data;
    if (!draw(&number)) {
        stellar_call_fail(call, "The system has no random numbers");
        return;
    }
    format_shortest(number, digits, sizeof digits);
    snprintf(sentence, sizeof sentence, "Your random number is %s", digits);
    stellar_write_key(writer, "number");
    stellar_write_json(writer, digits, strlen(digits));
    stellar_write_key(writer, "formatedNumber");
    stellar_write_text(writer, sentence);
    stellar_call_finish(call);
}


static const char *check_sleep_duration(const struct stellar_call *call,
                                        struct stellar_value value)
{
    int64_t duration;

    (void)call;
    return stellar_value_integer(value, &duration) && duration >= 0 &&
                   duration <= LONGEST_SLEEP
               ? NULL
               : "The sleepDuration must be from 0 to " LONGEST_SLEEP_TEXT
                 " milliseconds";
}


/* data is the server's uptime when the sleep began, cut to the size of a pointer. The
 * difference to the uptime now is right even if a pointer has 32 bits, and steps of the
 * wall clock do not change it. */
static void wake_up(struct stellar_call *call, void *data)
{
    struct stellar_writer *writer = stellar_call_writer(call);
    uintptr_t slept =
        (uintptr_t)stellar_server_uptime(stellar_call_server(call)) - (uintptr_t)data;
    uint64_t ended = wall_clock();

    write_number(writer, "sleepStarted", ended - slept);
    write_number(writer, "sleepEnded", ended);
    write_number(writer, "sleepDelta", slept);
    stellar_write_key(writer, "sleepDuration");
    stellar_write_integer(writer, stellar_call_integer(call, "sleepDuration", 0));
    stellar_call_finish(call);
}


static void run_sleep_test(struct stellar_call *call, void *data)
{
    int64_t duration = stellar_call_integer(call, "sleepDuration", 0);
    uint64_t started = stellar_server_uptime(stellar_call_server(call));

    (void)data;
    /* NOLINTNEXTLINE(performance-no-int-to-ptr) */
    stellar_call_delay(call, (uint64_t)duration, wake_up, (void *)(uintptr_t)started);
}


/* Makes "cacheTest_" followed by the text of the param, for a string without quotes.
 * The caller must free *data. */
static bool make_cache_key(struct stellar_call *call, char **data, size_t *length)
{
    const size_t prefix = strlen(CACHE_PREFIX);
    struct stellar_value param = {STELLAR_JSON_NULL, {"", 0}};
    struct stellar_slice inside;
    bool is_string;

    stellar_call_param(call, "key", &param);
    is_string = stellar_value_string(param, &inside);
    *data = malloc(prefix + param.text.length);
    if (*data == NULL) {
        return false;
    }
    memcpy(*data, CACHE_PREFIX, prefix);
    if (is_string) {
        *length = prefix + stellar_json_unescape(inside, *data + prefix, inside.length);
    } else {
        memcpy(*data + prefix, param.text.data, param.text.length);
        *length = prefix + param.text.length;
    }
    return true;
}


static void write_loaded(struct stellar_writer *writer, struct stellar_slice key,
                         const struct cache_value *loaded)
{
    stellar_write_object_begin(writer);
    stellar_write_key(writer, "key");
    stellar_write_string(writer, key.data, key.length);
    stellar_write_key(writer, "value");
    stellar_write_json(writer, loaded->json.data, loaded->json.length);
    write_number(writer, "expireTimestamp", loaded->expires_at);
    write_number(writer, "createdAt", loaded->created_at);
    write_number(writer, "readAt", loaded->read_at);
    stellar_write_object_end(writer);
}


/* Saves, counts, loads and deletes under one lock, so that no call sees the value of
 * another. Returns false if there is no memory. */
static bool try_cache(struct stellar_writer *writer, struct stellar_slice key,
                      struct stellar_slice json)
{
    struct cache_value loaded;
    uint64_t now = wall_clock();
    bool saved;

    pthread_mutex_lock(&cache_lock);
    saved = cache_save(&cache, key, json, CACHE_TIME_TO_LIVE, now);
    if (saved) {
        stellar_write_key(writer, "cacheTestResults");
        stellar_write_object_begin(writer);
        stellar_write_key(writer, "saveResp");
        stellar_write_boolean(writer, true);
        write_number(writer, "sizeResp", cache_size(&cache, now));
        stellar_write_key(writer, "loadResp");
        if (cache_load(&cache, key, now, &loaded)) {
            write_loaded(writer, key, &loaded);
        } else {
            stellar_write_null(writer);
        }
        stellar_write_key(writer, "deleteResp");
        stellar_write_boolean(writer, cache_remove(&cache, key));
        stellar_write_object_end(writer);
    }
    pthread_mutex_unlock(&cache_lock);
    return saved;
}


static void run_cache_test(struct stellar_call *call, void *data)
{
    struct stellar_value value = {STELLAR_JSON_NULL, {"null", 4}};
    struct stellar_slice key;
    char *key_data = NULL;
    bool done = false;

    (void)data;
    stellar_call_param(call, "value", &value);
    if (make_cache_key(call, &key_data, &key.length)) {
        key.data = key_data;
        done = try_cache(stellar_call_writer(call), key, value.text);
    }
    free(key_data);
    if (done) {
        stellar_call_finish(call);
    } else {
        stellar_call_fail(call, stellar_status_text(STELLAR_ERR_NO_MEMORY));
    }
}


static void run_sum_a_number(struct stellar_call *call, void *data)
{
    struct stellar_writer *writer = stellar_call_writer(call);

    (void)data;
    stellar_write_key(writer, "sum");
    stellar_write_double(writer, stellar_call_double(call, "a", 0) +
                                     stellar_call_double(call, "b", 0));
    stellar_call_finish(call);
}


static const struct stellar_input sleep_inputs[] = {
    {.name = "sleepDuration",
     .default_json = "1000",
     .convert = STELLAR_TO_INTEGER,
     .validate = check_sleep_duration},
    {.name = NULL},
};

static const struct stellar_input cache_inputs[] = {
    {.name = "key", .required = true},
    {.name = "value", .required = true},
    {.name = NULL},
};

static const struct stellar_input sum_inputs[] = {
    {.name = "a", .required = true, .convert = STELLAR_TO_FLOAT},
    {.name = "b", .required = true, .convert = STELLAR_TO_FLOAT},
    {.name = NULL},
};

static const struct stellar_action actions[] = {
    {.name = "status",
     .description = "Tells the server's id, version and uptime",
     .version = 1,
     .run = run_status},
    {.name = "randomNumber",
     .description = "Draws a number from 0 to 1",
     .version = 1,
     .run = run_random_number},
    {.name = "sleepTest",
     .description = "Answers after so many milliseconds",
     .version = 1,
     .inputs = sleep_inputs,
     .run = run_sleep_test},
    {.name = "cacheTest",
     .description = "Saves, counts, loads and deletes a value in a cache",
     .version = 1,
     .inputs = cache_inputs,
     .run = run_cache_test},
    {.name = "sumANumber",
     .description = "Adds two numbers, for other actions only",
     .version = 1,
     .is_private = true,
     .inputs = sum_inputs,
     .run = run_sum_a_number},
};


int stellar_module_init(struct stellar_server *server, char *error, size_t capacity)
{
    size_t i;
    int status;

    for (i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        status = stellar_server_add_action(server, &actions[i]);
        if (status != 0) {
            snprintf(error, capacity, "action '%s': %s", actions[i].name,
                     stellar_status_text(status));
            return status;
        }
    }
    return 0;
}
