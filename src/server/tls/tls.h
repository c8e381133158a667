/*
 * The folder of TLS: bytes in, bytes out. It may include base, src/files, BearSSL and
 * the public headers.
 *
 * TLS is a box with four openings, and nothing of sockets: ciphertext in, plaintext
 * out, plaintext in, ciphertext out. Behind it is BearSSL (TLS 1.2); only tls*.c know
 * that, so that another engine can take its place.
 *
 * A context holds what connections share: certificate chain, key, policy, session
 * cache. All loops of a server use one. It is counted by reference: whoever made it has
 * one, and so has each session, so that another can take its place at any time while
 * old sessions live on. A session is one connection; it must not be moved.
 *
 * A session borrows a buffer for a record that comes, and one for a record that goes,
 * only as long as there is something in it: from a pool, which the sessions of one loop
 * share. One that waits for the next record has none.
 *
 * All windows stay valid until the next call on their session. Nothing here blocks or
 * logs. Want of memory is a failure of the session like others.
 */
#ifndef STELLAR_SERVER_TLS_H
#define STELLAR_SERVER_TLS_H

#include <stdbool.h>
#include <stddef.h>

#include "stellar/server.h"

struct stellar__tls_context;
struct stellar__tls_session;

/* What a context is made of: PEM files. */
struct stellar__tls_files {
    const char *certificate;      /* the chain, the server's own first */
    const char *key;              /* its key */
    const char *client_authority; /* certificates that clients' must have been issued
                                   * by; NULL: clients are not asked for any */
    bool client_is_optional; /* a client without a certificate is let in. One that has
                              * a wrong one never is. */
};

/*
 * Loads a PEM certificate chain and its key (PKCS#1, SEC1, PKCS#8; RSA, P-256/384/521)
 * and checks them against each other: the key must fit the first certificate, and each
 * certificate must have been issued by the next. Returns 0, STELLAR_ERR_TLS or
 * STELLAR_ERR_NO_MEMORY, and on failure one line of text that names the file and says
 * in words what is wrong (not found, encrypted key, Ed25519, key does not fit, chain in
 * the wrong order …). The key is kept in memory that is wiped when the last reference
 * is released. Any thread.
 */
int stellar__tls_context_new(struct stellar__tls_context **context,
                             const struct stellar_allocator *allocator,
                             const struct stellar__tls_files *files, char *error,
                             size_t capacity);
/* Any thread: one more reference, and one less. Returns the context; NULL does nothing.
 */
struct stellar__tls_context *stellar__tls_context_retain(
    struct stellar__tls_context *context);
void stellar__tls_context_release(struct stellar__tls_context *context);

/* Tells what the operator should know though the chain can be used: each certificate
 * that has expired or is not valid yet, and each whose RSA key is so short that clients
 * refuse it. A text names the certificate by its number, and lives as long as the call.
 */
void stellar__tls_context_warn(const struct stellar__tls_context *context,
                               void (*tell)(void *data, const char *text), void *data);

/* All zeros at first. Its memory comes from the context's allocator. */
struct stellar__tls_pool {
    void *spare;    /* a list of buffers that nobody has */
    unsigned count; /* of them */
};

/* All sessions must have been freed. */
void stellar__tls_pool_free(struct stellar__tls_pool *pool,
                            const struct stellar_allocator *allocator);

/* A server's side of one connection; NULL: no memory (or no entropy). The pool must
 * live as long; NULL: nothing is pooled. */
struct stellar__tls_session *stellar__tls_session_new(
    struct stellar__tls_context *context, struct stellar__tls_pool *pool);
void stellar__tls_session_free(struct stellar__tls_session *session);

/* Takes ciphertext as it came from the peer. Returns how many bytes were taken: fewer
 * than length while there is plaintext to be read or ciphertext to be sent first. After
 * the peer's close_notify, or a failure, all is taken and dropped. */
size_t stellar__tls_feed(struct stellar__tls_session *session, const void *bytes,
                         size_t length);

/* The plaintext that can be read now; *length 0 if there is none. */
const char *stellar__tls_plaintext(struct stellar__tls_session *session,
                                   size_t *length);
void stellar__tls_plaintext_done(struct stellar__tls_session *session, size_t length);

/* Takes plaintext for the peer. Returns how many bytes were taken, 0 while the
 * handshake goes on or the records are full: send ciphertext, then try again. Nothing
 * is taken any more once either side has begun to close, or after a failure. */
size_t stellar__tls_write(struct stellar__tls_session *session, const void *bytes,
                          size_t length);
/* Makes what was written so far leave as a record of its own. */
void stellar__tls_flush(struct stellar__tls_session *session);

/* The ciphertext that waits to be sent; *length 0 if there is none. */
const void *stellar__tls_ciphertext(struct stellar__tls_session *session,
                                    size_t *length);
void stellar__tls_ciphertext_done(struct stellar__tls_session *session, size_t length);

/* Begins to close: flushes, then a close_notify is among the ciphertext. Plaintext that
 * was not read, and what still comes, is dropped. In the handshake the close_notify
 * ends it; after a failure, or a second time, nothing happens. */
void stellar__tls_close(struct stellar__tls_session *session);

enum stellar__tls_state {
    STELLAR__TLS_HANDSHAKE, /* no application data yet */
    STELLAR__TLS_OPEN,
    STELLAR__TLS_CLOSING, /* close_notify asked for or received; ciphertext may remain
                           */
    STELLAR__TLS_CLOSED,  /* both sides have said close_notify */
    STELLAR__TLS_FAILED   /* what there was to be sent about it has been sent */
};
enum stellar__tls_state stellar__tls_state(const struct stellar__tls_session *session);

/* Whether the handshake was short, since the client came with an earlier session. */
bool stellar__tls_was_resumed(const struct stellar__tls_session *session);

/* Whether the peer said close_notify: end of input without it is truncation. */
bool stellar__tls_peer_closed(const struct stellar__tls_session *session);

/* Why it failed, in words ("the client does not speak TLS", "no cipher suite in
 * common", "the client sent alert 48: unknown CA" …); NULL while it has not. */
const char *stellar__tls_failure(const struct stellar__tls_session *session);

/* Who the client is, from its certificate, which has been verified: the subject as text
 * (RFC 4514, without control characters), and the certificate's SHA-256 as Node and
 * openssl write it ("AB:CD:…"). NULL unless the session is open and the client has
 * shown one. They live as long as the session. */
const char *stellar__tls_client_subject(const struct stellar__tls_session *session);
const char *stellar__tls_client_fingerprint(const struct stellar__tls_session *session);

#endif
