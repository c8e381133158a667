/*
 * The requests as bytes ready to be sent.
 *
 * The lines stand one after the other, each with its end, and the first `pipeline` ones
 * of the cycle stand again at the end: any `pipeline` consecutive requests are one
 * piece of memory, wherever in the cycle they begin, and go out in one write.
 */
#ifndef STELLAR_BENCH_REQUESTS_H
#define STELLAR_BENCH_REQUESTS_H

#include <stdbool.h>
#include <stddef.h>

struct stellar__bench_options;

struct stellar__requests {
    char *text;
    size_t *at;   /* where line i begins; count + pipeline + 1 entries */
    size_t count; /* of different lines */
};

/* Reads the file, or takes the words of the command line. False after telling why. */
bool stellar__requests_prepare(struct stellar__requests *requests,
                               const struct stellar__bench_options *options);

void stellar__requests_release(struct stellar__requests *requests);

#endif
