/* The set of params of a connection. */
#include <stdlib.h>

#include "fake.h"

static struct fake_memory memory;
static struct stellar__params *params;


static int set_up(void **state)
{
    (void)state;
    fake_memory_init(&memory);
    params = NULL;
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    stellar__params_drop(params);
    return memory.live == 0 ? 0 : -1;
}


static int set_limited(const char *name, const char *json,
                       const struct stellar__params_limits *limits)
{
    struct stellar__shared *value =
        stellar__shared_new(&memory.allocator, json, strlen(json));
    int status = stellar__params_set(&params, &memory.allocator, name, strlen(name),
                                     value, limits);

    stellar__shared_drop(value);
    return status;
}


static void set(const char *name, const char *json)
{
    assert_int_equal(set_limited(name, json, NULL), STELLAR_OK);
}


static void delete_param(const char *name)
{
    assert_int_equal(stellar__params_delete(&params, name, strlen(name)), STELLAR_OK);
}


static int parse(const char *text, const struct stellar__params_limits *limits)
{
    char *json = fake_quote(text);
    int status = stellar__params_parse(
        &params, &memory.allocator, (struct stellar_slice){json, strlen(json)}, limits);

    free(json);
    return status;
}


static void assert_set(const struct stellar__params *set_, const char *text)
{
    char *expected = fake_quote(text);
    struct stellar__buffer out;

    stellar__buffer_init(&out, &memory.allocator);
    stellar__params_write(set_, &out);
    assert_false(out.failed);
    assert_int_equal(out.length, strlen(expected));
    assert_memory_equal(out.data, expected, out.length);
    stellar__buffer_free(&out);
    free(expected);
}


static void no_params_are_an_empty_object(void **state)
{
    (void)state;
    assert_set(params, "{}");
    assert_null(stellar__params_get(params, "a", 1));
    delete_param("a");
    set("a", "1");
    delete_param("a");
    assert_set(params, "{}");
}


static void the_order_is_that_of_first_insertion(void **state)
{
    (void)state;
    set("b", "1");
    set("a", "2");
    set("c", "3");
    set("b", "4");
    assert_set(params, "{'b':4,'a':2,'c':3}");
    delete_param("b");
    set("b", "5");
    assert_set(params, "{'a':2,'c':3,'b':5}");
}


static void many_params_keep_their_order(void **state)
{
    char name[2] = "a";

    (void)state;
    for (name[0] = 'z'; name[0] >= 'a'; name[0]--)
        set(name, "0");
    for (name[0] = 'a'; name[0] < 'x'; name[0]++)
        delete_param(name);
    assert_set(params, "{'z':0,'y':0,'x':0}");
}


static void a_set_that_is_held_does_not_change(void **state)
{
    struct stellar__params *held;

    (void)state;
    set("a", "1");
    set("b", "2");
    held = stellar__params_keep(params);
    set("a", "3");
    assert_set(held, "{'a':1,'b':2}");
    assert_set(params, "{'a':3,'b':2}");
    stellar__params_drop(held);

    held = stellar__params_keep(params);
    delete_param("a");
    assert_set(held, "{'a':3,'b':2}");
    assert_set(params, "{'b':2}");
    delete_param("a");
    stellar__params_drop(held);
}


static void the_last_of_duplicates_counts_at_the_first_ones_place(void **state)
{
    (void)state;
    assert_int_equal(parse("{'a':1,'b':2,'\\u0061':3}", NULL), STELLAR_OK);
    assert_set(params, "{'a':3,'b':2}");
}


static void values_keep_their_text_but_not_the_white_space_between_tokens(void **state)
{
    (void)state;
    assert_int_equal(parse("{ 'a' : 1.0e+02 , 'b' : [ 'x  y' , '\\u0041' ] }", NULL),
                     STELLAR_OK);
    assert_set(params, "{'a':1.0e+02,'b':['x  y','\\u0041']}");
}


