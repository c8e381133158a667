/* How long a session waits for its client. */
#include <stdio.h>

#include "fake.h"

static struct fake_world *world;
static struct fake_client *client;


static int set_up(void **state)
{
    (void)state;
    world = fake_world_new(1);
    world->server.options.first_line_timeout = 5000;
    world->server.options.line_timeout = 1000;
    world->server.options.idle_timeout = 0;
    world->server.options.write_timeout = 3000;
    fake_add_action(world, "park", fake_park);
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    fake_advance(world, 100);
    client = fake_client_new(world, 0);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    fake_close(client);
    fake_world_free(world);
    return 0;
}


static void expect_time_out(const char *text)
{
    char log[100];

    fake_expect(client, "{'error':'%s','context':'api'}", text);
    fake_expect_goodbye(client);
    assert_true(client->is_ended);
    snprintf(log, sizeof log, "timed out: %s", text);
    fake_expect_log(world, log);
}


static void ask(void)
{
    fake_say(client, "paramsView");
    fake_skip_line(client);
}


static void who_sends_no_line_is_told_and_leaves(void **state)
{
    (void)state;
    fake_advance(world, 4999);
    fake_expect_nothing(client);
    fake_advance(world, 1);
    expect_time_out("No line came within 5000 ms");
}


static void blank_lines_are_no_first_line(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < 4; i++) {
        fake_advance(world, 1000);
        fake_bytes(client, " \r\n", 3);
    }
    fake_expect_nothing(client);
    fake_advance(world, 1000);
    expect_time_out("No line came within 5000 ms");
}


static void after_a_first_line_silence_is_no_matter(void **state)
{
    (void)state;
    fake_advance(world, 4999);
    ask();
    fake_advance(world, 1000000000);
    fake_expect_nothing(client);
    assert_int_equal(stellar__timers_next(&world->shards[0].shard.timers), UINT64_MAX);
}


static void a_line_that_never_ends_is_given_up_however_its_bytes_come(void **state)
{
    int i;

    (void)state;
    ask();
    for (i = 0; i < 10; i++) {
        fake_expect_nothing(client);
        fake_bytes(client, "x", 1);
        fake_advance(world, 100);
    }
    expect_time_out("The line was not ended within 1000 ms");
}


static void so_is_a_first_line_that_never_ends(void **state)
{
    (void)state;
    fake_bytes(client, "x", 1);
    fake_advance(world, 999);
    fake_expect_nothing(client);
    fake_advance(world, 1);
    expect_time_out("The line was not ended within 1000 ms");
}


static void so_is_the_rest_of_a_line_that_is_too_long(void **state)
{
    static char text[70000];

    (void)state;
    memset(text, 'x', sizeof text);
    fake_bytes(client, text, sizeof text);
    fake_skip_line(client);
    fake_advance(world, 500);
    fake_bytes(client, text, sizeof text);
    fake_advance(world, 500);
    expect_time_out("The line was not ended within 1000 ms");
}


static void each_line_has_its_own_time(void **state)
{
    int i;

    (void)state;
    fake_bytes(client, "params", 6);
    for (i = 0; i < 20; i++) {
        fake_advance(world, 900);
        fake_bytes(client, "View\r\nparams", 12);
        fake_skip_line(client);
    }
    fake_advance(world, 999);
    fake_expect_nothing(client);
    fake_advance(world, 1);
    expect_time_out("The line was not ended within 1000 ms");
}


static void pending_actions_of_a_line_that_never_ends_are_answered(void **state)
{
    (void)state;
    fake_bytes(client, "park\r\nx", 7);
    fake_advance(world, 1000);
    fake_expect(client,
                "{'error':'The line was not ended within 1000 ms','context':'api'}");
    fake_expect_nothing(client);
    fake_finish(fake_unpark(world), NULL);
    fake_settle(world);
    fake_expect(client, "{'done':true,'context':'response','messageCount':1}");
    fake_expect_goodbye(client);
}


static void silence_is_given_up_if_that_is_wanted(void **state)
{
    (void)state;
    world->server.options.idle_timeout = 2000;
    ask();
    fake_advance(world, 1999);
    fake_bytes(client, "\r\n", 2); /* no line, but a sign of life */
    fake_advance(world, 1999);
    fake_expect_nothing(client);
    fake_advance(world, 1);
    expect_time_out("Nothing came for 2000 ms");
}


static void who_waits_for_an_action_is_not_silent(void **state)
{
    (void)state;
    world->server.options.idle_timeout = 2000;
    fake_say(client, "park");
    fake_advance(world, 10000);
    fake_expect_nothing(client);
    fake_finish(fake_unpark(world), NULL);
    fake_settle(world);
    fake_skip_line(client);
    fake_advance(world, 2000);
    expect_time_out("Nothing came for 2000 ms");
}


