/* The actions that guests can call, and the hooks, which do what the input says. */
#include "session.h"

#include <string.h>

struct play *session_play;

const char *const session_rooms[ROOMS] = {"r0", "r1", "r2", "\xc3\xa9"};


struct guest *session_guest_of(struct play *play, const char *id)
{
    unsigned i;

    for (i = 0; i < play->guest_count; i++) {
        if (memcmp(play->guests[i].id, id, 36) == 0) {
            return &play->guests[i];
        }
    }
    return NULL;
}


/* Actions. */

/* A call answers the line that its connection read last. */
static void note_call(struct stellar_call *call)
{
    struct guest *guest =
        session_guest_of(session_play, stellar_call_connection_id(call));
    uint64_t line = guest->client->session.message_count;

    fake_check(line <= guest->line_count, "a line was counted that was never sent");
    fake_check(!guest->lines[line].is_call, "a line is called twice");
    guest->lines[line].is_call = true;
}


static void run_sync(struct stellar_call *call, void *data)
{
    note_call(call);
    fake_finish(call, data);
}


static void run_fail(struct stellar_call *call, void *data)
{
    (void)data;
    note_call(call);
    stellar_write_key(stellar_call_writer(call), "partial");
    stellar_write_null(stellar_call_writer(call));
    stellar_call_fail(call, stellar_call_integer(call, "k0", 0) != 0 ? "bad \xff text"
                                                                     : "a text");
}


/* Writes something that is not a valid answer. */
static void run_bad(struct stellar_call *call, void *data)
{
    struct stellar_writer *writer = stellar_call_writer(call);

    note_call(call);
    stellar_write_key(writer, "open");
    stellar_write_array_begin(writer);
    stellar_write_json(writer, "[1", 2);
    fake_finish(call, data);
}


uint64_t session_params_of(const struct stellar_call *call)
{
    static const char *const names[] = {"action", "messageId", "k0", "k1", "k2",
                                        "k3",     "k4",        "k5", "k6", "k7"};
    uint64_t all = SESSION_SEED;
    struct stellar_value value;
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (stellar_call_param(call, names[i], &value)) {
            all = session_hash(all, value.text.data, value.text.length);
        }
        all = session_hash(all, "", 1);
    }
    return all;
}


static void run_park(struct stellar_call *call, void *data)
{
    struct play *play = session_play;

    note_call(call);
    if (play->parked_count < PARKED) {
        play->parked[play->parked_count++] =
            (struct parked){call, session_params_of(call)};
    } else {
        fake_finish(call, data);
    }
}


static void delayed_again(struct stellar_call *call, void *data)
{
    static char again;

    if (data == NULL) {
        stellar_call_delay(call, 3, delayed_again, &again);
    } else {
        fake_finish(call, NULL);
    }
}


static void run_delay(struct stellar_call *call, void *data)
{
    int64_t milliseconds = stellar_call_integer(call, "ms", 10);

    (void)data;
    note_call(call);
    stellar_call_delay(call, milliseconds < 0 ? 0 : (uint64_t)milliseconds % 5000,
                       delayed_again, NULL);
}


/* Gives a long answer, and sends messages while it does so. */
static void run_big(struct stellar_call *call, void *data)
{
    struct stellar_writer *writer = stellar_call_writer(call);
    int i;

    note_call(call);
    stellar_write_key(writer, "list");
    stellar_write_array_begin(writer);
    for (i = 0; i < 60; i++) {
        stellar_write_double(writer, i / 3.0);
    }
    stellar_write_array_end(writer);
    stellar_room_broadcast(stellar_call_server(call), session_rooms[0], "big", 3);
    fake_finish(call, data);
}


/* Moves its own connection between rooms, and parks. */
static void run_move(struct stellar_call *call, void *data)
{
    struct stellar_server *server = stellar_call_server(call);
    const char *id = stellar_call_connection_id(call);

    session_stir(session_play);
    stellar_room_create(server, session_rooms[1]);
    stellar_room_add_member(server, session_rooms[1], id);
    stellar_room_remove_member(server, session_rooms[0], id);
    stellar_server_send(server, id, "{ \"sent\" : 1, \"context\" : \"test\" }", 34);
    run_park(call, data);
}


