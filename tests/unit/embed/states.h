/*
 * Servers in each state, with a client in a room that waits for the answer to one call;
 * and attempts to call a function of such a server on some thread.
 */
#ifndef TESTS_EMBED_STATES_H
#define TESTS_EMBED_STATES_H

#include <pthread.h>
#include <stdatomic.h>

#include "stellar/server.h"

enum state { MADE, LISTENING, RUNNING, DRAINING, ENDED, STATES };

#define FOREVER 600000 /* ms */

struct world;

struct attempt {
    const char *name;
    int (*call)(struct world *world); /* returns a status */
};

struct world {
    struct stellar_server *server;
    struct stellar_server_options options;
    pthread_t thread;
    int client;
    _Atomic(struct stellar_call *) call; /* NULL: it has been finished or delayed */

    /* The client's loop makes the attempt when the client says something. The thread
     * that runs the server makes the other attempt when run has returned. */
    _Atomic(const struct attempt *) attempt;
    struct world *target; /* the server whose functions are called */
    atomic_int result;
    const struct attempt *in_the_end;
    int end_result;
};

/* The functions with a row in the table of stellar/server.h, and the functions for
 * loops. try_delay() needs the call, which exists when the server runs. */
#define ATTEMPTS 6
#define ON_LOOPS 10
extern const struct attempt attempts[ATTEMPTS];
extern const struct attempt on_loops[ON_LOOPS];
int try_listen(struct world *world);
int try_run(struct world *world);
int try_destroy(struct world *world);
int try_room_create(struct world *world);
int try_delay(struct world *world);

/* An action that answers nothing, at once. */
void do_nothing(struct stellar_call *call, void *data);

/* Creates a server. Fills in action, which must outlive it. */
void make(struct world *world, unsigned threads, struct stellar_action *action);
/* Brings a server from MADE to a later state. From RUNNING on it has a client. */
void bring_to(struct world *world, enum state state);
/* Ends the server as it would have ended without any attempt. */
void end(struct world *world, enum state state);

/* Return the result of the attempt on a new thread; on the loop that serves the client;
 * and, for another server's function, on our loop. */
int on_a_new_thread(const struct attempt *attempt, struct world *world);
int on_loop(struct world *world, const struct attempt *attempt);
int on_loop_for(struct world *world, const struct attempt *attempt,
                struct world *target);

#endif
