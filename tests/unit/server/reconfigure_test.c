/* Options that change while sessions live. */
#include <string.h>

#include "fake.h"

static struct fake_world *world;
static struct fake_client *client;
static struct fake_client *remote; /* on the other loop */
static struct stellar_server_options options;
static char error[200];


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
    for (fail = 1; fail <= 2; fail++) {
        world->memory.fail_at = world->memory.count + fail;
        assert_int_equal(reconfigure(), STELLAR_ERR_NO_MEMORY);
        assert_string_equal(error, "out of memory");
    }
    world->memory.fail_at = 0;
    fake_say(client, "quit");
    fake_expect_goodbye(client);
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
    /* What came with the end of that line came under its limit, too. */
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


static void the_level_of_the_log_may_change(void **state)
{
    (void)state;
    options.log_level = STELLAR_LOG_DEBUG;
    assert_int_equal(reconfigure(), 0);
    fake_close(client);
    fake_expect_log(world, "disconnected");
    client = fake_client_new(world, 0);
}


int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(sessions_on_all_loops_go_by_the_new_options),
        TEST(the_options_may_be_forgotten_once_they_are_given),
        TEST(options_that_cannot_be_change_nothing),
        TEST(without_memory_nothing_changes),
        TEST(a_line_that_has_begun_ends_by_its_own_limit),
        TEST(what_is_fixed_stays_as_it_is),
        TEST(the_level_of_the_log_may_change),
    };

    return cmocka_run_group_tests_name("reconfigure", tests, NULL, NULL);
}
