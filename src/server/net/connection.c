#include "connection.h"

#include <stdio.h>
#include <unistd.h>

#include "admission.h"
#include "handshakes.h"
#include "lifecycle.h"
#include "log.h"
#include "socket.h"
#include "transport.h"


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

    stellar__admission_release(socket);
    line.len = (size_t)length;
    stellar__socket_remote_address(socket, ip, sizeof ip, &port);
    STELLAR__COUNT(&socket->loop->shard, connections_refused);
    stellar__log(socket->loop->shard.options, STELLAR_LOG_WARNING, NULL,
                 "a connection from %s is turned away: %s", ip, why);
    if (socket->is_tls) {
        line = uv_buf_init((char *)alert, sizeof alert);
    }
    uv_try_write(&socket->uv.stream, &line, 1);
    socket->peer_ended = true;
    stellar__lifecycle_step(&socket->session, STELLAR__SESSION_CLOSING);
    stellar__socket_shut(socket);
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
    struct stellar__socket *socket = stellar__allocate_zero(
        loop->shard.common->memory, stellar__admission_size_of_socket(loop));

    if (socket == NULL) {
        return NULL;
    }
    socket->loop = loop;
    socket->is_counted = stellar__admission_counts_addresses(loop);
    return socket;
}


void stellar__socket_start(struct stellar__socket *socket, int descriptor, bool is_unix)
{
    struct stellar__loop *loop = socket->loop;
    const struct stellar__transport *transport =
        loop->tls != NULL ? &stellar__transport_tls : &stellar__transport_plain;
    bool is_open = open_handle(socket, descriptor, is_unix);
    const char *why;

    socket->uv.handle.data = socket;
    socket->is_tls = loop->tls != NULL;
    socket->session.transport = &transport->ops;
    socket->session.shard = &loop->shard;
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
    why = stellar__admission_take(socket);
    if (why != NULL) {
        turn_away(socket, why);
    } else if (transport->start(socket) != 0 ||
               stellar__socket_start_reading(socket) != 0) {
        stellar__socket_close(socket, true);
    }
}
