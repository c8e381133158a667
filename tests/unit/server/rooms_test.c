/* Rooms on one shard, and the same rooms as two or three shards see them. */
#include <stdio.h>
#include <stdlib.h>

#include "fake.h"

static struct fake_world *world;


static int tear_down(void **state)
{
    (void)state;
    fake_world_free(world);
    return 0;
}


static bool append_name(void *data, const char *name)
{
    strcat(data, name);
    strcat(data, " ");
    return true;
}


static bool append_id(void *data, const char *id, uint64_t joined_at)
{
    assert_in_range(joined_at, FAKE_EPOCH, FAKE_EPOCH + 1000);
    return append_name(data, id);
}


static bool stop_at_once(void *data, const char *name)
{
    append_name(data, name);
    return false;
}


static void rooms_are_made_listed_and_destroyed(void **state)
{
    char names[100] = "";
    struct stellar_server *server;

    (void)state;
    world = fake_world_new(1);
    server = &world->server;
    assert_int_equal(stellar_room_create(server, "b"), 0);
    assert_int_equal(stellar_room_create(server, "a"), 0);
    assert_int_equal(stellar_room_create(server, "gr\xc3\xb6\xc3\x9f"
                                                 "e"),
                     0);
    assert_int_equal(stellar_room_create(server, "a"), STELLAR_ERR_EXISTS);
    stellar_room_list(server, append_name, names);
    assert_string_equal(names, "b a gr\xc3\xb6\xc3\x9f"
                               "e ");
    names[0] = '\0';
    stellar_room_list(server, stop_at_once, names);
    assert_string_equal(names, "b ");
    assert_true(stellar_room_exists(server, "a"));
    assert_int_equal(stellar_room_destroy(server, "a"), 0);
    assert_false(stellar_room_exists(server, "a"));
    assert_int_equal(stellar_room_destroy(server, "a"), STELLAR_ERR_NOT_FOUND);
    assert_int_equal(stellar_room_status(server, "a", NULL, NULL),
                     STELLAR_ERR_NOT_FOUND);
    assert_int_equal(stellar_room_broadcast(server, "a", "x", 1),
                     STELLAR_ERR_NOT_FOUND);
    assert_int_equal(stellar_room_broadcast(server, "b", "\xff", 1),
                     STELLAR_ERR_INVALID);
}


static void names_that_no_client_could_say_are_refused(void **state)
{
    static const char *const bad[] = {"", "a b", "a,b", "a\tb", "a\x7f", "\xff", "\n"};
    size_t i;

    (void)state;
    world = fake_world_new(1);
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(stellar_room_create(&world->server, bad[i]),
                         STELLAR_ERR_INVALID);
    }
}


static void members_come_and_go_in_order(void **state)
{
    struct fake_client *clients[3];
    char expected[200];
    char ids[200] = "";
    size_t i;

    (void)state;
    world = fake_world_new(1);
    stellar_room_create(&world->server, "r");
    for (i = 0; i < 3; i++) {
        clients[i] = fake_client_new(world, 0);
        fake_say(clients[i], "roomAdd r");
        fake_expect(clients[i], "{'status':'OK','context':'response','data':true,"
                                "'messageCount':1}");
    }
    fake_say(clients[1], "roomLeave r");
    fake_expect(clients[1], "{'status':'OK','context':'response','data':true,"
                            "'messageCount':2}");
    assert_int_equal(stellar_room_status(&world->server, "r", append_id, ids), 2);
    snprintf(expected, sizeof expected, "%s %s ", clients[0]->session.id,
             clients[2]->session.id);
    assert_string_equal(ids, expected);
    fake_close(clients[0]);
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 1);
    fake_close(clients[1]);
    fake_close(clients[2]);
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 0);
}


