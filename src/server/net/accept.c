/*
 * Implementation notes. libuv's own listening is not used: when descriptors run out it
 * accepts whoever waits with one that it holds in reserve, and closes them unserved.
 * Here the listening socket is polled, and while nobody can be accepted it is not.
 */
#include "accept.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "connection.h"
#include "listen.h"
#include "log.h"
#include "loop_inbox.h"
#include "unix_socket.h"

#define AGAIN_MS 100
/* So many at once, then those that are connected have their turn. */
#define ACCEPTS_PER_ITERATION 64
/* How much of a second's accept_rate may come at once. */
#define BURST_US UINT64_C(100000)
/* While so many handshakes wait for a turn, others wait in the backlog, where they cost
 * nothing and no time of theirs runs out: who has begun is to end first. */
#define HANDSHAKES_WAITING 32
/* So many descriptors are left to the rest of the process, and one for each loop, since
 * the loops look for themselves and may each accept one too many. Where a process may
 * have few at all, it is a part of them. */
#define DESCRIPTORS_LEFT      8
#define DESCRIPTORS_LEFT_PART 8


static struct stellar__loop *loop_of(struct stellar__timer *timer)
{
    return (void *)((char *)timer - offsetof(struct stellar__loop, acceptor.again));
}


static void on_readable(uv_poll_t *poll, int status, int events);


static void go_on(struct stellar__loop *loop)
{
    uv_poll_start(&loop->acceptor.poll, UV_READABLE, on_readable);
}


/* Tries, rather than to wait until the socket is readable, for it has to be known when
 * nobody waits any more. */
static void try_again(struct stellar__timer *timer)
{
    struct stellar__loop *loop = loop_of(timer);

    go_on(loop);
    on_readable(&loop->acceptor.poll, 0, UV_READABLE);
}


static void wait_for(struct stellar__loop *loop, uint64_t milliseconds)
{
    uv_poll_stop(&loop->acceptor.poll);
    stellar__timer_set(&loop->shard.timers, &loop->acceptor.again,
                       loop->shard.now + milliseconds, try_again);
}


/* accept_rate. The server's turn is when the next connection is due; each that is
 * accepted puts it off by its share of a second. */

/* Milliseconds until one more may be accepted. */
static uint64_t time_to_wait(const struct stellar__loop *loop)
{
    uint64_t now = uv_hrtime() / 1000;
    uint64_t turn = atomic_load(&loop->net->accept_due);

    if (loop->shard.options->accept_rate == 0 || turn <= now + BURST_US) {
        return 0;
    }
    return (turn - now - BURST_US) / 1000 + 1;
}


static void set_next_due(struct stellar__loop *loop)
{
    unsigned rate = loop->shard.options->accept_rate;
    uint64_t now = uv_hrtime() / 1000;
    uint64_t turn = atomic_load(&loop->net->accept_due);
    uint64_t next;

    if (rate == 0) {
        return;
    }
    do {
        next = (turn > now ? turn : now) + 1000000 / rate;
    } while (!atomic_compare_exchange_weak(&loop->net->accept_due, &turn, next));
}


/* Accepting. */

/* Nobody can be accepted now; says so once, until nobody waits any more. */
static void be_short(struct stellar__loop *loop, const char *what)
{
    if (!loop->acceptor.is_short) {
        STELLAR__COUNT(&loop->shard, accept_failures);
        stellar__log(loop->shard.options, STELLAR_LOG_WARNING, NULL,
                     "connections wait to be accepted: %s", what);
    }
    loop->acceptor.is_short = true;
    wait_for(loop, AGAIN_MS);
}


static void nobody_waits(struct stellar__loop *loop)
{
    if (loop->acceptor.is_short) {
        stellar__log(loop->shard.options, STELLAR_LOG_INFO, NULL,
                     "connections are accepted again");
    }
    loop->acceptor.is_short = false;
}


/* Descriptors from this number on are left to the rest of the process. */
static rlim_t descriptors_for_clients(const struct stellar__loop *loop)
{
    rlim_t left = DESCRIPTORS_LEFT + loop->shard.options->threads;
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
        return RLIM_INFINITY;
    }
    if (left > limit.rlim_cur / DESCRIPTORS_LEFT_PART) {
        left = limit.rlim_cur / DESCRIPTORS_LEFT_PART;
    }
    return limit.rlim_cur - left;
}


