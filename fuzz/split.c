/*
 * It must not matter how the input is split: the same bytes, whole, split, and with the
 * rest moved after each result, must give the same commands, offsets and errors. The
 * seed chooses how the second run is fed.
 *
 * Each piece is fed from a block of exactly its size (blocks.h), which is released
 * before the next. The memory lent has exactly the size that was asked for. So
 * AddressSanitizer sees every access outside.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "support.h"

/* The number of bytes of a stream that are fed one by one, anywhere; a short stream is
 * fed so as a whole. */
#define SINGLE_BYTES 64

struct event {
    enum stellar_result result;
    struct stellar_command command;
};

/* The parser's results for the stream in one piece. The memory is kept for the next
 * input. */
struct record {
    struct event *events;
    size_t count;
    const char *unfinished;
    uint64_t unfinished_bytes;
    char *bytes; /* copies of all slices */
    size_t length;
    size_t capacity; /* the largest stream for which there is room */
};

/* How a stream is fed. */
struct manner {
    const char *name;
    bool by_bytes;
    size_t first;  /* the first of the bytes that are fed one by one */
    uint32_t seed; /* for the lengths of pieces; 0: in one piece */
    bool moving;   /* move the rest of the piece after each result */
};


/* No byte of the stream is in two slices, each result takes at least one byte, and no
 * reply is more than twice as long as the bytes that it answers. */
static void clear(struct record *record, size_t size)
{
    record->count = 0;
    record->length = 0;
    if (record->events != NULL && size <= record->capacity) {
        return;
    }
    free(record->events);
    free(record->bytes);
    record->capacity = size;
    record->events = (struct event *)malloc((size + 1) * sizeof *record->events);
    record->bytes = (char *)malloc(2 * size + 1);
    fuzz_require(record->events != NULL && record->bytes != NULL, "out of memory");
}


static void keep_slice(struct record *record, struct stellar_slice *slice)
{
    if (slice->data == NULL) {
        return;
    }
    fuzz_require(2 * record->capacity - record->length >= slice->length,
                 "slices are longer than the stream");
    memcpy(record->bytes + record->length, slice->data, slice->length);
    slice->data = record->bytes + record->length;
    record->length += slice->length;
}


static void keep(struct record *record, enum stellar_result result,
                 const struct stellar_command *command)
{
    struct event *event = &record->events[record->count];

    fuzz_require(record->count < record->capacity, "there are more results than bytes");
    record->count++;
    event->result = result;
    event->command = *command;
#define XX(field) keep_slice(record, &event->command.field);
    FUZZ_SLICES(XX)
#undef XX
}


static void compare(const struct record *record, size_t number, const char *how,
                    enum stellar_result result, const struct stellar_command *command)
{
    const struct event *event = &record->events[number];

    if (number < record->count && result == event->result &&
        command->offset == event->command.offset &&
        fuzz_same_command(command, &event->command) &&
        (result != STELLAR_ERROR ||
         fuzz_same_error(&command->error, &event->command.error))) {
        return;
    }
    if (number < record->count) {
        fuzz_show("in one piece", event->result, &event->command);
    }
    fuzz_show(how, result, command);
    fuzz_die("fragmentation shows");
}


static void compare_end(struct record *record, const struct stellar_parser *parser,
                        bool writes)
{
    uint64_t bytes;
    const char *what = stellar_parser_unfinished(parser, &bytes);

    if (writes) {
        record->unfinished = what;
        record->unfinished_bytes = bytes;
    }
    fuzz_require(fuzz_same_text(what, record->unfinished) &&
                     bytes == record->unfinished_bytes,
                 "when split, something else is unfinished");
}


/* Stops in the middle of a piece: the rest is moved elsewhere and fed again. */
static void *move_rest(struct stellar_parser *parser, void *piece)
{
    struct stellar_slice rest = stellar_parser_rest(parser);
    void *copy = fuzz_copy(rest.data, rest.length);

    fuzz_release(piece);
    stellar_parser_feed(parser, copy, rest.length);
    return copy;
}


static size_t piece_length(struct manner *manner, size_t at, size_t left)
{
    if (manner->by_bytes) {
        if (at < manner->first) {
            return manner->first - at;
        }
        return at - manner->first < SINGLE_BYTES ? 1 : left;
    }
    return manner->seed == 0 ? left : fuzz_piece(&manner->seed, left);
}


/* Runs the parser over the stream, and writes the record, or compares with it. */
static void run(const struct fuzz_input *input, struct manner manner,
                struct record *record, bool writes)
{
    struct stellar_parser parser;
    struct stellar_command command;
    enum stellar_result result;
    void *memory = NULL;
    void *piece;
    size_t number = 0;
    size_t length;
    size_t at;

    fuzz_start(&parser, input);
    for (at = 0; at < input->size; at += length) {
        length = piece_length(&manner, at, input->size - at);
        piece = fuzz_copy(input->stream + at, length);
        stellar_parser_feed(&parser, piece, length);
        while ((result = stellar_parser_next(&parser, &command)) != STELLAR_MORE) {
            if (result == STELLAR_MEMORY) {
                memory = fuzz_lend(&parser, memory);
                continue;
            }
            if (writes) {
                keep(record, result, &command);
            } else {
                compare(record, number++, manner.name, result, &command);
            }
            if (manner.moving) {
                piece = move_rest(&parser, piece);
            }
        }
        fuzz_require(stellar_parser_rest(&parser).length == 0,
                     "input is left after STELLAR_MORE");
        fuzz_release(piece);
    }
    compare_end(record, &parser, writes);
    fuzz_release(memory);
    if (!writes && number < record->count) {
        fuzz_show("in one piece", record->events[number].result,
                  &record->events[number].command);
        fuzz_die("when split, a result is missing");
    }
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct manner whole = {"in one piece", false, 0, 0, false};
    static struct record record;
    struct fuzz_input input;
    struct manner manners[] = {
        {"byte by byte", true, 0, 0, false},
        {"in pieces", false, 0, 0, false},
        {"moved after every result", false, 0, 0, true},
        {"in pieces, moved after every result", false, 0, 0, true},
    };

    if (!fuzz_open(&input, data, size)) {
        return 0;
    }
    if (input.size > SINGLE_BYTES) {
        manners[0].first = input.seed / 4 % (input.size - SINGLE_BYTES + 1);
    }
    manners[1].seed = manners[3].seed = input.seed | 1;
    clear(&record, input.size);
    run(&input, whole, &record, true);
    run(&input, manners[input.seed % 4], &record, false);
    return 0;
}