static void a_room_destroyed_under_its_members_is_gone_for_them(void **state)
{
    struct fake_client *client;

    (void)state;
    world = fake_world_new(1);
    stellar_room_create(&world->server, "a");
    stellar_room_create(&world->server, "b");
    stellar_room_create(&world->server, "c");
    client = fake_client_new(world, 0);
    fake_bytes(client, "roomAdd a\nroomAdd b\nroomAdd c\n", 30);
    stellar_room_destroy(&world->server, "b");
    client->seen = client->length;
    fake_say(client, "roomView b");
    fake_expect(client, "{'status':'not member of room b','context':'response',"
                        "'messageCount':4}");
    assert_int_equal(
        stellar_room_remove_member(&world->server, "a", client->session.id), 0);
    assert_int_equal(
        stellar_room_remove_member(&world->server, "a", client->session.id),
        STELLAR_ERR_NOT_FOUND);
    assert_int_equal(stellar_room_add_member(&world->server, "c", client->session.id),
                     STELLAR_ERR_EXISTS);
    assert_int_equal(stellar_room_add_member(&world->server, "a", client->session.id),
                     0);
    fake_say(client, "detailsView");
    assert_non_null(strstr(client->output + client->seen, "\"rooms\":[\"c\",\"a\"]"));
    fake_close(client);
}


static void who_has_said_goodbye_is_a_member_no_more(void **state)
{
    struct fake_client *client;

    (void)state;
    world = fake_world_new(2);
    stellar_room_create(&world->server, "r");
    client = fake_client_new(world, 1);
    fake_say(client, "roomAdd r");
    fake_skip_line(client);
    fake_at(world, 0);
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 1);
    fake_say(client, "quit");
    fake_expect_goodbye(client);
    fake_at(world, 0);
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 0);
    fake_at(world, 1);
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 0);
    fake_close(client);
}


/* Returns a shard's members of a room; "-": there is no such room. */
static void describe(unsigned shard, char *text, size_t capacity)
{
    char *ids = calloc(1, 1000);
    char *sorted[8];
    size_t count = 0;
    size_t i;
    size_t j;

    fake_at(world, shard);
    if (stellar_room_status(&world->server, "r", append_id, ids) < 0) {
        snprintf(text, capacity, "-");
        free(ids);
        return;
    }
    for (i = 0; ids[i] != '\0'; i += 37) {
        ids[i + 36] = '\0';
        sorted[count] = ids + i;
        for (j = count++; j > 0 && strcmp(sorted[j - 1], sorted[j]) > 0; j--) {
            char *swap = sorted[j];

            sorted[j] = sorted[j - 1];
            sorted[j - 1] = swap;
        }
    }
    text[0] = '\0';
    for (i = 0; i < count; i++) {
        strcat(text, sorted[i]);
        strcat(text, " ");
    }
    free(ids);
}


static void assert_replicas_are_equal(const char *story)
{
    char first[400];
    char other[400];
    unsigned i;

    describe(0, first, sizeof first);
    for (i = 1; i < world->shard_count; i++) {
        describe(i, other, sizeof other);
        if (strcmp(first, other) != 0) {
            fail_msg("after %s shard 0 sees %s and shard %u sees %s", story, first, i,
                     other);
        }
    }
}


static struct fake_client *people[2];

/* The events on shard 0, or in capitals on shard 1: the room is destroyed or created;
 * the shard's client joins or leaves; the shard reads a message. */
static void act(char what)
{
    unsigned shard = what >= 'a' ? 0 : 1;

    fake_at(world, shard);
    switch (what) {
    case 'd':
    case 'D':
        stellar_room_destroy(&world->server, "r");
        break;
    case 'c':
    case 'C':
        stellar_room_create(&world->server, "r");
        break;
    case 'j':
    case 'J':
        stellar_room_add_member(&world->server, "r", people[shard]->session.id);
        break;
    case 'l':
    case 'L':
        stellar_room_remove_member(&world->server, "r", people[shard]->session.id);
        break;
    default: /* m, M */
        fake_deliver(world, shard);
        break;
    }
}


static void begin_story(void)
{
    world = fake_world_new(2);
    stellar_room_create(&world->server, "r");
    people[0] = fake_client_new(world, 0);
    people[1] = fake_client_new(world, 1);
}


static void end_story(void)
{
    fake_close(people[0]);
    fake_close(people[1]);
    assert_replicas_are_equal("all have gone");
    fake_at(world, 0);
    fake_world_free(world);
}


