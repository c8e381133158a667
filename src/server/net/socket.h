/*
 * A socket carries one session over a libuv stream, plain or inside TLS. It owns the
 * session's memory; all of it is freed in the stream's close callback and nowhere else.
 *
 * The two kinds of transport differ in what stands between stream and session. Both are
 * transports for a session (session.h), and take what the stream has read.
 */
#ifndef STELLAR_SERVER_SOCKET_H
#define STELLAR_SERVER_SOCKET_H

#include "net.h"

static inline const struct stellar__transport *stellar__transport_of(
    const struct stellar__socket *socket)
{
    return (const void *)socket->session.transport;
}


/* The peer's address: "" and 0 for a Unix socket, and for a peer that is gone. An
 * IPv4-mapped address is given as the IPv4 address. */
void stellar__socket_remote_address(const struct stellar__socket *socket, char *ip,
                                    size_t size, int *port);

/* For the transports: starts the session, as the peer can be talked to. Closes the
 * socket if that fails. */
void stellar__socket_open_session(struct stellar__socket *socket);

/* 0 or an error of libuv's. */
int stellar__socket_start_reading(struct stellar__socket *socket);

/* For the transports. */

/* As uv_try_write(), but 0 while a write is in flight or the stream would block; closes
 * the socket if the peer is gone. */
size_t stellar__socket_try_write(struct stellar__socket *socket, const uv_buf_t *bytes,
                                 unsigned count);
/* Hands bytes to the stream that it sends when it can. `queued` of them are the head of
 * the session's queue, and are consumed when sent; if copy, the bytes are copied first.
 */
void stellar__socket_write(struct stellar__socket *socket, const uv_buf_t *bytes,
                           unsigned count, size_t queued, bool copy);
/* All has been handed over: when the stream has sent it, its end follows. */
void stellar__socket_shut(struct stellar__socket *socket);
/* Reads on, if the session was paused and its queue has become short. */
void stellar__socket_resume(struct stellar__socket *socket);
/* Reads what is there, of a socket that was not read from, and goes on reading. */
void stellar__socket_read(struct stellar__socket *socket);
/* Closes; a second call does nothing. reset: tells the peer by RST, drops what is
 * unsent. */
void stellar__socket_close(struct stellar__socket *socket, bool reset);
/* Part of every transport: gives the peer up. */
void stellar__socket_abort(struct stellar_connection *session);
/* Part of every transport: when all has left, ends the stream; gives up a peer that
 * takes nothing any more. */
void stellar__socket_end(struct stellar_connection *session);

/* Part of every transport: whether the peer takes anything of what waits. */
bool stellar__socket_has_moved(struct stellar_connection *session);
/* Part of every transport: as stellar__socket_resume(). */
void stellar__socket_resume_session(struct stellar_connection *session);

/* The options have changed: those who shake hands already are held to their limit, too.
 */
void stellar__socket_limit_handshakes(struct stellar__loop *loop);

/* Closes all sockets of a loop. */
void stellar__socket_close_all(struct stellar__loop *loop);

#endif
