/*
 * A configuration: the options that a shard uses after they have changed.
 * Each shard gets a configuration of its own, so that counting who uses it needs no
 * atomics: the shard, until it gets the next, and each line that was begun under it,
 * which is judged to its end by the limits of its beginning.
 */
#ifndef STELLAR_SERVER_CONFIG_H
#define STELLAR_SERVER_CONFIG_H

#include "message.h"

struct stellar__tls_context;

struct stellar__config {
    struct stellar_server_options options;
    struct stellar_framing framing;
    struct stellar__tls_context *tls; /* for the shard's loop to take, or NULL */
    struct stellar__shard *shard;     /* whose it is to be */
    struct stellar__message *message; /* that tells the shard of it; until it is sent */
    struct stellar__config *next;     /* in a list of those to be sent */
    size_t users;
    char texts[]; /* the options' strings */
};

/* One for a shard, with one user, and the message that tells the shard. Strings that
 * can change are copied; whatever else in the options points somewhere is the caller's,
 * and must outlive the server. NULL: no memory. */
struct stellar__config *stellar__config_new(
    struct stellar__shard *shard, const struct stellar_server_options *options);

/* Both accept NULL. */
struct stellar__config *stellar__config_retain(struct stellar__config *config);
void stellar__config_release(const struct stellar_allocator *memory,
                             struct stellar__config *config);

/* Whether one in time before may be too late now; 0 stands for no limit. */
bool stellar__timeout_is_shorter(uint32_t timeout, uint32_t before);

#endif
