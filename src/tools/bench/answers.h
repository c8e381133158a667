/*
 * Counts the answers in what a server sends, and tests each for a text it must hold.
 *
 * Bytes arrive in any pieces. Of an answer that has begun only as many bytes are kept
 * as a text that continues in the next piece could need (`keep`), so an answer may have
 * any length and memory stays the same.
 */
#ifndef STELLAR_BENCH_ANSWERS_H
#define STELLAR_BENCH_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STELLAR__ANSWER_SHOWN 200 /* bytes of a wrong answer that are kept to show */

struct stellar__answer_shape {
    const char *end; /* what ends an answer; not empty */
    size_t end_length;
    const char *expect; /* what an answer must hold; NULL if nothing */
    size_t expect_length;
    size_t keep; /* set by stellar__answer_shape_settle */
};

/* What is known of a stream between two pieces. All zero is a new stream, but for tail,
 * which has room for `keep` bytes, and skip. */
struct stellar__answer_stream {
    char *tail; /* the last bytes of the answer that has begun */
    size_t tail_length;
    bool holds; /* it has held the expected text already */
};

struct stellar__answer_tally {
    uint64_t answers;
    uint64_t unexpected; /* of these, without the expected text */
    size_t shown_length;
    char shown[STELLAR__ANSWER_SHOWN]; /* the end of the first unexpected one */
};

void stellar__answer_shape_settle(struct stellar__answer_shape *shape);

/* Adds what `bytes` holds to the tally. The `keep` bytes in front of `bytes` are the
 * caller's too and are overwritten. Returns how many answers ended. */
uint64_t stellar__answers_count(const struct stellar__answer_shape *shape,
                                struct stellar__answer_stream *stream, char *bytes,
                                size_t length, struct stellar__answer_tally *tally);

#endif
