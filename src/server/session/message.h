/*
 * Messages between hubs. Whatever happens on one loop and matters on another goes there
 * as a message in its inbox, and is acted upon there. This is also the seam at which a
 * cluster could be joined: whoever prepares and sends messages need not be in this
 * process.
 *
 * Sending has two steps, so that running out of memory is known before anything
 * happened: prepare makes one message for each other hub, send (or drop) cannot fail.
 * With one loop both do nothing, and a list is NULL.
 *
 * What is sent to a hub and not yet delivered is counted there. Above mail_limit a
 * session whose line sent more is held: it is not read until the hub has caught up.
 * Nothing waits but that session, so that two hubs cannot wait for each other.
 *
 * Order. What one hub sends to another arrives in the order sent. That is not enough
 * for rooms, which any hub may create and destroy: two hubs could see two such changes
 * in different orders, or a member before its room. So rooms are changed, and joinings
 * sent, under one lock for all hubs of a server; and who changes a room first acts upon
 * all news that it has (platform.catch_up), so that all hubs see one order. Nothing
 * else takes the lock, and with one hub nobody does.
 */
#ifndef STELLAR_SERVER_MESSAGE_H
#define STELLAR_SERVER_MESSAGE_H

#include "hub.h"

enum stellar__message_kind {
    STELLAR__ROOM_CREATE,  /* name */
    STELLAR__ROOM_DESTROY, /* name */
    STELLAR__JOIN,         /* name, id, time: a member on another hub */
    STELLAR__LEAVE,        /* name, id */
    STELLAR__DELIVER,      /* name, bytes: a line for the room's members */
    STELLAR__SEND,         /* id, bytes: a line for one connection */
    STELLAR__ADD_MEMBER,   /* name, id: if that connection is here */
    STELLAR__REMOVE_MEMBER,
    STELLAR__FINISHED, /* call: another thread has finished it */
    STELLAR__FUNCTION, /* function, data */
    STELLAR__CONFIGURE /* config */
};

struct stellar__message {
    struct stellar__message *next; /* in the inbox, or in a prepared list */
    struct stellar__hub *hub;      /* where it goes */
    struct stellar__hub *from;     /* who prepared it, or NULL: it is not counted */
    enum stellar__message_kind kind;
    bool is_embedded; /* part of something else: not freed on delivery */
    uint64_t time;
    struct stellar_call *call;
    struct stellar__config *config;
    void (*function)(struct stellar_server *server, void *data);
    void *data;
    char id[37];
    char *name; /* NUL-terminated; it and the bytes stand behind the message */
    size_t name_length;
    const char *bytes;
    size_t length;
};

/* A message for one hub; NULL: no memory. Slices may be empty, id may be NULL. */
struct stellar__message *stellar__message_new(const struct stellar__common *common,
                                              enum stellar__message_kind kind,
                                              struct stellar_slice name, const char *id,
                                              struct stellar_slice bytes);

/* One for each hub but `from`. False: no memory, and *list is NULL. */
bool stellar__message_prepare(struct stellar__hub *from,
                              enum stellar__message_kind kind,
                              struct stellar_slice name, const char *id,
                              struct stellar_slice bytes, uint64_t time,
                              struct stellar__message **list);
void stellar__message_send(struct stellar__message *list);
/* Whether another hub has more than so many bytes to catch up with. */
bool stellar__message_is_congested(const struct stellar__hub *hub, size_t bytes);
void stellar__message_drop(const struct stellar__common *common,
                           struct stellar__message *list);

/* Whether it only changes this hub's picture of others, or hands a line on: then acting
 * on it calls nothing of the program's, and sends nothing but leavings. */
bool stellar__message_is_news(const struct stellar__message *message);

/* Begins, or ends, a change of rooms on this hub that others are to be told of. */
void stellar__message_lock(struct stellar__hub *hub);
void stellar__message_unlock(struct stellar__hub *hub);

/* Acts on a message on its hub's thread, and frees it. */
void stellar__message_deliver(struct stellar__hub *hub,
                              struct stellar__message *message);

#endif
