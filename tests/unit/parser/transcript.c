#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"

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


/* Bytes that would not show are noted as <hex>. */
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


static void *run_piece(struct stellar_parser *parser, const char *bytes, size_t length,
                       void *memory, struct transcript *transcript)
{
    struct stellar_command command;
    enum stellar_result result;
    char *piece = (char *)malloc(length > 0 ? length : 1);

    assert_non_null(piece);
    memcpy(piece, bytes, length);
    stellar_parser_feed(parser, piece, length);
    for (;;) {
        memset(&command, 0xa5, sizeof command);
        result = stellar_parser_next(parser, &command);
        if (result == STELLAR_MORE) {
            break;
        }
        if (result == STELLAR_MEMORY) {
            memory = lend(parser, memory);
        } else {
            note_result(transcript, result, &command);
        }
    }
    assert_int_equal(stellar_parser_rest(parser).length, 0);
    free(piece);
    return memory;
}


/* The first piece has `first` bytes, all others at most `others`. */
static void assert_split(const struct stellar_framing *framing, bool detects,
                         const struct transcript_case *of, size_t first, size_t others)
{
    struct transcript transcript = {"", 0};
    struct stellar_parser parser;
    void *memory = NULL;
    size_t at = 0;
    size_t piece = first;

    stellar_parser_init(&parser, framing);
    if (detects) {
        stellar_parser_detect_foreign(&parser);
    }
    do {
        memory = run_piece(&parser, of->stream + at, piece, memory, &transcript);
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


static void assert_any_split(const struct stellar_framing *framing, bool detects,
                             const struct transcript_case *of)
{
    size_t at;

    assert_split(framing, detects, of, of->length, of->length);
    assert_split(framing, detects, of, 1, 1);
    for (at = 0; at < of->length; at++) {
        assert_split(framing, detects, of, at, of->length);
    }
}


void assert_transcript(const struct stellar_framing *framing, const char *stream,
                       size_t length, const char *expected)
{
    struct transcript_case of = {stream, length, expected};

    assert_any_split(framing, false, &of);
}


void assert_transcripts(const struct stellar_framing *framing,
                        const struct transcript_case *cases, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        assert_any_split(framing, false, &cases[i]);
    }
}


void assert_openings(const struct stellar_framing *framing,
                     const struct transcript_case *cases, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        assert_any_split(framing, true, &cases[i]);
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
