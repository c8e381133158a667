/*
 * A server on several loops, each of which can be held: then it is in an action, or in
 * a hook, and calls what the test tells it to, one function after the other. So it is
 * known which loop does what when, and nobody has to wait for some time.
 */
#ifndef TESTS_EMBED_PUPPETS_H
#define TESTS_EMBED_PUPPETS_H

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stellar/server.h"

#define PUPPETS_MAX 8

struct puppets;

struct puppet {
    struct puppets *all;
    unsigned number;
    int holder;       /* a client of this loop, which holds it */
    pthread_t thread; /* of the loop */
    bool is_throttled;
    bool is_let_go;
    void (*task)(void *data); /* to be called; NULL: it is done */
    void *data;
    const char *room; /* what its hook was given, while one holds it */
};

struct puppets {
    struct stellar_server *server;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned count;
    struct puppet loops[PUPPETS_MAX]; /* the server's first one is the first */
    struct puppet
        *next; /* who is to be held by what comes next; NULL: hooks hold none */
};

/* Options with the hooks of the puppets: roomAdd, roomLeave and say hold the loop, if
 * one is expected to. */
struct stellar_server_options puppets_options(struct puppets *puppets, unsigned count);
void puppets_start(struct puppets *puppets,
                   const struct stellar_server_options *options);
/* Stops the server, waits for it, and frees it; or only frees it. */
void puppets_end(struct puppets *puppets);
void puppets_free(struct puppets *puppets);

/* Holds a loop in an action; or in what a client of it has just asked for. */
void puppet_hold(struct puppet *puppet);
void puppet_expect(struct puppet *puppet);
void puppet_await(struct puppet *puppet);
/* Calls a function on a loop that is held, and waits until it has returned. */
void puppet_call(struct puppet *puppet, void (*task)(void *data), void *data);
void puppet_release(struct puppet *puppet);

/* A client of a loop, no other of which may be held. id has room for 37 characters. */
int puppet_client(struct puppet *puppet, char *id);

/* For clients: asks; waits until the system of the server has all that was asked; reads
 * until a line has a text, and returns all that was read, with a NUL. */
void client_say(int client, const char *line);
void client_await_arrival(int client);
size_t client_read(int client, const char *text, char *out, size_t capacity);

#endif
