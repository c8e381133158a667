/*
 * Implementation notes.
 *
 * A pipe that nobody reads would block the loop that logs. Making it non-blocking would
 * change it for all processes that share it. So a line is only written if poll() says
 * that there is room. For a pipe this means room for PIPE_BUF bytes. That is why no
 * line is longer; and the lock stops other threads from using up this room in between.
 */
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "files.h"
#include "text.h"

#define LINE_MAX_LENGTH PIPE_BUF
/* The length of a line without its message: time, level, connection, punctuation. */
#define FRAME_MAX_LENGTH   512
#define MESSAGE_MAX_LENGTH (LINE_MAX_LENGTH - FRAME_MAX_LENGTH)


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
    char escaped[MESSAGE_MAX_LENGTH];
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


/* Returns how many bytes were written, or -1 and errno. */
static ssize_t write_at_once(int descriptor, const char *bytes, size_t length)
{
    struct pollfd output = {descriptor, POLLOUT, 0};

    if (poll(&output, 1, 0) == 1 && (output.revents & POLLOUT) != 0) {
        return write(descriptor, bytes, length);
    }
    errno = EAGAIN;
    return -1;
}


static bool put_bytes(struct stellar__log *log, const char *bytes, size_t length)
{
    ssize_t written = write_at_once(log->descriptor, bytes, length);

    if (written > 0) {
        log->is_torn = bytes[written - 1] != '\n';
    }
    return written == (ssize_t)length;
}


/* A disk may become full in the middle of a line. The next line then begins with LF. */
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
    log->name = NULL;
}


/* Without O_NONBLOCK, open() would wait for a reader of a FIFO. */
static int open_file(const char *path)
{
    return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
                0640);
}


bool stellar__log_open(struct stellar__log *log, const char *path, const char *name)
{
    char *new_name = strdup(name);
    int descriptor = new_name != NULL ? open_file(path) : -1;
    char *old_name;
    int old;

    if (descriptor < 0) {
        free(new_name);
        return false;
    }
    pthread_mutex_lock(&log->lock);
    old = log->descriptor;
    old_name = log->name;
    log->descriptor = descriptor;
    log->name = new_name;
    log->is_torn = false;
    pthread_mutex_unlock(&log->lock);
    if (old != STDERR_FILENO) {
        close(old);
    }
    free(old_name);
    return true;
}


/* A FIFO is not opened, because its reader would see the end of the file when it is
 * closed. */
int stellar__log_check(const char *path)
{
    struct stat status;
    int descriptor;

    if (stat(path, &status) != 0) {
        return errno == ENOENT ? stellar__file_check_new(path) : errno;
    }
    if (S_ISDIR(status.st_mode)) {
        return EISDIR;
    }
    if (S_ISSOCK(status.st_mode)) {
        return ENXIO;
    }
    if (!S_ISREG(status.st_mode)) {
        return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 ? 0 : errno;
    }
    descriptor = open_file(path);
    if (descriptor < 0) {
        return errno;
    }
    close(descriptor);
    return 0;
}


/* The system's text for ENXIO fits neither of the files for which we get it. */
const char *stellar__log_reason(const char *path, int fault)
{
    struct stat status;

    if (fault != ENXIO || stat(path, &status) != 0) {
        return strerror(fault);
    }
    if (S_ISSOCK(status.st_mode)) {
        return "is a socket";
    }
    return S_ISFIFO(status.st_mode) ? "is a FIFO that nobody reads" : strerror(fault);
}


void stellar__log_close(struct stellar__log *log)
{
    if (log->descriptor != STDERR_FILENO) {
        close(log->descriptor);
    }
    log->descriptor = STDERR_FILENO;
    free(log->name);
    log->name = NULL;
}


void stellar__log_set_level(struct stellar__log *log, enum stellar_log_level level)
{
    atomic_store(&log->level, level);
}


/* Writes a line in the format of the log, whether or not there is room for it. */
static void tell_on_standard_error(const struct stellar__log *log, const char *message)
{
    char line[LINE_MAX_LENGTH];
    size_t length = format_line(log->json, STELLAR_LOG_ERROR, NULL, message, line);

    (void)write_at_once(STDERR_FILENO, line, length);
}


/* Reports the first line that a file loses. errno is 0 if it was written in part. */
static void tell_of_loss(const struct stellar__log *log)
{
    char message[MESSAGE_MAX_LENGTH];

    snprintf(message, sizeof message, "%s: %s; lines of the log are lost", log->name,
             errno == 0 ? "a line is cut" : strerror(errno));
    tell_on_standard_error(log, message);
}


static void put_or_drop(struct stellar__log *log, const char *line, size_t length)
{
    errno = 0;
    if (log->dropped == 0 && put(log, line, length)) {
        return;
    }
    if (log->dropped == 0 && log->name != NULL) {
        tell_of_loss(log);
    }
    log->dropped++;
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
    put_or_drop(log, line, length);
    pthread_mutex_unlock(&log->lock);
}


void stellar__log_say(struct stellar__log *log, enum stellar_log_level level,
                      const char *format, ...)
{
    char message[MESSAGE_MAX_LENGTH];
    va_list arguments;

    if (level < (enum stellar_log_level)atomic_load(&log->level)) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    stellar__log_write(log, level, NULL, message);
}


void stellar__log_fault(struct stellar__log *log, const char *format, ...)
{
    char message[MESSAGE_MAX_LENGTH];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    stellar__log_write(log, STELLAR_LOG_ERROR, NULL, message);
    pthread_mutex_lock(&log->lock);
    if (log->name != NULL) {
        tell_on_standard_error(log, message);
    }
    pthread_mutex_unlock(&log->lock);
}
