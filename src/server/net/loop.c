#include "loop.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "accept.h"
#include "call.h"
#include "config.h"
#include "handshakes.h"
#include "lifecycle.h"
#include "loop_inbox.h"
#include "message.h"
#include "posted.h"
#include "shard.h"
#include "socket.h"

/* Of them, two are for the first loop of a process: without these libuv ends it. */
#define LOOP_DESCRIPTORS 6


/* The platform that a shard runs on. */

static uint64_t wall_clock(void *context)
{
    struct timespec now;

    (void)context;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}


static uint64_t microseconds(void *context)
{
    (void)context;
    return uv_hrtime() / 1000;
}


static bool random_bytes(void *context, void *bytes, size_t length)
{
    (void)context;
    return uv_random(NULL, NULL, bytes, length, 0, NULL) == 0;
}


/* The number of the calling thread, from 1. No other thread of the process has it or
 * will ever have it. An address or a pthread_t would not do: a new thread may get those
 * of a thread that has ended. */
static uint64_t this_thread(void)
{
    static _Atomic uint64_t threads;
    static _Thread_local uint64_t number;

    if (number == 0) {
        number = atomic_fetch_add(&threads, 1) + 1;
    }
    return number;
}


static void take_ownership(struct stellar__loop *loop)
{
    atomic_store(&loop->owner, this_thread());
}


void stellar__loop_disown(struct stellar__loop *loop)
{
    atomic_store(&loop->owner, 0);
}


static bool is_own_thread(void *context)
{
    struct stellar__loop *loop = context;

    return atomic_load_explicit(&loop->owner, memory_order_relaxed) == this_thread();
}


static bool post(void *context, struct stellar__message *message)
{
    struct stellar__loop *loop = context;

    if (message->kind == STELLAR__FUNCTION) {
        if (!stellar__posted_add(&loop->posted, message)) {
            return false;
        }
        uv_async_send(&loop->wakeup);
        return true;
    }
    stellar__loop_add_message(loop, message);
    return true;
}


static void sync_mailbox(void *context)
{
    stellar__loop_sync_mailbox(context);
}


static void lock_updates(void *context, bool lock)
{
    struct stellar__loop *loop = context;

    if (lock) {
        uv_mutex_lock(&loop->net->updates_lock);
    } else {
        uv_mutex_unlock(&loop->net->updates_lock);
    }
}


static void configure(void *context, struct stellar__config *config)
{
    struct stellar__loop *loop = context;

    bool shorter = stellar__timeout_is_shorter(config->options.handshake_timeout,
                                               loop->shard.options->handshake_timeout);

    stellar__loop_set_tls(loop, config->tls);
    stellar__config_adopt(&loop->shard, config);
    stellar__accept_configured(loop);
    if (shorter) {
        stellar__socket_limit_handshakes(loop);
    }
}


/* Stopping. */

/* Sessions take their leave; a peer that is still shaking hands has none. */
static void drain(struct stellar__loop *loop)
{
    struct stellar__socket *socket;

    for (socket = loop->sockets; socket != NULL; socket = socket->next) {
        if (!stellar__session_exists(&socket->session)) {
            stellar__socket_close(socket, false);
        }
    }
    stellar__shard_drain(&loop->shard);
}


/* Notes if the loop has been asked to stop and has no connections left. When that is so
 * of all, they end. */
static void check_done(struct stellar__loop *loop)
{
    struct stellar__net *net = loop->net;

    if (loop->stopping == 0 || loop->sockets != NULL || loop->is_done) {
        return;
    }
    loop->is_done = true;
    if (atomic_fetch_sub(&net->loops_serving, 1) == 1) {
        uv_async_send(&net->loops[0].wakeup);
    }
}


static void handle_stop(struct stellar__loop *loop)
{
    int wanted = atomic_load(&loop->stop);

    if (wanted <= loop->stopping) {
        return;
    }
    loop->stopping = wanted;
    stellar__accept_stop(loop);
    if (wanted > 1) {
        stellar__socket_close_all(loop);
    } else {
        drain(loop);
    }
    check_done(loop);
}


/* A socket is closed and freed. */
static void on_socket_freed(struct stellar__loop *loop)
{
    stellar__accept_freed(loop);
    check_done(loop);
}


/* All loops go on until all are done, so that functions can be posted until then, and
 * the mail that they send is acted upon. The first loop ends the others. */
static void end_if_all_are_done(struct stellar__loop *loop)
{
    struct stellar__net *net = loop->net;
    unsigned i;

    if (loop == net->loops && !atomic_load(&net->is_over) &&
        atomic_load(&net->loops_serving) == 0) {
        stellar__posted_close(loop);
        atomic_store(&net->is_over, true);
        for (i = 1; i < net->common->shard_count; i++) {
            uv_async_send(&net->loops[i].wakeup);
        }
    }
    if (atomic_load(&net->is_over)) {
        uv_stop(&loop->uv);
    }
}


void stellar__loop_stop(struct stellar__loop *loop, bool now)
{
    int wanted = now ? 2 : 1;
    int old = atomic_load(&loop->stop);

    while (old < wanted && !atomic_compare_exchange_weak(&loop->stop, &old, wanted)) {
        /* another thread was faster */
    }
    uv_async_send(&loop->wakeup);
}


/* libuv's callbacks. */

static void on_wakeup(uv_async_t *wakeup)
{
    struct stellar__loop *loop = wakeup->data;

    loop->shard.now = uv_now(&loop->uv);
    handle_stop(loop); /* it does not wait for anything else */
    stellar__loop_read_inbox(loop);
    stellar__posted_call(loop);
    end_if_all_are_done(loop);
}


