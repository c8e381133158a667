/* Values inside values: entered without a second index, and found by a pointer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"

#define TOKENS 128

static struct stellar_token tokens[TOKENS];


static struct stellar_params open_text(const char *text)
{
    struct stellar_slice slice = {text, strlen(text)};
    struct stellar_params params;

    assert_true(stellar_json_check(text, strlen(text), NULL));
    assert_in_range(stellar_params_open(&params, slice, tokens, TOKENS), 1, TOKENS);
    return params;
}


static void assert_text(struct stellar_value value, const char *text)
{
    assert_int_equal(value.text.length, strlen(text));
    assert_memory_equal(value.text.data, text, value.text.length);
}


/* What is inside is the same as with an index of its own, at every depth. Returns the
 * number of values. */
static size_t compare(struct stellar_params params)
{
    struct stellar_token own_tokens[TOKENS];
    struct stellar_params own;
    struct stellar_params inside;
    struct stellar_value value;
    struct stellar_value own_value;
    struct stellar_slice key;
    struct stellar_slice own_key;
    size_t count = 0;

    assert_in_range(stellar_params_open(&own, params.text, own_tokens, TOKENS), 1,
                    TOKENS);
    assert_int_equal(own.count, params.count);
    while (stellar_params_next(&own, &own_key, &own_value)) {
        assert_true(stellar_params_next(&params, &key, &value));
        assert_ptr_equal(key.data, own_key.data);
        assert_int_equal(key.length, own_key.length);
        assert_int_equal(value.type, own_value.type);
        assert_ptr_equal(value.text.data, own_value.text.data);
        assert_int_equal(value.text.length, own_value.text.length);
        count++;
        memset(&inside, 0xa5, sizeof inside);
        if (stellar_params_enter(&params, &value, &inside)) {
            assert_ptr_equal(inside.text.data, value.text.data);
            assert_int_equal(inside.text.length, value.text.length);
            count += compare(inside);
        } else {
            assert_true(value.type < STELLAR_JSON_ARRAY);
        }
    }
    assert_false(stellar_params_next(&params, &key, &value));
    return count;
}


static void what_is_inside_is_read_with_the_index_of_the_whole(void **state)
{
    (void)state;
    assert_int_equal(compare(open_text("{}")), 0);
    assert_int_equal(
        compare(open_text("{\"a\":{},\"b\":[],\"c\":\"\",\"d\":[[[]],{}]}")), 7);
    assert_int_equal(
        compare(
            open_text("[1,{\"a\":[true,{\"b\":null}],\"c\":{\"d\":\"e\"}},[[2,3],4]]")),
        13);
    assert_int_equal(compare(open_text("[ ]")), 0);
}


static void a_member_is_found_inside_and_not_beside(void **state)
{
    struct stellar_params params =
        open_text("{\"a\":{\"x\":1},\"b\":{\"y\":2,\"z\":{\"x\":3}},\"c\":{}}");
    struct stellar_params inside;
    struct stellar_value value;

    (void)state;
    assert_true(stellar_params_find(&params, "b", 1, &value));
    assert_true(stellar_params_enter(&params, &value, &inside));
    assert_false(stellar_params_find(&inside, "x", 1, &value));
    assert_false(stellar_params_find(&inside, "c", 1, &value));
    assert_true(stellar_params_find(&inside, "z", 1, &value));
    assert_true(stellar_params_enter(&inside, &value, &inside));
    assert_true(stellar_params_find(&inside, "x", 1, &value));
    assert_text(value, "3");
}


static void a_value_of_a_value_inside_is_entered_from_outside_too(void **state)
{
    struct stellar_params params = open_text("{\"a\":[[1,2],[3]]}");
    struct stellar_params inside;
    struct stellar_value value;

    (void)state;
    assert_true(stellar_params_pointer(&params, "/a/1", 4, &value));
    assert_true(stellar_params_enter(&params, &value, &inside));
    assert_true(stellar_params_next(&inside, NULL, &value));
    assert_text(value, "3");
    assert_false(stellar_params_next(&inside, NULL, &value));
}


