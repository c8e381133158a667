#include "rooms.h"

#include "batch.h"
#include "hash.h"
#include "message.h"
#include "session.h"

/*
 * Implementation notes. A room has two lists of members, in the order of joining:
 * `locals`, the sessions of this shard, which are sent to, and `remotes`, those of
 * other shards, which are only counted and listed. A local member is also on its
 * session's list. Whether somebody is in a room is asked of the shard's table of all
 * members.
 *
 * `leave_message` are the messages that tell the other shards that a member has left.
 * They are made when it joins, since leaving must not fail.
 */

struct stellar__member {
    struct stellar__link link; /* in the shard's table, by room and id */
    struct stellar__room *room;
    struct stellar__member *next_here; /* in locals or remotes */
    struct stellar__member *previous_here;
    struct stellar_connection *session; /* NULL for a remote one */
    struct stellar__member *next;       /* in the session's list */
    struct stellar__member *previous;
    struct stellar__message *leave_message;
    uint64_t joined_at;
    char id[]; /* of a remote one, NUL-terminated */
};

struct members {
    struct stellar__member *first;
    struct stellar__member *last;
    size_t count;
};

struct stellar__room {
    UT_hash_handle hh;
    struct stellar__shard *shard;
    struct members locals;
    struct members remotes;
    uint64_t serial;
    size_t users; /* the shard's table, and hooks that have its name */
    size_t name_length;
    char name[];
};

#define MEMBER_OF(link_)                                          \
    ((struct stellar__member *)(void *)((char *)(link_)-offsetof( \
        struct stellar__member, link)))


static const char *id_of(const struct stellar__member *member)
{
    return member->session != NULL ? member->session->id : member->id;
}


static size_t hash_of(const struct stellar__room *room, const char *id)
{
    return stellar__id_hash(id) ^
           (size_t)(((uint64_t)(uintptr_t)room * UINT64_C(0x9e3779b97f4a7c15)) >> 36);
}


size_t stellar__member_hash(const struct stellar__link *link)
{
    return hash_of(MEMBER_OF(link)->room, id_of(MEMBER_OF(link)));
}


/* The member of that id, of this shard or, if is_remote, of another one. */
static struct stellar__member *find(const struct stellar__room *room, const char *id,
                                    bool is_remote)
{
    struct stellar__link *link =
        stellar__table_chain(&room->shard->members, hash_of(room, id));

    for (; link != NULL; link = link->next) {
        struct stellar__member *member = MEMBER_OF(link);

        if (member->room == room && (member->session == NULL) == is_remote &&
            memcmp(id_of(member), id, STELLAR__ID_LENGTH) == 0) {
            return member;
        }
    }
    return NULL;
}


/* Enters a member into its room: the list of members, and the shard's table. */
static void enter(struct stellar__member *member, struct members *members)
{
    member->previous_here = members->last;
    if (members->last != NULL) {
        members->last->next_here = member;
    } else {
        members->first = member;
    }
    members->last = member;
    members->count++;
    stellar__table_add(&member->room->shard->members, &member->link);
}


static void remove_from(struct members *members, struct stellar__member *member)
{
    if (member->previous_here != NULL) {
        member->previous_here->next_here = member->next_here;
    } else {
        members->first = member->next_here;
    }
    if (member->next_here != NULL) {
        member->next_here->previous_here = member->previous_here;
    } else {
        members->last = member->previous_here;
    }
    members->count--;
    stellar__table_remove(&member->room->shard->members, &member->link);
}


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


static void unlink_member(struct stellar__member *member)
{
    struct stellar_connection *session = member->session;

    if (member->previous != NULL) {
        member->previous->next = member->next;
    } else {
        session->first_room = member->next;
    }
    if (member->next != NULL) {
        member->next->previous = member->previous;
    } else {
        session->last_room = member->previous;
    }
}


/* Takes a member of this shard out, telling nobody; the leave_message is the caller's.
 */
static struct stellar__message *remove_local(struct stellar__member *member)
{
    struct stellar__message *leave_message = member->leave_message;

