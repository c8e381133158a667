#include "cache.h"

#include <stdlib.h>
#include <string.h>

/* Without this, uthash ends the process if there is no memory for its table. With it,
 * an entry that could not be added has hh.tbl NULL. */
#define HASH_NONFATAL_OOM 1
#include <uthash.h>

struct cache_entry {
    UT_hash_handle hh;
    uint64_t expires_at;
    uint64_t created_at;
    uint64_t read_at;
    size_t key_length;
    size_t json_length;
    char bytes[]; /* the key, then the JSON text */
};


/* The analyzer loses track of entries that HASH_DELETE removes from the table. */
/* NOLINTBEGIN(clang-analyzer-unix.Malloc) */
static struct cache_entry *find(struct cache *cache, struct stellar_slice key)
{
    struct cache_entry *entry;

    HASH_FIND(hh, cache->entries, key.data, (unsigned)key.length, entry);
    return entry;
}


static void drop(struct cache *cache, struct cache_entry *entry)
{
    HASH_DELETE(hh, cache->entries, entry);
    free(entry);
}


bool cache_save(struct cache *cache, struct stellar_slice key,
                struct stellar_slice json, uint64_t time_to_live, uint64_t now)
{
    struct cache_entry *entry = malloc(sizeof *entry + key.length + json.length);

    if (entry == NULL) {
        return false;
    }
    cache_remove(cache, key);
    memset(entry, 0, sizeof *entry);
    entry->expires_at = now + time_to_live;
    entry->created_at = now;
    entry->key_length = key.length;
    entry->json_length = json.length;
    memcpy(entry->bytes, key.data, key.length);
    memcpy(entry->bytes + key.length, json.data, json.length);
    HASH_ADD_KEYPTR(hh, cache->entries, entry->bytes, (unsigned)key.length, entry);
    if (entry->hh.tbl == NULL) {
        free(entry);
        return false;
    }
    return true;
}


bool cache_load(struct cache *cache, struct stellar_slice key, uint64_t now,
                struct cache_value *value)
{
    struct cache_entry *entry = find(cache, key);

    if (entry == NULL) {
        return false;
    }
    if (entry->expires_at <= now) {
        drop(cache, entry);
        return false;
    }
    entry->read_at = now;
    value->json.data = entry->bytes + entry->key_length;
    value->json.length = entry->json_length;
    value->expires_at = entry->expires_at;
    value->created_at = entry->created_at;
    value->read_at = entry->read_at;
    return true;
}


size_t cache_size(struct cache *cache, uint64_t now)
{
    struct cache_entry *entry;
    struct cache_entry *next;

    HASH_ITER(hh, cache->entries, entry, next)
    {
        if (entry->expires_at <= now) {
            drop(cache, entry);
        }
    }
    return HASH_COUNT(cache->entries);
}


bool cache_remove(struct cache *cache, struct stellar_slice key)
{
    struct cache_entry *entry = find(cache, key);

    if (entry == NULL) {
        return false;
    }
    drop(cache, entry);
    return true;
}
/* NOLINTEND(clang-analyzer-unix.Malloc) */
