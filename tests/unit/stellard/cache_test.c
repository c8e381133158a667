/* The cache of the demonstration module. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cache.h"

static struct cache cache;


static struct stellar_slice slice(const char *text)
{
    return (struct stellar_slice){text, strlen(text)};
}


static void save(const char *key, const char *json, uint64_t time_to_live, uint64_t now)
{
    assert_true(cache_save(&cache, slice(key), slice(json), time_to_live, now));
}


static void a_value_is_loaded_as_it_was_saved(void **state)
{
    struct cache_value value;

    (void)state;
    save("k", "{\"a\":1}", 100, 1000);
    assert_true(cache_load(&cache, slice("k"), 1050, &value));
    assert_int_equal(value.json.length, 7);
    assert_memory_equal(value.json.data, "{\"a\":1}", 7);
    assert_int_equal(value.created_at, 1000);
    assert_int_equal(value.expires_at, 1100);
    assert_int_equal(value.read_at, 1050);
    assert_true(cache_remove(&cache, slice("k")));
}


static void a_value_is_gone_when_its_time_is_over(void **state)
{
    struct cache_value value;

    (void)state;
    save("k", "1", 100, 1000);
    assert_true(cache_load(&cache, slice("k"), 1099, &value));
    assert_false(cache_load(&cache, slice("k"), 1100, &value));
    assert_int_equal(cache_size(&cache, 0), 0);
}


static void the_size_does_not_count_what_has_expired(void **state)
{
    (void)state;
    save("a", "1", 100, 1000);
    save("b", "1", 200, 1000);
    assert_int_equal(cache_size(&cache, 1000), 2);
    assert_int_equal(cache_size(&cache, 1150), 1);
    assert_true(cache_remove(&cache, slice("b")));
}


static void a_key_saved_again_has_the_new_value(void **state)
{
    struct cache_value value;

    (void)state;
    save("k", "1", 100, 1000);
    save("k", "22", 100, 1001);
    assert_int_equal(cache_size(&cache, 1001), 1);
    assert_true(cache_load(&cache, slice("k"), 1001, &value));
    assert_int_equal(value.json.length, 2);
    assert_true(cache_remove(&cache, slice("k")));
}


static void what_is_not_there_is_neither_loaded_nor_removed(void **state)
{
    struct cache_value value;

    (void)state;
    assert_false(cache_load(&cache, slice("k"), 0, &value));
    assert_false(cache_remove(&cache, slice("k")));
}


static void a_key_may_hold_any_bytes(void **state)
{
    const struct stellar_slice key = {"a\0b", 3};

    (void)state;
    assert_true(cache_save(&cache, key, slice("1"), 100, 0));
    assert_false(cache_remove(&cache, slice("a")));
    assert_true(cache_remove(&cache, key));
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_loaded_as_it_was_saved),
        cmocka_unit_test(a_value_is_gone_when_its_time_is_over),
        cmocka_unit_test(the_size_does_not_count_what_has_expired),
        cmocka_unit_test(a_key_saved_again_has_the_new_value),
        cmocka_unit_test(what_is_not_there_is_neither_loaded_nor_removed),
        cmocka_unit_test(a_key_may_hold_any_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
