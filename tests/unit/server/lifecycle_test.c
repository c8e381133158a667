/* The states of a connection: the table of steps and of reasons to pause agree with the
 * page in docs, and what the table refuses is refused. */
#include <stdio.h>
#include <stdlib.h>

#include "fake.h"

/* Each idle connection has one. Where pointers have 64 bits. */
_Static_assert(sizeof(void *) != 8 || sizeof(struct stellar_connection) <= 248,
               "a session has grown");

#define STATES (STELLAR__SESSION_CLOSED + 1)

static const char *const names[STATES] = {
    [STELLAR__SESSION_HANDSHAKE] = "`HANDSHAKE`",
    [STELLAR__SESSION_OPEN] = "`OPEN`",
    [STELLAR__SESSION_DRAINING] = "`DRAINING`",
    [STELLAR__SESSION_LEAVING] = "`LEAVING`",
    [STELLAR__SESSION_HALF_CLOSED] = "`HALF_CLOSED`",
    [STELLAR__SESSION_CLOSING] = "`CLOSING`",
    [STELLAR__SESSION_SHUTTING] = "`SHUTTING`",
    [STELLAR__SESSION_SHUT] = "`SHUT`",
    [STELLAR__SESSION_CLOSED] = "`CLOSED`",
};

static const struct {
    enum stellar__pause_reason reason;
    const char *name;
} reasons[] = {
    {STELLAR__PAUSE_OUTPUT, "`OUTPUT`"},
    {STELLAR__PAUSE_MAILBOX, "`MAILBOX`"},
    {STELLAR__PAUSE_QUOTA, "`QUOTA`"},
    {STELLAR__PAUSE_HANDSHAKE_TURN, "`HANDSHAKE_TURN`"},
};
#define REASONS (sizeof reasons / sizeof reasons[0])


/* Reads the page's rows "| `first` | second |", and calls function for each. */
static void each_row(void (*function)(const char *first, const char *second))
{
    FILE *page = fopen(STATES_PAGE, "r");
    char line[1000];

    assert_non_null(page);
    while (fgets(line, sizeof line, page) != NULL) {
        char *first = strtok(line, "|");
        char *second = strtok(NULL, "|");

        if (first != NULL && second != NULL && first[1] == '`') {
            first[strlen(first) - 1] = '\0'; /* the blanks around it */
            function(first + 1, second);
        }
    }
    fclose(page);
}


static bool is_step[STATES][STATES];

static void note_step(const char *first, const char *second)
{
    unsigned from;
    unsigned to;

    for (from = 0; from < STATES; from++) {
        for (to = 0; to < STATES; to++) {
            if (strcmp(first, names[from]) == 0 &&
                strncmp(second + 1, names[to], strlen(names[to])) == 0) {
                is_step[from][to] = true;
            }
        }
    }
}


static void the_page_has_all_steps_and_no_others(void **state)
{
    unsigned from;
    unsigned to;

    (void)state;
    each_row(note_step);
    for (from = 0; from < STATES; from++) {
        for (to = 0; to < STATES; to++) {
            if (stellar__lifecycle_has_step(from, to) != is_step[from][to]) {
                fail_msg("%s to %s: %s", names[from], names[to],
                         is_step[from][to] ? "on the page only" : "not on the page");
            }
        }
    }
}


static bool is_pause[REASONS][STATES];

static void note_pause(const char *first, const char *second)
{
    size_t i;
    unsigned at;

    for (i = 0; i < REASONS; i++) {
        for (at = 0; at < STATES; at++) {
            if (strcmp(first, reasons[i].name) == 0 &&
                strstr(second, names[at]) != NULL) {
                is_pause[i][at] = true;
            }
        }
    }
}


static void the_page_has_all_reasons_and_no_others(void **state)
{
    size_t i;
    unsigned at;

    (void)state;
    each_row(note_pause);
    for (i = 0; i < REASONS; i++) {
        for (at = 0; at < STATES; at++) {
            if (stellar__lifecycle_has_pause(at, reasons[i].reason) !=
                is_pause[i][at]) {
                fail_msg("%s in %s: %s", reasons[i].name, names[at],
                         is_pause[i][at] ? "on the page only" : "not on the page");
            }
        }
    }
}