static void names_are_unescaped(void **state)
{
    (void)state;
    assert_int_equal(parse("{'':1,'a\\u0000b':2,'\\n':3}", NULL), STELLAR_OK);
    assert_non_null(stellar__params_get(params, "", 0));
    assert_non_null(stellar__params_get(params, "a\0b", 3));
    assert_non_null(stellar__params_get(params, "\n", 1));
    assert_null(stellar__params_get(params, "a", 1));
    assert_set(params, "{'':1,'a\\u0000b':2,'\\n':3}");
}


static void the_count_is_limited(void **state)
{
    const struct stellar__params_limits limits = {2, 1000};

    (void)state;
    assert_int_equal(set_limited("a", "1", &limits), STELLAR_OK);
    assert_int_equal(set_limited("b", "2", &limits), STELLAR_OK);
    assert_int_equal(set_limited("c", "3", &limits), STELLAR_ERR_INVALID);
    assert_int_equal(set_limited("a", "33", &limits), STELLAR_OK);
    assert_set(params, "{'a':33,'b':2}");
    delete_param("a");
    assert_int_equal(set_limited("c", "3", &limits), STELLAR_OK);
    assert_set(params, "{'b':2,'c':3}");
}


static void the_bytes_are_limited(void **state)
{
    const struct stellar__params_limits limits = {10, 8};

    (void)state;
    assert_int_equal(set_limited("a", "123", &limits), STELLAR_OK);
    assert_int_equal(set_limited("b", "1234", &limits), STELLAR_ERR_INVALID);
    assert_int_equal(set_limited("b", "123", &limits), STELLAR_OK);
    assert_int_equal(set_limited("a", "1234", &limits), STELLAR_ERR_INVALID);
    assert_int_equal(set_limited("a", "1", &limits), STELLAR_OK);
    assert_int_equal(set_limited("b", "12345", &limits), STELLAR_OK);
    delete_param("a");
    assert_int_equal(set_limited("b", "1234567", &limits), STELLAR_OK);
    assert_set(params, "{'b':1234567}");
}


static void an_object_above_a_limit_is_no_set(void **state)
{
    const struct stellar__params_limits limits = {2, 8};

    (void)state;
    assert_int_equal(parse("{'a':1,'b':2,'c':3}", &limits), STELLAR_ERR_INVALID);
    assert_null(params);
    assert_int_equal(parse("{'a':12345678}", &limits), STELLAR_ERR_INVALID);
    assert_null(params);
    assert_int_equal(parse("{'a':1,'b':2,'a':3}", &limits), STELLAR_OK);
    assert_set(params, "{'a':3,'b':2}");
}


static void an_object_of_many_tokens_is_read(void **state)
{
    char text[2000] = "{\"a\":[0";
    size_t i;

    (void)state;
    for (i = 0; i < 200; i++)
        strcat(text, ",0");
    strcat(text, "]}");
    assert_int_equal(parse(text, NULL), STELLAR_OK);
    assert_set(params, text);
}


/* Whichever allocation fails, the set is as it was. */
static void without_memory_nothing_changes(void **state)
{
    struct stellar__params *held;
    int status = STELLAR_ERR_NO_MEMORY;
    size_t n;

    (void)state;
    set("a", "1");
    set("b", "2");
    for (n = 1; status == STELLAR_ERR_NO_MEMORY; n++) {
        held = stellar__params_keep(params);
        memory.fail_at = memory.count + n;
        status = stellar__params_delete(&params, "a", 1);
        memory.fail_at = 0;
        assert_set(held, "{'a':1,'b':2}");
        assert_set(params, status == STELLAR_OK ? "{'b':2}" : "{'a':1,'b':2}");
        stellar__params_drop(held);
    }
    assert_true(n > 2);
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(no_params_are_an_empty_object),
        TEST(the_order_is_that_of_first_insertion),
        TEST(many_params_keep_their_order),
        TEST(a_set_that_is_held_does_not_change),
        TEST(the_last_of_duplicates_counts_at_the_first_ones_place),
        TEST(values_keep_their_text_but_not_the_white_space_between_tokens),
        TEST(names_are_unescaped),
        TEST(the_count_is_limited),
        TEST(the_bytes_are_limited),
        TEST(an_object_above_a_limit_is_no_set),
        TEST(an_object_of_many_tokens_is_read),
        TEST(without_memory_nothing_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
