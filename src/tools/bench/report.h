/* The result of a run, as text for people or as one JSON object. */
#ifndef STELLAR_BENCH_REPORT_H
#define STELLAR_BENCH_REPORT_H

#include <stdio.h>

#include "process.h"
#include "worker.h"

/* The sum of all workers. */
struct stellar__bench_result {
    const struct stellar__bench_options *options;
    const struct stellar__bench_mode *mode;
    const char *target;
    uint64_t sent;
    uint64_t answers; /* number of the mode's noun */
    uint64_t missing;
    uint64_t unexpected;
    uint64_t unasked;
    uint64_t disordered;
    uint64_t lost;
    uint64_t shaken;
    uint64_t resumed;
    uint64_t ready; /* connections that were opened */
    uint64_t bytes_in;
    uint64_t bytes_out;
    uint64_t
        duration; /* nanoseconds from the first measured request to the last answer */
    int lost_reason;
    bool silent;
    size_t shown_length;
    char shown[STELLAR__ANSWER_SHOWN];
    struct stellar__histogram times;

    /* The server, if its process is known: before any connection was opened, when all
     * were open, and at the end. */
    struct stellar__process before;
    struct stellar__process opened;
    struct stellar__process after;
    uint64_t opening; /* nanoseconds */
};

void stellar__bench_collect(struct stellar__bench_result *result,
                            const struct stellar__worker *workers, size_t count);

/* Returns whether every request was answered as expected, and nothing else came. */
bool stellar__bench_flawless(const struct stellar__bench_result *result);

/* Measured answers per second. */
double stellar__bench_per_second(const struct stellar__bench_result *result);

/* Nanoseconds of processor time of the server for an answer, or for a connection that
 * was opened; 0 if unknown. */
double stellar__bench_processor_each(const struct stellar__bench_result *result);

/* Bytes of memory of the server for a connection that was opened. */
double stellar__bench_resident_each(const struct stellar__bench_result *result);

void stellar__bench_report_text(const struct stellar__bench_result *result, FILE *out);
void stellar__bench_report_json(const struct stellar__bench_result *result, FILE *out);

#endif
