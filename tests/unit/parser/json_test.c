/*
 * Which texts are JSON, and at which byte others are wrong; calls in JSON; strings;
 * white space.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json.h"

#define S(text) text, sizeof text - 1

struct wrong {
    const char *text;
    size_t length;
    size_t column;
    const char *expected;
};

struct pair {
    const char *text;
    size_t length;
    const char *out;
    size_t out_length;
};


static struct stellar_slice slice_of(const char *text, size_t length)
{
    struct stellar_slice slice = {text, length};

    return slice;
}


static void assert_slice(struct stellar_slice slice, const char *text)
{
    assert_non_null(slice.data);
    assert_int_equal(slice.length, strlen(text));
    assert_memory_equal(slice.data, text, slice.length);
}


/* Checks a copy whose block ends with the text, so that a sanitizer sees reads beyond
 * it. */
static bool check(const char *text, size_t length, struct stellar_error *error)
{
    char *copy = malloc(length + (length == 0));
    bool valid;

    assert_non_null(copy);
    memcpy(copy, text, length);
    valid = stellar_json_check(copy, length, error);
    free(copy);
    return valid;
}


static void assert_all_wrong(const struct wrong *table, size_t count,
                             enum stellar_error_code code)
{
    size_t i;

    for (i = 0; i < count; i++) {
        struct stellar_error error;

        memset(&error, 0x55, sizeof error);
        if (check(table[i].text, table[i].length, &error)) {
            fail_msg("taken: %s", table[i].text);
        }
        if (error.code != code || error.column != table[i].column ||
            strcmp(error.expected, table[i].expected) != 0) {
            fail_msg("%s: code %d, column %zu, expected %s", table[i].text, error.code,
                     error.column, error.expected);
        }
        assert_int_equal(error.at, error.column);
        assert_null(error.subject);
        assert_int_equal(error.limit, 0);
    }
}

#define ASSERT_ALL_WRONG(table, code) \
    assert_all_wrong(table, sizeof(table) / sizeof *(table), code)


static void any_single_value_is_json(void **state)
{
    static const char *const texts[] = {
        "{}",
        "[]",
        "\"\"",
        "0",
        "-0",
        "true",
        "false",
        "null",
        " \t\r\n[ \t\r\n] \t\r\n",
        "-12.50e+07",
        "1E5",
        "1e-5",
        "0.0",
        "0e0",
        "123456789012345678901234567890",
        "1e999999",
        "[1,2.5,-3,\"x\",true,false,null,{},[]]",
        "{\"a\":1,\"b\":[{\"c\":{}}],\"a\":2}",
        "{ \"a\" : 1 , \"b\" : \"x\" , \"c\" : [ 1 , 2 ] , \"d\" : { } }",
        "{\"__proto__\":1,\"constructor\":{},\"toString\":null,\"\":0}",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00e9\\uD7ff\\ue000\\uFFFF\"",
        "\"\\ud800\\udc00\\uDBFF\\uDFFF\"",
        "\"\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\"",
        "\"\xf0\x90\x80\x80 \xf1\x80\x80\x80 \xf4\x8f\xbf\xbf\"",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct stellar_error error;

        if (!check(texts[i], strlen(texts[i]), &error)) {
            fail_msg("refused: %s at %zu", texts[i], error.column);
        }
        assert_true(stellar_json_check(texts[i], strlen(texts[i]), NULL));
    }
}


