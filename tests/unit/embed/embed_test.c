/* What hooks and actions may do with the server that calls them, and how it ends. */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "connect.h"

#define CLIENTS 20

struct world {
    struct stellar_server *server;
    pthread_t thread;
    atomic_int result; /* the result of a hook or an action */
    atomic_bool go;
};


static void *serve(void *data)
{
    struct world *world = data;

    assert_int_equal(stellar_server_run(world->server), 0);
    return NULL;
}


static struct stellar_server_options options_with(struct world *world, unsigned threads)
{
    struct stellar_server_options options;

    memset(world, 0, sizeof *world);
    stellar_server_options_init(&options);
    options.port = 0;
    options.threads = threads;
    options.hooks.data = world;
    return options;
}


static void start(struct world *world, const struct stellar_server_options *options,
                  const struct stellar_action *actions)
{
    char error[200];

    assert_int_equal(
        stellar_server_create(&world->server, options, error, sizeof error), 0);
    for (; actions != NULL && actions->name != NULL; actions++) {
        assert_int_equal(stellar_server_add_action(world->server, actions), 0);
    }
    assert_int_equal(stellar_room_create(world->server, "room"), 0);
    assert_int_equal(stellar_server_listen(world->server, error, sizeof error), 0);
    assert_int_equal(pthread_create(&world->thread, NULL, serve, world), 0);
}


static void end(struct world *world)
{
    assert_int_equal(pthread_join(world->thread, NULL), 0);
    assert_int_equal(stellar_server_destroy(world->server), 0);
}


/* Reads until a line with the text has come. Returns false at the end of the stream. */
static bool await_line(int client, const char *text, char line[4096])
{
    size_t length = 0;

    while (length + 1 < 4096) {
        if (read(client, line + length, 1) != 1) {
            return false;
        }
        line[++length] = '\0';
        if (line[length - 1] != '\n') {
            continue;
        }
        if (strstr(line, text) != NULL) {
            return true;
        }
        length = 0;
    }
    return false;
}


static bool await(int client, const char *text)
{
    char line[4096];

    return await_line(client, text, line);
}


static int connect_client(const struct world *world)
{
    int client = connect_to(world->server);

    assert_true(await(client, "welcome"));
    return client;
}


static void say(int client, const char *line)
{
    assert_int_equal(write(client, line, strlen(line)), (ssize_t)strlen(line));
}


/* Closes with a reset. After a mere end of the stream, the client could still read. */
static void reset(int client)
{
    const struct linger linger = {.l_onoff = 1};

    setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(client);
}


static void add_and_stop(void *data, struct stellar_connection *connection)
{
    struct world *world = data;

    stellar_room_add_member(world->server, "room", stellar_connection_id(connection));
    world->result = (int)stellar_room_status(world->server, "room", NULL, NULL);
    stellar_server_stop(world->server, false);
}


static void nobody_joins_a_room_who_has_gone(void **state)
{
    struct world world;
    struct stellar_server_options options = options_with(&world, 1);

    (void)state;
    options.hooks.disconnect = add_and_stop;
    world.result = -1;
    start(&world, &options, NULL);
    close(connect_client(&world));
    pthread_join(world.thread, NULL);
    assert_int_equal(world.result, 0);
    stellar_server_destroy(world.server);
}


static const char *add(void *data, struct stellar_connection *connection,
                       const char *room)
{
    struct world *world = data;

    world->result =
        stellar_room_add_member(world->server, room, stellar_connection_id(connection));
    return NULL;
}


static const char *take_out(void *data, struct stellar_connection *connection,
                            const char *room, const char *message, size_t length)
{
    struct world *world = data;

    (void)message;
    (void)length;
    stellar_room_remove_member(world->server, room, stellar_connection_id(connection));
    return NULL;
}


static void hooks_may_change_the_membership_they_are_asked_about(void **state)
{
    struct world world;
    struct stellar_server_options options = options_with(&world, 1);
    int client;

    (void)state;
    options.hooks.join = add;
    options.hooks.say = take_out;
    start(&world, &options, NULL);
    client = connect_client(&world);
    say(client, "roomAdd room\r\n");
    assert_true(await(client, "\"data\":true"));
    say(client, "say room hello\r\n");
    assert_true(await(client, "\"code\":\"016\""));
    stellar_server_stop(world.server, false);
    assert_true(await(client, "Bye!"));
    close(client);
    end(&world);
}


static void poll_again(struct stellar_call *call, void *data)
{
    struct world *world = data;

    if (world->go) {
        stellar_call_finish(call);
    } else {
        stellar_call_delay(call, 0, poll_again, data);
    }
}


static void let_go(struct stellar_call *call, void *data)
{
    struct world *world = data;

    world->go = true;
    stellar_call_finish(call);
}


static void a_delay_of_nothing_does_not_stop_the_loop(void **state)
{
    struct world world;
    struct stellar_server_options options = options_with(&world, 1);
    const struct stellar_action actions[] = {
        {.name = "poll", .version = 1, .run = poll_again, .data = &world},
        {.name = "letGo", .version = 1, .run = let_go, .data = &world},
        {.name = NULL},
    };
    int client;

    (void)state;
    start(&world, &options, actions);
    client = connect_client(&world);
    say(client, "poll\r\n");
    say(client, "letGo\r\n");
    assert_true(await(client, "\"messageCount\":2"));
    assert_true(await(client, "\"messageCount\":1"));
    close(client);
    stellar_server_stop(world.server, false);
    end(&world);
}


