/*
 * A hash table whose links are part of its entries. A link takes 8 bytes, a handle of
 * uthash
 * 56. A table of one or two entries needs no memory. It is for things of which each
 * connection, membership or param has one. It keeps no keys and no order: to find an
 * entry, the caller walks a chain and compares.
 *
 * Adding cannot fail. A table allocates memory only to make its chains shorter. If
 * there is no memory, they stay as they are.
 */
#ifndef STELLAR_SERVER_TABLE_H
#define STELLAR_SERVER_TABLE_H

#include "memory.h"

struct stellar__link {
    struct stellar__link *next; /* in its chain */
};

struct stellar__table {
    const struct stellar_allocator *memory;
    /* Returns the hash of the entry that contains the link. */
    size_t (*hash)(const struct stellar__link *link);
    /* private: */
    struct stellar__link **chains;
    struct stellar__link *only; /* the chain of a table that is still small */
    size_t mask;                /* number of chains, a power of two, minus one */
    size_t count;
};

void stellar__table_init(struct stellar__table *table,
                         const struct stellar_allocator *memory,
                         size_t (*hash)(const struct stellar__link *link));
/* Entries that are still in it belong to the caller. */
void stellar__table_free(struct stellar__table *table);

void stellar__table_add(struct stellar__table *table, struct stellar__link *link);
/* The link must be in the table. */
void stellar__table_remove(struct stellar__table *table, struct stellar__link *link);

/* Returns the first link of the chain that contains all entries with this hash. */
struct stellar__link *stellar__table_chain(const struct stellar__table *table,
                                           size_t hash);

/* Walks all entries, in no order. Returns the first for NULL, and NULL after the
 * last. */
struct stellar__link *stellar__table_next(const struct stellar__table *table,
                                          const struct stellar__link *link);

/* The length of a UUID as text, without its NUL. */
#define STELLAR__ID_LENGTH 36

/* Returns the hash of a connection's id. Ids are random, so a few of their characters
 * are enough, and nobody outside can choose them. */
static inline size_t stellar__id_hash(const char *id)
{
    uint64_t head;

    memcpy(&head, id, sizeof head);
    return (size_t)((head * UINT64_C(0x9e3779b97f4a7c15)) >> 36);
}

#endif