static const char *below_9(const struct stellar_call *call, struct stellar_value value)
{
    int64_t number;

    (void)call;
    return stellar_value_integer(value, &number) && number < 9 ? NULL : "Too much.";
}


static const struct stellar_input inputs[] = {
    {.name = "k0",
     .required = true,
     .convert = STELLAR_TO_INTEGER,
     .validate = below_9},
    {.name = "k1", .required = true},
    {.name = "k2", .default_json = "0.5", .convert = STELLAR_TO_FLOAT},
    {.name = NULL},
};

static const struct stellar_action actions[] = {
    {.name = "sync", .version = 1, .run = run_sync},
    {.name = "sync", .version = 2, .run = run_park},
    {.name = "fail", .version = 1, .run = run_fail},
    {.name = "bad", .version = 1, .run = run_bad},
    {.name = "park", .version = 1, .run = run_park},
    {.name = "delay", .version = 1, .run = run_delay},
    {.name = "big", .version = 1, .run = run_big},
    {.name = "move", .version = 1, .run = run_move},
    {.name = "typed", .version = 1, .inputs = inputs, .run = run_sync},
    {.name = "private", .version = 1, .is_private = true, .run = run_sync},
};


void session_add_actions(struct play *play)
{
    size_t i;

    for (i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        fake_check(stellar__actions_add(play->world->server.actions, &actions[i]) ==
                       STELLAR_OK,
                   "an action was refused");
    }
}


/* Hooks. */

/* Does once what the hook is set up to do. Returns NULL if it does not refuse. */
static const char *act(enum session_hook hook, struct stellar_connection *connection)
{
    struct play *play = session_play;
    struct stellar_server *server = &play->world->server;
    unsigned what = play->armed[hook];
    const char *id = stellar_connection_id(connection);

    play->armed[hook] = 0;
    if (what == 0) {
        return NULL;
    }
    session_stir(play);
    switch (what % 8) {
    case 0:
    case 1:
        return "The hook \"refuses\"";
    case 2:
        return "The hook refuses with \xff";
    case 3:
        stellar_room_destroy(server, session_rooms[what / 8 % ROOMS]);
        break;
    case 4:
        stellar_room_create(server, session_rooms[what / 8 % ROOMS]);
        break;
    case 5:
        stellar_room_remove_member(server, session_rooms[what / 8 % ROOMS], id);
        break;
    case 6: /* would come before the welcome */
        if (hook != ON_CONNECT) {
            stellar_room_add_member(server, session_rooms[what / 8 % ROOMS], id);
        }
        break;
    default:
        stellar_room_broadcast(server, session_rooms[what / 8 % ROOMS], "hook", 4);
        break;
    }
    return NULL;
}


static const char *on_connect(void *data, struct stellar_connection *connection)
{
    (void)data;
    return act(ON_CONNECT, connection);
}


static void on_disconnect(void *data, struct stellar_connection *connection)
{
    (void)data;
    act(ON_DISCONNECT, connection);
}


static const char *on_join(void *data, struct stellar_connection *connection,
                           const char *room)
{
    (void)data;
    (void)room;
    return act(ON_JOIN, connection);
}


static const char *on_leave(void *data, struct stellar_connection *connection,
                            const char *room)
{
    (void)data;
    (void)room;
    return act(ON_LEAVE, connection);
}


static const char *on_say(void *data, struct stellar_connection *connection,
                          const char *room, const char *message, size_t length)
{
    struct guest *guest =
        session_guest_of(session_play, stellar_connection_id(connection));
    bool acts = session_play->armed[ON_SAY] != 0;
    char name[8];
    const char *reason;

    (void)data;
    /* The room may be gone after the hook has acted. */
    memcpy(name, room, strlen(room) + 1);
    reason = act(ON_SAY, connection);
    if (reason == NULL &&
        !session_note_saying(session_play, guest, name, message, length)) {
        reason = "Enough is said";
    }
    if (acts) {
        session_stir(session_play); /* the message may be lost after all */
    }
    return reason;
}


void session_set_hooks(struct play *play)
{
    play->world->server.options.hooks = (struct stellar_hooks){
        NULL, on_connect, on_disconnect, on_join, on_leave, on_say};
}
