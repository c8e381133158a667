/*
 * The simplest model of rooms over several loops. Each loop has a copy of all rooms,
 * and a list of the changes that other loops have made. It changes its own copy at
 * once, and adds the change to the lists of the others. Before it does anything for the
 * program, it applies its own list, in order. Requests of clients it handles with the
 * copy as it is.
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
    unsigned serial; /* number among the rooms that have had this name */
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

/* Apply one change of the others, or all. The first returns false if there is none. */
bool model_act(struct model *model, unsigned loop);
void model_catch_up(struct model *model, unsigned loop);

/* Like the functions of the server, called on a loop. Messages are numbers. */
int model_create(struct model *model, unsigned loop, unsigned room);
int model_destroy(struct model *model, unsigned loop, unsigned room);
bool model_exists(struct model *model, unsigned loop, unsigned room);
int model_status(struct model *model, unsigned loop, unsigned room);
int model_add(struct model *model, unsigned loop, unsigned room, unsigned client);
int model_remove(struct model *model, unsigned loop, unsigned room, unsigned client);
int model_broadcast(struct model *model, unsigned loop, unsigned room, unsigned text);
int model_send(struct model *model, unsigned loop, unsigned client, unsigned text);

/* Like the verbs of a client. */
void model_room_add(struct model *model, unsigned client, unsigned room);
void model_room_leave(struct model *model, unsigned client, unsigned room);
void model_say(struct model *model, unsigned client, unsigned room, unsigned text);

#endif
