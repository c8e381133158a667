/* In which order several shards see changes in rooms, if each reads its mailbox as late
 * as possible. */
#include <stdio.h>

#include "fake.h"
#include "rooms_play.h"

static struct fake_world *world;
static struct fake_client *near; /* on shard 0 */
static struct fake_client *far;  /* on shard 1 */


static int set_up(void **state)
{
    (void)state;
    world = fake_world_new(2);
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    near = fake_client_new(world, 0);
    far = fake_client_new(world, 1);
    world->is_idle = true; /* mail stays where it is */
    fake_at(world, 0);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    world->is_idle = false;
    fake_close(near);
    fake_close(far);
    fake_world_free(world);
    return 0;
}


static void join(struct fake_client *client)
{
    fake_at(world, client == near ? 0 : 1);
    assert_int_equal(stellar_room_add_member(&world->server, "r", client->session.id),
                     0);
    fake_settle(world);
    fake_at(world, 0);
}


static void broadcast(const char *text)
{
    assert_int_equal(stellar_room_broadcast(&world->server, "r", text, strlen(text)),
                     0);
}


static void expect_said(struct fake_client *client, const char *text)
{
    fake_expect(client,
                "{'message':'%s','room':'r','from':'the server','context':'user',"
                "'sentAt':1700000000000}",
                text);
}


/* A function that is called on shard 1 makes it act on its mail before it has read its
 * mailbox. */
static void be_busy(void)
{
    fake_at(world, 1);
    assert_int_equal(stellar_room_create(&world->server, "new"), 0);
}


static void who_is_removed_hears_nothing_that_is_said_later(void **state)
{
    (void)state;
    join(far);
    assert_int_equal(stellar_room_remove_member(&world->server, "r", far->session.id),
                     0);
    broadcast("secret");
    be_busy();
    fake_settle(world);
    fake_expect_nothing(far);
}


static void who_is_added_hears_what_is_said_later(void **state)
{
    (void)state;
    assert_int_equal(stellar_room_add_member(&world->server, "r", far->session.id), 0);
    broadcast("welcome");
    be_busy();
    fake_settle(world);
    expect_said(far, "welcome");
    fake_expect_nothing(far);
}


static void who_was_in_a_room_is_not_in_one_that_is_created_in_its_place(void **state)
{
    (void)state;
    assert_int_equal(stellar_room_add_member(&world->server, "r", far->session.id), 0);
    fake_at(world, 1);
    assert_int_equal(stellar_room_destroy(&world->server, "r"), 0);
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    fake_settle(world);
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 0);
    fake_at(world, 0);
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 0);
}


static void who_was_put_into_a_room_that_is_gone_is_in_none(void **state)
{
    (void)state;
    assert_int_equal(stellar_room_add_member(&world->server, "r", far->session.id), 0);
    assert_int_equal(stellar_room_destroy(&world->server, "r"), 0);
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    be_busy();
    fake_settle(world);
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 0);
}


static void what_is_said_in_a_room_is_not_heard_in_one_created_in_its_place(
    void **state)
{
    (void)state;
    join(near);
    fake_at(world, 1);
    assert_int_equal(stellar_room_destroy(&world->server, "r"), 0);
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    assert_int_equal(stellar_room_add_member(&world->server, "r", far->session.id), 0);
    fake_say(near, "say r among us"); /* shard 0 does not know it yet */
    fake_settle(world);
    fake_expect_nothing(far);
}


static void what_two_hubs_say_in_turns_is_heard_in_this_order(void **state)
{
    (void)state;
    join(near);
    join(far);
    broadcast("one");
    fake_at(world, 1);
    broadcast("two");
    fake_at(world, 0);
    broadcast("three");
    fake_settle(world);
    expect_said(near, "one");
    expect_said(near, "two");
    expect_said(near, "three");
    expect_said(far, "one");
    expect_said(far, "two");
    expect_said(far, "three");
}


static void what_is_done_on_a_hub_is_seen_by_all_functions_on_another(void **state)
{
    (void)state;
    assert_int_equal(stellar_room_create(&world->server, "s"), 0);
    fake_at(world, 1);
    assert_true(stellar_room_exists(&world->server, "s"));
    assert_int_equal(stellar_room_add_member(&world->server, "s", far->session.id), 0);
    fake_at(world, 0);
    assert_int_equal(stellar_room_status(&world->server, "s", NULL, NULL), 1);
    assert_int_equal(stellar_room_destroy(&world->server, "s"), 0);
    fake_at(world, 1);
    assert_int_equal(stellar_room_broadcast(&world->server, "s", "x", 1),
                     STELLAR_ERR_NOT_FOUND);
}


static bool change_all(void *data, const char *room)
{
    unsigned *calls = data;
    struct stellar_server *server = &world->server;

    assert_string_equal(room, "r");
    assert_int_equal(stellar_room_destroy(server, room), STELLAR_ERR_BUSY);
    assert_int_equal(stellar_room_create(server, "other"), STELLAR_ERR_BUSY);
    assert_true(stellar_room_exists(server, room));
    assert_int_equal(stellar_room_add_member(server, room, near->session.id), 0);
    ++*calls;
    return true;
}


