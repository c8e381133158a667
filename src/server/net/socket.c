#include "socket.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "admission.h"
#include "close.h"
#include "handshakes.h"
#include "log.h"
#include "loop_inbox.h"
#include "pause.h"
#include "queue.h"
#include "session.h"

/* After the goodbye the peer may go so long without reading any of what waits for it,
 * and all that it takes to read must fit into the write timeout; then it has so long to
 * close, so that what was sent is not lost in a reset. */
#define LINGER_MS 2000

/* A write that the kernel did not take at once. */
struct stellar__write {
    uv_write_t request;
    struct stellar__socket *socket;
    size_t length;
    size_t queued; /* bytes of the session's queue that this is about */
    char copy[];
};


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
    status = stellar__session_open(session, shard, session->transport, ip, port);
    if (status != STELLAR_OK && status != STELLAR_ERR_REFUSED) {
        stellar__log(shard->options, STELLAR_LOG_ERROR, NULL,
                     "a connection could not be served: %s",
                     stellar_status_text(status));
        stellar__socket_close(socket, true);
    }
}


/* Closing. */

static void on_closed(uv_handle_t *handle)
{
    struct stellar__socket *socket = handle->data;
    struct stellar__loop *loop = socket->loop;
    const struct stellar_allocator *memory = loop->shard.common->memory;

    loop->shard.now = uv_now(&loop->uv);
    stellar__timer_clear(&loop->shard.timers, &socket->session.timer);
    STELLAR__COUNT_MORE(&loop->shard, connections, (uint64_t)-1);
    if (stellar__session_exists(&socket->session)) {
        stellar__session_close(&socket->session);
    } else if (socket->tls != NULL) {
        STELLAR__COUNT(&loop->shard, handshakes_failed);
    }
    stellar__tls_session_free(socket->tls);
    stellar__handshakes_unlink(socket);
    stellar__admission_release(socket);
    stellar__shared_release(socket->rest);
    stellar__release(memory, socket);
    loop->socket_freed(loop);
}


void stellar__socket_close(struct stellar__socket *socket, bool reset)
{
    if (uv_is_closing(&socket->uv.handle)) {
        return;
    }
    if (reset && socket->uv.handle.type == UV_TCP &&
        uv_tcp_close_reset(&socket->uv.tcp, on_closed) == 0) {
        return;
    }
    uv_close(&socket->uv.handle, on_closed);
}


void stellar__socket_abort(struct stellar_connection *session)
{
    stellar__socket_close(STELLAR__SOCKET_OF(session), true);
}


void stellar__socket_close_all(struct stellar__loop *loop)
{
    struct stellar__socket *socket;

    for (socket = loop->sockets; socket != NULL; socket = socket->next) {
        stellar__socket_close(socket, false);
    }
}


/* The peer cannot be written to or read from any more. */
static void lose_peer(struct stellar__socket *socket, int error)
{
    STELLAR__COUNT(&socket->loop->shard, connections_lost);
    stellar__log(socket->loop->shard.options, STELLAR_LOG_DEBUG,
                 stellar__session_exists(&socket->session) ? socket->session.id : NULL,
                 "connection lost: %s", uv_strerror(error));
    if (stellar__session_exists(&socket->session)) {
        stellar__session_disconnect(&socket->session);
    }
    stellar__socket_close(socket, false);
}


static struct stellar__socket *socket_of_timer(struct stellar__timer *timer)
{
    return STELLAR__SOCKET_OF(stellar__session_of(timer));
}


static void linger_is_over(struct stellar__timer *timer)
{
    stellar__socket_close(socket_of_timer(timer), false);
}


static void on_shut(uv_shutdown_t *request, int status)
{
    struct stellar__socket *socket = request->data;
    struct stellar__shard *shard = &socket->loop->shard;

    stellar__release(shard->common->memory, request);
    if (uv_is_closing(&socket->uv.handle)) {
        return;
    }
    if (status == 0) {
        stellar__lifecycle_step(&socket->session, STELLAR__SESSION_SHUT);
    }
    if (status != 0 || socket->peer_ended) {
        stellar__socket_close(socket, false);
    } else {
        stellar__timer_set(&shard->timers, &socket->session.timer,
                           uv_now(&socket->loop->uv) + LINGER_MS, linger_is_over);
    }
}


