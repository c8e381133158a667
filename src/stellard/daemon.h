/*
 * The parts of the daemon, which runs a server by the public headers. It may include
 * these, src/files and libuv. serve.c runs the daemon, and reload.c changes it when a
 * signal asks for that.
 */
#ifndef STELLAR_STELLARD_DAEMON_H
#define STELLAR_STELLARD_DAEMON_H

#include "log.h"
#include "metrics.h"
#include "modules.h"
#include "notify.h"
#include "settings.h"
#include "signals.h"

struct stellar__daemon {
    struct stellar__settings *settings; /* those in effect */
    pthread_mutex_t lock; /* for the settings while the server runs: a reload changes
                           * them, and a loop then creates the rooms */
    int argc;
    char **argv;
    struct stellar__log log;
    struct stellar__signals signals;
    struct stellar__notifier notifier;
    struct stellar__modules modules;
    struct stellar__metrics *metrics; /* or NULL */
    struct stellar_server *server;
    char error[STELLAR__SETTINGS_ERROR_MAX];
};

/* Opens the log file that the settings name, or opens it again. If this returns false,
 * error says why, and the log stays where it is. */
bool stellar__daemon_open_log(struct stellar__daemon *daemon);

/* Acts on SIGHUP, SIGUSR1 and SIGUSR2; data is the daemon. */
void stellar__daemon_handle_signal(void *data, int number);

#endif
