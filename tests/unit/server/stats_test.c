/* The counters, and that nothing is counted twice. */
#include <string.h>

#include "fake.h"

static struct fake_world *world;
static struct fake_client *client;
static struct fake_client *remote; /* on the other loop */


static int set_up(void **state)
{
    (void)state;
    world = fake_world_new(2);
    fake_add_action(world, "finish", fake_finish);
    fake_add_action(world, "park", fake_park);
    client = fake_client_new(world, 0);
    remote = fake_client_new(world, 1);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    fake_close(remote);
    fake_close(client);
    fake_world_free(world);
    return 0;
}


static struct stellar_stats stats(void)
{
    struct stellar_stats now;

    stellar_server_stats(&world->server, &now);
    return now;
}


static uint64_t events(struct stellar_times times)
{
    uint64_t sum = 0;
    size_t i;

    for (i = 0; i < STELLAR_TIMES_COUNTS; i++) {
        sum += times.counts[i];
    }
    return sum;
}


static void lines_are_counted_by_their_verb(void **state)
{
    (void)state;
    fake_say(client, "paramAdd a=1\r\nparamView a\r\nparamView b\r\nparamView");
    fake_say(client, "roomJoin r\r\nroomAdd r");
    fake_say(remote, "paramView c");
    assert_int_equal(stats().lines[STELLAR_PARAM_ADD], 1);
    assert_int_equal(stats().lines[STELLAR_PARAM_VIEW], 4);
    assert_int_equal(stats().lines[STELLAR_ROOM_ADD], 2);
    assert_int_equal(stats().lines[STELLAR_ACTION], 0);
    assert_int_equal(events(stats().line_times), 7);
}


static void calls_are_counted_by_name_or_as_json(void **state)
{
    (void)state;
    fake_say(client, "finish\r\nnosuch\r\n{'action':'finish'}\r\n{}\r\n{'action':1}");
    assert_int_equal(stats().lines[STELLAR_ACTION], 2);
    assert_int_equal(stats().lines[STELLAR_LINE_JSON], 3);
    assert_int_equal(stats().actions_started, 3);
}


static void lines_that_cannot_be_understood_are_counted_as_refused(void **state)
{
    (void)state;
    fake_say(client, "{'a\r\n\x80\r\n\r\n  \r\n");
    assert_int_equal(stats().lines[STELLAR_NO_VERB], 2);
    assert_int_equal(events(stats().line_times), 2);
}


static void errors_are_counted_by_their_code(void **state)
{
    (void)state;
    fake_say(client, "{'a\r\n\x80\r\nnosuch\r\nroomAdd\r\nroomAdd r\r\nsay r x");
    fake_say(remote, "roomAdd");
    assert_int_equal(stats().errors[STELLAR_E_MALFORMED_JSON], 1);
    assert_int_equal(stats().errors[STELLAR_E_INVALID_UTF8], 1);
    assert_int_equal(stats().errors[STELLAR_E_UNKNOWN_ACTION], 1);
    assert_int_equal(stats().errors[STELLAR_E_ROOM_REQUIRED], 2);
    assert_int_equal(stats().errors[STELLAR_E_NO_SUCH_ROOM], 1);
    assert_int_equal(stats().errors[STELLAR_E_NOT_IN_ROOM], 1);
}


static void a_call_whose_inputs_do_not_convert_is_an_error_and_a_failure(void **state)
{
    static const struct stellar_input inputs[] = {
        {.name = "a", .convert = STELLAR_TO_INTEGER},
        {.name = "b", .convert = STELLAR_TO_FLOAT},
        {.name = "c", .required = true},
        {.name = NULL}};
    static const struct stellar_action typed = {
        .name = "typed", .version = 1, .inputs = inputs, .run = fake_finish};

    (void)state;
    assert_int_equal(stellar_server_add_action(&world->server, &typed), STELLAR_OK);
    fake_say(client, "{'action':'typed','params':{'a':'x','b':[],'c':1}}");
    assert_int_equal(stats().errors[STELLAR_E_INVALID_TYPE],
                     1); /* one line, one error */
    assert_int_equal(stats().actions_failed, 1);
    fake_say(client, "{'action':'typed','params':{'a':1}}"); /* c is missing: no code */
    assert_int_equal(stats().errors[STELLAR_E_INVALID_TYPE], 1);
    assert_int_equal(stats().actions_failed, 2);
    fake_say(client, "{'action':'typed','params':{'c':1}}\r\n{'params':1}");
    assert_int_equal(stats().errors[STELLAR_E_INVALID_TYPE], 2);
    assert_int_equal(stats().actions_failed, 2);
    assert_int_equal(stats().actions_finished, 1);
}


