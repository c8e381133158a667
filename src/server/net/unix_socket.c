/*
 * A socket in the file system: made when the server starts to listen, removed when it
 * stops.
 *
 * Implementation notes. A file that a server leaves behind when it is killed is in the
 * way of the next one, which therefore removes it. A socket that is bound and does not
 * listen yet looks the same, though, and between the look and the removal the file may
 * change. So a server holds a lock on the folder from the look until it listens, and of
 * several that start at once the first gets the path, and the others see it listen. A
 * lock on the folder leaves no file behind. It only guards against other servers, so a
 * folder that cannot be locked is no error.
 *
 * At the end a server removes the file only if it is its own. Device and inode tell
 * that: while one of our descriptors is open, no other file gets the same inode. The
 * server still listens then, so that nobody takes the file for one left behind.
 */
#include "unix_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* Another server has the lock for less than a millisecond. Anybody who may read the
 * folder can have it forever, and must not keep us from starting. */
#define LOCK_TRIES 1000


/* A descriptor, to be closed; -1: the folder cannot be locked. */
static int lock_folder_of(const char *path)
{
    char folder[sizeof((struct sockaddr_un *)0)->sun_path];
    const char *slash = strrchr(path, '/');
    int tries = LOCK_TRIES;
    int descriptor;

    if (slash == NULL) {
        snprintf(folder, sizeof folder, ".");
    } else {
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - path) + 1, path);
    }
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return -1;
    }
    while (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK || --tries == 0) {
            close(descriptor);
            return -1;
        }
        uv_sleep(1);
    }
    return descriptor;
}


/* Removes a socket that nobody listens on. One that still answers is not ours to
 * remove, nor is a file of another kind. */
static void remove_stale(const struct sockaddr_un *address)
{
    struct stat status;
    int probe;

    if (lstat(address->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode)) {
        return;
    }
    probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0) {
        return;
    }
    if (connect(probe, (const struct sockaddr *)address, sizeof *address) != 0 &&
        errno == ECONNREFUSED) {
        unlink(address->sun_path);
    }
    close(probe);
}


static bool is_another_kind(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && !S_ISSOCK(status.st_mode);
}


static void remember(struct stellar__net *net)
{
    struct stellar__unix_file *file = &net->unix_file;
    struct stat status;

    if (lstat(net->common->options->unix_path, &status) != 0 ||
        !S_ISSOCK(status.st_mode)) {
        return; /* somebody has removed it already */
    }
    file->device = status.st_dev;
    file->inode = status.st_ino;
    atomic_store(&file->is_ours, true);
}


/* False, and errno, unless the socket listens at the address. */
static bool listen_at(struct stellar__net *net, int descriptor,
                      const struct sockaddr_un *address)
{
    int error;

    remove_stale(address);
    if (bind(descriptor, (const struct sockaddr *)address, sizeof *address) != 0) {
        return false;
    }
    remember(net);
    if (listen(descriptor, (int)net->common->options->backlog) == 0) {
        return true;
    }
    error = errno;
    stellar__unix_remove(net);
    errno = error;
    return false;
}


static int listen_locked(struct stellar__net *net, int descriptor,
                         const struct sockaddr_un *address, char *error,
                         size_t capacity)
{
    const char *path = address->sun_path;
    int lock = lock_folder_of(path);
    const char *why = NULL;

    if (!listen_at(net, descriptor, address)) {
        why = errno == EADDRINUSE && is_another_kind(path) ? "not a socket"
                                                           : uv_strerror(-errno);
    }
    if (lock >= 0) {
        close(lock);
    }
    if (why == NULL) {
        return STELLAR_OK;
    }
    snprintf(error, capacity, "cannot listen on %s: %s", path, why);
    return STELLAR_ERR_SYSTEM;
}


int stellar__unix_bind(struct stellar__net *net, int *descriptor, char *error,
                       size_t capacity)
{
    const char *path = net->common->options->unix_path;
    size_t length = strlen(path);
    struct sockaddr_un address;
    int status;

    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    if (length == 0 || length >= sizeof address.sun_path) {
        snprintf(error, capacity, "the path of the socket must have 1 to %zu bytes",
                 sizeof address.sun_path - 1);
        return STELLAR_ERR_INVALID;
    }
    memcpy(address.sun_path, path, length);
    *descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (*descriptor < 0) {
        snprintf(error, capacity, "cannot listen on %s: %s", path, uv_strerror(-errno));
        return STELLAR_ERR_SYSTEM;
    }
    status = listen_locked(net, *descriptor, &address, error, capacity);
    if (status != STELLAR_OK) {
        close(*descriptor);
    } else {
        snprintf(net->address, sizeof net->address, "unix:%s", path);
    }
    return status;
}


void stellar__unix_remove(struct stellar__net *net)
{
    struct stellar__unix_file *file = &net->unix_file;
    const char *path = net->common->options->unix_path;
    struct stat status;

    if (atomic_exchange(&file->is_ours, false) && lstat(path, &status) == 0 &&
        status.st_dev == file->device && status.st_ino == file->inode) {
        unlink(path);
    }
}