/* The system gives away the lowest number that is free. Which one that is costs two
 * system calls to know: they are saved until a loop has once got a high one. */
static bool may_take_another(const struct stellar__loop *loop, rlim_t for_clients)
{
    int lowest;

    if (loop->acceptor.highest < for_clients / 2) {
        return true;
    }
    lowest = eventfd(0, EFD_CLOEXEC);
    if (lowest < 0) {
        return false;
    }
    close(lowest);
    return (rlim_t)lowest < for_clients;
}


/* False: that is all for now. */
static bool accept_one(struct stellar__loop *loop, rlim_t for_clients)
{
    struct stellar__socket *socket;
    int descriptor;
    int error;

    if (!may_take_another(loop, for_clients)) {
        be_short(loop, uv_strerror(UV_EMFILE));
        return false;
    }
    socket = stellar__socket_new(loop);
    if (socket == NULL) {
        be_short(loop, "out of memory");
        return false;
    }
    descriptor =
        accept4(loop->acceptor.descriptor, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    error = errno;
    if (descriptor >= 0) {
        if ((rlim_t)descriptor > loop->acceptor.highest) {
            loop->acceptor.highest = (rlim_t)descriptor;
        }
        set_next_due(loop);
        stellar__socket_start(socket, descriptor, loop->acceptor.is_unix);
        return true;
    }
    stellar__release(loop->shard.common->memory, socket);
    if (error == EAGAIN) {
        nobody_waits(loop);
    } else if (error == EINTR || error == ECONNABORTED) {
        return true;
    } else {
        be_short(loop, uv_strerror(uv_translate_sys_error(error)));
    }
    return false;
}


static void on_readable(uv_poll_t *poll, int status, int events)
{
    struct stellar__loop *loop = poll->data;
    rlim_t for_clients = descriptors_for_clients(loop);
    int i;

    (void)events;
    loop->shard.now = uv_now(&loop->uv);
    stellar__loop_read_inbox(loop);
    if (status < 0) {
        be_short(loop, uv_strerror(status));
        return;
    }
    if (loop->handshakes.waiting >= HANDSHAKES_WAITING) {
        return;
    }
    for (i = 0; i < ACCEPTS_PER_ITERATION && loop->acceptor.is_listening; i++) {
        uint64_t wait = time_to_wait(loop);

        if (wait > 0) {
            wait_for(loop, wait);
            return;
        }
        if (!accept_one(loop, for_clients)) {
            return;
        }
    }
}


void stellar__accept_freed(struct stellar__loop *loop)
{
    if (loop->acceptor.is_short && loop->acceptor.is_listening) {
        stellar__timer_set(&loop->shard.timers, &loop->acceptor.again, loop->shard.now,
                           try_again);
    }
}


int stellar__accept_start(struct stellar__loop *loop, int descriptor, bool is_unix)
{
    struct stellar__acceptor *acceptor = &loop->acceptor;
    int status = uv_poll_init(&loop->uv, &acceptor->poll, descriptor);

    if (status != 0) {
        close(descriptor);
        errno = -status;
        return STELLAR_ERR_SYSTEM;
    }
    acceptor->poll.data = loop;
    acceptor->descriptor = descriptor;
    acceptor->is_unix = is_unix;
    acceptor->is_listening = true;
    go_on(loop);
    return STELLAR_OK;
}


void stellar__accept_configured(struct stellar__loop *loop)
{
    const struct stellar__acceptor *acceptor = &loop->acceptor;

    if (acceptor->is_listening && !acceptor->is_unix) {
        stellar__listen_set_keep_alive(acceptor->descriptor,
                                       loop->shard.options->keep_alive);
    }
}


void stellar__accept_stop(struct stellar__loop *loop)
{
    struct stellar__acceptor *acceptor = &loop->acceptor;

    if (!acceptor->is_listening) {
        return;
    }
    acceptor->is_listening = false;
    stellar__unix_remove(loop->net);
    stellar__timer_clear(&loop->shard.timers, &acceptor->again);
    uv_close((uv_handle_t *)&acceptor->poll, NULL);
    close(acceptor->descriptor);
}
