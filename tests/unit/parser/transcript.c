#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"

/* Which function reads the stream, and whether the parser looks for other protocols. */
enum reader { COMMANDS, OPENINGS, ANSWERS };

struct transcript {
    char text[4096];
    size_t length;
};


static void note(struct transcript *transcript, const char *format, ...)
{
    size_t room = sizeof transcript->text - transcript->length;
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(transcript->text + transcript->length, room, format, arguments);
    va_end(arguments);
    assert_true(length >= 0 && (size_t)length < room);
    transcript->length += (size_t)length;
}


/* Writes bytes that are not printable as <hex>. */
static void note_slice(struct transcript *transcript, const char *name,
                       struct stellar_slice slice)
{
    size_t i;

    if (slice.data == NULL) {
        return;
    }
    note(transcript, " %s=[", name);
    for (i = 0; i < slice.length; i++) {
        unsigned char byte = (unsigned char)slice.data[i];

        note(transcript, byte < 0x20 || byte == 0xff ? "<%02x>" : "%c", byte);
    }
    note(transcript, "]");
}


static void note_result(struct transcript *transcript, enum stellar_result result,
                        const struct stellar_command *command)
{
    static const char *const controls[] = {"", "reply", "areYouThere", "goodbye"};
    const char *verb = stellar_verb_name(command->verb);
    char message[STELLAR_ERROR_TEXT_MAX];

    if (result == STELLAR_FOREIGN) {
        assert_int_equal(command->length, 0);
        note(transcript, "foreign %s\n", stellar_foreign_name(command->foreign));
        return;
    }
    assert_int_equal(command->foreign, STELLAR_NOT_FOREIGN);
    note(transcript, "%" PRIu64 "+%zu", command->offset, command->length);
    if (result == STELLAR_CONTROL) {
        assert_null(command->line.data);
        note(transcript, " %s", controls[command->control]);
    } else {
        assert_int_equal(command->control, STELLAR_NO_CONTROL);
    }
    if (verb != NULL) {
        note(transcript, " %s", verb);
    }
    if (result == STELLAR_ERROR) {
        stellar_error_text(&command->error, message, sizeof message);
        note(transcript, " error %s at %" PRIu64 " column %zu: %s",
             stellar_error_code_text(command->error.code), command->error.at,
             command->error.column, message);
    } else {
        assert_int_equal(command->error.code, STELLAR_NO_ERROR);
    }
    note_slice(transcript, "key", command->key);
    note_slice(transcript, "value", command->value);
    note_slice(transcript, "room", command->room);
    note_slice(transcript, "message", command->message);
    note_slice(transcript, command->action_escaped ? "escaped" : "action",
               command->action);
    note_slice(transcript, "params", command->params);
    note_slice(transcript, "reply", command->reply);
    note(transcript, "\n");
}


static void note_answer(struct transcript *transcript, enum stellar_result result,
                        const struct stellar_answer *answer)
{
    static const char *const controls[] = {"", "reply", "areYouThere", "goodbye"};
    static const char *const kinds[] = {"other", "welcome", "goodbye", "response",
                                        "chat"};
    char message[STELLAR_ERROR_TEXT_MAX];

    note(transcript, "%" PRIu64 "+%zu", answer->offset, answer->length);
    if (result == STELLAR_CONTROL) {
        note(transcript, " %s", controls[answer->control]);
    } else if (result == STELLAR_ERROR) {
        stellar_error_text(&answer->refusal, message, sizeof message);
        note(transcript, " error %s at %" PRIu64 " column %zu: %s",
             stellar_error_code_text(answer->refusal.code), answer->refusal.at,
             answer->refusal.column, message);
    } else {
        assert_int_equal(result, STELLAR_ANSWER);
        note(transcript, " %s", kinds[answer->kind]);
    }
    assert_true(answer->line.data == NULL || answer->line.length == answer->length);
    assert_int_equal(answer->line.data == NULL,
                     result == STELLAR_CONTROL ||
                         answer->refusal.code == STELLAR_E_LINE_TOO_LONG);
    assert_int_equal(answer->control != STELLAR_NO_CONTROL, result == STELLAR_CONTROL);
    assert_int_equal(answer->refusal.code != STELLAR_NO_ERROR, result == STELLAR_ERROR);
    note_slice(transcript, "own", answer->own);
    note_slice(transcript, "context", answer->context);
    note_slice(transcript, "status", answer->status.text);
    note_slice(transcript, "error", answer->error.text);
    note_slice(transcript, "code", answer->code);
    note_slice(transcript, "text", answer->text);
    note_slice(transcript, "data", answer->data.text);
    if (answer->has_message_count) {
        note(transcript, " count=%" PRIu64, answer->message_count);
    } else {
        assert_int_equal(answer->message_count, 0);
    }
    note_slice(transcript, "id", answer->message_id.text);
    note_slice(transcript, "welcome", answer->welcome);
    note_slice(transcript, "message", answer->message);
    note_slice(transcript, "room", answer->room);
    note_slice(transcript, "from", answer->from);
    if (answer->kind == STELLAR_ANSWER_CHAT) {
        note(transcript, " sentAt=%" PRId64, answer->sent_at);
    } else {
        assert_int_equal(answer->sent_at, 0);
    }
    note_slice(transcript, "reply", answer->reply);
    note(transcript, "\n");
}


