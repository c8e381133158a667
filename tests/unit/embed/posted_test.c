/* Functions that the program posts. Each is called once, or refused. */
#include "puppets.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "connect.h"

#define MANY    2000
#define THREADS 3

static struct puppets puppets;
static struct puppet *const first = &puppets.loops[0];
static struct puppet *const second = &puppets.loops[1];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t called_one = PTHREAD_COND_INITIALIZER;
static unsigned calls;


static void count(struct stellar_server *server, void *data)
{
    (void)server;
    (void)data;
    pthread_mutex_lock(&lock);
    calls++;
    pthread_cond_broadcast(&called_one);
    pthread_mutex_unlock(&lock);
}


static unsigned count_so_far(void)
{
    unsigned so_far;

    pthread_mutex_lock(&lock);
    so_far = calls;
    pthread_mutex_unlock(&lock);
    return so_far;
}


/* Waits for at least that many, but not longer than a minute. */
static void await_calls(unsigned expected)
{
    struct timespec limit;
    int status = 0;

    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 60;
    pthread_mutex_lock(&lock);
    while (calls < expected && status == 0) {
        status = pthread_cond_timedwait(&called_one, &lock, &limit);
    }
    assert_int_equal(status, 0);
    pthread_mutex_unlock(&lock);
}


static int set_up(void **state)
{
    (void)state;
    calls = 0;
    return 0;
}


/* The second loop is busy, and the first has nothing left to do. */
static void a_function_that_is_posted_while_loops_drain_is_called(void **state)
{
    const struct stellar_server_options options = puppets_options(&puppets, 2);
    unsigned i;

    (void)state;
    puppets_start(&puppets, &options);
    puppet_hold(second);
    shutdown(first->holder, SHUT_RDWR);
    stellar_server_stop(puppets.server, false);
    for (i = 1; i <= 100; i++) {
        assert_int_equal(stellar_server_post(puppets.server, count, NULL), 0);
        await_calls(i);
    }
    puppet_release(second);
    puppets_end(&puppets);
    assert_int_equal(calls, 100);
}


static atomic_uint accepted;
static atomic_bool may_post;


static void *post_on_and_on(void *server)
{
    while (may_post) {
        int status = stellar_server_post(server, count, NULL);

        if (status == 0) {
            accepted++;
        } else if (status != STELLAR_ERR_BUSY) {
            return NULL; /* it has ended */
        }
    }
    return NULL;
}


