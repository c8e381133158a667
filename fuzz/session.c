/*
 * Sessions, rooms and actions together. An input is the limits of a server and a
 * sequence of operations (session/ops.h) on up to eight clients of up to four shards.
 * Mail between shards is delivered, output is read and the clock is moved only when an
 * operation says so. At the end everything runs to completion, and all expected output
 * must come.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/ops.h"
#include "session/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const lines[] = {
    "roomAdd %s",
    "say %s %u",
    "say %s, %u and much more, so that limits are reached by one line that is longer "
    "than most, and yet short enough for a server that takes lines of up to 255 bytes, "
    "which is the most that an input can ask for",
    "roomLeave %s",
    "roomView %s",
    "detailsView",
    "paramsView",
    "paramAdd k%u=%u",
    "paramAdd messageId=%u%u",
    "paramView k%u",
    "paramDelete k%u",
    "paramsDelete",
    "quit",
    "park",
    "sync",
    "fail",
    "bad",
    "delay",
    "big",
    "move",
    "typed",
    "private",
    "nothing",
    "{\"action\":\"park\",\"params\":{\"messageId\":{\"messageCount\":%u},\"k%u\":1}}",
    "{\"action\":\"delay\",\"params\":{\"ms\":%u}}",
    "{\"action\":\"sync\",\"params\":{\"apiVersion\":%u}}",
    "{\"action\":\"typed\",\"params\":{\"k0\":%u,\"k1\":%u}}",
    "{\"params\":{\"k%u\":[ 1, {} ]}}",
    "{\"action\":%u}",
    "{\"action\":\"s\\u0079nc\"",
    "say %s",
    "\x04",
};

#define LINES (sizeof lines / sizeof lines[0])

static const char *const delimiters[] = {"\n", "^]", "\r\n.", "xx"};


/* Guests. */

static struct guest *guest_at(const struct play *play, uint8_t place)
{
    return play->places[place % PLACES];
}


static void play_at(struct play *play, const struct guest *guest)
{
    fake_at(play->world, guest->shard);
}


static void leave_place(struct play *play, struct guest *guest)
{
    unsigned i;

    for (i = 0; i < PLACES; i++) {
        if (play->places[i] == guest) {
            play->places[i] = NULL;
        }
    }
}


static void close_guest(struct play *play, struct guest *guest)
{
    session_hear(play, guest);
    guest->touched++;
    leave_place(play, guest);
    fake_close(guest->client);
    guest->client = NULL;
}


static void connect_guest(struct play *play, uint8_t where)
{
    struct guest *guest = &play->guests[play->guest_count];
    struct fake_client *client;

    if (play->places[where % PLACES] != NULL || play->guest_count == GUESTS) {
        return;
    }
    guest->shard = where / PLACES % play->world->shard_count;
    client = fake_connect(play->world, guest->shard);
    if (client->status != STELLAR_OK && client->status != STELLAR_ERR_REFUSED) {
        fake_close(client);
        return;
    }
    guest->client = client;
    memcpy(guest->id, client->session.id, sizeof guest->id);
    stellar_parser_init(&guest->parser, &play->world->server.common.framing);
    stellar_parser_detect_foreign(&guest->parser);
    play->places[where % PLACES] = guest;
    play->guest_count++;
}


/* Closes the peer's side after it has sent everything, but not before that has been
 * read. */
static void half_close_if_due(struct guest *guest)
{
    if (!guest->wants_half || guest->client->rest_length > 0) {
        return;
    }
    guest->wants_half = false;
    fake_end_of_input(guest->client);
}


static void send_bytes(struct guest *guest, const char *bytes, size_t length)
{
    if (guest->wants_half || guest->client->status != STELLAR_OK) {
        return;
    }
    guest->touched++;
    session_expect(guest, bytes, length);
    fake_bytes(guest->client, bytes, length);
}


/* Writes the line of that kind with its delimiter. %s is a room, %u the detail; in a
 * chat line it is a number that no other chat line has. */
