/* Rooms on several running loops, in an order that the test decides. */
#include "puppets.h"

#include <string.h>
#include <unistd.h>

#include "rooms_play.h"

#define OUTPUT_MAX 100000

static struct puppets puppets;
static struct puppet *const first = &puppets.loops[0];
static struct puppet *const second = &puppets.loops[1];
static char id[37]; /* of the client */
static int client;  /* of the second loop */


static int start(void **state)
{
    const struct stellar_server_options options = puppets_options(&puppets, 2);

    (void)state;
    puppets_start(&puppets, &options);
    client = puppet_client(second, id);
    return 0;
}


static int end(void **state)
{
    (void)state;
    puppets_end(&puppets);
    close(client);
    return 0;
}


/* Tasks of loops. */

static void create(void *room)
{
    assert_int_equal(stellar_room_create(puppets.server, room), 0);
}


static void destroy(void *room)
{
    assert_int_equal(stellar_room_destroy(puppets.server, room), 0);
}


static void add(void *room)
{
    assert_int_equal(stellar_room_add_member(puppets.server, room, id), 0);
}


static void take_out(void *room)
{
    assert_int_equal(stellar_room_remove_member(puppets.server, room, id), 0);
}


static void say_secret(void *room)
{
    assert_int_equal(stellar_room_broadcast(puppets.server, room, "secret", 6), 0);
}


static void expect_nobody(void *room)
{
    assert_int_equal(stellar_room_status(puppets.server, room, NULL, NULL), 0);
}


/* Uses the hook's argument: the name of a room that is gone. */
static void use_name(void *data)
{
    const struct puppet *puppet = data;

    assert_string_equal(puppet->room, "hall");
    assert_false(stellar_room_exists(puppets.server, puppet->room));
    assert_int_equal(stellar_room_broadcast(puppets.server, puppet->room, "x", 1),
                     STELLAR_ERR_NOT_FOUND);
    assert_int_equal(stellar_room_destroy(puppets.server, puppet->room),
                     STELLAR_ERR_NOT_FOUND);
}


/* All lines that the client has received so far. */
static const char *told(void)
{
    static char out[OUTPUT_MAX];

    client_say(client, "paramView last");
    client_read(client, "\"response\"", out, sizeof out);
    return out;
}


/* Names that hooks get. */

/* The second loop is in a hook when the first destroys the room. The second finds that
 * out in the hook. */
static void lose_room_in_hook(const char *line)
{
    puppet_expect(second);
    client_say(client, line);
    puppet_await(second);
    puppet_hold(first);
    puppet_call(first, destroy, "hall");
    puppet_call(second, create, "den");
    puppet_call(second, use_name, second);
    puppet_release(second);
    puppet_release(first);
}


static void enter_hall(void)
{
    puppet_hold(second);
    puppet_call(second, create, "hall");
    puppet_call(second, add, "hall");
    puppet_release(second);
}


static void a_hook_has_the_name_of_a_room_that_another_loop_destroys(void **state)
{
    char out[4096];

    (void)state;
    puppet_hold(first);
    puppet_call(first, create, "hall");
    puppet_release(first);
    lose_room_in_hook("roomAdd hall");
    client_read(client, "\"code\":\"019\"", out, sizeof out);
}


static void so_has_a_hook_for_who_leaves(void **state)
{
    char out[4096];

    (void)state;
    enter_hall();
    lose_room_in_hook("roomLeave hall");
    client_read(client, "\"code\":\"016\"", out, sizeof out);
}


static void so_has_a_hook_for_who_speaks(void **state)
{
    char out[4096];

    (void)state;
    enter_hall();
    lose_room_in_hook("say hall hello");
    client_read(client, "\"code\":\"016\"", out, sizeof out);
}


/* Order. */

static void who_is_removed_hears_nothing_that_is_said_later(void **state)
{
    (void)state;
    enter_hall();
    puppet_hold(first);
    puppet_hold(second);
    puppet_call(first, take_out, "hall");
    puppet_call(first, say_secret, "hall");
    puppet_call(second, create, "den");
    puppet_release(second);
    puppet_release(first);
    assert_null(strstr(told(), "secret"));
}


static void who_is_added_hears_what_is_said_later(void **state)
{
    (void)state;
    puppet_hold(first);
    puppet_hold(second);
    puppet_call(first, create, "hall");
    puppet_call(first, add, "hall");
    puppet_call(first, say_secret, "hall");
    puppet_call(second, create, "den");
    puppet_release(second);
    puppet_release(first);
    assert_non_null(strstr(told(), "secret"));
}


static void who_was_in_a_room_is_not_in_one_that_is_created_in_its_place(void **state)
{
    (void)state;
    enter_hall();
    puppet_hold(first);
    puppet_hold(second);
    puppet_call(first, take_out, "hall");
    puppet_call(first, add, "hall");
    puppet_call(second, destroy, "hall");
    puppet_call(second, create, "hall");
    puppet_call(second, expect_nobody, "hall");
    puppet_call(first, expect_nobody, "hall");
    puppet_call(first, say_secret, "hall");
    puppet_release(second);
    puppet_release(first);
    assert_null(strstr(told(), "secret"));
}


/* At random. */

static struct play play;
static int clients[MODEL_CLIENTS];


static void do_deed(void *data)
{
    const struct puppet *puppet = data;

    assert_true(play_deed(&play, puppet->number));
}


/* Returns what a client has received after its loop has read its mailbox. */
static void compare(unsigned number)
{
    static char out[OUTPUT_MAX];
    size_t length;

    client_say(clients[number], "paramView last");
    length = client_read(clients[number], "\"response\"", out, sizeof out);
    assert_true(play_agrees(&play, number, out, length));
}


static void play_once(unsigned loops, uint64_t seed)
{
    const struct stellar_server_options options = puppets_options(&puppets, loops);
    char ids[MODEL_CLIENTS][37];
    unsigned i;

    puppets_start(&puppets, &options);
    play_init(&play, puppets.server, loops, 2 * loops, seed);
    for (i = 0; i < 2 * loops; i++) {
        clients[i] = puppet_client(&puppets.loops[i % loops], ids[i]);
        play.ids[i] = ids[i];
    }
    for (i = 0; i < loops; i++) {
        puppet_hold(&puppets.loops[i]);
    }
    for (i = 0; i < 200; i++) {
        struct puppet *puppet = &puppets.loops[play_random(&play, loops)];

        puppet_call(puppet, do_deed, puppet);
    }
    for (i = 0; i < loops; i++) {
        model_catch_up(&play.model, i);
    }
    for (i = 0; i < loops; i++) {
        puppet_release(&puppets.loops[i]);
    }
    for (i = 0; i < 2 * loops; i++) {
        compare(i);
    }
    for (i = 0; i < 2 * loops; i++) {
        close(clients[i]);
    }
    puppets_end(&puppets);
}


static void whatever_is_done_each_member_hears_what_the_model_says(void **state)
{
    uint64_t seed;

    (void)state;
    for (seed = 1; seed <= 12; seed++) {
        play_once(2 + (unsigned)seed % 3, seed);
    }
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        TEST(a_hook_has_the_name_of_a_room_that_another_loop_destroys),
        TEST(so_has_a_hook_for_who_leaves),
        TEST(so_has_a_hook_for_who_speaks),
        TEST(who_is_removed_hears_nothing_that_is_said_later),
        TEST(who_is_added_hears_what_is_said_later),
        TEST(who_was_in_a_room_is_not_in_one_that_is_created_in_its_place),
        cmocka_unit_test(whatever_is_done_each_member_hears_what_the_model_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
