/*
 * Reads the table of states in stellar/server.h and walks it: each function is called
 * in each state, on the loop and elsewhere. It must return at once what the table says,
 * and the server must continue as if a refused function had not been called.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "connect.h"
#include "states.h"


/* The table. */

#define ROWS_MAX 16

static struct row {
    char name[40];
    int results[STATES];
} rows[ROWS_MAX];

static size_t row_count;


static int result_of(const char *word)
{
    if (strcmp(word, "0") == 0) {
        return 0;
    }
#define XX(symbol, number, text)    \
    if (strcmp(word, #symbol) == 0) \
        return number;
    STELLAR_RESULTS(XX)
#undef XX
    fail_msg("the header's table has no result %s", word);
    return 1;
}


static void read_row(const char *line)
{
    struct row *row = &rows[row_count++];
    char words[STATES][16];
    int at = 0;
    size_t i;

    assert_in_range(row_count, 1, ROWS_MAX);
    assert_int_equal(sscanf(line, " * %39[^ ]%n", row->name, &at), 1);
    if (strcmp(row->name, "[loop],") == 0) {
        assert_int_equal(sscanf(line, " * %39[][a-z, ]%n", row->name, &at), 1);
    }
    assert_int_equal(sscanf(line + at, "%15s %15s %15s %15s %15s", words[MADE],
                            words[LISTENING], words[RUNNING], words[DRAINING],
                            words[ENDED]),
                     STATES);
    for (i = strlen(row->name); row->name[i - 1] == ' '; i--) {
        row->name[i - 1] = '\0';
    }
    for (i = 0; i < STATES; i++) {
        row->results[i] = result_of(words[i]);
    }
}


static int read_table(void **state)
{
    FILE *header = fopen(SERVER_HEADER, "r");
    char line[200];
    bool is_inside = false;

    (void)state;
    assert_non_null(header);
    while (fgets(line, sizeof line, header) != NULL) {
        if (is_inside && strcmp(line, " *\n") == 0) {
            break;
        }
        if (is_inside) {
            read_row(line);
        } else {
            is_inside = strstr(line, "made    listening  running  draining") != NULL;
        }
    }
    fclose(header);
    return 0;
}


static const struct row *row_of(const char *name)
{
    size_t i;

    for (i = 0; i < row_count; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return &rows[i];
        }
    }
    fail_msg("the header's table has no row for %s", name);
    return NULL;
}


static void expect(const struct row *row, enum state state, const char *name,
                   const char *where, int result)
{
    if (result != row->results[state]) {
        fail_msg("%s %s in state %d: %d, but the table says %d", name, where,
                 (int)state, result, row->results[state]);
    }
}


/* The tests. */

static void the_table_has_a_row_for_each_function_and_no_other(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < ATTEMPTS; i++) {
        row_of(attempts[i].name);
    }
    row_of("[loop], right thread");
    row_of("[loop], wrong thread");
    assert_int_equal(row_count, ATTEMPTS + 2);
}


static void walk(const struct attempt *attempt, enum state state, unsigned threads)
{
    const struct row *row = row_of(attempt->name);
    struct stellar_action action;
    struct world world;
    bool is_run = attempt->call == try_run;
    bool is_destroy = attempt->call == try_destroy;

    make(&world, threads, &action);
    bring_to(&world, state);
    if (is_run && state < RUNNING) {
        stellar_server_stop(world.server, false); /* otherwise run would not return */
    }
    if (is_destroy && state == ENDED) {
        stellar_call_finish(atomic_exchange(&world.call, NULL));
    }
    expect(row, state, attempt->name, "elsewhere", attempt->call(&world));
    if (state == RUNNING || state == DRAINING) {
        expect(row, state, attempt->name, "on the loop", on_loop(&world, attempt));
    }
    if (is_destroy && row->results[state] == 0) {
        if (state == ENDED) {
            close(world.client);
        }
    } else {
        end(&world, state);
    }
}


static void each_function_returns_at_once_what_the_table_says(void **unused)
{
    size_t i;
    unsigned threads;
    int state;

    (void)unused;
    for (i = 0; i < ATTEMPTS; i++) {
        for (state = MADE; state < STATES; state++) {
            for (threads = 1; threads <= 3; threads += 2) {
                walk(&attempts[i], (enum state)state, threads);
            }
        }
    }
}


