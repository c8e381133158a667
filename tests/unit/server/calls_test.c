/* Actions that answer later, too late, elsewhere, or wrongly. */
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
    if (client != NULL) {
        fake_close(client);
    }
    fake_world_free(world);
    return 0;
}


static void a_call_that_takes_too_long_is_answered_and_its_result_dropped(void **state)
{
    (void)state;
    fake_say(client, "park");
    fake_advance(world, 29999);
    fake_expect_nothing(client);
    fake_advance(world, 1);
    fake_expect(client, "{'error':{'code':'022','message':'Response timeout for action "
                        "`park`'},'context':'response','messageCount':1}");
    assert_int_equal(client->session.pending_actions, 0);
    fake_finish(fake_unpark(world), NULL);
    fake_settle(world);
    fake_expect_nothing(client);
}


static void a_timeout_lets_a_client_that_waits_go(void **state)
{
    (void)state;
    fake_say(client, "park");
    fake_end_of_input(client);
    fake_advance(world, 30000);
    fake_skip_line(client);
    fake_expect_goodbye(client);
    fake_finish(fake_unpark(world), NULL);
}


static void without_a_timeout_a_call_may_take_for_ever(void **state)
{
    (void)state;
    world->server.options.action_timeout = 0;
    fake_say(client, "park");
    fake_advance(world, 1000000000);
    fake_expect_nothing(client);
    fake_finish(fake_unpark(world), NULL);
    fake_settle(world);
    fake_expect(client, "{'done':true,'context':'response','messageCount':1}");
}


static void a_call_outlives_its_connection(void **state)
{
    struct stellar_call *call;
    struct stellar_value value;
    char id[37];

    (void)state;
    fake_say(client, "{'action':'park','params':{'a':'kept'}}");
    memcpy(id, client->session.id, sizeof id);
    fake_close(client);
    client = NULL;
    call = fake_unpark(world);
    assert_string_equal(stellar_call_connection_id(call), id);
    assert_true(stellar_call_param(call, "a", &value));
    assert_memory_equal(value.text.data, "\"kept\"", 6);
    fake_advance(world, 60000);
    fake_finish(call, NULL);
}


static void a_call_sees_the_params_it_was_called_with(void **state)
{
    struct stellar_call *call;
    struct stellar_value value;

    (void)state;
    fake_say(client, "{'action':'park','params':{'a':1,'b':2.5}}");
    fake_say(client, "paramAdd a=other");
    fake_say(client, "paramDelete b");
    call = fake_unpark(world);
    assert_int_equal(stellar_call_integer(call, "a", -1), 1);
    assert_int_equal(stellar_call_integer(call, "b", -1), -1);
    assert_true(stellar_call_double(call, "b", -1) > 2.4);
    assert_int_equal(stellar_call_integer(call, "c", -1), -1);
    assert_false(stellar_call_param(call, "c", &value));
    fake_finish(call, NULL);
    fake_settle(world);
}


static void the_integer_of_a_param_is_never_a_rounded_one(void **state)
{
    struct stellar_call *call;

    (void)state;
    fake_say(client, "{'action':'park','params':{'a':5.0,'b':0.5e1,'c':5000e-3,'d':-0,"
                     "'least':-9223372036854775808,'below':4.99999999999999999999999,"
                     "'above':5.00000000000000000000001,'tiny':1e-400,"
                     "'more':9223372036854775808,'text':'5'}}");
    call = fake_unpark(world);
    assert_int_equal(stellar_call_integer(call, "a", -1), 5);
    assert_int_equal(stellar_call_integer(call, "b", -1), 5);
    assert_int_equal(stellar_call_integer(call, "c", -1), 5);
    assert_int_equal(stellar_call_integer(call, "d", -1), 0);
    assert_true(stellar_call_integer(call, "least", -1) == INT64_MIN);
    assert_int_equal(stellar_call_integer(call, "below", -1), -1);
    assert_int_equal(stellar_call_integer(call, "above", -1), -1);
    assert_int_equal(stellar_call_integer(call, "tiny", -1), -1);
    assert_int_equal(stellar_call_integer(call, "more", -1), -1);
    assert_int_equal(stellar_call_integer(call, "text", -1), -1);
    fake_finish(call, NULL);
    fake_settle(world);
}


