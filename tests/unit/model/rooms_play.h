/*
 * Makes random changes to rooms, in a server and in the model, and compares the results
 * and the lines that each client receives.
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
    unsigned texts;              /* number of messages so far */
    char deeds[MODEL_DEEDS][48]; /* what was done, for people */
    unsigned deed_count;
};

/* The caller must set the ids. */
void play_init(struct play *play, struct stellar_server *server, unsigned loops,
               unsigned clients, uint64_t seed);
/* Returns a random number below count. */
unsigned play_random(struct play *play, unsigned count);
const char *play_room_name(unsigned room);
void play_note(struct play *play, unsigned loop, const char *deed, unsigned room,
               unsigned client);
/* Prints all changes so far on standard error. */
void play_print(const struct play *play);

/* Calls one of the server's functions. To be called on the thread of a loop. Returns
 * false if the result differs from the model's. */
bool play_deed(struct play *play, unsigned loop);
/* Returns whether a client's output has the lines that it should have received, in
 * order. */
bool play_agrees(const struct play *play, unsigned client, const char *output,
                 size_t length);

#endif