void stellar__socket_shut(struct stellar__socket *socket)
{
    uv_shutdown_t *request =
        stellar__allocate(socket->loop->shard.common->memory, sizeof *request);

    stellar__lifecycle_step(&socket->session, STELLAR__SESSION_SHUTTING);
    if (request == NULL) {
        stellar__socket_close(socket, false);
        return;
    }
    request->data = socket;
    if (uv_shutdown(request, &socket->uv.stream, on_shut) != 0) {
        stellar__release(socket->loop->shard.common->memory, request);
        stellar__socket_close(socket, false);
    }
}


/* What was written and the peer has not taken. The kernel takes more only when a third
 * of its buffer is free, which may be megabytes, so what libuv still has falls seldom;
 * what the kernel has falls with all that the peer reads. Where it does not tell, the
 * former must do. */
static size_t untaken(const struct stellar__socket *socket)
{
    size_t left = uv_stream_get_write_queue_size(&socket->uv.stream);
    uv_os_fd_t descriptor;
    int bytes;

    if (uv_fileno(&socket->uv.handle, &descriptor) == 0 &&
        ioctl(descriptor, TIOCOUTQ, &bytes) == 0 && bytes > 0) {
        left += (size_t)bytes;
    }
    return left;
}


/* The same and what waits to be written. Some of it may count twice. */
static size_t unsent(const struct stellar__socket *socket)
{
    return stellar__queue_bytes(socket->session.queue) + untaken(socket);
}


bool stellar__socket_has_moved(struct stellar_connection *session)
{
    struct stellar__socket *socket = STELLAR__SOCKET_OF(session);
    size_t left = untaken(socket);
    bool moved = !socket->is_writing || left < socket->unsent;

    socket->unsent = left;
    return moved;
}


/* Milliseconds until the next look at a peer whose end is waited for. The session's
 * `since` is when that began. 0: it has taken as long as it may. */
static uint32_t next_look(const struct stellar__socket *socket)
{
    const struct stellar__shard *shard = &socket->loop->shard;
    uint32_t limit = shard->options->write_timeout;
    uint32_t elapsed = (uint32_t)shard->now - socket->session.since;

    if (limit == 0) {
        return LINGER_MS;
    }
    if (elapsed >= limit) {
        return 0;
    }
    return limit - elapsed < LINGER_MS ? limit - elapsed : LINGER_MS;
}


/* Looks whether the peer still takes what it was sent, and in time. A server that stops
 * does not wait for one that is merely slow. */
static void look_after_end(struct stellar__timer *timer)
{
    struct stellar__socket *socket = socket_of_timer(timer);
    struct stellar__shard *shard = &socket->loop->shard;
    size_t left = unsent(socket);
    bool moved = left < socket->unsent;
    uint32_t wait = next_look(socket);

    if (moved && wait > 0 && !shard->draining) {
        socket->unsent = left;
        stellar__timer_set(&shard->timers, timer, shard->now + wait, look_after_end);
        return;
    }
    stellar__log(shard->options, STELLAR_LOG_DEBUG,
                 stellar__session_exists(&socket->session) ? socket->session.id : NULL,
                 "the client %s: its output is dropped",
                 moved || wait == 0 ? "reads too slowly" : "does not read");
    stellar__socket_close(socket, true);
}


void stellar__socket_end(struct stellar_connection *session)
{
    struct stellar__socket *socket = STELLAR__SOCKET_OF(session);
    struct stellar__shard *shard = &socket->loop->shard;

    socket->unsent = unsent(socket);
    session->since = (uint32_t)shard->now;
    stellar__timer_set(&shard->timers, &session->timer, shard->now + next_look(socket),
                       look_after_end);
    stellar__socket_resume(socket);
    stellar__transport_of(socket)->pump(socket);
}


/* Writing. */

/* What uv_try_write() does, by send(): a delivery is one system call, and write() has
 * more to look after before it comes to a socket, some 5 % of all. */