static void the_text_of_a_param_comes_whole_or_not_at_all(void **state)
{
    static const char *const none[] = {"long", "nul", "number", "absent"};
    struct stellar_call *call;
    char text[5];
    size_t i;

    (void)state;
    fake_say(client, "{'action':'park','params':{'fits':'a\\n\\u00e9','empty':'',"
                     "'long':'abcde','nul':'a\\u0000','number':1}}");
    call = fake_unpark(world);
    assert_true(stellar_call_text(call, "fits", text, sizeof text));
    assert_string_equal(text, "a\n\xc3\xa9");
    assert_true(stellar_call_text(call, "empty", text, 1));
    assert_string_equal(text, "");
    for (i = 0; i < sizeof none / sizeof none[0]; i++) {
        memset(text, 'x', sizeof text);
        assert_false(stellar_call_text(call, none[i], text, sizeof text));
        assert_string_equal(text, "");
    }
    fake_finish(call, NULL);
    fake_settle(world);
}


static void one_more_than_allowed_is_refused_at_once(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < 6; i++) {
        fake_say(client, "park");
    }
    fake_expect(client, "{'error':{'code':'007','message':'You have too many pending "
                        "requests'},'context':'response','messageCount':6}");
    fake_finish(fake_unpark(world), NULL);
    fake_settle(world);
    fake_skip_line(client);
    fake_say(client, "park");
    fake_expect_nothing(client);
    while (world->call_count > 0) {
        fake_finish(fake_unpark(world), NULL);
    }
}


static void *finish_elsewhere(void *call)
{
    fake_finish(call, NULL);
    return NULL;
}


static void a_call_may_be_finished_by_another_thread(void **state)
{
    pthread_t thread;

    (void)state;
    fake_say(client, "park");
    assert_int_equal(
        pthread_create(&thread, NULL, finish_elsewhere, fake_unpark(world)), 0);
    fake_wait_for_mail(world, 0);
    fake_expect_nothing(client);
    fake_settle(world);
    fake_expect(client, "{'done':true,'context':'response','messageCount':1}");
    pthread_join(thread, NULL);
}


static void a_call_finished_by_another_thread_after_its_connection_is_freed(
    void **state)
{
    pthread_t thread;

    (void)state;
    fake_say(client, "park");
    assert_int_equal(
        pthread_create(&thread, NULL, finish_elsewhere, fake_unpark(world)), 0);
    fake_wait_for_mail(world, 0);
    fake_close(client);
    client = NULL;
    pthread_join(thread, NULL);
}


static unsigned ticks;


static void tick(struct stellar_call *call, void *data)
{
    const uint64_t *milliseconds = data;

    if (++ticks == 3) {
        fake_finish(call, NULL);
    } else {
        stellar_call_delay(call, *milliseconds, tick, data);
    }
}


static void start_ticking(struct stellar_call *call, void *data)
{
    static uint64_t milliseconds;

    (void)data;
    ticks = 0;
    milliseconds = (uint64_t)stellar_call_integer(call, "ms", 100);
    stellar_call_delay(call, milliseconds, tick, &milliseconds);
}


static void a_delay_may_be_followed_by_another(void **state)
{
    (void)state;
    fake_add_action(world, "tick", start_ticking);
    fake_say(client, "tick");
    fake_advance(world, 299);
    assert_int_equal(ticks, 2);
    fake_advance(world, 1);
    fake_expect(client, "{'done':true,'context':'response','messageCount':1}");
}


static void a_delay_outlives_the_connection(void **state)
{
    (void)state;
    fake_add_action(world, "tick", start_ticking);
    fake_say(client, "tick");
    fake_close(client);
    client = NULL;
    fake_advance(world, 300);
    assert_int_equal(ticks, 3);
}


