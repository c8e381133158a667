/* The beginning of a connection: whether it is served, and by what session. */
#include <stdio.h>
#include <unistd.h>

#include "log.h"
#include "server_internal.h"
#include "session.h"
#include "socket.h"


/* Memory. A connection takes no more than its kind of stream needs; and where the
 * connections of an address are counted, a pointer to that count behind it. */

static size_t size_of_stream(const struct stellar__loop *loop)
{
    return offsetof(struct stellar__socket, uv) +
           (loop->acceptor.is_unix ? sizeof(uv_pipe_t) : sizeof(uv_tcp_t));
}


static bool counts_addresses(const struct stellar__loop *loop)
{
    return loop->shard.options->max_connections_per_address > 0 &&
           !loop->acceptor.is_unix;
}


static size_t size_of_socket(const struct stellar__loop *loop)
{
    return size_of_stream(loop) +
           (counts_addresses(loop) ? sizeof(struct stellar__address *) : 0);
}


static struct stellar__address **address_of(struct stellar__socket *socket)
{
    return (void *)((char *)socket + size_of_stream(socket->loop));
}


/* An IPv4 client of a socket for both families is shown as what it is, so that filters
 * and rules that are written for IPv4 fit it. */
static void name_ipv6(const struct in6_addr *address, char *ip, size_t size)
{
    if (IN6_IS_ADDR_V4MAPPED(address)) {
        uv_inet_ntop(AF_INET, address->s6_addr + 12, ip, size);
    } else {
        uv_inet_ntop(AF_INET6, address, ip, size);
    }
}


void stellar__socket_remote_address(const struct stellar__socket *socket, char *ip,
                                    size_t size, int *port)
{
    struct sockaddr_storage address;
    int length = sizeof address;

    *port = 0;
    ip[0] = '\0';
    if (socket->uv.handle.type != UV_TCP ||
        uv_tcp_getpeername(&socket->uv.tcp, (struct sockaddr *)&address, &length) !=
            0) {
        return;
    }
    if (address.ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&address;

        name_ipv6(&six->sin6_addr, ip, size);
        *port = ntohs(six->sin6_port);
    } else {
        const struct sockaddr_in *four = (const struct sockaddr_in *)&address;

        uv_inet_ntop(AF_INET, &four->sin_addr, ip, size);
        *port = ntohs(four->sin_port);
    }
}


void stellar__socket_open_session(struct stellar__socket *socket)
{
    struct stellar_connection *session = &socket->session;
    struct stellar__shard *shard = &socket->loop->shard;
    char ip[sizeof session->remote_ip];
    int port;
    int status;

    stellar__socket_remote_address(socket, ip, sizeof ip, &port);
    stellar__timer_clear(&shard->timers, &session->timer);
    /* Said before it is true: one that a hook refuses takes its leave from within, and
     * must not be opened anew for that. */
    socket->is_open = true;
    status = stellar__session_open(session, shard,
                                   &stellar__transport_of(socket)->transport, ip, port);
    socket->is_open = status == STELLAR_OK || status == STELLAR_ERR_REFUSED;
    if (!socket->is_open) {
        stellar__log(shard->options, STELLAR_LOG_ERROR, NULL,
                     "a connection could not be served: %s",
                     stellar_status_text(status));
        stellar__socket_close(socket, true);
    }
}


/* Says why it is not served, if that can be done at once, and closes. Until that is
 * done it takes no place, lest those who are turned away keep others out. Where TLS is
 * spoken, no more can be said before a handshake than an alert, which is a record in
 * plain: fatal, internal_error (RFC 5246, section 7.2.2). */
