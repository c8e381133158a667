/*
 * The counters of a shard: struct stellar_stats as an array of numbers. The shard's own
 * thread writes them and any thread may read them, so they are atomic. But because no
 * other thread writes, counting is a plain load, add and store, on memory that no other
 * loop touches.
 */
#ifndef STELLAR_SERVER_COUNTERS_H
#define STELLAR_SERVER_COUNTERS_H

#include <stdatomic.h>
#include <stddef.h>

#include "stellar/stats.h"

#define STELLAR__COUNTERS (sizeof(struct stellar_stats) / sizeof(uint64_t))

struct stellar__counters {
    _Atomic uint64_t all[STELLAR__COUNTERS];
};

/* The place of a field of struct stellar_stats. */
#define STELLAR__COUNTER(field) \
    (offsetof(struct stellar_stats, field) / sizeof(uint64_t))

static inline void stellar__count_at(struct stellar__counters *counters, size_t place,
                                     uint64_t more)
{
    _Atomic uint64_t *counter = &counters->all[place];

    atomic_store_explicit(counter,
                          atomic_load_explicit(counter, memory_order_relaxed) + more,
                          memory_order_relaxed);
}


/* Counts on a shard: one more, or so many. A gauge falls by (uint64_t)-1. */
#define STELLAR__COUNT(shard, field) STELLAR__COUNT_MORE(shard, field, 1)
#define STELLAR__COUNT_MORE(shard, field, more) \
    stellar__count_at(&(shard)->counters, STELLAR__COUNTER(field), more)
/* The same for an element of an array. */
#define STELLAR__COUNT_IN(shard, field, index) \
    stellar__count_at(&(shard)->counters, STELLAR__COUNTER(field) + (size_t)(index), 1)
/* Counts events that took this many microseconds each. */
#define STELLAR__COUNT_TIMES(shard, field, events, each) \
    stellar__count_times(&(shard)->counters, STELLAR__COUNTER(field), events, each)

void stellar__count_times(struct stellar__counters *counters, size_t place,
                          uint64_t events, uint64_t each);

/* Adds the counters of one shard to a sum. Any thread. */
void stellar__counters_add(const struct stellar__counters *counters,
                           struct stellar_stats *sum);
/* When all are added: a gauge may rise on one shard and fall on another, of which only
 * the fall was seen; it is not below 0 for that. */
void stellar__counters_finish(struct stellar_stats *sum);

#endif
