/*
 * The client's side of TLS 1.2, over a socket that does not block.
 *
 * A client is made for one connection and can be reset for the next. The engine never
 * sees the socket: bytes are carried between both here, and it points into itself, so
 * it never moves. Errors are errno, or the negative of a number of BearSSL.
 */
#ifndef STELLAR_BENCH_TLS_CLIENT_H
#define STELLAR_BENCH_TLS_CLIENT_H

#include <bearssl.h>
#include <stdbool.h>
#include <stddef.h>

#include "tls_trust.h"

struct stellar__bench_tls;

/* A session that was agreed on; a length of 0 is none. */
struct stellar__bench_tls_session {
    br_ssl_session_parameters parameters;
};

/* NULL if there is no memory. */
struct stellar__bench_tls *stellar__bench_tls_new(
    const struct stellar__bench_trust *trust);
void stellar__bench_tls_release(struct stellar__bench_tls *tls);

/* Begins a handshake, for a full session or to resume one (NULL, or none: full). */
bool stellar__bench_tls_begin(struct stellar__bench_tls *tls,
                              const struct stellar__bench_tls_session *session);

bool stellar__bench_tls_established(const struct stellar__bench_tls *tls);

/* After the handshake: what was agreed on, and whether it was resumed. */
void stellar__bench_tls_agreed(const struct stellar__bench_tls *tls,
                               struct stellar__bench_tls_session *session);
bool stellar__bench_tls_resumed(const struct stellar__bench_tls *tls);

/* Text on its way out; what has been taken is advanced over. */
struct stellar__bench_tls_text {
    const char *data;
    size_t length;
};

/* Sends what the engine has to say and as much of the text as the socket takes. Adds
 * the bytes of ciphertext. Returns 0 if all went out, EAGAIN if the socket is full. */
int stellar__bench_tls_push(struct stellar__bench_tls *tls, int fd,
                            struct stellar__bench_tls_text *text, uint64_t *bytes);

/* Takes ciphertext that was read, answers it if the handshake has to, and gives the
 * text in it. `room` must be STELLAR__BENCH_TLS_ROOM above `length`. Returns 0, ENODATA
 * if the server has closed in order, or an error. */
#define STELLAR__BENCH_TLS_ROOM ((size_t)32 << 10)
int stellar__bench_tls_feed(struct stellar__bench_tls *tls, int fd,
                            const unsigned char *cipher, size_t length, char *text,
                            size_t room, size_t *text_length, uint64_t *bytes);

/* Says that nothing follows (close_notify), as far as the socket takes it. */
void stellar__bench_tls_close(struct stellar__bench_tls *tls, int fd);

#endif
