#include "signals.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>


static void stop(struct stellar__signals *signals, int number)
{
    signals->stops++;
    if (signals->stops > 2) {
        _exit(128 + number);
    }
    stellar__log_say(signals->log, STELLAR_LOG_INFO, "%s: %s", strsignal(number),
                     signals->stops == 1 ? "draining"
                                         : "closing all connections at once");
    stellar__notify(signals->notifier, "STOPPING=1");
    stellar_server_stop(signals->server, signals->stops == 2);
}


static void *wait_for_signals(void *data)
{
    struct stellar__signals *signals = data;
    int number;

    for (;;) {
        if (sigwait(&signals->set, &number) != 0) {
            continue;
        }
        if (atomic_load(&signals->done)) {
            return NULL;
        }
        if (number == SIGTERM || number == SIGINT) {
            stop(signals, number);
        } else {
            signals->handle_signal(signals->data, number);
        }
    }
}


void stellar__signals_block(struct stellar__signals *signals)
{
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2};
    size_t i;

    sigemptyset(&signals->set);
    for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        sigaddset(&signals->set, numbers[i]);
    }
    pthread_sigmask(SIG_BLOCK, &signals->set, NULL);
}


bool stellar__signals_start(struct stellar__signals *signals,
                            struct stellar_server *server, struct stellar__log *log,
                            const struct stellar__notifier *notifier,
                            void (*handle_signal)(void *data, int number), void *data)
{
    signals->server = server;
    signals->log = log;
    signals->notifier = notifier;
    signals->handle_signal = handle_signal;
    signals->data = data;
    signals->stops = 0;
    atomic_init(&signals->done, false);
    errno = pthread_create(&signals->thread, NULL, wait_for_signals, signals);
    return errno == 0;
}


/* One of its own signals wakes the thread; no other thread gets it. */
void stellar__signals_end(struct stellar__signals *signals)
{
    atomic_store(&signals->done, true);
    pthread_kill(signals->thread, SIGINT);
    pthread_join(signals->thread, NULL);
}