static void stop_while_threads_post(unsigned loops, bool now)
{
    struct stellar_server_options options = puppets_options(&puppets, loops);
    pthread_t threads[THREADS];
    unsigned i;

    accepted = calls = 0;
    may_post = true;
    puppets_start(&puppets, &options);
    for (i = 0; i < THREADS; i++) {
        assert_int_equal(
            pthread_create(&threads[i], NULL, post_on_and_on, puppets.server), 0);
    }
    await_calls(10);
    stellar_server_stop(puppets.server, now);
    for (i = 0; i < loops; i++) {
        shutdown(puppets.loops[i].holder, SHUT_RDWR);
    }
    pthread_join(puppets.thread, NULL);
    assert_int_equal(stellar_server_post(puppets.server, count, NULL),
                     STELLAR_ERR_INVALID);
    may_post = false;
    for (i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(calls, accepted);
    puppets_free(&puppets);
    assert_int_equal(calls, accepted);
}


static void each_function_is_called_once_or_refused_when_a_server_ends(void **state)
{
    unsigned i;

    (void)state;
    for (i = 0; i < 20; i++) {
        stop_while_threads_post(1 + i % 4, i % 8 < 4);
    }
}


static void post_says_when_too_many_wait(void **state)
{
    struct stellar_server_options options = puppets_options(&puppets, 1);
    unsigned posted = 0;

    (void)state;
    options.mail_limit = 10000;
    puppets_start(&puppets, &options);
    puppet_hold(first);
    while (posted < MANY && stellar_server_post(puppets.server, count, NULL) == 0) {
        posted++;
    }
    assert_int_equal(stellar_server_post(puppets.server, count, NULL),
                     STELLAR_ERR_BUSY);
    assert_in_range(posted, 1, 10000 / sizeof(void *));
    assert_int_equal(count_so_far(), 0);
    puppet_release(first);
    await_calls(posted);
    assert_int_equal(stellar_server_post(puppets.server, count, NULL), 0);
    await_calls(posted + 1);
    puppets_end(&puppets);
}


static char much[4000];


static void broadcast_much(struct stellar_server *server, void *data)
{
    assert_int_equal(stellar_room_broadcast(server, "r", much, sizeof much), 0);
    count(server, data);
}


static void create_room(void *room)
{
    assert_int_equal(stellar_room_create(puppets.server, room), 0);
}


static void functions_wait_while_another_loop_has_too_much_mail(void **state)
{
    struct stellar_server_options options = puppets_options(&puppets, 2);
    char id[37];
    static char heard[MANY * sizeof much];
    char line[4096];
    unsigned posted = 0;
    int client;
    size_t length = 0;
    unsigned i;

    (void)state;
    memset(much, 'x', sizeof much);
    options.mail_limit = 20000;
    puppets_start(&puppets, &options);
    puppet_hold(first);
    puppet_call(first, create_room, "r");
    puppet_release(first);
    client = puppet_client(second, id);
    client_say(client, "roomAdd r");
    client_read(client, "\"data\":true", line, sizeof line);
    puppet_hold(second);
    while (posted < MANY &&
           stellar_server_post(puppets.server, broadcast_much, NULL) == 0) {
        posted++;
    }
    assert_int_equal(stellar_server_post(puppets.server, count, NULL),
                     STELLAR_ERR_BUSY);
    assert_in_range(count_so_far(), 0, 20000 / sizeof much + 1);
    puppet_release(second);
    await_calls(posted);
    for (i = 0; i < posted; i++) {
        length = client_read(client, "xxx", heard, sizeof heard);
        assert_true(length > sizeof much);
    }
    close(client);
    puppets_end(&puppets);
}


static uint64_t draining; /* loops, when the first function was called */


static void note_draining(struct stellar_server *server, void *data)
{
    struct stellar_stats stats;

    stellar_server_stats(server, &stats);
    if (calls == 0) {
        draining = stats.loops_draining;
    }
    count(server, data);
}


static void a_stop_overtakes_functions_that_wait(void **state)
{
    const struct stellar_server_options options = puppets_options(&puppets, 1);
    unsigned i;

    (void)state;
    puppets_start(&puppets, &options);
    puppet_hold(first);
    for (i = 0; i < MANY; i++) {
        assert_int_equal(stellar_server_post(puppets.server, note_draining, NULL), 0);
    }
    stellar_server_stop(puppets.server, false);
    puppet_release(first);
    shutdown(first->holder, SHUT_RDWR);
    pthread_join(puppets.thread, NULL);
    puppets_free(&puppets);
    assert_int_equal(draining, 1);
    assert_int_equal(calls, MANY);
}


static unsigned calls_before_join;


static const char *note_join(void *data, struct stellar_connection *connection,
                             const char *room)
{
    (void)data;
    (void)connection;
    (void)room;
    calls_before_join = count_so_far();
    return NULL;
}


/* Takes some time. */
static void check_much(struct stellar_server *server, void *data)
{
    static char json[20002];

    memset(json, ' ', sizeof json);
    memcpy(json, "{}", 2);
    assert_true(stellar_json_check(json, sizeof json, NULL));
    count(server, data);
}


static void clients_are_served_between_functions(void **state)
{
    struct stellar_server_options options = puppets_options(&puppets, 1);
    char id[37];
    char line[4096];
    int client;
    unsigned i;

    (void)state;
    options.hooks.join = note_join;
    puppets_start(&puppets, &options);
    client = puppet_client(first, id);
    puppet_hold(first);
    puppet_call(first, create_room, "r");
    for (i = 0; i < MANY; i++) {
        assert_int_equal(stellar_server_post(puppets.server, check_much, NULL), 0);
    }
    client_say(client, "roomAdd r");
    client_await_arrival(client);
    puppet_release(first);
    client_read(client, "\"data\":true", line, sizeof line);
    await_calls(MANY);
    assert_in_range(calls_before_join, 0, MANY - 1);
    close(client);
    puppets_end(&puppets);
}


static void post_itself(struct stellar_server *server, void *data)
{
    count(server, data);
    while (stellar_server_post(server, post_itself, data) == STELLAR_ERR_BUSY) {
        continue;
    }
}


static void a_function_may_post_itself_until_the_end(void **state)
{
    const struct stellar_server_options options = puppets_options(&puppets, 2);
    char id[37];
    unsigned before;

    (void)state;
    puppets_start(&puppets, &options);
    assert_int_equal(stellar_server_post(puppets.server, post_itself, NULL), 0);
    close(puppet_client(first, id)); /* this client is still served */
    before = count_so_far();
    puppets_end(&puppets);
    assert_true(calls > before);
}


static void before_run_functions_wait_for_it(void **state)
{
    struct stellar_server_options options = puppets_options(&puppets, 2);
    struct stellar_server *server;

    (void)state;
    assert_int_equal(stellar_server_create(&server, &options, NULL, 0), 0);
    assert_int_equal(stellar_server_post(server, count, NULL), 0);
    stellar_server_stop(server, true);
    assert_int_equal(stellar_server_post(server, count, NULL), 0);
    assert_int_equal(calls, 0);
    assert_int_equal(stellar_server_run(server), 0);
    assert_int_equal(calls, 2);
    assert_int_equal(stellar_server_destroy(server), 0);
}


static void what_never_runs_calls_them_when_it_is_destroyed(void **state)
{
    struct stellar_server_options options = puppets_options(&puppets, 2);
    struct stellar_server *server;

    (void)state;
    assert_int_equal(stellar_server_create(&server, &options, NULL, 0), 0);
    assert_int_equal(stellar_server_post(server, post_itself, NULL), 0);
    assert_int_equal(stellar_server_post(server, count, NULL), 0);
    assert_int_equal(stellar_server_destroy(server), 0);
    assert_int_equal(calls, 2);
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, set_up)
    const struct CMUnitTest tests[] = {
        TEST(a_function_that_is_posted_while_loops_drain_is_called),
        TEST(each_function_is_called_once_or_refused_when_a_server_ends),
        TEST(post_says_when_too_many_wait),
        TEST(functions_wait_while_another_loop_has_too_much_mail),
        TEST(a_stop_overtakes_functions_that_wait),
        TEST(clients_are_served_between_functions),
        TEST(a_function_may_post_itself_until_the_end),
        TEST(before_run_functions_wait_for_it),
        TEST(what_never_runs_calls_them_when_it_is_destroyed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
