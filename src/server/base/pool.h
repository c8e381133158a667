/*
 * A block that is kept for the next who needs one of its kind, so that what comes and
 * goes with every request does not ask the allocator each time. It belongs to one loop,
 * and so do the blocks given to it. Only small ones are kept.
 *
 * Under AddressSanitizer nothing is kept, so that it sees each use of a block after its
 * end.
 */
#ifndef STELLAR_SERVER_POOL_H
#define STELLAR_SERVER_POOL_H

#include "memory.h"

#if defined(__SANITIZE_ADDRESS__)
#define STELLAR__SPARE_KEEPS false
#elif defined(__has_feature)
#define STELLAR__SPARE_KEEPS (!__has_feature(address_sanitizer))
#else
#define STELLAR__SPARE_KEEPS true
#endif

/* The largest block that is kept. */
#define STELLAR__SPARE_MOST 4096

struct stellar__pool {
    const struct stellar_allocator *memory;
    /* private: */
    void *block;
    size_t size;
};

void stellar__pool_init(struct stellar__pool *pool,
                        const struct stellar_allocator *memory);
void stellar__pool_free(struct stellar__pool *pool);

/* A block of at least *size bytes: the one that is kept, if it has no more than `most`,
 * else a new one. Sets *size to what it has. NULL: no memory. */
void *stellar__pool_take(struct stellar__pool *pool, size_t *size, size_t most);
/* Takes back a block (or NULL) of so many bytes that came from here, perhaps resized.
 */
void stellar__pool_release(struct stellar__pool *pool, void *block, size_t size);

#endif
