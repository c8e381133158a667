/* What the parts of the library see of a server. */
#ifndef STELLAR_SERVER_INTERNAL_H
#define STELLAR_SERVER_INTERNAL_H

#include "addresses.h"
#include "memory_limit.h"
#include "loop.h"
#include "unix_socket.h"

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
    struct stellar__loop *loops; /* as many as options.threads */
    struct stellar__shard **shards;
    uv_mutex_t updates_lock;   /* see message.h */
    bool has_updates_lock;     /* it is set up */
    atomic_uint loops_serving; /* that have not been stopped, or have connections */
    atomic_bool is_over;       /* none is left, and posted functions have been called */
    atomic_size_t connections;
    struct stellar__addresses addresses;
    bool has_addresses;          /* they are set up */
    _Atomic uint64_t accept_due; /* us; see accept.c */
    struct stellar__memory_limit memory_limit;
    uint64_t started_at; /* ms, on a clock of its own */
    char id[37];         /* if the options name none */
    char address[128];
    int port;
    struct stellar__unix_file unix_file;
};

/* Counts a connection, which must be released; false, and not counted: it would be more
 * than most, which is 0 for no limit. */
bool stellar__server_take_connection(struct stellar_server *server, size_t most);
void stellar__server_release_connection(struct stellar_server *server);

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

/* Listens on what the options say. Sets the descriptor, and the server's address and
 * port. Errors, with a line of text: INVALID, SYSTEM. (listen.c) */
int stellar__server_bind(struct stellar_server *server, int *descriptor, char *error,
                         size_t capacity);
/* For connections that come to a TCP socket from now on. (listen.c) */
void stellar__listen_set_keep_alive(int descriptor, bool on);

#endif
