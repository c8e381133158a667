/* Slow readers, and the order of output. */
#include <stdio.h>
#include <stdlib.h>

#include "fake.h"

static struct fake_world *world;
static struct fake_client *client;
static struct fake_client *other;


static int set_up(void **state)
{
    (void)state;
    world = fake_world_new(1);
    fake_add_action(world, "finish", fake_finish);
    fake_add_action(world, "park", fake_park);
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    client = fake_client_new(world, 0);
    other = fake_client_new(world, 0);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    fake_close(other);
    fake_close(client);
    fake_world_free(world);
    return 0;
}


static void join_both(void)
{
    fake_say(client, "roomAdd r");
    fake_skip_line(client);
    fake_say(other, "roomAdd r");
    fake_skip_line(other);
}


/* Sends 100 numbered lines. Returns their text, which must be freed. */
static char *many_lines(void)
{
    char *text = calloc(1, 5000);
    size_t length = 0;
    int i;

    assert_non_null(text);
    for (i = 1; i <= 100; i++) {
        length += (size_t)sprintf(text + length, "paramAdd k=%d\r\n", i);
    }
    return text;
}


static void expect_100_answers(void)
{
    int i;

    for (i = 1; i <= 100; i++) {
        fake_expect(client,
                    "{'status':'OK','context':'response','data':null,"
                    "'messageCount':%d}",
                    i);
    }
    fake_expect_nothing(client);
}


static void a_slow_reader_is_not_read_and_loses_nothing(void **state)
{
    char *lines = many_lines();

    (void)state;
    world->server.options.output_soft_limit = 500;
    client->appetite = 0;
    fake_bytes(client, lines, strlen(lines));
    assert_true(client->rest_length > 0);
    assert_in_range(stellar__queue_bytes(client->session.queue), 501, 700);
    fake_feed(client, 100);
    assert_true(client->rest_length > 0);
    while (client->rest_length > 0) {
        fake_feed(client, 37);
    }
    fake_feed(client, FAKE_ALL);
    expect_100_answers();
    free(lines);
}


static void a_reader_that_takes_every_byte_alone_loses_nothing(void **state)
{
    char *lines = many_lines();
    size_t i;

    (void)state;
    world->server.options.output_soft_limit = 300;
    client->appetite = 0;
    for (i = 0; lines[i] != '\0'; i++) {
        fake_bytes(client, lines + i, 1);
        if (i % 3 == 0) {
            fake_feed(client, 1);
        }
    }
    while (client->rest_length > 0 || stellar__queue_bytes(client->session.queue) > 0) {
        fake_feed(client, 1);
    }
    expect_100_answers();
    free(lines);
}


static void a_soft_limit_of_nothing_still_lets_a_reader_go_on(void **state)
{
    char *lines = many_lines();

    (void)state;
    world->server.options.output_soft_limit = 0;
    fake_bytes(client, lines, strlen(lines));
    expect_100_answers();
    free(lines);
}


static void above_the_hard_limit_a_client_is_cut_off_with_a_word_in_the_log(
    void **state)
{
    (void)state;
    world->server.options.output_hard_limit = 1000;
    join_both();
    other->appetite = 0;
    while (!other->is_aborted) {
        fake_say(client, "say r hello");
    }
    assert_in_range(client->length, 1000, 5000);
    fake_expect_log(world, "error 025: ");
    fake_expect_log(world, other->session.id);
    assert_false(client->is_aborted);
    fake_say(client, "say r still here");
    fake_expect_nothing(other);
    fake_close(other);
    other = fake_client_new(world, 0);
    client->seen = client->length;
    fake_say(client, "roomView r");
    fake_expect(client,
                "{'status':'OK','context':'response','data':{'room':'r','members':{"
                "'%s':{'id':'%s','joinedAt':1700000000000}},'membersCount':1},"
                "'messageCount':%d}",
                client->session.id, client->session.id,
                (int)client->session.message_count);
}


static void one_answer_above_the_hard_limit_cuts_off(void **state)
{
    (void)state;
    world->server.options.output_hard_limit = 100;
    world->server.options.output_soft_limit = 100;
    client->appetite = 10;
    fake_say(client, "detailsView");
    assert_true(client->is_aborted);
    fake_expect_log(world, "error 025: ");
}


static void an_answer_that_becomes_too_long_by_members_is_not_written_to_its_end(
    void **state)
{
    enum { ROOMS = 150, NAME = 60000 }; /* each name is in detailsView twice */
    static char line[8 + NAME + 1] = "roomAdd ";
    int i;

    (void)state;
    memset(line + 8, 'x', NAME);
    for (i = 0; i < ROOMS; i++) {
        sprintf(line + 8, "%03d", i);
        line[8 + 3] = 'x';
        assert_int_equal(stellar_room_create(&world->server, line + 8), 0);
        fake_say(client, line);
        fake_skip_line(client);
    }
    fake_say(client, "detailsView");
    fake_expect_nothing(client);
    assert_true(client->is_aborted);
    fake_expect_log(world, "error 025: ");
    fake_say(other, "roomAdd r");
    fake_expect(other,
                "{'status':'OK','context':'response','data':true,'messageCount':1}");
}