static void delays_are_ended_early_with_their_shard(void **state)
{
    (void)state;
    fake_add_action(world, "tick", start_ticking);
    fake_say(client, "{'action':'tick','params':{'ms':9223372036854775807}}");
    fake_close(client);
    client = NULL;
    stellar__call_end_delays(&world->shards[0].shard);
    assert_int_equal(ticks, 3);
}


static unsigned polls;


static void poll(struct stellar_call *call, void *data)
{
    (void)data;
    if (++polls > 1000) {
        fake_finish(call, NULL); /* the loop would have hung */
    } else {
        stellar_call_delay(call, 0, poll, NULL);
    }
}


static void who_delays_by_nothing_again_and_again_does_not_stop_the_loop(void **state)
{
    (void)state;
    polls = 0;
    fake_add_action(world, "poll", poll);
    fake_say(client, "poll");
    fake_advance(world, 50);
    assert_in_range(polls, 2, 60);
    fake_expect_nothing(client);
}


static void fail_halfway(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_write_key(stellar_call_writer(call), "partial");
    stellar_write_integer(stellar_call_writer(call), 1);
    stellar_call_fail(call, "It \"did\" not work");
}


static void an_action_that_fails_keeps_the_keys_it_set(void **state)
{
    (void)state;
    fake_add_action(world, "fail", fail_halfway);
    fake_say(client, "fail");
    fake_expect(client, "{'partial':1,'error':'It \\'did\\' not work',"
                        "'context':'response','messageCount':1}");
}


static void write_nonsense(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_write_key(stellar_call_writer(call), "fine");
    stellar_write_integer(stellar_call_writer(call), 1);
    stellar_write_object_end(stellar_call_writer(call));
    stellar_call_finish(call);
}


static void an_answer_that_is_not_valid_is_an_error_and_logged(void **state)
{
    (void)state;
    fake_add_action(world, "nonsense", write_nonsense);
    fake_say(client, "nonsense");
    fake_expect(client, "{'error':'The action wrote an answer that is not valid',"
                        "'context':'response','messageCount':1}");
    fake_expect_log(world, "action nonsense wrote an end without its beginning");
}


static void say_nothing(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_call_finish(call);
}


static void an_answer_may_be_empty(void **state)
{
    (void)state;
    fake_add_action(world, "nothing", say_nothing);
    fake_say(client, "nothing");
    fake_expect(client, "{'context':'response','messageCount':1}");
}


static void a_call_without_params_may_follow_another(void **state)
{
    (void)state;
    fake_say(client, "paramAdd a=1\r\n{'action':'finish','params':{}}");
    fake_skip_line(client);
    fake_skip_line(client);
    fake_say(client, "paramsView\r\n{'action':'finish','params':{}}\r\nparamsView");
    fake_expect(client, "{'status':'OK','context':'response','data':"
                        "{'action':'finish'},'messageCount':3}");
    fake_expect(client, "{'done':true,'context':'response','messageCount':4}");
    fake_expect(client, "{'status':'OK','context':'response','data':"
                        "{'action':'finish'},'messageCount':5}");
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_call_without_params_may_follow_another),
        TEST(a_call_that_takes_too_long_is_answered_and_its_result_dropped),
        TEST(a_timeout_lets_a_client_that_waits_go),
        TEST(without_a_timeout_a_call_may_take_for_ever),
        TEST(a_call_outlives_its_connection),
        TEST(a_call_sees_the_params_it_was_called_with),
        TEST(the_integer_of_a_param_is_never_a_rounded_one),
        TEST(the_text_of_a_param_comes_whole_or_not_at_all),
        TEST(one_more_than_allowed_is_refused_at_once),
        TEST(a_call_may_be_finished_by_another_thread),
        TEST(a_call_finished_by_another_thread_after_its_connection_is_freed),
        TEST(a_delay_may_be_followed_by_another),
        TEST(a_delay_outlives_the_connection),
        TEST(delays_are_ended_early_with_their_shard),
        TEST(who_delays_by_nothing_again_and_again_does_not_stop_the_loop),
        TEST(an_action_that_fails_keeps_the_keys_it_set),
        TEST(an_answer_that_is_not_valid_is_an_error_and_logged),
        TEST(an_answer_may_be_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