static void what_is_wrong_is_told_with_its_byte(void **state)
{
    static const struct wrong table[] = {
        {S(""), 0, "a value"},
        {S("  "), 2, "a value"},
        {S("x"), 0, "a value"},
        {S("\0"), 0, "a value"},
        {S("\xef\xbb\xbf{}"), 0, "a value"},
        {S("'a'"), 0, "a value"},
        {S("+1"), 0, "a value"},
        {S(".5"), 0, "a value"},
        {S("NaN"), 0, "a value"},
        {S("-"), 1, "a digit"},
        {S("-x"), 1, "a digit"},
        {S("-Infinity"), 1, "a digit"},
        {S("1."), 2, "a digit"},
        {S("1.e1"), 2, "a digit"},
        {S("1e"), 2, "a digit"},
        {S("1e+"), 3, "a digit"},
        {S("1e1.5"), 3, "end of text"},
        {S("012"), 1, "end of text"},
        {S("-012"), 2, "end of text"},
        {S("0x10"), 1, "end of text"},
        {S("tru"), 3, "'true'"},
        {S("True"), 0, "a value"},
        {S("trux"), 3, "'true'"},
        {S("truee"), 4, "end of text"},
        {S("fals "), 4, "'false'"},
        {S("nul"), 3, "'null'"},
        {S("{} {}"), 3, "end of text"},
        {S("[]]"), 2, "end of text"},
        {S("1\0"), 1, "end of text"},
        {S("1 // one"), 2, "end of text"},
        {S("1\f"), 1, "end of text"},
        {S("["), 1, "a value or ']'"},
        {S("[,"), 1, "a value or ']'"},
        {S("[}"), 1, "a value or ']'"},
        {S("[1"), 2, "',' or ']'"},
        {S("[1 2]"), 3, "',' or ']'"},
        {S("[1}"), 2, "',' or ']'"},
        {S("[\"a\":1]"), 4, "',' or ']'"},
        {S("[1,]"), 3, "a value"},
        {S("[1,,2]"), 3, "a value"},
        {S("[012]"), 2, "',' or ']'"},
        {S("{"), 1, "a member name or '}'"},
        {S("{ ,"), 2, "a member name or '}'"},
        {S("{]"), 1, "a member name or '}'"},
        {S("{a:1}"), 1, "a member name or '}'"},
        {S("{1:1}"), 1, "a member name or '}'"},
        {S("{\xc3\xa9"), 1, "a member name or '}'"},
        {S("{\"a\""), 4, "':'"},
        {S("{\"a\" 1}"), 5, "':'"},
        {S("{\"a\",\"b\"}"), 4, "':'"},
        {S("{\"a\":"), 5, "a value"},
        {S("{\"a\":}"), 5, "a value"},
        {S("{\"a\"::1}"), 5, "a value"},
        {S("{\"a\":1"), 6, "',' or '}'"},
        {S("{\"a\":1]"), 6, "',' or '}'"},
        {S("{\"a\":1 \"b\""), 7, "',' or '}'"},
        {S("{\"a\":tru}"), 8, "'true'"},
        {S("{\"a\":1,"), 7, "a member name"},
        {S("{\"a\":1,}"), 7, "a member name"},
        {S("{\"a\":1 , 2}"), 9, "a member name"},
        {S("[{\"a\":[1,{\"b\":2,]"), 16, "a member name"},
        {S("\"abc"), 4, "end of string"},
        {S("\""), 1, "end of string"},
        {S("\"\n\""), 1, "an escaped control character"},
        {S("\"\0\""), 1, "an escaped control character"},
        {S("\"0123456789abcdef\x1f\""), 17, "an escaped control character"},
        {S("{\"0123456789\t\""), 12, "an escaped control character"},
        {S("\"\\"), 2, "an escape"},
        {S("\"\\x41\""), 2, "an escape"},
        {S("\"\\U0041\""), 2, "an escape"},
        {S("\"\\\n\""), 2, "an escape"},
        {S("\"\\u\""), 3, "four hex digits"},
        {S("\"\\u004"), 6, "four hex digits"},
        {S("\"\\u12g4\""), 5, "four hex digits"},
        {S("\"\\udg00\""), 4, "four hex digits"},
        {S("\"\\ud8\""), 5, "four hex digits"},
    };

    (void)state;
    ASSERT_ALL_WRONG(table, STELLAR_E_MALFORMED_JSON);
}


static void surrogates_come_in_pairs(void **state)
{
    static const struct wrong table[] = {
        {S("\"\\ud800\""), 7, "a low surrogate escape"},
        {S("\"\\ud800"), 7, "a low surrogate escape"},
        {S("\"\\uDBFFx\""), 7, "a low surrogate escape"},
        {S("\"\\ud800\\n\""), 8, "a low surrogate escape"},
        {S("\"\\ud800\\u0041\""), 9, "a low surrogate escape"},
        {S("\"\\ud800\\ud800\""), 10, "a low surrogate escape"},
        {S("\"\\ud800\\udbff\""), 10, "a low surrogate escape"},
        {S("\"\\ud800\\udc0\""), 12, "four hex digits"},
        {S("\"\\udc00\""), 4, "a high surrogate escape first"},
        {S("\"\\uDFFF\\ud800\""), 4, "a high surrogate escape first"},
        {S("\"\\ud83d\\ude00\\ude00\""), 16, "a high surrogate escape first"},
    };

    (void)state;
    ASSERT_ALL_WRONG(table, STELLAR_E_MALFORMED_JSON);
}


