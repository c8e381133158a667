#include "rows.h"

#include <stdio.h>

const struct stellar__percentile stellar__percentiles[STELLAR__PERCENTILES] = {
    {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}};


const char *stellar__grouped(uint64_t number, char text[STELLAR__GROUPED_MAX])
{
    char *at = text + STELLAR__GROUPED_MAX - 1;
    int digits = 0;

    *at = '\0';
    do {
        if (digits > 0 && digits % 3 == 0) {
            *--at = ',';
        }
        *--at = (char)('0' + number % 10);
        number /= 10;
        digits++;
    } while (number > 0);
    return at;
}


const char *stellar__show_time(double nanoseconds, char text[STELLAR__GROUPED_MAX])
{
    static const char *const units[] = {"ns", "us", "ms", "s"};
    size_t unit = 0;

    while (nanoseconds >= 999.5 && unit < 3) {
        nanoseconds /= 1000;
        unit++;
    }
    snprintf(text, STELLAR__GROUPED_MAX, "%.*f %s",
             unit == 0 || nanoseconds >= 99.95 ? 0
             : nanoseconds >= 9.995            ? 1
                                               : 2,
             nanoseconds, units[unit]);
    return text;
}


static size_t fill_rows(const struct stellar__histogram *times, const unsigned *scale,
                        size_t steps, struct stellar__row *rows)
{
    uint64_t first = stellar__histogram_percentile(times, 0.001);
    uint64_t last = stellar__histogram_percentile(times, 0.999);
    uint64_t power = 1;
    uint64_t below;
    size_t count = 0;
    size_t step = 0;

    do {
        below = scale[step] * power;
        if (++step == steps) {
            step = 0;
            power *= 10;
        }
        if (below <= first) {
            continue;
        }
        rows[count].below = below;
        rows[count++].count = stellar__histogram_below(times, below);
    } while (below <= last && count < STELLAR__ROWS_MOST);
    return count;
}


size_t stellar__rows_make(const struct stellar__histogram *times,
                          struct stellar__row rows[STELLAR__ROWS_MOST + 1])
{
    static const unsigned fine[] = {10, 12, 15, 20, 25, 30, 40, 50, 60, 80};
    static const unsigned coarse[] = {10, 20, 50};
    size_t count = fill_rows(times, fine, sizeof fine / sizeof fine[0], rows);
    size_t i;

    if (count == STELLAR__ROWS_MOST) {
        count = fill_rows(times, coarse, sizeof coarse / sizeof coarse[0], rows);
    }
    if (count == 0 || rows[count - 1].count < times->count) {
        rows[count].below = times->largest + 1;
        rows[count++].count = times->count;
    }
    for (i = count - 1; i > 0; i--) {
        rows[i].count -= rows[i - 1].count;
    }
    return count;
}
