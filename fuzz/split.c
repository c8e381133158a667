/*
 * Fragmentation never shows: the same bytes, whole, split, and with what is left moved
 * after every result, must give the same commands, offsets and errors.
 *
 * The input's first bytes choose: flags and delimiter, limit, then three bytes of a
 * seed for where to split; the rest is the stream. Every piece is fed from a heap block
 * of its own size, freed before the next, and lent memory is exactly as large as asked
 * for, so that AddressSanitizer sees every step outside.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stellar/parser.h"

#define HEADER_SIZE 5

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a run of the parser gave, as text, so that it is easily compared and shown. */
struct record {
    char *text;
    size_t length;
    size_t capacity;
};


static void die(const char *what)
{
    fprintf(stderr, "split: %s\n", what);
    abort();
}


static void *allocate(void *old, size_t size)
{
    void *memory = realloc(old, size > 0 ? size : 1);

    if (memory == NULL)
        die("out of memory");
    return memory;
}


static void add(struct record *record, const void *bytes, size_t length)
{
    if (record->capacity - record->length < length) {
        record->capacity = (record->length + length) * 2;
        record->text = (char *)allocate(record->text, record->capacity);
    }
    if (length > 0)
        memcpy(record->text + record->length, bytes, length);
    record->length += length;
}


static void add_slice(struct record *record, const char *name,
                      struct stellar_slice slice)
{
    if (slice.data == NULL)
        return;
    add(record, name, strlen(name));
    add(record, slice.data, slice.length);
    add(record, "|", 1);
}


static void add_command(struct record *record, enum stellar_result result,
                        const struct stellar_command *command)
{
    char text[STELLAR_ERROR_TEXT_MAX + 200];
    char message[STELLAR_ERROR_TEXT_MAX] = "";
    int length;

    if (stellar_error_text(&command->error, message, sizeof message) >= sizeof message)
        die("an error's text is longer than promised");
    length = snprintf(text, sizeof text,
                      "\n%d: verb %d offset %" PRIu64 " length %zu control %d "
                      "error %d at %" PRIu64 " column %zu %s ",
                      (int)result, (int)command->verb, command->offset, command->length,
                      (int)command->control, (int)command->error.code,
                      command->error.at, command->error.column, message);
    add(record, text, (size_t)length);
    add_slice(record, "key=", command->key);
    add_slice(record, "value=", command->value);
    add_slice(record, "room=", command->room);
    add_slice(record, "message=", command->message);
    add_slice(record,
              command->action_escaped ? "escaped=" : "action=", command->action);
    add_slice(record, "params=", command->params);
    add_slice(record, "reply=", command->reply);
}


static void *lend(struct stellar_parser *parser, void *memory)
{
    size_t wanted = stellar_parser_memory_wanted(parser);
    size_t limit = parser->framing->max_data_length;

    if (limit != 0 && wanted > limit + STELLAR_DELIMITER_MAX)
        die("the parser wants more memory than the limit allows");
    memory = allocate(memory, wanted);
    stellar_parser_set_memory(parser, memory, wanted);
    return memory;
}


/* Where to split: a multiplicative generator, short pieces more often than long ones.
 */
static size_t next_piece(uint32_t *seed, size_t left)
{
    size_t length;

    *seed = *seed * UINT32_C(1664525) + UINT32_C(1013904223);
    length = (*seed >> 8) % ((*seed >> 28) < 12 ? 4 : 40) + 1;
    return length < left ? length : left;
}


/* Stops in the middle of a piece: what is left of it moves elsewhere and is fed anew.
 */
static void *move_rest(struct stellar_parser *parser, void *piece)
{
    struct stellar_slice rest = stellar_parser_rest(parser);
    void *copy = allocate(NULL, rest.length);

    memcpy(copy, rest.data, rest.length);
    free(piece);
    stellar_parser_feed(parser, copy, rest.length);
    return copy;
}


/* Runs the parser over the stream; seed 0: in one piece, 1: byte by byte. */
static struct record run(const struct stellar_framing *framing, const uint8_t *stream,
                         size_t size, uint32_t seed, bool moving)
{
    struct record record = {NULL, 0, 0};
    struct stellar_parser parser;
    struct stellar_command command;
    enum stellar_result result;
    void *memory = NULL;
    void *piece;
    size_t length;
    size_t at;

    stellar_parser_init(&parser, framing);
    for (at = 0; at < size; at += length) {
        length = seed == 0 ? size : seed == 1 ? 1 : next_piece(&seed, size - at);
        piece = allocate(NULL, length);
        memcpy(piece, stream + at, length);
        stellar_parser_feed(&parser, piece, length);
        while ((result = stellar_parser_next(&parser, &command)) != STELLAR_MORE) {
            if (result == STELLAR_MEMORY) {
                memory = lend(&parser, memory);
                continue;
            }
            add_command(&record, result, &command);
            if (moving)
                piece = move_rest(&parser, piece);
        }
        if (stellar_parser_rest(&parser).length != 0)
            die("input is left after STELLAR_MORE");
        free(piece);
    }
    free(memory);
    return record;
}


static void compare(struct record whole, struct record split, const char *how)
{
    if (whole.length == split.length &&
        (whole.length == 0 || memcmp(whole.text, split.text, whole.length) == 0))
        return;
    fprintf(stderr, "in one piece:%.*s\n\n%s:%.*s\n", (int)whole.length,
            whole.length > 0 ? whole.text : "", how, (int)split.length,
            split.length > 0 ? split.text : "");
    die("fragmentation shows");
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const delimiters[] = {
        "\n",        "^]",    "/newline", "xXxXxX", "aab",  "\r\n",
        "\r\n.\r\n", "\n\nx", "\x04\r",   "a",      "abab", "\n\n\n\n."};
    struct stellar_framing framing;
    struct record whole;
    struct record split;
    const char *delimiter;
    uint32_t seed;

    if (size < HEADER_SIZE)
        return 0;
    stellar_framing_init(&framing);
    framing.telnet = data[0] & 1;
    framing.max_data_length = data[1];
    delimiter = delimiters[data[0] / 2 % (sizeof delimiters / sizeof delimiters[0])];
    if (!stellar_framing_set_delimiter(&framing, delimiter, strlen(delimiter)))
        die("a delimiter was refused");
    seed = (uint32_t)data[2] << 16 | (uint32_t)data[3] << 8 | data[4] | 2;
    data += HEADER_SIZE;
    size -= HEADER_SIZE;

    whole = run(&framing, data, size, 0, false);
    split = run(&framing, data, size, 1, false);
    compare(whole, split, "byte by byte");
    free(split.text);
    split = run(&framing, data, size, seed, false);
    compare(whole, split, "in pieces");
    free(split.text);
    split = run(&framing, data, size, 0, true);
    compare(whole, split, "moved after every result");
    free(split.text);
    free(whole.text);
    return 0;
}