    stellar__batch_end(member->room->shard);
    STELLAR__COUNT_MORE(member->room->shard, members, (uint64_t)-1);
    remove_from(&member->room->locals, member);
    unlink_member(member);
    stellar__release(member->room->shard->common->memory, member);
    return leave_message;
}


static void remove_remote(struct stellar__room *room, struct stellar__member *member)
{
    remove_from(&room->remotes, member);
    stellar__release(room->shard->common->memory, member);
}


int stellar__room_remove(struct stellar__shard *shard, struct stellar_slice name)
{
    const struct stellar_allocator *uthash_memory = shard->common->memory;
    struct stellar__room *room = stellar__room_find(shard, name);

    if (room == NULL) {
        return STELLAR_ERR_NOT_FOUND;
    }
    while (room->locals.first != NULL) { /* other shards see it by the room's end */
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
    return find(room, session->id, false) != NULL;
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


static void link_member(struct stellar__member *member,
                        struct stellar_connection *session)
{
    member->previous = session->last_room;
    if (session->last_room != NULL) {
        session->last_room->next = member;
    } else {
        session->first_room = member;
    }
    session->last_room = member;
}


/* Messages that tell the other shards of a joining, and those that will tell of the
 * leaving. */
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
    enter(member, &room->locals);
    link_member(member, session);
    STELLAR__COUNT(shard, members);
    stellar__message_lock(shard);
    stellar__message_send(join);
    stellar__message_unlock(shard);
    return STELLAR_OK;
}


int stellar__room_leave(struct stellar__room *room, struct stellar_connection *session)
{
    struct stellar__member *member = find(room, session->id, false);

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
    enter(member, &room->remotes);
    return STELLAR_OK;
}


void stellar__room_leave_remote(struct stellar__room *room, const char *id)
{
    struct stellar__member *member = find(room, id, true);

    if (member != NULL) {
        remove_remote(room, member);
    }
}


/* What a delivery costs, in bytes of answers to the one who speaks: a piece and a write
 * for each member, and bytes that only the kernel copies. */
static uint64_t work_of(const struct stellar__shared *lines)
{
    return 512 + lines->length / 4;
}


void stellar__room_deliver(struct stellar__room *room, struct stellar__shared *lines)
{
    const struct stellar_connection *current = room->shard->current;
    struct stellar__member *member;

    room->shard->caused += room->locals.count * work_of(lines);
    for (member = room->locals.first; member != NULL; member = member->next_here) {
        if (member->session != current) {
            stellar__session_deliver(member->session, lines);
        }
    }
}


static bool has_current(const struct stellar__room *room)
{
    return room->shard->current != NULL &&
           stellar__room_has(room, room->shard->current);
}


/* A line for the members on this shard; the current session's copy is the caller's. */
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


/* Hands a line to the members on all shards; the current session's copy is the
 * caller's.
 */
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
        if (!function(data, id_of(member), member->joined_at)) {
            return;
        }
    }
    for (member = room->remotes.first; member != NULL; member = member->next_here) {
        if (!function(data, id_of(member), member->joined_at)) {
            return;
        }
    }
}


void stellar__room_write_names(const struct stellar_connection *session,
                               struct stellar__buffer *out)
{
    const struct stellar__member *member;

    STELLAR__APPEND_LITERAL(out, "[");
    for (member = session->first_room; member != NULL; member = member->next) {
        if (member->previous != NULL) {
            STELLAR__APPEND_LITERAL(out, ",");
        }
        stellar__buffer_string(out, member->room->name, member->room->name_length);
    }
    STELLAR__APPEND_LITERAL(out, "]");
}


void stellar__room_write_all_members(const struct stellar_connection *session,
                                     struct stellar__buffer *out)
{
    const struct stellar__member *member;

    STELLAR__APPEND_LITERAL(out, "{");
    for (member = session->first_room; member != NULL; member = member->next) {
        if (member->previous != NULL) {
            STELLAR__APPEND_LITERAL(out, ",");
        }
        stellar__buffer_string(out, member->room->name, member->room->name_length);
        STELLAR__APPEND_LITERAL(out, ":");
        stellar__room_write_members(member->room, out);
    }
    STELLAR__APPEND_LITERAL(out, "}");
}
