/*
 * The sessions of a shard by their ids; and functions that ask a shard or a session
 * without changing it.
 */
#ifndef STELLAR_SERVER_REGISTRY_H
#define STELLAR_SERVER_REGISTRY_H

#include "state.h"

/* The hash of a session in its shard's table of all. */
size_t stellar__session_hash(const struct stellar__link *link);

/* Writes a new UUID v4 (RFC 9562) as text, with a NUL. Returns false without
 * entropy. */
bool stellar__shard_new_id(struct stellar__shard *shard, char id[37]);

/* Add and remove a session. */
void stellar__shard_add(struct stellar__shard *shard,
                        struct stellar_connection *session);
void stellar__shard_remove(struct stellar__shard *shard,
                           struct stellar_connection *session);

/* Returns NULL if no session of this shard has that id. */
struct stellar_connection *stellar__shard_find(struct stellar__shard *shard,
                                               const char *id);

/* Returns when the loop began its current work, in microseconds. */
uint64_t stellar__shard_iteration(struct stellar__shard *shard);

/* Returns the client's identity, if the transport knows it. */
struct stellar__identity stellar__session_identity(
    const struct stellar_connection *session);

#endif
