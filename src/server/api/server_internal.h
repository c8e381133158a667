/*
 * The functions of stellar/server.h: servers, their options, rooms and connections as a
 * program sees them. This folder may include all others; no other includes it.
 */
#ifndef STELLAR_SERVER_INTERNAL_H
#define STELLAR_SERVER_INTERNAL_H

#include "net.h"

/* The life of a server. Draining is a part of running: each loop drains for itself. */
enum stellar__state {
    STELLAR__MADE,
    STELLAR__LISTENING,
    STELLAR__RUNNING,
    STELLAR__ENDED,
    STELLAR__DESTROYING /* its hooks and delays are called for the last time */
};

struct stellar_server {
    atomic_int state; /* enum stellar__state */
    struct stellar_allocator memory;
    struct stellar_server_options options; /* its strings are our copies */
    struct stellar__common common;
    struct stellar__actions *actions;
    struct stellar__shard **shards; /* as many as options.threads */
    struct stellar__net net;
    uint64_t started_at; /* ms, on a clock of its own */
    char id[37];         /* if the options name none */
};

/* The shard of the calling thread; before run, the first for the thread that made the
 * server. NULL: the thread has none. */
struct stellar__shard *stellar__server_shard(struct stellar_server *server);

/* Run has returned. */
bool stellar__server_has_ended(const struct stellar_server *server);

/* Loads what options say about TLS, which need not be the server's own, and logs what
 * the operator should know about it. *context is a new reference, or NULL: they say
 * nothing. Errors as those of stellar__tls_context_new(). */
int stellar__server_load_tls(struct stellar_server *server,
                             const struct stellar_server_options *options,
                             struct stellar__tls_context **context, char *error,
                             size_t capacity);

#endif
