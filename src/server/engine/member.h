/*
 * Members and rooms as data: the structs, and the lists and the table that contain
 * them. rooms.h has the functions of a room.
 */
#ifndef STELLAR_SERVER_MEMBER_H
#define STELLAR_SERVER_MEMBER_H

#include "hash.h"
#include "state.h"

/* A member. The memberships of a session are a list, too, in the order of joining. */
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
    char id[]; /* of a remote one, with a NUL */
};

/* A list, in the order of joining. */
struct stellar__members {
    struct stellar__member *first;
    struct stellar__member *last;
    size_t count;
};

struct stellar__room {
    UT_hash_handle hh;
    struct stellar__shard *shard;
    struct stellar__members locals;
    struct stellar__members remotes;
    uint64_t serial;
    size_t users; /* references: the shard's table, and hooks that use its name */
    size_t name_length;
    char name[];
};

const char *stellar__member_id(const struct stellar__member *member);

/* The hash of a member in its shard's table of all. */
size_t stellar__member_hash(const struct stellar__link *link);

/* Returns the member with that id, of this shard or, if is_remote, of another one. */
struct stellar__member *stellar__member_find(const struct stellar__room *room,
                                             const char *id, bool is_remote);

/* Add a member to its room (the list of members, and the shard's table), and remove
 * it. */
void stellar__member_enter(struct stellar__member *member,
                           struct stellar__members *members);
void stellar__member_remove(struct stellar__member *member,
                            struct stellar__members *members);

/* Likewise for its session's list. */
void stellar__member_link(struct stellar__member *member,
                          struct stellar_connection *session);
void stellar__member_unlink(struct stellar__member *member);

#endif
