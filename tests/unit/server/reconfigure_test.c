/* Options that change while sessions live. */
#include <stdio.h>
#include <string.h>

#include "fake.h"
#include "stellar/options.h"

static struct fake_world *world;
static struct fake_client *client;
static struct fake_client *remote; /* on the other loop */
static struct stellar_server_options options;
static char error[200];
static char changed[] = "changed"; /* a string that is not the options' for long */


static int set_up(void **state)
{
    (void)state;
    world = fake_world_new(2);
    client = fake_client_new(world, 0);
    remote = fake_client_new(world, 1);
    stellar_server_options_init(&options);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    fake_close(remote);
    fake_close(client);
    fake_world_free(world); /* checks that no memory is left */
    return 0;
}


static int reconfigure(void)
{
    int status =
        stellar_server_reconfigure(&world->server, &options, error, sizeof error);

    fake_settle(world);
    return status;
}


static void sessions_on_all_loops_go_by_the_new_options(void **state)
{
    (void)state;
    options.max_params = 1;
    options.goodbye_message = "So long!";
    assert_int_equal(reconfigure(), 0);
    fake_say(client, "paramAdd a=1\r\nparamAdd b=2");
    fake_skip_line(client);
    fake_expect(client, "{'status':{'code':'027','message':'Too many params or params "
                        "too large (1 params, 1048576 bytes max)'},"
                        "'context':'response','messageCount':2}");
    fake_say(remote, "quit");
    fake_expect(remote, "{'status':'So long!','context':'api'}");
}


static void the_options_may_be_forgotten_once_they_are_given(void **state)
{
    char text[] = "So long!";

    (void)state;
    options.goodbye_message = text;
    assert_int_equal(reconfigure(), 0);
    memset(text, 'x', sizeof text - 1);
    fake_say(client, "quit");
    fake_expect(client, "{'status':'So long!','context':'api'}");
}


static void options_that_cannot_be_change_nothing(void **state)
{
    (void)state;
    options.goodbye_message = "So long!";
    options.output_soft_limit = 2;
    options.output_hard_limit = 1;
    assert_int_equal(reconfigure(), STELLAR_ERR_INVALID);
    assert_string_equal(error,
                        "the soft limit of output must not be above the hard limit");
    fake_say(client, "quit");
    fake_expect_goodbye(client);
}


static void without_memory_nothing_changes(void **state)
{
    size_t fail;

    (void)state;
    options.goodbye_message = "So long!";
    for (fail = 1; fail <= 4; fail++) {
        world->memory.fail_at = world->memory.count + fail;
        assert_int_equal(reconfigure(), STELLAR_ERR_NO_MEMORY);
        assert_string_equal(error, "out of memory");
    }
    world->memory.fail_at = 0;
    fake_say(client, "quit");
    fake_expect_goodbye(client);
}


static void only_the_last_options_wait_to_be_adopted(void **state)
{
    char text[20];
    size_t live = 0;
    unsigned i;

    (void)state;
    options.goodbye_message = text;
    for (i = 0; i < 100; i++) {
        snprintf(text, sizeof text, "Goodbye %u", i);
        assert_int_equal(
            stellar_server_reconfigure(&world->server, &options, error, sizeof error),
            0);
        if (i == 0) {
            live = world->memory.live;
        }
        assert_int_equal(world->memory.live, live);
    }
    fake_settle(world);
    fake_say(client, "quit");
    fake_expect(client, "{'status':'Goodbye 99','context':'api'}");
    fake_say(remote, "quit");
    fake_expect(remote, "{'status':'Goodbye 99','context':'api'}");
}


