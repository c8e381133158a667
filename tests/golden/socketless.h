/*
 * A server that does not listen, and clients of its sessions without sockets. Its first
 * shard serves, and its loop is never run. Its clock stands still except in advance().
 */
#ifndef SOCKETLESS_H
#define SOCKETLESS_H

#include "close.h"
#include "loop_inbox.h"
#include "queue.h"
#include "server_internal.h"
#include "session.h"
#include "session_file.h"
#include "shard.h"

struct client {
    struct stellar_connection session;
    const char *name;
    struct bytes output;
    size_t seen;
    bool is_ended;  /* by the server */
    bool is_closed; /* by the client */
    struct client *next;
};

struct socketless {
    struct stellar_server *server;
    struct client *clients; /* in the order of their first lines */
    bool is_quiet;          /* does not say why it cannot start */
};

/* Reads a file's options. Returns the first that has no meaning here, or NULL. */
const char *socketless_options(const struct session_file *file,
                               struct stellar_server_options *options);

/* Creates a server with the actions and rooms that the file expects. On failure prints
 * why and returns false. */
bool socketless_start(struct socketless *world, const struct session_file *file,
                      const struct stellar_server_options *options);
/* Closes all clients, and destroys the server. */
void socketless_stop(struct socketless *world);

/* Delivers everything that is in transit. */
void socketless_settle(struct socketless *world);
/* Moves the clock to the next deadline. Returns false if there is none. */
bool socketless_advance(struct socketless *world);

/* Connects a client. It is ended and closed if the server has no room for it. name must
 * live as long as the client. */
struct client *client_open(struct socketless *world, const char *name);
/* Sends bytes, that many in each piece. */
void client_send(struct socketless *world, struct client *client,
                 const struct bytes *text, size_t piece);
void client_half_close(struct socketless *world, struct client *client);
void client_close(struct socketless *world, struct client *client);

#endif
