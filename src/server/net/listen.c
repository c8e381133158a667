#include "listen.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "unix_socket.h"

/* A peer that has vanished is found after about ten minutes: the kernel's timers of
 * such lengths may be late by some seconds. */
#define KEEP_ALIVE_IDLE_S     300
#define KEEP_ALIVE_INTERVAL_S 60
#define KEEP_ALIVE_PROBES     5


static bool parse_ip(const char *ip, int port, struct sockaddr_storage *address,
                     socklen_t *length)
{
    memset(address, 0, sizeof *address);
    if (uv_ip4_addr(ip, port, (struct sockaddr_in *)address) == 0) {
        *length = sizeof(struct sockaddr_in);
    } else if (uv_ip6_addr(ip, port, (struct sockaddr_in6 *)address) == 0) {
        *length = sizeof(struct sockaddr_in6);
    } else {
        return false;
    }
    return true;
}


static void name_tcp_address(struct stellar__net *net, int descriptor)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    const char *ip = net->common->options->bind_ip;

    memset(&address, 0, sizeof address);
    if (getsockname(descriptor, (struct sockaddr *)&address, &length) == 0) {
        net->port = ntohs(address.ss_family == AF_INET6
                              ? ((struct sockaddr_in6 *)&address)->sin6_port
                              : ((struct sockaddr_in *)&address)->sin_port);
    }
    snprintf(net->address, sizeof net->address,
             address.ss_family == AF_INET6 ? "[%s]:%d" : "%s:%d", ip, net->port);
}


static bool set(int descriptor, int level, int option, int value)
{
    return setsockopt(descriptor, level, option, &value, sizeof value) == 0;
}


void stellar__listen_set_keep_alive(int descriptor, bool on)
{
    set(descriptor, SOL_SOCKET, SO_KEEPALIVE, on);
}


/* Accepted sockets inherit all of this, so that no connection costs a call. Out-of-line
 * data must stay in the stream, or the telnet Synch signal would lose its second half.
 */
static bool prepare(int descriptor, const struct stellar_server_options *options)
{
    stellar__listen_set_keep_alive(descriptor, options->keep_alive);
    return set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1) &&
           set(descriptor, SOL_SOCKET, SO_OOBINLINE, 1) &&
           set(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, KEEP_ALIVE_IDLE_S) &&
           set(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, KEEP_ALIVE_INTERVAL_S) &&
           set(descriptor, IPPROTO_TCP, TCP_KEEPCNT, KEEP_ALIVE_PROBES);
}


/* A socket that listens at an address; -1, and errno, if that cannot be. */
static int listen_at(const struct sockaddr_storage *address, socklen_t length,
                     const struct stellar_server_options *options)
{
    int descriptor = socket(address->ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int error;

    if (descriptor < 0) {
        return -1;
    }
    if (prepare(descriptor, options) &&
        bind(descriptor, (const struct sockaddr *)address, length) == 0 &&
        listen(descriptor, (int)options->backlog) == 0) {
        return descriptor;
    }
    error = errno;
    close(descriptor);
    errno = error;
    return -1;
}


static int bind_tcp(struct stellar__net *net, int *descriptor, char *error,
                    size_t capacity)
{
    const struct stellar_server_options *options = net->common->options;
    struct sockaddr_storage address;
    socklen_t length;

    if (!parse_ip(options->bind_ip, options->port, &address, &length)) {
        snprintf(error, capacity, "'%s' is not an IP address", options->bind_ip);
        return STELLAR_ERR_INVALID;
    }
    *descriptor = listen_at(&address, length, options);
    if (*descriptor < 0) {
        snprintf(error, capacity, "cannot listen on %s port %d: %s", options->bind_ip,
                 options->port, uv_strerror(-errno));
        return STELLAR_ERR_SYSTEM;
    }
    name_tcp_address(net, *descriptor);
    return STELLAR_OK;
}


int stellar__listen(struct stellar__net *net, int *descriptor, char *error,
                    size_t capacity)
{
    if (net->common->options->unix_path != NULL) {
        return stellar__unix_bind(net, descriptor, error, capacity);
    }
    return bind_tcp(net, descriptor, error, capacity);
}
