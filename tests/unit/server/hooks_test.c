/* Hooks that refuse, and hooks that do more than that. */
#include <stdlib.h>

#include "fake.h"

static struct fake_world *world;
static struct fake_client *client;
static unsigned disconnected;
static const char *refusal;


static int set_up(void **state)
{
    (void)state;
    world = fake_world_new(2);
    assert_int_equal(stellar_room_create(&world->server, "r"), 0);
    client = fake_client_new(world, 0);
    disconnected = 0;
    refusal = NULL;
    world->server.options.hooks.data = world;
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    if (client != NULL) {
        fake_close(client);
    }
    fake_world_free(world);
    return 0;
}


static const char *on_connect(void *data, struct stellar_connection *connection)
{
    assert_ptr_equal(data, world);
    assert_string_equal(stellar_connection_remote_ip(connection), "192.0.2.7");
    assert_int_equal(stellar_connection_remote_port(connection), 40000);
    assert_int_equal(strlen(stellar_connection_id(connection)), 36);
    return refusal;
}


static void on_disconnect(void *data, struct stellar_connection *connection)
{
    (void)data;
    (void)connection;
    disconnected++;
}


static const char *answer_refusal(void *data, struct stellar_connection *connection,
                                  const char *room)
{
    (void)data;
    (void)connection;
    assert_string_equal(room, "r");
    return refusal;
}


static const char *refuse_to_hear(void *data, struct stellar_connection *connection,
                                  const char *room, const char *message, size_t length)
{
    (void)data;
    (void)connection;
    assert_string_equal(room, "r");
    assert_int_equal(length, 3);
    assert_memory_equal(message, "a\0b", 3);
    return refusal;
}


static void a_connection_may_be_refused(void **state)
{
    struct fake_client *late;

    (void)state;
    world->server.options.hooks.connect = on_connect;
    world->server.options.hooks.disconnect = on_disconnect;
    refusal = "not \"you\"";
    late = fake_connect(world, 0);
    assert_int_equal(late->status, STELLAR_ERR_REFUSED);
    fake_expect(late, "{'error':'not \\'you\\'','context':'api'}");
    assert_true(late->is_ended);
    fake_say(late, "detailsView");
    fake_expect_nothing(late);
    fake_close(late);
    assert_int_equal(disconnected, 0);
    refusal = NULL;
    late = fake_client_new(world, 0);
    fake_close(late);
    assert_int_equal(disconnected, 1);
}


static void joining_may_be_refused(void **state)
{
    (void)state;
    world->server.options.hooks.join = answer_refusal;
    refusal = "full";
    fake_say(client, "roomAdd r");
    fake_expect(client, "{'status':'full','context':'response','data':false,"
                        "'messageCount':1}");
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 0);
    refusal = NULL;
    fake_say(client, "roomAdd r");
    fake_expect(client, "{'status':'OK','context':'response','data':true,"
                        "'messageCount':2}");
}


static void leaving_may_be_refused_but_not_disconnecting(void **state)
{
    (void)state;
    world->server.options.hooks.leave = answer_refusal;
    refusal = "stay";
    fake_say(client, "roomAdd r");
    fake_skip_line(client);
    fake_say(client, "roomLeave r");
    fake_expect(client, "{'status':'stay','context':'response','data':false,"
                        "'messageCount':2}");
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 1);
    fake_close(client);
    client = NULL;
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 0);
}


static void a_message_may_be_refused(void **state)
{
    (void)state;
    world->server.options.hooks.say = refuse_to_hear;
    refusal = "hush";
    fake_say(client, "roomAdd r");
    fake_skip_line(client);
    fake_bytes(client, "say r a\0b\r\n", 11);
    fake_expect(client, "{'status':'hush','context':'response','messageCount':2}");
    fake_expect_nothing(client);
    refusal = NULL;
    fake_bytes(client, "say r a\0b\r\n", 11);
    fake_expect(client, "{'status':'OK','context':'response','messageCount':3}");
    fake_expect(client,
                "{'message':'a\\u0000b','room':'r','from':'%s','context':'user',"
                "'sentAt':1700000000000}",
                client->session.id);
}


static const char *destroy(void *data, struct stellar_connection *connection,
                           const char *room)
{
    (void)data;
    (void)connection;
    assert_int_equal(stellar_room_destroy(&world->server, room), 0);
    assert_string_equal(room, "r");
    return NULL;
}


static const char *destroy_on_say(void *data, struct stellar_connection *connection,
                                  const char *room, const char *message, size_t length)
{
    (void)message;
    (void)length;
    return destroy(data, connection, room);
}


static void a_hook_may_destroy_the_room_that_is_joined(void **state)
{
    (void)state;
    world->server.options.hooks.join = destroy;
    fake_say(client, "roomAdd r");
    fake_expect(client, "{'status':{'name':'ConnectionRoomNotExist Error','code':'019',"
                        "'message':'Room (r) does not exists'},'context':'response',"
                        "'data':false,'messageCount':1}");
}


