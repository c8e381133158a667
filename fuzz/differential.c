/*
 * The parser and the reference must return the same results, commands, offsets,
 * lengths, slices and errors. The parser gets the stream in pieces whose lengths come
 * from the seed; the reference gets all of it.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include "commands.h"
#include "reference/reference.h"
#include "support.h"


/* Compares the place of something that comes after `least` bytes of lines. */
static bool same_place(uint64_t ours, uint64_t theirs, uint64_t least, uint64_t vague)
{
    return vague > 0 ? ours >= least && ours <= least + vague : ours == theirs;
}


static bool same_error(const struct stellar_error *ours,
                       const struct reference_event *event)
{
    const struct stellar_error *theirs = &event->command.error;

    return ours->code == theirs->code && ours->column == theirs->column &&
           ours->limit == theirs->limit &&
           same_place(ours->at, theirs->at, event->command.offset + theirs->column,
                      event->vague) &&
           fuzz_same_text(ours->subject, theirs->subject) &&
           (ours->code != STELLAR_E_INVALID_TYPE ||
            fuzz_same_text(ours->expected, theirs->expected));
}


static bool same(enum stellar_result result, const struct stellar_command *ours,
                 const struct reference_event *event)
{
    const struct stellar_command *theirs = &event->command;

    return result == event->result && fuzz_same_command(ours, theirs) &&
           same_place(ours->offset, theirs->offset, theirs->offset, event->vague) &&
           (result != STELLAR_ERROR || same_error(&ours->error, event));
}


static void compare(const struct reference *reference, size_t number,
                    enum stellar_result result, const struct stellar_command *ours)
{
    if (number < reference->count && same(result, ours, &reference->events[number])) {
        return;
    }
    fuzz_show("parser", result, ours);
    if (number < reference->count) {
        fuzz_show("reference", reference->events[number].result,
                  &reference->events[number].command);
    }
    fuzz_die("the parser and the reference differ");
}


static void compare_end(const struct reference *reference,
                        const struct stellar_parser *parser)
{
    uint64_t bytes;
    const char *what = stellar_parser_unfinished(parser, &bytes);

    if (fuzz_same_text(what, reference->unfinished) &&
        bytes >= reference->unfinished_least && bytes <= reference->unfinished_most) {
        return;
    }
    fprintf(stderr,
            "parser: %s, %" PRIu64 " bytes; reference: %s, %" PRIu64 " to %" PRIu64
            "\n",
            what != NULL ? what : "nothing", bytes,
            reference->unfinished != NULL ? reference->unfinished : "nothing",
            reference->unfinished_least, reference->unfinished_most);
    fuzz_die("the parser and the reference differ in what is unfinished");
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct reference reference;
    struct fuzz_input input;
    struct stellar_parser parser;
    struct stellar_command command;
    enum stellar_result result;
    void *memory = NULL;
    size_t number = 0;
    size_t length;
    size_t at;
    bool pieces;

    if (!fuzz_open(&input, data, size)) {
        return 0;
    }
    pieces = input.seed & 1;
    reference_parse(&reference, input.delimiter, input.delimiter_length,
                    input.framing.max_data_length, input.framing.telnet, input.detects,
                    input.stream, input.size);
    fuzz_start(&parser, &input);
    for (at = 0; at < input.size; at += length) {
        length = pieces ? fuzz_piece(&input.seed, input.size - at) : input.size;
        stellar_parser_feed(&parser, input.stream + at, length);
        while ((result = stellar_parser_next(&parser, &command)) != STELLAR_MORE) {
            if (result == STELLAR_MEMORY) {
                memory = fuzz_lend(&parser, memory);
            } else {
                compare(&reference, number++, result, &command);
            }
        }
    }
    if (number < reference.count) {
        fuzz_show("reference", reference.events[number].result,
                  &reference.events[number].command);
        fuzz_die("the parser lacks what the reference has");
    }
    compare_end(&reference, &parser);
    fuzz_release(memory);
    return 0;
}
