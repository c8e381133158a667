/* The public functions on rooms and connections, which act on the caller's loop and
 * tell the others. */
#include "delivery.h"
#include "message.h"
#include "registry.h"
#include "rooms.h"
#include "server_internal.h"


/* The caller's shard, which has now seen all that was done before on any shard; or
 * NULL: the caller is on the wrong thread. */
static struct stellar__shard *enter(struct stellar_server *server)
{
    struct stellar__shard *shard = stellar__server_shard(server);

    if (shard != NULL) {
        stellar__message_sync(shard);
    }
    return shard;
}


/* The caller's shard and, on it, a room. 0, THREAD or NOT_FOUND. */
static int find_room(struct stellar_server *server, const char *name,
                     struct stellar__shard **shard, struct stellar__room **room)
{
    *shard = enter(server);
    if (*shard == NULL) {
        return STELLAR_ERR_THREAD;
    }
    *room = stellar__room_find(*shard, stellar__slice(name));
    return *room != NULL ? STELLAR_OK : STELLAR_ERR_NOT_FOUND;
}


/* Changes the rooms on this shard, in the one order that all shards see. The shard
 * catches up again, as updates may have come until it had the lock. Those are few, so
 * that other shards do not wait long for the lock. */
static int change_in_order(struct stellar__shard *shard,
                           enum stellar__message_kind kind, struct stellar_slice name,
                           struct stellar__message *updates)
{
    int status;

    stellar__message_lock(shard);
    stellar__message_sync(shard);
    status = kind == STELLAR__ROOM_CREATE ? stellar__room_add(shard, name)
                                          : stellar__room_remove(shard, name);
    if (status == STELLAR_OK) {
        stellar__message_send(updates);
    }
    stellar__message_unlock(shard);
    return status;
}


/* Changes the rooms on this shard and tells the others. */
static int change_rooms(struct stellar__shard *shard, enum stellar__message_kind kind,
                        struct stellar_slice name)
{
    const struct stellar__content content = {.kind = kind, .name = name};
    struct stellar__message *updates;
    int status;

    if (shard == NULL) {
        return STELLAR_ERR_THREAD;
    }
    if (kind == STELLAR__ROOM_CREATE && !stellar__room_name_is_valid(name)) {
        return STELLAR_ERR_INVALID;
    }
    if (shard->room_listings > 0 || shard->member_listings > 0 ||
        stellar__message_is_full(shard)) {
        return STELLAR_ERR_BUSY;
    }
    if (!stellar__message_prepare(shard, &content, &updates)) {
        return STELLAR_ERR_NO_MEMORY;
    }
    status = change_in_order(shard, kind, name, updates);
    if (status == STELLAR_OK) { /* here only, though all shards know the room */
        STELLAR__COUNT_MORE(shard, rooms,
                            kind == STELLAR__ROOM_CREATE ? 1 : (uint64_t)-1);
    } else {
        stellar__message_drop(shard->common, updates);
    }
    return status;
}


int stellar_room_create(struct stellar_server *server, const char *room)
{
    return change_rooms(enter(server), STELLAR__ROOM_CREATE, stellar__slice(room));
}


int stellar_room_destroy(struct stellar_server *server, const char *room)
{
    return change_rooms(enter(server), STELLAR__ROOM_DESTROY, stellar__slice(room));
}


bool stellar_room_exists(struct stellar_server *server, const char *room)
{
    struct stellar__shard *shard;
    struct stellar__room *found;

    return find_room(server, room, &shard, &found) == STELLAR_OK;
}


void stellar_room_list(struct stellar_server *server,
                       bool (*function)(void *data, const char *room), void *data)
{
    struct stellar__shard *shard = enter(server);

    if (shard == NULL) {
        return;
    }
    shard->room_listings++;
    stellar__room_each(shard, function, data);
    shard->room_listings--;
}


int64_t stellar_room_status(struct stellar_server *server, const char *room,
                            bool (*function)(void *data, const char *id,
                                             uint64_t joined_at),
                            void *data)
{
    struct stellar__shard *shard;
    struct stellar__room *found;
    int status = find_room(server, room, &shard, &found);

    if (status != STELLAR_OK) {
        return status;
    }
    if (function != NULL) {
        shard->member_listings++;
        stellar__room_members(found, function, data);
        shard->member_listings--;
    }
    return (int64_t)stellar__room_count(found);
}