static bool change_members(void *data, const char *id, uint64_t joined_at)
{
    unsigned *calls = data;
    struct stellar_server *server = &world->server;

    (void)joined_at;
    assert_int_equal(stellar_room_remove_member(server, "r", id), STELLAR_ERR_BUSY);
    assert_int_equal(stellar_room_add_member(server, "r", far->session.id),
                     STELLAR_ERR_BUSY);
    assert_int_equal(stellar_room_destroy(server, "r"), STELLAR_ERR_BUSY);
    assert_int_equal(stellar_room_broadcast(server, "r", "hello", 5), 0);
    ++*calls;
    return true;
}


static void what_is_gone_through_does_not_change_meanwhile(void **state)
{
    unsigned calls = 0;

    (void)state;
    fake_at(world, 1);
    assert_int_equal(stellar_room_create(&world->server, "late"), 0);
    assert_int_equal(stellar_room_destroy(&world->server, "late"), 0);
    fake_at(world, 0);
    stellar_room_list(&world->server, change_all, &calls);
    assert_int_equal(calls, 1);
    assert_int_equal(stellar_room_status(&world->server, "r", change_members, &calls),
                     1);
    assert_int_equal(calls, 2);
    fake_settle(world);
    expect_said(near, "hello");
    assert_int_equal(stellar_room_destroy(&world->server, "r"), 0);
}


/* Random changes, compared with the model. */

static struct play play;
static struct fake_client *clients[MODEL_CLIENTS];


static void begin_play(unsigned shards, uint64_t seed)
{
    unsigned i;

    world = fake_world_new(shards);
    play_init(&play, &world->server, shards, 2 * shards, seed);
    for (i = 0; i < play.model.clients; i++) {
        clients[i] = fake_client_new(world, i % shards);
        play.ids[i] = clients[i]->session.id;
    }
    world->is_idle = true;
}


/* A client makes a request. Its shard has read its mailbox only if the test made it. */
static void ask(unsigned client)
{
    unsigned room = play_random(&play, MODEL_ROOMS);
    const char *name = play_room_name(room);
    char line[40];

    switch (play_random(&play, 4)) {
    case 0:
        snprintf(line, sizeof line, "roomAdd %s", name);
        model_room_add(&play.model, client, room);
        break;
    case 1:
        snprintf(line, sizeof line, "roomLeave %s", name);
        model_room_leave(&play.model, client, room);
        break;
    default:
        snprintf(line, sizeof line, "say %s %u", name, ++play.texts);
        model_say(&play.model, client, room, play.texts);
        break;
    }
    play_note(&play, client % play.model.loops, line, room, client);
    fake_say(clients[client], line);
}


static void do_something(void)
{
    unsigned shard = play_random(&play, play.model.loops);

    switch (play_random(&play, 4)) {
    case 0:
        assert_int_equal(fake_deliver(world, shard), model_act(&play.model, shard));
        break;
    case 1:
        ask(play_random(&play, play.model.clients));
        break;
    default:
        fake_at(world, shard);
        assert_true(play_deed(&play, shard));
        break;
    }
}


/* All shards read their mailboxes until these are empty. */
static void end_play(void)
{
    bool is_any = true;
    unsigned i;

    while (is_any) {
        for (i = 0, is_any = false; i < play.model.loops; i++) {
            is_any |= model_act(&play.model, i);
        }
    }
    fake_settle(world);
    for (i = 0; i < play.model.clients; i++) {
        assert_true(play_agrees(&play, i, clients[i]->output, clients[i]->length));
    }
    for (i = 0; i < play.model.loops * MODEL_ROOMS; i++) {
        fake_at(world, i / MODEL_ROOMS);
        assert_int_equal(stellar_room_status(&world->server,
                                             play_room_name(i % MODEL_ROOMS), NULL,
                                             NULL),
                         model_status(&play.model, i / MODEL_ROOMS, i % MODEL_ROOMS));
    }
    world->is_idle = false;
    for (i = 0; i < play.model.clients; i++) {
        fake_close(clients[i]);
    }
    fake_world_free(world);
}


static void whatever_is_done_each_member_hears_what_the_model_says(void **state)
{
    uint64_t seed;

    (void)state;
    for (seed = 1; seed <= 2000; seed++) {
        unsigned i;

        begin_play(2 + (unsigned)seed % 3, seed);
        for (i = 0; i < 20 + seed % 180; i++) {
            do_something();
        }
        end_play();
    }
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(who_is_removed_hears_nothing_that_is_said_later),
        TEST(who_is_added_hears_what_is_said_later),
        TEST(who_was_in_a_room_is_not_in_one_that_is_created_in_its_place),
        TEST(who_was_put_into_a_room_that_is_gone_is_in_none),
        TEST(what_is_said_in_a_room_is_not_heard_in_one_created_in_its_place),
        TEST(what_two_hubs_say_in_turns_is_heard_in_this_order),
        TEST(what_is_done_on_a_hub_is_seen_by_all_functions_on_another),
        TEST(what_is_gone_through_does_not_change_meanwhile),
        cmocka_unit_test(whatever_is_done_each_member_hears_what_the_model_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
