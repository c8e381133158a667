/*
 * A loop: a libuv loop and the thread that runs it, a shard, the sockets of its
 * sessions, and an inbox through which other threads reach it. Everything but the inbox
 * and the request to stop belongs to the loop's thread.
 */
#ifndef STELLAR_SERVER_LOOP_H
#define STELLAR_SERVER_LOOP_H

#include <stdatomic.h>
#include <uv.h>

#include "accept.h"
#include "handshakes.h"
#include "message.h"
#include "posted.h"
#include "state.h"
#include "tls.h"

struct stellar__socket;

#define STELLAR__READ_SIZE         ((size_t)64 * 1024)
#define STELLAR__TLS_PLAINTEXT_MAX ((size_t)16 * 1024)

/* Messages, oldest first. */
struct stellar__mail {
    struct stellar__message *first;
    struct stellar__message *last;
};

struct stellar__loop {
    uv_loop_t uv;
    struct stellar__shard shard;
    struct stellar_server *server;
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

    struct stellar__acceptor acceptor;
    struct stellar__handshakes handshakes;

    struct stellar__tls_pool tls_pool;
    struct stellar__tls_context *tls; /* of connections to come; NULL: plain */
    struct stellar__socket *sockets;  /* a list of all; see handshakes.h */
    char *read_buffer;
    char *plaintext; /* of one TLS record, while a session reads it */
};

/* Whether the process has the descriptors for a loop that may be its first; if not,
 * errno says why. To be asked before a server makes its first loop. */
bool stellar__loop_can_be_made(void);
/* Sets a loop up, all zeros before; it belongs to the calling thread. 0, NO_MEMORY, or
 * SYSTEM and errno. */
int stellar__loop_init(struct stellar__loop *loop, struct stellar_server *server,
                       const struct stellar__common *common);
/* Takes the loop from its thread: it belongs to none. */
void stellar__loop_disown(struct stellar__loop *loop);
/* Serves until all loops have been stopped and have no sockets left; the first one then
 * calls the functions that are still posted. The loop belongs to the calling thread
 * meanwhile, and to none afterwards. */
void stellar__loop_run(struct stellar__loop *loop);
/* After run, or instead of it. Posted functions are called, sockets are closed, delays
 * are over, the inbox is acted upon; the loop belongs to the calling thread meanwhile.
 * Since all this may send messages, all loops must have ended before one is freed. May
 * be called again. */
void stellar__loop_end(struct stellar__loop *loop);
void stellar__loop_free(struct stellar__loop *loop);

/* Any thread. */
void stellar__loop_stop(struct stellar__loop *loop, bool now);

/* Acts on all mail: the updates, then the work. Cheap if there is none. */
void stellar__loop_read_inbox(struct stellar__loop *loop);

/* Before it runs, or on its thread: connections that come from now on get this context,
 * of which the caller's reference is taken over, in place of the one before; NULL: they
 * are plain. Those that are there keep what they have. */
void stellar__loop_set_tls(struct stellar__loop *loop,
                           struct stellar__tls_context *context);

/* Notes if the loop has been asked to stop and has no connections left. When that is so
 * of all, they end. */
void stellar__loop_check_done(struct stellar__loop *loop);

#endif
