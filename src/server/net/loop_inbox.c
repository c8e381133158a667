#include "loop_inbox.h"

#include "delivery.h"
#include "inbox.h"
#include "message.h"


void stellar__loop_add_message(struct stellar__loop *loop,
                               struct stellar__message *message)
{
    struct stellar__message *newest = atomic_load(&loop->inbox);

    do {
        message->next = newest;
    } while (!atomic_compare_exchange_weak(&loop->inbox, &newest, message));
    if (newest == NULL) {
        uv_async_send(&loop->wakeup);
    }
}


static void append(struct stellar__mail *mail, struct stellar__message *message)
{
    message->next = NULL;
    if (mail->first == NULL) {
        mail->first = message;
    } else {
        mail->last->next = message;
    }
    mail->last = message;
}


/* Sorts what is in the inbox: what came first is acted upon first, of updates and of
 * work.
 */
static void fetch_mailbox(struct stellar__loop *loop)
{
    struct stellar__message *oldest =
        stellar__message_reverse(atomic_exchange(&loop->inbox, NULL));
    struct stellar__message *next;

    for (; oldest != NULL; oldest = next) {
        next = oldest->next;
        append(stellar__message_is_update(oldest) ? &loop->updates : &loop->work,
               oldest);
    }
}


static void act_on(struct stellar__loop *loop, struct stellar__mail *mail)
{
    while (mail->first != NULL) {
        struct stellar__message *message = mail->first;

        mail->first = message->next;
        stellar__message_deliver(&loop->shard, message);
        if (loop->shard.must_flush) {
            stellar__shard_flush(&loop->shard);
        }
    }
}


void stellar__loop_sync_mailbox(struct stellar__loop *loop)
{
    if (atomic_load_explicit(&loop->inbox, memory_order_relaxed) != NULL) {
        fetch_mailbox(loop);
    }
    act_on(loop, &loop->updates);
}


void stellar__loop_read_inbox(struct stellar__loop *loop)
{
    stellar__loop_sync_mailbox(loop);
    act_on(loop, &loop->work);
}
