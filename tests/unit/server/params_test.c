/* The set of params of a connection. */
#include <stdio.h>
#include <stdlib.h>

#include "fake.h"

static struct fake_memory memory;
static struct stellar__pool home;
static struct stellar__params *params;


static int set_up(void **state)
{
    (void)state;
    fake_memory_init(&memory);
    stellar__pool_init(&home, &memory.allocator);
    params = NULL;
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    stellar__params_release(params);
    stellar__pool_free(&home);
    return memory.live == 0 ? 0 : -1;
}


static int set_limited(const char *name, const char *json,
                       const struct stellar__params_limits *limits)
{
    struct stellar__shared *value =
        stellar__shared_new(&memory.allocator, json, strlen(json));
    int status = stellar__params_set(&params, &home, name, strlen(name), value, limits);

    stellar__shared_release(value);
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
        &params, &home, (struct stellar_slice){json, strlen(json)}, limits);

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
    for (name[0] = 'z'; name[0] >= 'a'; name[0]--) {
        set(name, "0");
    }
    for (name[0] = 'a'; name[0] < 'x'; name[0]++) {
        delete_param(name);
    }
    assert_set(params, "{'z':0,'y':0,'x':0}");
}


static void a_set_that_is_held_does_not_change(void **state)
{
    struct stellar__params *held;

    (void)state;
    set("a", "1");
    set("b", "2");
    held = stellar__params_retain(params);
    set("a", "3");
    assert_set(held, "{'a':1,'b':2}");
    assert_set(params, "{'a':3,'b':2}");
    stellar__params_release(held);

    held = stellar__params_retain(params);
    delete_param("a");
    assert_set(held, "{'a':3,'b':2}");
    assert_set(params, "{'b':2}");
    delete_param("a");
    stellar__params_release(held);
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


static void what_a_terminal_would_obey_is_kept_as_an_escape(void **state)
{
    (void)state;
    assert_int_equal(
        parse("{'a':'\xc2\x9b','\xc2\x80':1,'messageId':['\xc2\xa0\xc2\x9f'],"
              "'\\u0080':2}",
              NULL),
        STELLAR_OK);
    assert_int_equal(stellar__params_get(params, "a", 1)->length, 8);
    assert_memory_equal(stellar__params_get(params, "\xc2\x80", 2)->data, "2", 1);
    assert_set(params, "{'a':'\\u009b','\\u0080':2,'messageId':['\xc2\xa0\\u009f']}");
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


/* A set made from an object contains its values, so a copy of the set copies them. */
static void a_set_from_an_object_can_be_changed_while_it_is_held(void **state)
{
    struct stellar__params *held;

    (void)state;
    assert_int_equal(parse("{'a':[ 1 ],'messageId':'m','b':true}", NULL), STELLAR_OK);
    held = stellar__params_retain(params);
    set("c", "3");
    set("a", "4");
    assert_set(held, "{'a':[1],'messageId':'m','b':true}");
    stellar__params_release(held);
    assert_set(params, "{'a':4,'messageId':'m','b':true,'c':3}");
}


static void more_than_a_handful_are_found_by_name(void **state)
{
    const struct stellar_slice *value;
    char text[2000] = "{";
    char name[8];
    size_t i;

    (void)state;
    for (i = 0; i < 100; i++) {
        snprintf(text + strlen(text), 20, "%s'n%zu':%zu", i > 0 ? "," : "", i % 70, i);
    }
    strcat(text, "}");
    assert_int_equal(parse(text, NULL), STELLAR_OK);
    for (i = 0; i < 70; i++) {
        snprintf(name, sizeof name, "n%zu", i);
        value = stellar__params_get(params, name, strlen(name));
        assert_non_null(value);
        assert_int_equal(strtoul(value->data, NULL, 10), i < 30 ? i + 70 : i);
    }
    assert_null(stellar__params_get(params, "n70", 3));
    for (i = 0; i < 70; i++) {
        snprintf(name, sizeof name, "n%zu", i);
        delete_param(name);
        assert_null(stellar__params_get(params, name, strlen(name)));
    }
    assert_set(params, "{}");
    set("n1", "1");
    assert_set(params, "{'n1':1}");
}


static void message_id_and_action_outlive_their_set(void **state)
{
    struct stellar__shared *action;
    struct stellar__shared *id;

    (void)state;
    assert_null(stellar__params_shared(params, "messageId", 9));
    assert_int_equal(parse("{'messageId':{ 'n' : 7 },'acti\\u006fn':'x','b':1}", NULL),
                     STELLAR_OK);
    id = stellar__shared_retain(stellar__params_shared(params, "messageId", 9));
    action = stellar__shared_retain(stellar__params_shared(params, "action", 6));
    stellar__params_release(params);
    params = NULL;
    assert_non_null(id);
    assert_string_equal(id->data, "{\"n\":7}");
    assert_int_equal(id->length, 7);
    stellar__shared_release(id);
    assert_non_null(action);
    assert_string_equal(action->data, "\"x\"");
    stellar__shared_release(action);
}


/* Setting the same values again and again must not make the set larger. */
static void what_is_replaced_within_an_object_takes_no_room_for_ever(void **state)
{
    const struct stellar__params_limits limits = {2, 20};

    (void)state;
    assert_int_equal(parse("{'a':11111111,'a':22222222,'a':33333333,'b':44444444,"
                           "'a':55555555,'b':66666666,'\\u0061':77777777}",
                           &limits),
                     STELLAR_OK);
    assert_set(params, "{'a':77777777,'b':66666666}");
    set("action", "0");
    assert_set(params, "{'a':77777777,'b':66666666,'action':0}");
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
    for (i = 0; i < 200; i++) {
        strcat(text, ",0");
    }
    strcat(text, "]}");
    assert_int_equal(parse(text, NULL), STELLAR_OK);
    assert_set(params, text);
}


/* No matter which allocation fails, the set stays as it was. */
static void without_memory_nothing_changes(void **state)
{
    struct stellar__params *held;
    int status = STELLAR_ERR_NO_MEMORY;
    size_t n;

    (void)state;
    set("a", "1");
    set("b", "2");
    for (n = 1; status == STELLAR_ERR_NO_MEMORY; n++) {
        held = stellar__params_retain(params);
        memory.fail_at = memory.count + n;
        status = stellar__params_delete(&params, "a", 1);
        memory.fail_at = 0;
        assert_set(held, "{'a':1,'b':2}");
        assert_set(params, status == STELLAR_OK ? "{'b':2}" : "{'a':1,'b':2}");
        stellar__params_release(held);
    }
    assert_true(n > 2);
}


/* No matter which allocation fails, there is no set. */
static void without_memory_an_object_is_no_set(void **state)
{
    const struct stellar__params_limits limits = {100, 47};
    const char *const text = "{'messageId':1,'a':[1,2],'\\u0062':'x','b':11111111,"
                             "'b':22222222,'c':1,'d':2,'e':3,'f':4,'g':5,'h':6,"
                             "'i':'\xc2\x9b'}";
    int status = STELLAR_ERR_NO_MEMORY;
    size_t n;

    (void)state;
    for (n = 1; status == STELLAR_ERR_NO_MEMORY; n++) {
        memory.fail_at = memory.count + n;
        status = parse(text, &limits);
        memory.fail_at = 0;
        assert_true((params == NULL) == (status != STELLAR_OK));
    }
    assert_int_equal(status, STELLAR_OK);
    assert_true(n > 3);
    stellar__params_release(params);
    assert_int_equal(
        parse("{'a':[1,2,3],'messageId':12345678901234567890123456789012}", &limits),
        STELLAR_ERR_INVALID);
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
        TEST(what_a_terminal_would_obey_is_kept_as_an_escape),
        TEST(names_are_unescaped),
        TEST(a_set_from_an_object_can_be_changed_while_it_is_held),
        TEST(more_than_a_handful_are_found_by_name),
        TEST(message_id_and_action_outlive_their_set),
        TEST(what_is_replaced_within_an_object_takes_no_room_for_ever),
        TEST(the_count_is_limited),
        TEST(the_bytes_are_limited),
        TEST(an_object_above_a_limit_is_no_set),
        TEST(an_object_of_many_tokens_is_read),
        TEST(without_memory_nothing_changes),
        TEST(without_memory_an_object_is_no_set),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
