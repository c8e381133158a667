/*
 * A server that does not listen, and clients of its sessions without sockets. Its first
 * shard serves, and its loop is never run. Its clock stands still but for advance().
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

/* What a file's options say. Returns the first that means nothing here, or NULL. */
const char *socketless_options(const struct session_file *file,
                               struct stellar_server_options *options);

/* Makes a server with the actions and rooms that the file expects. False: said why. */
bool socketless_start(struct socketless *world, const struct session_file *file,
                      const struct stellar_server_options *options);
/* Closes all clients, and destroys the server. */
void socketless_stop(struct socketless *world);

/* Lets what is under way arrive. */
void socketless_settle(struct socketless *world);
/* Moves the clock to the next deadline; false if there is none. */
bool socketless_advance(struct socketless *world);

/* Connects; it is ended and closed if the server has no room for it. The name is kept
 * by reference. */
struct client *client_open(struct socketless *world, const char *name);
/* Sends bytes, so many in a piece. */
void client_send(struct socketless *world, struct client *client,
                 const struct bytes *text, size_t piece);
void client_half_close(struct socketless *world, struct client *client);
void client_close(struct socketless *world, struct client *client);

#endif
