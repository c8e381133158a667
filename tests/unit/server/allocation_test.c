/* A long conversation in which one allocation after the other fails. */
#include <stdio.h>
#include <stdlib.h>

#include "fake.h"

static struct fake_world *world;
static struct fake_client *clients[2];

static const struct stellar_input inputs[] = {
    {.name = "aVeryLongNameOfAnInputSoThatTheTextOfAllProblemsNeedsMoreThanOneGrowth",
     .required = true},
    {.name = "anotherVeryLongNameOfAnInputForTheSameReasonAsTheOneThatIsAboveThis",
     .required = true},
    {.name = "theThirdOfTheVeryLongNamesOfInputsWhoseOnlyPurposeIsToTakeUpMuchRoom",
     .required = true},
    {.name = "n", .default_json = "1", .convert = STELLAR_TO_INTEGER},
    {.name = NULL},
};


static void wake(struct stellar_call *call, void *data)
{
    fake_finish(call, data);
}


static void sleep_a_while(struct stellar_call *call, void *data)
{
    stellar_call_delay(call, 10, wake, data);
}


static void go_wrong(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_write_key(stellar_call_writer(call), "some");
    stellar_write_json(stellar_call_writer(call), "[1, 2]", 6);
    stellar_call_fail(call, "It did not work");
}


static void write_much(struct stellar_call *call, void *data)
{
    int i;

    (void)data;
    stellar_write_key(stellar_call_writer(call), "list");
    stellar_write_array_begin(stellar_call_writer(call));
    for (i = 0; i < 200; i++) {
        stellar_write_double(stellar_call_writer(call), i / 3.0);
    }
    stellar_write_array_end(stellar_call_writer(call));
    stellar_room_broadcast(stellar_call_server(call), "r", "much", 4);
    stellar_call_finish(call);
}


/* The client that speaks, and its line. 0 speaks on shard 0, 1 on shard 1. */
static const struct {
    unsigned who;
    const char *text;
} script[] = {
    {0, "paramAdd key=value"},
    {0, "paramAdd messageId some id"},
    {1, "paramView key"},
    {0, "paramView key"},
    {0, "paramsView"},
    {0, "roomAdd r"},
    {1, "roomAdd r"},
    {1, "roomAdd nowhere"},
    {0, "roomView r"},
    {0, "say r a message that is long enough to need some room in the buffers: "
        "0123456789012345678901234567890123456789012345678901234567890123456789"
        "0123456789012345678901234567890123456789012345678901234567890123456789"},
    {1, "say r, back"},
    {1, "say nowhere back"},
    {0, "detailsView"},
    {0, "{'action':'finish','params':{'a':[1,2,{'b':'c'}],'messageId':7}}"},
    {0, "{'action':'p\\u0061rk'}"},
    {1, "{'action':'park','params':{'x':null,'x':1}}"},
    {1, "paramAdd while=pending"},
    {1, "paramDelete x"},
    {0, "{'action':'picky','params':{'n':'x'}}"},
    {0, "sleep"},
    {1, "fail"},
    {1, "much"},
    {0, "nope"},
    {0, "{'action':"},
    {0, "\xc3"},
    {0, ""},
    {1, "roomLeave r"},
    {1, "roomLeave r"},
    {0, "paramDelete key"},
    {0, "paramsDelete"},
    {0, "{}"},
    {1, "roomAdd r"},
};


static void set_the_stage(void)
{
    static struct stellar_action picky;

    picky = (struct stellar_action){
        .name = "picky", .version = 1, .inputs = inputs, .run = fake_finish};
    world = fake_world_new(2);
    fake_add_action(world, "finish", fake_finish);
    fake_add_action(world, "park", fake_park);
    fake_add_action(world, "sleep", sleep_a_while);
    fake_add_action(world, "fail", go_wrong);
    fake_add_action(world, "much", write_much);
    assert_int_equal(stellar__actions_add(world->server.actions, &picky), 0);
}


static void converse(void)
{
    size_t i;

    stellar_room_create(&world->server, "r");
    clients[0] = fake_connect(world, 0);
    clients[1] = fake_connect(world, 1);
    for (i = 0; i < sizeof script / sizeof script[0]; i++) {
        struct fake_client *client = clients[script[i].who];

        /* Every third line comes in two pieces, and a reader stops for a while. */
        if (i % 3 == 0) {
            fake_bytes(client, " ", 1);
        }
        client->appetite = i % 4 == 0 ? 10 : FAKE_ALL;
        fake_say(client, script[i].text);
        fake_feed(client, FAKE_ALL);
    }
    fake_advance(world, 20);
    while (world->call_count > 0) {
        fake_finish(fake_unpark(world), NULL);
    }
    fake_settle(world);
    fake_say(clients[0], "quit");
}


/* Checks that each line is whole and JSON. */
static void assert_lines_are_json(const struct fake_client *client)
{
    const char *at = client->output;
    const char *end = client->output + client->length;

    while (at != end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));

        if (stop == NULL && client->is_aborted) {
            return;
        }
        assert_non_null(stop);
        if (!stellar_json_check(at, (size_t)(stop - 1 - at), NULL)) {
            fail_msg("not JSON: %.*s", (int)(stop - at), at);
        }
        at = stop + 1;
    }
}


/* Returns how many of its lines were answered. */
static size_t count_answers(const struct fake_client *client)
{
    static const char mark[] = "\"messageCount\":";
    const char *at = client->output;
    size_t count = 0;

    while (at != NULL &&
           (at = memmem(at, client->length - (size_t)(at - client->output), mark,
                        sizeof mark - 1)) != NULL) {
        at++;
        count++;
    }
    return count;
}


/* Checks that each line was answered, or that the client was cut off and the log says
 * so. */
static void assert_served(const struct fake_client *client, size_t answers)
{
    if (client->status != STELLAR_OK) {
        assert_int_equal(client->status, STELLAR_ERR_NO_MEMORY);
        return;
    }
    assert_lines_are_json(client);
    if (client->is_aborted) {
        fake_expect_log(world, "out of memory");
    } else {
        assert_int_equal(count_answers(client), answers);
    }
}


static void whichever_allocation_fails_nobody_waits_and_nothing_leaks(void **state)
{
    size_t answers[2];
    size_t failing = 0;
    size_t before;
    size_t all;

    (void)state;
    set_the_stage();
    before = world->memory.count;
    converse();
    all = world->memory.count - before;
    answers[0] = count_answers(clients[0]);
    answers[1] = count_answers(clients[1]);
    assert_int_equal(answers[0], 18);
    assert_int_equal(answers[1], 13);
    do {
        fake_close(clients[0]);
        fake_close(clients[1]);
        fake_world_free(world);
        if (failing++ == all) {
            break;
        }
        set_the_stage();
        world->memory.fail_at = world->memory.count + failing;
        converse();
        assert_served(clients[0], answers[0]);
        assert_served(clients[1], answers[1]);
    } while (true);
    assert_true(all > 100);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whichever_allocation_fails_nobody_waits_and_nothing_leaks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
