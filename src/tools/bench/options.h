/* What the command line of stellar-bench asks for. Texts belong to argv; the struct is
 * filled once and only read afterwards, from all threads. */
#ifndef STELLAR_BENCH_OPTIONS_H
#define STELLAR_BENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answers.h"

enum stellar__bench_exit {
    STELLAR__BENCH_OK,
    STELLAR__BENCH_WRONG, /* it ran, but answers are missing or not as expected */
    STELLAR__BENCH_USAGE,
    STELLAR__BENCH_FAILED /* it could not run */
};

#define STELLAR__BENCH_END_MAX 32

struct stellar__bench_options {
    const char *host;
    const char *port;
    const char *unix_path; /* in place of host and port; NULL if not given */
    const char *file;      /* of request lines; NULL if words are the request */
    char **words;
    size_t word_count;
    size_t connections;
    size_t pipeline;
    size_t threads;
    uint64_t requests;
    uint64_t duration; /* this and what follows in nanoseconds */
    uint64_t warmup;
    uint64_t timeout;
    char request_end[STELLAR__BENCH_END_MAX];
    size_t request_end_length;
    char answer_end[STELLAR__BENCH_END_MAX];
    struct stellar__answer_shape shape; /* points into answer_end: never move it */
    bool welcome;
    bool json;
    bool quiet;
};

/* Ends the process if the line makes no sense, or asks for help or the version only. */
void stellar__bench_options_read(struct stellar__bench_options *options, int argc,
                                 char **argv);

/* One line on standard error, after the program's name. */
__attribute__((format(printf, 1, 2))) void stellar__bench_tell(const char *format, ...);

#endif
