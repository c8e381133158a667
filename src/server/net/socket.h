/*
 * A socket carries one session over a libuv stream, plain or inside TLS. It owns the
 * session's memory; all of it is freed in the stream's close callback and nowhere else.
 *
 * The two kinds of transport differ in what stands between stream and session. Both are
 * transports for a session (session.h), and take what the stream has read.
 */
#ifndef STELLAR_SERVER_SOCKET_H
#define STELLAR_SERVER_SOCKET_H

#include "loop.h"
#include "state.h"

struct stellar__transport {
    struct stellar__transport_ops transport;
    /* The socket is accepted. 0, or a negative status: it is closed. */
    int (*start)(struct stellar__socket *socket);
    /* Takes bytes that were read, or handed in again; returns how many. Fewer than
     * length: the session pauses, the rest is kept and handed in again later. */
    size_t (*receive)(struct stellar__socket *socket, const char *bytes, size_t length);
    /* The peer sends no more. */
    void (*end_of_input)(struct stellar__socket *socket);
    /* Sends from the session's queue what can be sent. */
    void (*pump)(struct stellar__socket *socket);
};

extern const struct stellar__transport stellar__transport_plain;
extern const struct stellar__transport stellar__transport_tls;

struct stellar__socket {
    struct stellar__loop *loop;
    struct stellar__tls_session *tls;
    struct stellar__socket *next;     /* in the loop's list */
    struct stellar__socket *previous; /* the last one's, for the first */
    struct stellar__shared *rest;     /* input that waits until the session goes on */
    size_t unsent;                    /* how much was left when last looked */
    bool is_tls : 1;                  /* which transport it has */
    bool is_open : 1;                 /* there is a session */
    bool is_paused : 1;               /* it is not read, because its output waits */
    bool is_writing : 1;   /* a write is in flight; the queue's head belongs to it */
    bool is_receiving : 1; /* input is being taken just now */
    bool is_ending : 1;    /* the last byte is queued */
    bool is_shut : 1;      /* and sent, and the stream's end after it */
    bool is_at_end : 1;    /* the peer sends no more */
    bool sent_close : 1;   /* TLS: close_notify is on its way */
    bool is_admitted : 1;  /* counts among the connections of the server */
    bool is_counted : 1;   /* among the connections of its address */
    bool is_waiting : 1;   /* for its turn to shake hands */
    struct stellar_connection session;
    union { /* no more of it is allocated than the kind of stream takes */
        uv_handle_t handle;
        uv_stream_t stream;
        uv_tcp_t tcp;
        uv_pipe_t pipe;
    } uv;
};

#define STELLAR__SOCKET_OF(session_)                                 \
    ((struct stellar__socket *)(void *)((char *)(session_)-offsetof( \
        struct stellar__socket, session)))

static inline const struct stellar__transport *stellar__transport_of(
    const struct stellar__socket *socket)
{
    return socket->is_tls ? &stellar__transport_tls : &stellar__transport_plain;
}


/* The peer's address: "" and 0 for a Unix socket, and for a peer that is gone. An
 * IPv4-mapped address is given as the IPv4 address. (admission.c) */
void stellar__socket_remote_address(const struct stellar__socket *socket, char *ip,
                                    size_t size, int *port);

/* The beginning of a connection (admission.c). */

/* A socket for one connection to come: to be started, or just released. NULL: there is
 * no memory. */
struct stellar__socket *stellar__socket_new(struct stellar__loop *loop);
/* Serves the connection that a descriptor stands for, which is taken over; or turns it
 * away. */
void stellar__socket_start(struct stellar__socket *socket, int descriptor,
                           bool is_unix);

/* For the transports: starts the session, as the peer can be talked to. Closes the
 * socket if that fails. */
void stellar__socket_open_session(struct stellar__socket *socket);
/* It does not count any more among the connections of the server and of its address. */
void stellar__socket_give_up_place(struct stellar__socket *socket);

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
