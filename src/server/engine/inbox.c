#include "inbox.h"

#include "call.h"
#include "delivery.h"
#include "log.h"
#include "registry.h"
#include "rooms.h"


static struct stellar_slice name_of(const struct stellar__message *message)
{
    return (struct stellar_slice){message->name, message->name_length};
}


static struct stellar_slice bytes_of(const struct stellar__message *message)
{
    return (struct stellar_slice){message->bytes, message->length};
}


/* Returns the room that a message is about, or NULL if it no longer exists, even if
 * another room has its name now. */
static struct stellar__room *room_of(struct stellar__shard *shard,
                                     const struct stellar__message *message)
{
    struct stellar__room *room = stellar__room_find(shard, name_of(message));

    return room != NULL && stellar__room_serial(room) == message->serial ? room : NULL;
}


static void lose_line(const struct stellar__shard *shard)
{
    stellar__log(shard->options, STELLAR_LOG_ERROR, NULL,
                 "out of memory: a line from another loop is lost");
}


static void tell_room(struct stellar__shard *shard,
                      const struct stellar__message *message)
{
    struct stellar__room *room = room_of(shard, message);

    if (room != NULL && !stellar__room_hear(room, bytes_of(message))) {
        lose_line(shard);
    }
}


static void tell_connection(struct stellar__shard *shard,
                            const struct stellar__message *message)
{
    struct stellar_connection *session = stellar__shard_find(shard, message->id);
    struct stellar__shared *line;

    if (session == NULL) {
        return;
    }
    line = stellar__shared_new(shard->common->memory, message->bytes, message->length);
    if (line == NULL) {
        lose_line(shard);
        return;
    }
    stellar__session_deliver(session, line);
    stellar__shared_release(line);
}


static void change_membership(struct stellar__shard *shard,
                              const struct stellar__message *message)
{
    struct stellar__room *room = room_of(shard, message);
    struct stellar_connection *session;

    if (room == NULL) {
        return;
    }
    if (message->kind == STELLAR__JOIN) {
        if (stellar__room_join_remote(room, message->id, message->time) != STELLAR_OK) {
            stellar__log(shard->options, STELLAR_LOG_ERROR, message->id,
                         "out of memory: not listed in room %s", message->name);
        }
    } else if (message->kind == STELLAR__LEAVE) {
        stellar__room_leave_remote(room, message->id);
    } else if ((session = stellar__shard_find(shard, message->id)) != NULL) {
        if (message->kind == STELLAR__ADD_MEMBER) {
            stellar__room_join(room, session);
        } else {
            stellar__room_leave(room, session);
        }
    }
}


static void change_rooms(struct stellar__shard *shard,
                         const struct stellar__message *message)
{
    if (message->kind == STELLAR__ROOM_DESTROY) {
        stellar__room_remove(shard, name_of(message));
    } else if (stellar__room_add(shard, name_of(message)) != STELLAR_OK) {
        shard->rooms_created++; /* it counts, as on the other shards */
        stellar__log(shard->options, STELLAR_LOG_ERROR, NULL,
                     "out of memory: room %s is missing on one loop", message->name);
    }
}


static void act(struct stellar__shard *shard, struct stellar__message *message)
{
    switch (message->kind) {
    case STELLAR__ROOM_CREATE:
    case STELLAR__ROOM_DESTROY:
        change_rooms(shard, message);
        break;
    case STELLAR__JOIN:
    case STELLAR__LEAVE:
    case STELLAR__ADD_MEMBER:
    case STELLAR__REMOVE_MEMBER:
        change_membership(shard, message);
        break;
    case STELLAR__DELIVER:
        tell_room(shard, message);
        break;
    case STELLAR__SEND:
        tell_connection(shard, message);
        break;
    case STELLAR__FINISHED:
        stellar__call_complete(message->call);
        break;
    case STELLAR__FUNCTION:
        atomic_fetch_sub(&shard->posted_bytes, stellar__message_size(message));
        message->function(shard->common->server, message->data);
        break;
    case STELLAR__CONFIGURE:
        shard->platform.configure(shard->platform.context,
                                  atomic_exchange(&shard->next_config, NULL));
        break;
    }
}


void stellar__message_deliver(struct stellar__shard *shard,
                              struct stellar__message *message)
{
    bool is_embedded = message->is_embedded; /* if so, acting on it frees it */

    if (message->from != NULL) {
        atomic_fetch_sub(&shard->mailbox_bytes, stellar__message_size(message));
    }
    act(shard, message);
    if (!is_embedded) {
        stellar__release(shard->common->memory, message);
    }
}
