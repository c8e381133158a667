/* A client that sends many requests at once gets only a share of an iteration, and then
 * waits until others have had theirs. */
#include <stdlib.h>

#include "fake.h"

#define MEMBERS    1000
#define SAYS       500 /* lines in one piece: a few batches, each for all members */
#define VIEWS      200 /* of a param of 60,000 bytes: 12 MB */
#define VALUE_SIZE 60000
#define OTHERS     20

static struct fake_world *world;
static struct fake_client *client;
static struct fake_client *others[MEMBERS]; /* if a test fails, they stay open */
static size_t other_count;


static int set_up(void **state)
{
    (void)state;
    world = fake_world_new(1);
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    client = fake_client_new(world, 0);
    return 0;
}


static struct fake_client *new_other(void)
{
    others[other_count] = fake_client_new(world, 0);
    return others[other_count++];
}


static int tear_down(void **state)
{
    (void)state;
    world->is_idle = false;
    while (other_count > 0) {
        fake_close(others[--other_count]);
    }
    fake_close(client);
    fake_world_free(world);
    return 0;
}


static void ask(struct fake_client *asker, const char *line, unsigned times)
{
    size_t size = strlen(line);
    char *text = fake_grow(NULL, size * times);
    unsigned i;

    for (i = 0; i < times; i++) {
        memcpy(text + size * i, line, size);
    }
    fake_bytes(asker, text, size * times);
    free(text);
}


static size_t lines_of(const struct fake_client *reader)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < reader->length; i++) {
        count += reader->output[i] == '\n';
    }
    return count;
}


/* Runs an iteration, and the work that was postponed until after it. */
static size_t turns_until_all_is_done(const struct fake_client *reader)
{
    size_t turns = 1;

    while (reader->rest_length > 0 && turns < 1000) {
        fake_settle(world);
        fake_advance(world, 1);
        turns++;
    }
    return turns;
}


static void deliveries_to_many_are_spread_over_turns(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < MEMBERS; i++) {
        fake_say(new_other(), "roomAdd r");
    }
    fake_say(client, "roomAdd r");
    fake_settle(world);
    world->is_idle = true;
    ask(client, "say r x\n", SAYS);
    assert_true(client->session.has_unread);
    fake_settle(world);
    assert_in_range(lines_of(others[0]), 2, SAYS * 3 / 4);
    assert_in_range(turns_until_all_is_done(client), 2, 3);
    fake_settle(world);
    for (i = 0; i < MEMBERS; i++) {
        assert_int_equal(lines_of(others[i]), SAYS + 2);
    }
    assert_int_equal(lines_of(client), 2 + 2 * SAYS);
}


/* A param that is much work to view. */
static void set_long_param(struct fake_client *asker)
{
    static char line[VALUE_SIZE + 20] = "paramAdd k ";

    memset(line + strlen("paramAdd k "), 'v', VALUE_SIZE);
    fake_say(asker, line);
    world->is_idle = true;
}


static void so_are_long_answers(void **state)
{
    (void)state;
    set_long_param(client);
    ask(client, "paramView k\n", VIEWS);
    assert_true(client->session.has_unread);
    assert_in_range(client->length, 8 << 20, 9 << 20);
    assert_in_range(turns_until_all_is_done(client), 2, 3);
    assert_int_equal(lines_of(client), 2 + VIEWS);
}


static void a_share_is_of_a_turn_and_not_of_an_input(void **state)
{
    unsigned i;

    (void)state;
    set_long_param(client);
    for (i = 0; i < VIEWS; i++) {
        ask(client, "paramView k\n", 1);
    }
    assert_in_range(client->length, 8 << 20, 9 << 20);
    assert_in_range(turns_until_all_is_done(client), 2, 3);
    assert_int_equal(lines_of(client), 2 + VIEWS);
}


static void those_who_ask_for_much_share_a_turn(void **state)
{
    unsigned i;

    (void)state;
    for (i = 0; i < OTHERS; i++) {
        world->is_idle = false;
        set_long_param(new_other());
    }
    world->is_idle = false;
    set_long_param(client);
    ask(client, "paramView k\n", VIEWS);
    assert_in_range(client->length, 8 << 20, 9 << 20);
    for (i = 0; i < OTHERS; i++) {
        ask(others[i], "paramView k\n", VIEWS);
        assert_true(others[i]->session.has_unread);
        assert_in_range(others[i]->length, 64 << 10, 512 << 10);
    }
    for (i = 0; i < OTHERS; i++) {
        assert_in_range(turns_until_all_is_done(others[i]), 1, 2 * OTHERS);
        assert_int_equal(lines_of(others[i]), 2 + VIEWS);
    }
    assert_int_equal(lines_of(client), 2 + VIEWS);
}


static void a_server_that_stops_answers_all_the_same(void **state)
{
    (void)state;
    set_long_param(client);
    ask(client, "paramView k\n", VIEWS);
    assert_true(client->session.has_unread);
    stellar__shard_drain(&world->shards[0].shard);
    fake_advance(world, 100);
    fake_settle(world);
    assert_int_equal(lines_of(client), 2 + VIEWS + 1);
    assert_true(client->is_ended);
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(deliveries_to_many_are_spread_over_turns),
        TEST(so_are_long_answers),
        TEST(a_share_is_of_a_turn_and_not_of_an_input),
        TEST(those_who_ask_for_much_share_a_turn),
        TEST(a_server_that_stops_answers_all_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