static void what_is_not_utf8_is_refused_as_such(void **state)
{
    static const char any[] = "a continuation byte (80 to BF)";
    static const char first[] = "the first byte of a character";
    const struct wrong table[] = {
        {S("\"\x80\""), 1, first},
        {S("\"\xff\""), 1, first},
        {S("\"\xc0\xaf\""), 1, first},
        {S("\"\xc1\xbf\""), 1, first},
        {S("\"\xf5\x80\x80\x80\""), 1, first},
        {S("\"\xe0\x9f\xbf\""), 2, "a byte from A0 to BF"},
        {S("\"\xed\xa0\x80\""), 2, "a byte from 80 to 9F"},
        {S("\"\xf0\x8f\xbf\xbf\""), 2, "a byte from 90 to BF"},
        {S("\"\xf4\x90\x80\x80\""), 2, "a byte from 80 to 8F"},
        {S("\"\xc3\""), 2, any},
        {S("\"\xe2\x82\""), 3, any},
        {S("\"\xe2\x82"), 3, any},
        {S("\"\xe2\xe2\x82"), 2, any},
        {S("\"\xf0\x9f\x98\""), 4, any},
        {S("\"0123456789abcdef\xc3(\""), 18, any},
        {S("{\"\xc3\":1}"), 3, any},
        {S("{\xff}"), 1, first},
        {S("[x,\"\xff\"]"), 4, first},
        {S("{} \xc3"), 4, any},
    };

    (void)state;
    ASSERT_ALL_WRONG(table, STELLAR_E_INVALID_UTF8);
}


static const char document[] =
    "{\"action\": \"cach\\u00e9\\ud83d\\ude00Test\", \"params\": {\"key\": "
    "\"a long enough key \xe2\x82\xac\", \"n\": [1, -2.5e+10, 0.25, {}], \"t\": true, "
    "\"f\":false,\"z\":null,\"o\":{\"p\":[[],[\"\"]]}}}";


static void every_truncation_is_wrong_at_its_end(void **state)
{
    size_t length;
    struct stellar_error error;

    (void)state;
    assert_true(check(document, sizeof document - 1, NULL));
    for (length = 0; length < sizeof document - 1; length++) {
        assert_false(check(document, length, &error));
        assert_int_equal(error.column, length);
        assert_non_null(error.expected);
    }
}


static void a_control_character_is_found_at_every_place_of_a_string(void **state)
{
    char text[80];
    size_t length;
    size_t at;
    struct stellar_error error;

    (void)state;
    for (length = 3; length < sizeof text; length++) {
        for (at = 1; at < length - 1; at++) {
            memset(text, 'x', length);
            text[0] = text[length - 1] = '"';
            assert_true(check(text, length, NULL));
            text[at] = (char)(at % 32);
            assert_false(check(text, length, &error));
            assert_int_equal(error.column, at);
            text[at] = '\\';
            assert_false(check(text, length, &error));
            text[at] = '"';
            assert_false(check(text, length, &error));
            assert_int_equal(error.column, at + 1);
        }
    }
}


static void depth_is_limited_to_32_levels(void **state)
{
    static char text[40000];
    struct stellar_error error;
    size_t depth;

    (void)state;
    for (depth = 1; depth <= 32; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        assert_true(check(text, 2 * depth, NULL));
    }
    memset(text, '[', 33);
    memset(text + 33, ']', 33);
    assert_false(check(text, 66, &error));
    assert_int_equal(error.column, 32);
    assert_string_equal(error.expected, "at most 32 levels");

    memset(text, '[', 20000);
    memset(text + 20000, ']', 20000);
    assert_false(check(text, sizeof text, &error));
    assert_int_equal(error.column, 32);

    for (depth = 0; depth < 33; depth++) {
        memcpy(text + 5 * depth, "{\"a\":", 5);
    }
    assert_false(check(text, sizeof text, &error));
    assert_int_equal(error.column, 5 * 32);
    assert_string_equal(error.expected, "at most 32 levels");
}


