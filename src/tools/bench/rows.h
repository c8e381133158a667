/* Numbers and times for people, and the rows of a histogram. */
#ifndef STELLAR_BENCH_ROWS_H
#define STELLAR_BENCH_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "histogram.h"

/* The percentiles that are shown. */
#define STELLAR__PERCENTILES 4
struct stellar__percentile {
    const char *name;
    double share;
};
extern const struct stellar__percentile stellar__percentiles[STELLAR__PERCENTILES];

/* Writes a number with commas between thousands to the caller's memory. */
#define STELLAR__GROUPED_MAX 32
const char *stellar__grouped(uint64_t number, char text[STELLAR__GROUPED_MAX]);

/* Writes a time with three significant digits. */
const char *stellar__show_time(double nanoseconds, char text[STELLAR__GROUPED_MAX]);

/* The times below a limit, and not below the limit of the row before. */
struct stellar__row {
    uint64_t below;
    uint64_t count;
};

/* Makes rows with round limits, as fine as they fit. The first and the last row also
 * contain the times beyond, a thousandth of all times each. Returns the number of rows.
 * The histogram must not be empty. */
#define STELLAR__ROWS_MOST 30
size_t stellar__rows_make(const struct stellar__histogram *times,
                          struct stellar__row rows[STELLAR__ROWS_MOST + 1]);

#endif
