/*
 * The log: one line per event on standard error or in a file, written with one
 * write(2), so that the lines of several threads and processes do not mix.
 *
 *     2026-11-23T02:30:00.123Z warning 5fbe0c4e-… the message
 *     {"time":"…","level":"warning","connection":"5fbe0c4e-…","message":"the message"}
 *
 * What clients send cannot forge a line: control characters, and bytes that are no
 * UTF-8, are escaped. Standard error that is closed or not read, and a disk that is
 * full, neither end nor hold up the server: lines are dropped, and how many is told
 * when there is room again.
 *
 * A fault of the file itself is also reported on standard error: nobody might see it in
 * the file.
 */
#ifndef STELLAR_STELLARD_LOG_H
#define STELLAR_STELLARD_LOG_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "stellar/server.h"

struct stellar__log {
    bool json;
    atomic_int level; /* stellar__log_say() drops what is below */
    pthread_mutex_t lock;
    int descriptor;
    char *name;   /* what the file is called in messages; NULL: standard error */
    bool is_torn; /* the last line was not written to its end */
    unsigned long dropped;
};

/* On standard error. Must outlive the server whose log it is. */
void stellar__log_init(struct stellar__log *log, bool json,
                       enum stellar_log_level level);

/* Goes on in this file, which is appended to or made, also if it was in this file
 * already: somebody may have moved that away. name is what messages call it; it is
 * copied. False, errno says why: it goes on where it was. */
bool stellar__log_open(struct stellar__log *log, const char *path, const char *name);

/* 0, or the errno with which stellar__log_open() would fail; no file is made. */
int stellar__log_check(const char *path);

/* Why that is so, in words; fault is the errno. Lives until the next call. */
const char *stellar__log_reason(const char *path, int fault);

/* Closes the file, if there is one. */
void stellar__log_close(struct stellar__log *log);

void stellar__log_set_level(struct stellar__log *log, enum stellar_log_level level);

/* A stellar_log_fn; data is the log. */
void stellar__log_write(void *data, enum stellar_log_level level,
                        const char *connection, const char *message);

/* What the daemon itself has to say. */
void stellar__log_say(struct stellar__log *log, enum stellar_log_level level,
                      const char *format, ...) __attribute__((format(printf, 3, 4)));

/* An error of the log file: in the log, and on standard error. */
void stellar__log_fault(struct stellar__log *log, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
