/*
 * A small cache in memory: JSON values by key, each with a time to live.
 *
 * Only one thread may use it at a time, so threads that share it need a lock. The
 * caller passes the time, in milliseconds since 1970. Keys and values are copied.
 */
#ifndef STELLAR_MODULES_CACHE_H
#define STELLAR_MODULES_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stellar/parser.h"

struct cache_entry;

/* A cache starts as {NULL}. It holds no memory while it is empty. */
struct cache {
    struct cache_entry *entries;
};

/* A value and its times. The text is valid until the cache is changed. */
struct cache_value {
    struct stellar_slice json;
    uint64_t expires_at;
    uint64_t created_at;
    uint64_t read_at;
};

/* Stores a value, and replaces the one that had this key. Returns false if there is no
 * memory. */
bool cache_save(struct cache *cache, struct stellar_slice key,
                struct stellar_slice json, uint64_t time_to_live, uint64_t now);

/* Finds a value that has not expired. */
bool cache_load(struct cache *cache, struct stellar_slice key, uint64_t now,
                struct cache_value *value);

/* Removes the values that have expired, and returns how many are left. */
size_t cache_size(struct cache *cache, uint64_t now);

/* Returns false if there was no such value. */
bool cache_remove(struct cache *cache, struct stellar_slice key);

#endif
