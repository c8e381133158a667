#include "rooms_play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>


void play_init(struct play *play, struct stellar_server *server, unsigned loops,
               unsigned clients, uint64_t seed)
{
    memset(play, 0, sizeof *play);
    model_init(&play->model, loops, clients);
    play->server = server;
    play->random = seed;
}


unsigned play_random(struct play *play, unsigned count)
{
    play->random =
        play->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(play->random >> 33) % count;
}


const char *play_room_name(unsigned room)
{
    static const char *const names[MODEL_ROOMS] = {"hall", "den", "loft"};

    return names[room];
}


void play_note(struct play *play, unsigned loop, const char *deed, unsigned room,
               unsigned client)
{
    if (play->deed_count < MODEL_DEEDS) {
        snprintf(play->deeds[play->deed_count++], sizeof play->deeds[0],
                 "loop %u: %s %s, client %u", loop, deed, play_room_name(room), client);
    }
}


void play_print(const struct play *play)
{
    unsigned i;

    for (i = 0; i < play->deed_count; i++) {
        fprintf(stderr, "%s\n", play->deeds[i]);
    }
}


/* Compares the results of the server and of the model. */
struct outcome {
    const char *deed;
    int64_t is;
    int64_t expected;
};


static struct outcome change_or_ask(struct play *play, unsigned loop, unsigned room,
                                    unsigned client)
{
    struct stellar_server *server = play->server;
    struct model *model = &play->model;
    const char *name = play_room_name(room);
    const char *id = play->ids[client];

    switch (play_random(play, 7)) {
    case 0:
        return (struct outcome){"create", stellar_room_create(server, name),
                                model_create(model, loop, room)};
    case 1:
        return (struct outcome){"destroy", stellar_room_destroy(server, name),
                                model_destroy(model, loop, room)};
    case 2:
        return (struct outcome){"exists", stellar_room_exists(server, name),
                                model_exists(model, loop, room)};
    case 3:
        return (struct outcome){"status", stellar_room_status(server, name, NULL, NULL),
                                model_status(model, loop, room)};
    case 4:
        return (struct outcome){"remove", stellar_room_remove_member(server, name, id),
                                model_remove(model, loop, room, client)};
    default:
        return (struct outcome){"add", stellar_room_add_member(server, name, id),
                                model_add(model, loop, room, client)};
    }
}


static struct outcome say(struct play *play, unsigned loop, unsigned room,
                          unsigned client)
{
    unsigned text = ++play->texts;
    char said[32];
    int length;

    if (play_random(play, 4) == 0) {
        length = snprintf(said, sizeof said, "{\"sent\":\"%u\"}", text);
        return (struct outcome){
            "send to one, not in",
            stellar_server_send(play->server, play->ids[client], said, (size_t)length),
            model_send(&play->model, loop, client, text)};
    }
    length = snprintf(said, sizeof said, "%u", text);
    return (struct outcome){"broadcast",
                            stellar_room_broadcast(play->server, play_room_name(room),
                                                   said, (size_t)length),
                            model_broadcast(&play->model, loop, room, text)};
}


bool play_deed(struct play *play, unsigned loop)
{
    unsigned room = play_random(play, MODEL_ROOMS);
    unsigned client = play_random(play, play->model.clients);
    struct outcome outcome = play_random(play, 3) == 0
                                 ? say(play, loop, room, client)
                                 : change_or_ask(play, loop, room, client);

    play_note(play, loop, outcome.deed, room, client);
    if (outcome.is == outcome.expected) {
        return true;
    }
    play_print(play);
    fprintf(stderr, "the last one returned %d in place of %d\n", (int)outcome.is,
            (int)outcome.expected);
    return false;
}


/* Returns the number in a chat line, or 0 if it is an answer. */
static unsigned number_in(const char *line)
{
    static const char *const said[] = {"{\"message\":\"", "{\"sent\":\""};
    size_t i;

    for (i = 0; i < 2; i++) {
        if (strncmp(line, said[i], strlen(said[i])) == 0) {
            return (unsigned)strtoul(line + strlen(said[i]), NULL, 10);
        }
    }
    return 0;
}


bool play_agrees(const struct play *play, unsigned client, const char *output,
                 size_t length)
{
    const struct model *model = &play->model;
    const char *line = output;
    unsigned heard = 0;
    unsigned wrong = 0;

    while (line < output + length && wrong == 0) {
        unsigned text = number_in(line);

        if (text != 0 && (heard == model->heard_count[client] ||
                          model->heard[client][heard++] != text)) {
            wrong = text;
        }
        line = strchr(line, '\n') + 1;
    }
    if (wrong == 0 && heard == model->heard_count[client]) {
        return true;
    }
    play_print(play);
    fprintf(stderr, "client %u heard %u, which is not number %u of what it should\n",
            client, wrong, heard);
    return false;
}
