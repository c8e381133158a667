/*
 * One thread of the load: a share of the connections and of the requests, and what
 * became of them. A worker shares nothing that is written but `progress` and the stop
 * flag, so threads do not slow each other down. What it does with its connections is
 * its mode's.
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
#include "connection.h"
#include "histogram.h"
#include "options.h"
#include "requests.h"
#include "target.h"
#include "tls_client.h"

#define STELLAR__BENCH_READ_SIZE ((size_t)256 << 10)
#define STELLAR__BENCH_NEVER     UINT64_MAX

struct stellar__worker;

/* What is done with connections. Functions that are not wanted are those of
 * worker.c that do nothing. */
struct stellar__bench_mode {
    const char *name;      /* in the result */
    const char *noun;      /* what comes back: "answers" */
    const char *sent_noun; /* what for: "requests" */
    bool shakes_only;      /* a connection is ready when hands are shaken */
    bool opens;            /* opens its connections itself, when it begins */

    /* Before anything is opened: memory of the mode. False with errno set. */
    bool (*prepare)(struct stellar__worker *worker);
    /* A connection has gone through all stages. */
    void (*ready)(struct stellar__worker *worker,
                  struct stellar__connection *connection);
    /* The time has come for the first requests; for each connection. */
    void (*begin)(struct stellar__worker *worker,
                  struct stellar__connection *connection);
    /* Bytes came. worker->tail_room bytes in front of them are the mode's. */
    void (*take)(struct stellar__worker *worker, struct stellar__connection *connection,
                 char *bytes, size_t length);
    /* What a full socket had held up has gone out. */
    void (*sent)(struct stellar__worker *worker,
                 struct stellar__connection *connection);
    /* Between turns: what is due is done. Returns when the next is, or NEVER. */
    uint64_t (*tick)(struct stellar__worker *worker, uint64_t now);
    void (*release)(struct stellar__worker *worker);
};

struct stellar__worker {
    /* Given by the caller before open. */
    const struct stellar__bench_options *options;
    const struct stellar__bench_mode *mode;
    const struct stellar__requests *requests;
    const struct stellar__target *target;
    const struct stellar__bench_trust *trust;
    const atomic_bool *stop; /* set: send no more, wait for what is outstanding */
    size_t number;           /* of the thread, from 0 */
    size_t connection_count;
    uint64_t share; /* of the requests that are measured; counts down */

    /* The result. */
    uint64_t sent;
    uint64_t missing;    /* answers */
    uint64_t unasked;    /* lines that answer nothing */
    uint64_t disordered; /* deliveries that came again, too late, or after a gap */
    uint64_t lost;       /* connections that ended before their time */
    uint64_t resumed;    /* of `shaken` */
    uint64_t shaken;     /* handshakes */
    uint64_t bytes_in;   /* on the wire */
    uint64_t bytes_out;
    uint64_t begun; /* when measuring began and the last measured answer came */
    uint64_t ended;
    int lost_reason; /* of the first lost connection: errno, the negative of an error of
                        BearSSL, or 0 if the server closed it */
    bool silent;     /* it ended because no answer came for too long */
    struct stellar__answer_tally tally;
    struct stellar__histogram times;
    atomic_uint_fast64_t progress; /* answers, or connections ready, so far */

    /* Private part, shared with the modes. */
    struct stellar__connection *connections;
    struct stellar__bench_tls_session session; /* to resume */
    char *tails;
    size_t tail_room;
    char *memory;          /* tail_room bytes, then those read */
    unsigned char *cipher; /* those read, where TLS has to decode them */
    char *line;            /* that opens a connection; the last one that was made */
    size_t line_room;
    int epoll;
    size_t active;
    size_t opened; /* connections so far */
    size_t ready;
    uint64_t deadline;
    uint64_t answered_at;
    void *state; /* the mode's */
};

/* Nanoseconds of a clock that only goes forward. */
uint64_t stellar__bench_now(void);

/* Connects, and goes through the stages. False after telling why. */
bool stellar__worker_open(struct stellar__worker *worker);

/* Sends and reads until the share, the time or the stop flag ends it. */
void stellar__worker_run(struct stellar__worker *worker);

void stellar__worker_close(struct stellar__worker *worker);

/* For modes and connections. */

/* No more is to be sent: the time is up, or the stop flag is set. */
bool stellar__worker_over(const struct stellar__worker *worker, uint64_t now);

/* Takes up to `count` from the share; nothing is taken during the warm-up. Sets whether
 * it is measured. */
size_t stellar__worker_claim(struct stellar__worker *worker, size_t count, uint64_t now,
                             bool *measured);

/* Answers came that belong together in time. */
void stellar__worker_record(struct stellar__worker *worker, uint64_t since,
                            uint64_t now, uint64_t count);

/* Whether a connection joins a room, which one, and the lines that it begins with (no
 * bytes: none); they stay until the next call. */
bool stellar__worker_joins(const struct stellar__worker *worker,
                           const struct stellar__connection *connection);
size_t stellar__worker_room(const struct stellar__worker *worker,
                            const struct stellar__connection *connection);
const char *stellar__worker_opening_line(struct stellar__worker *worker,
                                         const struct stellar__connection *connection,
                                         size_t *length);

/* Hands have been shaken on a connection. */
void stellar__worker_shaken(struct stellar__worker *worker,
                            const struct stellar__connection *connection);

bool stellar__worker_prepare_nothing(struct stellar__worker *worker);
void stellar__worker_ignore(struct stellar__worker *worker,
                            struct stellar__connection *connection);
void stellar__worker_ignore_bytes(struct stellar__worker *worker,
                                  struct stellar__connection *connection, char *bytes,
                                  size_t length);
uint64_t stellar__worker_never(struct stellar__worker *worker, uint64_t now);
void stellar__worker_release_nothing(struct stellar__worker *worker);

#endif
