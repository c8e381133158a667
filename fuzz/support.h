/*
 * How the targets that feed the parser read their input.
 *
 * The input's first bytes choose: telnet and the delimiter, the limit, then three bytes
 * of a seed for where to split and what to lend. One bit of the seed also says whether
 * to detect other protocols. The rest is the stream. A delimiter that is not in the
 * table is at the beginning of the stream.
 */
#ifndef FUZZ_SUPPORT_H
#define FUZZ_SUPPORT_H

#include "blocks.h"
#include "stellar/parser.h"

#define FUZZ_HEADER_SIZE 5

/* There are 128 choices for a delimiter. This one and those above are lengths. */
#define FUZZ_DELIMITER_INLINE (128 - STELLAR_DELIMITER_MAX)

struct fuzz_input {
    struct stellar_framing framing;
    const char *delimiter; /* points into a table or into the input */
    size_t delimiter_length;
    uint32_t seed;
    bool detects; /* the parser checks for other protocols */
    const uint8_t *stream;
    size_t size;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Begins a run. Returns false if the input is not valid. */
bool fuzz_open(struct fuzz_input *input, const uint8_t *data, size_t size);

/* Starts a parser for the input's stream. */
void fuzz_start(struct stellar_parser *parser, const struct fuzz_input *input);

/* Returns a pseudo-random number below 2^24. */
uint32_t fuzz_random(uint32_t *seed);

/* Returns the length for the next piece of the rest: usually 1 to 4 bytes, sometimes up
 * to 40. */
size_t fuzz_small_piece(uint32_t *seed, size_t left);

/* Likewise, but one of four pieces has any length. So a long input does not become
 * hundreds of pieces, and small pieces still occur in all places. */
size_t fuzz_piece(uint32_t *seed, size_t left);

/* Lends the parser a block of exactly the size that it wants, and returns it. Releases
 * the block lent before. */
void *fuzz_lend(struct stellar_parser *parser, void *memory);

#endif