static void other_functions_may_be_called_in_every_state(void **unused)
{
    struct stellar_action action;
    struct stellar_stats stats;
    struct world world;
    int state;

    (void)unused;
    for (state = MADE; state < STATES; state++) {
        make(&world, 2, &action);
        bring_to(&world, (enum state)state);
        assert_int_equal(stellar_server_address(world.server)[0] == '\0',
                         state == MADE);
        assert_int_equal(stellar_server_port(world.server) == 0, state == MADE);
        assert_int_equal(strlen(stellar_server_id(world.server)), 36);
        assert_true(stellar_server_uptime(world.server) < FOREVER);
        stellar_server_stats(world.server, &stats);
        assert_int_equal(stats.connections, state == RUNNING || state == DRAINING);
        if (state != RUNNING) {
            stellar_server_stop(world.server, false);
        }
        end(&world, (enum state)state);
    }
}


/* This is the creator's thread before run, then the loop's; in the end, the thread that
 * was the loop's. */
static int on_the_right_thread(struct world *world, enum state state,
                               const struct attempt *attempt)
{
    if (state == ENDED) {
        return world->end_result;
    }
    return state < RUNNING ? attempt->call(world) : on_loop(world, attempt);
}


static void walk_on_loops(const struct attempt *attempt, enum state state,
                          unsigned threads)
{
    const struct row *right = row_of("[loop], right thread");
    const struct row *wrong = row_of("[loop], wrong thread");
    struct stellar_action action;
    struct world world;

    make(&world, threads, &action);
    if (strcmp(attempt->name, "room_destroy") == 0) {
        assert_int_equal(try_room_create(&world), 0);
    }
    world.in_the_end = state == ENDED ? attempt : NULL;
    bring_to(&world, state);
    expect(wrong, state, attempt->name, "on a new thread",
           on_a_new_thread(attempt, &world));
    if (state >= RUNNING) {
        expect(wrong, state, attempt->name, "on the maker's thread",
               attempt->call(&world));
    }
    expect(right, state, attempt->name, "on the right thread",
           on_the_right_thread(&world, state, attempt));
    end(&world, state);
}


static void functions_for_loops_do_nothing_on_the_wrong_thread(void **unused)
{
    size_t i;
    unsigned threads;
    int state;

    (void)unused;
    for (i = 0; i < ON_LOOPS; i++) {
        for (state = on_loops[i].call == try_delay ? RUNNING : MADE; state < STATES;
             state++) {
            for (threads = 1; threads <= 3; threads += 2) {
                walk_on_loops(&on_loops[i], (enum state)state, threads);
            }
        }
    }
}


static void a_hook_of_one_server_cannot_act_on_loops_of_another(void **state)
{
    const struct row *wrong = row_of("[loop], wrong thread");
    struct stellar_action actions[2];
    struct world ours;
    struct world theirs;
    size_t i;

    (void)state;
    make(&ours, 1, &actions[0]);
    make(&theirs, 2, &actions[1]);
    bring_to(&ours, RUNNING);
    bring_to(&theirs, RUNNING);
    for (i = 0; i < ON_LOOPS; i++) {
        expect(wrong, RUNNING, on_loops[i].name, "on another server's loop",
               on_loop_for(&ours, &on_loops[i], &theirs));
        expect(wrong, RUNNING, on_loops[i].name, "on another server's loop",
               on_loop_for(&theirs, &on_loops[i], &ours));
    }
    end(&ours, RUNNING);
    end(&theirs, RUNNING);
}


/* A hook of one server may create, set up and destroy another server. */
static int make_another(struct world *world)
{
    struct stellar_server *other;
    char error[200];
    int status = stellar_server_create(&other, &world->options, error, sizeof error);

    if (status == 0) {
        status = stellar_room_create(other, "room");
    }
    if (status == 0) {
        status = stellar_room_broadcast(other, "room", "all", 3);
    }
    if (status == 0) {
        status = stellar_server_listen(other, error, sizeof error);
    }
    return status == 0 ? stellar_server_destroy(other) : status;
}


static void a_hook_of_one_server_may_make_another(void **state)
{
    static const struct attempt attempt = {"make another", make_another};
    struct stellar_action action;
    struct world world;

    (void)state;
    make(&world, 1, &action);
    bring_to(&world, RUNNING);
    assert_int_equal(on_loop(&world, &attempt), 0);
    end(&world, RUNNING);
}


/* The functions that destroy calls. */

static bool is_destroying;
static unsigned wrong_results;


static void try_everything(struct world *world)
{
    size_t i;

    wrong_results = is_destroying ? 0 : 1000;
    for (i = 0; i < ATTEMPTS; i++) {
        int wanted = attempts[i].call == try_destroy
                         ? STELLAR_ERR_BUSY
                         : row_of(attempts[i].name)->results[ENDED];

        wrong_results += attempts[i].call(world) != wanted;
    }
    for (i = 0; i < ON_LOOPS; i++) {
        if (on_loops[i].call != try_delay) {
            wrong_results += on_loops[i].call(world) != 0;
        }
    }
}