static size_t write_line(struct play *play, uint8_t kind, uint8_t detail, char *text,
                         size_t capacity)
{
    const char *format = lines[kind % LINES];
    bool is_saying = strncmp(format, "say", 3) == 0;
    size_t length = 0;

    for (; *format != '\0' && length + 16 < capacity; format++) {
        if (*format != '%') {
            text[length++] = *format;
            continue;
        }
        format++;
        if (*format == 's') {
            length += (size_t)snprintf(text + length, capacity - length, "%s",
                                       session_rooms[detail % ROOMS]);
        } else {
            length += (size_t)snprintf(text + length, capacity - length, "%u",
                                       is_saying ? ++play->numbered : detail / ROOMS);
        }
    }
    return length +
           (size_t)snprintf(text + length, capacity - length, "%s", play->delimiter);
}


/* Sends a line at once, or together with the next. */
static void send_line(struct play *play, uint8_t place, uint8_t kind, uint8_t detail)
{
    struct guest *guest = guest_at(play, place);
    char text[300];
    size_t length = write_line(play, kind, detail, text, sizeof text);
    bool waits = (place / PLACES) % 2 != 0;

    if (guest->segment_length + length > sizeof guest->segment) {
        return;
    }
    memcpy(guest->segment + guest->segment_length, text, length);
    guest->segment_length += length;
    if (waits) {
        return;
    }
    send_bytes(guest, guest->segment, guest->segment_length);
    guest->segment_length = 0;
}


/* Operations. */

static void finish_parked(struct play *play, unsigned which, uint8_t how, uint8_t where)
{
    struct parked parked;
    unsigned shard = where % (play->world->shard_count + 1);

    if (play->parked_count == 0) {
        return;
    }
    which %= play->parked_count;
    parked = play->parked[which];
    play->parked[which] = play->parked[--play->parked_count];
    fake_check(session_params_of(parked.call) == parked.params,
               "session: the params of a call have changed under it");
    /* One more than there are shards: the last is one of the program's threads. */
    play->world->at =
        shard < play->world->shard_count ? &play->world->shards[shard] : NULL;
    if (how % 4 == 0) {
        stellar_write_string(stellar_call_writer(parked.call), "no key", 6);
    }
    if (how % 4 == 1) {
        stellar_call_fail(parked.call, "failed late");
    } else {
        fake_finish(parked.call, NULL);
    }
}


static void operate_on_server(struct play *play, enum session_op op, const uint8_t *at)
{
    struct fake_world *world = play->world;
    struct stellar_server *server = &world->server;
    unsigned shard = at[0] % world->shard_count;
    unsigned i;

    fake_at(world, shard);
    switch (op) {
    case SESSION_DELIVER:
        for (i = 0; i <= at[1] % 8U && fake_deliver(world, shard); i++) {
            continue;
        }
        break;
    case SESSION_FLUSH:
        stellar__shard_end_iteration(&world->shards[shard].shard);
        break;
    case SESSION_CREATE:
        stellar_room_create(server, session_rooms[at[1] % ROOMS]);
        break;
    case SESSION_DESTROY:
        session_stir(play);
        stellar_room_destroy(server, session_rooms[at[1] % ROOMS]);
        break;
    case SESSION_BROADCAST:
        stellar_room_broadcast(server, session_rooms[at[1] % ROOMS], "from above",
                               at[2] % 11U);
        break;
    case SESSION_DRAIN:
        session_stir(play);
        stellar__shard_drain(&world->shards[shard].shard);
        break;
    default:
        break;
    }
}


/* A shard's operation on a client, perhaps one of another shard. */
static void operate_on_member(struct play *play, enum session_op op, const uint8_t *at)
{
    struct stellar_server *server = &play->world->server;
    struct guest *guest = guest_at(play, op == SESSION_SEND ? at[1] : at[2]);
    const char *room = session_rooms[at[1] % ROOMS];

    fake_at(play->world, at[0] % play->world->shard_count);
    if (guest == NULL) {
        return;
    }
    if (op == SESSION_SEND) {
        stellar_server_send(server, guest->id, "{\"context\":\"test\"}",
                            at[2] % 2 == 0 ? 18 : 17);
        return;
    }
    session_stir(play); /* it may be in transit for a long time */
    if (op == SESSION_ADD_MEMBER) {
        stellar_room_add_member(server, room, guest->id);
    } else {
        stellar_room_remove_member(server, room, guest->id);
    }
}


