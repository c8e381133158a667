/*
 * One connection of a worker: a non-blocking socket, TLS on it if wanted, and the
 * stages that it goes through before it can be used.
 *
 * A connection goes through the stages in order, and skips those that are not wanted.
 * At READY the mode is called. All functions belong to the worker's thread.
 */
#ifndef STELLAR_BENCH_CONNECTION_H
#define STELLAR_BENCH_CONNECTION_H

#include "worker.h"

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
