/* The JSON writer for actions. */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "fake.h"

static struct fake_memory memory;
static struct stellar__pool pool;
static struct stellar_writer writer;


static int set_up(void **state)
{
    (void)state;
    fake_memory_init(&memory);
    stellar__pool_init(&pool, &memory.allocator);
    stellar__writer_init(&writer, &pool);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    stellar__writer_free(&writer, &pool);
    stellar__pool_free(&pool);
    return memory.live == 0 ? 0 : -1;
}


static void assert_written(const char *text)
{
    char *expected = fake_quote(text);

    assert_true(stellar__writer_is_sound(&writer));
    assert_int_equal(writer.buffer.length, strlen(expected));
    assert_memory_equal(writer.buffer.data, expected, writer.buffer.length);
    free(expected);
}


static void assert_fault(void)
{
    assert_non_null(writer.fault);
    assert_false(stellar__writer_is_sound(&writer));
    stellar__writer_reset(&writer);
    assert_written("{");
}


static void every_kind_of_value_is_written(void **state)
{
    (void)state;
    stellar_write_key(&writer, "text");
    stellar_write_text(&writer, "a\"b\n");
    stellar_write_key(&writer, "");
    stellar_write_string(&writer, "a\0b", 3);
    stellar_write_key(&writer, "least");
    stellar_write_integer(&writer, INT64_MIN);
    stellar_write_key(&writer, "most");
    stellar_write_integer(&writer, INT64_MAX);
    stellar_write_key(&writer, "list");
    stellar_write_array_begin(&writer);
    stellar_write_boolean(&writer, true);
    stellar_write_boolean(&writer, false);
    stellar_write_null(&writer);
    stellar_write_array_begin(&writer);
    stellar_write_array_end(&writer);
    stellar_write_object_begin(&writer);
    stellar_write_object_end(&writer);
    stellar_write_array_end(&writer);
    stellar_write_key(&writer, "json");
    stellar_write_json(&writer, " { \"a\" : [ 1.50 , \"x y\" ] } ", 28);
    stellar_write_key(&writer, "object");
    stellar_write_object_begin(&writer);
    stellar_write_key(&writer, "a");
    stellar_write_integer(&writer, 0);
    stellar_write_key(&writer, "b");
    stellar_write_integer(&writer, -1);
    stellar_write_object_end(&writer);
    assert_written("{'text':'a\\\"b\\n','':'a\\u0000b',"
                   "'least':-9223372036854775808,'most':9223372036854775807,"
                   "'list':[true,false,null,[],{}],'json':{'a':[1.50,'x y']},"
                   "'object':{'a':0,'b':-1}");
}


static void what_a_terminal_would_obey_is_written_as_an_escape(void **state)
{
    (void)state;
    stellar_write_key(&writer, "\xc2\x85");
    stellar_write_text(&writer, "\xc2\x9b 2J");
    stellar_write_key(&writer, "json");
    stellar_write_json(&writer, "[ \"\xc2\x9d\", \"\xc2\xa0\" ]", 14);
    assert_written("{'\\u0085':'\\u009b 2J','json':['\\u009d','\xc2\xa0']");
}


static void a_value_needs_a_key(void **state)
{
    (void)state;
    stellar_write_null(&writer);
    assert_fault();
    stellar_write_key(&writer, "a");
    stellar_write_null(&writer);
    stellar_write_text(&writer, "b");
    assert_fault();
    stellar_write_object_begin(&writer);
    assert_fault();
    stellar_write_array_begin(&writer);
    assert_fault();
    stellar_write_json(&writer, "1", 1);
    assert_fault();
}


static void a_key_stands_only_in_an_object_and_before_a_value(void **state)
{
    (void)state;
    stellar_write_key(&writer, "a");
    stellar_write_key(&writer, "b");
    assert_fault();
    stellar_write_key(&writer, "a");
    stellar_write_array_begin(&writer);
    stellar_write_key(&writer, "b");
    assert_fault();
    stellar_write_key(&writer, "a");
    stellar_write_object_begin(&writer);
    stellar_write_key(&writer, "b");
    stellar_write_object_end(&writer);
    assert_fault();
}


static void an_end_needs_its_own_beginning(void **state)
{
    (void)state;
    stellar_write_object_end(&writer);
    assert_fault();
    stellar_write_array_end(&writer);
    assert_fault();
    stellar_write_key(&writer, "a");
    stellar_write_array_begin(&writer);
    stellar_write_object_end(&writer);
    assert_fault();
    stellar_write_key(&writer, "a");
    stellar_write_object_begin(&writer);
    stellar_write_array_end(&writer);
    assert_fault();
}


static void what_is_left_open_is_not_sound(void **state)
{
    (void)state;
    stellar_write_key(&writer, "a");
    assert_false(stellar__writer_is_sound(&writer));
    stellar_write_array_begin(&writer);
    assert_false(stellar__writer_is_sound(&writer));
    stellar_write_array_end(&writer);
    assert_true(stellar__writer_is_sound(&writer));
}


