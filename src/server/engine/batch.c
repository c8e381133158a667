#include "batch.h"

#include "member.h"
#include "output.h"

/* Longer ones gain nothing any more, and a reader is to have its first lines soon. */
#define LENGTH_MAX ((size_t)16 * 1024)


/* A lone line takes what it needs; where there are more, there will be some. */
static bool make_room(struct stellar__batch *batch, size_t length)
{
    size_t capacity = batch->capacity * 2;

    if (length <= batch->capacity) {
        return true;
    }
    if (capacity < length) {
        capacity = length;
    }
    if (!stellar__shared_resize(&batch->lines, capacity)) {
        return false;
    }
    batch->capacity = capacity;
    return true;
}


static bool begin(struct stellar__shard *shard, struct stellar__room *room,
                  struct stellar_slice line)
{
    shard->batch.lines =
        stellar__shared_new(shard->common->memory, line.data, line.length);
    if (shard->batch.lines == NULL) {
        return false;
    }
    shard->batch.capacity = line.length;
    shard->batch.room = room;
    return true;
}


static bool go_on(struct stellar__batch *batch, struct stellar_slice line)
{
    size_t length = batch->lines->length;

    if (!make_room(batch, length + line.length)) {
        return false;
    }
    memcpy(batch->lines->data + length, line.data, line.length);
    batch->lines->length += line.length;
    return true;
}


/* Whether so much is enough. Members who are handed it must be able to read it before
 * there is so much that they are found slow: see must_flush. */
static bool is_long(const struct stellar__shard *shard)
{
    size_t length = shard->batch.lines->length;

    return length >= LENGTH_MAX || length >= shard->options->output_soft_limit / 4;
}


bool stellar__batch_add(struct stellar__room *room, struct stellar_slice line)
{
    struct stellar__shard *shard = room->shard;
    struct stellar__batch *batch = &shard->batch;
    bool is_added;

    if (batch->room != NULL &&
        (batch->room != room || line.length > LENGTH_MAX - batch->lines->length)) {
        stellar__batch_hand_on(shard);
    }
    is_added = batch->room == NULL ? begin(shard, room, line) : go_on(batch, line);
    if (is_added && is_long(shard)) {
        stellar__batch_hand_on(shard);
    }
    return is_added;
}


/* What a delivery costs, in bytes of answers to the one who speaks: a piece and a write
 * for each member, and bytes that only the kernel copies. */
static uint64_t work_of(const struct stellar__shared *lines)
{
    return 512 + lines->length / 4;
}


/* Hands lines to all members on this shard but the current session. */
static void deliver(struct stellar__room *room, struct stellar__shared *lines)
{
    const struct stellar_connection *current = room->shard->current;
    struct stellar__member *member;

    room->shard->caused += room->locals.count * work_of(lines);
    for (member = room->locals.first; member != NULL; member = member->next_here) {
        if (member->session != current) {
            stellar__output_deliver(member->session, lines);
        }
    }
}


void stellar__batch_hand_on(struct stellar__shard *shard)
{
    struct stellar__batch batch = shard->batch;

    memset(&shard->batch, 0, sizeof shard->batch);
    /* It may wait long: what it does not need is given back, if that can be done. */
    if (batch.capacity > batch.lines->length) {
        stellar__shared_resize(&batch.lines, batch.lines->length);
    }
    deliver(batch.room, batch.lines);
    stellar__shared_release(batch.lines);
}