static void announce(struct stellar_call *call, void *data)
{
    struct world *world = data;

    stellar_room_broadcast(world->server, "room", "too late", 8);
    world->result++;
    stellar_call_finish(call);
}


static void announce_later(struct stellar_call *call, void *data)
{
    stellar_call_delay(call, 3600000, announce, data);
}


static void delays_that_end_with_the_server_may_still_call_it(void **state)
{
    struct world world;
    struct stellar_server_options options = options_with(&world, 3);
    const struct stellar_action actions[] = {
        {.name = "later", .version = 1, .run = announce_later, .data = &world},
        {.name = NULL},
    };
    int clients[CLIENTS];
    size_t i;

    (void)state;
    start(&world, &options, actions);
    for (i = 0; i < CLIENTS; i++) {
        clients[i] = connect_client(&world);
        say(clients[i], "later\r\nparamsView\r\n");
        assert_true(await(clients[i], "\"messageCount\":2"));
    }
    stellar_server_stop(world.server, true);
    end(&world);
    assert_int_equal(world.result, CLIENTS);
    for (i = 0; i < CLIENTS; i++) {
        close(clients[i]);
    }
}


static void a_delay_ends_when_its_client_has_gone(void **state)
{
    struct world world;
    struct stellar_server_options options = options_with(&world, 1);
    const struct stellar_action actions[] = {
        {.name = "later", .version = 1, .run = announce_later, .data = &world},
        {.name = NULL},
    };
    int client;
    int listener;

    (void)state;
    start(&world, &options, actions);
    listener = connect_client(&world);
    say(listener, "roomAdd room\r\n");
    assert_true(await(listener, "\"data\":true"));
    client = connect_client(&world);
    say(client, "later\r\nparamsView\r\n");
    assert_true(await(client, "\"messageCount\":2"));
    reset(client);
    assert_true(await(listener, "too late"));
    close(listener);
    stellar_server_stop(world.server, false);
    end(&world);
}


static void note(struct stellar_server *server, void *data)
{
    struct world *world = data;

    (void)server;
    world->result = 1;
}


static void what_is_posted_after_the_end_is_not_called(void **state)
{
    struct world world;
    struct stellar_server_options options = options_with(&world, 2);

    (void)state;
    start(&world, &options, NULL);
    stellar_server_stop(world.server, false);
    assert_int_equal(pthread_join(world.thread, NULL), 0);
    assert_int_equal(stellar_server_post(world.server, note, &world),
                     STELLAR_ERR_INVALID);
    stellar_server_destroy(world.server);
    assert_int_equal(world.result, 0);
}


/* Passes the call to the reader of a pipe. */
static void give_away(struct stellar_call *call, void *data)
{
    const int *ends = data;

    assert_int_equal(write(ends[1], &call, sizeof call), sizeof call);
}


static void *take_and_finish(void *data)
{
    const int *ends = data;
    struct stellar_call *call;

    assert_int_equal(read(ends[0], &call, sizeof call), sizeof call);
    stellar_call_finish(call);
    return NULL;
}


