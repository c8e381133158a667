/*
 * Output that waits: a queue of references to shared bytes. So a message for a thousand
 * members is stored once.
 *
 * A `struct stellar__queue *` may be NULL; then nothing waits. A queue only takes
 * memory while it is in use, so functions that change one take the address of the
 * pointer.
 */
#ifndef STELLAR_SERVER_QUEUE_H
#define STELLAR_SERVER_QUEUE_H

#include "memory.h"

struct stellar__queue {
    size_t bytes;    /* bytes that wait */
    size_t offset;   /* bytes of the first piece that have been consumed */
    size_t first;    /* index of the first piece */
    size_t end;      /* index after the last piece */
    size_t capacity; /* in pieces */
    struct stellar__shared *pieces[];
};

/* Returns how many bytes wait. */
static inline size_t stellar__queue_bytes(const struct stellar__queue *queue)
{
    return queue != NULL ? queue->bytes : 0;
}

/* Adds a piece and keeps a reference to it. Returns false if there is no memory. */
bool stellar__queue_append(struct stellar__queue **queue,
                           struct stellar__shared *shared);

/* Writes the first runs of bytes, up to `most`, and returns how many there are. They
 * are valid until they are consumed. */
size_t stellar__queue_peek(const struct stellar__queue *queue,
                           struct stellar_slice *runs, size_t most);
/* Removes that many bytes. */
void stellar__queue_consume(struct stellar__queue **queue, size_t bytes);
void stellar__queue_clear(struct stellar__queue **queue);

#endif