static void lose_guest(struct guest *guest, enum session_op op)
{
    struct stellar_connection *session = &guest->client->session;

    guest->touched++;
    guest->is_lost = true;
    if (op == SESSION_BREAK) {
        guest->client->is_broken = true;
    } else if (op == SESSION_LOSE) {
        stellar__session_disconnect(session);
    } else if (!guest->client->is_aborted) {
        stellar__session_stop_output(session);
    }
}


static void operate_on_guest(struct play *play, enum session_op op, const uint8_t *at,
                             size_t length)
{
    struct guest *guest = guest_at(play, at[0]);

    if (guest == NULL) {
        return;
    }
    play_at(play, guest);
    switch (op) {
    case SESSION_LINE:
        send_line(play, at[0], at[1], at[2]);
        break;
    case SESSION_BYTES:
        send_bytes(guest, (const char *)at + 2, length - 2);
        break;
    case SESSION_FEED:
        guest->touched++;
        fake_feed(guest->client, at[1] >= 240 ? FAKE_ALL : at[1]);
        break;
    case SESSION_HALF_CLOSE:
        guest->touched++;
        guest->wants_half = guest->client->status == STELLAR_OK;
        break;
    case SESSION_CLOSE:
        close_guest(play, guest);
        return;
    default:
        lose_guest(guest, op);
        break;
    }
    half_close_if_due(guest);
}


static void operate(struct play *play, enum session_op op, const uint8_t *at,
                    size_t length)
{
    struct fake_world *world = play->world;

    switch (op) {
    case SESSION_CONNECT:
        connect_guest(play, at[0]);
        break;
    case SESSION_SETTLE:
        fake_settle(world);
        break;
    case SESSION_ADVANCE:
        fake_advance(world, at[0] < 128 ? at[0] : (uint64_t)(at[0] - 127) * 100);
        break;
    case SESSION_FINISH:
        finish_parked(play, at[0], at[1], at[2]);
        break;
    case SESSION_HOOK:
        play->armed[at[0] % HOOKS] = at[1];
        break;
    case SESSION_FAIL:
        world->memory.fail_at = world->memory.count + 1 + at[0];
        break;
    case SESSION_ADD_MEMBER:
    case SESSION_REMOVE_MEMBER:
    case SESSION_SEND:
        operate_on_member(play, op, at);
        break;
    case SESSION_DELIVER:
    case SESSION_FLUSH:
    case SESSION_CREATE:
    case SESSION_DESTROY:
    case SESSION_BROADCAST:
    case SESSION_DRAIN:
        operate_on_server(play, op, at);
        break;
    default:
        operate_on_guest(play, op, at, length);
        break;
    }
}


static void hear_all(struct play *play)
{
    unsigned i;

    if (play->world->memory.fail_at != 0 &&
        play->world->memory.count >= play->world->memory.fail_at) {
        play->has_failed = true;
    }
    for (i = 0; i < PLACES; i++) {
        if (play->places[i] != NULL) {
            session_hear(play, play->places[i]);
        }
    }
    session_check_limits(play);
}


static void settle(struct play *play)
{
    fake_settle(play->world);
    hear_all(play);
    session_check_settled(play);
}


/* The run. */

static void trace(const uint8_t *op, size_t length)
{
    static const char *const names[] = {
#define XX(symbol, arguments, text) #symbol,
        SESSION_OPS(XX)
#undef XX
    };
    size_t i;

    fputs(names[op[0] % SESSION_OP_COUNT], stderr);
    for (i = 1; i < length; i++) {
        fprintf(stderr, " %u", op[i]);
    }
    if (op[0] % SESSION_OP_COUNT == SESSION_LINE) {
        fprintf(stderr, " %s", lines[op[2] % LINES]);
    }
    fputc('\n', stderr);
}


