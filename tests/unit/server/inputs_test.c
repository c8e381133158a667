/* Declared inputs, as actions get them. */
#include <stdlib.h>

#include "fake.h"
#include "inputs.h"

static struct fake_memory memory;
static struct stellar__pool home;
static struct stellar__params *params;
static struct stellar__input_value values[4];
static struct stellar__buffer problems;
static bool mistyped;


static int set_up(void **state)
{
    (void)state;
    fake_memory_init(&memory);
    stellar__pool_init(&home, &memory.allocator);
    stellar__buffer_init(&problems, &memory.allocator);
    memset(values, 0, sizeof values);
    params = NULL;
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    stellar__params_release(params);
    stellar__pool_free(&home);
    stellar__buffer_free(&problems);
    return memory.live == 0 ? 0 : -1;
}


static bool read_inputs(const struct stellar_input *inputs, const char *object)
{
    char *json = fake_quote(object);

    stellar__params_release(params);
    assert_int_equal(stellar__params_parse(&params, &home,
                                           (struct stellar_slice){json, strlen(json)},
                                           NULL),
                     STELLAR_OK);
    free(json);
    stellar__buffer_cut(&problems, 0);
    return stellar__inputs_read(inputs, params, values, &problems, &mistyped);
}


static void assert_problems(const char *text)
{
    char *expected = fake_quote(text);

    assert_int_equal(problems.length, strlen(expected));
    assert_memory_equal(problems.data, expected, problems.length);
    free(expected);
}


static void assert_value(size_t at, const char *text)
{
    char *expected = fake_quote(text);

    assert_true(values[at].present);
    assert_int_equal(values[at].value.text.length, strlen(expected));
    assert_memory_equal(values[at].value.text.data, expected, strlen(expected));
    free(expected);
}


/* Returns the value after this conversion, or NULL if it is refused. */
static void assert_converted(enum stellar_convert to, const char *sent,
                             const char *expected)
{
    const struct stellar_input inputs[] = {{.name = "x", .convert = to},
                                           {.name = NULL}};
    char object[200] = "{'x':";

    strcat(object, sent);
    strcat(object, "}");
    if (read_inputs(inputs, object) != (expected != NULL)) {
        fail_msg("%s", sent);
    }
    if (expected != NULL) {
        assert_value(0, expected);
    }
}


static void all_that_are_missing_are_named_together(void **state)
{
    const struct stellar_input inputs[] = {{.name = "a", .required = true},
                                           {.name = "b"},
                                           {.name = "c", .required = true},
                                           {.name = NULL}};

    (void)state;
    assert_false(read_inputs(inputs, "{'b':1}"));
    assert_problems("{'a':'The a field is required.','c':'The c field is required.'}");
    assert_false(read_inputs(inputs, "{'a':null,'c':0}"));
    assert_problems("{'a':'The a field is required.'}");
    assert_true(read_inputs(inputs, "{'a':'','c':false}"));
    assert_problems("");
    assert_false(values[1].present);
}


static void a_default_stands_in_for_what_is_missing_or_null(void **state)
{
    const struct stellar_input inputs[] = {
        {.name = "a", .required = true, .default_json = "\"d\""},
        {.name = "b", .default_json = "\"7\"", .convert = STELLAR_TO_INTEGER},
        {.name = NULL}};

    (void)state;
    assert_true(read_inputs(inputs, "{}"));
    assert_value(0, "'d'");
    assert_value(1, "7");
    assert_true(read_inputs(inputs, "{'a':null,'b':null}"));
    assert_value(0, "'d'");
    assert_value(1, "7");
    assert_true(read_inputs(inputs, "{'a':1,'b':2}"));
    assert_value(0, "1");
    assert_value(1, "2");
}


