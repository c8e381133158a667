/* Messages to a room without a pause, and what may come between them. */
#include <stdio.h>
#include <stdlib.h>

#include "fake.h"

static struct fake_world *world;
static struct fake_client *speaker;
static struct fake_client *member;
static void *(*resize_block)(void *context, void *block, size_t size);
static size_t last_size; /* that a block was resized to */


static int set_up(void **state)
{
    (void)state;
    world = fake_world_new(2);
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    assert_int_equal(stellar_room_create(&world->server, "s"), 0);
    fake_settle(world);
    speaker = fake_client_new(world, 0);
    member = fake_client_new(world, 0);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    fake_close(member);
    fake_close(speaker);
    fake_world_free(world);
    return 0;
}


static void join(struct fake_client *client, const char *room)
{
    char line[20];

    snprintf(line, sizeof line, "roomAdd %s", room);
    fake_say(client, line);
    fake_skip_line(client);
    fake_settle(world);
}


static void say(const char *lines)
{
    fake_bytes(speaker, lines, strlen(lines));
    fake_settle(world);
}


static void expect_said(struct fake_client *client, const char *room, const char *text)
{
    fake_expect(client,
                "{'message':'%s','room':'%s','from':'%s','context':'user',"
                "'sentAt':1700000000000}",
                text, room, speaker->session.id);
}


static size_t pieces(const struct fake_client *client)
{
    const struct stellar__queue *queue = client->session.queue;

    return queue != NULL ? queue->end - queue->first : 0;
}


static void lines_of_one_read_are_one_piece(void **state)
{
    (void)state;
    join(speaker, "r");
    join(member, "r");
    member->appetite = 0;
    say("say r a\nsay r b\nsay r c\n");
    assert_int_equal(pieces(member), 1);
    say("say r d\n");
    assert_int_equal(pieces(member), 2);
    fake_feed(member, FAKE_ALL);
    expect_said(member, "r", "a");
    expect_said(member, "r", "b");
    expect_said(member, "r", "c");
    expect_said(member, "r", "d");
    fake_expect_nothing(member);
}


static void the_speaker_has_its_copies_among_its_answers(void **state)
{
    (void)state;
    join(speaker, "r");
    join(member, "r");
    say("say r a\nparamView k\nsay r b\n");
    fake_expect(speaker, "{'status':'OK','context':'response','messageCount':2}");
    expect_said(speaker, "r", "a");
    fake_expect(speaker, "{'status':'OK','context':'response','messageCount':3}");
    fake_expect(speaker, "{'status':'OK','context':'response','messageCount':4}");
    expect_said(speaker, "r", "b");
    fake_expect_nothing(speaker);
    expect_said(member, "r", "a");
    expect_said(member, "r", "b");
    fake_expect_nothing(member);
}


static void lines_of_two_rooms_stay_in_order(void **state)
{
    (void)state;
    join(speaker, "r");
    join(speaker, "s");
    join(member, "s");
    join(member, "r");
    say("say r a\nsay s b\nsay s c\nsay r d\n");
    expect_said(member, "r", "a");
    expect_said(member, "s", "b");
    expect_said(member, "s", "c");
    expect_said(member, "r", "d");
    fake_expect_nothing(member);
}


static void let_in(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_room_add_member(&world->server, "r", member->session.id);
    fake_finish(call, NULL);
}


static void put_out(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_room_remove_member(&world->server, "r", member->session.id);
    fake_finish(call, NULL);
}


static void destroy(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_room_destroy(&world->server, "r");
    fake_finish(call, NULL);
}


static void who_comes_in_between_hears_what_is_said_from_then_on(void **state)
{
    struct fake_client *third = fake_client_new(world, 0);

    (void)state;
    fake_add_action(world, "let_in", let_in);
    join(speaker, "r");
    join(third, "r");
    say("say r a\nlet_in\nsay r b\n");
    expect_said(member, "r", "b");
    fake_expect_nothing(member);
    expect_said(third, "r", "a");
    expect_said(third, "r", "b");
    fake_close(third);
}


static void who_is_put_out_in_between_has_heard_what_was_said_before(void **state)
{
    (void)state;
    fake_add_action(world, "put_out", put_out);
    join(speaker, "r");
    join(member, "r");
    say("say r a\nput_out\nsay r b\n");
    expect_said(member, "r", "a");
    fake_expect_nothing(member);
}


