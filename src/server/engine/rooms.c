#include "rooms.h"

#include "batch.h"
#include "delivery.h"
#include "lifecycle.h"
#include "member.h"
#include "message.h"

/*
 * Implementation notes. A room has two lists of members, in the order of joining:
 * `locals`, the sessions of this shard, which get the lines, and `remotes`, those of
 * other shards, which are only counted and listed. A local member is also on its
 * session's list. The shard's table of all members says whether a session is in a room.
 *
 * `leave_message` is a list of messages that tell the other shards that a member has
 * left. They are made when it joins, because leaving must not fail.
 */


struct stellar__room *stellar__room_find(struct stellar__shard *shard,
                                         struct stellar_slice name)
{
    struct stellar__room *room;

    HASH_FIND(hh, shard->rooms, name.data, name.length, room);
    return room;
}


const char *stellar__room_name(const struct stellar__room *room)
{
    return room->name;
}


struct stellar__shard *stellar__room_shard(const struct stellar__room *room)
{
    return room->shard;
}


uint64_t stellar__room_serial(const struct stellar__room *room)
{
    return room->serial;
}


size_t stellar__room_count(const struct stellar__room *room)
{
    return room->locals.count + room->remotes.count;
}


void stellar__room_retain(struct stellar__room *room)
{
    room->users++;
}


void stellar__room_release(struct stellar__room *room)
{
    if (--room->users == 0) {
        stellar__release(room->shard->common->memory, room);
    }
}


bool stellar__room_name_is_valid(struct stellar_slice name)
{
    size_t i;

    for (i = 0; i < name.length; i++) {
        unsigned char byte = (unsigned char)name.data[i];

        if (byte <= ' ' || byte == ',' || byte == 0x7f) {
            return false;
        }
    }
    return name.length > 0 && stellar_utf8_check(name.data, name.length);
}


int stellar__room_add(struct stellar__shard *shard, struct stellar_slice name)
{
    const struct stellar_allocator *uthash_memory = shard->common->memory;
    bool uthash_added = true;
    struct stellar__room *room = stellar__room_find(shard, name);

    if (room != NULL) {
        return STELLAR_ERR_EXISTS;
    }
    room =
        stellar__allocate_zero(shard->common->memory, sizeof *room + name.length + 1);
    if (room == NULL) {
        return STELLAR_ERR_NO_MEMORY;
    }
    room->shard = shard;
    room->users = 1;
    room->name_length = name.length;
    memcpy(room->name, name.data, name.length);
    HASH_ADD(hh, shard->rooms, name, name.length, room);
    if (!uthash_added) {
        stellar__release(shard->common->memory, room);
        return STELLAR_ERR_NO_MEMORY;
    }
    room->serial = ++shard->rooms_created;
    return STELLAR_OK;
}


/* Removes a member of this shard without telling other shards. The caller gets the
 * leave_message. */
static struct stellar__message *remove_local(struct stellar__member *member)
{
    struct stellar__message *leave_message = member->leave_message;

    stellar__batch_end(member->room->shard);
    STELLAR__COUNT_MORE(member->room->shard, members, (uint64_t)-1);
    stellar__member_remove(member, &member->room->locals);
    stellar__member_unlink(member);
    stellar__release(member->room->shard->common->memory, member);
    return leave_message;
}


static void remove_remote(struct stellar__room *room, struct stellar__member *member)
{
    stellar__member_remove(member, &room->remotes);
    stellar__release(room->shard->common->memory, member);
}


int stellar__room_remove(struct stellar__shard *shard, struct stellar_slice name)
{
    const struct stellar_allocator *uthash_memory = shard->common->memory;
    struct stellar__room *room = stellar__room_find(shard, name);

    if (room == NULL) {
        return STELLAR_ERR_NOT_FOUND;
    }
    while (room->locals.first !=
           NULL) { /* the room's end tells other shards about it */
        stellar__message_drop(shard->common, remove_local(room->locals.first));
    }
    while (room->remotes.first != NULL) {
        remove_remote(room, room->remotes.first);
    }
    HASH_DEL(shard->rooms, room);
    stellar__room_release(room);
    return STELLAR_OK;
}