static ssize_t send_now(struct stellar__socket *socket, const uv_buf_t *bytes,
                        unsigned count)
{
    struct msghdr message = {.msg_iov = (struct iovec *)bytes, .msg_iovlen = count};
    uv_os_fd_t descriptor = -1; /* which send() refuses */
    ssize_t written;

    uv_fileno(&socket->uv.handle, &descriptor);
    do {
        written =
            count == 1
                ? send(descriptor, bytes->base, bytes->len, MSG_DONTWAIT | MSG_NOSIGNAL)
                : sendmsg(descriptor, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (written < 0 && errno == EINTR);
    return written;
}


size_t stellar__socket_try_write(struct stellar__socket *socket, const uv_buf_t *bytes,
                                 unsigned count)
{
    ssize_t written;

    if (socket->is_writing || uv_is_closing(&socket->uv.handle) ||
        uv_stream_get_write_queue_size(&socket->uv.stream) > 0) {
        return 0;
    }
    written = send_now(socket, bytes, count);
    if (written >= 0) {
        STELLAR__COUNT_MORE(&socket->loop->shard, sent_bytes, (uint64_t)written);
        return (size_t)written;
    }
    if (errno != EAGAIN && errno != ENOBUFS) {
        lose_peer(socket, uv_translate_sys_error(errno));
    }
    return 0;
}


static void on_written(uv_write_t *request, int status)
{
    struct stellar__write *write = request->data;
    struct stellar__socket *socket = write->socket;
    size_t queued = write->queued;

    socket->loop->shard.now = uv_now(&socket->loop->uv);
    if (status == 0) {
        STELLAR__COUNT_MORE(&socket->loop->shard, sent_bytes, write->length);
    }
    stellar__release(socket->loop->shard.common->memory, write);
    socket->is_writing = false;
    if (uv_is_closing(&socket->uv.handle)) {
        return;
    }
    if (status != 0) {
        lose_peer(socket, status);
        return;
    }
    stellar__queue_consume(&socket->session.queue, queued);
    stellar__transport_of(socket)->pump(socket);
    stellar__socket_resume(socket);
}


void stellar__socket_write(struct stellar__socket *socket, const uv_buf_t *bytes,
                           unsigned count, size_t queued, bool copy)
{
    const struct stellar_allocator *memory = socket->loop->shard.common->memory;
    size_t size = copy ? bytes->len : 0;
    struct stellar__write *write;
    uv_buf_t copied;
    unsigned i;
    int status;

    if (uv_is_closing(&socket->uv.handle)) {
        return;
    }
    write = stellar__allocate(memory, sizeof *write + size);
    if (write == NULL) {
        lose_peer(socket, UV_ENOMEM);
        return;
    }
    write->socket = socket;
    write->queued = queued;
    for (write->length = 0, i = 0; i < count; i++) {
        write->length += bytes[i].len;
    }
    write->request.data = write;
    if (copy) {
        memcpy(write->copy, bytes->base, size);
        copied = uv_buf_init(write->copy, (unsigned)size);
        bytes = &copied;
        count = 1;
    }
    socket->is_writing = true;
    socket->unsent = SIZE_MAX;
    status = uv_write(&write->request, &socket->uv.stream, bytes, count, on_written);
    if (status != 0) {
        socket->is_writing = false;
        stellar__release(memory, write);
        lose_peer(socket, status);
    }
}


/* Reading. */

/* None to who must wait: its time is not yet. */
static void lend_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct stellar__socket *socket = handle->data;

    (void)suggested;
    *buffer =
        uv_buf_init(socket->loop->read_buffer,
                    stellar__handshake_must_wait(socket) ? 0 : STELLAR__READ_SIZE);
}


/* Keeps input that the session did not take. bytes may be part of what is kept already.
 */
static void keep_rest(struct stellar__socket *socket, const char *bytes, size_t length)
{
    struct stellar__shared *rest = NULL;

    if (length > 0) {
        rest = stellar__shared_new(socket->loop->shard.common->memory, bytes, length);
        if (rest == NULL) {
            lose_peer(socket, UV_ENOMEM);
            return;
        }
    }
    stellar__shared_release(socket->rest);
    socket->rest = rest;
}


static void take_input(struct stellar__socket *socket, const char *bytes, size_t length)
{
    size_t taken;

    socket->is_receiving = true;
    taken = stellar__transport_of(socket)->receive(socket, bytes, length);
    socket->is_receiving = false;
    if (!uv_is_closing(&socket->uv.handle)) {
        keep_rest(socket, bytes + taken, length - taken);
    }
}


static void on_end_of_input(struct stellar__socket *socket)
{
    socket->peer_ended = true;
    if (!stellar__session_exists(&socket->session) ||
        socket->session.state == STELLAR__SESSION_SHUT) {
        stellar__socket_close(socket, false);
    } else {
        stellar__transport_of(socket)->end_of_input(socket);
    }
}


static void take_handshake(struct stellar__socket *socket, const char *bytes,
                           size_t length)
{
    uint64_t before = uv_hrtime();

    take_input(socket, bytes, length);
    socket->loop->handshakes.time += uv_hrtime() - before;
}


static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct stellar__socket *socket = stream->data;

    if (length == UV_ENOBUFS) { /* it was lent none */
        stellar__handshake_wait(socket);
        return;
    }
    socket->loop->shard.now = uv_now(&socket->loop->uv);
    stellar__loop_read_inbox(socket->loop);
    if (uv_is_closing(&socket->uv.handle)) {
        return;
    }
    if (length > 0) {
        STELLAR__COUNT_MORE(&socket->loop->shard, received_bytes, (uint64_t)length);
        if (socket->is_tls && !stellar__session_exists(&socket->session)) {
            take_handshake(socket, buffer->base, (size_t)length);
        } else {
            take_input(socket, buffer->base, (size_t)length);
        }
        if (socket->session.pause_reasons != 0 && !uv_is_closing(&socket->uv.handle)) {
            uv_read_stop(&socket->uv.stream);
        }
    } else if (length == UV_EOF) {
        on_end_of_input(socket);
    } else if (length < 0) {
        lose_peer(socket, (int)length);
    }
}


