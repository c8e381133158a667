/* Reading in place: the input lies in the lent memory, behind what is held there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"

enum { FEED, SPACE, FEED_IN_PLACE };

struct reader {
    struct stellar_parser parser;
    char *memory; /* of just so many bytes, so that a sanitizer knows its end */
    size_t capacity;
    char text[2048];
    size_t length;
};


static void note(struct reader *reader, enum stellar_result result,
                 const struct stellar_command *command)
{
    reader->length += (size_t)snprintf(
        reader->text + reader->length, sizeof reader->text - reader->length,
        "%d %d %d %s:", (int)result, (int)command->offset, (int)command->error.at,
        stellar_verb_name(command->verb) != NULL ? stellar_verb_name(command->verb)
                                                 : "");
    assert_true(reader->length + command->line.length + 2 < sizeof reader->text);
    if (command->line.length > 0) {
        memcpy(reader->text + reader->length, command->line.data, command->line.length);
    }
    reader->length += command->line.length;
    reader->text[reader->length++] = '\n';
}


static void lend(struct reader *reader, size_t capacity)
{
    char *more = (char *)malloc(capacity);
    size_t held = stellar_parser_held(&reader->parser);

    assert_non_null(more);
    assert_true(capacity > held);
    if (held > 0) {
        memcpy(more, reader->memory, held);
    }
    free(reader->memory);
    reader->memory = more;
    reader->capacity = capacity;
    stellar_parser_set_memory(&reader->parser, more, capacity);
}


/* Puts as much of the piece into the parser's memory as there is room. */
static size_t fill(struct reader *reader, const char *piece, size_t length, int how)
{
    size_t room;
    char *space = (char *)stellar_parser_space(&reader->parser, &room);

    if (room == 0) {
        lend(reader, stellar_parser_memory_wanted(&reader->parser));
        space = (char *)stellar_parser_space(&reader->parser, &room);
    }
    assert_true(room > 0);
    assert_ptr_equal(space, reader->memory + stellar_parser_held(&reader->parser));
    assert_ptr_equal(space + room, reader->memory + reader->capacity);
    length = length < room ? length : room;
    memcpy(space, piece, length);
    if (how == SPACE) {
        stellar_parser_filled(&reader->parser, length);
    } else {
        stellar_parser_feed(&reader->parser, space, length);
    }
    return length;
}


static void read_stream(struct reader *reader, const struct stellar_framing *framing,
                        const char *stream, size_t length, size_t size, int how)
{
    struct stellar_command command;
    enum stellar_result result;
    size_t at = 0;

    memset(reader, 0, sizeof *reader);
    stellar_parser_init(&reader->parser, framing);
    while (at < length) {
        size_t count = size < length - at ? size : length - at;

        if (how == FEED) {
            stellar_parser_feed(&reader->parser, stream + at, count);
        } else {
            count = fill(reader, stream + at, count, how);
        }
        while ((result = stellar_parser_next(&reader->parser, &command)) !=
               STELLAR_MORE) {
            if (result == STELLAR_MEMORY) {
                assert_int_equal(how, FEED);
                lend(reader, stellar_parser_memory_wanted(&reader->parser));
            } else {
                note(reader, result, &command);
            }
        }
        at += count;
    }
    reader->text[reader->length] = '\0';
    free(reader->memory);
}


static void check(const char *delimiter, size_t limit, const char *stream,
                  size_t length)
{
    struct stellar_framing framing = framing_of(delimiter, limit, true);
    static struct reader expected;
    static struct reader reader;
    size_t size;

    for (size = 1; size <= length; size++) {
        read_stream(&expected, &framing, stream, length, size, FEED);
        read_stream(&reader, &framing, stream, length, size, SPACE);
        assert_string_equal(reader.text, expected.text);
        read_stream(&reader, &framing, stream, length, size, FEED_IN_PLACE);
        assert_string_equal(reader.text, expected.text);
    }
}

#define CHECK(delimiter, limit, stream) \
    check(delimiter, limit, stream, sizeof(stream) - 1)


static void lines_read_in_place_are_the_same(void **state)
{
    (void)state;
    CHECK(NULL, 64,
          "quit\nparamView abcdefghij\r\n\r\n  \nsay r hello you\n{\"a\":[1]}\nrest");
    CHECK(NULL, 8, "quit\n01234567\n012345678\nparamsView\n01234567890123\nexit\n");
    CHECK("abab", 16, "\r\nquitabaabababab\nsay r ab\rabab0123456789012345678abab");
}


static void telnet_commands_in_place_are_taken_out(void **state)
{
    (void)state;
    CHECK(NULL, 64,
          "q\xff\xf1u\xff\xf1it\nab\xff\xf7\xff\xf7quit\n\xff\xfd\x01say r \xff\xff\n"
          "junk\xff\xf8"
          "exit\n\xff\xf6paramView a\xff\xf4");
}


static void a_line_that_fills_the_memory_gets_more(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 8, false);
    struct stellar_parser parser;
    struct stellar_command command;
    char memory[8];
    char more[9];
    size_t room = 99;

    (void)state;
    stellar_parser_init(&parser, &framing);
    assert_null(stellar_parser_space(&parser, &room));
    assert_int_equal(room, 0);
    stellar_parser_set_memory(&parser, memory, sizeof memory);
    assert_ptr_equal(stellar_parser_space(&parser, &room), memory);
    assert_int_equal(room, 8);
    memcpy(memory, "quitquit", 8);
    stellar_parser_filled(&parser, 8);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    stellar_parser_space(&parser, &room);
    assert_int_equal(room, 0);
    assert_int_equal(stellar_parser_memory_wanted(&parser), sizeof more);
    memcpy(more, memory, 8);
    stellar_parser_set_memory(&parser, more, sizeof more);
    assert_ptr_equal(stellar_parser_space(&parser, &room), more + 8);
    assert_int_equal(room, 1);
    more[8] = '\n';
    stellar_parser_filled(&parser, 1);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_ptr_equal(command.line.data, more);
    assert_int_equal(command.line.length, 8);
}


static void a_line_that_arrives_in_two_reads_is_never_copied(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 64, false);
    struct stellar_parser parser;
    struct stellar_command command;
    char memory[64];
    size_t room;

    (void)state;
    stellar_parser_init(&parser, &framing);
    stellar_parser_set_memory(&parser, memory, sizeof memory);
    memcpy(stellar_parser_space(&parser, &room), "say r he", 8);
    stellar_parser_filled(&parser, 8);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    assert_ptr_equal(stellar_parser_space(&parser, &room), memory + 8);
    memcpy(memory + 8, "llo\nexit\n", 9);
    stellar_parser_filled(&parser, 9);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_ptr_equal(command.message.data, memory + 6);
    assert_memory_equal(command.message.data, "hello", 5);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_ptr_equal(command.line.data, memory + 12);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    assert_ptr_equal(stellar_parser_space(&parser, &room), memory);
    assert_int_equal(room, 64);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_read_in_place_are_the_same),
        cmocka_unit_test(telnet_commands_in_place_are_taken_out),
        cmocka_unit_test(a_line_that_fills_the_memory_gets_more),
        cmocka_unit_test(a_line_that_arrives_in_two_reads_is_never_copied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
