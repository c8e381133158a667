/*
 * The requests as bytes that are ready to be sent.
 *
 * The lines follow each other, each with its end. At the end the first `pipeline` lines
 * of the cycle are repeated. So any `pipeline` consecutive requests are one piece of
 * memory, wherever in the cycle they begin, and can be sent in one write.
 */
#ifndef STELLAR_BENCH_REQUESTS_H
#define STELLAR_BENCH_REQUESTS_H

#include <stdbool.h>
#include <stddef.h>

struct stellar__bench_options;

struct stellar__requests {
    char *text;
    size_t *at;   /* the beginning of line i; count + pipeline + 1 entries */
    size_t count; /* number of different lines */
};

/* Reads the file, or takes the words of the command line. On failure prints why and
 * returns false. */
bool stellar__requests_prepare(struct stellar__requests *requests,
                               const struct stellar__bench_options *options);

void stellar__requests_release(struct stellar__requests *requests);

#endif