static void a_line_that_has_begun_ends_by_its_own_limit(void **state)
{
    (void)state;
    fake_bytes(client, "paramAdd key=0123", 17);
    options.max_data_length = 10;
    assert_int_equal(reconfigure(), 0);
    options.max_data_length = 12;
    assert_int_equal(reconfigure(), 0);
    fake_say(client, "456789\r\nparamView key\r\nexit");
    fake_expect(client, "{'status':'OK','context':'response','data':null,"
                        "'messageCount':1}");
    /* Input that came with the end of that line has the same limit. */
    fake_expect(client, "{'status':'OK','context':'response','data':'0123456789',"
                        "'messageCount':2}");
    fake_expect_goodbye(client);
    fake_say(remote, "paramView key");
    fake_expect(remote,
                "{'status':'error','error':{'code':'008','message':'Data length is "
                "too big (13 received/12 max)'},'context':'response',"
                "'messageCount':1}");
}


static void what_is_fixed_stays_as_it_is(void **state)
{
    (void)state;
    options.id = "another";
    options.delimiter = "x";
    options.delimiter_length = 1;
    options.threads = 7;
    assert_int_equal(reconfigure(), 0);
    assert_string_equal(stellar_server_id(&world->server), "the server");
    fake_say(client, "paramView x");
    fake_expect(client, "{'status':'OK','context':'response','messageCount':1}");
}


/* Gives every option another value. */
static void change_all(void)
{
#define CHANGE_NUMBER(field)    options.field++;
#define CHANGE_SWITCH(field)    options.field = !options.field;
#define CHANGE_CHOICE(field)    options.field++;
#define CHANGE_TEXT(field)      options.field = changed;
#define CHANGE_ADDRESS(field)   CHANGE_TEXT(field)
#define CHANGE_FILE_NAME(field) CHANGE_TEXT(field)
#define CHANGE_BYTES(field)     CHANGE_TEXT(field)
#define XX(field, type, name, path, standard, least, most, rule, argument, text) \
    CHANGE_##type(field)
    STELLAR_OPTIONS(XX)
#undef XX
}


static void every_loop_changes_what_the_table_says_and_nothing_else(void **state)
{
    struct stellar_server_options before = world->server.options;
    unsigned i;

    (void)state;
    options = before;
    change_all();
    assert_int_equal(reconfigure(), 0);
    memset(changed, 'x', sizeof changed - 1);
    for (i = 0; i < 2; i++) {
        const struct stellar_server_options *now = world->shard_list[i]->options;

        /* Strings are copied. The files of TLS are read during the call, and their
         * names are not kept. */
#define NEW_NUMBER(field)          (now->field == options.field)
#define NEW_SWITCH(field)          NEW_NUMBER(field)
#define NEW_CHOICE(field)          NEW_NUMBER(field)
#define NEW_TEXT(field)            (strcmp(now->field, "changed") == 0)
#define NEW_FILE_NAME(field)       (now->field == NULL)
#define CHECK_RELOAD(field, type)  assert_true(NEW_##type(field));
#define CHECK_RESTART(field, type) assert_true(now->field == before.field);
#define XX(field, type, name, path, standard, least, most, rule, argument, text) \
    CHECK_##rule(field, type)
        STELLAR_OPTIONS(XX)
#undef XX
    }
}


static void the_level_of_the_log_may_change(void **state)
{
    (void)state;
    options.log_level = STELLAR_LOG_DEBUG;
    assert_int_equal(reconfigure(), 0);
    fake_close(client);
    fake_expect_log(world, "disconnected");
    client = fake_client_new(world, 0);
}


static void let_all_pass(void)
{
    options.first_line_timeout = 0;
    options.line_timeout = 0;
    options.idle_timeout = 0;
    options.write_timeout = 0;
    assert_int_equal(reconfigure(), 0);
}