static void brackets_one_after_another_are_not_depth(void **state)
{
    static char text[20001];
    size_t i;

    (void)state;
    text[0] = '[';
    for (i = 1; i + 3 < sizeof text; i += 3) {
        memcpy(text + i, i % 2 ? "[]," : "{},", 3);
    }
    memcpy(text + i, "0]", 2);
    assert_true(check(text, i + 2, NULL));
}


static bool call(const char *text, size_t length, struct stellar_command *command)
{
    memset(command, 0, sizeof *command);
    return stellar__call_parse(text, length, NULL, 0, command);
}


static void a_call_names_its_action_and_params(void **state)
{
    struct stellar_command command;

    (void)state;
    assert_true(call(S("{\"action\":\"status\",\"params\":{\"a\": [1]}}"), &command));
    assert_int_equal(command.verb, STELLAR_ACTION);
    assert_slice(command.action, "status");
    assert_false(command.action_escaped);
    assert_slice(command.params, "{\"a\": [1]}");

    assert_true(
        call(S("{ \"x\" : 1 , \"params\" : { } , \"action\" : \"s\" } \t"), &command));
    assert_slice(command.action, "s");
    assert_slice(command.params, "{ }");
}


static void a_call_may_name_neither(void **state)
{
    struct stellar_command command;

    (void)state;
    assert_true(call(S("{}"), &command));
    assert_int_equal(command.verb, STELLAR_ACTION);
    assert_null(command.action.data);
    assert_int_equal(command.action.length, 0);
    assert_null(command.params.data);
    assert_true(
        call(S("{\"actions\":1,\"param\":[],\"\":\"action\",\"Action\":2}"), &command));
    assert_null(command.action.data);
    assert_null(command.params.data);
}


static void an_empty_action_is_present(void **state)
{
    struct stellar_command command;

    (void)state;
    assert_true(call(S("{\"action\":\"\"}"), &command));
    assert_non_null(command.action.data);
    assert_int_equal(command.action.length, 0);
}


static void only_members_of_the_call_itself_count(void **state)
{
    struct stellar_command command;

    (void)state;
    assert_true(call(S("{\"x\":{\"action\":\"no\",\"params\":{}},"
                       "\"y\":[{\"action\":1}],\"z\":\"action\"}"),
                     &command));
    assert_null(command.action.data);
    assert_null(command.params.data);
    assert_true(call(S("{\"params\":{\"action\":1,\"params\":2},\"action\":\"yes\"}"),
                     &command));
    assert_slice(command.action, "yes");
    assert_slice(command.params, "{\"action\":1,\"params\":2}");
}


static void escapes_in_names_and_actions_are_seen(void **state)
{
    struct stellar_command command;

    (void)state;
    assert_true(
        call(S("{\"\\u0061ction\":\"a\\\"b\",\"p\\u0061r\\u0061ms\":{}}"), &command));
    assert_slice(command.action, "a\\\"b");
    assert_true(command.action_escaped);
    assert_slice(command.params, "{}");
    assert_true(call(S("{\"action\\u0000\":1}"), &command));
    assert_null(command.action.data);
}


static void of_duplicates_the_last_counts(void **state)
{
    struct stellar_command command;

    (void)state;
    assert_true(call(S("{\"action\":1,\"params\":[],\"action\":\"b\","
                       "\"\\u0070arams\":{\"x\":1}}"),
                     &command));
    assert_slice(command.action, "b");
    assert_slice(command.params, "{\"x\":1}");
    assert_false(call(S("{\"action\":\"a\",\"action\":2}"), &command));
    assert_int_equal(command.error.column, 23);
}


static void assert_invalid_type(const char *text, const char *subject,
                                const char *expected, size_t column)
{
    struct stellar_command command;

    assert_false(call(text, strlen(text), &command));
    assert_int_equal(command.verb, STELLAR_ACTION);
    assert_int_equal(command.error.code, STELLAR_E_INVALID_TYPE);
    assert_string_equal(command.error.subject, subject);
    assert_string_equal(command.error.expected, expected);
    assert_int_equal(command.error.column, column);
    assert_null(command.action.data);
    assert_null(command.params.data);
}


