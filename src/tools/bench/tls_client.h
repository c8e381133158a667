/*
 * The client's side of TLS 1.2, over a non-blocking socket.
 *
 * A client is created for one connection and can be reset for the next. The engine
 * never sees the socket: the functions here copy the bytes between both. The engine
 * points into itself, so it must not be moved. Errors are an errno, or the negative of
 * an error of BearSSL.
 */
#ifndef STELLAR_BENCH_TLS_CLIENT_H
#define STELLAR_BENCH_TLS_CLIENT_H

#include <bearssl.h>
#include <stdbool.h>
#include <stddef.h>

#include "tls_trust.h"

struct stellar__bench_tls;

/* A TLS session. If its id has length 0, there is none. */
struct stellar__bench_tls_session {
    br_ssl_session_parameters parameters;
};

/* Returns NULL if there is no memory. */
struct stellar__bench_tls *stellar__bench_tls_new(
    const struct stellar__bench_trust *trust);
void stellar__bench_tls_release(struct stellar__bench_tls *tls);

/* Begins a handshake that resumes the session, or a full one if that is NULL or
 * none. */
bool stellar__bench_tls_begin(struct stellar__bench_tls *tls,
                              const struct stellar__bench_tls_session *session);

bool stellar__bench_tls_established(const struct stellar__bench_tls *tls);

/* To be called after the handshake: returns the session, and whether it was resumed. */
void stellar__bench_tls_agreed(const struct stellar__bench_tls *tls,
                               struct stellar__bench_tls_session *session);
bool stellar__bench_tls_resumed(const struct stellar__bench_tls *tls);

/* Text to be sent. It begins after the bytes that have been taken. */
struct stellar__bench_tls_text {
    const char *data;
    size_t length;
};

/* Sends the engine's output, and as much of the text as the socket takes. Adds the
 * bytes of ciphertext. Returns 0 if all was sent, EAGAIN if the socket is full. */
int stellar__bench_tls_push(struct stellar__bench_tls *tls, int fd,
                            struct stellar__bench_tls_text *text, uint64_t *bytes);

/* Takes ciphertext that was read, answers it if the handshake needs that, and returns
 * the text in it. `room` must be STELLAR__BENCH_TLS_ROOM above `length`. Returns 0,
 * ENODATA if the server has closed the connection properly, or an error. */
#define STELLAR__BENCH_TLS_ROOM ((size_t)32 << 10)
int stellar__bench_tls_feed(struct stellar__bench_tls *tls, int fd,
                            const unsigned char *cipher, size_t length, char *text,
                            size_t room, size_t *text_length, uint64_t *bytes);

/* Says that nothing follows (close_notify), if the socket takes it. */
void stellar__bench_tls_close(struct stellar__bench_tls *tls, int fd);

#endif
