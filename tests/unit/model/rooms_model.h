/*
 * Rooms over several loops, in the simplest words. Each loop has a picture of all rooms
 * and a list of what the others have done. It changes its own picture at once, and
 * writes what it did on the lists of the others. It acts on its own list, in order,
 * before it does anything that the program asks for; what its clients ask for it does
 * with the picture that it has.
 */
#ifndef ROOMS_MODEL_H
#define ROOMS_MODEL_H

#include <stdbool.h>

#define MODEL_LOOPS   4
#define MODEL_ROOMS   3
#define MODEL_CLIENTS 12 /* client c is on loop c % loops */
#define MODEL_DEEDS   400

enum model_what { CREATED, DESTROYED, JOINED, LEFT, ADD, REMOVE, SAID, SENT };

struct model_news {
    enum model_what what;
    unsigned room;
    unsigned serial; /* which of the rooms that had this name one after the other */
    unsigned client;
    unsigned text;
};

struct model_loop {
    unsigned serial[MODEL_ROOMS]; /* 0: there is no such room */
    bool is_member[MODEL_ROOMS][MODEL_CLIENTS];
    struct model_news list[MODEL_DEEDS * 2];
    unsigned length;
    unsigned done;
};

struct model {
    unsigned loops;
    unsigned clients;
    unsigned created;
    struct model_loop loop[MODEL_LOOPS];
    unsigned heard[MODEL_CLIENTS][MODEL_DEEDS];
    unsigned heard_count[MODEL_CLIENTS];
};

void model_init(struct model *model, unsigned loops, unsigned clients);

/* Acts on one of what others have done, or on all. False: there is nothing. */
bool model_act(struct model *model, unsigned loop);
void model_catch_up(struct model *model, unsigned loop);

/* As the functions of the server, called on a loop; messages are numbers. */
int model_create(struct model *model, unsigned loop, unsigned room);
int model_destroy(struct model *model, unsigned loop, unsigned room);
bool model_exists(struct model *model, unsigned loop, unsigned room);
int model_status(struct model *model, unsigned loop, unsigned room);
int model_add(struct model *model, unsigned loop, unsigned room, unsigned client);
int model_remove(struct model *model, unsigned loop, unsigned room, unsigned client);
int model_broadcast(struct model *model, unsigned loop, unsigned room, unsigned text);
int model_send(struct model *model, unsigned loop, unsigned client, unsigned text);

/* As the verbs of a client. */
void model_room_add(struct model *model, unsigned client, unsigned room);
void model_room_leave(struct model *model, unsigned client, unsigned room);
void model_say(struct model *model, unsigned client, unsigned room, unsigned text);

#endif
