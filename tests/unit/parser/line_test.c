/* The line itself, from which a command or an error was read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"

struct lines {
    char text[512]; /* each line in brackets; "-" if a result has none */
    size_t length;
};


static void note_line(struct lines *lines, struct stellar_slice line)
{
    if (line.data == NULL) {
        assert_int_equal(line.length, 0);
        lines->text[lines->length++] = '-';
        return;
    }
    assert_true(lines->length + line.length + 2 < sizeof lines->text);
    lines->text[lines->length++] = '[';
    memcpy(lines->text + lines->length, line.data, line.length);
    lines->length += line.length;
    lines->text[lines->length++] = ']';
}


/* Reads the stream in pieces of that many bytes, from memory that is then
 * overwritten. */
static void read_lines(const struct stellar_framing *framing, const char *stream,
                       size_t length, size_t size, struct lines *lines)
{
    struct stellar_parser parser;
    struct stellar_command command;
    enum stellar_result result;
    char memory[128];
    char piece[128];
    size_t at;

    memset(lines, 0, sizeof *lines);
    stellar_parser_init(&parser, framing);
    stellar_parser_set_memory(&parser, memory, sizeof memory);
    for (at = 0; at < length; at += size) {
        size_t count = size < length - at ? size : length - at;

        memset(piece, 'x', sizeof piece);
        memcpy(piece, stream + at, count);
        stellar_parser_feed(&parser, piece, count);
        for (;;) {
            memset(&command, 0xa5, sizeof command);
            result = stellar_parser_next(&parser, &command);
            if (result == STELLAR_MORE) {
                break;
            }
            note_line(lines, command.line);
            if (result == STELLAR_COMMAND || command.line.data != NULL) {
                assert_int_equal(command.line.length, command.length);
            }
        }
    }
    lines->text[lines->length] = '\0';
}


static void check(const char *delimiter, size_t limit, const char *stream,
                  const char *expected)
{
    struct stellar_framing framing = framing_of(delimiter, limit, true);
    size_t length = strlen(stream);
    struct lines lines;
    size_t size;

    for (size = 1; size <= length; size++) {
        read_lines(&framing, stream, length, size, &lines);
        assert_string_equal(lines.text, expected);
    }
}


static void a_command_has_the_line_that_it_was_read_from(void **state)
{
    (void)state;
    check(NULL, 64, "paramAdd k=v and more\nsay r, m \r\n\n{\"a\":1}\tquit\n",
          "[paramAdd k=v and more][say r, m ][{\"a\":1}\tquit]");
}


static void blanks_and_a_byte_order_mark_belong_to_the_line(void **state)
{
    (void)state;
    check(NULL, 64, "\n \t quit \n\xef\xbb\xbf exit\n",
          "[ \t quit ][\xef\xbb\xbf exit]");
}


static void a_line_has_no_telnet_commands_and_no_erased_bytes(void **state)
{
    (void)state;
    check(NULL, 64, "qu\xff\xf1it\nexi\xff\xf7\xff\xf7xit\nsay r \xff\xff\n",
          "[quit][exit][say r \xff]");
}


static void a_refused_line_is_there_unless_it_was_too_long(void **state)
{
    (void)state;
    check(NULL, 9, " roomAdd\n{\"a\":}\n\xc3(\n0123456789012\nquit\n",
          "[ roomAdd][{\"a\":}][\xc3(]-[quit]");
}


static void a_control_has_no_line(void **state)
{
    (void)state;
    check(NULL, 64, "\x04quit\n\xff\xf6\xff\xfd\x01", "-[quit]--");
}


static void a_line_ends_before_its_delimiter(void **state)
{
    (void)state;
    check("abab", 64, "\r\nsay r ababab\nquit\n\r\nabab", "[say r ][ab\nquit]");
    check("^]", 64, "say r a^^]^]quit^]", "[say r a^][quit]");
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_command_has_the_line_that_it_was_read_from),
        cmocka_unit_test(blanks_and_a_byte_order_mark_belong_to_the_line),
        cmocka_unit_test(a_line_has_no_telnet_commands_and_no_erased_bytes),
        cmocka_unit_test(a_refused_line_is_there_unless_it_was_too_long),
        cmocka_unit_test(a_control_has_no_line),
        cmocka_unit_test(a_line_ends_before_its_delimiter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