static void a_hook_may_destroy_the_room_that_is_left(void **state)
{
    (void)state;
    world->server.options.hooks.leave = destroy;
    fake_say(client, "roomAdd r");
    fake_skip_line(client);
    fake_say(client, "roomLeave r");
    fake_expect(client,
                "{'status':{'code':'016','message':'Connection (%s) not in room (r)'},"
                "'context':'response','data':false,'messageCount':2}",
                client->session.id);
}


static void a_hook_may_destroy_the_room_that_is_spoken_in(void **state)
{
    (void)state;
    world->server.options.hooks.say = destroy_on_say;
    fake_say(client, "roomAdd r");
    fake_skip_line(client);
    fake_say(client, "say r hello");
    fake_expect(client,
                "{'status':{'code':'016','message':'Connection (%s) not in room (r)'},"
                "'context':'response','messageCount':2}",
                client->session.id);
    fake_expect_nothing(client);
}


static const char *put_out(void *data, struct stellar_connection *connection,
                           const char *room, const char *message, size_t length)
{
    (void)data;
    (void)message;
    (void)length;
    assert_int_equal(stellar_room_remove_member(&world->server, room, connection->id),
                     0);
    return NULL;
}


static void who_is_put_out_by_the_hook_is_not_heard(void **state)
{
    struct fake_client *other = fake_client_new(world, 0);

    (void)state;
    world->server.options.hooks.say = put_out;
    fake_say(other, "roomAdd r");
    fake_skip_line(other);
    fake_say(client, "roomAdd r");
    fake_skip_line(client);
    fake_say(client, "say r hello");
    fake_expect(client,
                "{'status':{'code':'016','message':'Connection (%s) not in room (r)'},"
                "'context':'response','messageCount':2}",
                client->session.id);
    fake_expect_nothing(other);
    fake_close(other);
}


static const char *let_in(void *data, struct stellar_connection *connection,
                          const char *room)
{
    (void)data;
    assert_int_equal(stellar_room_add_member(&world->server, room, connection->id), 0);
    return NULL;
}


static void a_hook_may_let_the_client_in_itself(void **state)
{
    (void)state;
    world->server.options.hooks.join = let_in;
    fake_say(client, "roomAdd r");
    fake_expect(client, "{'status':'OK','context':'response','data':true,"
                        "'messageCount':1}");
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 1);
}


static const char *greet(void *data, struct stellar_connection *connection,
                         const char *room)
{
    (void)data;
    stellar_room_broadcast(&world->server, room, "someone comes", 13);
    stellar_server_send(&world->server, connection->id, "{\"rules\":[]}", 12);
    return NULL;
}


static void a_hook_may_speak_before_the_answer(void **state)
{
    struct fake_client *other = fake_client_new(world, 0);

    (void)state;
    fake_say(other, "roomAdd r");
    fake_skip_line(other);
    world->server.options.hooks.join = greet;
    fake_say(client, "roomAdd r");
    fake_expect(other, "{'message':'someone comes','room':'r','from':'the server',"
                       "'context':'user','sentAt':1700000000000}");
    fake_expect(client, "{'rules':[]}");
    fake_expect(client, "{'status':'OK','context':'response','data':true,"
                        "'messageCount':1}");
    fake_expect_nothing(client);
    fake_close(other);
}


/* Everything that can be done to a connection, by its id, when it is gone. */
static void meddle_with_the_dead(void *data, struct stellar_connection *connection)
{
    (void)data;
    stellar_room_add_member(&world->server, "r", connection->id);
    stellar_room_remove_member(&world->server, "r", connection->id);
    stellar_room_add_member(&world->server, "r", connection->id);
    stellar_server_send(&world->server, connection->id, "{}", 2);
    stellar_room_broadcast(&world->server, "r", "gone", 4);
}


static void a_dead_connection_cannot_be_put_into_a_room(void **state)
{
    struct fake_client *other = fake_client_new(world, 0);

    (void)state;
    fake_say(other, "roomAdd r");
    fake_skip_line(other);
    fake_say(client, "roomAdd r");
    world->server.options.hooks.disconnect = meddle_with_the_dead;
    fake_close(client);
    client = NULL;
    world->server.options.hooks.disconnect = NULL;
    assert_int_equal(stellar_room_status(&world->server, "r", NULL, NULL), 1);
    fake_expect(other, "{'message':'gone','room':'r','from':'the server',"
                       "'context':'user','sentAt':1700000000000}");
    fake_close(other);
}


