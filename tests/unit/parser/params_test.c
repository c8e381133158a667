/*
 * Walking the members of an object and the items of an array, and finding one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stellar/parser.h"

#define TOKENS 64

static struct stellar_token tokens[TOKENS];


static struct stellar_slice slice_of(const char *text)
{
    struct stellar_slice slice = {text, strlen(text)};

    return slice;
}


static void assert_slice(struct stellar_slice slice, const char *text)
{
    assert_non_null(slice.data);
    assert_int_equal(slice.length, strlen(text));
    assert_memory_equal(slice.data, text, slice.length);
}


static struct stellar_params open_text(const char *text)
{
    struct stellar_params params;
    size_t count = stellar_params_open(&params, slice_of(text), tokens, TOKENS);

    assert_true(stellar_json_check(text, strlen(text), NULL));
    assert_in_range(count, 1, TOKENS);
    return params;
}


static void assert_next(struct stellar_params *params, const char *key,
                        enum stellar_json_type type, const char *text)
{
    struct stellar_slice name = {"?", 1};
    struct stellar_value value;

    assert_true(stellar_params_next(params, &name, &value));
    if (key == NULL) {
        assert_null(name.data);
        assert_int_equal(name.length, 0);
    } else {
        assert_slice(name, key);
    }
    assert_int_equal(value.type, type);
    assert_slice(value.text, text);
}


static void assert_end(struct stellar_params *params)
{
    struct stellar_slice key;
    struct stellar_value value;

    assert_false(stellar_params_next(params, &key, &value));
}


static void assert_found(const struct stellar_params *params, const char *key,
                         const char *text)
{
    struct stellar_value value;

    assert_true(stellar_params_find(params, key, strlen(key), &value));
    assert_slice(value.text, text);
}


static void assert_not_found(const struct stellar_params *params, const char *key)
{
    struct stellar_value value;

    assert_false(stellar_params_find(params, key, strlen(key), &value));
}


static void members_come_in_the_order_sent(void **state)
{
    struct stellar_params params = open_text(
        "{ \"s\" : \"x\\ny\" , \"n\":-1.5e3,\"t\":true,\"f\" :false, \"z\":null,"
        "\"e\":\"\",\"o\":{\"p\":[1,{}],\"q\":2},\"a\":[ [1], 2 ],\"l\":0 }");
    int round;

    (void)state;
    for (round = 0; round < 2; round++) {
        assert_next(&params, "s", STELLAR_JSON_STRING, "\"x\\ny\"");
        assert_next(&params, "n", STELLAR_JSON_NUMBER, "-1.5e3");
        assert_next(&params, "t", STELLAR_JSON_BOOLEAN, "true");
        assert_next(&params, "f", STELLAR_JSON_BOOLEAN, "false");
        assert_next(&params, "z", STELLAR_JSON_NULL, "null");
        assert_next(&params, "e", STELLAR_JSON_STRING, "\"\"");
        assert_next(&params, "o", STELLAR_JSON_OBJECT, "{\"p\":[1,{}],\"q\":2}");
        assert_next(&params, "a", STELLAR_JSON_ARRAY, "[ [1], 2 ]");
        assert_next(&params, "l", STELLAR_JSON_NUMBER, "0");
        assert_end(&params);
    }
}


static void items_of_an_array_have_no_key(void **state)
{
    struct stellar_params params =
        open_text("[\"a\",{\"b\":1},[],[\"\",\"\"],7,\"\",{}]");

    (void)state;
    assert_next(&params, NULL, STELLAR_JSON_STRING, "\"a\"");
    assert_next(&params, NULL, STELLAR_JSON_OBJECT, "{\"b\":1}");
    assert_next(&params, NULL, STELLAR_JSON_ARRAY, "[]");
    assert_next(&params, NULL, STELLAR_JSON_ARRAY, "[\"\",\"\"]");
    assert_next(&params, NULL, STELLAR_JSON_NUMBER, "7");
    assert_next(&params, NULL, STELLAR_JSON_STRING, "\"\"");
    assert_next(&params, NULL, STELLAR_JSON_OBJECT, "{}");
    assert_end(&params);
    assert_not_found(&params, "");
    assert_not_found(&params, "b");
}


static void what_is_empty_ends_at_once(void **state)
{
    struct stellar_params params = open_text("{}");

    (void)state;
    assert_end(&params);
    assert_not_found(&params, "");
    params = open_text("[ ]");
    assert_end(&params);
}


static void the_key_may_be_left_out(void **state)
{
    struct stellar_params params = open_text("{\"a\":1,\"b\":2}");
    struct stellar_value value;

    (void)state;
    assert_true(stellar_params_next(&params, NULL, &value));
    assert_slice(value.text, "1");
    assert_true(stellar_params_next(&params, NULL, &value));
    assert_slice(value.text, "2");
}


static void a_value_from_here_can_be_opened_itself(void **state)
{
    struct stellar_params outer = open_text("{\"a\":{\"b\":[10,20]}}");
    struct stellar_token more[TOKENS];
    struct stellar_params inner;
    struct stellar_value value;

    (void)state;
    assert_true(stellar_params_find(&outer, "a", 1, &value));
    assert_int_equal(stellar_params_open(&inner, value.text, more, TOKENS), 5);
    assert_next(&inner, "b", STELLAR_JSON_ARRAY, "[10,20]");
    assert_found(&outer, "a", "{\"b\":[10,20]}");
}


static void members_are_found_by_their_unescaped_name(void **state)
{
    struct stellar_params params =
        open_text("{\"a\":1,\"\\u0062\":2,\"c\\\"d\":3,\"\":4,\"caf\\u00e9\":5,"
                  "\"\\ud83d\\ude00\":6,"
                  "\"ab\":7,\"nested\":{\"inner\":8},\"list\":[\"item\",9]}");
    struct stellar_value value;

    (void)state;
    assert_found(&params, "a", "1");
    assert_found(&params, "b", "2");
    assert_found(&params, "c\"d", "3");
    assert_found(&params, "", "4");
    assert_found(&params, "caf\xc3\xa9", "5");
    assert_found(&params, "\xf0\x9f\x98\x80", "6");
    assert_found(&params, "ab", "7");
    assert_not_found(&params, "\\u0062");
    assert_not_found(&params, "c\\\"d");
    assert_not_found(&params, "abc");
    assert_not_found(&params, "inner");
    assert_not_found(&params, "item");
    assert_not_found(&params, "caf");
    assert_false(stellar_params_find(&params, "a\0", 2, &value));
}


static void of_duplicates_the_last_is_found(void **state)
{
    struct stellar_params params =
        open_text("{\"a\":1,\"b\":2,\"\\u0061\":{\"a\":3},\"c\":4}");

    (void)state;
    assert_found(&params, "a", "{\"a\":3}");
    assert_next(&params, "a", STELLAR_JSON_NUMBER, "1");
    assert_next(&params, "b", STELLAR_JSON_NUMBER, "2");
    assert_next(&params, "\\u0061", STELLAR_JSON_OBJECT, "{\"a\":3}");
}


static void names_known_to_other_languages_are_only_names(void **state)
{
    struct stellar_params params =
        open_text("{\"__proto__\":{\"x\":1},\"constructor\":2,\"toString\":3}");

    (void)state;
    assert_found(&params, "__proto__", "{\"x\":1}");
    assert_found(&params, "constructor", "2");
    assert_found(&params, "toString", "3");
    assert_not_found(&params, "x");
    assert_not_found(&params, "valueOf");
}


static void too_few_tokens_change_nothing(void **state)
{
    struct stellar_params params = open_text("{\"kept\":1}");
    struct stellar_token few[4];
    struct stellar_slice text = slice_of("{\"a\":[1,2,{\"b\":\"c\"}]}");
    size_t capacity;

    (void)state;
    assert_int_equal(stellar_params_open(&params, text, NULL, 0), 8);
    for (capacity = 0; capacity <= 4; capacity++) {
        assert_int_equal(stellar_params_open(&params, text, few, capacity), 8);
    }
    assert_found(&params, "kept", "1");
    assert_int_equal(stellar_params_open(&params, text, tokens, 8), 8);
    assert_found(&params, "a", "[1,2,{\"b\":\"c\"}]");
}


static void other_values_are_not_opened(void **state)
{
    static const char *const texts[] = {"", "1", "\"{}\"", "null", " {}", "x"};
    struct stellar_params params;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(
            stellar_params_open(&params, slice_of(texts[i]), tokens, TOKENS), 0);
    }
    assert_int_equal(
        stellar_params_open(&params, (struct stellar_slice){NULL, 0}, tokens, TOKENS),
        0);
    assert_int_equal(stellar_params_open(
                         &params, (struct stellar_slice){"{}", (size_t)INT32_MAX + 1},
                         tokens, TOKENS),
                     0);
}


/* Opens, walks and searches. The results have no meaning, but are within the text. */
static void use_unchecked(const char *text, size_t length)
{
    struct stellar_params params;
    struct stellar_slice key;
    struct stellar_value value;
    struct stellar_slice string;
    size_t count = stellar_params_open(&params, (struct stellar_slice){text, length},
                                       tokens, TOKENS);
    double number;
    int64_t integer;
    bool boolean;
    char out[64];
    size_t steps = 0;

    if (count == 0 || count > TOKENS) {
        return;
    }
    while (stellar_params_next(&params, &key, &value)) {
        assert_true(value.text.data >= text);
        assert_true(value.text.length <= length);
        assert_true(value.text.data + value.text.length <= text + length);
        (void)stellar_value_double(value, &number);
        (void)stellar_value_integer(value, &integer);
        (void)stellar_value_boolean(value, &boolean);
        if (stellar_value_string(value, &string)) {
            (void)stellar_json_unescape(string, out, sizeof out);
        }
        assert_true(++steps <= count);
    }
    (void)stellar_params_find(&params, "a", 1, &value);
}


