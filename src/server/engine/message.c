#include "message.h"

#include "call.h"
#include "rooms.h"
#include "session.h"


struct stellar__message *stellar__message_new(const struct stellar__common *common,
                                              const struct stellar__content *content)
{
    struct stellar_slice name = content->name;
    struct stellar_slice bytes = content->bytes;
    struct stellar__message *message;

    message = stellar__allocate_zero(common->memory,
                                     sizeof *message + name.length + 1 + bytes.length);
    if (message == NULL) {
        return NULL;
    }
    message->kind = content->kind;
    message->serial = content->serial;
    message->time = content->time;
    message->name = (char *)(message + 1);
    message->name_length = name.length;
    message->bytes = message->name + name.length + 1;
    message->length = bytes.length;
    if (name.length > 0) {
        memcpy(message->name, name.data, name.length);
    }
    if (bytes.length > 0) {
        memcpy(message->name + name.length + 1, bytes.data, bytes.length);
    }
    if (content->id != NULL) {
        memcpy(message->id, content->id, sizeof message->id);
    }
    return message;
}


bool stellar__message_prepare(struct stellar__shard *from,
                              const struct stellar__content *content,
                              struct stellar__message **list)
{
    const struct stellar__common *common = from->common;
    unsigned i;

    *list = NULL;
    for (i = 0; i < common->shard_count; i++) {
        struct stellar__message *message;

        if (common->shards[i] == from) {
            continue;
        }
        message = stellar__message_new(common, content);
        if (message == NULL) {
            stellar__message_drop(common, *list);
            *list = NULL;
            return false;
        }
        message->shard = common->shards[i];
        message->from = from;
        message->next = *list;
        *list = message;
    }
    return true;
}


static size_t size_of(const struct stellar__message *message)
{
    return sizeof *message + message->name_length + 1 + message->length;
}


static void count_mailbox(const struct stellar__message *message)
{
    size_t size = size_of(message);
    size_t before;

    if (message->from == NULL) {
        return;
    }
    before = atomic_fetch_add(&message->shard->mailbox_bytes, size);
    if (before + size > message->from->options->mail_limit) {
        message->from->is_congested = true;
    }
}


bool stellar__message_is_congested(const struct stellar__shard *shard, size_t bytes)
{
    unsigned i;

    for (i = 0; i < shard->common->shard_count; i++) {
        const struct stellar__shard *other = shard->common->shards[i];

        if (other != shard && atomic_load(&other->mailbox_bytes) > bytes) {
            return true;
        }
    }
    return false;
}


/* Before the server runs, the thread that made it has all shards, and nobody could
 * catch up: they are not full for it. */
bool stellar__message_is_full(const struct stellar__shard *shard)
{
    size_t limit = shard->options->mail_limit;
    unsigned i;

    for (i = 0; i < shard->common->shard_count; i++) {
        const struct stellar__shard *other = shard->common->shards[i];

        if (atomic_load(&other->mailbox_bytes) / 2 > limit &&
            !other->platform.is_own_thread(other->platform.context)) {
            return true;
        }
    }
    return false;
}


void stellar__message_send(struct stellar__message *list)
{
    while (list != NULL) {
        struct stellar__message *message = list;

        list = message->next;
        message->next = NULL;
        count_mailbox(message);
        message->shard->platform.post(message->shard->platform.context, message);
    }
}


void stellar__message_drop(const struct stellar__common *common,
                           struct stellar__message *list)
{
    while (list != NULL) {
        struct stellar__message *next = list->next;

        stellar__release(common->memory, list);
        list = next;
    }
}


int stellar__message_post(struct stellar__shard *shard,
                          void (*function)(struct stellar_server *server, void *data),
                          void *data)
{
    const struct stellar__content content = {.kind = STELLAR__FUNCTION};
    struct stellar__message *message;

    if (atomic_load(&shard->posted_bytes) > atomic_load(&shard->mail_limit)) {
        return STELLAR_ERR_BUSY;
    }
    message = stellar__message_new(shard->common, &content);
    if (message == NULL) {
        return STELLAR_ERR_NO_MEMORY;
    }
    message->function = function;
    message->data = data;
    atomic_fetch_add(&shard->posted_bytes, size_of(message));
    if (shard->platform.post(shard->platform.context, message)) {
        return STELLAR_OK;
    }
    atomic_fetch_sub(&shard->posted_bytes, size_of(message));
    stellar__release(shard->common->memory, message);
    return STELLAR_ERR_INVALID;
}


struct stellar__message *stellar__message_reverse(struct stellar__message *list)
{
    struct stellar__message *reversed = NULL;

    while (list != NULL) {
        struct stellar__message *next = list->next;

        list->next = reversed;
        reversed = list;
        list = next;
    }
    return reversed;
}


bool stellar__message_is_update(const struct stellar__message *message)
{
    switch (message->kind) {
    case STELLAR__ROOM_CREATE:
    case STELLAR__ROOM_DESTROY:
    case STELLAR__JOIN:
    case STELLAR__LEAVE:
    case STELLAR__DELIVER:
    case STELLAR__SEND:
    case STELLAR__ADD_MEMBER:
    case STELLAR__REMOVE_MEMBER:
        return true;
    case STELLAR__FINISHED:
    case STELLAR__FUNCTION:
    case STELLAR__CONFIGURE:
        break;
    }
    return false;
}


void stellar__message_sync(struct stellar__shard *shard)
{
    if (shard->common->shard_count > 1 && shard->room_listings == 0 &&
        shard->member_listings == 0) {
        shard->platform.sync_mailbox(shard->platform.context);
    }
}


void stellar__message_lock(struct stellar__shard *shard)
{
    if (shard->common->shard_count > 1 && shard->locks++ == 0) {
        shard->platform.lock_updates(shard->platform.context, true);
    }
}


void stellar__message_unlock(struct stellar__shard *shard)
{
    if (shard->common->shard_count > 1 && --shard->locks == 0) {
        shard->platform.lock_updates(shard->platform.context, false);
    }
}


static struct stellar_slice name_of(const struct stellar__message *message)
{
    return (struct stellar_slice){message->name, message->name_length};
}


static struct stellar_slice bytes_of(const struct stellar__message *message)
{
    return (struct stellar_slice){message->bytes, message->length};
}


/* The room that a message is about; NULL: it is gone, whatever has its name now. */
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
        shard->rooms_created++; /* it is counted as on the other shards */
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
        atomic_fetch_sub(&shard->posted_bytes, size_of(message));
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
    bool is_embedded = message->is_embedded; /* then acting on it frees it */

    if (message->from != NULL) {
        atomic_fetch_sub(&shard->mailbox_bytes, size_of(message));
    }
    act(shard, message);
    if (!is_embedded) {
        stellar__release(shard->common->memory, message);
    }
}