static const uint8_t *set_up(struct play *play, const uint8_t *data)
{
    struct fake_world *world = fake_world_new(1 + data[0] % FAKE_HUBS);
    struct stellar_server_options *options = &world->server.options;
    struct stellar_framing *framing = &world->server.common.framing;

    play->world = world;
    play->is_told = getenv("SESSION_TRACE") != NULL;
    play->delimiter = delimiters[data[1] % 4];
    world->is_idle = true;
    framing->telnet = data[0] / FAKE_HUBS % 2 != 0;
    framing->max_data_length = data[2];
    fake_check(stellar_framing_set_delimiter(framing, play->delimiter,
                                             strlen(play->delimiter)),
               "a delimiter was refused");
    options->max_data_length = data[2];
    options->output_soft_limit = 1 + (size_t)data[3] * 16;
    options->output_hard_limit = options->output_soft_limit + (size_t)data[4] * 64;
    options->simultaneous_actions = 1 + data[5] % 5;
    options->action_timeout = data[6] / 2U % 16 * 20;
    options->shutdown_limit = data[6] % 2 != 0 ? 1000 : 0;
    options->max_params = 1 + data[7] % 8;
    options->max_params_bytes = 8 + data[7] / 8U * 4;
    session_add_actions(play);
    session_set_hooks(play);
    return data + SESSION_HEADER;
}


/* All clients read, all calls are finished, and no client sends anything more. Then all
 * output must have come, and everything must be over. */
static void wind_up(struct play *play)
{
    unsigned i;

    play->world->memory.fail_at = 0;
    memset(play->armed, 0, sizeof play->armed);
    fake_settle(play->world);
    for (i = 0; i < PLACES; i++) {
        if (play->places[i] != NULL) {
            fake_feed(play->places[i]->client, FAKE_ALL);
        }
    }
    settle(play);
    while (play->parked_count > 0) {
        finish_parked(play, play->parked_count - 1, 2, (uint8_t)play->parked_count);
    }
    settle(play);
    for (i = 0; i < PLACES; i++) {
        if (play->places[i] != NULL && play->places[i]->client->status == STELLAR_OK) {
            play_at(play, play->places[i]);
            fake_end_of_input(play->places[i]->client);
        }
    }
    fake_advance(play->world, 20000);
    settle(play);
    for (i = 0; i < PLACES; i++) {
        if (play->places[i] != NULL) {
            fake_check(stellar__session_is_over(&play->places[i]->client->session),
                       "session: a client that ended its input is still there");
        }
    }
}


static void tear_down(struct play *play)
{
    unsigned i;

    for (i = 0; i < play->guest_count; i++) {
        struct guest *guest = &play->guests[i];

        if (guest->client != NULL) {
            close_guest(play, guest);
        }
        free(guest->lines);
        free(guest->parser_memory);
    }
    while (play->parked_count > 0) { /* a hook may have parked another one */
        finish_parked(play, 0, 2, 0);
    }
    fake_settle(play->world);
    fake_advance(play->world, 10000);
    for (i = 0; i < play->world->shard_count; i++) {
        fake_check(stellar__timers_next(&play->world->shards[i].shard.timers) ==
                       UINT64_MAX,
                   "session: a timer is left");
    }
    fake_world_free(play->world);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct play play;
    const uint8_t *end = data + size;
    size_t arguments;
    size_t length;

    if (size < SESSION_HEADER) {
        return 0;
    }
    memset(&play, 0, sizeof play);
    session_play = &play;
    for (data = set_up(&play, data);
         (length = session_op_length(data, (size_t)(end - data), &arguments)) > 0;
         data += length) {
        enum session_op op = (enum session_op)(data[0] % SESSION_OP_COUNT);

        if (play.is_told) {
            trace(data, length);
        }
        operate(&play, op, data + 1, length - 1);
        hear_all(&play);
        if (op == SESSION_SETTLE) {
            session_check_settled(&play);
        }
    }
    wind_up(&play);
    tear_down(&play);
    return 0;
}