static void on_timer(uv_timer_t *timer)
{
    struct stellar__loop *loop = timer->data;

    loop->shard.now = uv_now(&loop->uv);
    stellar__loop_read_inbox(loop);
    stellar__timers_run(&loop->shard.timers, loop->shard.now);
}


static void end_iteration(struct stellar__loop *loop)
{
    loop->shard.now = uv_now(&loop->uv);
    stellar__shard_end_iteration(&loop->shard);
}


static void before_waiting(uv_prepare_t *before)
{
    struct stellar__loop *loop = before->data;
    uint64_t deadline;

    end_iteration(loop);
    deadline = stellar__timers_next(&loop->shard.timers);
    if (deadline == UINT64_MAX) {
        uv_timer_stop(&loop->timer);
    } else if (!uv_is_active((uv_handle_t *)&loop->timer) ||
               loop->timer_deadline != deadline) {
        uv_timer_start(&loop->timer, on_timer,
                       deadline > loop->shard.now ? deadline - loop->shard.now : 0, 0);
    }
    loop->timer_deadline = deadline;
}


static void after_waiting(uv_check_t *after)
{
    struct stellar__loop *loop = after->data;

    end_iteration(loop);
    stellar__handshakes_end_iteration(loop);
}


void stellar__loop_set_tls(struct stellar__loop *loop,
                           struct stellar__tls_context *context)
{
    stellar__tls_context_release(loop->tls);
    loop->tls = context;
}


/* Beginning and end. */

static int init_handles(struct stellar__loop *loop)
{
    if (uv_async_init(&loop->uv, &loop->wakeup, on_wakeup) != 0) {
        return STELLAR_ERR_SYSTEM;
    }
    uv_prepare_init(&loop->uv, &loop->before);
    uv_check_init(&loop->uv, &loop->after);
    uv_timer_init(&loop->uv, &loop->timer);
    stellar__handshakes_init(loop, stellar__socket_read);
    loop->wakeup.data = loop->before.data = loop->after.data = loop->timer.data = loop;
    uv_prepare_start(&loop->before, before_waiting);
    uv_check_start(&loop->after, after_waiting);
    return STELLAR_OK;
}


bool stellar__loop_can_be_made(void)
{
    int descriptors[LOOP_DESCRIPTORS];
    int count = 0;
    int error = 0;

    while (count < LOOP_DESCRIPTORS && error == 0) {
        descriptors[count] = eventfd(0, EFD_CLOEXEC);
        if (descriptors[count] >= 0) {
            count++;
        } else {
            error = errno;
        }
    }
    while (count > 0) {
        close(descriptors[--count]);
    }
    errno = error;
    return error == 0;
}


/* 0, or SYSTEM and errno. libuv does not close what it polls with when it fails. */
static int init_uv(uv_loop_t *uv)
{
    int status;

    uv->backend_fd = -1; /* it may fail before it has set this */
    status = uv_loop_init(uv);
    if (status == 0) {
        return STELLAR_OK;
    }
    if (uv_backend_fd(uv) >= 0) {
        close(uv_backend_fd(uv));
    }
    errno = -status;
    return STELLAR_ERR_SYSTEM;
}


int stellar__loop_init(struct stellar__loop *loop, struct stellar__net *net)
{
    const struct stellar__common *common = net->common;
    const struct stellar__platform platform = {
        loop, wall_clock,   microseconds, random_bytes, is_own_thread,
        post, sync_mailbox, lock_updates, configure,
    };

    loop->net = net;
    loop->socket_freed = on_socket_freed;
    take_ownership(loop);
    /* One block; a loop without TLS never touches the second half. */
    loop->read_buffer = stellar__allocate(
        common->memory, STELLAR__READ_SIZE + STELLAR__TLS_PLAINTEXT_MAX);
    if (loop->read_buffer == NULL) {
        return STELLAR_ERR_NO_MEMORY;
    }
    loop->plaintext = loop->read_buffer + STELLAR__READ_SIZE;
    if (init_uv(&loop->uv) != STELLAR_OK) {
        int error = errno;

        stellar__release(common->memory, loop->read_buffer);
        loop->read_buffer = NULL;
        errno = error;
        return STELLAR_ERR_SYSTEM;
    }
    stellar__shard_init(&loop->shard, common, &platform);
    loop->shard.now = uv_now(&loop->uv);
    return init_handles(loop);
}


void stellar__loop_run(struct stellar__loop *loop)
{
    take_ownership(loop);
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    stellar__loop_disown(loop);
}


static void close_handle(uv_handle_t *handle, void *data)
{
    (void)data;
    if (!uv_is_closing(handle)) {
        uv_close(handle, NULL);
    }
}


void stellar__loop_end(struct stellar__loop *loop)
{
    if (loop->read_buffer == NULL) {
        return;
    }
    take_ownership(loop);
    stellar__posted_close(loop);
    stellar__accept_stop(loop);
    stellar__socket_close_all(loop);
    uv_run(&loop->uv, UV_RUN_NOWAIT); /* close callbacks */
    stellar__loop_read_inbox(loop);
    stellar__call_end_delays(&loop->shard);
    stellar__loop_disown(loop);
}


void stellar__loop_free(struct stellar__loop *loop)
{
    if (loop->read_buffer == NULL) {
        return;
    }
    take_ownership(loop);
    stellar__loop_read_inbox(loop);
    uv_walk(&loop->uv, close_handle, NULL);
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    stellar__shard_free(&loop->shard);
    uv_loop_close(&loop->uv);
    stellar__loop_set_tls(loop, NULL);
    stellar__tls_pool_free(&loop->tls_pool, loop->shard.common->memory);
    stellar__release(loop->shard.common->memory, loop->read_buffer);
    loop->read_buffer = NULL;
}
