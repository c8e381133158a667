/* Memory that is counted, up to a limit. */
#include <stdlib.h>

#include "fake.h"
#include "memory_limit.h"

#define HEADER sizeof(max_align_t)

static struct fake_memory inner;
static struct stellar__memory_limit memory_limit;
static struct stellar_allocator memory;


static int set_up(void **state)
{
    (void)state;
    fake_memory_init(&inner);
    memory = stellar__memory_limit_init(&memory_limit, &inner.allocator, 1000);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    assert_int_equal(inner.live, 0);
    assert_int_equal(memory_limit.used, 0);
    return 0;
}


static void what_goes_beyond_the_limit_is_refused_and_what_is_given_back_counts(
    void **state)
{
    void *first = stellar__allocate(&memory, 600);
    void *second;

    (void)state;
    assert_non_null(first);
    assert_null(stellar__allocate(&memory, 400));
    assert_null(stellar__allocate(&memory, SIZE_MAX));
    assert_null(stellar__allocate(&memory, SIZE_MAX - HEADER));
    second = stellar__allocate(&memory, 400 - 2 * HEADER);
    assert_non_null(second);
    assert_int_equal(memory_limit.used, 1000);
    assert_null(stellar__allocate(&memory, 0));
    stellar__release(&memory, first);
    assert_int_equal(memory_limit.used, 400 - HEADER);
    stellar__release(&memory, second);
    stellar__release(&memory, NULL);
}


static void blocks_may_grow_and_shrink_within_it(void **state)
{
    char *block = stellar__resize(&memory, NULL, 10);
    void *grown;

    (void)state;
    memcpy(block, "ten bytes", 10);
    block = stellar__resize(&memory, block, 900);
    assert_string_equal(block, "ten bytes");
    assert_true(stellar__memory_limit_is_near(&memory_limit));
    grown = stellar__resize(&memory, block, 1000);
    assert_null(grown);
    assert_null(stellar__resize(&memory, block, SIZE_MAX));
    block = stellar__resize(&memory, block, 20);
    assert_string_equal(block, "ten bytes");
    assert_int_equal(memory_limit.used, 20 + HEADER);
    assert_false(stellar__memory_limit_is_near(&memory_limit));
    stellar__release(&memory, block);
}


static void what_the_allocator_refuses_does_not_count(void **state)
{
    char *block = stellar__allocate(&memory, 10);

    (void)state;
    inner.fail_at = inner.count + 1;
    assert_null(stellar__allocate(&memory, 10));
    inner.fail_at = inner.count + 1;
    assert_null(stellar__resize(&memory, block, 100));
    assert_int_equal(memory_limit.used, 10 + HEADER);
    stellar__release(&memory, block);
}


static void without_a_limit_nothing_is_counted(void **state)
{
    void *block;

    (void)state;
    memory = stellar__memory_limit_init(&memory_limit, &inner.allocator, 0);
    assert_ptr_equal(memory.context, &inner);
    block = stellar__allocate(&memory, 10);
    assert_int_equal(memory_limit.used, 0);
    assert_false(stellar__memory_limit_is_near(&memory_limit));
    stellar__release(&memory, block);
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_goes_beyond_the_limit_is_refused_and_what_is_given_back_counts),
        TEST(blocks_may_grow_and_shrink_within_it),
        TEST(what_the_allocator_refuses_does_not_count),
        TEST(without_a_limit_nothing_is_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
