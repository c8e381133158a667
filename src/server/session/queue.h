/* Output that waits: a queue of references to shared bytes. What one message sends to a
 * thousand members is held once. */
#ifndef STELLAR_SERVER_QUEUE_H
#define STELLAR_SERVER_QUEUE_H

#include "memory.h"

struct stellar__queue_piece;

struct stellar__queue {
    struct stellar__queue_piece *head;
    struct stellar__queue_piece *tail;
    size_t offset; /* bytes of the head that are done with */
    size_t bytes;  /* that wait */
};

/* Keeps a reference. False: no memory. */
bool stellar__queue_append(struct stellar__queue *queue,
                           struct stellar__shared *shared);

/* Fills in up to `most` runs of bytes, the first ones; returns how many. They stay
 * valid until they are consumed. */
size_t stellar__queue_peek(const struct stellar__queue *queue,
                           struct stellar_slice *runs, size_t most);
/* Done with so many bytes. */
void stellar__queue_consume(struct stellar__queue *queue, size_t bytes);
void stellar__queue_clear(struct stellar__queue *queue);

#endif