static void *lend(struct stellar_parser *parser, void *memory)
{
    size_t wanted = stellar_parser_memory_wanted(parser);
    size_t limit = parser->framing->max_data_length;

    if (limit != 0) {
        assert_true(wanted <= limit + STELLAR_DELIMITER_MAX);
    }
    memory = realloc(memory, wanted);
    assert_non_null(memory);
    stellar_parser_set_memory(parser, memory, wanted);
    return memory;
}


/* Notes the next result, unless it asks for something. */
static enum stellar_result note_next(struct stellar_parser *parser, enum reader reader,
                                     struct transcript *transcript)
{
    struct stellar_command command;
    struct stellar_answer answer;
    enum stellar_result result;

    memset(&command, 0xa5, sizeof command);
    memset(&answer, 0xa5, sizeof answer);
    if (reader == ANSWERS) {
        result = stellar_parser_next_answer(parser, &answer);
    } else {
        result = stellar_parser_next(parser, &command);
    }
    if (result == STELLAR_MORE || result == STELLAR_MEMORY) {
        return result;
    }
    if (reader == ANSWERS) {
        note_answer(transcript, result, &answer);
    } else {
        note_result(transcript, result, &command);
    }
    return result;
}


static void *run_piece(struct stellar_parser *parser, enum reader reader,
                       const char *bytes, size_t length, void *memory,
                       struct transcript *transcript)
{
    enum stellar_result result;
    char *piece = (char *)malloc(length > 0 ? length : 1);

    assert_non_null(piece);
    memcpy(piece, bytes, length);
    stellar_parser_feed(parser, piece, length);
    while ((result = note_next(parser, reader, transcript)) != STELLAR_MORE) {
        if (result == STELLAR_MEMORY) {
            memory = lend(parser, memory);
        }
    }
    assert_int_equal(stellar_parser_rest(parser).length, 0);
    free(piece);
    return memory;
}


/* Feeds a first piece of `first` bytes, and then pieces of at most `others`. */
static void assert_split(const struct stellar_framing *framing, enum reader reader,
                         const struct transcript_case *of, size_t first, size_t others)
{
    struct transcript transcript = {"", 0};
    struct stellar_parser parser;
    void *memory = NULL;
    size_t at = 0;
    size_t piece = first;

    stellar_parser_init(&parser, framing);
    if (reader == OPENINGS) {
        stellar_parser_detect_foreign(&parser);
    }
    do {
        memory =
            run_piece(&parser, reader, of->stream + at, piece, memory, &transcript);
        at += piece;
        piece = of->length - at < others ? of->length - at : others;
    } while (at < of->length);
    free(memory);
    if (strcmp(transcript.text, of->expected) != 0) {
        print_error("first piece of %zu bytes, others of %zu, of: %s\n", first, others,
                    of->stream);
    }
    assert_string_equal(transcript.text, of->expected);
}


static void assert_any_split(const struct stellar_framing *framing, enum reader reader,
                             const struct transcript_case *of)
{
    size_t at;

    assert_split(framing, reader, of, of->length, of->length);
    assert_split(framing, reader, of, 1, 1);
    for (at = 0; at < of->length; at++) {
        assert_split(framing, reader, of, at, of->length);
    }
}


void assert_transcript(const struct stellar_framing *framing, const char *stream,
                       size_t length, const char *expected)
{
    struct transcript_case of = {stream, length, expected};

    assert_any_split(framing, COMMANDS, &of);
}


void assert_transcripts(const struct stellar_framing *framing,
                        const struct transcript_case *cases, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        assert_any_split(framing, COMMANDS, &cases[i]);
    }
}


void assert_openings(const struct stellar_framing *framing,
                     const struct transcript_case *cases, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        assert_any_split(framing, OPENINGS, &cases[i]);
    }
}


void assert_answers(const struct stellar_framing *framing,
                    const struct transcript_case *cases, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        assert_any_split(framing, ANSWERS, &cases[i]);
    }
}


struct stellar_framing framing_of(const char *delimiter, size_t limit, bool telnet)
{
    struct stellar_framing framing;

    memset(&framing, 0, sizeof framing); /* so that two can be compared as bytes */
    stellar_framing_init(&framing);
    framing.max_data_length = limit;
    framing.telnet = telnet;
    if (delimiter != NULL) {
        assert_true(
            stellar_framing_set_delimiter(&framing, delimiter, strlen(delimiter)));
    }
    return framing;
}
