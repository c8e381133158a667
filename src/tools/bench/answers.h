/*
 * Counts the answers of a server, and checks that each contains an expected text.
 *
 * Bytes arrive in any pieces. Of an unfinished answer only the last bytes are kept: as
 * many as a text that continues in the next piece could need (`keep`). So an answer may
 * have any length, and the memory stays the same.
 */
#ifndef STELLAR_BENCH_ANSWERS_H
#define STELLAR_BENCH_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STELLAR__ANSWER_SHOWN 200 /* bytes of a wrong answer that are kept to show */

struct stellar__answer_shape {
    const char *end; /* the text that ends an answer; not empty */
    size_t end_length;
    const char *expect; /* the text that an answer must contain, or NULL */
    size_t expect_length;
    size_t keep; /* set by stellar__answer_shape_settle */
};

/* The state of a stream between two pieces. A new stream is all zero, except for tail,
 * which has room for `keep` bytes, and skip. */
struct stellar__answer_stream {
    char *tail; /* the last bytes of the unfinished answer */
    size_t tail_length;
    bool holds; /* the expected text has come already */
};

struct stellar__answer_tally {
    uint64_t answers;
    uint64_t unexpected; /* answers among these without the expected text */
    size_t shown_length;
    char shown[STELLAR__ANSWER_SHOWN]; /* the end of the first unexpected one */
};

void stellar__answer_shape_settle(struct stellar__answer_shape *shape);

/* Counts the answers in `bytes`. The `keep` bytes in front of `bytes` must also belong
 * to the caller, and are overwritten. Returns how many answers ended. */
uint64_t stellar__answers_count(const struct stellar__answer_shape *shape,
                                struct stellar__answer_stream *stream, char *bytes,
                                size_t length, struct stellar__answer_tally *tally);

#endif
