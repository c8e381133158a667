/*
 * A server on several loops, each of which can be held. A loop that is held is in an
 * action or in a hook, and calls the functions that the test gives it, one after the
 * other. So the test decides which loop does what and when, and it need not sleep.
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
    int holder;       /* a client that holds this loop */
    pthread_t thread; /* of the loop */
    bool is_throttled;
    bool is_let_go;
    void (*task)(void *data); /* to be called; NULL: it is done */
    void *data;
    const char *room; /* the hook's argument, while a hook holds it */
};

struct puppets {
    struct stellar_server *server;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned count;
    struct puppet loops[PUPPETS_MAX]; /* the first is the server's first loop */
    struct puppet *next; /* the loop that the next hook holds; NULL: none */
};

/* Sets the hooks of the puppets in the options: roomAdd, roomLeave and say hold the
 * loop if the test expects it. */
struct stellar_server_options puppets_options(struct puppets *puppets, unsigned count);
void puppets_start(struct puppets *puppets,
                   const struct stellar_server_options *options);
/* The first stops the server, waits for it, and frees it. The second only frees it. */
void puppets_end(struct puppets *puppets);
void puppets_free(struct puppets *puppets);

/* The first holds a loop in an action, the second in the request that one of its
 * clients has just made. */
void puppet_hold(struct puppet *puppet);
void puppet_expect(struct puppet *puppet);
void puppet_await(struct puppet *puppet);
/* Calls a function on a loop that is held, and waits until it has returned. */
void puppet_call(struct puppet *puppet, void (*task)(void *data), void *data);
void puppet_release(struct puppet *puppet);

/* Connects a client of a loop. No other loop may be held. id must have room for 37
 * characters. */
int puppet_client(struct puppet *puppet, char *id);

/* For clients. The first sends a request; the second waits until the server's system
 * has received all requests; the third reads until a line has a text, and returns all
 * that was read, with a NUL. */
void client_say(int client, const char *line);
void client_await_arrival(int client);
size_t client_read(int client, const char *text, char *out, size_t capacity);

#endif
