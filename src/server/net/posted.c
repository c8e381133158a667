/*
 * Implementation notes. `newest` is CLOSED once no more functions are taken. A function
 * is added, and the list closed, by one atomic exchange each; so a function is either
 * refused or among those that are called at the end.
 */
#include "posted.h"

#include "delivery.h"
#include "inbox.h"
#include "loop_inbox.h"
#include "message.h"

/* So long at once, then clients have their turn. */
#define MOMENT_NS 250000
/* How often to see whether another loop has caught up. */
#define AGAIN_MS 5

static struct stellar__message closed;
#define CLOSED (&closed)


bool stellar__posted_add(struct stellar__posted *posted,
                         struct stellar__message *message)
{
    struct stellar__message *newest = atomic_load(&posted->newest);

    do {
        if (newest == CLOSED) {
            return false;
        }
        message->next = newest;
    } while (!atomic_compare_exchange_weak(&posted->newest, &newest, message));
    return true;
}


static void call_first(struct stellar__loop *loop)
{
    struct stellar__message *message = loop->posted.oldest;

    loop->posted.oldest = message->next;
    stellar__loop_read_inbox(loop); /* the updates that came before it */
    stellar__message_deliver(&loop->shard, message);
    if (loop->shard.must_flush) {
        stellar__shard_flush(&loop->shard);
    }
}


/* Whether there is a function to be called. */
static bool fetch(struct stellar__posted *posted)
{
    if (posted->oldest == NULL && atomic_load(&posted->newest) != CLOSED) {
        posted->oldest =
            stellar__message_reverse(atomic_exchange(&posted->newest, NULL));
    }
    return posted->oldest != NULL;
}


static bool must_wait(const struct stellar__loop *loop)
{
    const struct stellar__shard *shard = &loop->shard;

    return loop->stopping == 0 &&
           stellar__message_is_congested(shard, shard->options->mail_limit);
}


static void call_again(struct stellar__timer *timer)
{
    stellar__posted_call(
        (struct stellar__loop *)(void *)((char *)timer -
                                         offsetof(struct stellar__loop, posted.again)));
}


void stellar__posted_call(struct stellar__loop *loop)
{
    uint64_t begun = uv_hrtime();

    /* A request to stop has woken the loop again. */
    while (fetch(&loop->posted) && atomic_load(&loop->stop) == loop->stopping) {
        if (must_wait(loop)) {
            stellar__timer_set(&loop->shard.timers, &loop->posted.again,
                               loop->shard.now + AGAIN_MS, call_again);
            return;
        }
        if (uv_hrtime() - begun >= MOMENT_NS) {
            uv_async_send(&loop->wakeup);
            return;
        }
        call_first(loop);
    }
}


void stellar__posted_close(struct stellar__loop *loop)
{
    struct stellar__posted *posted = &loop->posted;
    struct stellar__message *newest = atomic_exchange(&posted->newest, CLOSED);

    stellar__timer_clear(&loop->shard.timers, &posted->again);
    while (posted->oldest != NULL) {
        call_first(loop);
    }
    if (newest != CLOSED) {
        posted->oldest = stellar__message_reverse(newest);
    }
    while (posted->oldest != NULL) {
        call_first(loop);
    }
}
