/*
 * An allocator that counts its memory and keeps to a limit, max_memory. It is put in
 * front of the server's own allocator only if there is such a limit, because it writes
 * the size in front of each block.
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

/* Returns an allocator whose memory comes from inner, within the limit; or inner itself
 * if limit is 0. memory_limit must outlive all blocks. */
struct stellar_allocator stellar__memory_limit_init(
    struct stellar__memory_limit *memory_limit, const struct stellar_allocator *inner,
    size_t limit);

/* Returns whether less than a tenth of the memory is left. The rest should be kept for
 * existing connections. */
bool stellar__memory_limit_is_near(const struct stellar__memory_limit *memory_limit);

#endif
