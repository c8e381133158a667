/*
 * A module with a slow action: countPrimes counts on its own thread, and the loop
 * serves other clients in the meantime.
 *
 *     stellard --module ./module.so
 */
#include <pthread.h>
#include <stdio.h>

#include "stellar/server.h"


static bool is_prime(int64_t number)
{
    int64_t divisor;

    for (divisor = 2; divisor * divisor <= number; divisor++) {
        if (number % divisor == 0) {
            return false;
        }
    }
    return number >= 2;
}


/* The call belongs to this thread until it is finished. Its client may be gone by
 * then. */
static void *count(void *argument)
{
    struct stellar_call *call = argument;
    int64_t below = stellar_call_integer(call, "below", 0);
    int64_t primes = 0;
    int64_t number;

    for (number = 2; number < below; number++) {
        primes += is_prime(number);
    }
    stellar_write_key(stellar_call_writer(call), "primes");
    stellar_write_integer(stellar_call_writer(call), primes);
    stellar_call_finish(call);
    return NULL;
}


static void start_counting(struct stellar_call *call, void *data)
{
    pthread_t thread;

    (void)data;
    if (pthread_create(&thread, NULL, count, call) != 0) {
        stellar_call_fail(call, "There is no thread to count on");
    } else {
        pthread_detach(thread);
    }
}


static const char *check_below(const struct stellar_call *call,
                               struct stellar_value value)
{
    int64_t below;

    (void)call;
    return stellar_value_integer(value, &below) && below >= 0 && below <= 10000000
               ? NULL
               : "The below field must be from 0 to 10000000.";
}


static const struct stellar_input inputs[] = {{.name = "below",
                                               .required = true,
                                               .convert = STELLAR_TO_INTEGER,
                                               .validate = check_below},
                                              {.name = NULL}};

static const struct stellar_action count_primes = {
    .name = "countPrimes",
    .description = "Counts the prime numbers below a number",
    .version = 1,
    .inputs = inputs,
    .run = start_counting};


int stellar_module_init(struct stellar_server *server, char *error, size_t capacity)
{
    int status = stellar_server_add_action(server, &count_primes);

    if (status != 0) {
        snprintf(error, capacity, "countPrimes: %s", stellar_status_text(status));
    }
    return status;
}