static void members_of_another_type_are_refused(void **state)
{
    (void)state;
    assert_invalid_type("{\"action\":{\"toString\":0,\"valueOf\":0}}", "action",
                        "string", 10);
    assert_invalid_type("{\"action\": null}", "action", "string", 11);
    assert_invalid_type("{\"action\":1}", "action", "string", 10);
    assert_invalid_type("{\"params\":[]}", "params", "object", 10);
    assert_invalid_type("{\"params\":\"{}\",\"action\":\"a\"}", "params", "object", 10);
    assert_invalid_type("{\"action\":1,\"params\":2}", "action", "string", 10);
    assert_invalid_type("{\"params\":2,\"action\":1}", "params", "object", 10);
}


static void a_call_that_is_not_json_is_not_understood(void **state)
{
    static const struct wrong table[] = {
        {S("{\"action\":\"a\"} {}"), 15, "end of line"},
        {S("{\"action\":\"a\"}x"), 14, "end of line"},
        {S("{\"action\":\"a\"} \r\n"), 15, "end of line"},
        {S("{\"action\":\"a\""), 13, "',' or '}'"},
        {S("{\"action\":\"a\",}"), 14, "a member name"},
        {S("{\"action\":1,\"params\":tru}"), 24, "'true'"},
        {S("{\"action\" \"a\"}"), 10, "':'"},
        {S("{\"action\":}"), 10, "a value"},
        {S("{action}"), 1, "a member name or '}'"},
    };
    struct stellar_command command;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof table / sizeof *table; i++) {
        assert_false(call(table[i].text, table[i].length, &command));
        assert_int_equal(command.verb, STELLAR_NO_VERB);
        assert_int_equal(command.error.code, STELLAR_E_MALFORMED_JSON);
        assert_int_equal(command.error.column, table[i].column);
        assert_string_equal(command.error.expected, table[i].expected);
        assert_null(command.action.data);
    }
    assert_false(call(S("{\"action\":\"\xc3\"}"), &command));
    assert_int_equal(command.error.code, STELLAR_E_INVALID_UTF8);
    assert_int_equal(command.error.column, 12);
}


static void a_call_counts_as_a_level(void **state)
{
    char text[128] = "{\"params\":{\"a\":";
    struct stellar_command command;

    (void)state;
    memset(text + 15, '[', 30);
    memset(text + 45, ']', 30);
    memcpy(text + 75, "}}", 2);
    assert_true(call(text, 77, &command));
    memset(text + 15, '[', 31);
    memset(text + 46, ']', 31);
    memcpy(text + 77, "}}", 2);
    assert_false(call(text, 79, &command));
    assert_int_equal(command.error.column, 45);
}


static void every_truncation_of_a_call_is_wrong_at_its_end(void **state)
{
    struct stellar_command command;
    size_t length;

    (void)state;
    assert_true(call(document, sizeof document - 1, &command));
    assert_slice(command.action, "cach\\u00e9\\ud83d\\ude00Test");
    for (length = 0; length < sizeof document - 1; length++) {
        assert_false(call(document, length, &command));
        assert_int_equal(command.error.column, length);
        assert_non_null(command.error.expected);
    }
}


