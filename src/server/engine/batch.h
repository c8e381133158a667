/*
 * A batch: lines said to a room without a pause. They follow each other in one block.
 * So a member gets all of them at once, as one piece of its queue and one write,
 * however many there are.
 *
 * A batch lasts while nothing can tell: it ends before a member comes or goes, before
 * another room or anything else is written to a session, before and after a session
 * receives, when output is flushed, and when it has become long. The current session
 * has no part in it; its copies stand among its answers.
 */
#ifndef STELLAR_SERVER_BATCH_H
#define STELLAR_SERVER_BATCH_H

#include "state.h"

/* Adds a line for all members on this shard but the current session. False: no memory,
 * and nothing is added. */
bool stellar__batch_add(struct stellar__room *room, struct stellar_slice line);

/* Passes its lines on to the members. */
void stellar__batch_hand_on(struct stellar__shard *shard);

static inline void stellar__batch_end(struct stellar__shard *shard)
{
    if (shard->batch.room != NULL) {
        stellar__batch_hand_on(shard);
    }
}

#endif
