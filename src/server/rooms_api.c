/* The public functions on rooms and connections, which act on the caller's loop and
 * tell the others. */
#include "answer.h"
#include "message.h"
#include "server_internal.h"

#define NO_SLICE ((struct stellar_slice){NULL, 0})


/* Changes the rooms on this hub, in the one order that all hubs see, and tells the
 * others. */
static int change_rooms(struct stellar__hub *hub, enum stellar__message_kind kind,
                        struct stellar_slice name)
{
    struct stellar__message *news;
    int status;

    if (!stellar__message_prepare(hub, kind, name, NULL, NO_SLICE, 0, &news))
        return STELLAR_ERR_NO_MEMORY;
    stellar__message_lock(hub);
    if (news != NULL)
        hub->platform.catch_up(hub->platform.context);
    status = kind == STELLAR__ROOM_CREATE ? stellar__room_add(hub, name)
                                          : stellar__room_remove(hub, name);
    if (status == STELLAR_OK) {
        /* Here only, though all hubs know the room. */
        STELLAR__COUNT_MORE(hub, rooms,
                            kind == STELLAR__ROOM_CREATE ? 1 : (uint64_t)-1);
        stellar__message_send(news);
    }
    stellar__message_unlock(hub);
    if (status != STELLAR_OK)
        stellar__message_drop(hub->common, news);
    return status;
}


int stellar_room_create(struct stellar_server *server, const char *room)
{
    struct stellar_slice name = stellar__slice(room);

    if (!stellar__room_name_is_valid(name))
        return STELLAR_ERR_INVALID;
    return change_rooms(stellar__server_hub(server), STELLAR__ROOM_CREATE, name);
}


int stellar_room_destroy(struct stellar_server *server, const char *room)
{
    return change_rooms(stellar__server_hub(server), STELLAR__ROOM_DESTROY,
                        stellar__slice(room));
}


bool stellar_room_exists(struct stellar_server *server, const char *room)
{
    return stellar__room_find(stellar__server_hub(server), stellar__slice(room)) !=
           NULL;
}


void stellar_room_list(struct stellar_server *server,
                       bool (*function)(void *data, const char *room), void *data)
{
    stellar__room_each(stellar__server_hub(server), function, data);
}


int64_t stellar_room_status(struct stellar_server *server, const char *room,
                            bool (*function)(void *data, const char *id,
                                             uint64_t joined_at),
                            void *data)
{
    struct stellar__room *found =
        stellar__room_find(stellar__server_hub(server), stellar__slice(room));

    if (found == NULL)
        return STELLAR_ERR_NOT_FOUND;
    if (function != NULL)
        stellar__room_members(found, function, data);
    return (int64_t)stellar__room_count(found);
}


/* An id as the table of connections is keyed: 36 characters. */
static bool is_id(const char *id)
{
    return strlen(id) == 36;
}


/* Sends one message, about a connection that is not on this loop, to all others. */
static int ask_others(struct stellar__hub *hub, enum stellar__message_kind kind,
                      struct stellar_slice name, const char *id,
                      struct stellar_slice bytes)
{
    struct stellar__message *news;

    if (!stellar__message_prepare(hub, kind, name, id, bytes, 0, &news))
        return STELLAR_ERR_NO_MEMORY;
    stellar__message_send(news);
    return STELLAR_OK;
}


int stellar_room_add_member(struct stellar_server *server, const char *room,
                            const char *id)
{
    struct stellar__hub *hub = stellar__server_hub(server);
    struct stellar__room *found = stellar__room_find(hub, stellar__slice(room));
    struct stellar_connection *session;

    if (found == NULL || !is_id(id))
        return STELLAR_ERR_NOT_FOUND;
    session = stellar__hub_find(hub, id);
    if (session != NULL)
        return stellar__room_join(found, session);
    return ask_others(hub, STELLAR__ADD_MEMBER, stellar__slice(room), id, NO_SLICE);
}


int stellar_room_remove_member(struct stellar_server *server, const char *room,
                               const char *id)
{
    struct stellar__hub *hub = stellar__server_hub(server);
    struct stellar__room *found = stellar__room_find(hub, stellar__slice(room));
    struct stellar_connection *session;

    if (found == NULL || !is_id(id))
        return STELLAR_ERR_NOT_FOUND;
    session = stellar__hub_find(hub, id);
    if (session != NULL)
        return stellar__room_leave(found, session);
    return ask_others(hub, STELLAR__REMOVE_MEMBER, stellar__slice(room), id, NO_SLICE);
}


int stellar_room_broadcast(struct stellar_server *server, const char *room,
                           const char *message, size_t length)
{
    struct stellar__hub *hub = stellar__server_hub(server);
    struct stellar__room *found = stellar__room_find(hub, stellar__slice(room));

    if (found == NULL)
        return STELLAR_ERR_NOT_FOUND;
    if (!stellar_utf8_check(message, length))
        return STELLAR_ERR_INVALID;
    return stellar__room_say(hub, found, stellar_server_id(server),
                             (struct stellar_slice){message, length});
}


int stellar_server_send(struct stellar_server *server, const char *id, const char *json,
                        size_t length)
{
    struct stellar__hub *hub = stellar__server_hub(server);
    struct stellar_connection *session = is_id(id) ? stellar__hub_find(hub, id) : NULL;
    struct stellar__shared *line;
    int status = STELLAR_OK;

    if (!stellar_json_check(json, length, NULL))
        return STELLAR_ERR_INVALID;
    line = stellar__shared_new(&server->memory, NULL, length + 2);
    if (line == NULL)
        return STELLAR_ERR_NO_MEMORY;
    line->length =
        stellar_json_minify((struct stellar_slice){json, length}, line->data);
    memcpy(line->data + line->length, "\r\n", 2);
    line->length += 2;
    if (line->data[0] != '{')
        status = STELLAR_ERR_INVALID;
    else if (session != NULL)
        stellar__session_deliver(session, line);
    else if (is_id(id))
        status = ask_others(hub, STELLAR__SEND, NO_SLICE, id,
                            (struct stellar_slice){line->data, line->length});
    stellar__shared_drop(line);
    return status;
}
