#include "table.h"

/* Chains are made shorter if they have more than this many links on average. */
#define CHAIN_LENGTH 2


void stellar__table_init(struct stellar__table *table,
                         const struct stellar_allocator *memory,
                         size_t (*hash)(const struct stellar__link *link))
{
    memset(table, 0, sizeof *table);
    table->memory = memory;
    table->hash = hash;
}


void stellar__table_free(struct stellar__table *table)
{
    stellar__release(table->memory, table->chains);
    stellar__table_init(table, table->memory, table->hash);
}


/* Returns the head of the chain to which a link belongs. */
static struct stellar__link **chain_of(struct stellar__table *table,
                                       const struct stellar__link *link)
{
    return table->chains == NULL ? &table->only
                                 : &table->chains[table->hash(link) & table->mask];
}


static void push(struct stellar__table *table, struct stellar__link *link)
{
    struct stellar__link **chain = chain_of(table, link);

    link->next = *chain;
    *chain = link;
}


static void add_chain(struct stellar__table *table, struct stellar__link *chain)
{
    while (chain != NULL) {
        struct stellar__link *next = chain->next;

        push(table, chain);
        chain = next;
    }
}


/* Doubles the number of chains, if there is memory for that. */
static void grow(struct stellar__table *table)
{
    struct stellar__table old = *table;
    size_t size = (old.mask + 1) * 2;
    size_t i;

    table->chains = stellar__allocate_zero(old.memory, size * sizeof *table->chains);
    if (table->chains == NULL) {
        *table = old;
        return;
    }
    table->mask = size - 1;
    table->only = NULL;
    add_chain(table, old.only);
    for (i = 0; old.chains != NULL && i <= old.mask; i++) {
        add_chain(table, old.chains[i]);
    }
    stellar__release(old.memory, old.chains);
}


void stellar__table_add(struct stellar__table *table, struct stellar__link *link)
{
    if (table->count >= (table->mask + 1) * CHAIN_LENGTH) {
        grow(table);
    }
    push(table, link);
    table->count++;
}


void stellar__table_remove(struct stellar__table *table, struct stellar__link *link)
{
    struct stellar__link **at = chain_of(table, link);

    while (*at != link) {
        at = &(*at)->next;
    }
    *at = link->next;
    table->count--;
}


struct stellar__link *stellar__table_chain(const struct stellar__table *table,
                                           size_t hash)
{
    return table->chains == NULL ? table->only : table->chains[hash & table->mask];
}


struct stellar__link *stellar__table_next(const struct stellar__table *table,
                                          const struct stellar__link *link)
{
    size_t i = 0;

    if (link != NULL && link->next != NULL) {
        return link->next;
    }
    if (table->chains == NULL) {
        return link == NULL ? table->only : NULL;
    }
    if (link != NULL) {
        i = (table->hash(link) & table->mask) + 1;
    }
    while (i <= table->mask && table->chains[i] == NULL) {
        i++;
    }
    return i <= table->mask ? table->chains[i] : NULL;
}