static void a_server_is_not_freed_while_a_call_is_with_another_thread(void **state)
{
    struct world world;
    struct stellar_server_options options = options_with(&world, 2);
    int ends[2];
    const struct stellar_action actions[] = {
        {.name = "give", .version = 1, .run = give_away, .data = ends},
        {.name = NULL},
    };
    pthread_t thread;
    int client;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    start(&world, &options, actions);
    client = connect_client(&world);
    say(client, "give\r\nparamsView\r\n");
    assert_true(await(client, "\"messageCount\":2"));
    stellar_server_stop(world.server, true);
    assert_int_equal(pthread_join(world.thread, NULL), 0);
    assert_int_equal(stellar_server_destroy(world.server), STELLAR_ERR_BUSY);
    assert_int_equal(pthread_create(&thread, NULL, take_and_finish, ends), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(stellar_server_destroy(world.server), 0);
    close(client);
    close(ends[0]);
    close(ends[1]);
}


static void *finish(void *call)
{
    stellar_call_finish(call);
    return NULL;
}


/* One loop, so that the C library gives the new thread the memory of the loop's. */
static void a_server_is_destroyed_while_a_thread_that_began_later_finishes_a_call(
    void **state)
{
    struct world world;
    struct stellar_server_options options = options_with(&world, 1);
    int ends[2];
    const struct stellar_action actions[] = {
        {.name = "give", .version = 1, .run = give_away, .data = ends},
        {.name = NULL},
    };
    struct stellar_call *call;
    pthread_t thread;
    int client;
    int status;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    start(&world, &options, actions);
    client = connect_client(&world);
    say(client, "give\r\n");
    assert_int_equal(read(ends[0], &call, sizeof call), sizeof call);
    stellar_server_stop(world.server, true);
    assert_int_equal(pthread_join(world.thread, NULL), 0);
    assert_int_equal(pthread_create(&thread, NULL, finish, call), 0);
    while ((status = stellar_server_destroy(world.server)) == STELLAR_ERR_BUSY) {
        sched_yield();
    }
    assert_int_equal(status, 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    close(client);
    close(ends[0]);
    close(ends[1]);
}


/* Creates or destroys the room, whichever is possible, a hundred times. */
static void churn(struct stellar_call *call, void *data)
{
    struct stellar_server *server = stellar_call_server(call);
    int i;

    (void)data;
    for (i = 0; i < 100; i++) {
        if (stellar_room_create(server, "churned") != 0) {
            stellar_room_destroy(server, "churned");
        }
    }
    stellar_call_finish(call);
}


static void tell_whether_it_is_there(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_write_key(stellar_call_writer(call), "there");
    stellar_write_boolean(stellar_call_writer(call),
                          stellar_room_exists(stellar_call_server(call), "churned"));
    stellar_call_finish(call);
}


static void rooms_that_all_loops_change_at_once_end_up_the_same_on_all(void **state)
{
    static const struct stellar_action actions[] = {
        {.name = "churn", .version = 1, .run = churn},
        {.name = "look", .version = 1, .run = tell_whether_it_is_there},
        {.name = NULL},
    };
    struct world world;
    struct stellar_server_options options = options_with(&world, 4);
    int clients[CLIENTS];
    char line[4096];
    const char *answer = NULL;
    int i;

    (void)state;
    start(&world, &options, actions);
    for (i = 0; i < CLIENTS; i++) {
        clients[i] = connect_client(&world);
    }
    for (i = 0; i < CLIENTS; i++) {
        say(clients[i], "churn\nchurn\nroomAdd churned\nchurn\n");
    }
    for (i = 0; i < CLIENTS; i++) {
        assert_true(await(clients[i], "\"messageCount\":4"));
    }
    /* Whatever the last change was, every loop knows the same. */
    for (i = 0; i < CLIENTS; i++) {
        say(clients[i], "look\n");
        assert_true(await_line(clients[i], "\"there\":", line));
        if (answer == NULL) {
            answer = strstr(line, "true") != NULL ? "true" : "false";
        }
        assert_non_null(strstr(line, answer));
    }
    for (i = 0; i < CLIENTS; i++) {
        close(clients[i]);
    }
    stellar_server_stop(world.server, false);
    end(&world);
}


static void expect_refused(const struct stellar_server_options *options,
                           const char *why)
{
    struct stellar_server *server;
    char error[200];

    assert_int_equal(stellar_server_create(&server, options, error, sizeof error),
                     STELLAR_ERR_INVALID);
    assert_null(server);
    assert_string_equal(error, why);
}


static void options_that_cannot_be_are_refused_in_words(void **state)
{
    struct stellar_server_options options;

    (void)state;
#define REFUSED(field, value, why)             \
    do {                                       \
        stellar_server_options_init(&options); \
        options.field = (value);               \
        expect_refused(&options, why);         \
    } while (0)
    REFUSED(welcome_message, NULL, "the welcome and goodbye messages must be given");
    REFUSED(goodbye_message, NULL, "the welcome and goodbye messages must be given");
    REFUSED(goodbye_message, "\xff", "messages and id must be valid UTF-8");
    REFUSED(id, "\xc3", "messages and id must be valid UTF-8");
    REFUSED(bind_ip, NULL, "neither an IP address nor a Unix socket to listen on");
    REFUSED(port, 65536, "the port must be from 0 to 65535");
    REFUSED(port, -1, "the port must be from 0 to 65535");
    REFUSED(threads, 0, "threads must be from 1 to 1024");
    REFUSED(threads, 1025, "threads must be from 1 to 1024");
    REFUSED(tls_key, "key.pem", "TLS needs both a certificate and a key");
    REFUSED(tls_client_ca, "ca.pem", "certificates of clients need TLS");
    REFUSED(accept_rate, 1000001,
            "the rate of accepting must not be above 1000000 a second");
    REFUSED(output_hard_limit, 1,
            "the soft limit of output must not be above the hard limit");
    REFUSED(delimiter, "", "the delimiter is empty, too long or not UTF-8");
#undef REFUSED
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_that_cannot_be_are_refused_in_words),
        cmocka_unit_test(nobody_joins_a_room_who_has_gone),
        cmocka_unit_test(hooks_may_change_the_membership_they_are_asked_about),
        cmocka_unit_test(a_delay_of_nothing_does_not_stop_the_loop),
        cmocka_unit_test(delays_that_end_with_the_server_may_still_call_it),
        cmocka_unit_test(a_delay_ends_when_its_client_has_gone),
        cmocka_unit_test(what_is_posted_after_the_end_is_not_called),
        cmocka_unit_test(a_server_is_not_freed_while_a_call_is_with_another_thread),
        cmocka_unit_test(
            a_server_is_destroyed_while_a_thread_that_began_later_finishes_a_call),
        cmocka_unit_test(rooms_that_all_loops_change_at_once_end_up_the_same_on_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
