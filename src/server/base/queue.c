#include "queue.h"

/* A client that reads has one or two lines waiting, until the end of the iteration. */
#define CAPACITY_MIN 4


static struct stellar__queue *resize(const struct stellar_allocator *memory,
                                     struct stellar__queue *queue, size_t capacity)
{
    struct stellar__queue *resized = stellar__resize(
        memory, queue, sizeof *queue + capacity * sizeof queue->pieces[0]);

    if (resized != NULL) {
        resized->capacity = capacity;
    }
    return resized;
}


/* Makes room for one more piece at the end. If at least half of the places at the front
 * are free, the pieces are moved there. So each piece is moved at most once per piece
 * that was added. */
static bool make_room(struct stellar__queue **at,
                      const struct stellar_allocator *memory)
{
    struct stellar__queue *queue = *at;
    size_t count;

    if (queue == NULL) {
        queue = resize(memory, NULL, CAPACITY_MIN);
        if (queue == NULL) {
            return false;
        }
        queue->bytes = queue->offset = queue->first = queue->end = 0;
        *at = queue;
    }
    if (queue->end < queue->capacity) {
        return true;
    }
    count = queue->end - queue->first;
    if (count > queue->capacity / 2) {
        queue = resize(memory, queue, queue->capacity * 2);
        if (queue == NULL) {
            return false;
        }
        *at = queue;
    }
    memmove(queue->pieces, queue->pieces + queue->first,
            count * sizeof queue->pieces[0]);
    queue->first = 0;
    queue->end = count;
    return true;
}


bool stellar__queue_append(struct stellar__queue **queue,
                           struct stellar__shared *shared)
{
    if (shared->length == 0) {
        return true;
    }
    if (!make_room(queue, shared->memory)) {
        return false;
    }
    (*queue)->pieces[(*queue)->end++] = stellar__shared_retain(shared);
    (*queue)->bytes += shared->length;
    return true;
}


size_t stellar__queue_peek(const struct stellar__queue *queue,
                           struct stellar_slice *runs, size_t most)
{
    size_t offset;
    size_t count = 0;
    size_t i;

    if (queue == NULL) {
        return 0;
    }
    offset = queue->offset;
    for (i = queue->first; i < queue->end && count < most; i++, offset = 0) {
        runs[count].data = queue->pieces[i]->data + offset;
        runs[count++].length = queue->pieces[i]->length - offset;
    }
    return count;
}


void stellar__queue_consume(struct stellar__queue **at, size_t bytes)
{
    struct stellar__queue *queue = *at;

    if (queue == NULL) {
        return;
    }
    queue->bytes -= bytes;
    queue->offset += bytes;
    while (queue->first < queue->end &&
           queue->offset >= queue->pieces[queue->first]->length) {
        struct stellar__shared *piece = queue->pieces[queue->first++];

        queue->offset -= piece->length;
        if (queue->first == queue->end) {
            stellar__release(piece->memory, queue);
            *at = NULL;
            stellar__shared_release(piece);
            return;
        }
        stellar__shared_release(piece);
    }
}


void stellar__queue_clear(struct stellar__queue **queue)
{
    stellar__queue_consume(queue, stellar__queue_bytes(*queue));
}
