/*
 * Signals. The first SIGTERM or SIGINT makes the server drain, the second closes all
 * connections at once, and the third ends the process, in case an action never ends.
 * SIGHUP, SIGUSR1 and SIGUSR2 are passed to handle_signal.
 *
 * The signals are blocked in all threads. A thread of their own waits for them, because
 * a server may be stopped from any thread, but not from a signal handler.
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
    int stops; /* how often SIGTERM or SIGINT came */
    sigset_t set;
    pthread_t thread;
    atomic_bool done;
};

/* Blocks the signals. To be called while there is only one thread. */
void stellar__signals_block(struct stellar__signals *signals);

/* After this, SIGTERM and SIGINT stop the server, and handle_signal is called for the
 * others, on the thread of the signals. If this returns false, the thread could not be
 * started, and errno says why. */
bool stellar__signals_start(struct stellar__signals *signals,
                            struct stellar_server *server, struct stellar__log *log,
                            const struct stellar__notifier *notifier,
                            void (*handle_signal)(void *data, int number), void *data);

/* To be called before the server is destroyed. */
void stellar__signals_end(struct stellar__signals *signals);

#endif
