/* What a server would say, written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"

#define ROOM 512


static struct stellar_slice slice_of(const char *text)
{
    struct stellar_slice slice = {text, text != NULL ? strlen(text) : 0};

    return slice;
}


static struct stellar_value value_of(enum stellar_json_type type, const char *text)
{
    struct stellar_value value = {type, slice_of(text)};

    return value;
}


static struct stellar_answer empty(void)
{
    struct stellar_answer answer;

    memset(&answer, 0, sizeof answer);
    return answer;
}


/* The line in room that just suffices, and cut at every place. */
static void assert_written(const struct stellar_answer *answer, const char *expected)
{
    size_t length = strlen(expected);
    size_t capacity;

    assert_int_equal(stellar_answer_write(answer, NULL, 0), length);
    for (capacity = 0; capacity <= length; capacity++) {
        char *out = (char *)malloc(capacity + 1);

        assert_non_null(out);
        out[capacity] = '!';
        assert_int_equal(stellar_answer_write(answer, out, capacity), length);
        assert_memory_equal(out, expected, capacity);
        assert_int_equal(out[capacity], '!');
        free(out);
    }
}


static void a_mock_server_sets_the_fields_and_gets_the_line(void **state)
{
    struct stellar_answer answer = empty();

    (void)state;
    answer.context = slice_of("api");
    answer.welcome = slice_of("Hello \\\"you\\\"");
    assert_written(&answer,
                   "{\"welcome\":\"Hello \\\"you\\\"\",\"context\":\"api\"}\r\n");

    answer = empty();
    answer.context = slice_of("api");
    answer.status = value_of(STELLAR_JSON_STRING, "\"Bye!\"");
    assert_written(&answer, "{\"status\":\"Bye!\",\"context\":\"api\"}\r\n");

    answer.context = slice_of("response");
    answer.error = value_of(STELLAR_JSON_OBJECT, "{\"code\":\"008\"}");
    answer.has_message_count = true;
    answer.message_count = UINT64_MAX;
    assert_written(&answer, "{\"status\":\"Bye!\",\"error\":{\"code\":\"008\"},"
                            "\"context\":\"response\","
                            "\"messageCount\":18446744073709551615}\r\n");

    answer = empty();
    answer.kind = STELLAR_ANSWER_CHAT;
    answer.context = slice_of("user");
    answer.message = slice_of("hi");
    answer.room = slice_of("hall");
    answer.from = slice_of("me");
    answer.sent_at = 1700000000123;
    assert_written(&answer, "{\"message\":\"hi\",\"room\":\"hall\",\"from\":\"me\","
                            "\"context\":\"user\",\"sentAt\":1700000000123}\r\n");
    answer.sent_at = INT64_MIN;
    assert_written(&answer,
                   "{\"message\":\"hi\",\"room\":\"hall\",\"from\":\"me\","
                   "\"context\":\"user\",\"sentAt\":-9223372036854775808}\r\n");
}


static void what_is_the_actions_own_goes_first_and_nothing_is_made_up(void **state)
{
    struct stellar_answer answer = empty();

    (void)state;
    answer.own = slice_of("\"a\":1,\"context\":2");
    answer.status = value_of(STELLAR_JSON_STRING, "\"OK\"");
    answer.welcome = slice_of("w");
    answer.context = slice_of("response");
    answer.data = value_of(STELLAR_JSON_OBJECT, "{\"b\":[]}");
    answer.has_message_count = true;
    answer.message_id = value_of(STELLAR_JSON_NUMBER, "1.50");
    assert_written(&answer, "{\"a\":1,\"context\":2,\"context\":\"response\","
                            "\"data\":{\"b\":[]},\"messageCount\":0,"
                            "\"messageId\":1.50}\r\n");
    answer.own = slice_of("");
    answer.data = answer.message_id = value_of(STELLAR_JSON_NULL, NULL);
    assert_written(&answer, "{\"context\":\"response\",\"messageCount\":0}\r\n");
    answer = empty();
    assert_written(&answer, "{}\r\n");
}


static void white_space_between_tokens_is_left_out(void **state)
{
    struct stellar_answer answer = empty();

    (void)state;
    answer.own = slice_of(" \"a b\\\"\" :\r\n 1 ,\t\"c\" : [ 2 , \" \" ] ");
    answer.context = slice_of("x y");
    answer.data = value_of(STELLAR_JSON_ARRAY, "\n[ ]\r");
    assert_written(&answer, "{\"a b\\\"\":1,\"c\":[2,\" \"],\"context\":\"x y\","
                            "\"data\":[]}\r\n");
}


