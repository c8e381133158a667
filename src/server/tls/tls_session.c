/*
 * Runs BearSSL's engine.
 *
 * IMPLEMENTATION NOTES. The engine is a machine with four windows; those that can be
 * used now are open. It has separate buffers for the two directions, each large enough
 * for one record. While a record waits to be sent nothing can be written, and while a
 * record waits to be read nothing can be fed.
 *
 * `notice` runs after each call that changes the engine. It records what the engine
 * does not remember (that the handshake has been finished), and writes the text of a
 * failure.
 *
 * The engine's handshake is a coroutine that continues when bytes are fed or sent. A
 * fast client may send application data right after its Finished (RFC 7918), before
 * ours has been sent, and the engine would take that for an unexpected message. So in
 * the handshake nothing is fed while something waits to be sent.
 *
 * tls_buffers.c explains how the engine gets its buffers.
 *
 * Two fields of the engine are accessed directly, because there is no function for
 * them: shutdown_recv says that a close_notify has come. version_out is written to the
 * header of records. In an alert that is sent before a version has been agreed on it
 * would be 0, and clients would not accept that as an alert.
 */
#include <stdio.h>
#include <string.h>

#include "tls_internal.h"

enum { ALERT_INTERNAL_ERROR = 80 };


static bool failed(const struct stellar__tls_session *session)
{
    return session->failure[0] != '\0';
}


/* Makes the session fail for our own reason. In the handshake, in which nothing is
 * encrypted yet, the client gets an alert. */
static void fail(struct stellar__tls_session *session, const char *fault,
                 unsigned char alert)
{
    const unsigned char record[] = {21, 3, 3, 0, 2, 2, alert};

    snprintf(session->failure, sizeof session->failure, "%s", fault);
    if (session->opened) {
        return;
    }
    memcpy(session->alert, record, sizeof record);
    session->alert_left = sizeof record;
}


static void notice(struct stellar__tls_session *session)
{
    const br_ssl_engine_context *engine = &session->server.eng;
    int error = br_ssl_engine_last_error(engine);
    unsigned char alert;
    const char *fault;

    if (session->opened) {
        if (error != BR_ERR_OK) {
            stellar__tls_failure_text(error, session->failure, sizeof session->failure);
        }
        return;
    }
    fault = stellar__tls_client_error(session, &alert);
    if (fault) {
        /* The engine has failed without an alert to the client, or, if certificates are
         * optional, not at all. */
        fail(session, fault, alert);
    } else if (error != BR_ERR_OK) {
        stellar__tls_failure_text(error, session->failure, sizeof session->failure);
    } else if (br_ssl_engine_current_state(engine) &
               (BR_SSL_SENDAPP | BR_SSL_RECVAPP)) {
        session->opened = true;
        stellar__tls_client_finish(session);
    }
}


static bool can_take(struct stellar__tls_session *session)
{
    if (stellar__tls_buffers_for_input(session)) {
        return true;
    }
    fail(session, "out of memory", ALERT_INTERNAL_ERROR);
    return false;
}


static bool can_give(struct stellar__tls_session *session)
{
    if (stellar__tls_buffers_for_output(session)) {
        return true;
    }
    fail(session, "out of memory", ALERT_INTERNAL_ERROR);
    return false;
}


struct stellar__tls_session *stellar__tls_session_new(
    struct stellar__tls_context *context, struct stellar__tls_pool *pool)
{
    const struct stellar_allocator *allocator = &context->allocator;
    struct stellar__tls_session *session =
        allocator->allocate(allocator->context, sizeof *session);

    if (!session) {
        return NULL;
    }
    session->context = stellar__tls_context_retain(context);
    session->inspector = NULL;
    session->identity = NULL;
    session->alert_left = 0;
    session->header_seen = 0;
    session->opened = false;
    session->resumed = false;
    session->closing = false;
    session->failure[0] = '\0';
    stellar__tls_policy_apply(&session->server, context);
    stellar__tls_buffers_init(session, pool);
    if (!stellar__tls_client_ask(session) || !br_ssl_server_reset(&session->server)) {
        stellar__tls_session_free(session);
        return NULL;
    }
    session->server.eng.version_out = BR_TLS12;
    return session;
}


void stellar__tls_session_free(struct stellar__tls_session *session)
{
    struct stellar__tls_context *context;

    if (!session) {
        return;
    }
    context = session->context;
    stellar__tls_client_free(session);
    stellar__tls_buffers_free(session);
    context->allocator.release(context->allocator.context, session->identity);
    stellar__wipe(session, sizeof *session);
    context->allocator.release(context->allocator.context, session);
    stellar__tls_context_release(context);
}


/* The engine decides after five bytes, and a user of telnet may never type so many. The
 * first two are enough: a handshake record, version 3.x. */
static bool begins_like_tls(struct stellar__tls_session *session,
                            const unsigned char *bytes, size_t length)
{
    static const unsigned char header[] = {22, 3};

    while (session->header_seen < sizeof header && length > 0) {
        if (*bytes != header[session->header_seen]) {
            return false;
        }
        session->header_seen++;
        bytes++;
        length--;
    }
    return true;
}