static void actions_are_counted_by_how_they_end(void **state)
{
    struct stellar_call *late;

    (void)state;
    fake_say(client, "finish\r\npark\r\npark");
    assert_int_equal(stats().actions_started, 3);
    assert_int_equal(stats().actions_pending, 2);
    assert_int_equal(stats().actions_finished, 1);
    stellar_call_fail(fake_unpark(world), "no luck");
    assert_int_equal(stats().actions_failed, 1);
    late = fake_unpark(world);
    fake_advance(world, world->server.options.action_timeout);
    assert_int_equal(stats().actions_timed_out, 1);
    assert_int_equal(stats().errors[STELLAR_E_ACTION_TIMEOUT], 1);
    assert_int_equal(stats().actions_pending, 0);
    stellar_call_finish(late);
    assert_int_equal(stats().actions_finished, 1);
    assert_int_equal(events(stats().action_times), 3);
}


static void an_action_whose_client_leaves_is_abandoned(void **state)
{
    (void)state;
    fake_say(client, "park");
    fake_close(client);
    assert_int_equal(stats().actions_abandoned, 1);
    assert_int_equal(stats().actions_pending, 0);
    stellar_call_finish(fake_unpark(world));
    assert_int_equal(stats().actions_finished, 0);
    assert_int_equal(events(stats().action_times), 0);
    client = fake_client_new(world, 0);
}


static void an_action_is_timed_from_its_line_to_its_answer(void **state)
{
    (void)state;
    fake_say(client, "finish\r\npark");
    fake_advance(world, 100);
    stellar_call_finish(fake_unpark(world));
    assert_int_equal(stats().action_times.counts[0], 1);
    assert_int_equal(stats().action_times.counts[14], 1); /* 65.5 to 131 ms */
    assert_int_equal(stats().action_times.sum, 100000);
    assert_int_equal(events(stats().line_times), 2);
}


static void each_time_falls_between_two_bounds(void **state)
{
    static struct stellar__counters counters;
    struct stellar_stats sum;
    size_t place = STELLAR__COUNTER(line_times);
    size_t i;

    (void)state;
    for (i = 0; i + 1 < STELLAR_TIMES_COUNTS; i++) {
        stellar__count_times(&counters, place, 1, STELLAR_TIMES_BOUND(i));
        stellar__count_times(&counters, place, 2, STELLAR_TIMES_BOUND(i) + 1);
    }
    memset(&sum, 0, sizeof sum);
    stellar__counters_add(&counters, &sum);
    assert_int_equal(sum.line_times.counts[0], 1);
    for (i = 1; i + 1 < STELLAR_TIMES_COUNTS; i++) {
        assert_int_equal(sum.line_times.counts[i], 3);
    }
    assert_int_equal(sum.line_times.counts[i], 2);
    assert_int_equal(events(sum.action_times), 0);
}


static void rooms_and_members_are_counted_once_on_all_loops(void **state)
{
    (void)state;
    fake_at(world, 0);
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    assert_int_equal(stellar_room_create(&world->server, "s"), 0);
    assert_int_equal(stellar_room_create(&world->server, "r"), STELLAR_ERR_EXISTS);
    fake_settle(world);
    assert_int_equal(stats().rooms, 2);
    fake_say(client, "roomAdd r\r\nroomAdd s");
    fake_say(remote, "roomAdd r");
    assert_int_equal(stats().members, 3);
    fake_say(client, "roomLeave s");
    assert_int_equal(stats().members, 2);
    fake_at(world, 1);
    assert_int_equal(stellar_room_destroy(&world->server, "r"), 0);
    fake_settle(world);
    assert_int_equal(stats().rooms, 1);
    assert_int_equal(stats().members, 0);
}


