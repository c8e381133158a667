/*
 * A small cache in memory: JSON values by key, each with a time to live.
 *
 * Used by one thread at a time; who shares it locks. Times are milliseconds since 1970
 * and given by the caller. Keys and values are copied.
 */
#ifndef STELLAR_MODULES_CACHE_H
#define STELLAR_MODULES_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stellar/parser.h"

struct cache_entry;

/* Starts as {NULL}; holds no memory while it is empty. */
struct cache {
    struct cache_entry *entries;
};

/* What is known of a value; the text is valid until the cache is changed. */
struct cache_value {
    struct stellar_slice json;
    uint64_t expires_at;
    uint64_t created_at;
    uint64_t read_at;
};

/* Stores a value, in place of one that had the key. False: no memory. */
bool cache_save(struct cache *cache, struct stellar_slice key,
                struct stellar_slice json, uint64_t time_to_live, uint64_t now);

/* Finds a value that has not expired. */
bool cache_load(struct cache *cache, struct stellar_slice key, uint64_t now,
                struct cache_value *value);

/* How many values there are; those that have expired are removed first. */
size_t cache_size(struct cache *cache, uint64_t now);

/* False: there was none. */
bool cache_remove(struct cache *cache, struct stellar_slice key);

#endif
