/* Which bytes are copied, lent memory, and the rest of the input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"


static void a_whole_line_is_used_where_it_stands(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 64, false);
    static const char stream[] = "say r hello\nparam";
    struct stellar_parser parser;
    struct stellar_command command;

    (void)state;
    stellar_parser_init(&parser, &framing);
    stellar_parser_feed(&parser, stream, sizeof stream - 1);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_ptr_equal(command.message.data, stream + 6);
    assert_int_equal(stellar_parser_held(&parser), 0);
}


static void an_unfinished_line_asks_for_memory_and_is_kept_there(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 64, false);
    struct stellar_parser parser;
    struct stellar_command command;
    char memory[64];

    (void)state;
    stellar_parser_init(&parser, &framing);
    stellar_parser_feed(&parser, "say r he", 8);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MEMORY);
    assert_int_equal(stellar_parser_memory_wanted(&parser), 64);
    stellar_parser_set_memory(&parser, memory, sizeof memory);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    assert_int_equal(stellar_parser_held(&parser), 8);
    stellar_parser_feed(&parser, "llo\nquit\n", 9);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_ptr_equal(command.message.data, memory + 6);
    assert_int_equal(command.message.length, 5);
    assert_memory_equal(command.message.data, "hello", 5);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    assert_int_equal(stellar_parser_held(&parser), 0);
}


static void who_feeds_too_early_loses_the_bytes_before_and_no_more(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 64, false);
    struct stellar_parser parser;
    struct stellar_command command;

    (void)state;
    stellar_parser_init(&parser, &framing);
    stellar_parser_feed(&parser, "say r he", 8);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MEMORY);
    stellar_parser_feed(&parser, "exit\n", 5);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_int_equal(command.verb, STELLAR_QUIT);
    assert_int_equal(command.offset, 8);
    assert_int_equal(command.length, 4);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
}


/* Feeds a piece. Returns whether the parser is idle then. */
static bool is_idle_after(struct stellar_parser *parser, const char *piece,
                          size_t length)
{
    struct stellar_command command;

    stellar_parser_feed(parser, piece, length);
    while (stellar_parser_next(parser, &command) != STELLAR_MORE) {
        continue;
    }
    return stellar_parser_is_idle(parser);
}


static void a_parser_is_idle_only_where_a_new_one_would_go_on_as_well(void **state)
{
    static const struct {
        const char *piece;
        size_t length;
        const char *delimiter;
        bool telnet;
        bool idle;
    } cases[] = {
        {"", 0, NULL, true, true},
        {"quit\n", 5, NULL, true, true},
        {"quit\nexit\r\n", 11, NULL, true, true},
        {"  \n", 3, NULL, true, true},
        {"q", 1, NULL, true, false},
        {" ", 1, NULL, true, false},
        {"quit\r", 5, NULL, true, false}, /* a NUL may belong to it */
        {"quit\r", 5, NULL, false, true},
        {"quit\n\xff", 6, NULL, true, false},
        {"quit\n\xff\xfd", 7, NULL, true, false},
        {"quit\n\xff\xfd\x01", 8, NULL, true, true},
        {"0123456789", 10, NULL, true, false}, /* the limit is 8 */
        {"0123456789\n", 11, NULL, true, true},
        {"q\xff\xf7", 3, NULL, true, true},
        {"quit\xff\xf8", 6, NULL, true, true},
        {"quit/e", 6, "/end", true, false},
        {"quit/end", 8, "/end", true, true},
        {"quit/end/", 9, "/end", true, false},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct stellar_framing framing =
            framing_of(cases[i].delimiter, 8, cases[i].telnet);
        struct stellar_parser parser;
        char memory[8 + STELLAR_DELIMITER_MAX];

        stellar_parser_init(&parser, &framing);
        assert_true(stellar_parser_is_idle(&parser));
        stellar_parser_set_memory(&parser, memory, sizeof memory);
        assert_int_equal(is_idle_after(&parser, cases[i].piece, cases[i].length),
                         cases[i].idle);
    }
}


