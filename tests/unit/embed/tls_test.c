/* A server with TLS: its hooks, and changes of options while memory is short. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "client.h"
#include "connect.h"

struct world {
    struct stellar_server *server;
    pthread_t thread;
    struct purse purse;
    atomic_int calls; /* of the hook */
};


static void *serve(void *data)
{
    struct world *world = data;

    assert_int_equal(stellar_server_run(world->server), 0);
    return NULL;
}


static const char *refuse(void *data, struct stellar_connection *connection)
{
    struct world *world = data;

    (void)connection;
    atomic_fetch_add(&world->calls, 1);
    return "not you";
}


static struct stellar_server_options options_of(struct world *world)
{
    struct stellar_server_options options;

    stellar_server_options_init(&options);
    options.port = 0;
    options.tls_certificate = TEST_DATA "p256.pem";
    options.tls_key = TEST_DATA "p256.key.pem";
    options.allocator = world->purse.allocator;
    return options;
}


static void create(struct world *world, const struct stellar_server_options *options)
{
    char error[200];

    assert_int_equal(
        stellar_server_create(&world->server, options, error, sizeof error), 0);
    assert_int_equal(stellar_server_listen(world->server, error, sizeof error), 0);
}


static void start(struct world *world)
{
    assert_int_equal(pthread_create(&world->thread, NULL, serve, world), 0);
}


static void stop(struct world *world)
{
    stellar_server_stop(world->server, false);
    assert_int_equal(pthread_join(world->thread, NULL), 0);
}


static void destroy(struct world *world)
{
    stellar_server_destroy(world->server);
    assert_int_equal(world->purse.out, 0);
}


static int read_some(void *data, unsigned char *bytes, size_t length)
{
    ssize_t got = read(*(int *)data, bytes, length);

    return got > 0 ? (int)got : -1;
}


static int write_some(void *data, const unsigned char *bytes, size_t length)
{
    ssize_t put = send(*(int *)data, bytes, length, MSG_NOSIGNAL);

    return put > 0 ? (int)put : -1;
}


/* Reads all that the server sends to a client that sends a line, or nothing. Returns
 * the cipher suite. */
static int hear_out(const struct world *world, const char *line, char *text,
                    size_t capacity)
{
    struct client *client = malloc(sizeof *client);
    int descriptor = connect_to(world->server);
    br_sslio_context io;
    size_t length = 0;
    int got;
    int suite;

    assert_non_null(client);
    client_init(client, NULL, NULL);
    br_sslio_init(&io, &client->context.eng, read_some, &descriptor, write_some,
                  &descriptor);
    if (line != NULL) {
        assert_int_equal(br_sslio_write_all(&io, line, strlen(line)), 0);
        assert_int_equal(br_sslio_flush(&io), 0);
    }
    while ((got = br_sslio_read(&io, text + length, capacity - 1 - length)) > 0) {
        length += (size_t)got;
    }
    text[length] = '\0';
    assert_int_equal(br_ssl_engine_last_error(&client->context.eng), 0);
    suite = client->context.eng.session.cipher_suite;
    close(descriptor);
    free(client);
    return suite;
}


static void whom_a_hook_refuses_is_told_so_once(void **state)
{
    struct stellar_server_options options;
    struct stellar_stats stats;
    struct world world;
    char text[500];
    int i;

    (void)state;
    purse_init(&world.purse);
    options = options_of(&world);
    options.hooks.data = &world;
    options.hooks.connect = refuse;
    atomic_init(&world.calls, 0);
    create(&world, &options);
    start(&world);
    for (i = 1; i <= 3; i++) {
        hear_out(&world, NULL, text, sizeof text);
        assert_string_equal(text, "{\"error\":\"not you\",\"context\":\"api\"}\r\n");
        assert_int_equal(atomic_load(&world.calls), i);
    }
    stop(&world);
    stellar_server_stats(world.server, &stats);
    assert_int_equal(stats.connections_unwelcome, 3);
    assert_int_equal(stats.handshakes_full, 3);
    assert_int_equal(stats.connections, 0);
    destroy(&world);
}


/* Changes certificate, authorities and messages with that many allocations available;
 * negative: any number. Returns true if it was done. */
static bool reconfigure(struct world *world, int allocations)
{
    struct stellar_server_options options = options_of(world);
    int out = world->purse.out;
    char error[200];
    int status;

    options.tls_certificate = TEST_DATA "rsa.pem";
    options.tls_key = TEST_DATA "rsa.key.pem";
    options.tls_client_ca = TEST_DATA "client-ca.pem";
    options.tls_client_auth = STELLAR_CLIENT_AUTH_OPTIONAL;
    options.welcome_message = "Anew";
    world->purse.left = allocations;
    status = stellar_server_reconfigure(world->server, &options, error, sizeof error);
    world->purse.left = -1;
    if (status == STELLAR_OK) {
        return true;
    }
    assert_int_equal(status, STELLAR_ERR_NO_MEMORY);
    assert_string_equal(error, "out of memory");
    assert_int_equal(world->purse.out, out);
    return false;
}


/* Checks how a server greets a few clients. Before each, its options were changed
 * without memory, with memory for one allocation, and so on; and at last, for RSA, with
 * enough. */
static void expect_greeting(int allocations, const char *welcome, bool is_rsa)
{
    struct stellar_server_options options;
    struct world world;
    char expected[200];
    char text[500];
    int suite;
    int i;

    purse_init(&world.purse);
    options = options_of(&world);
    options.threads = 2;
    create(&world, &options);
    for (i = 0; i < allocations; i++) {
        assert_false(reconfigure(&world, i));
    }
    if (is_rsa) {
        assert_true(reconfigure(&world, allocations));
    }
    snprintf(expected, sizeof expected,
             "{\"welcome\":\"%s\",\"context\":\"api\"}\r\n"
             "{\"status\":\"Bye!\",\"context\":\"api\"}\r\n",
             welcome);
    start(&world);
    for (i = 0; i < 4; i++) {
        suite = hear_out(&world, "quit\n", text, sizeof text);
        assert_string_equal(text, expected);
        assert_int_equal(suite, is_rsa ? BR_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
                                       : BR_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
    }
    stop(&world);
    destroy(&world);
}


static void without_memory_for_all_of_it_nothing_changes(void **state)
{
    struct stellar_server_options options;
    struct world world;
    int needed = 0;

    (void)state;
    purse_init(&world.purse);
    options = options_of(&world);
    options.threads = 2;
    create(&world, &options);
    while (!reconfigure(&world, needed)) {
        needed++;
    }
    destroy(&world);
    assert_true(needed > 10); /* files, chain, key, authorities, two configurations */
    expect_greeting(needed, "Hello human! Welcome to Stellar", false);
    expect_greeting(needed, "Anew", true);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whom_a_hook_refuses_is_told_so_once),
        cmocka_unit_test(without_memory_for_all_of_it_nothing_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