static void what_was_said_in_a_room_outlives_it(void **state)
{
    (void)state;
    fake_add_action(world, "destroy", destroy);
    join(speaker, "r");
    join(member, "r");
    say("say r a\nsay r b\ndestroy\n");
    expect_said(member, "r", "a");
    expect_said(member, "r", "b");
    fake_expect_nothing(member);
}


static void who_quits_at_once_is_heard_by_the_others(void **state)
{
    (void)state;
    join(speaker, "r");
    join(member, "r");
    say("say r a\nsay r b\nquit\n");
    expect_said(member, "r", "a");
    expect_said(member, "r", "b");
    fake_expect_nothing(member);
}


static void who_is_alone_hears_itself(void **state)
{
    (void)state;
    join(speaker, "r");
    say("say r a\nsay r b\n");
    fake_skip_line(speaker);
    expect_said(speaker, "r", "a");
    fake_skip_line(speaker);
    expect_said(speaker, "r", "b");
    fake_expect_nothing(speaker);
    fake_expect_nothing(member);
}


static void lines_from_another_hub_are_one_piece_too(void **state)
{
    struct fake_client *remote = fake_client_new(world, 1);

    (void)state;
    join(speaker, "r");
    join(remote, "r");
    remote->appetite = 0;
    say("say r a\nsay r b\nsay r c\n");
    assert_int_equal(pieces(remote), 1);
    fake_feed(remote, FAKE_ALL);
    expect_said(remote, "r", "a");
    expect_said(remote, "r", "b");
    expect_said(remote, "r", "c");
    fake_expect_nothing(remote);
    fake_close(remote);
}


static void create_room(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_room_create(&world->server, "new");
    fake_finish(call, NULL);
}


static void news_that_come_while_a_member_receives_stand_among_its_answers(void **state)
{
    struct fake_client *remote = fake_client_new(world, 1);

    (void)state;
    fake_add_action(world, "create", create_room);
    join(speaker, "r");
    join(remote, "r");
    world->is_idle = true;
    fake_bytes(speaker, "say r a\nsay r b\n", 16);
    fake_bytes(remote, "paramView k\ncreate\n", 19);
    world->is_idle = false;
    fake_settle(world);
    fake_expect(remote, "{'status':'OK','context':'response','messageCount':2}");
    expect_said(remote, "r", "a");
    expect_said(remote, "r", "b");
    fake_expect(remote, "{'done':true,'context':'response','messageCount':3}");
    fake_expect_nothing(remote);
    fake_close(remote);
}


static void a_line_from_another_hub_that_memory_is_out_for_is_told_of_in_the_log(
    void **state)
{
    struct fake_client *remote = fake_client_new(world, 1);
    int i;

    (void)state;
    join(speaker, "r");
    join(remote, "r");
    for (i = 0; i < 2; i++) {
        world->is_idle = true;
        if (i == 0) {
            fake_bytes(speaker, "say r a\n", 8);
        }
        fake_at(world, 0);
        if (i == 1) {
            stellar_server_send(&world->server, remote->session.id, "{}", 2);
        }
        world->log_length = 0;
        world->memory.count = 0;
        world->memory.fail_at = 1;
        fake_settle(world);
        world->memory.fail_at = 0;
        fake_expect_log(world, "a line from another loop is lost");
    }
    world->is_idle = false;
    fake_expect_nothing(remote);
    fake_close(remote);
}


static void what_a_program_says_between_two_reads_is_heard_by_who_reads_next(
    void **state)
{
    (void)state;
    join(speaker, "r");
    join(member, "r");
    fake_at(world, 0);
    stellar_room_broadcast(&world->server, "r", "all", 3);
    fake_bytes(member, "paramView k\n", 12);
    fake_settle(world);
    fake_expect(member, "{'message':'all','room':'r','from':'the server',"
                        "'context':'user','sentAt':1700000000000}");
    fake_expect(member, "{'status':'OK','context':'response','messageCount':2}");
    fake_expect_nothing(member);
}


