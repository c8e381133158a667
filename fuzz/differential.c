/*
 * The parser and the reference give the same results, commands, offsets, lengths,
 * slices and errors. The parser gets the stream in pieces of which the seed tells the
 * lengths, the reference all of it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reference/reference.h"
#include "support.h"


static void show_slice(const char *name, struct stellar_slice slice)
{
    if (slice.data != NULL)
        fprintf(stderr, " %s=%.*s|", name, (int)slice.length, slice.data);
}


static void show(const char *who, enum stellar_result result,
                 const struct stellar_command *command)
{
    const char *code = stellar_error_code_text(command->error.code);
    const char *verb = stellar_verb_name(command->verb);

    fprintf(stderr, "%s: result %d %s at %" PRIu64 " length %zu control %d error %s",
            who, (int)result, verb != NULL ? verb : "", command->offset,
            command->length, (int)command->control, code != NULL ? code : "none");
    fprintf(stderr, " at %" PRIu64 " column %zu limit %zu %s %s", command->error.at,
            command->error.column, command->error.limit,
            command->error.subject != NULL ? command->error.subject : "",
            command->error.expected != NULL ? command->error.expected : "");
    show_slice("key", command->key);
    show_slice("value", command->value);
    show_slice("room", command->room);
    show_slice("message", command->message);
    show_slice("action", command->action);
    show_slice("params", command->params);
    show_slice("reply", command->reply);
    fputc('\n', stderr);
}


static bool same_slice(struct stellar_slice ours, struct stellar_slice theirs)
{
    return (ours.data == NULL) == (theirs.data == NULL) &&
           ours.length == theirs.length &&
           (ours.length == 0 || memcmp(ours.data, theirs.data, ours.length) == 0);
}


static bool same_text(const char *ours, const char *theirs)
{
    return ours == theirs ||
           (ours != NULL && theirs != NULL && strcmp(ours, theirs) == 0);
}


static bool same_error(const struct stellar_error *ours,
                       const struct reference_event *event)
{
    const struct stellar_error *theirs = &event->command.error;

    return ours->code == theirs->code && ours->column == theirs->column &&
           ours->limit == theirs->limit &&
           (event->at_is_exact
                ? ours->at == theirs->at
                : ours->at >= event->at_earliest && ours->at <= event->at_latest) &&
           same_text(ours->subject, theirs->subject) &&
           (ours->code != STELLAR_E_INVALID_TYPE ||
            same_text(ours->expected, theirs->expected));
}


static bool same(enum stellar_result result, const struct stellar_command *ours,
                 const struct reference_event *event)
{
    const struct stellar_command *theirs = &event->command;

    return result == event->result && ours->verb == theirs->verb &&
           ours->offset == theirs->offset && ours->length == theirs->length &&
           ours->control == theirs->control &&
           ours->action_escaped == theirs->action_escaped &&
           ours->is_json == theirs->is_json &&
           (result != STELLAR_ERROR || same_error(&ours->error, event)) &&
           same_slice(ours->key, theirs->key) &&
           same_slice(ours->value, theirs->value) &&
           same_slice(ours->room, theirs->room) &&
           same_slice(ours->message, theirs->message) &&
           same_slice(ours->action, theirs->action) &&
           same_slice(ours->params, theirs->params) &&
           same_slice(ours->reply, theirs->reply);
}


static void compare(const struct reference *reference, size_t number,
                    enum stellar_result result, const struct stellar_command *ours)
{
    if (number < reference->count && same(result, ours, &reference->events[number]))
        return;
    show("parser", result, ours);
    if (number < reference->count)
        show("reference", reference->events[number].result,
             &reference->events[number].command);
    fuzz_die("the parser and the reference differ");
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input;
    struct reference reference;
    struct stellar_parser parser;
    struct stellar_command command;
    enum stellar_result result;
    void *memory = NULL;
    size_t number = 0;
    size_t length;
    size_t at;
    bool pieces;

    if (!fuzz_open(&input, data, size))
        return 0;
    pieces = input.seed & 1;
    reference = reference_parse(input.delimiter, input.delimiter_length,
                                input.framing.max_data_length, input.framing.telnet,
                                input.stream, input.size);
    stellar_parser_init(&parser, &input.framing);
    for (at = 0; at < input.size; at += length) {
        length = pieces ? fuzz_piece(&input.seed, input.size - at) : input.size;
        stellar_parser_feed(&parser, input.stream + at, length);
        while ((result = stellar_parser_next(&parser, &command)) != STELLAR_MORE) {
            if (result == STELLAR_MEMORY)
                memory = fuzz_lend(&parser, memory);
            else
                compare(&reference, number++, result, &command);
        }
    }
    if (number < reference.count) {
        show("reference", reference.events[number].result,
             &reference.events[number].command);
        fuzz_die("the parser lacks what the reference has");
    }
    free(memory);
    reference_free(&reference);
    return 0;
}
