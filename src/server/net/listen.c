/* Binding: an IP address and port, or a path in the file system. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "server_internal.h"


static int fail(char *error, size_t capacity, const char *what, int descriptor)
{
    snprintf(error, capacity, "%s: %s", what, uv_strerror(-errno));
    if (descriptor >= 0)
        close(descriptor);
    return -1;
}


static bool parse_ip(const char *ip, int port, struct sockaddr_storage *address,
                     socklen_t *length)
{
    memset(address, 0, sizeof *address);
    if (uv_ip4_addr(ip, port, (struct sockaddr_in *)address) == 0)
        *length = sizeof(struct sockaddr_in);
    else if (uv_ip6_addr(ip, port, (struct sockaddr_in6 *)address) == 0)
        *length = sizeof(struct sockaddr_in6);
    else
        return false;
    return true;
}


static void name_tcp_address(struct stellar_server *server, int descriptor)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    const char *ip = server->options.bind_ip;

    memset(&address, 0, sizeof address);
    if (getsockname(descriptor, (struct sockaddr *)&address, &length) == 0)
        server->port = ntohs(address.ss_family == AF_INET6
                                 ? ((struct sockaddr_in6 *)&address)->sin6_port
                                 : ((struct sockaddr_in *)&address)->sin_port);
    snprintf(server->address, sizeof server->address,
             address.ss_family == AF_INET6 ? "[%s]:%d" : "%s:%d", ip, server->port);
}


static int bind_tcp(struct stellar_server *server, char *error, size_t capacity)
{
    const struct stellar_server_options *options = &server->options;
    struct sockaddr_storage address;
    socklen_t length;
    char what[160];
    int on = 1;
    int descriptor;

    if (!parse_ip(options->bind_ip, options->port, &address, &length)) {
        snprintf(error, capacity, "'%s' is not an IP address", options->bind_ip);
        return -1;
    }
    snprintf(what, sizeof what, "cannot listen on %s port %d", options->bind_ip,
             options->port);
    descriptor = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return fail(error, capacity, what, -1);
    /* Accepted sockets inherit both. Out-of-line data must stay in the stream, or the
     * telnet Synch signal would lose its second half. */
    if (setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        setsockopt(descriptor, SOL_SOCKET, SO_OOBINLINE, &on, sizeof on) != 0 ||
        bind(descriptor, (struct sockaddr *)&address, length) != 0 ||
        listen(descriptor, (int)options->backlog) != 0)
        return fail(error, capacity, what, descriptor);
    name_tcp_address(server, descriptor);
    return descriptor;
}


/* A socket left behind by a server that is no more would be in the way; one that still
 * answers is not ours to remove, nor is a file of another kind. */
static void remove_stale(const struct sockaddr_un *address)
{
    struct stat status;
    int probe;

    if (lstat(address->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode))
        return;
    probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0)
        return;
    if (connect(probe, (const struct sockaddr *)address, sizeof *address) != 0 &&
        errno == ECONNREFUSED)
        unlink(address->sun_path);
    close(probe);
}


static int bind_unix(struct stellar_server *server, char *error, size_t capacity)
{
    const char *path = server->options.unix_path;
    struct sockaddr_un address;
    char what[160];
    int descriptor;

    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address.sun_path) {
        snprintf(error, capacity, "the path of the socket is longer than %zu bytes",
                 sizeof address.sun_path - 1);
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path));
    snprintf(what, sizeof what, "cannot listen on %s", path);
    descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return fail(error, capacity, what, -1);
    remove_stale(&address);
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0)
        return fail(error, capacity, what, descriptor);
    server->has_unix_path = true;
    if (listen(descriptor, (int)server->options.backlog) != 0)
        return fail(error, capacity, what, descriptor);
    snprintf(server->address, sizeof server->address, "unix:%s", path);
    return descriptor;
}


int stellar__server_bind(struct stellar_server *server, char *error, size_t capacity)
{
    if (server->options.unix_path != NULL)
        return bind_unix(server, error, capacity);
    return bind_tcp(server, error, capacity);
}


void stellar__server_remove_unix_path(struct stellar_server *server)
{
    if (server->has_unix_path)
        unlink(server->options.unix_path);
    server->has_unix_path = false;
}