static void who_has_read_late_may_be_silent_as_long_as_others(void **state)
{
    (void)state;
    world->server.options.idle_timeout = 1000;
    client->appetite = 0;
    fake_say(client, "paramsView");
    fake_advance(world, 2500);
    fake_expect_nothing(client);
    fake_feed(client, FAKE_ALL);
    fake_skip_line(client);
    fake_expect_nothing(client);
    fake_advance(world, 2000);
    expect_time_out("Nothing came for 1000 ms");
}


static void what_was_asked_while_answers_wait_is_a_sign_of_life(void **state)
{
    (void)state;
    world->server.options.idle_timeout = 10000;
    ask();
    fake_advance(world, 9000);
    client->appetite = 5;
    fake_say(client, "paramsView");
    fake_feed(client, FAKE_ALL); /* it reads at once, and then sends nothing */
    fake_skip_line(client);
    fake_advance(world, 10000);
    fake_expect_nothing(client);
    fake_advance(world, 3000); /* when the server checked whether it reads */
    expect_time_out("Nothing came for 10000 ms");
}


static void so_is_a_line_that_begins_there_and_has_its_own_time(void **state)
{
    (void)state;
    world->server.options.write_timeout = 500;
    ask();
    fake_advance(world, 100000);
    client->appetite = 5;
    fake_bytes(client, "paramsView\r\nparams", 18);
    fake_feed(client, FAKE_ALL);
    fake_skip_line(client);
    fake_bytes(client, "V", 1);
    fake_advance(world, 1000);
    fake_expect_nothing(client);
    fake_advance(world, 500);
    expect_time_out("The line was not ended within 1000 ms");
}


static void who_reads_nothing_is_cut_off(void **state)
{
    (void)state;
    fake_say(client, "roomAdd r");
    fake_skip_line(client);
    client->appetite = 0;
    stellar_room_broadcast(&world->server, "r", "hello", 5);
    fake_settle(world);
    fake_advance(world, 2999);
    assert_false(client->is_aborted);
    fake_advance(world, 3001);
    assert_true(client->is_aborted);
    fake_expect_log(world,
                    "error 025: The client reads too slowly and is cut off (nothing "
                    "was read for 3000 ms, ");
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 0);
}


static void who_sends_but_does_not_read_is_cut_off_too(void **state)
{
    int i;

    (void)state;
    ask();
    client->appetite = 0;
    for (i = 0; i < 6 && !client->is_aborted; i++) {
        fake_say(client, "paramsView");
        fake_advance(world, 1000);
    }
    assert_true(client->is_aborted);
}


static void who_reads_slowly_is_not_cut_off(void **state)
{
    int i;

    (void)state;
    client->appetite = 0;
    fake_say(client, "paramsView");
    for (i = 0; i < 20; i++) {
        fake_advance(world, 2900);
        fake_feed(client, 2);
    }
    assert_false(client->is_aborted);
    fake_feed(client, FAKE_ALL);
    fake_skip_line(client);
    fake_advance(world, 1000000);
    assert_false(client->is_aborted);
}


static void with_no_timeout_nothing_is_waited_for(void **state)
{
    (void)state;
    fake_close(client);
    world->server.options.first_line_timeout = 0;
    world->server.options.line_timeout = 0;
    world->server.options.write_timeout = 0;
    client = fake_client_new(world, 0);
    client->appetite = 0;
    fake_bytes(client, "paramsView\r\nx", 13);
    assert_int_equal(stellar__timers_next(&world->shards[0].shard.timers), UINT64_MAX);
    fake_advance(world, 1000000000);
    assert_false(client->is_aborted);
}


static void who_leaves_has_the_time_of_the_leaving_only(void **state)
{
    (void)state;
    world->server.options.idle_timeout = 2000;
    fake_say(client, "park");
    fake_say(client, "quit");
    fake_advance(world, 4999);
    fake_expect_nothing(client);
    fake_advance(world, 1);
    fake_expect_goodbye(client);
    fake_finish(fake_unpark(world), NULL);
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(who_sends_no_line_is_told_and_leaves),
        TEST(blank_lines_are_no_first_line),
        TEST(after_a_first_line_silence_is_no_matter),
        TEST(a_line_that_never_ends_is_given_up_however_its_bytes_come),
        TEST(so_is_a_first_line_that_never_ends),
        TEST(so_is_the_rest_of_a_line_that_is_too_long),
        TEST(each_line_has_its_own_time),
        TEST(pending_actions_of_a_line_that_never_ends_are_answered),
        TEST(silence_is_given_up_if_that_is_wanted),
        TEST(who_waits_for_an_action_is_not_silent),
        TEST(who_has_read_late_may_be_silent_as_long_as_others),
        TEST(what_was_asked_while_answers_wait_is_a_sign_of_life),
        TEST(so_is_a_line_that_begins_there_and_has_its_own_time),
        TEST(who_reads_nothing_is_cut_off),
        TEST(who_sends_but_does_not_read_is_cut_off_too),
        TEST(who_reads_slowly_is_not_cut_off),
        TEST(with_no_timeout_nothing_is_waited_for),
        TEST(who_leaves_has_the_time_of_the_leaving_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
