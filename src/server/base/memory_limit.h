/*
 * An allocator that counts what it has given, and gives no more than it may:
 * max_memory. It stands before the server's own allocator only where there is such a
 * limit, for it writes the size before each block.
 */
#ifndef STELLAR_SERVER_MEMORY_LIMIT_H
#define STELLAR_SERVER_MEMORY_LIMIT_H

#include <stdatomic.h>

#include "memory.h"

struct stellar__memory_limit {
    struct stellar_allocator inner;
    size_t limit; /* bytes; 0: there is no limit */
    atomic_size_t used;
};

/* An allocator whose memory comes from inner, within the limit; inner itself if limit
 * is 0. memory_limit must outlive what is allocated. */
struct stellar_allocator stellar__memory_limit_init(
    struct stellar__memory_limit *memory_limit, const struct stellar_allocator *inner,
    size_t limit);

/* Whether what is left should be kept for those who are there already: less than a
 * tenth. */
bool stellar__memory_limit_is_near(const struct stellar__memory_limit *memory_limit);

#endif