/* Another loop destroys the room, and this one learns of it while its hook runs. */
static const char *lose_room(void *data, struct stellar_connection *connection,
                             const char *room)
{
    (void)data;
    (void)connection;
    fake_at(world, 1);
    assert_int_equal(stellar_room_destroy(&world->server, "r"), 0);
    fake_at(world, 0);
    assert_int_equal(stellar_room_create(&world->server, "new"), 0);
    assert_string_equal(room, "r");
    assert_int_equal(stellar_room_broadcast(&world->server, room, "hello", 5),
                     STELLAR_ERR_NOT_FOUND);
    assert_int_equal(stellar_room_add_member(&world->server, room, client->session.id),
                     STELLAR_ERR_NOT_FOUND);
    assert_int_equal(stellar_room_destroy(&world->server, room), STELLAR_ERR_NOT_FOUND);
    return NULL;
}


static const char *lose_room_on_say(void *data, struct stellar_connection *connection,
                                    const char *room, const char *message,
                                    size_t length)
{
    lose_room(data, connection, room);
    assert_int_equal(length, 5);
    assert_memory_equal(message, "hello", 5);
    return NULL;
}


static void the_name_of_a_room_lives_as_long_as_the_hook_for_who_joins(void **state)
{
    (void)state;
    world->server.options.hooks.join = lose_room;
    fake_say(client, "roomAdd r");
    fake_expect(client, "{'status':{'name':'ConnectionRoomNotExist Error','code':'019',"
                        "'message':'Room (r) does not exists'},'context':'response',"
                        "'data':false,'messageCount':1}");
}


static void the_name_of_a_room_lives_as_long_as_the_hook_for_who_leaves(void **state)
{
    (void)state;
    world->server.options.hooks.leave = lose_room;
    fake_say(client, "roomAdd r");
    fake_skip_line(client);
    fake_say(client, "roomLeave r");
    fake_expect(client,
                "{'status':{'code':'016','message':'Connection (%s) not in room (r)'},"
                "'context':'response','data':false,'messageCount':2}",
                client->session.id);
}


static void the_name_of_a_room_lives_as_long_as_the_hook_for_who_speaks(void **state)
{
    (void)state;
    world->server.options.hooks.say = lose_room_on_say;
    fake_say(client, "roomAdd r");
    fake_skip_line(client);
    fake_say(client, "say r hello");
    fake_expect(client,
                "{'status':{'code':'016','message':'Connection (%s) not in room (r)'},"
                "'context':'response','messageCount':2}",
                client->session.id);
    fake_expect_nothing(client);
}


static struct stellar__identity alice(const struct stellar_connection *session)
{
    const struct stellar__identity identity = {"CN=\"alice\"", "AB:CD"};

    (void)session;
    return identity;
}


static const char *let_alice_join(void *data, struct stellar_connection *connection,
                                  const char *room)
{
    const char *subject = stellar_connection_subject(connection);

    (void)data;
    (void)room;
    if (subject == NULL || strcmp(subject, "CN=\"alice\"") != 0) {
        return "you are not alice";
    }
    assert_string_equal(stellar_connection_fingerprint(connection), "AB:CD");
    return NULL;
}


static void a_hook_knows_who_has_shown_a_certificate(void **state)
{
    struct stellar__transport_ops known = *client->session.transport;

    (void)state;
    world->server.options.hooks.join = let_alice_join;
    fake_say(client, "roomAdd r");
    fake_expect(client, "{'status':'you are not alice','context':'response','data':"
                        "false,'messageCount':1}");
    known.identity = alice;
    client->session.transport = &known;
    fake_say(client, "roomAdd r");
    fake_expect(client, "{'status':'OK','context':'response','data':true,"
                        "'messageCount':2}");
    fake_say(client, "detailsView");
    fake_expect(
        client,
        "{'status':'OK','context':'response','data':{'id':'%s','fingerprint':"
        "'AB:CD','subject':'CN=\\'alice\\'','remoteIP':'192.0.2.7','remotePort':"
        "40000,'params':{},'connectedAt':1700000000000,'rooms':['r'],"
        "'totalActions':0,'pendingActions':0,'members':{'r':{'%s':{'id':'%s',"
        "'joinedAt':1700000000000}}}},'messageCount':3}",
        client->session.id, client->session.id, client->session.id);
    fake_close(client);
    client = NULL;
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_connection_may_be_refused),
        TEST(joining_may_be_refused),
        TEST(leaving_may_be_refused_but_not_disconnecting),
        TEST(a_message_may_be_refused),
        TEST(a_hook_may_destroy_the_room_that_is_joined),
        TEST(a_hook_may_destroy_the_room_that_is_left),
        TEST(a_hook_may_destroy_the_room_that_is_spoken_in),
        TEST(who_is_put_out_by_the_hook_is_not_heard),
        TEST(a_hook_may_let_the_client_in_itself),
        TEST(a_hook_may_speak_before_the_answer),
        TEST(a_dead_connection_cannot_be_put_into_a_room),
        TEST(the_name_of_a_room_lives_as_long_as_the_hook_for_who_joins),
        TEST(the_name_of_a_room_lives_as_long_as_the_hook_for_who_leaves),
        TEST(the_name_of_a_room_lives_as_long_as_the_hook_for_who_speaks),
        TEST(a_hook_knows_who_has_shown_a_certificate),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
