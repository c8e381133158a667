/*
 * The sessions of a shard by their ids; and what is asked of a shard or a session
 * without changing it.
 */
#ifndef STELLAR_SERVER_REGISTRY_H
#define STELLAR_SERVER_REGISTRY_H

#include "state.h"

/* The hash of a session in its shard's table of all. */
size_t stellar__session_hash(const struct stellar__link *link);

/* A new UUID v4 (RFC 9562) in text form, NUL-terminated. False: no entropy. */
bool stellar__shard_new_id(struct stellar__shard *shard, char id[37]);

/* A session is there, or is gone. */
void stellar__shard_add(struct stellar__shard *shard,
                        struct stellar_connection *session);
void stellar__shard_remove(struct stellar__shard *shard,
                           struct stellar_connection *session);

/* NULL if no session of this shard has that id. */
struct stellar_connection *stellar__shard_find(struct stellar__shard *shard,
                                               const char *id);

/* When the loop turned to what it now does, in microseconds. */
uint64_t stellar__shard_iteration(struct stellar__shard *shard);

/* Who the client is, as far as the transport knows. */
struct stellar__identity stellar__session_identity(
    const struct stellar_connection *session);

#endif
