/*
 * A hash table whose links live in what is found: 8 bytes for each entry, where a
 * handle of uthash takes 56, and none for a table of one or two. It is for what there
 * is once for each connection, membership or param. It keeps no keys and no order: who
 * looks for something walks a chain and compares.
 *
 * Adding cannot fail. The memory that a table asks for makes its chains shorter, and
 * where there is none, they stay as they are.
 */
#ifndef STELLAR_SERVER_TABLE_H
#define STELLAR_SERVER_TABLE_H

#include "memory.h"

struct stellar__link {
    struct stellar__link *next; /* in its chain */
};

struct stellar__table {
    const struct stellar_allocator *memory;
    /* The hash of what a link lives in. */
    size_t (*hash)(const struct stellar__link *link);
    /* private: */
    struct stellar__link **chains;
    struct stellar__link *only; /* the chain of a table that is still small */
    size_t mask;                /* their number, a power of two, less one */
    size_t count;
};

void stellar__table_init(struct stellar__table *table,
                         const struct stellar_allocator *memory,
                         size_t (*hash)(const struct stellar__link *link));
/* What is still in it is the caller's. */
void stellar__table_free(struct stellar__table *table);

void stellar__table_add(struct stellar__table *table, struct stellar__link *link);
/* It must be there. */
void stellar__table_remove(struct stellar__table *table, struct stellar__link *link);

/* The first link of the chain in which all of that hash are. */
struct stellar__link *stellar__table_chain(const struct stellar__table *table,
                                           size_t hash);

/* Goes through all, in no order: the first for NULL; NULL after the last. */
struct stellar__link *stellar__table_next(const struct stellar__table *table,
                                          const struct stellar__link *link);

/* The text form of a UUID, without its NUL. */
#define STELLAR__ID_LENGTH 36

/* The hash of the id of a connection. Ids are random, so that a few of their characters
 * will do, and nobody outside can choose them. */
static inline size_t stellar__id_hash(const char *id)
{
    uint64_t head;

    memcpy(&head, id, sizeof head);
    return (size_t)((head * UINT64_C(0x9e3779b97f4a7c15)) >> 36);
}

#endif
