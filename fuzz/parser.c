/*
 * The public functions must keep the promises of stellar/parser.h, for any stream in
 * any pieces: where slices are, how offsets continue, what an error says.
 *
 * The seed chooses the pieces, whether the rest of a piece is moved in the middle of
 * it, and how memory is lent. Each piece is a block of exactly its size (blocks.h) and
 * is released before the next, so AddressSanitizer sees every access outside.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "values.h"

struct run {
    struct stellar_parser parser;
    const struct fuzz_input *input;
    uint32_t seed;
    char *piece;
    size_t piece_length;
    char *memory;
    size_t capacity;
    uint64_t fed;
    uint64_t line_end; /* the next line must begin here or later */
    uint64_t control_end;
    bool is_foreign; /* the parser says that the stream is another protocol's */
    bool told;       /* the text of an error was checked; the first one is enough */
    bool generous;   /* the memory lent is enough for every line */
};


static bool lies_in(struct stellar_slice slice, const char *block, size_t length)
{
    return block != NULL && (uintptr_t)slice.data >= (uintptr_t)block &&
           (uintptr_t)slice.data + slice.length <= (uintptr_t)block + length;
}


static void check_slice(const struct run *run, struct stellar_slice slice,
                        const struct stellar_command *command)
{
    if (slice.data == NULL) {
        fuzz_require(slice.length == 0, "an absent slice has a length");
        return;
    }
    fuzz_require(slice.length <= command->length, "a slice is longer than its line");
    fuzz_require(lies_in(slice, run->piece, run->piece_length) ||
                     lies_in(slice, run->memory, run->capacity),
                 "a slice lies neither in the input nor in the memory lent");
}


static bool takes(const char *arguments, const char *name)
{
    return strstr(arguments, name) != NULL;
}


static void check_arguments(const struct stellar_command *command)
{
    static const char *const arguments[] = {"",
#define XX(symbol, handler, name, others, arguments) arguments,
                                            STELLAR_VERBS(XX)
#undef XX
    };
    const char *taken = arguments[command->verb];

    fuzz_require((command->key.data != NULL) == takes(taken, "key") &&
                     (command->value.data != NULL) == takes(taken, "value") &&
                     (command->room.data != NULL) == takes(taken, "room") &&
                     (command->message.data != NULL) == takes(taken, "message"),
                 "not the arguments of the verb");
    fuzz_require(command->action.data == NULL && command->params.data == NULL,
                 "a verb has what belongs to a call");
}


static void check_call(const struct stellar_command *command)
{
    struct stellar_slice action = command->action;

    fuzz_require(command->key.data == NULL && command->value.data == NULL &&
                     command->room.data == NULL && command->message.data == NULL,
                 "a call has what belongs to a verb");
    if (command->action_escaped) {
        fuzz_require(memchr(action.data, '\\', action.length) != NULL,
                     "an action without an escape is called escaped");
        fuzz_check_string(action);
    }
    if (command->params.data != NULL) {
        fuzz_require(command->params.data[0] == '{', "params are no object");
        fuzz_check_json(command->params);
    }
}


/* Checks the message, whole and cut. */
static void check_text(const struct stellar_error *error, size_t capacity)
{
    char whole[STELLAR_ERROR_TEXT_MAX];
    size_t length = stellar_error_text(error, whole, sizeof whole);
    size_t kept = length < capacity ? length : capacity > 0 ? capacity - 1 : 0;
    char *cut = (char *)fuzz_allocate(capacity);

    fuzz_require(length < STELLAR_ERROR_TEXT_MAX &&
                     memchr(whole, 0, sizeof whole) == whole + length,
                 "an error's text does not end where it says");
    fuzz_require(stellar_error_text(error, cut, capacity) == kept &&
                     memcmp(cut, whole, kept) == 0 &&
                     (capacity == 0 || cut[kept] == '\0'),
                 "a cut error's text is another");
    fuzz_release(cut);
}


