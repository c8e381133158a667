/* The hash table for things that each connection has once. */
#include "fake.h"
#include "table.h"

#define THINGS 1000

struct thing {
    char id[STELLAR__ID_LENGTH + 1];
    struct stellar__link link;
    bool is_seen;
};

#define THING_OF(link_) \
    ((struct thing *)(void *)((char *)(link_)-offsetof(struct thing, link)))

static struct fake_memory memory;
static struct thing things[THINGS];


static size_t hash_thing(const struct stellar__link *link)
{
    return stellar__id_hash(THING_OF(link)->id);
}


static int set_up(void **state)
{
    size_t i;

    (void)state;
    fake_memory_init(&memory);
    memset(things, 0, sizeof things);
    for (i = 0; i < THINGS; i++) {
        snprintf(things[i].id, sizeof things[i].id, "%08zx-0000-4000-8000-%012zx",
                 i * 2654435761u % 4294967296u, i);
    }
    return 0;
}


static bool has(const struct stellar__table *table, const struct thing *thing)
{
    const struct stellar__link *link =
        stellar__table_chain(table, stellar__id_hash(thing->id));

    while (link != NULL && link != &thing->link) {
        link = link->next;
    }
    return link != NULL;
}


/* Walks all entries, and checks that each comes once. */
static size_t walk(const struct stellar__table *table)
{
    struct stellar__link *link = NULL;
    size_t count = 0;
    size_t i;

    for (i = 0; i < THINGS; i++) {
        things[i].is_seen = false;
    }
    while ((link = stellar__table_next(table, link)) != NULL) {
        assert_false(THING_OF(link)->is_seen);
        THING_OF(link)->is_seen = true;
        count++;
    }
    return count;
}


static void add_and_remove_all(struct stellar__table *table)
{
    size_t i;

    for (i = 0; i < THINGS; i++) {
        assert_false(has(table, &things[i]));
        stellar__table_add(table, &things[i].link);
        assert_true(has(table, &things[i]));
    }
    for (i = 0; i < THINGS; i++) {
        assert_true(has(table, &things[i]));
    }
    assert_int_equal(walk(table), THINGS);
    for (i = 0; i < THINGS; i += 2) {
        stellar__table_remove(table, &things[i].link);
    }
    assert_int_equal(walk(table), THINGS / 2);
    for (i = 0; i < THINGS; i++) {
        assert_int_equal(has(table, &things[i]), i % 2);
    }
    for (i = 1; i < THINGS; i += 2) {
        stellar__table_remove(table, &things[i].link);
    }
    assert_int_equal(walk(table), 0);
}


static void what_is_in_a_table_is_found_until_it_is_removed(void **state)
{
    struct stellar__table table;

    (void)state;
    stellar__table_init(&table, &memory.allocator, hash_thing);
    assert_int_equal(walk(&table), 0);
    add_and_remove_all(&table);
    stellar__table_free(&table);
    assert_int_equal(memory.live, 0);
}


static void a_table_without_memory_goes_on_with_longer_chains(void **state)
{
    struct stellar__table table;
    size_t i;

    (void)state;
    for (i = 1; i < 10; i++) {
        memory.count = 0;
        memory.fail_at = i;
        stellar__table_init(&table, &memory.allocator, hash_thing);
        add_and_remove_all(&table);
        assert_true(memory.count > i);
        stellar__table_free(&table);
        assert_int_equal(memory.live, 0);
    }
}


static void chains_stay_short(void **state)
{
    struct stellar__table table;
    size_t longest = 0;
    size_t i;

    (void)state;
    stellar__table_init(&table, &memory.allocator, hash_thing);
    for (i = 0; i < THINGS; i++) {
        stellar__table_add(&table, &things[i].link);
    }
    for (i = 0; i < THINGS; i++) {
        const struct stellar__link *link =
            stellar__table_chain(&table, stellar__id_hash(things[i].id));
        size_t length = 0;

        for (; link != NULL; link = link->next) {
            length++;
        }
        longest = length > longest ? length : longest;
    }
    assert_in_range(longest, 1, 10);
    stellar__table_free(&table);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_is_in_a_table_is_found_until_it_is_removed, set_up),
        cmocka_unit_test_setup(a_table_without_memory_goes_on_with_longer_chains,
                               set_up),
        cmocka_unit_test_setup(chains_stay_short, set_up),
    };

    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
