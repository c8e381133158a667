#include "message.h"


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


size_t stellar__message_size(const struct stellar__message *message)
{
    return sizeof *message + message->name_length + 1 + message->length;
}


static void count_mailbox(const struct stellar__message *message)
{
    size_t size = stellar__message_size(message);
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


/* Before the server runs, its creator's thread has all shards, and none could catch up.
 * So they do not count as full then. */
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
    atomic_fetch_add(&shard->posted_bytes, stellar__message_size(message));
    if (shard->platform.post(shard->platform.context, message)) {
        return STELLAR_OK;
    }
    atomic_fetch_sub(&shard->posted_bytes, stellar__message_size(message));
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