static void what_the_end_of_the_stream_would_lose_is_told(void **state)
{
    static const char line[] = "a line";
    static const char telnet[] = "a telnet command";
    static const struct {
        const char *piece;
        size_t length;
        const char *delimiter;
        const char *what;
        uint64_t bytes;
    } cases[] = {
        {"", 0, NULL, NULL, 0},
        {"quit\n", 5, NULL, NULL, 0},
        {"quit\r", 5, NULL, NULL, 0},
        {"quit\n \t", 7, NULL, NULL, 0},
        {"\xef\xbb\xbf ", 4, NULL, NULL, 0},
        {"\xef\xbb", 2, NULL, line, 2},
        {"quit\n q", 7, NULL, line, 2},
        {"q\xff\xf1u", 4, NULL, line, 4},
        {"q\xff", 2, NULL, line, 2},
        {"qu\xff\xf7", 4, NULL, line, 4},
        {"q\xff\xf7", 3, NULL, NULL, 0},
        {"quit\xff\xf8", 6, NULL, NULL, 0},
        {"0123456789", 10, NULL, line, 10}, /* the limit is 8 */
        {"0123456789\n", 11, NULL, NULL, 0},
        {"quit\n\xff\xfd", 7, NULL, telnet, 2},
        {"\xff\xf1\xff", 3, NULL, telnet, 1},
        {"quit/e", 6, "/end", line, 6},
        {"quit/end/", 9, "/end", line, 1},
        {"quit/end\r\n", 10, "/end", NULL, 0},
        {"\nquit\n", 6, "/end", line, 5},
        {"quit\r\n.\r\n\r\n", 11, "\r\n.\r\n", NULL, 0},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct stellar_framing framing = framing_of(cases[i].delimiter, 8, true);
        struct stellar_parser parser;
        char memory[8 + STELLAR_DELIMITER_MAX];
        const char *what;
        uint64_t bytes = 99;

        stellar_parser_init(&parser, &framing);
        stellar_parser_set_memory(&parser, memory, sizeof memory);
        is_idle_after(&parser, cases[i].piece, cases[i].length);
        what = stellar_parser_unfinished(&parser, &bytes);
        if (cases[i].what == NULL) {
            assert_null(what);
        } else {
            assert_string_equal(what, cases[i].what);
        }
        assert_int_equal(bytes, cases[i].bytes);
    }
}


static void memory_of_limit_and_delimiter_is_always_enough(void **state)
{
    struct stellar_framing framing = framing_of("/newline", 8, false);
    static const char stream[] = "01234567/newline01234567/newlin0/newlinequit/newline";
    struct stellar_parser parser;
    struct stellar_command command;
    enum stellar_result result;
    char memory[8 + STELLAR_DELIMITER_MAX];
    unsigned results[STELLAR_MEMORY + 1] = {0};
    size_t i;

    (void)state;
    stellar_parser_init(&parser, &framing);
    stellar_parser_set_memory(&parser, memory, sizeof memory);
    for (i = 0; i < sizeof stream - 1; i++) {
        stellar_parser_feed(&parser, stream + i, 1);
        do {
            result = stellar_parser_next(&parser, &command);
            results[result]++;
        } while (result != STELLAR_MORE);
    }
    assert_int_equal(results[STELLAR_COMMAND], 2);
    assert_int_equal(results[STELLAR_ERROR], 1);
    assert_int_equal(results[STELLAR_MEMORY], 0);
}


