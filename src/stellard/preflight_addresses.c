/*
 * Implementation notes. To try an address, a socket is bound to it, but never listens:
 * only the kernel knows which addresses are its own and which ports a process may use.
 * With SO_REUSEADDR this does not disturb a process that listens, or is about to.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "files.h"
#include "preflight.h"

/* One of our two sockets: its settings, and how its errors begin. */
struct listener {
    enum stellar__option ip;
    enum stellar__option port;
    const char *who;
};

static const struct listener server = {STELLAR__OPTION_bind_ip, STELLAR__OPTION_port,
                                       ""};
static const struct listener metrics = {STELLAR__OPTION_metrics_ip,
                                        STELLAR__OPTION_metrics_port, "metrics: "};


static int port_of(const struct stellar__settings *settings,
                   const struct listener *listener)
{
    return (int)settings->all[listener->port].number;
}


/* The text is the same as that of the library, which does the listening. */
static bool refuse(const struct stellar__settings *settings,
                   const struct listener *listener, enum stellar__option option,
                   const char *why, char *error, size_t capacity)
{
    snprintf(error, capacity, "%s: %scannot listen on %s port %d: %s",
             settings->all[option].place, listener->who,
             stellar__settings_text(settings, listener->ip),
             port_of(settings, listener), why);
    return false;
}


/* Returns 0 or libuv's error. */
static int try_to_bind(const char *ip, int port)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof(struct sockaddr_in);
    int on = 1;
    int descriptor;
    int status = 0;

    if (uv_ip4_addr(ip, port, (struct sockaddr_in *)&address) != 0) {
        uv_ip6_addr(ip, port, (struct sockaddr_in6 *)&address);
        length = sizeof(struct sockaddr_in6);
    }
    descriptor = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        return uv_translate_sys_error(errno);
    }
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(descriptor, (struct sockaddr *)&address, length) != 0 &&
        errno != EADDRINUSE) {
        status = uv_translate_sys_error(errno);
    }
    close(descriptor);
    return status;
}


static bool check_address(const struct stellar__settings *settings,
                          const struct listener *listener, char *error, size_t capacity)
{
    const char *ip = stellar__settings_text(settings, listener->ip);
    int status = try_to_bind(ip, port_of(settings, listener));
    /* A process may not be allowed to use a port below 1024. All other errors are about
     * the IP. */
    enum stellar__option option = status == UV_EACCES ? listener->port : listener->ip;

    return status == 0 ||
           refuse(settings, listener, option, uv_strerror(status), error, capacity);
}


/* Two sockets on one port. */

/* Returns the address as IPv6; an IPv4 address is mapped to ::ffff:0:0/96. */
static struct in6_addr canonical(const char *ip)
{
    struct in6_addr address = {
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0}}};

    if (inet_pton(AF_INET, ip, &address.s6_addr[12]) != 1) {
        inet_pton(AF_INET6, ip, &address);
    }
    return address;
}


static bool is_any_ipv4(const struct in6_addr *address)
{
    static const unsigned char none[4];

    return IN6_IS_ADDR_V4MAPPED(address) &&
           memcmp(&address->s6_addr[12], none, sizeof none) == 0;
}


/* Returns whether a socket on the one address receives connections to the other. */
static bool takes(const struct in6_addr *one, const struct in6_addr *other,
                  bool takes_ipv4)
{
    if (memcmp(one, other, sizeof *one) == 0) {
        return true;
    }
    if (IN6_IS_ADDR_UNSPECIFIED(one)) {
        return takes_ipv4 || !IN6_IS_ADDR_V4MAPPED(other);
    }
    return is_any_ipv4(one) && IN6_IS_ADDR_V4MAPPED(other);
}


/* Returns whether a socket on :: also accepts IPv4 if the program sets nothing: the
 * system's setting net.ipv6.bindv6only. */
static bool is_dual(void)
{
    int only = 0;
    socklen_t length = sizeof only;
    int descriptor = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (descriptor >= 0) {
        getsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &only, &length);
        close(descriptor);
    }
    return only == 0;
}


/* libuv makes the socket of the metrics accept both families, whatever the system's
 * setting is. */
static bool check_collision(const struct stellar__settings *settings, char *error,
                            size_t capacity)
{
    struct in6_addr ours = canonical(stellar__settings_text(settings, server.ip));
    struct in6_addr theirs = canonical(stellar__settings_text(settings, metrics.ip));

    if (port_of(settings, &server) != port_of(settings, &metrics) ||
        (!takes(&ours, &theirs, is_dual()) && !takes(&theirs, &ours, true))) {
        return true;
    }
    return refuse(settings, &metrics, metrics.port,
                  "the same address and port as the server", error, capacity);
}


/* The Unix socket. */

/* Returns why it is impossible to listen at a path, or NULL. The rights of the folder
 * count even if a socket is there, because it must be removed and created again. */
static const char *why_not_at(const char *path)
{
    struct stat status;
    int fault = lstat(path, &status) == 0 ? 0 : errno;

    if (fault == 0 && !S_ISSOCK(status.st_mode)) {
        return "not a socket";
    }
    if (fault == 0 || fault == ENOENT) {
        fault = stellar__file_check_new(path);
    }
    return fault == 0 ? NULL : uv_strerror(uv_translate_sys_error(fault));
}


static bool check_unix(const struct stellar__settings *settings, const char *path,
                       char *error, size_t capacity)
{
    const char *log = stellar__settings_text(settings, STELLAR__OPTION_log_file);
    const char *why = why_not_at(path);

    if (why == NULL && log != NULL && stellar__file_is_same_new(log, path)) {
        why = "the log file is to be there";
    }
    if (why != NULL) {
        snprintf(error, capacity, "%s: cannot listen on %s: %s",
                 settings->all[STELLAR__OPTION_unix_path].place, path, why);
    }
    return why == NULL;
}


bool stellar__preflight_addresses(const struct stellar__settings *settings, char *error,
                                  size_t capacity)
{
    const char *path = stellar__settings_text(settings, STELLAR__OPTION_unix_path);
    bool has_metrics = port_of(settings, &metrics) != 0;

    if (path != NULL) {
        return check_unix(settings, path, error, capacity) &&
               (!has_metrics || check_address(settings, &metrics, error, capacity));
    }
    return check_address(settings, &server, error, capacity) &&
           (!has_metrics || (check_collision(settings, error, capacity) &&
                             check_address(settings, &metrics, error, capacity)));
}
