/*
 * A histogram of times in nanoseconds, from which percentiles are read.
 *
 * Buckets are exact below 128 ns and then 128 to each power of two, so a time that is
 * read back is at most 1/128 (0.8 %) above the one that was recorded; smallest, largest
 * and mean are exact. Times above 2^47 ns (39 hours) share the last bucket. The caller
 * owns the memory; all bytes zero is an empty histogram. Nothing is allocated.
 */
#ifndef STELLAR_BENCH_HISTOGRAM_H
#define STELLAR_BENCH_HISTOGRAM_H

#include <stdint.h>

#define STELLAR__HISTOGRAM_BUCKETS ((47 - 7 + 1) << 7)

struct stellar__histogram {
    uint64_t count;
    uint64_t smallest;
    uint64_t largest;
    double sum;
    uint64_t buckets[STELLAR__HISTOGRAM_BUCKETS];
};

/* Records the same time `times` times. */
void stellar__histogram_record(struct stellar__histogram *histogram, uint64_t time,
                               uint64_t times);

void stellar__histogram_add(struct stellar__histogram *to,
                            const struct stellar__histogram *from);

/* The time that `share` (0 to 1) of all recorded times do not exceed; 0 if empty. */
uint64_t stellar__histogram_percentile(const struct stellar__histogram *histogram,
                                       double share);

/* How many recorded times are below a limit, to the width of a bucket. */
uint64_t stellar__histogram_below(const struct stellar__histogram *histogram,
                                  uint64_t limit);

#endif