static void delayed(struct stellar_call *call, void *data)
{
    if (!is_destroying) { /* its client left while other loops were still busy */
        stellar_call_delay(call, FOREVER, delayed, data);
        return;
    }
    try_everything(data);
    stellar_call_finish(call);
}


static void posted(struct stellar_server *server, void *data)
{
    (void)server;
    try_everything(data);
}


static void destroy_and_expect_all_is_well(struct world *world)
{
    wrong_results = 1;
    is_destroying = true;
    assert_int_equal(stellar_server_destroy(world->server), 0);
    is_destroying = false;
    assert_int_equal(wrong_results, 0);
}


static int delay_everything(struct world *world)
{
    return stellar_call_delay(atomic_exchange(&world->call, NULL), FOREVER, delayed,
                              world);
}


static void delays_that_end_in_destroy_find_an_ended_server_and_their_loop(void **state)
{
    static const struct attempt attempt = {"delay", delay_everything};
    struct stellar_action action;
    struct world world;
    unsigned threads;

    (void)state;
    for (threads = 1; threads <= 3; threads += 2) {
        make(&world, threads, &action);
        bring_to(&world, RUNNING);
        assert_int_equal(on_loop(&world, &attempt), 0);
        stellar_server_stop(world.server, true);
        assert_int_equal(pthread_join(world.thread, NULL), 0);
        destroy_and_expect_all_is_well(&world);
        close(world.client);
    }
}


static void posted_functions_that_destroy_calls_find_the_same(void **unused)
{
    struct stellar_action action;
    struct world world;
    int state;

    (void)unused;
    for (state = MADE; state <= LISTENING; state++) {
        make(&world, 3, &action);
        bring_to(&world, (enum state)state);
        assert_int_equal(stellar_server_post(world.server, posted, &world), 0);
        destroy_and_expect_all_is_well(&world);
    }
}


static void a_server_that_could_not_listen_may_try_again(void **state)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    int other = socket(AF_INET, SOCK_STREAM, 0);
    struct stellar_action action;
    struct world world;

    (void)state;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(other, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(other, 1), 0);
    assert_int_equal(getsockname(other, (struct sockaddr *)&address, &length), 0);
    make(&world, 2, &action);
    assert_int_equal(stellar_server_destroy(world.server), 0);
    world.options.port = ntohs(address.sin_port);
    assert_int_equal(stellar_server_create(&world.server, &world.options, NULL, 0), 0);
    assert_int_equal(stellar_server_listen(world.server, NULL, 0), STELLAR_ERR_SYSTEM);
    assert_int_equal(stellar_server_listen(world.server, NULL, 0), STELLAR_ERR_SYSTEM);
    close(other);
    assert_int_equal(stellar_server_listen(world.server, NULL, 0), 0);
    assert_int_equal(stellar_server_listen(world.server, NULL, 0), STELLAR_ERR_INVALID);
    assert_int_equal(stellar_server_destroy(world.server), 0);
}


static void a_server_has_ended_if_only_some_of_its_loops_could_listen(void **state)
{
    struct stellar_action action;
    struct rlimit before;
    struct rlimit few;
    struct world world;
    int next = dup(STDIN_FILENO);
    int status;

    (void)state;
    close(next);
    make(&world, 4, &action);
    next = dup(STDIN_FILENO);
    close(next);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    few = (struct rlimit){(rlim_t)next + 2, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    status = stellar_server_listen(world.server, NULL, 0);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(status, STELLAR_ERR_SYSTEM);
    assert_int_equal(stellar_server_listen(world.server, NULL, 0), STELLAR_ERR_INVALID);
    assert_int_equal(stellar_server_run(world.server), STELLAR_ERR_INVALID);
    assert_int_equal(stellar_server_destroy(world.server), 0);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_has_a_row_for_each_function_and_no_other),
        cmocka_unit_test(each_function_returns_at_once_what_the_table_says),
        cmocka_unit_test(other_functions_may_be_called_in_every_state),
        cmocka_unit_test(functions_for_loops_do_nothing_on_the_wrong_thread),
        cmocka_unit_test(a_hook_of_one_server_cannot_act_on_loops_of_another),
        cmocka_unit_test(a_hook_of_one_server_may_make_another),
        cmocka_unit_test(
            delays_that_end_in_destroy_find_an_ended_server_and_their_loop),
        cmocka_unit_test(posted_functions_that_destroy_calls_find_the_same),
        cmocka_unit_test(a_server_that_could_not_listen_may_try_again),
        cmocka_unit_test(a_server_has_ended_if_only_some_of_its_loops_could_listen),
    };

    return cmocka_run_group_tests(tests, read_table, NULL);
}