static void the_ok_of_say_comes_before_the_senders_own_copy(void **state)
{
    (void)state;
    join_both();
    fake_say(client, "say r hello");
    fake_expect(client, "{'status':'OK','context':'response','messageCount':2}");
    fake_expect(client,
                "{'message':'hello','room':'r','from':'%s','context':'user',"
                "'sentAt':1700000000000}",
                client->session.id);
    fake_expect(other,
                "{'message':'hello','room':'r','from':'%s','context':'user',"
                "'sentAt':1700000000000}",
                client->session.id);
}


/* Finishes the other client's call while this one receives. */
static void meddle(struct stellar_call *call, void *data)
{
    const char *hello = "{\"hello\":1}";

    (void)data;
    stellar_server_send(stellar_call_server(call), other->session.id, hello, 11);
    fake_finish(fake_unpark(world), NULL);
    stellar_room_broadcast(stellar_call_server(call), "r", "all", 3);
    stellar_server_send(stellar_call_server(call), other->session.id, hello, 11);
    stellar_server_send(stellar_call_server(call), client->session.id, hello, 11);
    fake_finish(call, NULL);
}


static void what_is_written_to_several_at_once_reaches_each_in_order(void **state)
{
    (void)state;
    fake_add_action(world, "meddle", meddle);
    join_both();
    fake_say(other, "park");
    fake_bytes(client, "paramView a\r\nmeddle\r\nparamView b\r\n", 34);
    fake_expect(client, "{'status':'OK','context':'response','messageCount':2}");
    fake_expect(client, "{'message':'all','room':'r','from':'the server',"
                        "'context':'user','sentAt':1700000000000}");
    fake_expect(client, "{'hello':1}");
    fake_expect(client, "{'done':true,'context':'response','messageCount':3}");
    fake_expect(client, "{'status':'OK','context':'response','messageCount':4}");
    fake_expect_nothing(client);
    fake_expect(other, "{'hello':1}");
    fake_expect(other, "{'done':true,'context':'response','messageCount':2}");
    fake_expect(other, "{'message':'all','room':'r','from':'the server',"
                       "'context':'user','sentAt':1700000000000}");
    fake_expect(other, "{'hello':1}");
    fake_expect_nothing(other);
}


static void what_waits_in_the_queue_comes_before_new_answers(void **state)
{
    (void)state;
    client->appetite = 5;
    fake_say(client, "paramView a");
    fake_say(client, "paramView b");
    stellar_server_send(&world->server, client->session.id, "{}", 2);
    fake_say(client, "paramView c");
    fake_feed(client, FAKE_ALL);
    fake_expect(client, "{'status':'OK','context':'response','messageCount':1}");
    fake_expect(client, "{'status':'OK','context':'response','messageCount':2}");
    fake_expect(client, "{}");
    fake_expect(client, "{'status':'OK','context':'response','messageCount':3}");
    fake_expect_nothing(client);
}


static void the_goodbye_waits_behind_what_a_slow_reader_has_not_read(void **state)
{
    (void)state;
    client->appetite = 0;
    fake_bytes(client, "paramView a\r\nquit\r\n", 19);
    assert_true(client->is_ended);
    fake_feed(client, FAKE_ALL);
    fake_expect(client, "{'status':'OK','context':'response','messageCount':1}");
    fake_expect_goodbye(client);
}


static void what_is_sent_must_be_a_json_object(void **state)
{
    (void)state;
    assert_int_equal(stellar_server_send(&world->server, client->session.id, "[]", 2),
                     STELLAR_ERR_INVALID);
    assert_int_equal(stellar_server_send(&world->server, client->session.id, "{", 1),
                     STELLAR_ERR_INVALID);
    assert_int_equal(stellar_server_send(&world->server, "nobody", "{}", 2), 0);
    assert_int_equal(
        stellar_server_send(&world->server, client->session.id, " {\"a\":\r\n1} ", 11),
        0);
    fake_settle(world);
    fake_expect(client, "{'a':1}");
    stellar_server_send(&world->server, client->session.id, "{\"\xc2\x9b\": 1}", 9);
    fake_settle(world);
    fake_expect(client, "{'\\u009b':1}");
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_slow_reader_is_not_read_and_loses_nothing),
        TEST(a_reader_that_takes_every_byte_alone_loses_nothing),
        TEST(a_soft_limit_of_nothing_still_lets_a_reader_go_on),
        TEST(above_the_hard_limit_a_client_is_cut_off_with_a_word_in_the_log),
        TEST(one_answer_above_the_hard_limit_cuts_off),
        TEST(an_answer_that_becomes_too_long_by_members_is_not_written_to_its_end),
        TEST(the_ok_of_say_comes_before_the_senders_own_copy),
        TEST(what_is_written_to_several_at_once_reaches_each_in_order),
        TEST(what_waits_in_the_queue_comes_before_new_answers),
        TEST(the_goodbye_waits_behind_what_a_slow_reader_has_not_read),
        TEST(what_is_sent_must_be_a_json_object),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