static void what_no_line_can_say_is_refused(void **state)
{
    static const char *const not_members[] = {
        "}",          "{",         ",",         "\"a\"",     "\"a\":",
        "\"a\":1,",   "1:2",       "\"a\" 1",   "\"a\":1}{", "\"a\":[1",
        "\"a\":1]",   "\"a\":\"",  "\"a:1",     "a:1",       "\"a\":1 2",
        ",\"a\":1",   "\"a\":1,,", "\"a\":}1{", "\"\n\":1",  "\"a\":\"\xff\"",
        "\"\xff\":1", "\"a\":1,b",
    };
    static const char *const not_inside[] = {
        "\"",      "\\",   "\\x",  "\n",         "\\u12",         "\\ud800",
        "\\udc00", "\xff", "a\"b", "\\ud800\\n", "\\ud800\\ud800"};
    struct stellar_answer answer;
    char out[ROOM];
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(not_members); i++) {
        answer = empty();
        answer.own = slice_of(not_members[i]);
        assert_int_equal(stellar_answer_write(&answer, out, sizeof out), 0);
    }
    for (i = 0; i < COUNT_OF(not_inside); i++) {
        answer = empty();
        answer.context = slice_of(not_inside[i]);
        assert_int_equal(stellar_answer_write(&answer, out, sizeof out), 0);
        answer.context = slice_of("user");
        answer.from = slice_of(not_inside[i]);
        assert_int_equal(stellar_answer_write(&answer, out, sizeof out), 0);
    }
    answer = empty();
    answer.error = value_of(STELLAR_JSON_STRING, "\"a\nb\"");
    assert_int_equal(stellar_answer_write(&answer, out, sizeof out), 0);
    answer = empty();
    answer.has_message_count = true;
    assert_int_equal(stellar_answer_write(&answer, out, sizeof out), 0);
    answer.context = slice_of("response");
    assert_true(stellar_answer_write(&answer, out, sizeof out) != 0);
    answer.data = value_of(STELLAR_JSON_OBJECT, "");
    assert_int_equal(stellar_answer_write(&answer, out, sizeof out), 0);
}


/* Makes a text with that many brackets. */
static size_t write_nested(char *text, size_t levels, bool as_own)
{
    struct stellar_answer answer = empty();
    char out[ROOM];
    size_t length = 0;

    strcpy(text, as_own ? "\"a\":" : "");
    length = strlen(text);
    memset(text + length, '[', levels);
    memset(text + length + levels, ']', levels);
    answer.context = slice_of("response");
    if (as_own) {
        answer.own.data = text;
        answer.own.length = length + 2 * levels;
    } else {
        answer.data.text.data = text;
        answer.data.text.length = 2 * levels;
    }
    return stellar_answer_write(&answer, out, sizeof out);
}


static void a_line_is_never_deeper_than_a_reader_takes(void **state)
{
    char text[ROOM];

    (void)state;
    assert_true(write_nested(text, STELLAR_JSON_DEPTH_MAX - 1, false) != 0);
    assert_true(write_nested(text, STELLAR_JSON_DEPTH_MAX - 1, true) != 0);
    assert_int_equal(write_nested(text, STELLAR_JSON_DEPTH_MAX, false), 0);
    assert_int_equal(write_nested(text, STELLAR_JSON_DEPTH_MAX, true), 0);
}


/* Reads a line, writes what was read, and compares. */
static void assert_same_again(const char *line)
{
    struct stellar_framing framing = framing_of(NULL, 0, false);
    struct stellar_parser parser;
    struct stellar_answer answer;
    char out[ROOM];
    size_t length = strlen(line);

    stellar_parser_init(&parser, &framing);
    stellar_parser_feed(&parser, line, length);
    assert_int_equal(stellar_parser_next_answer(&parser, &answer), STELLAR_ANSWER);
    assert_int_equal(stellar_answer_write(&answer, out, sizeof out), length);
    assert_memory_equal(out, line, length);
}


static void what_was_read_is_written_as_it_was(void **state)
{
    static const char *const lines[] = {
        "{\"welcome\":\"Hello human! Welcome to Stellar\",\"context\":\"api\"}\r\n",
        "{\"status\":\"OK\",\"context\":\"response\",\"data\":null,\"messageCount\":3}"
        "\r\n",
        "{\"context\":1,\"sentAt\":5,\"messageCount\":\"x\",\"context\":\"response\","
        "\"messageCount\":3,\"messageId\":{\"a\":[\" \",1e-9]}}\r\n",
        "{\"message\":\"\\u0085\\n\",\"room\":\"r\",\"from\":\"i\",\"context\":"
        "\"user\","
        "\"sentAt\":0}\r\n",
        "{\"x\":1}\r\n",
        "{}\r\n",
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(lines); i++) {
        assert_same_again(lines[i]);
    }
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mock_server_sets_the_fields_and_gets_the_line),
        cmocka_unit_test(what_is_the_actions_own_goes_first_and_nothing_is_made_up),
        cmocka_unit_test(white_space_between_tokens_is_left_out),
        cmocka_unit_test(what_no_line_can_say_is_refused),
        cmocka_unit_test(a_line_is_never_deeper_than_a_reader_takes),
        cmocka_unit_test(what_was_read_is_written_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
