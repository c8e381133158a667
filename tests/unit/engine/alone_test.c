/* A session on the engine alone: a shard whose clock stands still, and a transport that
 * keeps all output. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "actions.h"
#include "call.h"
#include "queue.h"
#include "session.h"
#include "shard.h"
#include "stellar/options.h"

struct world {
    struct stellar_allocator memory;
    struct stellar_server_options options;
    struct stellar__common common;
    struct stellar__shard shard;
    struct stellar__shard *shards[1];
    struct stellar_connection session;
    char output[4096]; /* NUL-terminated */
    size_t length;
    bool is_ended;
};

static struct world world;


static void *allocate(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}


static void *resize(void *context, void *block, size_t size)
{
    (void)context;
    return realloc(block, size);
}


static void release(void *context, void *block)
{
    (void)context;
    free(block);
}


static uint64_t clock_of(void *context)
{
    (void)context;
    return 1;
}


static bool random_bytes(void *context, void *bytes, size_t length)
{
    (void)context;
    memset(bytes, 0x5a, length);
    return true;
}


static bool is_own_thread(void *context)
{
    (void)context;
    return true;
}


static size_t write_now(struct stellar_connection *session, const char *bytes,
                        size_t length)
{
    (void)session;
    assert_true(world.length + length < sizeof world.output);
    memcpy(world.output + world.length, bytes, length);
    world.length += length;
    return length;
}


static void pump(struct stellar_connection *session)
{
    struct stellar_slice run;

    while (stellar__queue_peek(session->queue, &run, 1) > 0) {
        stellar__queue_consume(&session->queue,
                               write_now(session, run.data, run.length));
    }
}


static void end(struct stellar_connection *session)
{
    (void)session;
    world.is_ended = true;
}


static void give_up(struct stellar_connection *session)
{
    (void)session;
    fail();
}


static void echo(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_write_key(stellar_call_writer(call), "echo");
    stellar_write_integer(stellar_call_writer(call),
                          stellar_call_integer(call, "number", 0));
    stellar_call_finish(call);
}


static void set_options(void)
{
#define XX(field, type, name, path, standard, least, most, rule, argument, text) \
    world.options.field = standard;
    STELLAR_OPTIONS(XX)
#undef XX
}


static int set_up(void **state)
{
    static const struct stellar_action action = {
        .name = "echo", .version = 1, .run = echo};
    const struct stellar__platform platform = {
        .wall_clock = clock_of,
        .clock = clock_of,
        .random = random_bytes,
        .is_own_thread = is_own_thread,
    };
    struct stellar__actions *actions;

    (void)state;
    memset(&world, 0, sizeof world);
    world.memory = (struct stellar_allocator){allocate, resize, release, NULL};
    set_options();
    actions = stellar__actions_new(&world.memory);
    assert_int_equal(stellar__actions_add(actions, &action), STELLAR_OK);
    world.shards[0] = &world.shard;
    world.common = (struct stellar__common){
        .memory = &world.memory,
        .options = &world.options,
        .actions = actions,
        .shards = world.shards,
        .shard_count = 1,
    };
    stellar_framing_init(&world.common.framing);
    stellar__shard_init(&world.shard, &world.common, &platform);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    stellar__shard_free(&world.shard);
    stellar__actions_free((struct stellar__actions *)world.common.actions);
    return 0;
}


static void a_line_is_answered(void **state)
{
    static const struct stellar__transport_ops transport = {
        .write = write_now, .pump = pump, .end = end, .abort = give_up};
    static const char lines[] = "{\"action\":\"echo\",\"params\":{\"number\":7}}\n"
                                "quit\n";

    (void)state;
    assert_int_equal(
        stellar__session_open(&world.session, &world.shard, &transport, "", 0),
        STELLAR_OK);
    stellar__session_receive(&world.session, lines, sizeof lines - 1);
    stellar__shard_end_iteration(&world.shard);
    stellar__session_close(&world.session);
    assert_true(world.is_ended);
    assert_string_equal(
        world.output,
        "{\"welcome\":\"Hello human! Welcome to Stellar\",\"context\":\"api\"}\r\n"
        "{\"echo\":7,\"context\":\"response\",\"messageCount\":1}\r\n"
        "{\"status\":\"Bye!\",\"context\":\"api\"}\r\n");
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_line_is_answered, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
