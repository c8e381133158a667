/*
 * The TLS transport: a TLS session (tls.h) stands between stream and session.
 *
 * Implementation notes. Everything turns on one function, `turn`, which moves bytes as
 * far as they go: ciphertext to the stream, plaintext to the session, the queue into
 * the TLS session. What the stream does not take at once is copied, and while that
 * write is in flight no more ciphertext is taken out, so that the TLS session takes no
 * more plaintext: backpressure needs no counting here.
 */
#include "transport.h"

#include "close.h"
#include "lifecycle.h"
#include "log.h"
#include "pause.h"
#include "queue.h"
#include "session.h"
#include "socket.h"


/* Sends the ciphertext that waits; false if the stream cannot take it all now. */
static bool send_ciphertext(struct stellar__socket *socket)
{
    size_t length;
    const void *bytes;

    while (!socket->is_writing && !uv_is_closing(&socket->uv.handle)) {
        uv_buf_t buffer;
        size_t written;

        bytes = stellar__tls_ciphertext(socket->tls, &length);
        if (length == 0) {
            return true;
        }
        buffer = uv_buf_init((char *)bytes, (unsigned)length);
        written = stellar__socket_try_write(socket, &buffer, 1);
        if (written < length && !uv_is_closing(&socket->uv.handle)) {
            buffer.base += written;
            buffer.len -= written;
            stellar__socket_write(socket, &buffer, 1, 0, true);
            written = length;
        }
        stellar__tls_ciphertext_done(socket->tls, written);
    }
    return false;
}


/* Tells the log what went wrong, and with whom: a peer that is still shaking hands has
 * no id, but most have an address. */
static void tell(struct stellar__socket *socket, const char *what, const char *why)
{
    const struct stellar_server_options *options = socket->loop->shard.options;
    const char *id =
        stellar__session_exists(&socket->session) ? socket->session.id : NULL;
    char ip[sizeof socket->session.remote_ip];
    int port;

    stellar__socket_remote_address(socket, ip, sizeof ip, &port);
    if (id != NULL || ip[0] == '\0') {
        stellar__log(options, STELLAR_LOG_WARNING, id, "%s%s", what, why);
    } else {
        stellar__log(options, STELLAR_LOG_WARNING, id, "%s%s (from %s port %d)", what,
                     why, ip, port);
    }
}


/* The handshake or a record failed: sends the alert, says why in the log, closes. */
static void fail(struct stellar__socket *socket)
{
    const char *why = stellar__tls_failure(socket->tls);

    tell(socket, "TLS failed: ", why != NULL ? why : "for an unknown reason");
    send_ciphertext(socket);
    if (stellar__session_exists(&socket->session)) {
        stellar__session_abort(&socket->session);
    }
    stellar__socket_close(socket, false);
}


/* Encrypts bytes as far as ciphertext can leave; returns how many. */
static size_t encrypt(struct stellar__socket *socket, const char *bytes, size_t length)
{
    size_t done = 0;

    while (done < length && send_ciphertext(socket)) {
        size_t taken = stellar__tls_write(socket->tls, bytes + done, length - done);

        if (taken == 0) {
            if (stellar__tls_failure(socket->tls) != NULL) {
                fail(socket); /* for want of memory */
            }
            break;
        }
        done += taken;
    }
    return done;
}


static size_t write_now(struct stellar_connection *session, const char *bytes,
                        size_t length)
{
    struct stellar__socket *socket = STELLAR__SOCKET_OF(session);
    size_t done = encrypt(socket, bytes, length);

    stellar__tls_flush(socket->tls);
    send_ciphertext(socket);
    return done;
}


static void finish(struct stellar__socket *socket)
{
    if (socket->session.state != STELLAR__SESSION_CLOSING ||
        socket->session.queue != NULL || socket->is_writing ||
        uv_is_closing(&socket->uv.handle)) {
        return;
    }
    if (!socket->sent_close) {
        socket->sent_close = true;
        stellar__tls_close(socket->tls);
    }
    if (send_ciphertext(socket)) {
        stellar__socket_shut(socket);
    }
}


static struct stellar__identity identity(const struct stellar_connection *session)
{
    const struct stellar__socket *socket = STELLAR__SOCKET_OF(session);
    struct stellar__identity result = {stellar__tls_client_subject(socket->tls),
                                       stellar__tls_client_fingerprint(socket->tls)};

    return result;
}


/* The handshake is done: there is somebody to talk to. */
static void open_if_ready(struct stellar__socket *socket)
{
    const char *subject;

    if (stellar__session_exists(&socket->session) ||
        uv_is_closing(&socket->uv.handle) ||
        stellar__tls_state(socket->tls) != STELLAR__TLS_OPEN) {
        return;
    }
    if (stellar__tls_was_resumed(socket->tls)) {
        STELLAR__COUNT(&socket->loop->shard, handshakes_resumed);
    } else {
        STELLAR__COUNT(&socket->loop->shard, handshakes_full);
    }
    stellar__socket_open_session(socket);
    subject = stellar__tls_client_subject(socket->tls);
    if (stellar__session_exists(&socket->session) && subject != NULL) {
        stellar__log(socket->loop->shard.options, STELLAR_LOG_INFO, socket->session.id,
                     "the client has shown certificate %s of \"%s\"",
                     stellar__tls_client_fingerprint(socket->tls), subject);
    }
}


