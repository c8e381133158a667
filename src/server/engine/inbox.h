/* What a shard does for each message that it receives. */
#ifndef STELLAR_SERVER_INBOX_H
#define STELLAR_SERVER_INBOX_H

#include "message.h"

/* Acts on a message on its shard's thread, and frees it. */
void stellar__message_deliver(struct stellar__shard *shard,
                              struct stellar__message *message);

#endif
