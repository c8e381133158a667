/*
 * Implementation notes.
 *
 * A pipe that nobody reads would block the loop that logs, and making it non-blocking
 * would do so for all who share it. So a line is only written when poll() says that
 * there is room. For a pipe this promises PIPE_BUF bytes, which is why no line is
 * longer, and the lock keeps another thread from using them up in between.
 */
#include "log.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "text.h"

#define LINE_MAX_LENGTH PIPE_BUF
/* What a line needs besides its message: time, level, connection, punctuation. */
#define FRAME_MAX_LENGTH 512


static const char *level_name(enum stellar_log_level level)
{
    switch (level) {
    case STELLAR_LOG_DEBUG:
        return "debug";
    case STELLAR_LOG_INFO:
        return "info";
    case STELLAR_LOG_WARNING:
        return "warning";
    default:
        return "error";
    }
}


static void write_time(char *out, size_t capacity)
{
    struct timespec now;
    struct tm parts;
    size_t used;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    used = strftime(out, capacity, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(out + used, capacity - used, ".%03ldZ", now.tv_nsec / 1000000);
}


static size_t format_line(bool json, enum stellar_log_level level,
                          const char *connection, const char *message, char *line)
{
    char escaped[LINE_MAX_LENGTH - FRAME_MAX_LENGTH];
    char id[128] = "";
    char when[40];
    int length;

    write_time(when, sizeof when);
    stellar__escape(json ? STELLAR__ESCAPE_JSON : STELLAR__ESCAPE_PLAIN, message,
                    strlen(message), escaped, sizeof escaped);
    if (connection != NULL) {
        stellar__escape(json ? STELLAR__ESCAPE_JSON : STELLAR__ESCAPE_PLAIN, connection,
                        strlen(connection), id, sizeof id);
    }
    if (json) {
        length = snprintf(
            line, LINE_MAX_LENGTH,
            "{\"time\":\"%s\",\"level\":\"%s\",%s%s%s\"message\":\"%s\"}\n", when,
            level_name(level), connection != NULL ? "\"connection\":\"" : "", id,
            connection != NULL ? "\"," : "", escaped);
    } else {
        length =
            snprintf(line, LINE_MAX_LENGTH, "%s %s %s%s%s\n", when, level_name(level),
                     id, connection != NULL ? " " : "", escaped);
    }
    return length > 0 ? (size_t)length : 0;
}


static bool put_bytes(struct stellar__log *log, const char *bytes, size_t length)
{
    struct pollfd output = {log->descriptor, POLLOUT, 0};
    ssize_t written = -1;

    if (poll(&output, 1, 0) == 1 && (output.revents & POLLOUT) != 0) {
        written = write(log->descriptor, bytes, length);
    }
    if (written > 0) {
        log->is_torn = bytes[written - 1] != '\n';
    }
    return written == (ssize_t)length;
}


/* A disk may become full in the middle of a line; the next one begins anew. */
static bool put(struct stellar__log *log, const char *line, size_t length)
{
    return (!log->is_torn || put_bytes(log, "\n", 1)) && put_bytes(log, line, length);
}


void stellar__log_init(struct stellar__log *log, bool json,
                       enum stellar_log_level level)
{
    log->json = json;
    atomic_init(&log->level, level);
    log->lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    log->dropped = 0;
    log->is_torn = false;
    log->descriptor = STDERR_FILENO;
}


/* Without O_NONBLOCK a FIFO that nobody reads would be waited for. */
static int open_file(const char *path)
{
    return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
                0640);
}


bool stellar__log_open(struct stellar__log *log, const char *path)
{
    int descriptor = open_file(path);
    int old;

    if (descriptor < 0) {
        return false;
    }
    pthread_mutex_lock(&log->lock);
    old = log->descriptor;
    log->descriptor = descriptor;
    log->is_torn = false;
    pthread_mutex_unlock(&log->lock);
    if (old != STDERR_FILENO) {
        close(old);
    }
    return true;
}


void stellar__log_close(struct stellar__log *log)
{
    if (log->descriptor != STDERR_FILENO) {
        close(log->descriptor);
    }
    log->descriptor = STDERR_FILENO;
}


void stellar__log_set_level(struct stellar__log *log, enum stellar_log_level level)
{
    atomic_store(&log->level, level);
}


void stellar__log_write(void *data, enum stellar_log_level level,
                        const char *connection, const char *message)
{
    struct stellar__log *log = data;
    char line[LINE_MAX_LENGTH];
    char missing[64];
    size_t length = format_line(log->json, level, connection, message, line);

    pthread_mutex_lock(&log->lock);
    if (log->dropped > 0) {
        char told[LINE_MAX_LENGTH];

        snprintf(missing, sizeof missing, "%lu lines of the log were lost",
                 log->dropped);
        if (put(log, told,
                format_line(log->json, STELLAR_LOG_WARNING, NULL, missing, told))) {
            log->dropped = 0;
        }
    }
    if (log->dropped > 0 || !put(log, line, length)) {
        log->dropped++;
    }
    pthread_mutex_unlock(&log->lock);
}


void stellar__log_say(struct stellar__log *log, enum stellar_log_level level,
                      const char *format, ...)
{
    char message[LINE_MAX_LENGTH - FRAME_MAX_LENGTH];
    va_list arguments;

    if (level < (enum stellar_log_level)atomic_load(&log->level)) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    stellar__log_write(log, level, NULL, message);
}