static void memory_grows_and_stops_at_the_limit(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 1000, false);
    static char memory[1000];
    static char bytes[400];
    struct stellar_parser parser;
    struct stellar_command command;

    (void)state;
    memset(bytes, 'a', sizeof bytes);
    stellar_parser_init(&parser, &framing);
    stellar_parser_feed(&parser, bytes, 10);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MEMORY);
    assert_in_range(stellar_parser_memory_wanted(&parser), 10, 999);
    stellar_parser_set_memory(&parser, memory, 10);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    stellar_parser_feed(&parser, bytes, 400);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MEMORY);
    assert_in_range(stellar_parser_memory_wanted(&parser), 410, 999);
    stellar_parser_set_memory(&parser, memory, 410);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    stellar_parser_feed(&parser, bytes, 400);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MEMORY);
    assert_int_equal(stellar_parser_memory_wanted(&parser), 1000);
    stellar_parser_set_memory(&parser, memory, sizeof memory);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    assert_int_equal(stellar_parser_held(&parser), 810);
}


static void discarding_needs_no_memory(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 4, false);
    struct stellar_parser parser;
    struct stellar_command command;
    int i;

    (void)state;
    stellar_parser_init(&parser, &framing);
    stellar_parser_feed(&parser, "0123456789", 10);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_ERROR);
    for (i = 0; i < 100; i++) {
        assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
        assert_int_equal(stellar_parser_held(&parser), 0);
        stellar_parser_feed(&parser, "0123456789", 10);
    }
    stellar_parser_feed(&parser, "\nquit\n", 6);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_int_equal(command.offset, 10 + 99 * 10 + 1);
}


static void what_is_left_can_be_fed_later(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 64, true);
    static const char stream[] = "quit\r\nex\xff\xf6it\nquit\n";
    struct stellar_parser parser;
    struct stellar_command command;
    struct stellar_slice rest;
    char memory[64];
    char copy[sizeof stream];
    enum stellar_result result;
    unsigned results[STELLAR_MEMORY + 1] = {0};

    (void)state;
    stellar_parser_init(&parser, &framing);
    stellar_parser_set_memory(&parser, memory, sizeof memory);
    memcpy(copy, stream, sizeof stream);
    stellar_parser_feed(&parser, copy, sizeof stream - 1);
    do {
        result = stellar_parser_next(&parser, &command);
        results[result]++;
        rest = stellar_parser_rest(&parser);
        memmove(copy, rest.data, rest.length);
        stellar_parser_feed(&parser, copy, rest.length);
    } while (result != STELLAR_MORE);
    assert_int_equal(results[STELLAR_COMMAND], 3);
    assert_int_equal(results[STELLAR_CONTROL], 1);
    assert_int_equal(command.offset, 13);
}


static void many_cr_without_lf_are_read_in_linear_time(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 64, false);
    static char stream[2000000];
    struct stellar_parser parser;
    struct stellar_command command;
    size_t commands = 0;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof stream; i += 2) {
        stream[i] = 'a';
        stream[i + 1] = '\r';
    }
    stellar_parser_init(&parser, &framing);
    stellar_parser_feed(&parser, stream, sizeof stream);
    while (stellar_parser_next(&parser, &command) == STELLAR_COMMAND) {
        commands++;
    }
    assert_int_equal(commands, sizeof stream / 2);
}


static void the_parser_stays_small(void **state)
{
    (void)state;
    assert_true(sizeof(struct stellar_parser) <= 160);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_line_is_used_where_it_stands),
        cmocka_unit_test(an_unfinished_line_asks_for_memory_and_is_kept_there),
        cmocka_unit_test(who_feeds_too_early_loses_the_bytes_before_and_no_more),
        cmocka_unit_test(a_parser_is_idle_only_where_a_new_one_would_go_on_as_well),
        cmocka_unit_test(what_the_end_of_the_stream_would_lose_is_told),
        cmocka_unit_test(memory_of_limit_and_delimiter_is_always_enough),
        cmocka_unit_test(memory_grows_and_stops_at_the_limit),
        cmocka_unit_test(discarding_needs_no_memory),
        cmocka_unit_test(what_is_left_can_be_fed_later),
        cmocka_unit_test(many_cr_without_lf_are_read_in_linear_time),
        cmocka_unit_test(the_parser_stays_small),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
