/*
 * The log: one line per event on standard error or in a file, written with one
 * write(2), so that the lines of several threads and processes do not mix.
 *
 *     2026-11-23T02:30:00.123Z warning 5fbe0c4e-… the message
 *     {"time":"…","level":"warning","connection":"5fbe0c4e-…","message":"the message"}
 *
 * Clients cannot forge a line, because control characters and bytes that are not UTF-8
 * are escaped. The server neither ends nor waits if standard error is closed or not
 * read, or if the disk is full: lines are dropped, and their number is logged when
 * there is room again.
 *
 * A fault of the file itself is also reported on standard error, because nobody might
 * see it in the file.
 */
#ifndef STELLAR_STELLARD_LOG_H
#define STELLAR_STELLARD_LOG_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "stellar/server.h"

struct stellar__log {
    bool json;
    atomic_int level; /* stellar__log_say() drops messages below it */
    pthread_mutex_t lock;
    int descriptor;
    char *name;   /* the file's name in messages; NULL: standard error */
    bool is_torn; /* the last line was not written to its end */
    unsigned long dropped;
};

/* Starts a log on standard error. It must outlive the server that uses it. */
void stellar__log_init(struct stellar__log *log, bool json,
                       enum stellar_log_level level);

/* Continues in this file, which is created or appended to. Opens it again even if the
 * log is in this file already, because that may have been moved away. name is the
 * file's name in messages; it is copied. If this returns false, errno says why, and the
 * log stays where it is. */
bool stellar__log_open(struct stellar__log *log, const char *path, const char *name);

/* Returns 0, or the errno with which stellar__log_open() would fail. Creates no
 * file. */
int stellar__log_check(const char *path);

/* Returns a text for such an errno. It is valid until the next call. */
const char *stellar__log_reason(const char *path, int fault);

/* Closes the file, if there is one. */
void stellar__log_close(struct stellar__log *log);

void stellar__log_set_level(struct stellar__log *log, enum stellar_log_level level);

/* A stellar_log_fn; data is the log. */
void stellar__log_write(void *data, enum stellar_log_level level,
                        const char *connection, const char *message);

/* Logs a message of the daemon itself. */
void stellar__log_say(struct stellar__log *log, enum stellar_log_level level,
                      const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Reports an error of the log file, in the log and on standard error. */
void stellar__log_fault(struct stellar__log *log, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
