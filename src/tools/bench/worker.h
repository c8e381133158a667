/*
 * The bench loads a server and measures it. It may include src/files, src/server/base,
 * src/server/tls, the texts of src/stellard and BearSSL.
 *
 * A worker is one thread of the load: a share of the connections and of the requests,
 * and their results. Of the data that is written, workers share only `progress` and the
 * stop flag, so threads do not slow each other down. The mode decides what a worker
 * does with its connections.
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
#include "tls_client.h"

#define STELLAR__BENCH_READ_SIZE ((size_t)256 << 10)
#define STELLAR__BENCH_NEVER     UINT64_MAX

struct stellar__worker;

/* See connection.h. */
enum stellar__bench_stage {
    STELLAR__BENCH_SHAKING, /* TLS handshake */
    STELLAR__BENCH_WELCOME, /* waits for the first line */
    STELLAR__BENCH_JOINING, /* waits for the answer to joining a room */
    STELLAR__BENCH_READY
};

struct stellar__connection {
    int fd; /* -1 if it is closed */
    enum stellar__bench_stage stage;
    bool active;                    /* has or will have something outstanding */
    bool measured;                  /* whether the outstanding requests are measured */
    bool wants_room;                /* registered for EPOLLOUT */
    struct stellar__bench_tls *tls; /* NULL: plain */
    struct stellar__bench_tls_text unsent;
    struct stellar__answer_stream stream;
    size_t line; /* where in the cycle of requests the next one is */
    size_t outstanding;
    uint64_t sent_at;
};

/* What is done with connections. A mode that does not need one of the functions uses an
 * empty one of worker.c. */
struct stellar__bench_mode {
    const char *name;      /* as the result shows it */
    const char *noun;      /* the name of what comes back: "answers" */
    const char *sent_noun; /* the name of what is sent: "requests" */
    bool shakes_only;      /* a connection is ready after its TLS handshake */
    bool opens;            /* the mode opens its connections, when it begins */

    /* Before any connection is opened: gets the mode's memory. On failure returns false
     * and sets errno. */
    bool (*prepare)(struct stellar__worker *worker);
    /* A connection has gone through all stages. */
    void (*ready)(struct stellar__worker *worker,
                  struct stellar__connection *connection);
    /* The time has come for the first requests; for each connection. */
    void (*begin)(struct stellar__worker *worker,
                  struct stellar__connection *connection);
    /* Bytes came. The mode may use worker->tail_room bytes in front of them. */
    void (*take)(struct stellar__worker *worker, struct stellar__connection *connection,
                 char *bytes, size_t length);
    /* The rest of a text that a full socket delayed has been sent. */
    void (*sent)(struct stellar__worker *worker,
                 struct stellar__connection *connection);
    /* Between iterations: does the work that is due. Returns when the next work is due,
     * or NEVER. */
    uint64_t (*tick)(struct stellar__worker *worker, uint64_t now);
    void (*release)(struct stellar__worker *worker);
};

struct stellar__worker {
    /* The caller sets these before open. */
    const struct stellar__bench_options *options;
    const struct stellar__bench_mode *mode;
    const struct stellar__requests *requests;
    const struct stellar__target *target;
    const struct stellar__bench_trust *trust;
    const atomic_bool *stop; /* if set, send no more and wait for outstanding answers */
    size_t number;           /* the thread's number, from 0 */
    size_t connection_count;
    uint64_t share; /* requests that are still to be measured; counts down */

    /* The result. */
    uint64_t sent;
    uint64_t missing;    /* answers that did not come */
    uint64_t unasked;    /* lines that answer no request */
    uint64_t disordered; /* deliveries repeated, too late, or after a gap */
    uint64_t lost;       /* connections that ended too early */
    uint64_t resumed;    /* of `shaken` */
    uint64_t shaken;     /* handshakes */
    uint64_t bytes_in;   /* on the wire */
    uint64_t bytes_out;
    uint64_t begun; /* when measuring began, and the last measured answer came */
    uint64_t ended;
    int lost_reason; /* for the first lost connection: an errno, the negative of an
                        error of BearSSL, or 0 if the server closed it */
    bool silent;     /* it ended because no answer came for too long */
    struct stellar__answer_tally tally;
    struct stellar__histogram times;
    atomic_uint_fast64_t progress; /* answers, or connections ready, so far */

    /* The private part, which the modes share. */
    struct stellar__connection *connections;
    struct stellar__bench_tls_session session; /* to resume */
    char *tails;
    size_t tail_room;
    char *memory;          /* tail_room bytes, then those read */
    unsigned char *cipher; /* the bytes read, if TLS must decode them */
    char *line;            /* the line that opens a connection; the last one made */
    size_t line_room;
    int epoll;
    size_t active;
    size_t opened; /* connections so far */
    size_t ready;
    uint64_t deadline;
    uint64_t answered_at;
    void *state; /* of the mode */
};

/* Nanoseconds of a clock that only goes forward. */
uint64_t stellar__bench_now(void);

/* For modes and connections. */

/* Returns true if nothing more must be sent: the time is over, or the stop flag is
 * set. */
bool stellar__worker_over(const struct stellar__worker *worker, uint64_t now);

/* Takes up to `count` requests from the share. During the warm-up nothing is taken.
 * Sets whether they are measured. */
size_t stellar__worker_claim(struct stellar__worker *worker, size_t count, uint64_t now,
                             bool *measured);

/* Records answers that came at the same time. */
void stellar__worker_record(struct stellar__worker *worker, uint64_t since,
                            uint64_t now, uint64_t count);

/* Returns whether a connection joins a room, which one, and the lines that it begins
 * with (no bytes: none). They are valid until the next call. */
bool stellar__worker_joins(const struct stellar__worker *worker,
                           const struct stellar__connection *connection);
size_t stellar__worker_room(const struct stellar__worker *worker,
                            const struct stellar__connection *connection);
const char *stellar__worker_opening_line(struct stellar__worker *worker,
                                         const struct stellar__connection *connection,
                                         size_t *length);

/* A connection has finished its TLS handshake. */
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
