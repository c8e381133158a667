/* Each function of a server, called in such a way that it would succeed. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "states.h"

#define NOBODY "00000000-0000-4000-8000-000000000000"


int try_listen(struct world *world)
{
    char error[200] = "";
    int status = stellar_server_listen(world->server, error, sizeof error);

    return (status != 0) == (error[0] != '\0') ? status : 1;
}


void do_nothing(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_call_finish(call);
}


static int try_add_action(struct world *world)
{
    static const struct stellar_action action = {
        .name = "late", .version = 1, .run = do_nothing};

    return stellar_server_add_action(world->server, &action);
}


int try_run(struct world *world)
{
    return stellar_server_run(world->server);
}


static int try_reconfigure(struct world *world)
{
    char error[200];
    int status =
        stellar_server_reconfigure(world->server, &world->options, error, sizeof error);

    return (status != 0) == (error[0] != '\0') ? status : 1;
}


static void post_nothing(struct stellar_server *server, void *data)
{
    (void)server;
    (void)data;
}


static int try_post(struct world *world)
{
    return stellar_server_post(world->server, post_nothing, NULL);
}


int try_destroy(struct world *world)
{
    return stellar_server_destroy(world->server);
}


const struct attempt attempts[ATTEMPTS] = {
    {"listen", try_listen}, {"add_action", try_add_action},
    {"run", try_run},       {"reconfigure", try_reconfigure},
    {"post", try_post},     {"destroy", try_destroy},
};


int try_room_create(struct world *world)
{
    return stellar_room_create(world->server, "new");
}


static int try_room_exists(struct world *world)
{
    return stellar_room_exists(world->server, "room") ? 0 : STELLAR_ERR_THREAD;
}


static bool count_room(void *data, const char *room)
{
    unsigned *rooms = data;

    (void)room;
    ++*rooms;
    return true;
}


static int try_room_list(struct world *world)
{
    unsigned rooms = 0;

    stellar_room_list(world->server, count_room, &rooms);
    return rooms > 0 ? 0 : STELLAR_ERR_THREAD;
}


static int try_room_status(struct world *world)
{
    int64_t members = stellar_room_status(world->server, "room", NULL, NULL);

    return members < 0 ? (int)members : 0;
}


static int try_room_add_member(struct world *world)
{
    return stellar_room_add_member(world->server, "room", NOBODY);
}


static int try_room_remove_member(struct world *world)
{
    return stellar_room_remove_member(world->server, "room", NOBODY);
}


static int try_room_broadcast(struct world *world)
{
    return stellar_room_broadcast(world->server, "room", "all", 3);
}


static int try_room_destroy(struct world *world)
{
    return stellar_room_destroy(world->server, "new");
}


static int try_send(struct world *world)
{
    return stellar_server_send(world->server, NOBODY, "{}", 2);
}


/* There is no call before run. */
int try_delay(struct world *world)
{
    struct stellar_call *call = world->call;
    int status = stellar_call_delay(call, 1, do_nothing, NULL);

    if (status == 0) {
        world->call = NULL;
    }
    return status;
}


const struct attempt on_loops[ON_LOOPS] = {
    {"room_create", try_room_create},
    {"room_exists", try_room_exists},
    {"room_list", try_room_list},
    {"room_status", try_room_status},
    {"room_add_member", try_room_add_member},
    {"room_remove_member", try_room_remove_member},
    {"room_broadcast", try_room_broadcast},
    {"room_destroy", try_room_destroy},
    {"server_send", try_send},
    {"call_delay", try_delay},
};