static void integers_are_those_that_are_exact(void **state)
{
    (void)state;
    assert_converted(STELLAR_TO_INTEGER, "7", "7");
    assert_converted(STELLAR_TO_INTEGER, "'7'", "7");
    assert_converted(STELLAR_TO_INTEGER, "-0", "0");
    assert_converted(STELLAR_TO_INTEGER, "7.0", "7");
    assert_converted(STELLAR_TO_INTEGER, "'70e-1'", "7");
    assert_converted(STELLAR_TO_INTEGER, "'\\u0037'", "7");
    assert_converted(STELLAR_TO_INTEGER, "'7e\\u002B1'", "70");
    assert_converted(STELLAR_TO_INTEGER, "'7\\u0000'", NULL);
    assert_converted(STELLAR_TO_INTEGER, "9223372036854775807", "9223372036854775807");
    assert_converted(STELLAR_TO_INTEGER, "'-9223372036854775808'",
                     "-9223372036854775808");
    assert_converted(STELLAR_TO_INTEGER, "9007199254740992.0", "9007199254740992");
    assert_converted(STELLAR_TO_INTEGER, "9223372036854775808", NULL);
    assert_converted(STELLAR_TO_INTEGER, "-9223372036854775809", NULL);
    assert_converted(STELLAR_TO_INTEGER, "9007199254740993.0", "9007199254740993");
    assert_converted(STELLAR_TO_INTEGER, "'92233720368547758070e-1'",
                     "9223372036854775807");
    assert_converted(STELLAR_TO_INTEGER, "49.99999999999999999999999", NULL);
    assert_converted(STELLAR_TO_INTEGER, "'49.99999999999999999999999'", NULL);
    assert_converted(STELLAR_TO_INTEGER, "50.00000000000000000000001", NULL);
    assert_converted(STELLAR_TO_INTEGER, "1e-400", NULL);
    assert_converted(STELLAR_TO_INTEGER, "'-1e-400'", NULL);
    assert_converted(STELLAR_TO_INTEGER, "0e-400", "0");
    assert_converted(STELLAR_TO_INTEGER, "1e400", NULL);
    assert_converted(STELLAR_TO_INTEGER, "-1e400", NULL);
    assert_converted(STELLAR_TO_INTEGER, "7.5", NULL);
}


static void floats_are_converted_and_keep_their_text(void **state)
{
    (void)state;
    assert_converted(STELLAR_TO_FLOAT, "1.50", "1.50");
    assert_converted(STELLAR_TO_FLOAT, "'1.50'", "1.50");
    assert_converted(STELLAR_TO_FLOAT, "'1.5\\u0030'", "1.50");
    assert_converted(STELLAR_TO_FLOAT, "'1.5000000000000000000000000000\\u00300'",
                     "1.500000000000000000000000000000");
    assert_converted(STELLAR_TO_FLOAT, "'1.5000000000000000000000000000\\u003000'",
                     NULL);
    assert_converted(STELLAR_TO_FLOAT, "-7", "-7");
    assert_converted(STELLAR_TO_FLOAT, "1.7976931348623157e308",
                     "1.7976931348623157e308");
    assert_converted(STELLAR_TO_FLOAT, "5e-324", "5e-324");
    assert_converted(STELLAR_TO_FLOAT, "1e-999", "1e-999");
    assert_converted(STELLAR_TO_FLOAT, "1e309", NULL);
}


static void what_is_no_number_does_not_convert(void **state)
{
    static const char *const none[] = {
        "''",    "'x'",        "true",   "[]",     "{}",   "[7]",
        "'[7]'", "'null'",     "'true'", "'0x10'", "'7x'", "'+7'",
        "'NaN'", "'Infinity'", "'.5'",   "' 7'",   "'7 '", "' '"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_converted(STELLAR_TO_INTEGER, none[i], NULL);
        assert_converted(STELLAR_TO_FLOAT, none[i], NULL);
    }
}


static void what_does_not_convert_is_named_with_its_type(void **state)
{
    const struct stellar_input inputs[] = {{.name = "a", .convert = STELLAR_TO_INTEGER},
                                           {.name = "b", .required = true},
                                           {.name = "c", .convert = STELLAR_TO_FLOAT},
                                           {.name = NULL}};

    (void)state;
    assert_false(read_inputs(inputs, "{'a':1}"));
    assert_false(mistyped);
    assert_false(read_inputs(inputs, "{'a':'x','c':[]}"));
    assert_true(mistyped);
    assert_problems(
        "{'a':{'code':'003','message':'Param `a` has an invalid type, "
        "expected integer'},'b':'The b field is required.','c':{'code':"
        "'003','message':'Param `c` has an invalid type, expected float'}}");
}


static void what_is_sent_stays_as_it_is_without_conversion(void **state)
{
    (void)state;
    assert_converted(STELLAR_AS_SENT, "'7'", "'7'");
    assert_converted(STELLAR_AS_SENT, "[1.0]", "[1.0]");
    assert_converted(STELLAR_AS_SENT, "1e999", "1e999");
}


static void without_memory_for_the_first_problem_there_still_is_one(void **state)
{
    const struct stellar_input inputs[] = {{.name = "b", .required = true},
                                           {.name = NULL}};

    (void)state;
    memory.fail_at = 1;
    assert_false(stellar__inputs_read(inputs, params, values, &problems, &mistyped));
    assert_true(problems.failed);
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(all_that_are_missing_are_named_together),
        TEST(a_default_stands_in_for_what_is_missing_or_null),
        TEST(integers_are_those_that_are_exact),
        TEST(floats_are_converted_and_keep_their_text),
        TEST(what_is_no_number_does_not_convert),
        TEST(what_does_not_convert_is_named_with_its_type),
        TEST(what_is_sent_stays_as_it_is_without_conversion),
        TEST(without_memory_for_the_first_problem_there_still_is_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
