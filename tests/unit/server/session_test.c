/* Lines in, answers out, and how a session ends. */
#include <stdlib.h>

#include "fake.h"

static struct fake_world *world;
static struct fake_client *client;


static int set_up(void **state)
{
    (void)state;
    world = fake_world_new(1);
    fake_add_action(world, "finish", fake_finish);
    fake_add_action(world, "park", fake_park);
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


static void say_bytes(const char *bytes)
{
    fake_bytes(client, bytes, strlen(bytes));
}


static void every_line_has_its_number_and_is_answered_in_order(void **state)
{
    (void)state;
    say_bytes("\r\n \t\r\nparamAdd a=1\r\nnope\r\n{\r\nparamView a\r\n\xc3\r\nsay\r\n");
    fake_expect(client, "{'status':'OK','context':'response','data':null,"
                        "'messageCount':1}");
    fake_expect(client, "{'error':{'code':'004','message':'Unknown action (nope) or "
                        "invalid apiVersion'},'context':'response','messageCount':2}");
    fake_skip_line(client);
    fake_expect(client, "{'status':'OK','context':'response','data':'1',"
                        "'messageCount':4}");
    fake_skip_line(client);
    fake_expect(client, "{'status':{'code':'015','message':'Both room and message are "
                        "required'},'context':'response','messageCount':6}");
    fake_expect_nothing(client);
}


static void answers_carry_the_number_of_their_line_when_actions_finish(void **state)
{
    struct stellar_call *first;

    (void)state;
    fake_say(client, "park");
    fake_say(client, "park");
    fake_say(client, "paramView x");
    fake_expect(client, "{'status':'OK','context':'response','messageCount':3}");
    first = fake_unpark(world);
    fake_finish(fake_unpark(world), NULL);
    fake_finish(first, NULL);
    fake_settle(world);
    fake_expect(client, "{'done':true,'context':'response','messageCount':2}");
    fake_expect(client, "{'done':true,'context':'response','messageCount':1}");
}


static void a_message_id_is_fixed_before_its_line_is_executed(void **state)
{
    (void)state;
    fake_say(client, "paramAdd messageId=one");
    fake_expect(client, "{'status':'OK','context':'response','data':null,"
                        "'messageCount':1}");
    fake_say(client, "park");
    fake_say(client, "paramAdd messageId=two");
    fake_expect(client, "{'status':'OK','context':'response','data':null,"
                        "'messageCount':3,'messageId':'one'}");
    fake_say(client, "{'action':'finish','params':{'messageId':[3]}}");
    fake_expect(client, "{'done':true,'context':'response','messageCount':4,"
                        "'messageId':[3]}");
    fake_say(client, "paramsDelete");
    fake_expect(client, "{'status':'OK','context':'response','data':null,"
                        "'messageCount':5,'messageId':[3]}");
    fake_finish(fake_unpark(world), NULL);
    fake_settle(world);
    fake_expect(client, "{'done':true,'context':'response','messageCount':2,"
                        "'messageId':'one'}");
}


static void quit_without_pending_actions_says_goodbye_at_once(void **state)
{
    (void)state;
    say_bytes("paramView a\r\nquit\r\nparamView b\r\n");
    fake_expect(client, "{'status':'OK','context':'response','messageCount':1}");
    fake_expect_goodbye(client);
    fake_say(client, "paramView c");
    fake_expect_nothing(client);
}


static void quit_waits_for_pending_actions(void **state)
{
    (void)state;
    say_bytes("park\r\nquit\r\nparamView b\r\n");
    fake_expect_nothing(client);
    assert_false(client->is_ended);
    fake_finish(fake_unpark(world), NULL);
    fake_settle(world);
    fake_expect(client, "{'done':true,'context':'response','messageCount':1}");
    fake_expect_goodbye(client);
    fake_advance(world, 100000);
    fake_expect_nothing(client);
}


static void quit_waits_no_longer_than_the_limit(void **state)
{
    (void)state;
    say_bytes("park\r\nquit\r\n");
    fake_advance(world, 4999);
    fake_expect_nothing(client);
    fake_advance(world, 1);
    fake_expect_goodbye(client);
    fake_finish(fake_unpark(world), NULL);
    fake_settle(world);
    fake_expect_nothing(client);
}


static void a_half_closed_client_gets_its_answers_then_goodbye(void **state)
{
    (void)state;
    say_bytes("park\r\nparamView a\r\nunfinished");
    fake_end_of_input(client);
    fake_expect(client, "{'status':'OK','context':'response','messageCount':2}");
    fake_expect_nothing(client);
    fake_finish(fake_unpark(world), NULL);
    fake_settle(world);
    fake_expect(client, "{'done':true,'context':'response','messageCount':1}");
    fake_expect_goodbye(client);
}


static void a_half_closed_client_without_pending_actions_is_let_go_at_once(void **state)
{
    (void)state;
    fake_end_of_input(client);
    fake_expect_goodbye(client);
    fake_end_of_input(client);
    fake_expect_nothing(client);
}


static void a_server_that_stops_answers_what_is_on_its_way(void **state)
{
    (void)state;
    fake_say(client, "park");
    stellar__shard_drain(&world->shards[0].shard);
    fake_say(client, "paramView a");
    fake_expect(client, "{'status':'OK','context':'response','messageCount':2}");
    fake_say(client, "finish");
    fake_expect(client, "{'error':{'code':'006','message':'The server is shutting "
                        "down'},'context':'response','messageCount':3}");
    fake_advance(world, 1000);
    fake_expect_nothing(client);
    fake_say(client, "paramView a");
    fake_expect(client, "{'status':'OK','context':'response','messageCount':4}");
    fake_finish(fake_unpark(world), NULL);
    fake_settle(world);
    fake_expect(client, "{'done':true,'context':'response','messageCount':1}");
    fake_expect_goodbye(client);
}


static void a_server_that_stops_gives_a_grace_before_the_goodbye(void **state)
{
    (void)state;
    stellar__shard_drain(&world->shards[0].shard);
    fake_settle(world);
    fake_expect_nothing(client);
    fake_say(client, "paramView a");
    fake_expect(client, "{'status':'OK','context':'response','messageCount':1}");
    fake_advance(world, 1000);
    fake_expect_goodbye(client);
}


static void a_server_that_stops_waits_no_longer_than_the_limit(void **state)
{
    (void)state;
    fake_say(client, "park");
    stellar__shard_drain(&world->shards[0].shard);
    fake_advance(world, 6000);
    fake_expect_goodbye(client);
    fake_finish(fake_unpark(world), NULL);
}


static void to_quit_while_the_server_stops_does_not_make_it_wait_longer(void **state)
{
    (void)state;
    fake_say(client, "park");
    stellar__shard_drain(&world->shards[0].shard);
    fake_advance(world, 4000);
    fake_say(client, "quit");
    fake_advance(world, 2000);
    fake_expect_goodbye(client);
    fake_finish(fake_unpark(world), NULL);
}


static void who_connects_while_the_server_stops_is_let_go_too(void **state)
{
    struct fake_client *late;

    (void)state;
    stellar__shard_drain(&world->shards[0].shard);
    late = fake_client_new(world, 0);
    fake_advance(world, 1000);
    fake_expect_goodbye(late);
    fake_close(late);
}


/* Each telnet command is answered with three bytes. */
static void expect_bytes(const char *said, const char *answer)
{
    say_bytes(said);
    assert_true(client->length - client->seen >= 3);
    assert_memory_equal(client->output + client->seen, answer, 3);
    client->seen += 3;
}


static void telnet_is_answered_and_ctrl_c_is_a_quit(void **state)
{
    (void)state;
    expect_bytes("\xff\xfd\x03", "\xff\xfc\x03");
    fake_bytes(client, "\xff\xf6", 2);
    fake_expect(client, "{'status':'I am here','context':'api'}");
    expect_bytes("\xff\xf4", "\xff\xfc\x06");
    fake_expect_goodbye(client);
}


static void the_action_is_shown_among_the_params_and_can_be_run_again(void **state)
{
    (void)state;
    fake_say(client, "{}");
    fake_expect(client,
                "{'error':{'code':'004','message':'Unknown action () or invalid "
                "apiVersion'},'context':'response','messageCount':1}");
    fake_say(client, "{'action':'fin\\u0069sh','params':{'a':1}}");
    fake_expect(client, "{'done':true,'context':'response','messageCount':2}");
    fake_say(client, "{'params':{'b':2}}");
    fake_expect(client, "{'done':true,'context':'response','messageCount':3}");
    fake_say(client, "paramsView");
    fake_expect(client, "{'status':'OK','context':'response','data':{'b':2,"
                        "'action':'finish'},'messageCount':4}");
}


static void details_are_complete(void **state)
{
    (void)state;
    fake_say(client, "paramAdd a b");
    fake_say(client, "park");
    fake_say(client, "nope");
    client->seen = client->length;
    fake_say(client, "detailsView");
    fake_expect(client,
                "{'status':'OK','context':'response','data':{'id':'%s',"
                "'fingerprint':null,'remoteIP':'192.0.2.7','remotePort':40000,"
                "'params':{'a':'b','action':'nope'},'connectedAt':1700000000000,"
                "'rooms':[],'totalActions':2,'pendingActions':1,'members':{}},"
                "'messageCount':4}",
                client->session.id);
    fake_finish(fake_unpark(world), NULL);
    fake_settle(world);
}


static bool no_entropy(void *context, void *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return false;
}


static void without_entropy_for_its_id_there_is_no_session(void **state)
{
    struct fake_client *late;

    (void)state;
    world->shards[0].shard.entropy_left = 15;
    world->shards[0].shard.platform.random = no_entropy;
    late = fake_connect(world, 0);
    assert_int_equal(late->status, STELLAR_ERR_SYSTEM);
    assert_int_equal(late->length, 0);
    fake_close(late);
}


static void an_idle_session_holds_no_memory_for_lines(void **state)
{
    size_t idle = world->memory.live;

    (void)state;
    say_bytes("unfinished");
    assert_int_equal(world->memory.live, idle + 1);
    say_bytes(" line\r\n");
    assert_null(client->session.line);
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(every_line_has_its_number_and_is_answered_in_order),
        TEST(answers_carry_the_number_of_their_line_when_actions_finish),
        TEST(a_message_id_is_fixed_before_its_line_is_executed),
        TEST(quit_without_pending_actions_says_goodbye_at_once),
        TEST(quit_waits_for_pending_actions),
        TEST(quit_waits_no_longer_than_the_limit),
        TEST(a_half_closed_client_gets_its_answers_then_goodbye),
        TEST(a_half_closed_client_without_pending_actions_is_let_go_at_once),
        TEST(a_server_that_stops_answers_what_is_on_its_way),
        TEST(a_server_that_stops_gives_a_grace_before_the_goodbye),
        TEST(a_server_that_stops_waits_no_longer_than_the_limit),
        TEST(to_quit_while_the_server_stops_does_not_make_it_wait_longer),
        TEST(who_connects_while_the_server_stops_is_let_go_too),
        TEST(telnet_is_answered_and_ctrl_c_is_a_quit),
        TEST(the_action_is_shown_among_the_params_and_can_be_run_again),
        TEST(details_are_complete),
        TEST(without_entropy_for_its_id_there_is_no_session),
        TEST(an_idle_session_holds_no_memory_for_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
