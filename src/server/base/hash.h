/*
 * uthash, set up for this library: memory comes from the server's allocator, and if it
 * runs out, uthash does not call exit(). A function that adds must declare two locals,
 * which the macros use:
 *
 *     const struct stellar_allocator *uthash_memory = …;
 *     bool uthash_added = true;                     false after a HASH_ADD that failed
 */
#ifndef STELLAR_SERVER_HASH_H
#define STELLAR_SERVER_HASH_H

#include "memory.h"

#define HASH_NONFATAL_OOM             1
#define HASH_INITIAL_NUM_BUCKETS      4U /* most tables have a few entries */
#define HASH_INITIAL_NUM_BUCKETS_LOG2 2U
#define uthash_malloc(size)           stellar__allocate(uthash_memory, size)
#define uthash_free(block, size)      stellar__release(uthash_memory, block)
#define uthash_nonfatal_oom(element)  (uthash_added = false)

#include <uthash.h>

#endif
