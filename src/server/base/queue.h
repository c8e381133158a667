/*
 * Output that waits: a queue of references to shared bytes. What one message sends to a
 * thousand members is held once.
 *
 * A `struct stellar__queue *` may be NULL: nothing waits. A queue takes memory while it
 * is in use only, so functions that change one take its address.
 */
#ifndef STELLAR_SERVER_QUEUE_H
#define STELLAR_SERVER_QUEUE_H

#include "memory.h"

struct stellar__queue {
    size_t bytes;    /* that wait */
    size_t offset;   /* bytes of the first piece that are done with */
    size_t first;    /* the pieces in use are from here … */
    size_t end;      /* … up to here */
    size_t capacity; /* in pieces */
    struct stellar__shared *pieces[];
};

/* How many bytes wait. */
static inline size_t stellar__queue_bytes(const struct stellar__queue *queue)
{
    return queue != NULL ? queue->bytes : 0;
}

/* Keeps a reference. False: no memory. */
bool stellar__queue_append(struct stellar__queue **queue,
                           struct stellar__shared *shared);

/* Fills in up to `most` runs of bytes, the first ones; returns how many. They stay
 * valid until they are consumed. */
size_t stellar__queue_peek(const struct stellar__queue *queue,
                           struct stellar_slice *runs, size_t most);
/* Done with so many bytes. */
void stellar__queue_consume(struct stellar__queue **queue, size_t bytes);
void stellar__queue_clear(struct stellar__queue **queue);

#endif
