/*
 * Does at random what a program may do to rooms, to a server and to the model, and
 * compares what they say and what each client hears.
 */
#ifndef ROOMS_PLAY_H
#define ROOMS_PLAY_H

#include <stddef.h>
#include <stdint.h>

#include "rooms_model.h"
#include "stellar/server.h"

struct play {
    struct model model;
    struct stellar_server *server;
    const char *ids[MODEL_CLIENTS];
    uint64_t random;
    unsigned texts;              /* so many things have been said */
    char deeds[MODEL_DEEDS][48]; /* what was done, for people */
    unsigned deed_count;
};

/* Ids are set by the caller. */
void play_init(struct play *play, struct stellar_server *server, unsigned loops,
               unsigned clients, uint64_t seed);
/* A number below count. */
unsigned play_random(struct play *play, unsigned count);
const char *play_room_name(unsigned room);
void play_note(struct play *play, unsigned loop, const char *deed, unsigned room,
               unsigned client);
/* Writes all that was done to standard error. */
void play_print(const struct play *play);

/* Calls one of the server's functions; to be called on the thread of a loop. False: it
 * returned something else than the model's. */
bool play_deed(struct play *play, unsigned loop);
/* Whether a client's output has what the client should have heard, in order. */
bool play_agrees(const struct play *play, unsigned client, const char *output,
                 size_t length);

#endif
