/* What a run has shown, as text for people or as one JSON object. */
#ifndef STELLAR_BENCH_REPORT_H
#define STELLAR_BENCH_REPORT_H

#include <stdio.h>

#include "worker.h"

/* The sum of all workers. */
struct stellar__bench_result {
    const struct stellar__bench_options *options;
    const char *target;
    uint64_t sent;
    uint64_t answers;
    uint64_t missing;
    uint64_t unexpected;
    uint64_t unasked;
    uint64_t lost;
    uint64_t bytes_in;
    uint64_t bytes_out;
    uint64_t
        duration; /* nanoseconds from the first measured request to the last answer */
    int lost_reason;
    bool silent;
    size_t shown_length;
    char shown[STELLAR__ANSWER_SHOWN];
    struct stellar__histogram times;
};

void stellar__bench_collect(struct stellar__bench_result *result,
                            const struct stellar__worker *workers, size_t count);

/* Whether every request was answered, as expected, and nothing else came. */
bool stellar__bench_flawless(const struct stellar__bench_result *result);

void stellar__bench_report_text(const struct stellar__bench_result *result, FILE *out);
void stellar__bench_report_json(const struct stellar__bench_result *result, FILE *out);

/* A number with commas between thousands, in the caller's memory. */
#define STELLAR__GROUPED_MAX 32
const char *stellar__grouped(uint64_t number, char text[STELLAR__GROUPED_MAX]);

#endif