static void check_error(struct run *run, const struct stellar_command *command)
{
    const struct stellar_error *error = &command->error;
    size_t limit = run->input->framing.max_data_length;

    fuzz_require(error->code != STELLAR_NO_ERROR &&
                     stellar_error_code_text(error->code) != NULL &&
                     stellar_error_template(error->code) != NULL,
                 "an error has no code");
    fuzz_require(error->column <= command->length, "an error stands outside its line");
    fuzz_require(error->at >= command->offset + error->column && error->at <= run->fed,
                 "an error stands outside what was fed");
    if (error->code == STELLAR_E_LINE_TOO_LONG) {
        fuzz_require(limit > 0 && error->limit == limit && error->column == limit &&
                         command->length == limit + 1,
                     "a line is refused for another limit");
    }
    if (!run->told) {
        check_text(error, run->seed % STELLAR_ERROR_TEXT_MAX);
    }
    run->told = true;
}


static void check_control(struct run *run, const struct stellar_command *command)
{
    fuzz_require(command->control != STELLAR_NO_CONTROL &&
                     command->verb == STELLAR_NO_VERB,
                 "a request asks for nothing");
    fuzz_require(command->control != STELLAR_CONTROL_REPLY || command->reply.length > 0,
                 "an empty reply");
    fuzz_require(command->offset >= run->control_end, "requests overlap");
    run->control_end = command->offset + command->length;
    fuzz_require(run->control_end <= run->fed, "a request that was not yet fed");
    fuzz_require(fuzz_is_readable(command->reply.data, command->reply.length),
                 "a reply is not there any more");
}


static void check_foreign(struct run *run, const struct stellar_command *command)
{
    fuzz_require(run->input->detects, "a protocol that was not to be looked for");
    fuzz_require(stellar_foreign_name(command->foreign) != NULL,
                 "a protocol has no name");
    fuzz_require(stellar_parser_rest(&run->parser).length == 0 &&
                     stellar_parser_held(&run->parser) == 0,
                 "something is left of another protocol's stream");
    run->is_foreign = true;
}


static bool lies_in_line(struct stellar_slice slice, struct stellar_slice line)
{
    return slice.data == NULL || lies_in(slice, line.data, line.length);
}


/* Checks the line itself, and that all slices are parts of it. */
static void check_text_of_line(const struct run *run,
                               const struct stellar_command *command)
{
    struct stellar_slice line = command->line;

    if (command->error.code == STELLAR_E_LINE_TOO_LONG) {
        fuzz_require(line.data == NULL && line.length == 0,
                     "a line that is too long is there");
        return;
    }
    fuzz_require(line.data != NULL && line.length == command->length,
                 "a line is not as long as it says");
    check_slice(run, line, command);
    fuzz_require(fuzz_is_readable(line.data, line.length),
                 "a line is not there any more");
    fuzz_require(
        lies_in_line(command->key, line) && lies_in_line(command->value, line) &&
            lies_in_line(command->room, line) && lies_in_line(command->message, line) &&
            lies_in_line(command->action, line) && lies_in_line(command->params, line),
        "a slice lies outside its line");
}


static void check_line(struct run *run, enum stellar_result result,
                       const struct stellar_command *command)
{
    size_t limit = run->input->framing.max_data_length;

    fuzz_require(command->foreign == STELLAR_NOT_FOREIGN, "a line of another protocol");
    fuzz_require(command->control == STELLAR_NO_CONTROL && command->reply.data == NULL,
                 "a line is a request");
    fuzz_require(command->offset >= run->line_end, "lines overlap");
    run->line_end = command->offset + command->length;
    fuzz_require(run->line_end <= run->fed, "a line that was not yet fed");
    check_slice(run, command->key, command);
    check_slice(run, command->value, command);
    check_slice(run, command->room, command);
    check_slice(run, command->message, command);
    check_slice(run, command->action, command);
    check_slice(run, command->params, command);
    check_text_of_line(run, command);
    if (result == STELLAR_ERROR) {
        check_error(run, command);
        return;
    }
    fuzz_require(limit == 0 || command->length <= limit, "a line above the limit");
    fuzz_require(stellar_verb_name(command->verb) != NULL, "a verb has no name");
    fuzz_require(command->error.code == STELLAR_NO_ERROR, "a command with an error");
    if (command->verb == STELLAR_ACTION) {
        check_call(command);
    } else {
        check_arguments(command);
    }
}


