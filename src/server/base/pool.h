/*
 * Keeps one block for later use, so that things that every request needs do not call
 * the allocator each time. A pool belongs to one loop, and so do its blocks. Only small
 * blocks are kept.
 *
 * Under AddressSanitizer nothing is kept, so that it sees each use of a block after it
 * was released.
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

/* Returns a block of at least *size bytes: the one that is kept, if it has at most
 * `most` bytes, or else a new one. Sets *size to its size. Returns NULL if there is no
 * memory. */
void *stellar__pool_take(struct stellar__pool *pool, size_t *size, size_t most);
/* Takes a block (or NULL) of that many bytes back. It must come from here, but may have
 * been resized. */
void stellar__pool_release(struct stellar__pool *pool, void *block, size_t size);

#endif
