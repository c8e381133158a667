#include "queue.h"

struct stellar__queue_piece {
    struct stellar__queue_piece *next;
    struct stellar__shared *shared;
};


bool stellar__queue_append(struct stellar__queue *queue, struct stellar__shared *shared)
{
    struct stellar__queue_piece *piece;

    if (shared->length == 0)
        return true;
    piece = stellar__allocate(shared->memory, sizeof *piece);
    if (piece == NULL)
        return false;
    piece->next = NULL;
    piece->shared = stellar__shared_keep(shared);
    if (queue->tail != NULL)
        queue->tail->next = piece;
    else
        queue->head = piece;
    queue->tail = piece;
    queue->bytes += shared->length;
    return true;
}


size_t stellar__queue_peek(const struct stellar__queue *queue,
                           struct stellar_slice *runs, size_t most)
{
    const struct stellar__queue_piece *piece = queue->head;
    size_t offset = queue->offset;
    size_t count = 0;

    for (; piece != NULL && count < most; piece = piece->next, offset = 0) {
        runs[count].data = piece->shared->data + offset;
        runs[count++].length = piece->shared->length - offset;
    }
    return count;
}


void stellar__queue_consume(struct stellar__queue *queue, size_t bytes)
{
    queue->bytes -= bytes;
    queue->offset += bytes;
    while (queue->head != NULL && queue->offset >= queue->head->shared->length) {
        struct stellar__queue_piece *piece = queue->head;
        const struct stellar_allocator *memory = piece->shared->memory;

        queue->offset -= piece->shared->length;
        queue->head = piece->next;
        if (queue->head == NULL)
            queue->tail = NULL;
        stellar__shared_drop(piece->shared);
        stellar__release(memory, piece);
    }
}


void stellar__queue_clear(struct stellar__queue *queue)
{
    stellar__queue_consume(queue, queue->bytes);
}
