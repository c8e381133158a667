/* Finding actions by name and version. */
#include <stdio.h>
#include <stdlib.h>

#include "fake.h"

static struct fake_memory memory;
static struct stellar__actions *actions;


static void run(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_call_finish(call);
}


static const struct stellar_action versions[] = {
    {.name = "a", .version = 1, .run = run}, {.name = "a", .version = 3, .run = run},
    {.name = "a", .version = 2, .run = run}, {.name = "a", .version = 10, .run = run},
    {.name = "b", .version = 7, .run = run},
};


static int set_up(void **state)
{
    (void)state;
    fake_memory_init(&memory);
    actions = stellar__actions_new(&memory.allocator);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    stellar__actions_free(actions);
    return memory.live == 0 ? 0 : -1;
}


static void add_all(void)
{
    size_t i;

    for (i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        assert_int_equal(stellar__actions_add(actions, &versions[i]), STELLAR_OK);
    }
}


/* Returns the version that was found, or 0. version is JSON with ' instead of ", or
 * NULL. */
static unsigned find(const char *name, const char *version)
{
    char *json = version != NULL ? fake_quote(version) : NULL;
    const struct stellar_slice text = {json, json != NULL ? strlen(json) : 0};
    const struct stellar_action *action =
        stellar__actions_find(actions, name, strlen(name), json != NULL ? &text : NULL);

    free(json);
    if (action == NULL) {
        return 0;
    }
    assert_string_equal(action->name, name);
    return action->version;
}


static void without_a_version_the_highest_is_found(void **state)
{
    (void)state;
    assert_int_equal(find("a", NULL), 0);
    add_all();
    assert_int_equal(find("a", NULL), 10);
    assert_int_equal(find("b", NULL), 7);
    assert_int_equal(find("c", NULL), 0);
    assert_int_equal(find("", NULL), 0);
}


static void a_version_is_found_however_it_is_written(void **state)
{
    static const char *const twos[] = {
        "2",         "'2'",   "2.0",   "'2.0'",
        "'\\u0032'", "20e-1", "0.2e1", "'200000000000000000000e-20'"};
    size_t i;

    (void)state;
    add_all();
    for (i = 0; i < sizeof twos / sizeof twos[0]; i++) {
        assert_int_equal(find("a", twos[i]), 2);
    }
    assert_int_equal(find("a", "1"), 1);
    assert_int_equal(find("a", "3"), 3);
    assert_int_equal(find("a", "10"), 10);
    assert_int_equal(find("b", "7"), 7);
}


static void a_version_that_is_left_empty_is_the_highest(void **state)
{
    static const char *const empty[] = {
        "null", "false",   "''",
        "0",    "-0",      "0.0",
        "0e5",  "-0E-400", "0.000e999999999999999999999"};
    size_t i;

    (void)state;
    assert_int_equal(find("a", "0"), 0);
    add_all();
    for (i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        assert_int_equal(find("a", empty[i]), 10);
    }
}


static void a_version_that_does_not_exist_finds_nothing(void **state)
{
    static const char *const none[] = {
        "4",
        "-2",
        "2.5",
        "'x'",
        "'",
        "true",
        "'null'",
        "[2]",
        "'[2]'",
        "{}",
        "1e999",
        "' 2'",
        "'2 '",
        "'true'",
        "'{}'",
        "'+2'",
        "1.99999999999999999999999999",
        "'2.00000000000000000000000001'",
        "4294967297",
        "18446744073709551617",
        "'0'",
        "'-0.0'",
        "' '",
        "[]",
        "1e-400",
        "'false'",
    };
    size_t i;

    (void)state;
    add_all();
    for (i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_int_equal(find("a", none[i]), 0);
    }
}


static void every_order_of_adding_finds_the_same(void **state)
{
    unsigned order;

    (void)state;
    for (order = 0; order < 64; order++) {
        size_t picks[3] = {order & 3, order >> 2 & 3, order >> 4 & 3};
        unsigned highest = 0;
        size_t i;

        if (picks[0] == picks[1] || picks[0] == picks[2] || picks[1] == picks[2]) {
            continue;
        }
        stellar__actions_free(actions);
        actions = stellar__actions_new(&memory.allocator);
        for (i = 0; i < 3; i++) {
            const struct stellar_action *action = &versions[picks[i]];

            assert_int_equal(stellar__actions_add(actions, action), STELLAR_OK);
            highest = action->version > highest ? action->version : highest;
        }
        assert_int_equal(find("a", NULL), highest);
        for (i = 0; i < 3; i++) {
            char text[8];

            snprintf(text, sizeof text, "%u", versions[picks[i]].version);
            assert_int_equal(find("a", text), versions[picks[i]].version);
        }
    }
}


static void the_same_version_twice_is_refused(void **state)
{
    const struct stellar_action again = {.name = "a", .version = 2, .run = run};

    (void)state;
    add_all();
    assert_int_equal(stellar__actions_add(actions, &again), STELLAR_ERR_EXISTS);
    assert_int_equal(find("a", "2"), 2);
}


static void what_is_not_an_action_is_refused(void **state)
{
    static const struct stellar_input bad_default[] = {
        {.name = "x", .default_json = "nope"}, {.name = NULL}};
    static const struct stellar_action bad[] = {
        {.name = NULL, .version = 1, .run = run},
        {.name = "", .version = 1, .run = run},
        {.name = "a b", .version = 1, .run = run},
        {.name = "a\tb", .version = 1, .run = run},
        {.name = "\xff", .version = 1, .run = run},
        {.name = "a", .version = 0, .run = run},
        {.name = "a", .version = 1, .run = NULL},
        {.name = "a", .version = 1, .run = run, .inputs = bad_default},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(stellar__actions_add(actions, &bad[i]), STELLAR_ERR_INVALID);
    }
    assert_int_equal(find("a", NULL), 0);
}


static void an_action_for_which_there_is_no_memory_is_not_there(void **state)
{
    int status = STELLAR_ERR_NO_MEMORY;
    size_t n;

    (void)state;
    for (n = 1; status == STELLAR_ERR_NO_MEMORY; n++) {
        memory.fail_at = memory.count + n;
        status = stellar__actions_add(actions, &versions[0]);
        memory.fail_at = 0;
        assert_int_equal(find("a", NULL), status == STELLAR_OK);
    }
    assert_true(n > 2);
    memory.fail_at = memory.count + 1;
    assert_int_equal(stellar__actions_add(actions, &versions[1]),
                     STELLAR_ERR_NO_MEMORY);
    assert_int_equal(find("a", NULL), 1);
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(without_a_version_the_highest_is_found),
        TEST(a_version_is_found_however_it_is_written),
        TEST(a_version_that_is_left_empty_is_the_highest),
        TEST(a_version_that_does_not_exist_finds_nothing),
        TEST(every_order_of_adding_finds_the_same),
        TEST(the_same_version_twice_is_refused),
        TEST(what_is_not_an_action_is_refused),
        TEST(an_action_for_which_there_is_no_memory_is_not_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