void stellar__room_each(struct stellar__shard *shard,
                        bool (*function)(void *data, const char *room), void *data)
{
    struct stellar__room *room;

    for (room = shard->rooms; room != NULL; room = room->hh.next) {
        if (!function(data, room->name)) {
            return;
        }
    }
}


bool stellar__room_has(const struct stellar__room *room,
                       const struct stellar_connection *session)
{
    return stellar__member_find(room, session->id, false) != NULL;
}


size_t stellar__room_memberships(const struct stellar_connection *session, size_t most)
{
    const struct stellar__member *member = session->first_room;
    size_t count = 0;

    for (; member != NULL && count < most; member = member->next) {
        count++;
    }
    return count;
}


/* Makes the messages that tell the other shards that a member joins, and those for when
 * it leaves. */
static bool prepare_update(struct stellar__room *room, const char *id, uint64_t time,
                           struct stellar__message **join,
                           struct stellar__message **leave)
{
    struct stellar__content content = {
        .kind = STELLAR__JOIN,
        .name = {room->name, room->name_length},
        .serial = room->serial,
        .id = id,
        .time = time,
    };

    *leave = NULL;
    if (!stellar__message_prepare(room->shard, &content, join)) {
        return false;
    }
    content.kind = STELLAR__LEAVE;
    if (stellar__message_prepare(room->shard, &content, leave)) {
        return true;
    }
    stellar__message_drop(room->shard->common, *join);
    return false;
}


int stellar__room_join(struct stellar__room *room, struct stellar_connection *session)
{
    struct stellar__shard *shard = room->shard;
    uint64_t time = shard->platform.wall_clock(shard->platform.context);
    struct stellar__message *join;
    struct stellar__member *member;

    if (stellar__session_is_over(session)) {
        return STELLAR_ERR_NOT_FOUND; /* it has left its rooms for good */
    }
    if (stellar__room_has(room, session)) {
        return STELLAR_ERR_EXISTS;
    }
    member = stellar__allocate_zero(shard->common->memory, sizeof *member);
    if (member == NULL) {
        return STELLAR_ERR_NO_MEMORY;
    }
    if (!prepare_update(room, session->id, time, &join, &member->leave_message)) {
        stellar__release(shard->common->memory, member);
        return STELLAR_ERR_NO_MEMORY;
    }
    stellar__batch_end(shard);
    member->room = room;
    member->session = session;
    member->joined_at = time;
    stellar__member_enter(member, &room->locals);
    stellar__member_link(member, session);
    STELLAR__COUNT(shard, members);
    stellar__message_lock(shard);
    stellar__message_send(join);
    stellar__message_unlock(shard);
    return STELLAR_OK;
}


int stellar__room_leave(struct stellar__room *room, struct stellar_connection *session)
{
    struct stellar__member *member = stellar__member_find(room, session->id, false);

    if (member == NULL) {
        return STELLAR_ERR_NOT_FOUND;
    }
    stellar__message_send(remove_local(member));
    return STELLAR_OK;
}


void stellar__room_leave_all(struct stellar_connection *session)
{
    while (session->first_room != NULL) {
        stellar__message_send(remove_local(session->first_room));
    }
}


int stellar__room_join_remote(struct stellar__room *room, const char *id,
                              uint64_t joined_at)
{
    struct stellar__member *member = stellar__allocate_zero(
        room->shard->common->memory, sizeof *member + STELLAR__ID_LENGTH + 1);

    if (member == NULL) {
        return STELLAR_ERR_NO_MEMORY;
    }
    memcpy(member->id, id, STELLAR__ID_LENGTH);
    member->room = room;
    member->joined_at = joined_at;
    stellar__member_enter(member, &room->remotes);
    return STELLAR_OK;
}


void stellar__room_leave_remote(struct stellar__room *room, const char *id)
{
    struct stellar__member *member = stellar__member_find(room, id, true);

    if (member != NULL) {
        remove_remote(room, member);
    }
}


