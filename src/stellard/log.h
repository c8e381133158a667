/*
 * The log: one line per event on standard error, written with one write(2), so that the
 * lines of several threads and processes do not mix.
 *
 *     2026-11-23T02:30:00.123Z warning 5fbe0c4e-… the message
 *     {"time":"…","level":"warning","connection":"5fbe0c4e-…","message":"the message"}
 *
 * What clients send cannot forge a line: control characters, and bytes that are no
 * UTF-8, are escaped. Standard error that is closed, full or not read neither ends nor
 * holds up the server: lines are dropped, and how many is told when there is room
 * again.
 */
#ifndef STELLAR_STELLARD_LOG_H
#define STELLAR_STELLARD_LOG_H

#include <pthread.h>
#include <stdbool.h>

#include "stellar/server.h"

struct stellar__log {
    bool json;
    enum stellar_log_level level; /* stellar__log_say() drops what is below */
    pthread_mutex_t lock;
    unsigned long dropped;
};

/* Must outlive the server whose log it is. There is nothing to be freed. */
void stellar__log_init(struct stellar__log *log, bool json,
                       enum stellar_log_level level);

/* A stellar_log_fn; data is the log. */
void stellar__log_write(void *data, enum stellar_log_level level,
                        const char *connection, const char *message);

/* What the daemon itself has to say. */
void stellar__log_say(struct stellar__log *log, enum stellar_log_level level,
                      const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
