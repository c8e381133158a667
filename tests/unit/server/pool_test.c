/* The block that is kept for later use. */
#include "fake.h"
#include "pool.h"

static struct fake_memory memory;
static struct stellar__pool pool;


static int set_up(void **state)
{
    (void)state;
    fake_memory_init(&memory);
    stellar__pool_init(&pool, &memory.allocator);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    stellar__pool_free(&pool);
    return memory.live == 0 ? 0 : -1;
}


/* Takes a block of at least that many bytes. Returns how many it has. */
static void *take(size_t size, size_t most, size_t *has)
{
    char *block;

    *has = size;
    block = stellar__pool_take(&pool, has, most);
    assert_non_null(block);
    assert_true(*has >= size);
    memset(block, 1, *has);
    return block;
}


/* Takes a block and puts it back. Returns how many bytes it had. */
static size_t pass(size_t size)
{
    size_t has;
    void *block = take(size, SIZE_MAX, &has);

    stellar__pool_release(&pool, block, has);
    return has;
}


static void what_is_given_back_is_taken_again(void **state)
{
    size_t size;
    void *block = take(100, SIZE_MAX, &size);

    (void)state;
    assert_int_equal(size, 100);
    stellar__pool_release(&pool, block, size);
    assert_int_equal(memory.live, STELLAR__SPARE_KEEPS ? 1 : 0);
    block = take(60, SIZE_MAX, &size);
    assert_int_equal(memory.count, STELLAR__SPARE_KEEPS ? 1 : 2);
    assert_int_equal(size, STELLAR__SPARE_KEEPS ? 100 : 60);
    stellar__pool_release(&pool, block, size);
}


static void a_block_that_is_too_small_or_too_large_stays(void **state)
{
    size_t size;
    void *block;

    (void)state;
    pass(100);
    block = take(101, SIZE_MAX, &size);
    assert_int_equal(size, 101);
    stellar__release(&memory.allocator, block);
    block = take(50, 75, &size);
    assert_int_equal(size, 50);
    stellar__release(&memory.allocator, block);
    assert_int_equal(memory.live, STELLAR__SPARE_KEEPS ? 1 : 0);
}


static void of_two_the_larger_is_kept(void **state)
{
    size_t size;
    void *small = take(100, SIZE_MAX, &size);
    void *large = take(200, SIZE_MAX, &size);

    (void)state;
    stellar__pool_release(&pool, small, 100);
    stellar__pool_release(&pool, large, 200);
    assert_int_equal(memory.live, STELLAR__SPARE_KEEPS ? 1 : 0);
    assert_int_equal(pass(150), STELLAR__SPARE_KEEPS ? 200 : 150);
    stellar__pool_release(&pool, NULL, 0);
    assert_int_equal(memory.live, STELLAR__SPARE_KEEPS ? 1 : 0);
}


static void a_huge_block_is_not_kept(void **state)
{
    (void)state;
    assert_int_equal(pass(STELLAR__SPARE_MOST + 1), STELLAR__SPARE_MOST + 1);
    assert_int_equal(memory.live, 0);
}


static void without_memory_there_is_none(void **state)
{
    size_t size = 100;

    (void)state;
    memory.fail_at = memory.count + 1;
    assert_null(stellar__pool_take(&pool, &size, SIZE_MAX));
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_given_back_is_taken_again),
        TEST(a_block_that_is_too_small_or_too_large_stays),
        TEST(of_two_the_larger_is_kept),
        TEST(a_huge_block_is_not_kept),
        TEST(without_memory_there_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
