#include "histogram.h"

#include <stddef.h>

#define SUB_BITS 7
#define SUB      (1U << SUB_BITS) /* buckets for each power of two */


static size_t bucket_of(uint64_t time)
{
    unsigned shift;
    size_t bucket;

    if (time < SUB) {
        return (size_t)time;
    }
    shift = 63U - (unsigned)__builtin_clzll(time) - SUB_BITS;
    bucket = ((size_t)shift << SUB_BITS) + (size_t)(time >> shift);
    return bucket < STELLAR__HISTOGRAM_BUCKETS ? bucket
                                               : STELLAR__HISTOGRAM_BUCKETS - 1;
}


/* Returns the largest time that belongs to a bucket. */
static uint64_t top_of(size_t bucket)
{
    unsigned shift;

    if (bucket < SUB) {
        return bucket;
    }
    shift = (unsigned)(bucket >> SUB_BITS) - 1;
    return (((uint64_t)(bucket % SUB) + SUB + 1) << shift) - 1;
}


void stellar__histogram_record(struct stellar__histogram *histogram, uint64_t time,
                               uint64_t times)
{
    if (histogram->count == 0 || time < histogram->smallest) {
        histogram->smallest = time;
    }
    if (time > histogram->largest) {
        histogram->largest = time;
    }
    histogram->count += times;
    histogram->sum += (double)time * (double)times;
    histogram->buckets[bucket_of(time)] += times;
}


void stellar__histogram_add(struct stellar__histogram *to,
                            const struct stellar__histogram *from)
{
    size_t i;

    if (from->count == 0) {
        return;
    }
    if (to->count == 0 || from->smallest < to->smallest) {
        to->smallest = from->smallest;
    }
    if (from->largest > to->largest) {
        to->largest = from->largest;
    }
    to->count += from->count;
    to->sum += from->sum;
    for (i = 0; i < STELLAR__HISTOGRAM_BUCKETS; i++) {
        to->buckets[i] += from->buckets[i];
    }
}


uint64_t stellar__histogram_percentile(const struct stellar__histogram *histogram,
                                       double share)
{
    double wanted = share * (double)histogram->count;
    uint64_t seen = 0;
    size_t i;

    for (i = 0; i < STELLAR__HISTOGRAM_BUCKETS; i++) {
        seen += histogram->buckets[i];
        if (seen > 0 && (double)seen >= wanted) {
            return top_of(i) < histogram->largest ? top_of(i) : histogram->largest;
        }
    }
    return histogram->largest;
}


uint64_t stellar__histogram_below(const struct stellar__histogram *histogram,
                                  uint64_t limit)
{
    uint64_t seen = 0;
    size_t i;

    for (i = 0; i < STELLAR__HISTOGRAM_BUCKETS && top_of(i) < limit; i++) {
        seen += histogram->buckets[i];
    }
    return seen;
}
