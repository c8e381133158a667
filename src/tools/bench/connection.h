/*
 * One connection of a worker: a socket that does not block, TLS on it if asked for, and
 * what has to happen on it before it can be used.
 *
 * A connection goes through the stages in order; each that is not wanted is left out.
 * READY is told to the mode. All functions belong to the worker's thread.
 */
#ifndef STELLAR_BENCH_CONNECTION_H
#define STELLAR_BENCH_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answers.h"
#include "tls_client.h"

struct stellar__worker;

enum stellar__bench_stage {
    STELLAR__BENCH_SHAKING, /* hands */
    STELLAR__BENCH_WELCOME, /* waits for the first line */
    STELLAR__BENCH_JOINING, /* waits for the answer to joining a room */
    STELLAR__BENCH_READY
};

struct stellar__connection {
    int fd; /* -1 when closed */
    enum stellar__bench_stage stage;
    bool active;                    /* has or will have something outstanding */
    bool measured;                  /* what is outstanding is */
    bool wants_room;                /* registered for EPOLLOUT */
    struct stellar__bench_tls *tls; /* NULL: plain */
    struct stellar__bench_tls_text unsent;
    struct stellar__answer_stream stream;
    size_t line; /* where in the cycle of requests the next one is */
    size_t outstanding;
    uint64_t sent_at;
};

/* Connects and begins the first stage. False with errno set. */
bool stellar__connection_open(struct stellar__worker *worker,
                              struct stellar__connection *connection);

/* Handles what epoll tells. */
void stellar__connection_event(struct stellar__worker *worker,
                               struct stellar__connection *connection, unsigned events);

/* Puts text on its way; it must stay until all of it is `sent` (the mode is told), and
 * nothing else may be under way. */
void stellar__connection_send(struct stellar__worker *worker,
                              struct stellar__connection *connection, const char *text,
                              size_t length);

/* Has nothing to do any more, though it may stay open. */
void stellar__connection_retire(struct stellar__worker *worker,
                                struct stellar__connection *connection);

/* Ended before its time, if it had something to do. */
void stellar__connection_lose(struct stellar__worker *worker,
                              struct stellar__connection *connection, int reason);

/* Closes the socket; TLS is kept for the next connection, or released. */
void stellar__connection_close(struct stellar__connection *connection);
void stellar__connection_release(struct stellar__connection *connection);

#endif