static void turn_away(struct stellar__socket *socket, const char *why)
{
    static const char alert[] = {21, 3, 3, 0, 2, 2, 80};
    char text[120];
    uv_buf_t line = {.base = text};
    int length =
        snprintf(text, sizeof text, "{\"error\":\"%s\",\"context\":\"api\"}\r\n", why);
    char ip[sizeof socket->session.remote_ip];
    int port;

    stellar__socket_give_up_place(socket);
    line.len = (size_t)length;
    stellar__socket_remote_address(socket, ip, sizeof ip, &port);
    STELLAR__COUNT(&socket->loop->shard, connections_refused);
    stellar__log(socket->loop->shard.options, STELLAR_LOG_WARNING, NULL,
                 "a connection from %s is turned away: %s", ip, why);
    if (socket->is_tls) {
        line = uv_buf_init((char *)alert, sizeof alert);
    }
    uv_try_write(&socket->uv.stream, &line, 1);
    socket->is_at_end = true;
    stellar__socket_shut(socket);
}


/* Counts it among those of its address, if that is wanted; false: it is one too many.
 */
static bool take_address(struct stellar__socket *socket)
{
    struct stellar_server *server = socket->loop->server;
    size_t most = socket->loop->shard.options->max_connections_per_address;
    struct sockaddr_storage peer;
    int length = sizeof peer;

    if (!socket->is_counted ||
        uv_tcp_getpeername(&socket->uv.tcp, (struct sockaddr *)&peer, &length) != 0) {
        return true;
    }
    *address_of(socket) =
        stellar__addresses_take(&server->addresses, (struct sockaddr *)&peer, most);
    return *address_of(socket) != NULL;
}


void stellar__socket_give_up_place(struct stellar__socket *socket)
{
    struct stellar_server *server = socket->loop->server;

    if (socket->is_counted) {
        stellar__addresses_release(&server->addresses, *address_of(socket));
        *address_of(socket) = NULL;
    }
    if (socket->is_admitted) {
        stellar__server_release_connection(server);
    }
    socket->is_admitted = false;
}


/* NULL: it is welcome, and has a place. */
static const char *why_not(struct stellar__socket *socket)
{
    struct stellar_server *server = socket->loop->server;

    socket->is_admitted = stellar__server_take_connection(
        server, socket->loop->shard.options->max_connections);
    if (!socket->is_admitted) {
        return "The server has too many connections";
    }
    if (stellar__memory_limit_is_near(&server->memory_limit)) {
        return "The server has no memory to spare";
    }
    if (!take_address(socket)) {
        return "Your address has too many connections";
    }
    return NULL;
}


/* Gives the descriptor to a handle. Setting the handle up cannot fail, as no descriptor
 * is made for it. */
static bool open_handle(struct stellar__socket *socket, int descriptor, bool is_unix)
{
    uv_loop_t *uv = &socket->loop->uv;

    if (is_unix) {
        uv_pipe_init(uv, &socket->uv.pipe, 0);
        return uv_pipe_open(&socket->uv.pipe, descriptor) == 0;
    }
    uv_tcp_init(uv, &socket->uv.tcp);
    return uv_tcp_open(&socket->uv.tcp, descriptor) == 0;
}


struct stellar__socket *stellar__socket_new(struct stellar__loop *loop)
{
    struct stellar__socket *socket =
        stellar__allocate_zero(loop->shard.common->memory, size_of_socket(loop));

    if (socket == NULL) {
        return NULL;
    }
    socket->loop = loop;
    socket->is_counted = counts_addresses(loop);
    return socket;
}


void stellar__socket_start(struct stellar__socket *socket, int descriptor, bool is_unix)
{
    struct stellar__loop *loop = socket->loop;
    bool is_open = open_handle(socket, descriptor, is_unix);
    const char *why;

    socket->uv.handle.data = socket;
    socket->is_tls = loop->tls != NULL;
    stellar__handshakes_link(socket);
    STELLAR__COUNT(&loop->shard, connections);
    if (!is_open) {
        close(descriptor);
        stellar__socket_close(socket, false);
        return;
    }
    STELLAR__COUNT(&loop->shard, connections_accepted);
    if (!is_unix) {
        uv_tcp_nodelay(&socket->uv.tcp, 1);
    }
    why = why_not(socket);
    if (why != NULL) {
        turn_away(socket, why);
    } else if (stellar__transport_of(socket)->start(socket) != 0 ||
               stellar__socket_start_reading(socket) != 0) {
        stellar__socket_close(socket, true);
    }
}
