/*
 * SIGTERM and SIGINT. The first lets the server drain, the second closes all at once,
 * and a third ends the process, should an action not let go.
 *
 * The signals are blocked in all threads and waited for on a thread of their own, for a
 * server may be stopped from any thread but not from a signal handler.
 */
#ifndef STELLAR_STELLARD_SIGNALS_H
#define STELLAR_STELLARD_SIGNALS_H

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "log.h"
#include "stellar/server.h"

struct stellar__signals {
    struct stellar_server *server;
    struct stellar__log *log;
    sigset_t set;
    pthread_t thread;
    atomic_bool done;
};

/* Blocks the signals; to be called while there is one thread only. */
void stellar__signals_block(struct stellar__signals *signals);

/* From here on signals stop the server. False: the thread could not be started. */
bool stellar__signals_start(struct stellar__signals *signals,
                            struct stellar_server *server, struct stellar__log *log);

/* To be called before the server is destroyed. */
void stellar__signals_end(struct stellar__signals *signals);

#endif
