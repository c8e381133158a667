/*
 * A shard's copy of all rooms. Each shard knows all rooms and all members. It knows
 * members on other loops only as an id and a time, and sends only to its own members.
 * So questions are answered at once and without a lock, and changes travel as messages
 * (message.h).
 *
 * Names are slices without a NUL, because they come from the wire.
 */
#ifndef STELLAR_SERVER_ROOMS_H
#define STELLAR_SERVER_ROOMS_H

#include "state.h"

/* Returns NULL if there is none. */
struct stellar__room *stellar__room_find(struct stellar__shard *shard,
                                         struct stellar_slice name);
const char *stellar__room_name(const struct stellar__room *room);
size_t stellar__room_count(const struct stellar__room *room);
struct stellar__shard *stellar__room_shard(const struct stellar__room *room);
/* Returns its number among all rooms that were ever created, the same on all shards. */
uint64_t stellar__room_serial(const struct stellar__room *room);

/* A room that is retained keeps its memory, and so its name, until it is released, even
 * if it is removed in the meantime. */
void stellar__room_retain(struct stellar__room *room);
void stellar__room_release(struct stellar__room *room);

/* For this shard only. Results: 0, EXISTS, NOT_FOUND, NO_MEMORY. */
int stellar__room_add(struct stellar__shard *shard, struct stellar_slice name);
int stellar__room_remove(struct stellar__shard *shard, struct stellar_slice name);
/* Returns whether this can be the name of a room. */
bool stellar__room_name_is_valid(struct stellar_slice name);
/* Calls function for each room in the order of creation until it returns false. */
void stellar__room_each(struct stellar__shard *shard,
                        bool (*function)(void *data, const char *room), void *data);

bool stellar__room_has(const struct stellar__room *room,
                       const struct stellar_connection *session);

/* Returns in how many rooms a session is; counts no further than most. */
size_t stellar__room_memberships(const struct stellar_connection *session, size_t most);

/* A session of this shard joins or leaves, and messages tell the other shards. Join
 * returns 0, EXISTS, NO_MEMORY, or NOT_FOUND for a session that has ended. Leave
 * returns 0 or NOT_FOUND. */
int stellar__room_join(struct stellar__room *room, struct stellar_connection *session);
int stellar__room_leave(struct stellar__room *room, struct stellar_connection *session);
/* Leaves all rooms. */
void stellar__room_leave_all(struct stellar_connection *session);

/* A connection of another shard has joined or left. */
int stellar__room_join_remote(struct stellar__room *room, const char *id,
                              uint64_t joined_at);
void stellar__room_leave_remote(struct stellar__room *room, const char *id);

/* A line came from another shard. Writes it to the members on this shard. Returns false
 * if there is no memory. */
bool stellar__room_hear(struct stellar__room *room, struct stellar_slice line);

/* Says something to all members on all shards. Returns 0 or NO_MEMORY. */
int stellar__room_say(struct stellar__shard *shard, struct stellar__room *room,
                      const char *from, struct stellar_slice message);

/* Calls function for each member until it returns false. */
void stellar__room_members(const struct stellar__room *room,
                           bool (*function)(void *data, const char *id,
                                            uint64_t joined_at),
                           void *data);

#endif