int stellar__socket_start_reading(struct stellar__socket *socket)
{
    return uv_read_start(&socket->uv.stream, lend_buffer, on_read);
}


static void read_on(struct stellar__socket *socket)
{
    if (socket->session.pause_reasons == 0 && !uv_is_closing(&socket->uv.handle)) {
        stellar__socket_start_reading(socket);
    }
}


void stellar__socket_read(struct stellar__socket *socket)
{
    uv_buf_t buffer = uv_buf_init(socket->loop->read_buffer, STELLAR__READ_SIZE);
    uv_os_fd_t descriptor;
    ssize_t length;

    if (uv_fileno(&socket->uv.handle, &descriptor) != 0) {
        return; /* it closes */
    }
    do {
        length = read(descriptor, buffer.base, buffer.len);
    } while (length < 0 && errno == EINTR);
    if (length == 0) {
        on_read(&socket->uv.stream, UV_EOF, &buffer);
    } else {
        if (length < 0) {
            length = errno == EAGAIN ? 0 : uv_translate_sys_error(errno);
        }
        on_read(&socket->uv.stream, length, &buffer);
        read_on(socket);
    }
}


void stellar__socket_resume(struct stellar__socket *socket)
{
    struct stellar_connection *session = &socket->session;

    /* Not from within: what is being taken may be the rest itself. */
    if ((session->pause_reasons & STELLAR__PAUSE_SESSION) == 0 ||
        socket->is_receiving || uv_is_closing(&socket->uv.handle) ||
        !stellar__session_resume(session)) {
        return;
    }
    if (socket->rest != NULL) {
        take_input(socket, socket->rest->data, socket->rest->length);
    } else {
        take_input(socket, NULL, 0);
    }
    read_on(socket);
}


void stellar__socket_limit_handshakes(struct stellar__loop *loop)
{
    uint64_t latest = loop->shard.now + loop->shard.options->handshake_timeout;
    struct stellar__socket *socket;

    for (socket = loop->sockets; socket != NULL; socket = socket->next) {
        const struct stellar__timer *timer = &socket->session.timer;

        if (socket->is_tls && socket->session.state == STELLAR__SESSION_HANDSHAKE &&
            !socket->peer_ended && !uv_is_closing(&socket->uv.handle) &&
            (!stellar__timer_is_set(timer) || timer->deadline > latest)) {
            stellar__transport_of(socket)->start(socket);
        }
    }
}


void stellar__socket_resume_session(struct stellar_connection *session)
{
    stellar__socket_resume(STELLAR__SOCKET_OF(session));
}
