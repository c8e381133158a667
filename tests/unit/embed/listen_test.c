/* Where a server listens, and what is left after it. */
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "connect.h"

static char folder[64];
static struct sockaddr_un address;


static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/listen-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    address.sun_family = AF_UNIX;
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", folder);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    unlink(address.sun_path);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left in it */
    return 0;
}


static struct stellar_server_options options_for(const char *ip, const char *path)
{
    struct stellar_server_options options;

    stellar_server_options_init(&options);
    options.bind_ip = ip;
    options.port = 0;
    options.unix_path = path;
    options.threads = 2;
    return options;
}


static struct stellar_server *create(const struct stellar_server_options *options)
{
    struct stellar_server *server;

    assert_int_equal(stellar_server_create(&server, options, NULL, 0), 0);
    return server;
}


static bool exists(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}


/* Makes a socket at the path that no process listens on. */
static void leave_stale_socket(void)
{
    int left = socket(AF_UNIX, SOCK_STREAM, 0);

    assert_int_equal(bind(left, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(left, 1), 0);
    close(left);
}


static bool is_served(void)
{
    int client = socket(AF_UNIX, SOCK_STREAM, 0);
    bool served =
        connect(client, (const struct sockaddr *)&address, sizeof address) == 0;

    close(client);
    return served;
}


static void an_address_that_is_none_is_invalid(void **state)
{
    static const char *const wrong[] = {
        "",           "localhost", "127.0.0.1:5000", " 127.0.0.1",
        "127.0.0.1 ", "1.2.3",     "0x7f.1",         "127.0.0.256",
        "[::1]",      "::g",       "1:2:3:4:5",      "/tmp/socket",
        "*",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct stellar_server_options options = options_for(wrong[i], NULL);
        struct stellar_server *server = create(&options);
        char error[200] = "";
        char right[200];

        snprintf(right, sizeof right, "'%s' is not an IP address", wrong[i]);
        assert_int_equal(stellar_server_listen(server, error, sizeof error),
                         STELLAR_ERR_INVALID);
        assert_string_equal(error, right);
        assert_int_equal(stellar_server_listen(server, NULL, 0), STELLAR_ERR_INVALID);
        assert_int_equal(stellar_server_destroy(server), 0);
    }
}


static void an_address_of_another_machine_is_refused_by_the_system(void **state)
{
    struct stellar_server_options options = options_for("192.0.2.1", NULL);
    struct stellar_server *server = create(&options);
    char error[200];

    (void)state;
    assert_int_equal(stellar_server_listen(server, error, sizeof error),
                     STELLAR_ERR_SYSTEM);
    assert_string_equal(error,
                        "cannot listen on 192.0.2.1 port 0: address not available");
    assert_int_equal(stellar_server_destroy(server), 0);
}


static void a_path_that_no_socket_can_have_is_invalid(void **state)
{
    char longest[sizeof address.sun_path + 1];
    const char *const wrong[] = {"", longest};
    size_t i;

    (void)state;
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    for (i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct stellar_server_options options = options_for(NULL, wrong[i]);
        struct stellar_server *server = create(&options);
        char error[200];

        assert_int_equal(stellar_server_listen(server, error, sizeof error),
                         STELLAR_ERR_INVALID);
        assert_string_equal(error, "the path of the socket must have 1 to 107 bytes");
        assert_int_equal(stellar_server_destroy(server), 0);
    }
}


static void what_is_no_socket_is_said_to_be_none_and_stays(void **state)
{
    struct stellar_server_options options = options_for(NULL, address.sun_path);
    char right[200];
    int kind;

    (void)state;
    snprintf(right, sizeof right, "cannot listen on %s: not a socket",
             address.sun_path);
    for (kind = 0; kind < 4; kind++) {
        struct stellar_server *server = create(&options);
        char error[200];

        if (kind == 0) {
            assert_int_equal(mkdir(address.sun_path, 0700), 0);
        } else if (kind == 1) {
            assert_int_equal(mkfifo(address.sun_path, 0600), 0);
        } else if (kind == 2) {
            assert_int_equal(symlink("nowhere", address.sun_path), 0);
        } else {
            fclose(fopen(address.sun_path, "w"));
        }
        assert_int_equal(stellar_server_listen(server, error, sizeof error),
                         STELLAR_ERR_SYSTEM);
        assert_string_equal(error, right);
        assert_int_equal(stellar_server_destroy(server), 0);
        assert_true(exists(address.sun_path));
        assert_int_equal(remove(address.sun_path), 0);
    }
}


static void *run(void *server)
{
    assert_int_equal(stellar_server_run(server), 0);
    return NULL;
}


static struct stellar_call *_Atomic pending;


static void keep_pending(struct stellar_call *call, void *data)
{
    (void)data;
    pending = call;
}


static int connect_and_wait(void)
{
    int client = socket(AF_UNIX, SOCK_STREAM, 0);

    assert_int_equal(connect(client, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(write(client, "wait\n", 5), 5);
    while (pending == NULL) {
        usleep(1000);
    }
    return client;
}


static void a_server_that_drains_has_given_its_path_to_a_successor(void **state)
{
    static const struct stellar_action wait = {
        .name = "wait", .version = 1, .run = keep_pending};
    struct stellar_server_options options = options_for(NULL, address.sun_path);
    struct stellar_server *first;
    struct stellar_server *second;
    pthread_t thread;
    int client;

    (void)state;
    pending = NULL;
    options.shutdown_limit = 600000; /* it ends with the call, not earlier */
    first = create(&options);
    second = create(&options);
    assert_int_equal(stellar_server_add_action(first, &wait), 0);
    assert_int_equal(stellar_server_listen(first, NULL, 0), 0);
    assert_int_equal(pthread_create(&thread, NULL, run, first), 0);
    client = connect_and_wait();
    assert_int_equal(stellar_server_listen(second, NULL, 0), STELLAR_ERR_SYSTEM);
    stellar_server_stop(first, false);
    while (is_served()) {
        usleep(1000);
    }
    assert_int_equal(stellar_server_listen(second, NULL, 0), 0);
    stellar_call_finish(pending);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(is_served());
    assert_int_equal(stellar_server_destroy(first), 0);
    assert_true(is_served());
    assert_int_equal(stellar_server_destroy(second), 0);
    assert_false(exists(address.sun_path));
    close(client);
}


static void one_s_own_path_is_removed_without_a_run_too(void **state)
{
    struct stellar_server_options options = options_for(NULL, address.sun_path);
    struct stellar_server *server = create(&options);

    (void)state;
    assert_int_equal(stellar_server_listen(server, NULL, 0), 0);
    assert_int_equal(stellar_server_destroy(server), 0);
    assert_false(exists(address.sun_path));
}


static void nobody_can_keep_a_server_from_its_path_by_a_lock(void **state)
{
    struct stellar_server_options options = options_for(NULL, address.sun_path);
    struct stellar_server *server = create(&options);
    int lock = open(folder, O_RDONLY);

    (void)state;
    assert_int_equal(flock(lock, LOCK_EX), 0);
    leave_stale_socket();
    assert_int_equal(stellar_server_listen(server, NULL, 0), 0);
    assert_true(is_served());
    assert_int_equal(stellar_server_destroy(server), 0);
    assert_false(exists(address.sun_path));
    close(lock);
}


/* What accepted sockets inherit. */

/* Returns the server's end of a connection, which is in this process, too. */
static int other_end_of(int client)
{
    struct sockaddr_in own;
    struct sockaddr_in peer;
    socklen_t length = sizeof own;
    int descriptor;

    assert_int_equal(getsockname(client, (struct sockaddr *)&own, &length), 0);
    for (descriptor = 0; descriptor < 1024; descriptor++) {
        length = sizeof peer;
        if (getpeername(descriptor, (struct sockaddr *)&peer, &length) == 0 &&
            peer.sin_family == AF_INET && peer.sin_port == own.sin_port) {
            return descriptor;
        }
    }
    fail_msg("no socket has this peer");
    return -1;
}


static int option_of(int descriptor, int level, int option)
{
    int value = -1;
    socklen_t length = sizeof value;

    assert_int_equal(getsockopt(descriptor, level, option, &value, &length), 0);
    return value;
}


static void clients_that_vanish_are_found_within_ten_minutes(void **state)
{
    struct stellar_server_options options = options_for("127.0.0.1", NULL);
    int on;

    (void)state;
    assert_true(options.keep_alive);
    for (on = 0; on < 2; on++) {
        struct stellar_server *server;
        pthread_t thread;
        int client;
        int descriptor;
        char byte;

        options.keep_alive = on;
        server = create(&options);
        assert_int_equal(stellar_server_listen(server, NULL, 0), 0);
        assert_int_equal(pthread_create(&thread, NULL, run, server), 0);
        client = connect_to(server);
        assert_int_equal(read(client, &byte, 1), 1); /* it is accepted */
        descriptor = other_end_of(client);
        assert_int_equal(option_of(descriptor, SOL_SOCKET, SO_KEEPALIVE), on);
        assert_int_equal(option_of(descriptor, IPPROTO_TCP, TCP_KEEPIDLE), 300);
        assert_int_equal(option_of(descriptor, IPPROTO_TCP, TCP_KEEPINTVL), 60);
        assert_int_equal(option_of(descriptor, IPPROTO_TCP, TCP_KEEPCNT), 5);
        stellar_server_stop(server, true);
        assert_int_equal(pthread_join(thread, NULL), 0);
        assert_int_equal(stellar_server_destroy(server), 0);
        close(client);
    }
}


/* Servers that begin to listen on one path at the same time. */

#define RIVALS 4
#define RACES  300

static pthread_barrier_t start;


struct rival {
    struct stellar_server *server;
    int status;
    char error[200];
};


static void *compete(void *data)
{
    struct rival *rival = data;

    pthread_barrier_wait(&start);
    rival->status =
        stellar_server_listen(rival->server, rival->error, sizeof rival->error);
    return NULL;
}


/* Returns how many of them listen. All others must say that the path is in use. */
static int race(struct rival rivals[RIVALS])
{
    struct stellar_server_options options = options_for(NULL, address.sun_path);
    pthread_t threads[RIVALS];
    int listening = 0;
    int i;

    options.threads = 1;
    for (i = 0; i < RIVALS; i++) {
        rivals[i].server = create(&options);
        assert_int_equal(pthread_create(&threads[i], NULL, compete, &rivals[i]), 0);
    }
    for (i = 0; i < RIVALS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        if (rivals[i].status == 0) {
            listening++;
        } else {
            assert_non_null(strstr(rivals[i].error, "address already in use"));
        }
    }
    return listening;
}


static void of_servers_that_start_at_once_one_has_the_path(void **state)
{
    struct rival rivals[RIVALS];
    int round;
    int i;

    (void)state;
    assert_int_equal(pthread_barrier_init(&start, NULL, RIVALS), 0);
    for (round = 0; round < RACES; round++) {
        if (round % 2 == 0) {
            leave_stale_socket();
        }
        assert_int_equal(race(rivals), 1);
        assert_true(is_served());
        for (i = 0; i < RIVALS; i++) {
            if (rivals[i].status != 0) {
                assert_int_equal(stellar_server_destroy(rivals[i].server), 0);
            }
        }
        assert_true(is_served());
        for (i = 0; i < RIVALS; i++) {
            if (rivals[i].status == 0) {
                assert_int_equal(stellar_server_destroy(rivals[i].server), 0);
            }
        }
        assert_false(exists(address.sun_path));
    }
    pthread_barrier_destroy(&start);
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_address_that_is_none_is_invalid),
        TEST(an_address_of_another_machine_is_refused_by_the_system),
        TEST(a_path_that_no_socket_can_have_is_invalid),
        TEST(what_is_no_socket_is_said_to_be_none_and_stays),
        TEST(a_server_that_drains_has_given_its_path_to_a_successor),
        TEST(one_s_own_path_is_removed_without_a_run_too),
        TEST(clients_that_vanish_are_found_within_ten_minutes),
        TEST(nobody_can_keep_a_server_from_its_path_by_a_lock),
        TEST(of_servers_that_start_at_once_one_has_the_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
