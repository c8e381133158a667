#include "support.h"

#include <string.h>


uint32_t fuzz_random(uint32_t *seed)
{
    *seed = *seed * UINT32_C(1664525) + UINT32_C(1013904223);
    return *seed >> 8;
}


size_t fuzz_small_piece(uint32_t *seed, size_t left)
{
    uint32_t number = fuzz_random(seed);
    size_t length = (number & 0xffff) % (number >> 20 < 12 ? 4 : 40) + 1;

    return length < left ? length : left;
}


size_t fuzz_piece(uint32_t *seed, size_t left)
{
    uint32_t number = fuzz_random(seed);

    return number >> 22 == 0 ? (number & 0xffff) % left + 1
                             : fuzz_small_piece(seed, left);
}


void fuzz_start(struct stellar_parser *parser, const struct fuzz_input *input)
{
    stellar_parser_init(parser, &input->framing);
    if (input->detects) {
        stellar_parser_detect_foreign(parser);
    }
}


void *fuzz_lend(struct stellar_parser *parser, void *memory)
{
    size_t wanted = stellar_parser_memory_wanted(parser);
    size_t held = stellar_parser_held(parser);
    size_t limit = parser->framing->max_data_length;
    void *lent;

    fuzz_require(limit == 0 || wanted <= limit + STELLAR_DELIMITER_MAX,
                 "the parser wants more memory than the limit allows");
    fuzz_require(wanted > held, "the parser wants no more memory than it has filled");
    lent = fuzz_allocate(wanted);
    if (held > 0) {
        memcpy(lent, memory, held);
    }
    fuzz_release(memory);
    stellar_parser_set_memory(parser, lent, wanted);
    return lent;
}


/* Removes the delimiter from the beginning of the stream. */
static bool take_delimiter(struct fuzz_input *input, size_t length)
{
    if (input->size < length) {
        return false;
    }
    input->delimiter = (const char *)input->stream;
    input->delimiter_length = length;
    input->stream += length;
    input->size -= length;
    return true;
}


bool fuzz_open(struct fuzz_input *input, const uint8_t *data, size_t size)
{
    static const char *const delimiters[] = {
        "\n",        "^]",    "/newline", "xXxXxX", "aab",  "\r\n",
        "\r\n.\r\n", "\n\nx", "\x04\r",   "a",      "abab", "\n\n\n\n."};
    size_t choice;

    fuzz_blocks_begin();
    if (size < FUZZ_HEADER_SIZE) {
        return false;
    }
    stellar_framing_init(&input->framing);
    input->framing.telnet = data[0] & 1;
    input->framing.max_data_length = data[1];
    input->seed = (uint32_t)data[2] << 16 | (uint32_t)data[3] << 8 | data[4];
    input->detects = data[2] & 1;
    input->stream = data + FUZZ_HEADER_SIZE;
    input->size = size - FUZZ_HEADER_SIZE;

    choice = data[0] / 2;
    if (choice >= FUZZ_DELIMITER_INLINE) {
        return take_delimiter(input, choice - FUZZ_DELIMITER_INLINE + 1) &&
               stellar_framing_set_delimiter(&input->framing, input->delimiter,
                                             input->delimiter_length);
    }
    input->delimiter = delimiters[choice % (sizeof delimiters / sizeof delimiters[0])];
    input->delimiter_length = strlen(input->delimiter);
    fuzz_require(stellar_framing_set_delimiter(&input->framing, input->delimiter,
                                               input->delimiter_length),
                 "a delimiter was refused");
    return true;
}
