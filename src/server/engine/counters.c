#include "counters.h"

#include <string.h>

/* A struct of nothing but uint64_t has no gaps. */
_Static_assert(offsetof(struct stellar_stats, action_times.sum) ==
                   (STELLAR__COUNTERS - 1) * sizeof(uint64_t),
               "struct stellar_stats is an array of numbers");


void stellar__count_times(struct stellar__counters *counters, size_t place,
                          uint64_t events, uint64_t each)
{
    size_t i = 0;

    while (i < STELLAR_TIMES_COUNTS - 1 && each > STELLAR_TIMES_BOUND(i)) {
        i++;
    }
    stellar__count_at(counters, place + i, events);
    stellar__count_at(counters,
                      place + offsetof(struct stellar_times, sum) / sizeof(uint64_t),
                      events * each);
}


void stellar__counters_add(const struct stellar__counters *counters,
                           struct stellar_stats *sum)
{
    uint64_t all[STELLAR__COUNTERS];
    size_t i;

    memcpy(all, sum, sizeof all);
    for (i = 0; i < STELLAR__COUNTERS; i++) {
        all[i] += atomic_load_explicit(&counters->all[i], memory_order_relaxed);
    }
    memcpy(sum, all, sizeof all);
}


static void settle_COUNTER(uint64_t *counter)
{
    (void)counter;
}


static void settle_GAUGE(uint64_t *gauge)
{
    if (*gauge > UINT64_MAX / 2) {
        *gauge = 0;
    }
}


void stellar__counters_finish(struct stellar_stats *sum)
{
#define XX(field, kind, text) settle_##kind(&sum->field);
    STELLAR_STATS(XX)
#undef XX
}
