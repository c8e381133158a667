/*
 * What the targets that feed the parser share: how they read their input.
 *
 * The input's first bytes choose: telnet and the delimiter, the limit, then three bytes
 * of a seed for where to split and what to lend. One bit of the seed also says whether
 * to look for other protocols. The rest is the stream. A delimiter that is not in the
 * table is the beginning of the stream.
 */
#ifndef FUZZ_SUPPORT_H
#define FUZZ_SUPPORT_H

#include "blocks.h"
#include "stellar/parser.h"

#define FUZZ_HEADER_SIZE 5

/* Of the choices for a delimiter, which are 128, these and those above are lengths. */
#define FUZZ_DELIMITER_INLINE (128 - STELLAR_DELIMITER_MAX)

struct fuzz_input {
    struct stellar_framing framing;
    const char *delimiter; /* into a table or into the input */
    size_t delimiter_length;
    uint32_t seed;
    bool detects; /* the parser looks whether the stream is another protocol's */
    const uint8_t *stream;
    size_t size;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Begins a run. Returns false if the input is no input. */
bool fuzz_open(struct fuzz_input *input, const uint8_t *data, size_t size);

/* Starts a parser for the input's stream. */
void fuzz_start(struct stellar_parser *parser, const struct fuzz_input *input);

/* A pseudo-random number, below 2^24. */
uint32_t fuzz_random(uint32_t *seed);

/* How long the next piece of what is left shall be: 1 to 4 bytes as a rule, up to 40 at
 * times. */
size_t fuzz_small_piece(uint32_t *seed, size_t left);

/* As well, but one of four is of any length: so a long input is not hundreds of pieces,
 * and small ones are in all places yet. */
size_t fuzz_piece(uint32_t *seed, size_t left);

/* Lends the parser a block of just the size wanted in place of that lent before, which
 * is released, and returns it. */
void *fuzz_lend(struct stellar_parser *parser, void *memory);

#endif