static void a_long_burst_is_handed_on_in_pieces_and_in_order(void **state)
{
    char *lines = calloc(1, 10000);
    char text[20];
    int i;

    (void)state;
    assert_non_null(lines);
    join(speaker, "r");
    join(member, "r");
    member->appetite = 0;
    for (i = 0; i < 500; i++) {
        snprintf(text, sizeof text, "say r %d\n", i);
        strcat(lines, text);
    }
    say(lines);
    assert_in_range(stellar__queue_bytes(member->session.queue), 500 * 100, 500 * 150);
    assert_in_range(pieces(member), 4, 6);
    fake_feed(member, FAKE_ALL);
    for (i = 0; i < 500; i++) {
        snprintf(text, sizeof text, "%d", i);
        expect_said(member, "r", text);
    }
    fake_expect_nothing(member);
    free(lines);
}


static void nobody_is_cut_off_for_a_burst_that_it_could_have_read(void **state)
{
    char *lines = calloc(1, 10000);
    int i;

    (void)state;
    assert_non_null(lines);
    join(speaker, "r");
    join(member, "r");
    world->server.options.output_soft_limit = 1000;
    world->server.options.output_hard_limit = 1000;
    for (i = 0; i < 500; i++) {
        strcat(lines, "say r hello\n");
    }
    say(lines);
    assert_false(member->is_aborted);
    for (i = 0; i < 500; i++) {
        expect_said(member, "r", "hello");
    }
    free(lines);
}


static void *resize_and_note(void *context, void *block, size_t size)
{
    last_size = size;
    return resize_block(context, block, size);
}


static void what_waits_takes_no_more_memory_than_it_must(void **state)
{
    size_t bytes;

    (void)state;
    join(speaker, "r");
    join(member, "r");
    member->appetite = 0;
    say("say r a\n");
    resize_block = world->server.memory.resize;
    world->server.memory.resize = resize_and_note;
    bytes = stellar__queue_bytes(member->session.queue);
    say("say r a\nsay r a\nsay r a\nsay r a\nsay r a\n");
    world->server.memory.resize = resize_block;
    bytes = stellar__queue_bytes(member->session.queue) - bytes;
    assert_int_equal(last_size, sizeof(struct stellar__shared) + bytes + 1);
}


/* Says three lines while one allocation fails. Each client that is still connected has
 * received the lines that were answered with OK, each once. */
static bool say_with_failure(size_t number)
{
    bool has_failed;

    world = fake_world_new(1);
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    speaker = fake_client_new(world, 0);
    member = fake_client_new(world, 0);
    join(speaker, "r");
    join(member, "r");
    member->appetite = 0;
    world->memory.count = 0;
    world->memory.fail_at = number;
    say("say r a\nsay r b\nsay r c\n");
    has_failed = world->memory.count >= number;
    world->memory.fail_at = 0;
    fake_feed(member, FAKE_ALL);
    if (!speaker->is_aborted && !member->is_aborted) {
        expect_said(member, "r", "a");
        expect_said(member, "r", "b");
        expect_said(member, "r", "c");
        fake_expect_nothing(member);
    }
    fake_close(member);
    fake_close(speaker);
    fake_world_free(world);
    return has_failed;
}


static void where_memory_is_out_nobody_misses_a_line_unawares(void **state)
{
    size_t number = 1;

    (void)state;
    while (say_with_failure(number)) {
        number++;
    }
    assert_in_range(number, 5, 50);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(lines_of_one_read_are_one_piece),
        TEST(the_speaker_has_its_copies_among_its_answers),
        TEST(lines_of_two_rooms_stay_in_order),
        TEST(who_comes_in_between_hears_what_is_said_from_then_on),
        TEST(who_is_put_out_in_between_has_heard_what_was_said_before),
        TEST(what_was_said_in_a_room_outlives_it),
        TEST(who_quits_at_once_is_heard_by_the_others),
        TEST(who_is_alone_hears_itself),
        TEST(lines_from_another_hub_are_one_piece_too),
        TEST(news_that_come_while_a_member_receives_stand_among_its_answers),
        TEST(a_line_from_another_hub_that_memory_is_out_for_is_told_of_in_the_log),
        TEST(what_a_program_says_between_two_reads_is_heard_by_who_reads_next),
        TEST(a_long_burst_is_handed_on_in_pieces_and_in_order),
        TEST(nobody_is_cut_off_for_a_burst_that_it_could_have_read),
        TEST(what_waits_takes_no_more_memory_than_it_must),
        cmocka_unit_test(where_memory_is_out_nobody_misses_a_line_unawares),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
