/*
 * The engine's buffers. The sessions of one loop borrow them while there is something
 * in them.
 *
 * IMPLEMENTATION NOTES. The engine gets two buffers when it starts and cannot be given
 * others later. But it finds them by two pointers, and between two calls of its
 * functions it keeps no other pointer into them. So these two pointers are exchanged.
 *
 * While the buffers are empty, the pointers point into the session. The pointer for
 * input points to five bytes for the header of the next record: the engine asks for no
 * more than these before it has all five. For the rest of the record a buffer is
 * borrowed. The pointer for output points to a byte that is never touched. A buffer is
 * borrowed before the engine can write: when there is plaintext, when we close, and
 * before the engine's coroutine may run. That is when a record comes that is not
 * application data; it is borrowed for each piece of the record, because between two
 * pieces the buffer, still empty, is returned. The two pointers always differ, because
 * the engine takes equal pointers for a single buffer. In the handshake nothing is
 * returned.
 *
 * The engine's registers (bearssl_ssl.h shows them, its functions do not): the bytes
 * from ixa to ixb have come and have not been read yet; if both are equal and below
 * five, they are how much of a header has come. From oxc to oxa is plaintext that waits
 * to be encrypted, or from oxa to oxc a record that waits to be sent.
 *
 * Input is secret, so it is wiped before another session gets the buffer.
 */
#include <string.h>

#include "tls_internal.h"

enum { APPLICATION_DATA = 23 };


static unsigned char *take(struct stellar__tls_pool *pool,
                           const struct stellar_allocator *allocator)
{
    void *block = pool ? pool->spare : NULL;

    if (!block) {
        return allocator->allocate(allocator->context, STELLAR__TLS_BUFFER_SIZE);
    }
    memcpy(&pool->spare, block, sizeof pool->spare);
    pool->count--;
    return block;
}


static void give(struct stellar__tls_pool *pool,
                 const struct stellar_allocator *allocator, unsigned char *block)
{
    if (!pool || pool->count == STELLAR__TLS_SPARE_MAX) {
        allocator->release(allocator->context, block);
        return;
    }
    memcpy(block, &pool->spare, sizeof pool->spare);
    pool->spare = block;
    pool->count++;
}


void stellar__tls_pool_free(struct stellar__tls_pool *pool,
                            const struct stellar_allocator *allocator)
{
    while (pool->count > 0) {
        allocator->release(allocator->context, take(pool, allocator));
    }
}


static bool borrow(struct stellar__tls_session *session, unsigned char **buffer)
{
    unsigned char *block = take(session->pool, &session->context->allocator);

    if (!block) {
        return false;
    }
    *buffer = block;
    return true;
}


static bool lacks_input(const struct stellar__tls_session *session)
{
    return session->server.eng.ibuf == session->header;
}


static bool lacks_output(const struct stellar__tls_session *session)
{
    return session->server.eng.obuf == &session->nothing;
}


void stellar__tls_buffers_init(struct stellar__tls_session *session,
                               struct stellar__tls_pool *pool)
{
    session->pool = pool;
    session->most = 0;
    br_ssl_engine_set_buffers_bidi(&session->server.eng, session->header,
                                   BR_SSL_BUFSIZE_INPUT, &session->nothing,
                                   BR_SSL_BUFSIZE_OUTPUT);
}


bool stellar__tls_buffers_for_input(struct stellar__tls_session *session)
{
    br_ssl_engine_context *engine = &session->server.eng;
    size_t length;

    if (engine->ixa != engine->ixb || engine->ixa < STELLAR__TLS_HEADER_SIZE) {
        return true;
    }
    if (lacks_input(session)) {
        if (!borrow(session, &engine->ibuf)) {
            return false;
        }
        memcpy(engine->ibuf, session->header, STELLAR__TLS_HEADER_SIZE);
    }
    length = STELLAR__TLS_HEADER_SIZE + engine->ixc;
    if (session->most < length) {
        session->most = length;
    }
    return engine->record_type_in == APPLICATION_DATA ||
           stellar__tls_buffers_for_output(session);
}


bool stellar__tls_buffers_for_output(struct stellar__tls_session *session)
{
    return !lacks_output(session) || borrow(session, &session->server.eng.obuf);
}


static void return_input(struct stellar__tls_session *session)
{
    br_ssl_engine_context *engine = &session->server.eng;
    size_t most = session->most;

    if (most > STELLAR__TLS_BUFFER_SIZE) {
        most = STELLAR__TLS_BUFFER_SIZE;
    }
    memcpy(session->header, engine->ibuf, STELLAR__TLS_HEADER_SIZE);
    stellar__wipe(engine->ibuf, most);
    give(session->pool, &session->context->allocator, engine->ibuf);
    engine->ibuf = session->header;
    session->most = 0;
}


static void return_output(struct stellar__tls_session *session)
{
    give(session->pool, &session->context->allocator, session->server.eng.obuf);
    session->server.eng.obuf = &session->nothing;
}


void stellar__tls_buffers_return(struct stellar__tls_session *session)
{
    const br_ssl_engine_context *engine = &session->server.eng;

    if (!session->opened) {
        return;
    }
    if (!lacks_input(session) && engine->ixa == engine->ixb &&
        engine->ixa < STELLAR__TLS_HEADER_SIZE) {
        return_input(session);
    }
    if (!lacks_output(session) && engine->oxa == engine->oxc) {
        return_output(session);
    }
}


void stellar__tls_buffers_free(struct stellar__tls_session *session)
{
    if (!lacks_input(session)) {
        return_input(session);
    }
    if (!lacks_output(session)) {
        stellar__wipe(session->server.eng.obuf, BR_SSL_BUFSIZE_OUTPUT);
        return_output(session);
    }
}
