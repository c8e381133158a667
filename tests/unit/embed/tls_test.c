/* Hooks of a server that speaks TLS. */
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client.h"
#include "stellar/server.h"

struct world {
    struct stellar_server *server;
    pthread_t thread;
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


static void start(struct world *world)
{
    struct stellar_server_options options;
    char error[200];

    stellar_server_options_init(&options);
    options.port = 0;
    options.tls_certificate = TEST_DATA "p256.pem";
    options.tls_key = TEST_DATA "p256.key.pem";
    options.hooks.data = world;
    options.hooks.connect = refuse;
    atomic_init(&world->calls, 0);
    assert_int_equal(
        stellar_server_create(&world->server, &options, error, sizeof error), 0);
    assert_int_equal(stellar_server_listen(world->server, error, sizeof error), 0);
    assert_int_equal(pthread_create(&world->thread, NULL, serve, world), 0);
}


static int connect_to(const struct world *world)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    int client = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_port = htons((uint16_t)stellar_server_port(world->server));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(client >= 0);
    assert_int_equal(connect(client, (struct sockaddr *)&address, sizeof address), 0);
    return client;
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


/* All that the server says to a client that says nothing. */
static void hear_out(const struct world *world, char *text, size_t capacity)
{
    struct client *client = malloc(sizeof *client);
    int descriptor = connect_to(world);
    br_sslio_context io;
    size_t length = 0;
    int got;

    assert_non_null(client);
    client_init(client, NULL, NULL);
    br_sslio_init(&io, &client->context.eng, read_some, &descriptor, write_some,
                  &descriptor);
    while ((got = br_sslio_read(&io, text + length, capacity - 1 - length)) > 0)
        length += (size_t)got;
    text[length] = '\0';
    assert_int_equal(br_ssl_engine_last_error(&client->context.eng), 0);
    close(descriptor);
    free(client);
}


static void whom_a_hook_refuses_is_told_so_once(void **state)
{
    struct stellar_stats stats;
    struct world world;
    char text[500];
    int i;

    (void)state;
    start(&world);
    for (i = 1; i <= 3; i++) {
        hear_out(&world, text, sizeof text);
        assert_string_equal(text, "{\"error\":\"not you\",\"context\":\"api\"}\r\n");
        assert_int_equal(atomic_load(&world.calls), i);
    }
    stellar_server_stop(world.server, false);
    assert_int_equal(pthread_join(world.thread, NULL), 0);
    stellar_server_stats(world.server, &stats);
    assert_int_equal(stats.connections_unwelcome, 3);
    assert_int_equal(stats.handshakes_full, 3);
    assert_int_equal(stats.connections, 0);
    stellar_server_destroy(world.server);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whom_a_hook_refuses_is_told_so_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