static void lend(struct run *run)
{
    size_t wanted = stellar_parser_memory_wanted(&run->parser);

    fuzz_require(!run->generous, "memory is wanted of who lent all");
    run->memory = (char *)fuzz_lend(&run->parser, run->memory);
    run->capacity = wanted;
}


/* Takes unused memory back, or moves the rest of the piece. */
static void disturb(struct run *run)
{
    struct stellar_slice rest = stellar_parser_rest(&run->parser);
    char *copy;

    if (run->seed & 0x40) {
        fuzz_require(lies_in(rest, run->piece, run->piece_length),
                     "the rest lies outside the piece");
        copy = (char *)fuzz_copy(rest.data, rest.length);
        fuzz_release(run->piece);
        run->piece = copy;
        run->piece_length = rest.length;
        stellar_parser_feed(&run->parser, copy, rest.length);
    }
    if (run->seed & 0x80 && !run->generous && stellar_parser_held(&run->parser) == 0) {
        fuzz_release(run->memory);
        run->memory = NULL;
        run->capacity = 0;
        stellar_parser_set_memory(&run->parser, NULL, 0);
    }
}


static void feed(struct run *run, const uint8_t *bytes, size_t length)
{
    struct stellar_command command;
    enum stellar_result result;

    run->piece = (char *)fuzz_copy(bytes, length);
    run->piece_length = length;
    run->fed += length;
    stellar_parser_feed(&run->parser, run->piece, length);
    while ((result = stellar_parser_next(&run->parser, &command)) != STELLAR_MORE) {
        fuzz_require(!run->is_foreign, "something comes of another protocol's stream");
        if (result == STELLAR_MEMORY) {
            lend(run);
            continue;
        }
        if (result == STELLAR_FOREIGN) {
            check_foreign(run, &command);
        } else if (result == STELLAR_CONTROL) {
            check_control(run, &command);
        } else {
            check_line(run, result, &command);
        }
        disturb(run);
    }
    fuzz_require(stellar_parser_rest(&run->parser).length == 0,
                 "input is left though more is wanted");
    fuzz_require(stellar_parser_held(&run->parser) <= run->capacity,
                 "more is held than was lent");
    fuzz_release(run->piece);
}


static void check_end(const struct run *run)
{
    uint64_t bytes = UINT64_MAX;
    bool is_unfinished = stellar_parser_unfinished(&run->parser, &bytes) != NULL;

    fuzz_require(is_unfinished ? bytes > 0 && bytes <= run->fed : bytes == 0,
                 "what is unfinished has another length");
    fuzz_require(!is_unfinished || !stellar_parser_is_idle(&run->parser),
                 "an idle parser is in the middle of something");
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input;
    struct run run;
    uint32_t pieces;
    size_t length;
    size_t at;

    if (!fuzz_open(&input, data, size)) {
        return 0;
    }
    memset(&run, 0, sizeof run);
    run.input = &input;
    run.seed = pieces = input.seed;
    fuzz_start(&run.parser, &input);
    run.generous = input.framing.max_data_length > 0 && run.seed & 0x20;
    if (run.generous) {
        run.capacity = input.framing.max_data_length + STELLAR_DELIMITER_MAX;
        run.memory = (char *)fuzz_allocate(run.capacity);
        stellar_parser_set_memory(&run.parser, run.memory, run.capacity);
    }
    for (at = 0; at < input.size; at += length) {
        length = run.seed & 3 ? fuzz_piece(&pieces, input.size - at) : input.size;
        feed(&run, input.stream + at, length);
    }
    check_end(&run);
    fuzz_release(run.memory);
    return 0;
}
