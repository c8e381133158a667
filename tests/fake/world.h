/*
 * A world for sessions and rooms without sockets, for unit tests and for fuzzing: one
 * or more shards, a clock, ids that are the same in each run, memory that is counted
 * and can run out, and clients. Nothing happens by itself: mail between shards waits
 * until it is delivered, and time stands still until it is advanced. If something
 * happens that must never happen, the program ends.
 */
#ifndef FAKE_WORLD_H
#define FAKE_WORLD_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#include "actions.h"
#include "call.h"
#include "close.h"
#include "delivery.h"
#include "inbox.h"
#include "lifecycle.h"
#include "message.h"
#include "pause.h"
#include "queue.h"
#include "rooms.h"
#include "server_internal.h"
#include "session.h"
#include "shard.h"

#define FAKE_HUBS    4
#define FAKE_ACTIONS 16
#define FAKE_CALLS   16
#define FAKE_EPOCH   UINT64_C(1700000000000)
#define FAKE_ALL     SIZE_MAX

/* Memory that is counted, from any thread. The allocation with the number fail_at (from
 * 1) fails; 0: none does. */
struct fake_memory {
    struct stellar_allocator allocator;
    pthread_mutex_t lock;
    bool news_are_locked;
    size_t live;  /* blocks */
    size_t count; /* allocations so far */
    size_t fail_at;
};

void fake_memory_init(struct fake_memory *memory);

struct fake_world;

struct fake_shard {
    struct stellar__shard shard;
    struct fake_world *world;
    struct stellar__message **inbox; /* oldest first */
    size_t mailbox;
    size_t room; /* capacity of the inbox */
};

struct fake_world {
    struct stellar_server server; /* no loops, only the parts that rooms need */
    struct fake_memory memory;
    struct fake_shard shards[FAKE_HUBS];
    struct stellar__shard *shard_list[FAKE_HUBS];
    unsigned shard_count;
    struct fake_shard *at; /* the shard whose thread this is */
    pthread_t thread;
    pthread_mutex_t lock; /* for all inboxes */
    bool news_are_locked;
    pthread_cond_t posted;
    bool is_idle; /* clients and time move no mail, only fake_deliver() and
                     fake_settle() do */
    uint64_t now;
    uint64_t random_state;
    struct stellar_action actions[FAKE_ACTIONS];
    size_t action_count;
    struct stellar_call *calls[FAKE_CALLS]; /* parked by fake_park(), oldest first */
    size_t call_count;
    char *log;
    size_t log_length;
};

struct fake_client {
    struct stellar_connection session;
    struct fake_world *world;
    struct fake_shard *at;
    char *output; /* all bytes that the transport took */
    size_t length;
    size_t seen;     /* by fake_expect() */
    size_t appetite; /* bytes that the transport will still take */
    char *rest;      /* input that the session did not read, and later input */
    size_t rest_length;
    bool has_moved; /* the transport took something since the last question */
    bool is_broken; /* the transport finds the peer gone */
    bool is_ended;
    bool is_aborted;
    int status; /* the result of stellar__session_open() */
};

struct fake_world *fake_world_new(unsigned shards);
/* Delivers the rest of the mail, and checks that no memory is left. All clients must be
 * closed. */
void fake_world_free(struct fake_world *world);
void fake_add_action(struct fake_world *world, const char *name,
                     void (*run)(struct stellar_call *call, void *data));
/* For actions: the first answers {"done":true} at once, the second puts the call into
 * world->calls. */
void fake_finish(struct stellar_call *call, void *data);
void fake_park(struct stellar_call *call, void *data);
/* Takes the oldest parked call. */
struct stellar_call *fake_unpark(struct fake_world *world);

/* After this, the caller is the thread of that shard. */
void fake_at(struct fake_world *world, unsigned shard);
/* Delivers the oldest message of a shard. Returns false if there is none. */
bool fake_deliver(struct fake_world *world, unsigned shard);
/* Delivers all mail, including mail sent in the meantime, and flushes all sessions. */
void fake_settle(struct fake_world *world);
/* Waits for mail from another thread. */
void fake_wait_for_mail(struct fake_world *world, unsigned shard);
/* Moves the clock, and runs each deadline at its time. */
void fake_advance(struct fake_world *world, uint64_t milliseconds);

/* Connects a client, which has not read the welcome yet. */
struct fake_client *fake_connect(struct fake_world *world, unsigned shard);
/* The socket is gone; frees the client. */
void fake_close(struct fake_client *client);

void fake_bytes(struct fake_client *client, const char *bytes, size_t length);
void fake_end_of_input(struct fake_client *client);
/* Lets the transport take that many more bytes. */
void fake_feed(struct fake_client *client, size_t bytes);

/* Prints what is wrong and ends the program. */
void fake_check(bool good, const char *what);
/* Memory outside the world's; never NULL. */
void *fake_grow(void *block, size_t size);

#endif
