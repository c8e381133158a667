/*
 * One connection of a worker: a non-blocking socket, TLS on it if wanted, and the
 * stages that it goes through before it can be used.
 *
 * A connection goes through the stages in order, and skips those that are not wanted.
 * At READY the mode is called. All functions belong to the worker's thread.
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

/* Connects and begins the first stage. On failure returns false and sets errno. */
bool stellar__connection_open(struct stellar__worker *worker,
                              struct stellar__connection *connection);

/* Handles an event of epoll. */
void stellar__connection_event(struct stellar__worker *worker,
                               struct stellar__connection *connection, unsigned events);

/* Starts to send text. It must stay valid until the mode's `sent` is called, and no
 * other text may be outstanding. */
void stellar__connection_send(struct stellar__worker *worker,
                              struct stellar__connection *connection, const char *text,
                              size_t length);

/* The connection has nothing left to do, but may stay open. */
void stellar__connection_retire(struct stellar__worker *worker,
                                struct stellar__connection *connection);

/* The connection has ended. It counts as lost if it still had something to do. */
void stellar__connection_lose(struct stellar__worker *worker,
                              struct stellar__connection *connection, int reason);

/* Closes the socket. TLS is kept for the next connection, or released. */
void stellar__connection_close(struct stellar__connection *connection);
void stellar__connection_release(struct stellar__connection *connection);

#endif