static void a_timeout_that_is_switched_on_reaches_who_is_silent_already(void **state)
{
    (void)state;
    let_all_pass();
    fake_say(client, "paramsView");
    fake_say(remote, "paramsView");
    fake_skip_line(client);
    fake_skip_line(remote);
    fake_advance(world, 1000000);
    options.idle_timeout = 2000;
    assert_int_equal(reconfigure(), 0);
    fake_advance(world, 1000);
    fake_bytes(remote, "\r\n", 2); /* a sign of life */
    fake_advance(world, 999);
    fake_expect_nothing(client);
    fake_advance(world, 1);
    fake_expect(client, "{'error':'Nothing came for 2000 ms','context':'api'}");
    fake_expect_goodbye(client);
    fake_advance(world, 999);
    fake_expect_nothing(remote);
    fake_advance(world, 1);
    fake_expect(remote, "{'error':'Nothing came for 2000 ms','context':'api'}");
    fake_expect_goodbye(remote);
}


static void so_does_one_for_first_lines_and_for_lines_that_have_begun(void **state)
{
    (void)state;
    let_all_pass();
    fake_bytes(remote, "paramsV", 7);
    fake_advance(world, 1000000);
    options.first_line_timeout = 3000;
    options.line_timeout = 2000;
    assert_int_equal(reconfigure(), 0);
    fake_advance(world, 1999);
    fake_expect_nothing(remote);
    fake_advance(world, 1);
    fake_expect(remote,
                "{'error':'The line was not ended within 2000 ms','context':'api'}");
    fake_expect_goodbye(remote);
    fake_advance(world, 999);
    fake_expect_nothing(client);
    fake_advance(world, 1);
    fake_expect(client, "{'error':'No line came within 3000 ms','context':'api'}");
    fake_expect_goodbye(client);
}


static void so_does_one_for_output_that_is_not_read(void **state)
{
    (void)state;
    let_all_pass();
    client->appetite = 0;
    fake_say(client, "paramsView");
    fake_advance(world, 1000000);
    options.write_timeout = 2000;
    assert_int_equal(reconfigure(), 0);
    fake_advance(world, 1999);
    assert_false(client->is_aborted);
    fake_advance(world, 2001);
    assert_true(client->is_aborted);
}


static void a_timeout_that_is_shorter_now_need_not_wait_for_the_old_one(void **state)
{
    (void)state;
    options.first_line_timeout = 100000;
    assert_int_equal(reconfigure(), 0);
    fake_advance(world, 50000);
    options.first_line_timeout = 2000;
    assert_int_equal(reconfigure(), 0);
    fake_advance(world, 1999);
    fake_expect_nothing(client);
    fake_advance(world, 1);
    fake_expect(client, "{'error':'No line came within 2000 ms','context':'api'}");
    fake_expect_goodbye(client);
}


static void who_leaves_already_is_not_told_of_a_new_timeout(void **state)
{
    (void)state;
    fake_add_action(world, "park", fake_park);
    let_all_pass();
    fake_say(client, "park\r\nquit");
    options.idle_timeout = 1000;
    assert_int_equal(reconfigure(), 0);
    fake_advance(world, 1001);
    fake_expect_nothing(client);
    fake_finish(fake_unpark(world), NULL);
    fake_settle(world);
    fake_skip_line(client);
    fake_expect_goodbye(client);
}


int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(sessions_on_all_loops_go_by_the_new_options),
        TEST(the_options_may_be_forgotten_once_they_are_given),
        TEST(options_that_cannot_be_change_nothing),
        TEST(without_memory_nothing_changes),
        TEST(only_the_last_options_wait_to_be_adopted),
        TEST(a_line_that_has_begun_ends_by_its_own_limit),
        TEST(what_is_fixed_stays_as_it_is),
        TEST(every_loop_changes_what_the_table_says_and_nothing_else),
        TEST(the_level_of_the_log_may_change),
        TEST(a_timeout_that_is_switched_on_reaches_who_is_silent_already),
        TEST(so_does_one_for_first_lines_and_for_lines_that_have_begun),
        TEST(so_does_one_for_output_that_is_not_read),
        TEST(a_timeout_that_is_shorter_now_need_not_wait_for_the_old_one),
        TEST(who_leaves_already_is_not_told_of_a_new_timeout),
    };

    return cmocka_run_group_tests_name("reconfigure", tests, NULL, NULL);
}
