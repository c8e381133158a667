/*
 * The folder of TLS: bytes in, bytes out. It may include base, src/files, BearSSL and
 * the public headers.
 *
 * TLS is a box with four openings, and knows nothing of sockets: ciphertext in,
 * plaintext out, plaintext in, ciphertext out. It is implemented with BearSSL
 * (TLS 1.2). Only tls*.c know that, so that another engine can replace it.
 *
 * A context has the data that connections share: certificate chain, key, policy,
 * session cache. All loops of a server use one. It has a reference count: its creator
 * has one reference, and so has each session. So a new context can replace it at any
 * time, while old sessions continue. A session is one connection. It must not be moved.
 *
 * A session borrows a buffer for an incoming record, and one for an outgoing record,
 * only while there is something in it. The buffers come from a pool, which the sessions
 * of one loop share. A session that waits for the next record has none.
 *
 * All windows are valid until the next call on their session. Nothing here blocks or
 * logs. If memory runs out, the session fails, as with other failures.
 */
#ifndef STELLAR_SERVER_TLS_H
#define STELLAR_SERVER_TLS_H

#include <stdbool.h>
#include <stddef.h>

#include "stellar/server.h"

struct stellar__tls_context;
struct stellar__tls_session;

/* The PEM files for a context. */
struct stellar__tls_files {
    const char *certificate;      /* the chain, the server's own first */
    const char *key;              /* its key */
    const char *client_authority; /* authorities that clients' certificates must come
                                   * from; NULL: clients are not asked for any */
    bool client_is_optional; /* a client without a certificate is accepted. A client
                              * with a wrong one never is */
};

/*
 * Loads a PEM certificate chain and its key (PKCS#1, SEC1, PKCS#8; RSA, P-256/384/521)
 * and checks them against each other: the key must fit the first certificate, and each
 * certificate must have been issued by the next. Returns 0, STELLAR_ERR_TLS or
 * STELLAR_ERR_NO_MEMORY. On failure error is one line of text that names the file and
 * says what is wrong (not found, encrypted key, Ed25519, key does not fit, chain in the
 * wrong order …). The key is kept in memory that is wiped when the last reference is
 * released. May be called on any thread.
 */
int stellar__tls_context_new(struct stellar__tls_context **context,
                             const struct stellar_allocator *allocator,
                             const struct stellar__tls_files *files, char *error,
                             size_t capacity);
/* Add and remove a reference. The first returns the context. NULL is allowed. May be
 * called on any thread. */
struct stellar__tls_context *stellar__tls_context_retain(
    struct stellar__tls_context *context);
void stellar__tls_context_release(struct stellar__tls_context *context);

/* Reports what the operator should know about a chain that can be used: each
 * certificate that has expired or is not valid yet, and each whose RSA key is so short
 * that clients refuse it. A text names the certificate by its number. It is valid
 * during the call. */
void stellar__tls_context_warn(const struct stellar__tls_context *context,
                               void (*tell)(void *data, const char *text), void *data);

/* A pool starts as all zeros. Its memory comes from the context's allocator. */
struct stellar__tls_pool {
    void *spare;    /* a list of unused buffers */
    unsigned count; /* number of unused buffers */
};

/* All sessions must have been freed. */
void stellar__tls_pool_free(struct stellar__tls_pool *pool,
                            const struct stellar_allocator *allocator);

/* Returns the server's side of one connection, or NULL if there is no memory (or no
 * entropy). The pool must live as long; if it is NULL, nothing is pooled. */
struct stellar__tls_session *stellar__tls_session_new(
    struct stellar__tls_context *context, struct stellar__tls_pool *pool);
void stellar__tls_session_free(struct stellar__tls_session *session);

/* Takes ciphertext from the peer. Returns how many bytes were taken: fewer than length
 * if plaintext must be read or ciphertext sent first. After the peer's close_notify, or
 * a failure, all bytes are taken and dropped. */
size_t stellar__tls_feed(struct stellar__tls_session *session, const void *bytes,
                         size_t length);

/* The plaintext that can be read now; *length 0 if there is none. */
const char *stellar__tls_plaintext(struct stellar__tls_session *session,
                                   size_t *length);
void stellar__tls_plaintext_done(struct stellar__tls_session *session, size_t length);

/* Takes plaintext for the peer. Returns how many bytes were taken: 0 during the
 * handshake or if the records are full; then send ciphertext and try again. When either
 * side has begun to close, and after a failure, nothing is taken. */
size_t stellar__tls_write(struct stellar__tls_session *session, const void *bytes,
                          size_t length);
/* Makes a record of the plaintext written so far, so that it can be sent. */
void stellar__tls_flush(struct stellar__tls_session *session);

/* The ciphertext that waits to be sent; *length 0 if there is none. */
const void *stellar__tls_ciphertext(struct stellar__tls_session *session,
                                    size_t *length);
void stellar__tls_ciphertext_done(struct stellar__tls_session *session, size_t length);

/* Begins to close: flushes, then adds a close_notify to the ciphertext. Plaintext that
 * was not read, and bytes that still come, are dropped. In the handshake the
 * close_notify ends it. After a failure, or the second time, nothing happens. */
void stellar__tls_close(struct stellar__tls_session *session);

enum stellar__tls_state {
    STELLAR__TLS_HANDSHAKE, /* no application data yet */
    STELLAR__TLS_OPEN,
    STELLAR__TLS_CLOSING, /* close_notify wanted or received; ciphertext may remain */
    STELLAR__TLS_CLOSED,  /* both sides have sent close_notify */
    STELLAR__TLS_FAILED   /* the alert, if there was one, has been sent */
};
enum stellar__tls_state stellar__tls_state(const struct stellar__tls_session *session);

/* Returns whether the handshake was short, because the client resumed a session. */
bool stellar__tls_was_resumed(const struct stellar__tls_session *session);

/* Returns whether the peer sent close_notify. An end of input without it is a
 * truncation. */
bool stellar__tls_peer_closed(const struct stellar__tls_session *session);

/* Returns a text that says why the session failed ("the client does not speak TLS", "no
 * cipher suite in common", "the client sent alert 48: unknown CA" …), or NULL if it has
 * not. */
const char *stellar__tls_failure(const struct stellar__tls_session *session);

/* Who the client is, from its certificate, which has been verified: the subject as text
 * (RFC 4514, without control characters), and the certificate's SHA-256 as Node and
 * openssl write it ("AB:CD:…"). NULL unless the session is open and the client has sent
 * one. They are valid as long as the session exists. */
const char *stellar__tls_client_subject(const struct stellar__tls_session *session);
const char *stellar__tls_client_fingerprint(const struct stellar__tls_session *session);

#endif
