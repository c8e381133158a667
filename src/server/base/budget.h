/*
 * An allocator that counts what it has given, and gives no more than it may:
 * max_memory. It stands before the server's own allocator only where there is such a
 * limit, for it writes the size before each block.
 */
#ifndef STELLAR_SERVER_BUDGET_H
#define STELLAR_SERVER_BUDGET_H

#include <stdatomic.h>

#include "memory.h"

struct stellar__budget {
    struct stellar_allocator inner;
    size_t limit; /* bytes; 0: there is no budget */
    atomic_size_t used;
};

/* An allocator whose memory comes from inner, within the limit; inner itself if limit
 * is 0. budget must outlive what is allocated. */
struct stellar_allocator stellar__budget_init(struct stellar__budget *budget,
                                              const struct stellar_allocator *inner,
                                              size_t limit);

/* Whether what is left should be kept for those who are there already: less than a
 * tenth. */
bool stellar__budget_is_tight(const struct stellar__budget *budget);

#endif
