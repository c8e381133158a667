/*
 * Messages between shards. If something on one loop matters on another, it goes there
 * as a message in its inbox, and that shard acts on it. A cluster could be connected
 * here, too: the sender of messages need not be in this process.
 *
 * Order. A shard acts on updates (about rooms, members and lines) in the order in which
 * they came: before it reads from a client, and when the program calls a function that
 * asks about such things or changes them. So it has then seen every change that was
 * made before on any shard. The other messages (work) may call the program or end
 * sessions. The shard acts on them when nothing else runs, and never before the updates
 * that came earlier.
 *
 * Messages from one shard to another arrive in the order sent. That is not enough for
 * rooms, which any shard may create and destroy: two shards could see two such changes
 * in different orders, or a member before its room. So a shard takes one lock for all
 * shards of a server when it changes rooms or sends updates about members. And before
 * it changes a room, it acts on all updates that it has. So all shards see one order.
 * Nothing else takes the lock, and with one shard it is never taken. A room has a
 * serial number, its place in that order: a message for a room that was destroyed does
 * not reach a later room with the same name.
 *
 * Sending has two steps, so that running out of memory is known before anything has
 * happened: prepare makes one message for each other shard; send (or drop) cannot fail.
 * With one loop both do nothing, and a list is NULL.
 *
 * Limits. Each shard counts the bytes of messages that wait for it. Above mail_limit, a
 * session whose line sent more is throttled: it is not read until the shard has caught
 * up. Functions that the program posted wait, too (net/posted.h). Nothing else waits,
 * so two shards cannot wait for each other. Above twice the limit, functions of the
 * program that would send more refuse. Functions that wait count separately, and at
 * most one configuration waits, the last one.
 */
#ifndef STELLAR_SERVER_MESSAGE_H
#define STELLAR_SERVER_MESSAGE_H

#include "state.h"

enum stellar__message_kind {
    /* Updates. A room is identified by name and serial, except in the first, which
     * gives it a serial. */
    STELLAR__ROOM_CREATE,   /* name */
    STELLAR__ROOM_DESTROY,  /* name */
    STELLAR__JOIN,          /* name, serial, id, time: a member on another shard */
    STELLAR__LEAVE,         /* name, serial, id */
    STELLAR__DELIVER,       /* name, serial, bytes: a line for the room's members */
    STELLAR__SEND,          /* id, bytes: a line for one connection */
    STELLAR__ADD_MEMBER,    /* name, serial, id: if that connection is here */
    STELLAR__REMOVE_MEMBER, /* likewise */
    /* Work. */
    STELLAR__FINISHED, /* call: another thread has finished this call */
    STELLAR__FUNCTION, /* function, data */
    STELLAR__CONFIGURE /* the shard has a next_config */
};

/* The content of a message. Slices may be empty, and id may be NULL. */
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
    struct stellar__shard *shard;  /* the receiver */
    struct stellar__shard *from;   /* the sender, or NULL: it is not counted */
    enum stellar__message_kind kind;
    bool is_embedded; /* it is part of another struct, so delivery does not free it */
    uint64_t time;
    uint64_t serial;
    struct stellar_call *call;
    void (*function)(struct stellar_server *server, void *data);
    void *data;
    char id[37];
    char *name; /* with a NUL; it and the bytes follow the message in memory */
    size_t name_length;
    const char *bytes;
    size_t length;
};

/* Makes a message for one shard. Returns NULL if there is no memory. */
struct stellar__message *stellar__message_new(const struct stellar__common *common,
                                              const struct stellar__content *content);

/* Makes one for each shard except `from`. Returns false if there is no memory; then
 * *list is NULL. */
bool stellar__message_prepare(struct stellar__shard *from,
                              const struct stellar__content *content,
                              struct stellar__message **list);
void stellar__message_send(struct stellar__message *list);
/* Returns whether another shard's mailbox has more than that many bytes. */
bool stellar__message_is_congested(const struct stellar__shard *shard, size_t bytes);
/* Returns whether one has so many bytes that the program may not send more. */
bool stellar__message_is_full(const struct stellar__shard *shard);
void stellar__message_drop(const struct stellar__common *common,
                           struct stellar__message *list);

/* Any thread: makes the shard call a function. Returns 0; NO_MEMORY; BUSY: too many
 * wait; or INVALID: it calls no more functions. */
int stellar__message_post(struct stellar__shard *shard,
                          void (*function)(struct stellar_server *server, void *data),
                          void *data);

/* Returns the bytes that it counts for a limit. */
size_t stellar__message_size(const struct stellar__message *message);

/* Reverses a list of messages. */
struct stellar__message *stellar__message_reverse(struct stellar__message *list);

/* Returns whether it is about rooms, members or lines. Acting on such a message calls
 * no function of the program except its log. */
bool stellar__message_is_update(const struct stellar__message *message);

/* Acts on all updates that have come, unless the program is walking the shard's rooms
 * or members. This is cheap if there are none, and does nothing with one shard. */
void stellar__message_sync(struct stellar__shard *shard);

/* Begins or ends a change of rooms or members that all shards must see in the same
 * order. May be nested. */
void stellar__message_lock(struct stellar__shard *shard);
void stellar__message_unlock(struct stellar__shard *shard);

#endif