static void what_was_never_checked_is_read_without_harm(void **state)
{
    static const char alphabet[] = "{}[]\",:\\u1-.et \0a";
    static const char *const texts[] = {
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{:}",
        "[:1]",
        "{1:2}",
        "[1:2]",
        "{\"a\":1}x",
        "{} {}",
        "[,]",
        "{\"a\":\"b\"\"c\"}",
        "[tru,-,1x,t]",
        "[\"\\ud800\"]",
        "{{}}",
        "{\"a\":{}:1}",
    };
    uint32_t random = 1;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        use_unchecked(texts[i], strlen(texts[i]));
    }
    for (i = 0; i < 50000; i++) {
        size_t length = 1 + i % 24;
        char *text = malloc(length);
        size_t at;

        assert_non_null(text);
        for (at = 0; at < length; at++) {
            random = random * 1664525 + 1013904223;
            text[at] = alphabet[(random >> 16) % (sizeof alphabet - 1)];
        }
        text[0] = i % 2 ? '[' : '{';
        use_unchecked(text, length);
        free(text);
    }
}


static void getters_take_their_own_type_only(void **state)
{
    struct stellar_params params = open_text(
        "{\"s\":\"a\\tb\",\"n\":12,\"t\":true,\"f\":false,\"z\":null,\"a\":[]}");
    struct stellar_slice key;
    struct stellar_value value;

    (void)state;
    while (stellar_params_next(&params, &key, &value)) {
        struct stellar_slice string = {"?", 1};
        double number = 77;
        int64_t integer = 77;
        bool boolean = key.data[0] == 'f';
        bool is_boolean = key.data[0] == 't' || key.data[0] == 'f';

        assert_int_equal(stellar_value_string(value, &string), key.data[0] == 's');
        assert_slice(string, key.data[0] == 's' ? "a\\tb" : "?");
        assert_int_equal(stellar_value_integer(value, &integer), key.data[0] == 'n');
        assert_int_equal(integer, key.data[0] == 'n' ? 12 : 77);
        assert_int_equal(stellar_value_double(value, &number), key.data[0] == 'n');
        assert_true(number == (key.data[0] == 'n' ? 12 : 77));
        assert_int_equal(stellar_value_boolean(value, &boolean), is_boolean);
        assert_int_equal(boolean, key.data[0] == 't');
    }
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_come_in_the_order_sent),
        cmocka_unit_test(items_of_an_array_have_no_key),
        cmocka_unit_test(what_is_empty_ends_at_once),
        cmocka_unit_test(the_key_may_be_left_out),
        cmocka_unit_test(a_value_from_here_can_be_opened_itself),
        cmocka_unit_test(members_are_found_by_their_unescaped_name),
        cmocka_unit_test(of_duplicates_the_last_is_found),
        cmocka_unit_test(names_known_to_other_languages_are_only_names),
        cmocka_unit_test(too_few_tokens_change_nothing),
        cmocka_unit_test(other_values_are_not_opened),
        cmocka_unit_test(what_was_never_checked_is_read_without_harm),
        cmocka_unit_test(getters_take_their_own_type_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