static void whatever_the_order_two_hubs_end_up_with_the_same_members(void **state)
{
    static const char deeds[] = "dDcCjJlLmM";
    unsigned number;

    (void)state;
    for (number = 0; number < 10 * 10 * 10 * 10 * 10; number++) {
        char story[6] = {0};
        unsigned rest = number;
        unsigned i;

        begin_story();
        for (i = 0; i < 5; i++) {
            story[i] = deeds[rest % 10];
            rest /= 10;
            act(story[i]);
        }
        fake_settle(world);
        assert_replicas_are_equal(story);
        end_story();
    }
    world = fake_world_new(1);
}


static void what_is_said_reaches_members_on_all_hubs_once(void **state)
{
    struct fake_client *clients[3];
    unsigned i;

    (void)state;
    world = fake_world_new(3);
    stellar_room_create(&world->server, "r");
    for (i = 0; i < 3; i++) {
        clients[i] = fake_client_new(world, i);
        fake_say(clients[i], "roomAdd r");
        fake_skip_line(clients[i]);
    }
    fake_say(clients[1], "say r hello");
    fake_expect(clients[1], "{'status':'OK','context':'response','messageCount':2}");
    for (i = 0; i < 3; i++) {
        fake_expect(clients[i],
                    "{'message':'hello','room':'r','from':'%s','context':'user',"
                    "'sentAt':1700000000000}",
                    clients[1]->session.id);
        fake_expect_nothing(clients[i]);
    }
    for (i = 0; i < 3; i++) {
        fake_close(clients[i]);
    }
}


static void a_connection_on_another_hub_is_reached_by_its_id(void **state)
{
    struct fake_client *far_away;
    const char *id;

    (void)state;
    world = fake_world_new(2);
    stellar_room_create(&world->server, "r");
    far_away = fake_client_new(world, 1);
    id = far_away->session.id;
    fake_at(world, 0);
    assert_int_equal(stellar_server_send(&world->server, id, "{\"a\":1}", 7), 0);
    assert_int_equal(stellar_room_add_member(&world->server, "r", id), 0);
    fake_settle(world);
    fake_expect(far_away, "{'a':1}");
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 1);
    assert_int_equal(stellar_room_remove_member(&world->server, "r", id), 0);
    fake_settle(world);
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 0);
    fake_close(far_away);
}


static void add_run(struct stellar_server *server, void *data)
{
    assert_ptr_equal(server, &world->server);
    ++*(unsigned *)data;
}


static void a_posted_function_runs_once_on_the_first_shard(void **state)
{
    unsigned runs = 0;

    (void)state;
    world = fake_world_new(2);
    fake_at(world, 1);
    assert_int_equal(stellar_server_post(&world->server, add_run, &runs), 0);
    assert_int_equal(runs, 0);
    assert_int_equal(world->shards[0].mailbox, 1);
    fake_settle(world);
    assert_int_equal(runs, 1);
}


static void prepare_takes_back_what_it_made_when_memory_runs_out(void **state)
{
    unsigned n;

    (void)state;
    world = fake_world_new(3);
    for (n = 1; n <= 2; n++) {
        size_t live = world->memory.live;

        world->memory.fail_at = world->memory.count + n;
        assert_int_equal(stellar_room_create(&world->server, "r"),
                         STELLAR_ERR_NO_MEMORY);
        assert_int_equal(world->memory.live, live);
    }
    assert_false(stellar_room_exists(&world->server, "r"));
}


int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(rooms_are_made_listed_and_destroyed),
        TEST(names_that_no_client_could_say_are_refused),
        TEST(members_come_and_go_in_order),
        TEST(a_room_destroyed_under_its_members_is_gone_for_them),
        TEST(who_has_said_goodbye_is_a_member_no_more),
        TEST(whatever_the_order_two_hubs_end_up_with_the_same_members),
        TEST(what_is_said_reaches_members_on_all_hubs_once),
        TEST(a_connection_on_another_hub_is_reached_by_its_id),
        TEST(a_posted_function_runs_once_on_the_first_shard),
        TEST(prepare_takes_back_what_it_made_when_memory_runs_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