static void a_message_is_counted_when_said_and_for_each_member(void **state)
{
    (void)state;
    fake_at(world, 0);
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    fake_settle(world);
    fake_say(client, "roomAdd r\r\nsay r alone");
    fake_say(remote, "roomAdd r");
    fake_say(client, "say r hello");
    assert_int_equal(stats().messages_said, 2);
    assert_int_equal(stats().messages_delivered, 3);
}


static void slow_readers_are_counted_when_paused_and_when_cut_off(void **state)
{
    int i;

    (void)state;
    world->server.options.output_soft_limit = 100;
    world->server.options.output_hard_limit = 500;
    client->appetite = 0;
    fake_at(world, 0);
    fake_say(client, "paramView a\r\nparamView a\r\nparamView a\r\nparamView a");
    assert_int_equal(stats().readers_paused, 1);
    assert_int_equal(stats().readers_cut_off, 0);
    for (i = 0; i < 100 && !client->is_aborted; i++) {
        stellar_server_send(&world->server, client->session.id, "{\"a\":\"some text\"}",
                            17);
    }
    assert_true(client->is_aborted);
    assert_int_equal(stats().readers_cut_off, 1);
    assert_int_equal(stats().errors[STELLAR_E_SLOW_READER], 1);
}


static void clients_that_time_out_are_counted(void **state)
{
    (void)state;
    fake_advance(world, world->server.options.first_line_timeout);
    assert_int_equal(stats().connections_timed_out, 2);
    fake_skip_line(client);
    fake_expect_goodbye(client);
    fake_skip_line(remote);
    fake_expect_goodbye(remote);
}


static void connections_closed_without_memory_are_counted(void **state)
{
    (void)state;
    world->memory.fail_at = world->memory.count + 1;
    fake_say(client, "paramAdd key=value");
    world->memory.fail_at = 0;
    assert_true(client->is_aborted);
    assert_int_equal(stats().out_of_memory, 1);
}


static void a_gauge_is_not_below_zero(void **state)
{
    struct stellar_stats sum;

    (void)state;
    memset(&sum, 0, sizeof sum);
    sum.rooms = (uint64_t)-1;
    sum.messages_said = (uint64_t)-1;
    stellar__counters_finish(&sum);
    assert_int_equal(sum.rooms, 0);
    assert_true(sum.messages_said == UINT64_MAX);
}


static void loops_that_drain_are_counted_once(void **state)
{
    (void)state;
    assert_int_equal(stats().loops_draining, 0);
    stellar__shard_drain(world->shard_list[0]);
    stellar__shard_drain(world->shard_list[0]);
    assert_int_equal(stats().loops_draining, 1);
}


int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(lines_are_counted_by_their_verb),
        TEST(calls_are_counted_by_name_or_as_json),
        TEST(lines_that_cannot_be_understood_are_counted_as_refused),
        TEST(errors_are_counted_by_their_code),
        TEST(a_call_whose_inputs_do_not_convert_is_an_error_and_a_failure),
        TEST(actions_are_counted_by_how_they_end),
        TEST(an_action_whose_client_leaves_is_abandoned),
        TEST(an_action_is_timed_from_its_line_to_its_answer),
        TEST(each_time_falls_between_two_bounds),
        TEST(rooms_and_members_are_counted_once_on_all_loops),
        TEST(a_message_is_counted_when_said_and_for_each_member),
        TEST(slow_readers_are_counted_when_paused_and_when_cut_off),
        TEST(clients_that_time_out_are_counted),
        TEST(connections_closed_without_memory_are_counted),
        TEST(a_gauge_is_not_below_zero),
        TEST(loops_that_drain_are_counted_once),
    };

    return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
