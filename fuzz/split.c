/*
 * Fragmentation never shows: the same bytes, whole, split, and with what is left moved
 * after every result, must give the same commands, offsets and errors.
 *
 * Every piece is fed from a heap block of its own size, freed before the next, and lent
 * memory is exactly as large as asked for, so that AddressSanitizer sees every step
 * outside.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

/* What a run of the parser gave, as text, so that it is easily compared and shown. */
struct record {
    char *text;
    size_t length;
    size_t capacity;
};


static void add(struct record *record, const void *bytes, size_t length)
{
    if (record->capacity - record->length < length) {
        record->capacity = (record->length + length) * 2;
        record->text = (char *)fuzz_allocate(record->text, record->capacity);
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
        fuzz_die("an error's text is longer than promised");
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


/* Stops in the middle of a piece: what is left of it moves elsewhere and is fed anew.
 */
static void *move_rest(struct stellar_parser *parser, void *piece)
{
    struct stellar_slice rest = stellar_parser_rest(parser);
    void *copy = fuzz_allocate(NULL, rest.length);

    memcpy(copy, rest.data, rest.length);
    free(piece);
    stellar_parser_feed(parser, copy, rest.length);
    return copy;
}


/* Runs the parser over the stream; seed 0: in one piece, 1: byte by byte. */
static struct record run(const struct fuzz_input *input, uint32_t seed, bool moving)
{
    struct record record = {NULL, 0, 0};
    struct stellar_parser parser;
    struct stellar_command command;
    enum stellar_result result;
    void *memory = NULL;
    void *piece;
    size_t length;
    size_t at;

    stellar_parser_init(&parser, &input->framing);
    for (at = 0; at < input->size; at += length) {
        length = seed == 0   ? input->size
                 : seed == 1 ? 1
                             : fuzz_piece(&seed, input->size - at);
        piece = fuzz_allocate(NULL, length);
        memcpy(piece, input->stream + at, length);
        stellar_parser_feed(&parser, piece, length);
        while ((result = stellar_parser_next(&parser, &command)) != STELLAR_MORE) {
            if (result == STELLAR_MEMORY) {
                memory = fuzz_lend(&parser, memory);
                continue;
            }
            add_command(&record, result, &command);
            if (moving)
                piece = move_rest(&parser, piece);
        }
        if (stellar_parser_rest(&parser).length != 0)
            fuzz_die("input is left after STELLAR_MORE");
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
    fuzz_die("fragmentation shows");
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input;
    struct record whole;
    struct record split;

    if (!fuzz_open(&input, data, size))
        return 0;
    whole = run(&input, 0, false);
    split = run(&input, 1, false);
    compare(whole, split, "byte by byte");
    free(split.text);
    split = run(&input, input.seed | 2, false);
    compare(whole, split, "in pieces");
    free(split.text);
    split = run(&input, 0, true);
    compare(whole, split, "moved after every result");
    free(split.text);
    free(whole.text);
    return 0;
}