static bool has_current(const struct stellar__room *room)
{
    return room->shard->current != NULL &&
           stellar__room_has(room, room->shard->current);
}


/* Writes a line to the members on this shard. The caller writes to the current
 * session. */
static bool hand_out(struct stellar__room *room, struct stellar_slice line,
                     bool is_for_current)
{
    if (room->locals.count > (is_for_current ? 1 : 0) &&
        !stellar__batch_add(room, line)) {
        return false;
    }
    STELLAR__COUNT_MORE(room->shard, messages_delivered, room->locals.count);
    return true;
}


bool stellar__room_hear(struct stellar__room *room, struct stellar_slice line)
{
    struct stellar__shard *shard = room->shard;
    bool is_for_current = has_current(room);
    size_t mark;

    if (!hand_out(room, line, is_for_current)) {
        return false;
    }
    if (is_for_current) {
        mark = stellar__session_begin(shard->current);
        stellar__buffer_append(&shard->scratch, line.data, line.length);
        stellar__session_end(shard->current, mark);
    }
    return true;
}


/* {"message":M,"room":R,"from":ID,"context":"user","sentAt":MS} CR LF */
static void write_line(const struct stellar__room *room, const char *from,
                       struct stellar_slice message, struct stellar__buffer *out)
{
    struct stellar__shard *shard = room->shard;

    stellar__buffer_reserve(out, message.length + room->name_length + 160);
    STELLAR__APPEND_LITERAL(out, "{\"message\":");
    stellar__buffer_string(out, message.data, message.length);
    STELLAR__APPEND_LITERAL(out, ",\"room\":");
    stellar__buffer_string(out, room->name, room->name_length);
    STELLAR__APPEND_LITERAL(out, ",\"from\":");
    stellar__buffer_string(out, from, strlen(from));
    STELLAR__APPEND_LITERAL(out, ",\"context\":\"user\",\"sentAt\":");
    stellar__buffer_decimal(out, shard->platform.wall_clock(shard->platform.context));
    STELLAR__APPEND_LITERAL(out, "}\r\n");
}


/* Writes a line to the members on all shards. The caller writes to the current
 * session. */
static int spread(struct stellar__room *room, struct stellar_slice line,
                  bool is_for_current)
{
    struct stellar__shard *shard = room->shard;
    const struct stellar__content content = {
        .kind = STELLAR__DELIVER,
        .name = {room->name, room->name_length},
        .serial = room->serial,
        .bytes = line,
    };
    struct stellar__message *updates;

    if (!stellar__message_prepare(shard, &content, &updates)) {
        return STELLAR_ERR_NO_MEMORY;
    }
    if (!hand_out(room, line, is_for_current)) {
        stellar__message_drop(shard->common, updates);
        return STELLAR_ERR_NO_MEMORY;
    }
    STELLAR__COUNT(shard, messages_said);
    stellar__message_send(updates);
    return STELLAR_OK;
}


int stellar__room_say(struct stellar__shard *shard, struct stellar__room *room,
                      const char *from, struct stellar_slice message)
{
    struct stellar__buffer *scratch = &shard->scratch;
    bool is_for_current = has_current(room);
    size_t mark = scratch->length;
    int status = STELLAR_ERR_NO_MEMORY;

    write_line(room, from, message, scratch);
    if (!scratch->failed) {
        status = spread(
            room, (struct stellar_slice){scratch->data + mark, scratch->length - mark},
            is_for_current);
    }
    if (status == STELLAR_OK && is_for_current) {
        stellar__session_end(shard->current, mark);
    } else {
        stellar__buffer_cut(scratch, mark);
    }
    return status;
}


void stellar__room_members(const struct stellar__room *room,
                           bool (*function)(void *data, const char *id,
                                            uint64_t joined_at),
                           void *data)
{
    const struct stellar__member *member;

    for (member = room->locals.first; member != NULL; member = member->next_here) {
        if (!function(data, stellar__member_id(member), member->joined_at)) {
            return;
        }
    }
    for (member = room->remotes.first; member != NULL; member = member->next_here) {
        if (!function(data, stellar__member_id(member), member->joined_at)) {
            return;
        }
    }
}