static void strings_are_unescaped_in_every_capacity(void **state)
{
    static const struct pair table[] = {
        {S(""), S("")},
        {S("plain"), S("plain")},
        {S("\\\"\\\\\\/\\b\\f\\n\\r\\t"), S("\"\\/\b\f\n\r\t")},
        {S("\\u0000x\\u0041"), S("\0xA")},
        {S("\\u007f\\u0080\\u07FF\\u0800\\uffff"),
         S("\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf")},
        {S("a\\ud83d\\ude00b\\uD800\\uDC00\\udbff\\udfff"),
         S("a\xf0\x9f\x98\x80"
           "b\xf0\x90\x80\x80\xf4\x8f\xbf\xbf")},
        {S("caf\xc3\xa9 \\u00e9\xe2\x82\xac"), S("caf\xc3\xa9 \xc3\xa9\xe2\x82\xac")},
    };
    size_t i;
    size_t capacity;
    char out[64];

    (void)state;
    for (i = 0; i < sizeof table / sizeof *table; i++) {
        struct stellar_slice string = slice_of(table[i].text, table[i].length);
        size_t length = table[i].out_length;

        assert_int_equal(stellar_json_unescape(string, NULL, 0), length);
        for (capacity = 0; capacity <= length + 2; capacity++) {
            memset(out, 0x55, sizeof out);
            assert_int_equal(stellar_json_unescape(string, out, capacity), length);
            assert_memory_equal(out, table[i].out,
                                capacity < length ? capacity : length);
            assert_int_equal(out[capacity < length ? capacity : length], 0x55);
        }
    }
}


static void what_was_never_checked_is_unescaped_without_harm(void **state)
{
    static const char text[] = "\\ud83d\\ude00\\u12\\x\\ud83dz\\";
    size_t from;
    size_t length;
    char out[32];

    (void)state;
    for (from = 0; from < sizeof text; from++) {
        for (length = 0; from + length < sizeof text; length++) {
            char *copy = malloc(length + 1);

            assert_non_null(copy);
            memcpy(copy, text + from, length);
            assert_true(stellar_json_unescape(slice_of(copy, length), out, 32) <=
                        length);
            free(copy);
        }
    }
}


static void white_space_between_tokens_is_taken_out(void **state)
{
    static const struct pair table[] = {
        {S("{}"), S("{}")},
        {S(" { \"a b\" :\t[ 1 ,\r\n2 ] , \"c\":\" \\\" \\\\\" }\n"),
         S("{\"a b\":[1,2],\"c\":\" \\\" \\\\\"}")},
        {S("\" x \""), S("\" x \"")},
        {S("[\"\\\\\" , \"\\\\\\\"\" , \"\"]"), S("[\"\\\\\",\"\\\\\\\"\",\"\"]")},
        {S(" "), S("")},
        {S(""), S("")},
    };
    size_t i;
    char out[64];

    (void)state;
    for (i = 0; i < sizeof table / sizeof *table; i++) {
        memset(out, 0x55, sizeof out);
        assert_int_equal(
            stellar_json_minify(slice_of(table[i].text, table[i].length), out),
            table[i].out_length);
        assert_memory_equal(out, table[i].out, table[i].out_length);
        assert_int_equal(out[table[i].out_length], 0x55);

        memcpy(out, table[i].text, table[i].length);
        assert_int_equal(stellar_json_minify(slice_of(out, table[i].length), out),
                         table[i].out_length);
        assert_memory_equal(out, table[i].out, table[i].out_length);
    }
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_single_value_is_json),
        cmocka_unit_test(what_is_wrong_is_told_with_its_byte),
        cmocka_unit_test(surrogates_come_in_pairs),
        cmocka_unit_test(what_is_not_utf8_is_refused_as_such),
        cmocka_unit_test(every_truncation_is_wrong_at_its_end),
        cmocka_unit_test(a_control_character_is_found_at_every_place_of_a_string),
        cmocka_unit_test(depth_is_limited_to_32_levels),
        cmocka_unit_test(brackets_one_after_another_are_not_depth),
        cmocka_unit_test(a_call_names_its_action_and_params),
        cmocka_unit_test(a_call_may_name_neither),
        cmocka_unit_test(an_empty_action_is_present),
        cmocka_unit_test(only_members_of_the_call_itself_count),
        cmocka_unit_test(escapes_in_names_and_actions_are_seen),
        cmocka_unit_test(of_duplicates_the_last_counts),
        cmocka_unit_test(members_of_another_type_are_refused),
        cmocka_unit_test(a_call_that_is_not_json_is_not_understood),
        cmocka_unit_test(a_call_counts_as_a_level),
        cmocka_unit_test(every_truncation_of_a_call_is_wrong_at_its_end),
        cmocka_unit_test(strings_are_unescaped_in_every_capacity),
        cmocka_unit_test(what_was_never_checked_is_unescaped_without_harm),
        cmocka_unit_test(white_space_between_tokens_is_taken_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
