/*
 * Messages between shards. Whatever happens on one loop and matters on another goes
 * there as a message in its inbox, and is acted upon there. This is also the seam at
 * which a cluster could be joined: whoever prepares and sends messages need not be in
 * this process.
 *
 * Order. A shard acts on updates (about rooms, members and lines) in the order in which
 * they came: before it reads from a client, and whenever the program calls a function
 * that asks about such things or changes them. So it has then seen all that was done
 * before on any shard. The other messages (work) may call the program or end sessions;
 * the shard acts on them when nothing else runs, and never before the updates that came
 * earlier.
 *
 * What one shard sends to another arrives in the order sent. That is not enough for
 * rooms, which any shard may create and destroy: two shards could see two such changes
 * in different orders, or a member before its room. So a shard changes rooms, and sends
 * updates about members, under one lock for all shards of a server; and before it
 * changes a room it acts on all updates that it has, so that all shards see one order.
 * Nothing else takes the lock, and with one shard nobody does. A room has a serial
 * number, its place in that order: a message for a room that was destroyed does not
 * reach the room that was created in its place.
 *
 * Sending has two steps, so that running out of memory is known before anything
 * happened: prepare makes one message for each other shard, send (or drop) cannot fail.
 * With one loop both do nothing, and a list is NULL.
 *
 * Limits. Each shard counts the bytes of messages to it that wait. Above mail_limit a
 * session whose line sent more is held: it is not read until the shard has caught up.
 * So are functions that the program posted (net/posted.h). Nothing else waits, so that
 * two shards cannot wait for each other. Above twice as much, functions of the program
 * that would send more refuse. Functions that wait count separately, and at most one
 * configuration waits, the last one.
 */
#ifndef STELLAR_SERVER_MESSAGE_H
#define STELLAR_SERVER_MESSAGE_H

#include "state.h"

enum stellar__message_kind {
    /* News. A room is meant by name and serial, but for the first, which gives it one.
     */
    STELLAR__ROOM_CREATE,   /* name */
    STELLAR__ROOM_DESTROY,  /* name */
    STELLAR__JOIN,          /* name, serial, id, time: a member on another shard */
    STELLAR__LEAVE,         /* name, serial, id */
    STELLAR__DELIVER,       /* name, serial, bytes: a line for the room's members */
    STELLAR__SEND,          /* id, bytes: a line for one connection */
    STELLAR__ADD_MEMBER,    /* name, serial, id: if that connection is here */
    STELLAR__REMOVE_MEMBER, /* the same */
    /* Work. */
    STELLAR__FINISHED, /* call: another thread has finished it */
    STELLAR__FUNCTION, /* function, data */
    STELLAR__CONFIGURE /* the shard has a next_config */
};

/* What a message is made of. Slices may be empty, id may be NULL. */
struct stellar__content {
    enum stellar__message_kind kind;
    struct stellar_slice name;
    uint64_t serial;
    const char *id;
    struct stellar_slice bytes;
    uint64_t time;
};

struct stellar__message {
    struct stellar__message *next; /* in the inbox, or in a prepared list */
    struct stellar__shard *shard;  /* where it goes */
    struct stellar__shard *from;   /* who prepared it, or NULL: it is not counted */
    enum stellar__message_kind kind;
    bool is_embedded; /* part of something else: not freed on delivery */
    uint64_t time;
    uint64_t serial;
    struct stellar_call *call;
    void (*function)(struct stellar_server *server, void *data);
    void *data;
    char id[37];
    char *name; /* NUL-terminated; it and the bytes stand behind the message */
    size_t name_length;
    const char *bytes;
    size_t length;
};

/* A message for one shard; NULL: no memory. */
struct stellar__message *stellar__message_new(const struct stellar__common *common,
                                              const struct stellar__content *content);

/* One for each shard but `from`. False: no memory, and *list is NULL. */
bool stellar__message_prepare(struct stellar__shard *from,
                              const struct stellar__content *content,
                              struct stellar__message **list);
void stellar__message_send(struct stellar__message *list);
/* Whether another shard has more than so many bytes to catch up with. */
bool stellar__message_is_congested(const struct stellar__shard *shard, size_t bytes);
/* Whether it has so many that the program may not send more. */
bool stellar__message_is_full(const struct stellar__shard *shard);
void stellar__message_drop(const struct stellar__common *common,
                           struct stellar__message *list);

/* Any thread: has the shard call a function. 0, NO_MEMORY, BUSY: too many wait, or
 * INVALID: it calls no more. */
int stellar__message_post(struct stellar__shard *shard,
                          void (*function)(struct stellar_server *server, void *data),
                          void *data);

/* What it counts for, of a limit. */
size_t stellar__message_size(const struct stellar__message *message);

/* A list of messages, turned round. */
struct stellar__message *stellar__message_reverse(struct stellar__message *list);

/* Whether it is about rooms, members or lines: then acting on it calls no function of
 * the program but its log. */
bool stellar__message_is_update(const struct stellar__message *message);

/* Acts on all updates that have come, unless the program is going through the shard's
 * rooms or members. Cheap if there are none, and with one shard nothing. */
void stellar__message_sync(struct stellar__shard *shard);

/* Begins, or ends, a change of rooms or members that all shards are to see in the same
 * order. May be nested. */
void stellar__message_lock(struct stellar__shard *shard);
void stellar__message_unlock(struct stellar__shard *shard);

#endif