/* Bytes that still come are not needed, and are taken so that they do not block. */
static bool is_deaf(const struct stellar__tls_session *session)
{
    return failed(session) || session->server.eng.shutdown_recv;
}


size_t stellar__tls_feed(struct stellar__tls_session *session, const void *bytes,
                         size_t length)
{
    br_ssl_engine_context *engine = &session->server.eng;
    const unsigned char *from = bytes;
    size_t taken = 0;
    size_t room;
    unsigned char *to;

    if (!begins_like_tls(session, from, length)) {
        snprintf(session->failure, sizeof session->failure,
                 "the client does not speak TLS");
    }
    while (taken < length) {
        if (is_deaf(session)) {
            return length;
        }
        if (!session->opened &&
            (br_ssl_engine_current_state(engine) & BR_SSL_SENDREC)) {
            break;
        }
        if (!can_take(session)) {
            return length;
        }
        to = br_ssl_engine_recvrec_buf(engine, &room);
        if (!to) {
            break;
        }
        if (room > length - taken) {
            room = length - taken;
        }
        memcpy(to, from + taken, room);
        taken += room;
        br_ssl_engine_recvrec_ack(engine, room);
        notice(session);
    }
    stellar__tls_buffers_return(session);
    return taken;
}


const char *stellar__tls_plaintext(struct stellar__tls_session *session, size_t *length)
{
    return (const char *)br_ssl_engine_recvapp_buf(&session->server.eng, length);
}


void stellar__tls_plaintext_done(struct stellar__tls_session *session, size_t length)
{
    if (length == 0) {
        return;
    }
    br_ssl_engine_recvapp_ack(&session->server.eng, length);
    notice(session);
    stellar__tls_buffers_return(session);
}


size_t stellar__tls_write(struct stellar__tls_session *session, const void *bytes,
                          size_t length)
{
    br_ssl_engine_context *engine = &session->server.eng;
    const unsigned char *from = bytes;
    size_t taken = 0;
    size_t room;
    unsigned char *to;

    while (taken < length) {
        if (failed(session) || !br_ssl_engine_sendapp_buf(engine, &room) ||
            !can_give(session)) {
            break;
        }
        to = br_ssl_engine_sendapp_buf(engine, &room);
        if (room > length - taken) {
            room = length - taken;
        }
        memcpy(to, from + taken, room);
        taken += room;
        br_ssl_engine_sendapp_ack(engine, room);
        notice(session);
    }
    return taken;
}


void stellar__tls_flush(struct stellar__tls_session *session)
{
    br_ssl_engine_flush(&session->server.eng, 0);
}


const void *stellar__tls_ciphertext(struct stellar__tls_session *session,
                                    size_t *length)
{
    if (session->alert_left > 0) {
        *length = session->alert_left;
        return session->alert + sizeof session->alert - session->alert_left;
    }
    return br_ssl_engine_sendrec_buf(&session->server.eng, length);
}


void stellar__tls_ciphertext_done(struct stellar__tls_session *session, size_t length)
{
    if (length == 0) {
        return;
    }
    if (session->alert_left > 0) {
        session->alert_left -= length;
        return;
    }
    br_ssl_engine_sendrec_ack(&session->server.eng, length);
    notice(session);
    stellar__tls_buffers_return(session);
}


void stellar__tls_close(struct stellar__tls_session *session)
{
    br_ssl_engine_context *engine = &session->server.eng;
    size_t unread;

    if (failed(session) || session->closing) {
        return;
    }
    session->closing = true;
    /* BearSSL 0.6 would wait forever until this is read, but would no longer offer
     * it. */
    if (br_ssl_engine_recvapp_buf(engine, &unread)) {
        br_ssl_engine_recvapp_ack(engine, unread);
    }
    if (!can_give(session)) {
        return;
    }
    br_ssl_engine_close(engine);
    notice(session);
    stellar__tls_buffers_return(session);
}


enum stellar__tls_state stellar__tls_state(const struct stellar__tls_session *session)
{
    if (failed(session)) {
        return STELLAR__TLS_FAILED;
    }
    if (br_ssl_engine_current_state(&session->server.eng) & BR_SSL_CLOSED) {
        return STELLAR__TLS_CLOSED;
    }
    if (session->closing || stellar__tls_peer_closed(session)) {
        return STELLAR__TLS_CLOSING;
    }
    return session->opened ? STELLAR__TLS_OPEN : STELLAR__TLS_HANDSHAKE;
}


bool stellar__tls_was_resumed(const struct stellar__tls_session *session)
{
    return session->resumed;
}


bool stellar__tls_peer_closed(const struct stellar__tls_session *session)
{
    return session->server.eng.shutdown_recv != 0;
}


const char *stellar__tls_failure(const struct stellar__tls_session *session)
{
    return failed(session) ? session->failure : NULL;
}
