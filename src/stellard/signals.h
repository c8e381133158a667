/*
 * SIGTERM and SIGINT: the first lets the server drain, the second closes all at once,
 * and a third ends the process, should an action not let go. SIGHUP, SIGUSR1 and
 * SIGUSR2 are for others to handle.
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
#include "notify.h"
#include "stellar/server.h"

struct stellar__signals {
    struct stellar_server *server;
    struct stellar__log *log;
    const struct stellar__notifier *notifier;
    void (*handle_signal)(void *data, int number);
    void *data;
    int stops; /* how often it was told to stop */
    sigset_t set;
    pthread_t thread;
    atomic_bool done;
};

/* Blocks the signals; to be called while there is one thread only. */
void stellar__signals_block(struct stellar__signals *signals);

/* After this, signals stop the server, and handle_signal is called for the others, on
 * the signals' thread. False: the thread could not be started, errno says why. */
bool stellar__signals_start(struct stellar__signals *signals,
                            struct stellar_server *server, struct stellar__log *log,
                            const struct stellar__notifier *notifier,
                            void (*handle_signal)(void *data, int number), void *data);

/* To be called before the server is destroyed. */
void stellar__signals_end(struct stellar__signals *signals);

#endif
