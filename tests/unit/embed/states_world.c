/* Servers in each state, and attempts on each thread. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "connect.h"
#include "states.h"


struct elsewhere {
    const struct attempt *attempt;
    struct world *world;
    int result;
};


static void *make_attempt(void *data)
{
    struct elsewhere *elsewhere = data;

    elsewhere->result = elsewhere->attempt->call(elsewhere->world);
    return NULL;
}


int on_a_new_thread(const struct attempt *attempt, struct world *world)
{
    struct elsewhere elsewhere = {attempt, world, 1};
    pthread_t thread;

    assert_int_equal(pthread_create(&thread, NULL, make_attempt, &elsewhere), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    return elsewhere.result;
}


static const char *attempt_in_hook(void *data, struct stellar_connection *connection,
                                   const char *room, const char *message, size_t length)
{
    struct world *world = data;
    const struct attempt *attempt = world->attempt;

    (void)connection;
    (void)room;
    (void)message;
    (void)length;
    world->attempt = NULL;
    if (attempt != NULL) {
        world->result = attempt->call(world->target);
    }
    return NULL;
}


static void say(const struct world *world, const char *line)
{
    assert_int_equal(write(world->client, line, strlen(line)), (ssize_t)strlen(line));
}


/* Reads until a line with the text has come. */
static void await_line(const struct world *world, const char *text, char line[4096])
{
    size_t length = 0;

    do {
        if (length > 0 && line[length - 1] == '\n') {
            length = 0;
        }
        assert_in_range(length, 0, 4096 - 2);
        assert_int_equal(read(world->client, line + length, 1), 1);
        line[++length] = '\0';
    } while (line[length - 1] != '\n' || strstr(line, text) == NULL);
}


static void await(const struct world *world, const char *text)
{
    char line[4096];

    await_line(world, text, line);
}


int on_loop_for(struct world *world, const struct attempt *attempt,
                struct world *target)
{
    world->target = target;
    world->result = 1;
    world->attempt = attempt;
    say(world, "say room now\n");
    await(world, "\"status\":\"OK\"");
    assert_null(world->attempt);
    return world->result;
}


int on_loop(struct world *world, const struct attempt *attempt)
{
    return on_loop_for(world, attempt, world);
}


/* Servers in each state. */

static void keep(struct stellar_call *call, void *data)
{
    struct world *world = data;

    world->call = call;
}


static void *serve(void *data)
{
    struct world *world = data;

    assert_int_equal(stellar_server_run(world->server), 0);
    if (world->in_the_end != NULL) {
        world->end_result = world->in_the_end->call(world);
    }
    return NULL;
}


void make(struct world *world, unsigned threads, struct stellar_action *action)
{
    static const struct stellar_action now = {
        .name = "now", .version = 1, .run = do_nothing};
    char error[200];

    memset(world, 0, sizeof *world);
    stellar_server_options_init(&world->options);
    world->options.port = 0;
    world->options.threads = threads;
    world->options.shutdown_limit = FOREVER;
    world->options.action_timeout = FOREVER;
    world->options.hooks.data = world;
    world->options.hooks.say = attempt_in_hook;
    *action = (struct stellar_action){
        .name = "keep", .version = 1, .run = keep, .data = world};
    assert_int_equal(
        stellar_server_create(&world->server, &world->options, error, sizeof error), 0);
    assert_int_equal(stellar_server_add_action(world->server, action), 0);
    assert_int_equal(stellar_server_add_action(world->server, &now), 0);
    assert_int_equal(stellar_room_create(world->server, "room"), 0);
}


static void join_client(struct world *world)
{
    world->client = connect_to(world->server);
    say(world, "roomAdd room\nkeep\nparamsView\n");
    await(world, "\"messageCount\":3");
    assert_non_null(world->call);
}


/* Waits until the client's loop knows that the server must stop. */
static void await_drain(const struct world *world)
{
    char line[4096];

    do {
        say(world, "now\n");
        await_line(world, "\"messageCount\"", line);
    } while (strstr(line, "\"code\":\"006\"") == NULL);
}


void bring_to(struct world *world, enum state state)
{
    if (state >= LISTENING) {
        assert_int_equal(try_listen(world), 0);
    }
    if (state >= RUNNING) {
        assert_int_equal(pthread_create(&world->thread, NULL, serve, world), 0);
        join_client(world);
    }
    if (state == DRAINING) {
        stellar_server_stop(world->server, false);
        await_drain(world);
    }
    if (state == ENDED) {
        stellar_server_stop(world->server, true);
        assert_int_equal(pthread_join(world->thread, NULL), 0);
    }
}


void end(struct world *world, enum state state)
{
    struct stellar_call *call = atomic_exchange(&world->call, NULL);

    if (state == RUNNING || state == DRAINING) {
        say(world, "paramsView\n");
        await(world, "\"status\":\"OK\"");
    }
    if (call != NULL) {
        stellar_call_finish(call);
    }
    if (state == RUNNING || state == DRAINING) {
        stellar_server_stop(world->server, false);
        await(world, "Bye!");
    }
    if (state >= RUNNING) {
        close(world->client);
    }
    if (state == RUNNING || state == DRAINING) {
        assert_int_equal(pthread_join(world->thread, NULL), 0);
    }
    assert_int_equal(stellar_server_destroy(world->server), 0);
}