static void what_cannot_be_entered_changes_nothing(void **state)
{
    static const char text[] = "{\"a\":1,\"b\":\"{}\",\"c\":{\"d\":true}}";
    struct stellar_params params = open_text(text);
    struct stellar_params inside;
    struct stellar_value value;

    (void)state;
    memset(&inside, 0, sizeof inside);
    assert_true(stellar_params_find(&params, "a", 1, &value));
    assert_false(stellar_params_enter(&params, &value, &inside));
    assert_true(stellar_params_find(&params, "b", 1, &value));
    assert_false(stellar_params_enter(&params, &value, &inside));
    assert_true(stellar_params_find(&params, "c", 1, &value));
    value.text.length--;
    assert_false(stellar_params_enter(&params, &value, &inside));
    value.text.data = "{}"; /* from another text */
    value.text.length = 2;
    assert_false(stellar_params_enter(&params, &value, &inside));
    assert_null(inside.tokens);
}


#define RFC                                                                      \
    "{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4," \
    "\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}"


static void pointers_find_what_rfc_6901_says(void **state)
{
    static const struct {
        const char *pointer;
        const char *text;
    } cases[] = {
        {"/foo", "[\"bar\",\"baz\"]"},
        {"/foo/0", "\"bar\""},
        {"/", "0"},
        {"/a~1b", "1"},
        {"/c%d", "2"},
        {"/e^f", "3"},
        {"/g|h", "4"},
        {"/i\\j", "5"},
        {"/k\"l", "6"},
        {"/ ", "7"},
        {"/m~0n", "8"},
    };
    struct stellar_params params = open_text(RFC);
    struct stellar_value value;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(cases); i++) {
        assert_true(stellar_params_pointer(&params, cases[i].pointer,
                                           strlen(cases[i].pointer), &value));
        assert_text(value, cases[i].text);
    }
}


static void pointers_to_nothing_find_nothing(void **state)
{
    static const char *const pointers[] = {
        "",        "foo",   "/fo",     "/fooo",   "/foo/2",  "/foo/-",
        "/foo/01", "/foo/", "/foo/+1", "/foo/1x", "/foo/0/", "/foo/99999999999",
        "/a/b",    "/m~n",  "/m~2n",   "/m~",     "//",      "/m~01n",
    };
    struct stellar_params params = open_text(RFC);
    struct stellar_value value;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(pointers); i++) {
        assert_false(
            stellar_params_pointer(&params, pointers[i], strlen(pointers[i]), &value));
    }
}


static void pointers_go_deep_and_see_names_unescaped(void **state)
{
    struct stellar_params params = open_text(
        "{\"a\":1,\"d\\u0065ep\":{\"of\":[0,{\"k/y\":\"x\",\"n\\u0000\":{}}]},"
        "\"a\":{\"b\":[[2]]}}");
    struct stellar_value value;

    (void)state;
    assert_true(stellar_params_pointer(&params, "/deep/of/1/k~1y", 15, &value));
    assert_text(value, "\"x\"");
    assert_true(
        stellar_params_pointer(&params, "/a/b/0/0", 8, &value)); /* the last a */
    assert_text(value, "2");
    assert_true(stellar_params_pointer(&params, "/deep/of/1/n\0", 13, &value));
    assert_text(value, "{}");
    assert_false(stellar_params_pointer(&params, "/deep/of/1/n", 12, &value));
}


static void a_pointer_begins_where_it_is_asked(void **state)
{
    struct stellar_params params = open_text("{\"a\":{\"b\":[5,6]},\"b\":7}");
    struct stellar_params inside;
    struct stellar_value value;

    (void)state;
    assert_true(stellar_params_next(&params, NULL, &value));
    assert_true(stellar_params_enter(&params, &value, &inside));
    assert_true(stellar_params_pointer(&inside, "/b/1", 4, &value));
    assert_text(value, "6");
    assert_true(stellar_params_next(&params, NULL, &value)); /* where it was */
    assert_text(value, "7");
    assert_true(stellar_params_pointer(&params, "/b", 2, &value));
    assert_text(value, "7");
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_inside_is_read_with_the_index_of_the_whole),
        cmocka_unit_test(a_member_is_found_inside_and_not_beside),
        cmocka_unit_test(a_value_of_a_value_inside_is_entered_from_outside_too),
        cmocka_unit_test(what_cannot_be_entered_changes_nothing),
        cmocka_unit_test(pointers_find_what_rfc_6901_says),
        cmocka_unit_test(pointers_to_nothing_find_nothing),
        cmocka_unit_test(pointers_go_deep_and_see_names_unescaped),
        cmocka_unit_test(a_pointer_begins_where_it_is_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