/* An id as the table of connections is keyed: 36 characters. */
static bool is_id(const char *id)
{
    return strlen(id) == 36;
}


/* Sends one message, about a connection that is not on this loop, to all others. */
static int ask_others(struct stellar__shard *shard,
                      const struct stellar__content *content)
{
    struct stellar__message *updates;

    if (!stellar__message_prepare(shard, content, &updates)) {
        return STELLAR_ERR_NO_MEMORY;
    }
    stellar__message_lock(shard);
    stellar__message_send(updates);
    stellar__message_unlock(shard);
    return STELLAR_OK;
}


/* Puts a connection into a room, or out of it, here or where it is. */
static int change_member(struct stellar_server *server, enum stellar__message_kind kind,
                         const char *name, const char *id)
{
    struct stellar__content content = {
        .kind = kind, .name = stellar__slice(name), .id = id};
    struct stellar__shard *shard;
    struct stellar__room *room;
    struct stellar_connection *session;
    int status = find_room(server, name, &shard, &room);

    if (status != STELLAR_OK) {
        return status;
    }
    if (!is_id(id)) {
        return STELLAR_ERR_NOT_FOUND;
    }
    if (shard->member_listings > 0 || stellar__message_is_full(shard)) {
        return STELLAR_ERR_BUSY;
    }
    session = stellar__shard_find(shard, id);
    if (session == NULL) {
        content.serial = stellar__room_serial(room);
        return ask_others(shard, &content);
    }
    return kind == STELLAR__ADD_MEMBER ? stellar__room_join(room, session)
                                       : stellar__room_leave(room, session);
}


int stellar_room_add_member(struct stellar_server *server, const char *room,
                            const char *id)
{
    return change_member(server, STELLAR__ADD_MEMBER, room, id);
}


int stellar_room_remove_member(struct stellar_server *server, const char *room,
                               const char *id)
{
    return change_member(server, STELLAR__REMOVE_MEMBER, room, id);
}


int stellar_room_broadcast(struct stellar_server *server, const char *room,
                           const char *message, size_t length)
{
    struct stellar__shard *shard;
    struct stellar__room *found;
    int status = find_room(server, room, &shard, &found);

    if (status != STELLAR_OK) {
        return status;
    }
    if (!stellar_utf8_check(message, length)) {
        return STELLAR_ERR_INVALID;
    }
    if (stellar__message_is_full(shard)) {
        return STELLAR_ERR_BUSY;
    }
    return stellar__room_say(shard, found, stellar_server_id(server),
                             (struct stellar_slice){message, length});
}


/* A valid JSON text as a line of output; NULL: no memory. */
static struct stellar__shared *new_line(const struct stellar_allocator *memory,
                                        struct stellar_slice json)
{
    size_t size = stellar__json_size(json);
    struct stellar__shared *line = stellar__shared_new(memory, NULL, size + 2);

    if (line == NULL) {
        return NULL;
    }
    line->length = stellar__put_json(line->data, json, size);
    memcpy(line->data + line->length, "\r\n", 2);
    line->length += 2;
    return line;
}


int stellar_server_send(struct stellar_server *server, const char *id, const char *json,
                        size_t length)
{
    struct stellar__shard *shard = enter(server);
    struct stellar__content content = {.kind = STELLAR__SEND, .id = id};
    struct stellar_connection *session;
    struct stellar__shared *line;
    int status = STELLAR_OK;

    if (shard == NULL) {
        return STELLAR_ERR_THREAD;
    }
    if (!stellar_json_check(json, length, NULL)) {
        return STELLAR_ERR_INVALID;
    }
    session = is_id(id) ? stellar__shard_find(shard, id) : NULL;
    if (session == NULL && stellar__message_is_full(shard)) {
        return STELLAR_ERR_BUSY;
    }
    line = new_line(&server->memory, (struct stellar_slice){json, length});
    if (line == NULL) {
        return STELLAR_ERR_NO_MEMORY;
    }
    if (line->data[0] != '{') {
        status = STELLAR_ERR_INVALID;
    } else if (session != NULL) {
        stellar__session_deliver(session, line);
    }
    content.bytes = (struct stellar_slice){line->data, line->length};
    if (status == STELLAR_OK && session == NULL && is_id(id)) {
        status = ask_others(shard, &content);
    }
    stellar__shared_release(line);
    return status;
}
