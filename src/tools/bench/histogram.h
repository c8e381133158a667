/*
 * A histogram of times in nanoseconds, for percentiles.
 *
 * Below 128 ns each bucket is one time. Above, there are 128 buckets for each power of
 * two, so a time that is read back is at most 1/128 (0.8 %) above the time that was
 * recorded. Smallest, largest and mean are exact. Times above 2^47 ns (39 hours) share
 * the last bucket. The caller owns the memory. All bytes zero is an empty histogram.
 * Nothing is allocated.
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

/* Returns the time that `share` (0 to 1) of all recorded times do not exceed, or 0 if
 * there are none. */
uint64_t stellar__histogram_percentile(const struct stellar__histogram *histogram,
                                       double share);

/* Returns how many recorded times are below a limit, to the width of a bucket. */
uint64_t stellar__histogram_below(const struct stellar__histogram *histogram,
                                  uint64_t limit);

#endif