static void pump(struct stellar__socket *socket)
{
    struct stellar__queue **queue = &socket->session.queue;
    struct stellar_slice run;

    if (socket->tls == NULL) {
        return;
    }
    while (*queue != NULL && !uv_is_closing(&socket->uv.handle)) {
        size_t done;

        stellar__queue_peek(*queue, &run, 1);
        done = encrypt(socket, run.data, run.length);
        stellar__queue_consume(queue, done);
        if (done < run.length) {
            break;
        }
    }
    if (!uv_is_closing(&socket->uv.handle)) {
        stellar__tls_flush(socket->tls);
        send_ciphertext(socket);
        open_if_ready(socket);
    }
    finish(socket);
}


static void pump_session(struct stellar_connection *session)
{
    pump(STELLAR__SOCKET_OF(session));
}


static void handshake_timed_out(struct stellar__timer *timer)
{
    struct stellar__socket *socket = STELLAR__SOCKET_OF(stellar__session_of(timer));

    tell(socket, "the TLS handshake took too long: connection closed", "");
    stellar__socket_close(socket, true);
}


static int start(struct stellar__socket *socket)
{
    struct stellar__shard *shard = &socket->loop->shard;
    uint32_t timeout = shard->options->handshake_timeout;

    if (timeout > 0) {
        stellar__timer_set(&shard->timers, &socket->session.timer, shard->now + timeout,
                           handshake_timed_out);
    }
    return 0;
}


/* The first bytes are there. Not before: many may connect at once, and some of them
 * only to be there. */
static bool begin(struct stellar__socket *socket)
{
    struct stellar__loop *loop = socket->loop;

    socket->tls = stellar__tls_session_new(loop->tls, &loop->tls_pool);
    if (socket->tls != NULL) {
        return true;
    }
    stellar__log(loop->shard.options, STELLAR_LOG_ERROR, NULL,
                 "out of memory: a TLS handshake cannot begin");
    stellar__socket_close(socket, true);
    return false;
}


/* Gives the session the plaintext that is there, until it pauses. */
static void receive_plaintext(struct stellar__socket *socket)
{
    for (;;) {
        size_t length;
        const char *bytes = stellar__tls_plaintext(socket->tls, &length);
        struct stellar_slice rest;
        const char *copy;

        if (length == 0 || socket->sent_close) {
            return;
        }
        /* A session may be ended, and be resumed for that, while another one of this
         * loop reads the copy below. */
        if (!stellar__session_listens(&socket->session)) {
            stellar__tls_plaintext_done(socket->tls, length);
            continue;
        }
        /* Answers go through the same TLS session, after which the window is no longer
         * ours to read: the session reads a copy. */
        if (length > STELLAR__TLS_PLAINTEXT_MAX) {
            length = STELLAR__TLS_PLAINTEXT_MAX;
        }
        memcpy(socket->loop->plaintext, bytes, length);
        copy = socket->loop->plaintext;
        rest = stellar__session_receive(&socket->session, copy, length);
        if (uv_is_closing(&socket->uv.handle) || socket->sent_close) {
            return; /* what is left is dropped */
        }
        stellar__tls_plaintext_done(socket->tls, length - rest.length);
        if (socket->session.pause_reasons != 0) {
            return;
        }
    }
}


static void end_of_input(struct stellar__socket *socket)
{
    if (!stellar__tls_peer_closed(socket->tls) &&
        stellar__tls_state(socket->tls) == STELLAR__TLS_OPEN) {
        stellar__log(socket->loop->shard.options, STELLAR_LOG_INFO, socket->session.id,
                     "the client ended the stream without close_notify");
    }
    stellar__session_end_of_input(&socket->session);
}


/* The peer said close_notify. It must be answered at once, and what waits to be written
 * is discarded (RFC 5246, section 7.2.1). */
static void answer_close(struct stellar__socket *socket)
{
    socket->peer_ended = true;
    if (stellar__session_exists(&socket->session)) {
        stellar__session_stop_output(&socket->session);
    } else if (socket->session.state == STELLAR__SESSION_HANDSHAKE) {
        stellar__lifecycle_step(&socket->session, STELLAR__SESSION_CLOSING);
        stellar__socket_end(&socket->session);
    }
    finish(socket);
}


/* Moves bytes as far as they go without more input: false if the socket closes, or
 * pauses because output must leave first. */
static bool turn(struct stellar__socket *socket)
{
    send_ciphertext(socket);
    if (uv_is_closing(&socket->uv.handle)) {
        return false;
    }
    if (stellar__tls_state(socket->tls) == STELLAR__TLS_FAILED) {
        fail(socket);
        return false;
    }
    open_if_ready(socket);
    if (stellar__session_exists(&socket->session)) {
        receive_plaintext(socket);
    }
    return socket->session.pause_reasons == 0 && !uv_is_closing(&socket->uv.handle);
}


static size_t receive(struct stellar__socket *socket, const char *bytes, size_t length)
{
    size_t taken = 0;
    size_t fed;

    if (socket->tls == NULL && !begin(socket)) {
        return length;
    }
    socket->session.has_more = true;
    while (turn(socket)) {
        if (taken == length) {
            if (stellar__tls_peer_closed(socket->tls)) {
                answer_close(socket);
            } else {
                stellar__session_has_all(&socket->session);
            }
            return taken;
        }
        fed = stellar__tls_feed(socket->tls, bytes + taken, length - taken);
        taken += fed;
        if (socket->is_writing && taken < length) {
            /* The TLS session may have to send first. */
            stellar__pause_set(&socket->session, STELLAR__PAUSE_OUTPUT);
        } else if (fed == 0) {
            return length; /* it is closed, and what follows means nothing */
        }
    }
    return taken;
}


const struct stellar__transport stellar__transport_tls = {
    .ops = {write_now, pump_session, stellar__socket_end, stellar__socket_abort,
            stellar__socket_has_moved, identity, stellar__socket_resume_session},
    .start = start,
    .receive = receive,
    .end_of_input = end_of_input,
    .pump = pump,
};
