/* The end of a server with loops, while work is still in progress. */
#include <stdlib.h>

#include "fake.h"

static struct fake_memory memory;
static struct stellar_server *server;
static struct stellar_connection session;
static unsigned runs;
static struct stellar__shard *spoken_on;


static size_t take_all(struct stellar_connection *connection, const char *bytes,
                       size_t length)
{
    (void)connection;
    (void)bytes;
    return length;
}


static void do_nothing(struct stellar_connection *connection)
{
    (void)connection;
}


static bool takes_all(struct stellar_connection *connection)
{
    (void)connection;
    return true;
}


static const struct stellar__transport_ops transport = {
    take_all, do_nothing, do_nothing, do_nothing, takes_all, NULL, do_nothing};


/* Says something to all members, in an old room and in a new one, when it is called. */
static void speak(struct stellar_call *call, void *data)
{
    (void)data;
    runs++;
    spoken_on = stellar__server_shard(server);
    stellar_room_broadcast(server, "r", "the end", 7);
    stellar_room_create(server, "new");
    stellar_room_broadcast(server, "new", "the end", 7);
    stellar_server_send(server, stellar_call_connection_id(call), "{}", 2);
    stellar_call_finish(call);
}


static void speak_later(struct stellar_call *call, void *data)
{
    stellar_call_delay(call, 3600000, speak, data);
}


static void posted(struct stellar_server *which, void *data)
{
    (void)which;
    (void)data;
    runs++;
}


static void create(unsigned threads)
{
    static const struct stellar_action later = {
        .name = "later", .version = 1, .run = speak_later};
    struct stellar_server_options options;
    char error[100];

    fake_memory_init(&memory);
    runs = 0;
    stellar_server_options_init(&options);
    options.threads = threads;
    options.allocator = memory.allocator;
    assert_int_equal(stellar_server_create(&server, &options, error, sizeof error), 0);
    assert_int_equal(stellar_server_add_action(server, &later), 0);
    assert_int_equal(stellar_room_create(server, "r"), 0);
}


static void a_delay_that_speaks_while_its_server_ends_is_heard_by_nobody(void **state)
{
    const struct stellar__shard *shard;
    unsigned loop;

    (void)state;
    for (loop = 0; loop < 3; loop++) {
        create(3);
        shard = server->shards[loop];
        memset(&session, 0, sizeof session);
        assert_int_equal(
            stellar__session_open(&session, server->shards[loop], &transport, "", 0),
            0);
        stellar__session_receive(&session, "later\n", 6);
        stellar__session_close(&session);
        stellar_server_destroy(server);
        assert_int_equal(runs, 1);
        assert_ptr_equal(spoken_on, shard);
        assert_int_equal(memory.live, 0);
    }
}


static void a_posted_function_that_found_no_loop_running_is_called_in_the_end(
    void **state)
{
    (void)state;
    create(1);
    assert_int_equal(stellar_server_post(server, posted, NULL), 0);
    stellar_server_destroy(server);
    assert_int_equal(runs, 1);
    assert_int_equal(memory.live, 0);
}


static void before_run_everything_is_done_on_the_first_loop(void **state)
{
    (void)state;
    create(3);
    assert_ptr_equal(stellar__server_shard(server), server->shards[0]);
    stellar_server_destroy(server);
}


static struct stellar_call *kept;


static void keep(struct stellar_call *call, void *data)
{
    (void)data;
    kept = call;
}


static void *run(void *data)
{
    assert_int_equal(stellar_server_run(data), 0);
    return NULL;
}


/* Runs on a thread outside the server. Counts the loops for whose thread it is
 * taken. */
static void *finish_from_outside(void *data)
{
    unsigned *taken_for = data;
    unsigned i;

    *taken_for = 0;
    for (i = 0; i < server->options.threads; i++) {
        const struct stellar__platform *platform = &server->shards[i]->platform;

        if (platform->is_own_thread(platform->context)) {
            ++*taken_for;
        }
    }
    stellar_call_finish(kept);
    return NULL;
}


static void join_new(void *(*function)(void *), void *data)
{
    pthread_t thread;

    assert_int_equal(pthread_create(&thread, NULL, function, data), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
}


/* The C library gives a new thread the memory of one that has ended. */
static void a_thread_that_began_after_a_loop_had_ended_is_not_taken_for_its_own(
    void **state)
{
    static const struct stellar_action action = {
        .name = "keep", .version = 1, .run = keep};
    unsigned taken_for;
    unsigned loop;

    (void)state;
    for (loop = 0; loop < 3; loop++) {
        create(3);
        assert_int_equal(stellar_server_add_action(server, &action), 0);
        memset(&session, 0, sizeof session);
        assert_int_equal(
            stellar__session_open(&session, server->shards[loop], &transport, "", 0),
            0);
        stellar__session_receive(&session, "keep\n", 5);
        stellar__session_close(&session);
        stellar_server_stop(server, false);
        join_new(run, server);
        join_new(finish_from_outside, &taken_for);
        assert_int_equal(taken_for, 0);
        assert_int_equal(server->shards[loop]->open_calls, 1);
        assert_int_equal(stellar_server_destroy(server), 0);
        assert_int_equal(memory.live, 0);
    }
}


static struct stellar_call *early; /* of the first loop */


static void keep_early(struct stellar_call *call, void *data)
{
    (void)data;
    early = call;
}


static void finish_both(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_call_finish(early);
    stellar_call_finish(call);
}


static void finish_both_later(struct stellar_call *call, void *data)
{
    stellar_call_delay(call, 3600000, finish_both, data);
}


static void a_delay_that_ends_with_its_server_may_finish_a_call_of_another_loop(
    void **state)
{
    static const struct stellar_action actions[] = {
        {.name = "early", .version = 1, .run = keep_early},
        {.name = "both", .version = 1, .run = finish_both_later}};
    unsigned i;

    (void)state;
    create(3);
    for (i = 0; i < 2; i++) {
        assert_int_equal(stellar_server_add_action(server, &actions[i]), 0);
        memset(&session, 0, sizeof session);
        assert_int_equal(
            stellar__session_open(&session, server->shards[2 * i], &transport, "", 0),
            0);
        stellar__session_receive(&session, i == 0 ? "early\n" : "both\n",
                                 i == 0 ? 6 : 5);
        stellar__session_close(&session);
    }
    assert_int_equal(stellar_server_destroy(server), 0);
    assert_int_equal(memory.live, 0);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_delay_that_speaks_while_its_server_ends_is_heard_by_nobody),
        cmocka_unit_test(
            a_posted_function_that_found_no_loop_running_is_called_in_the_end),
        cmocka_unit_test(before_run_everything_is_done_on_the_first_loop),
        cmocka_unit_test(
            a_thread_that_began_after_a_loop_had_ended_is_not_taken_for_its_own),
        cmocka_unit_test(
            a_delay_that_ends_with_its_server_may_finish_a_call_of_another_loop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
