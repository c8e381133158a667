/*
 * The messages that have come to a loop from other threads, and when its shard acts on
 * them.
 */
#ifndef STELLAR_SERVER_LOOP_INBOX_H
#define STELLAR_SERVER_LOOP_INBOX_H

#include "net.h"

/* Any thread: puts a message into the inbox. */
void stellar__loop_add_message(struct stellar__loop *loop,
                               struct stellar__message *message);

/* Acts on the updates in the inbox, in order; what else is there waits. */
void stellar__loop_sync_mailbox(struct stellar__loop *loop);

/* Acts on all mail: the updates, then the work. Cheap if there is none. */
void stellar__loop_read_inbox(struct stellar__loop *loop);

#endif