static void no_step_leads_back_or_nowhere(void **state)
{
    unsigned from;
    unsigned to;

    (void)state;
    for (from = 0; from < STATES; from++) {
        bool leads_on = false;

        for (to = 0; to <= from; to++) {
            assert_false(stellar__lifecycle_has_step(from, to));
        }
        for (; to < STATES; to++) {
            leads_on |= stellar__lifecycle_has_step(from, to);
        }
        assert_int_equal(leads_on, from != STELLAR__SESSION_CLOSED);
    }
}


/* Those that somebody might take by mistake. */
static void illegal_steps_are_refused(void **state)
{
    static const struct {
        enum stellar__session_state from;
        enum stellar__session_state to;
    } steps[] = {
        {STELLAR__SESSION_HANDSHAKE, STELLAR__SESSION_LEAVING},
        {STELLAR__SESSION_HANDSHAKE, STELLAR__SESSION_DRAINING},
        {STELLAR__SESSION_OPEN, STELLAR__SESSION_SHUT},
        {STELLAR__SESSION_OPEN, STELLAR__SESSION_SHUTTING},
        {STELLAR__SESSION_LEAVING, STELLAR__SESSION_OPEN},
        {STELLAR__SESSION_LEAVING, STELLAR__SESSION_DRAINING},
        {STELLAR__SESSION_LEAVING, STELLAR__SESSION_HALF_CLOSED},
        {STELLAR__SESSION_HALF_CLOSED, STELLAR__SESSION_LEAVING},
        {STELLAR__SESSION_HALF_CLOSED, STELLAR__SESSION_DRAINING},
        {STELLAR__SESSION_CLOSING, STELLAR__SESSION_CLOSING},
        {STELLAR__SESSION_CLOSING, STELLAR__SESSION_SHUT},
        {STELLAR__SESSION_SHUT, STELLAR__SESSION_CLOSING},
        {STELLAR__SESSION_CLOSED, STELLAR__SESSION_OPEN},
        {STELLAR__SESSION_CLOSED, STELLAR__SESSION_CLOSED},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        assert_false(stellar__lifecycle_has_step(steps[i].from, steps[i].to));
    }
}


static void a_connection_walks_through_its_states(void **state)
{
    struct fake_world *world = fake_world_new(1);
    struct fake_client *client;

    (void)state;
    fake_add_action(world, "park", fake_park);
    client = fake_connect(world, 0);
    assert_int_equal(client->session.state, STELLAR__SESSION_OPEN);
    fake_bytes(client, "park\r\n", 6);
    stellar__shard_drain(&world->shards[0].shard);
    assert_int_equal(client->session.state, STELLAR__SESSION_OPEN);
    fake_advance(world, 10);
    assert_int_equal(client->session.state, STELLAR__SESSION_DRAINING);
    fake_end_of_input(client);
    assert_int_equal(client->session.state, STELLAR__SESSION_HALF_CLOSED);
    stellar_call_finish(fake_unpark(world));
    fake_settle(world);
    assert_int_equal(client->session.state, STELLAR__SESSION_CLOSING);
    fake_close(client);
    fake_world_free(world);
}


/* The end of input within the grace leaves the time for what is pending as it is. */
static void the_limit_runs_from_the_end_of_the_grace(void **state)
{
    struct fake_world *world = fake_world_new(1);
    uint64_t limit = world->server.options.shutdown_limit;
    struct fake_client *client;

    (void)state;
    fake_add_action(world, "park", fake_park);
    client = fake_connect(world, 0);
    fake_bytes(client, "park\r\n", 6);
    stellar__shard_drain(&world->shards[0].shard);
    fake_advance(world, 5);
    fake_end_of_input(client);
    fake_advance(world, 5 + limit - 1);
    assert_int_equal(client->session.state, STELLAR__SESSION_HALF_CLOSED);
    fake_advance(world, 1);
    assert_int_equal(client->session.state, STELLAR__SESSION_CLOSING);
    fake_close(client);
    stellar_call_finish(fake_unpark(world));
    fake_world_free(world);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_has_all_steps_and_no_others),
        cmocka_unit_test(the_page_has_all_reasons_and_no_others),
        cmocka_unit_test(no_step_leads_back_or_nowhere),
        cmocka_unit_test(illegal_steps_are_refused),
        cmocka_unit_test(a_connection_walks_through_its_states),
        cmocka_unit_test(the_limit_runs_from_the_end_of_the_grace),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
