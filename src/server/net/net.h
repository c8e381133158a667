/*
 * The net: libuv's loops, sockets and listeners, which join the sessions of the engine
 * to clients, plain or by TLS. It may include base, the engine, tls, libuv and the
 * public headers.
 *
 * This is its lowest header, and holds data only: what a loop is, what a socket is, and
 * what all loops of a server share. All other headers of the net but addresses.h build
 * on it.
 */
#ifndef STELLAR_SERVER_NET_H
#define STELLAR_SERVER_NET_H

#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <uv.h>

#include "addresses.h"
#include "memory_limit.h"
#include "state.h"
#include "tls.h"

struct stellar__loop;
struct stellar__socket;

#define STELLAR__READ_SIZE         ((size_t)64 * 1024)
#define STELLAR__TLS_PLAINTEXT_MAX ((size_t)16 * 1024)

/* See accept.h. */
struct stellar__acceptor {
    uv_poll_t poll;
    int descriptor;
    bool is_unix;
    bool is_listening; /* the above are set */
    bool is_short;     /* of descriptors or memory, while somebody waits */
    rlim_t highest;    /* number of a descriptor that was accepted */
    struct stellar__timer again;
};

/* See handshakes.h. */
struct stellar__handshakes {
    uv_idle_t turn;   /* runs in each turn while somebody waits, when no loop sleeps */
    uint64_t time;    /* ns that went into handshakes in this turn */
    unsigned waiting; /* how many wait */
    struct stellar__socket *next; /* who of them is served next: from here on all in the
                                   * loop's list wait */
    void (*read)(struct stellar__socket *socket); /* serves one */
};

/* See posted.h. */
struct stellar__posted {
    _Atomic(struct stellar__message *) newest; /* and those before it */
    struct stellar__message *oldest; /* taken out of them, and those after it */
    struct stellar__timer again;     /* none could be called */
};

/* Messages, oldest first. */
struct stellar__mail {
    struct stellar__message *first;
    struct stellar__message *last;
};

/* A libuv loop and the thread that runs it, a shard, the sockets of its sessions, and
 * an inbox through which other threads reach it. See loop.h. */
struct stellar__loop {
    uv_loop_t uv;
    struct stellar__shard shard;
    struct stellar__net *net;
    uv_thread_t thread;     /* to be joined */
    _Atomic uint64_t owner; /* number of the thread it belongs to; 0: to none */

    uv_async_t wakeup;   /* there is mail, or a request to stop */
    uv_prepare_t before; /* before and after waiting: send what has gathered */
    uv_check_t after;
    uv_timer_t timer; /* the shard's next deadline */
    uint64_t timer_deadline;
    _Atomic(struct stellar__message *) inbox; /* newest first */
    struct stellar__mail updates;             /* taken out of it; see message.h */
    struct stellar__mail work;
    struct stellar__posted posted; /* functions; on the first loop only */
    atomic_int stop;               /* 0, 1: drain, 2: at once */
    int stopping;                  /* what of it has been acted upon */
    bool is_done;                  /* it stops, and its connections are gone */
    /* A socket of this loop is closed and freed. */
    void (*socket_freed)(struct stellar__loop *loop);

    struct stellar__acceptor acceptor;
    struct stellar__handshakes handshakes;

    struct stellar__tls_pool tls_pool;
    struct stellar__tls_context *tls; /* of connections to come; NULL: plain */
    struct stellar__socket *sockets;  /* a list of all; see handshakes.h */
    char *read_buffer;
    char *plaintext; /* of one TLS record, while a session reads it */
};

/* The socket in the file system that a server listens on, known by its device and
 * inode. See unix_socket.h. */
struct stellar__unix_file {
    atomic_bool is_ours; /* it was made, and not removed yet; the rest is set */
    dev_t device;
    ino_t inode;
};

/* What the loops of a server share. */
struct stellar__net {
    const struct stellar__common *common; /* what their shards share */
    struct stellar__loop *loops;          /* as many as there are shards */
    uv_mutex_t updates_lock;              /* see message.h */
    bool has_updates_lock;                /* it is set up */
    atomic_uint loops_serving; /* that have not been stopped, or have connections */
    atomic_bool is_over;       /* none is left, and posted functions have been called */
    atomic_size_t connections;
    struct stellar__addresses addresses;
    bool has_addresses;          /* they are set up */
    _Atomic uint64_t accept_due; /* us; see accept.c */
    struct stellar__memory_limit memory_limit;
    char address[128];
    int port;
    struct stellar__unix_file unix_file;
};

/* What stands between a stream and a session. See transport.h. */
struct stellar__transport {
    struct stellar__transport_ops ops; /* first: a session points to it */
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

/* A socket carries one session over a libuv stream. It owns the session's memory. See
 * socket.h. */
struct stellar__socket {
    struct stellar__loop *loop;
    struct stellar__tls_session *tls;
    struct stellar__socket *next;     /* in the loop's list */
    struct stellar__socket *previous; /* the last one's, for the first */
    struct stellar__shared *rest;     /* input that waits until the session goes on */
    size_t unsent;                    /* how much was left when last looked */
    bool is_tls : 1;                  /* which transport it has */
    bool is_writing : 1;   /* a write is in flight; the queue's head belongs to it */
    bool is_receiving : 1; /* input is being taken just now */
    bool sent_close : 1;   /* TLS: close_notify is on its way */
    bool peer_ended : 1;   /* the peer sends no more */
    bool is_admitted : 1;  /* counts among the connections of the server */
    bool is_counted : 1;   /* among the connections of its address */
    struct stellar_connection session; /* its state and its reasons to pause are the
                                        * socket's, too, also before it is open */
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

#endif