static void what_is_not_valid_is_a_fault(void **state)
{
    (void)state;
    stellar_write_key(&writer, "\xff");
    assert_fault();
    stellar_write_key(&writer, "a");
    stellar_write_text(&writer, "\xc3");
    assert_fault();
    stellar_write_key(&writer, "a");
    stellar_write_json(&writer, "[1,]", 4);
    assert_fault();
    stellar_write_key(&writer, "a");
    stellar_write_json(&writer, "", 0);
    assert_fault();
}


static void levels_are_counted(void **state)
{
    unsigned i;

    (void)state;
    stellar_write_key(&writer, "a");
    for (i = 1; i < STELLAR_JSON_DEPTH_MAX; i++) {
        stellar_write_array_begin(&writer);
    }
    assert_null(writer.fault);
    for (i = 1; i < STELLAR_JSON_DEPTH_MAX; i++) {
        stellar_write_array_end(&writer);
    }
    assert_true(stellar__writer_is_sound(&writer));
    stellar_write_key(&writer, "b");
    for (i = 0; i < STELLAR_JSON_DEPTH_MAX; i++) {
        stellar_write_array_begin(&writer);
    }
    assert_fault();
}


static void levels_forget_what_they_were(void **state)
{
    (void)state;
    stellar_write_key(&writer, "a");
    stellar_write_array_begin(&writer);
    stellar_write_array_end(&writer);
    stellar_write_key(&writer, "b");
    stellar_write_object_begin(&writer);
    stellar_write_key(&writer, "c");
    stellar_write_null(&writer);
    stellar_write_object_end(&writer);
    assert_written("{'a':[],'b':{'c':null}");
}


static void after_a_fault_nothing_is_written(void **state)
{
    const char *first;
    size_t length;

    (void)state;
    stellar_write_null(&writer);
    first = writer.fault;
    length = writer.buffer.length;
    stellar_write_key(&writer, "a");
    stellar_write_text(&writer, "b");
    stellar_write_object_end(&writer);
    assert_ptr_equal(writer.fault, first);
    assert_int_equal(writer.buffer.length, length);
}


static void memory_that_runs_out_is_remembered(void **state)
{
    char *large = calloc(1, 1000);

    (void)state;
    assert_non_null(large);
    memset(large, 'x', 999);
    memory.fail_at = memory.count + 1;
    stellar_write_key(&writer, "a");
    stellar_write_text(&writer, large);
    assert_null(writer.fault);
    assert_false(stellar__writer_is_sound(&writer));
    free(large);
}


static void doubles_read_back_the_same(void **state)
{
    const double values[] = {
        0,
        -0.0,
        0.1,
        1.0 / 3,
        0.38,
        1e21,
        -1e-7,
        123456789012345680,
        DBL_MAX,
        DBL_MIN,
        5e-324,
        -DBL_MAX,
        4503599627370497.5,
        2.5,
        100,
        1e300,
    };
    uint64_t bits = 1;
    size_t i;

    (void)state;
    for (i = 0; i < 5000; i++) {
        double value;
        double back;

        bits = bits * UINT64_C(6364136223846793005) + 1442695040888963407;
        memcpy(&value, &bits, sizeof value);
        if (i < sizeof values / sizeof values[0]) {
            value = values[i];
        }
        if (!isfinite(value)) {
            continue;
        }
        stellar__buffer_cut(&writer.buffer, 0);
        stellar__buffer_double(&writer.buffer, value);
        assert_true(stellar_json_check(writer.buffer.data, writer.buffer.length, NULL));
        stellar__buffer_append(&writer.buffer, "", 1);
        back = strtod(writer.buffer.data, NULL);
        assert_memory_equal(&back, &value, sizeof value);
    }
}


static void doubles_are_as_short_as_people_write_them(void **state)
{
    (void)state;
    stellar_write_key(&writer, "a");
    stellar_write_array_begin(&writer);
    stellar_write_double(&writer, 0.1);
    stellar_write_double(&writer, 0.38);
    stellar_write_double(&writer, 3);
    stellar_write_double(&writer, -2.5);
    stellar_write_double(&writer, (double)INFINITY);
    stellar_write_double(&writer, (double)NAN);
    stellar_write_array_end(&writer);
    assert_written("{'a':[0.1,0.38,3,-2.5,null,null]");
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(every_kind_of_value_is_written),
        TEST(what_a_terminal_would_obey_is_written_as_an_escape),
        TEST(a_value_needs_a_key),
        TEST(a_key_stands_only_in_an_object_and_before_a_value),
        TEST(an_end_needs_its_own_beginning),
        TEST(what_is_left_open_is_not_sound),
        TEST(what_is_not_valid_is_a_fault),
        TEST(levels_are_counted),
        TEST(levels_forget_what_they_were),
        TEST(after_a_fault_nothing_is_written),
        TEST(memory_that_runs_out_is_remembered),
        TEST(doubles_read_back_the_same),
        TEST(doubles_are_as_short_as_people_write_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
