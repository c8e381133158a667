/*
 * One thread of the load: a share of the connections and of the requests, and what
 * became of them. A worker shares nothing that is written but `progress` and the stop
 * flag, so threads do not slow each other down.
 *
 * Life: open, then run, on the worker's own thread; the result may be read when run has
 * returned; close gives everything back, also after an open that failed.
 */
#ifndef STELLAR_BENCH_WORKER_H
#define STELLAR_BENCH_WORKER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answers.h"
#include "histogram.h"
#include "options.h"
#include "requests.h"
#include "target.h"

struct stellar__connection;

struct stellar__worker {
    /* Given by the caller before open. */
    const struct stellar__bench_options *options;
    const struct stellar__requests *requests;
    const struct stellar__target *target;
    const atomic_bool *stop; /* set: send no more, wait for what is outstanding */
    size_t connection_count;
    uint64_t share; /* of the requests that are measured; counts down */

    /* The result. sent == tally.answers + missing. */
    uint64_t sent;
    uint64_t missing; /* answers */
    uint64_t unasked; /* lines that answer nothing */
    uint64_t lost;    /* connections that ended before their time */
    uint64_t bytes_in;
    uint64_t bytes_out;
    uint64_t begun; /* when measuring began and the last measured answer came */
    uint64_t ended;
    int lost_reason; /* errno of the first lost connection, 0 if it was closed */
    bool silent;     /* it ended because no answer came for too long */
    struct stellar__answer_tally tally;
    struct stellar__histogram times;
    atomic_uint_fast64_t progress; /* answers so far */

    /* Private part. */
    struct stellar__connection *connections;
    char *tails;
    char *memory; /* room for a tail, then the bytes read */
    int epoll;
    size_t active;
    uint64_t deadline;
    uint64_t answered_at;
};

/* Nanoseconds of a clock that only goes forward. */
uint64_t stellar__bench_now(void);

/* Connects, and waits for the welcome lines. False after telling why. */
bool stellar__worker_open(struct stellar__worker *worker);

/* Sends and reads until the share, the time or the stop flag ends it. */
void stellar__worker_run(struct stellar__worker *worker);

void stellar__worker_close(struct stellar__worker *worker);

#endif
