#include "target.h"

#include <bearssl.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "tell.h"


static bool find_unix(struct stellar__target *target, const char *path)
{
    struct sockaddr_un *address = (struct sockaddr_un *)&target->addresses[0].address;
    size_t length = strlen(path);

    if (length == 0 || length >= sizeof address->sun_path) {
        stellar__bench_tell("--unix: '%s': expected 1 to %zu bytes", path,
                            sizeof address->sun_path - 1);
        return false;
    }
    address->sun_family = AF_UNIX;
    memcpy(address->sun_path, path, length + 1);
    target->addresses[0].length = sizeof *address;
    target->count = 1;
    snprintf(target->name, sizeof target->name, "unix:%s", path);
    return true;
}


bool stellar__target_find(struct stellar__target *target,
                          const struct stellar__bench_options *options)
{
    struct addrinfo wanted;
    struct addrinfo *found;
    struct addrinfo *each;
    int error;

    memset(target, 0, sizeof *target);
    target->spread = options->idle > 0 || options->handshakes;
    if (options->unix_path != NULL) {
        return find_unix(target, options->unix_path);
    }
    memset(&wanted, 0, sizeof wanted);
    wanted.ai_socktype = SOCK_STREAM;
    error = getaddrinfo(options->host, options->port, &wanted, &found);
    if (error != 0) {
        stellar__bench_tell("--host: '%s': %s", options->host, gai_strerror(error));
        return false;
    }
    for (each = found; each != NULL && target->count < STELLAR__TARGET_ADDRESSES;
         each = each->ai_next) {
        memcpy(&target->addresses[target->count].address, each->ai_addr,
               each->ai_addrlen);
        target->addresses[target->count++].length = each->ai_addrlen;
    }
    freeaddrinfo(found);
    snprintf(target->name, sizeof target->name,
             strchr(options->host, ':') != NULL ? "[%s]:%s" : "%s:%s", options->host,
             options->port);
    return true;
}


const char *stellar__target_reason(int reason, char text[STELLAR__BENCH_REASON_MAX])
{
    const char *what = "failed";

    if (reason == 0) {
        return "closed by the server";
    }
    if (reason > 0) {
        return strerror(reason);
    }
    reason = -reason;
    if (reason >= BR_ERR_SEND_FATAL_ALERT) {
        what = "ended by our own alert";
    } else if (reason >= BR_ERR_RECV_FATAL_ALERT) {
        what = "ended by an alert of the server";
    } else if (reason == BR_ERR_X509_NOT_TRUSTED) {
        what = "certificate not trusted";
    } else if (reason == BR_ERR_X509_BAD_SERVER_NAME) {
        what = "certificate of another name";
    } else if (reason == BR_ERR_X509_EXPIRED) {
        what = "certificate expired";
    } else if (reason == BR_ERR_BAD_VERSION || reason == BR_ERR_UNSUPPORTED_VERSION) {
        what = "no TLS 1.2 there";
    }
    snprintf(text, STELLAR__BENCH_REASON_MAX, "TLS: %s (%d)", what, reason % 256);
    return text;
}


/* Each additional source address has its own tens of thousands of ports. */
static bool bind_source(int fd, size_t number)
{
    struct sockaddr_in source;
    int on = 1;

    memset(&source, 0, sizeof source);
    source.sin_family = AF_INET;
    source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + (uint32_t)(number % 250));
    return setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on) == 0 &&
           bind(fd, (const struct sockaddr *)&source, sizeof source) == 0;
}


static bool is_loopback(const struct sockaddr_storage *address)
{
    return address->ss_family == AF_INET &&
           ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24 == 127;
}


/* The send timeout of a socket also limits connect(), so no state machine is needed. */
static int try_address(const struct sockaddr *address, socklen_t length,
                       uint64_t timeout, const size_t *source)
{
    struct timeval limit;
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int on = 1;
    int reason;

    if (fd < 0) {
        return -1;
    }
    limit.tv_sec = (time_t)(timeout / 1000000000);
    limit.tv_usec = (suseconds_t)(timeout % 1000000000 / 1000);
    if ((source == NULL || bind_source(fd, *source)) &&
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0 &&
        connect(fd, address, length) == 0 &&
        (address->sa_family == AF_UNIX ||
         setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0) &&
        fcntl(fd, F_SETFL, O_NONBLOCK) == 0) {
        return fd;
    }
    reason = errno == EINPROGRESS || errno == EAGAIN ? ETIMEDOUT : errno;
    close(fd);
    errno = reason;
    return -1;
}


int stellar__target_connect(const struct stellar__target *target, uint64_t timeout,
                            size_t number)
{
    bool spread;
    int fd = -1;
    size_t i;

    for (i = 0; i < target->count && fd < 0; i++) {
        spread = target->spread && is_loopback(&target->addresses[i].address);
        fd = try_address((const struct sockaddr *)&target->addresses[i].address,
                         target->addresses[i].length, timeout, spread ? &number : NULL);
    }
    return fd;
}
