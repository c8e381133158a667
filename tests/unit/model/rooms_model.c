#include "rooms_model.h"

#include <string.h>

#include "stellar/server.h"


void model_init(struct model *model, unsigned loops, unsigned clients)
{
    memset(model, 0, sizeof *model);
    model->loops = loops;
    model->clients = clients;
}


static unsigned loop_of(const struct model *model, unsigned client)
{
    return client % model->loops;
}


static void tell_others(struct model *model, unsigned loop, struct model_news news)
{
    unsigned i;

    for (i = 0; i < model->loops; i++) {
        if (i != loop) {
            model->loop[i].list[model->loop[i].length++] = news;
        }
    }
}


static void hear(struct model *model, unsigned client, unsigned text)
{
    model->heard[client][model->heard_count[client]++] = text;
}


static void hear_all(struct model *model, unsigned loop, unsigned room, unsigned text)
{
    unsigned client;

    for (client = 0; client < model->clients; client++) {
        if (loop_of(model, client) == loop &&
            model->loop[loop].is_member[room][client]) {
            hear(model, client, text);
        }
    }
}


/* Handles that a client of this loop joins or leaves. */
static int join(struct model *model, unsigned loop, unsigned room, unsigned client)
{
    bool *is_member = &model->loop[loop].is_member[room][client];

    if (*is_member) {
        return STELLAR_ERR_EXISTS;
    }
    *is_member = true;
    tell_others(
        model, loop,
        (struct model_news){JOINED, room, model->loop[loop].serial[room], client, 0});
    return STELLAR_OK;
}


static int leave(struct model *model, unsigned loop, unsigned room, unsigned client)
{
    bool *is_member = &model->loop[loop].is_member[room][client];

    if (!*is_member) {
        return STELLAR_ERR_NOT_FOUND;
    }
    *is_member = false;
    tell_others(
        model, loop,
        (struct model_news){LEFT, room, model->loop[loop].serial[room], client, 0});
    return STELLAR_OK;
}


static void set_room(struct model_loop *loop, unsigned room, unsigned serial)
{
    loop->serial[room] = serial;
    memset(loop->is_member[room], 0, sizeof loop->is_member[room]);
}


static void act(struct model *model, unsigned at, struct model_news news)
{
    struct model_loop *loop = &model->loop[at];
    bool is_here = loop_of(model, news.client) == at;

    if (news.what == CREATED) {
        set_room(loop, news.room, news.serial);
    } else if (news.what == SENT && is_here) {
        hear(model, news.client, news.text);
    } else if (news.what == SENT || loop->serial[news.room] != news.serial) {
        return; /* for no client here, or about a room that is gone */
    } else if (news.what == DESTROYED) {
        set_room(loop, news.room, 0);
    } else if (news.what == JOINED || news.what == LEFT) {
        loop->is_member[news.room][news.client] = news.what == JOINED;
    } else if (news.what == SAID) {
        hear_all(model, at, news.room, news.text);
    } else if (is_here && news.what == ADD) {
        join(model, at, news.room, news.client);
    } else if (is_here) {
        leave(model, at, news.room, news.client);
    }
}


bool model_act(struct model *model, unsigned loop)
{
    struct model_loop *at = &model->loop[loop];

    if (at->done == at->length) {
        return false;
    }
    act(model, loop, at->list[at->done++]);
    return true;
}


void model_catch_up(struct model *model, unsigned loop)
{
    while (model_act(model, loop)) {
        continue;
    }
}


bool model_exists(struct model *model, unsigned loop, unsigned room)
{
    model_catch_up(model, loop);
    return model->loop[loop].serial[room] != 0;
}


int model_create(struct model *model, unsigned loop, unsigned room)
{
    if (model_exists(model, loop, room)) {
        return STELLAR_ERR_EXISTS;
    }
    set_room(&model->loop[loop], room, ++model->created);
    tell_others(model, loop, (struct model_news){CREATED, room, model->created, 0, 0});
    return STELLAR_OK;
}


int model_destroy(struct model *model, unsigned loop, unsigned room)
{
    unsigned serial;

    if (!model_exists(model, loop, room)) {
        return STELLAR_ERR_NOT_FOUND;
    }
    serial = model->loop[loop].serial[room];
    set_room(&model->loop[loop], room, 0);
    tell_others(model, loop, (struct model_news){DESTROYED, room, serial, 0, 0});
    return STELLAR_OK;
}


int model_status(struct model *model, unsigned loop, unsigned room)
{
    int count = 0;
    unsigned client;

    if (!model_exists(model, loop, room)) {
        return STELLAR_ERR_NOT_FOUND;
    }
    for (client = 0; client < model->clients; client++) {
        count += model->loop[loop].is_member[room][client];
    }
    return count;
}


static int change(struct model *model, unsigned loop, unsigned room, unsigned client,
                  enum model_what what)
{
    if (!model_exists(model, loop, room)) {
        return STELLAR_ERR_NOT_FOUND;
    }
    if (loop_of(model, client) == loop) {
        return (what == ADD ? join : leave)(model, loop, room, client);
    }
    tell_others(
        model, loop,
        (struct model_news){what, room, model->loop[loop].serial[room], client, 0});
    return STELLAR_OK;
}


int model_add(struct model *model, unsigned loop, unsigned room, unsigned client)
{
    return change(model, loop, room, client, ADD);
}


int model_remove(struct model *model, unsigned loop, unsigned room, unsigned client)
{
    return change(model, loop, room, client, REMOVE);
}


static void spread(struct model *model, unsigned loop, unsigned room, unsigned text)
{
    hear_all(model, loop, room, text);
    tell_others(
        model, loop,
        (struct model_news){SAID, room, model->loop[loop].serial[room], 0, text});
}


int model_broadcast(struct model *model, unsigned loop, unsigned room, unsigned text)
{
    if (!model_exists(model, loop, room)) {
        return STELLAR_ERR_NOT_FOUND;
    }
    spread(model, loop, room, text);
    return STELLAR_OK;
}


int model_send(struct model *model, unsigned loop, unsigned client, unsigned text)
{
    model_catch_up(model, loop);
    if (loop_of(model, client) == loop) {
        hear(model, client, text);
    } else {
        tell_others(model, loop, (struct model_news){SENT, 0, 0, client, text});
    }
    return STELLAR_OK;
}


void model_room_add(struct model *model, unsigned client, unsigned room)
{
    if (model->loop[loop_of(model, client)].serial[room] != 0) {
        join(model, loop_of(model, client), room, client);
    }
}


void model_room_leave(struct model *model, unsigned client, unsigned room)
{
    leave(model, loop_of(model, client), room, client);
}


void model_say(struct model *model, unsigned client, unsigned room, unsigned text)
{
    if (model->loop[loop_of(model, client)].is_member[room][client]) {
        spread(model, loop_of(model, client), room, text);
    }
}
