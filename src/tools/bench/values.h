/* Values of options: numbers, seconds, and bytes with escapes. If the text is not such
 * a value, each function prints what was expected and ends the process. */
#ifndef STELLAR_BENCH_VALUES_H
#define STELLAR_BENCH_VALUES_H

#include <stddef.h>
#include <stdint.h>

#define STELLAR__BENCH_END_MAX 32

/* Bytes after escapes have been replaced. */
struct stellar__bench_bytes {
    char data[STELLAR__BENCH_END_MAX];
    size_t length;
};

/* A line of any length, after escapes have been replaced. NULL if it was not given. */
struct stellar__bench_line {
    const char *data;
    size_t length;
};

_Noreturn void stellar__bench_refuse(const char *option, const char *text,
                                     const char *expected);

uint64_t stellar__bench_number(const char *option, const char *text, double lowest,
                               double highest);

/* Returns nanoseconds. */
uint64_t stellar__bench_seconds(const char *option, const char *text, double lowest,
                                double highest);

/* 1 to STELLAR__BENCH_END_MAX bytes. */
void stellar__bench_bytes(const char *option, const char *text,
                          struct stellar__bench_bytes *bytes);

/* Replaces escapes in place, because that only makes a text shorter. */
void stellar__bench_line(const char *option, char *text,
                         struct stellar__bench_line *line);

#endif
