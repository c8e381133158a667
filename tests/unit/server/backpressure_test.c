/* If a shard cannot keep up with messages from other shards, the clients that send them
 * are slowed down, and no others. */
#include <stdio.h>

#include "fake.h"

#define LIMIT 10000
#define LINES 1000

static struct fake_world *world;
static struct fake_client *sender;
static struct fake_client *listener; /* on the other shard */


static int set_up(void **state)
{
    (void)state;
    world = fake_world_new(2);
    world->server.options.mail_limit = LIMIT;
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    fake_settle(world);
    sender = fake_client_new(world, 0);
    listener = fake_client_new(world, 1);
    fake_say(sender, "roomAdd r");
    fake_skip_line(sender);
    fake_say(listener, "roomAdd r");
    fake_skip_line(listener);
    world->is_idle = true; /* mail stays where it is */
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    world->is_idle = false;
    fake_close(sender);
    fake_close(listener);
    fake_world_free(world);
    return 0;
}


static size_t mail(unsigned shard)
{
    return atomic_load(&world->shard_list[shard]->mailbox_bytes);
}


static void talk(unsigned from, unsigned to)
{
    static char text[LINES * 16];
    size_t length = 0;

    for (; from < to; from++) {
        length += (size_t)sprintf(text + length, "say r %u\r\n", from);
    }
    fake_bytes(sender, text, length);
}


static void expect_all(unsigned count)
{
    char text[40];
    unsigned i;

    for (i = 0; i < count; i++) {
        const char *at = listener->output + listener->seen;

        snprintf(text, sizeof text, "{\"message\":\"%u\",", i);
        if (strncmp(at, text, strlen(text)) != 0) {
            fail_msg("expected %s, got %.40s", text, at);
        }
        fake_skip_line(listener);
    }
    fake_expect_nothing(listener);
}


static void mail_is_bounded_and_all_arrives(void **state)
{
    size_t most = 0;

    (void)state;
    talk(0, LINES);
    while (mail(1) > 0 || sender->rest_length > 0) {
        most = mail(1) > most ? mail(1) : most;
        if (mail(1) > 0) {
            fake_deliver(world, 1);
        } else {
            fake_advance(world, 5);
        }
    }
    fake_settle(world);
    assert_in_range(most, LIMIT, LIMIT + 1000);
    expect_all(LINES);
    assert_in_range(mail(0), 0, LIMIT);
}


static void what_comes_in_small_pieces_is_bounded_too(void **state)
{
    unsigned i;

    (void)state;
    for (i = 0; i < LINES; i++) {
        talk(i, i + 1);
    }
    assert_in_range(mail(1), LIMIT, LIMIT + 1000);
    assert_true(sender->session.has_unread);
    world->is_idle = false;
    fake_advance(world, 1000);
    expect_all(LINES);
}


static void who_says_nothing_is_not_held(void **state)
{
    struct fake_client *other = fake_connect(world, 0);

    (void)state;
    talk(0, LINES);
    assert_true(sender->session.has_unread);
    fake_say(other, "paramsView");
    fake_say(other, "paramsView");
    stellar__shard_flush(world->shard_list[0]);
    assert_non_null(strstr(other->output, "\"messageCount\":2"));
    fake_close(other);
    fake_say(listener, "paramsView");
    stellar__shard_flush(world->shard_list[1]);
    assert_non_null(strstr(listener->output, "\"data\":{},\"messageCount\":2"));
}


static void a_server_that_drains_answers_what_it_has_read(void **state)
{
    (void)state;
    talk(0, LINES);
    assert_true(sender->session.has_unread);
    fake_at(world, 0);
    stellar__shard_drain(world->shard_list[0]);
    fake_advance(world, 20);
    assert_int_equal(sender->rest_length, 0);
    assert_true(sender->is_ended);
    assert_non_null(strstr(sender->output, "\"messageCount\":1001"));
}


/* The program's functions on shard 0 return BUSY if they would send something to
 * shard 1. */
static void expect_busy(void)
{
    struct stellar_server *server = &world->server;
    const char *far = listener->session.id;

    assert_int_equal(stellar_room_create(server, "s"), STELLAR_ERR_BUSY);
    assert_int_equal(stellar_room_destroy(server, "r"), STELLAR_ERR_BUSY);
    assert_int_equal(stellar_room_add_member(server, "r", far), STELLAR_ERR_BUSY);
    assert_int_equal(stellar_room_remove_member(server, "r", far), STELLAR_ERR_BUSY);
    assert_int_equal(stellar_room_remove_member(server, "r", sender->session.id),
                     STELLAR_ERR_BUSY);
    assert_int_equal(stellar_server_send(server, far, "{}", 2), STELLAR_ERR_BUSY);
    assert_int_equal(stellar_server_send(server, sender->session.id, "{}", 2), 0);
    assert_int_equal(stellar_room_status(server, "r", NULL, NULL), 2);
}


static void what_the_program_sends_is_bounded_too(void **state)
{
    struct stellar_server *server = &world->server;
    unsigned count = 0;

    (void)state;
    fake_at(world, 0);
    while (count < LINES && stellar_room_broadcast(server, "r", "hello", 5) == 0) {
        count++;
    }
    assert_int_equal(stellar_room_broadcast(server, "r", "hello", 5), STELLAR_ERR_BUSY);
    assert_in_range(mail(1), 2 * LIMIT, 2 * LIMIT + 1000);
    expect_busy();
    assert_in_range(mail(1), 2 * LIMIT, 2 * LIMIT + 1000);
    while (fake_deliver(world, 1)) {
        count--;
    }
    assert_int_equal(count, 0); /* each was a message, and nothing else was sent */
    assert_int_equal(stellar_room_create(server, "s"), 0);
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(mail_is_bounded_and_all_arrives),
        TEST(what_comes_in_small_pieces_is_bounded_too),
        TEST(who_says_nothing_is_not_held),
        TEST(what_the_program_sends_is_bounded_too),
        TEST(a_server_that_drains_answers_what_it_has_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
