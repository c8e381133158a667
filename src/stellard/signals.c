#include "signals.h"

#include <string.h>
#include <unistd.h>


static void *wait_for_signals(void *data)
{
    struct stellar__signals *signals = data;
    int seen = 0;
    int number;

    for (;;) {
        if (sigwait(&signals->set, &number) != 0) {
            continue;
        }
        if (atomic_load(&signals->done)) {
            return NULL;
        }
        seen++;
        if (seen > 2) {
            _exit(128 + number);
        }
        stellar__log_say(signals->log, STELLAR_LOG_INFO, "%s: %s", strsignal(number),
                         seen == 1 ? "draining" : "closing all connections at once");
        stellar_server_stop(signals->server, seen == 2);
    }
}


void stellar__signals_block(struct stellar__signals *signals)
{
    sigemptyset(&signals->set);
    sigaddset(&signals->set, SIGTERM);
    sigaddset(&signals->set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals->set, NULL);
}


bool stellar__signals_start(struct stellar__signals *signals,
                            struct stellar_server *server, struct stellar__log *log)
{
    signals->server = server;
    signals->log = log;
    atomic_init(&signals->done, false);
    return pthread_create(&signals->thread, NULL, wait_for_signals, signals) == 0;
}


/* The thread is woken with one of its own signals, which goes to no other thread. */
void stellar__signals_end(struct stellar__signals *signals)
{
    atomic_store(&signals->done, true);
    pthread_kill(signals->thread, SIGINT);
    pthread_join(signals->thread, NULL);
}
