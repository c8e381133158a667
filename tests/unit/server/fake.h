/*
 * A world for tests of sessions and rooms: one hub or several, a clock, ids that are
 * the same in every run, memory that is counted and can run out, and clients without
 * sockets. Nothing happens by itself: mail between hubs waits until it is delivered,
 * time stands until it is advanced.
 *
 * Texts that are sent and expected have ' where JSON has ", and ` where it has '.
 */
#ifndef FAKE_H
#define FAKE_H

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "call.h"
#include "message.h"
#include "server_internal.h"
#include "session.h"

#define FAKE_HUBS     3
#define FAKE_ACTIONS  16
#define FAKE_CALLS    16
#define FAKE_EPOCH    UINT64_C(1700000000000)
#define FAKE_ALL      SIZE_MAX
#define FAKE_MESSAGES 256

/* Memory that is counted, from any thread. The allocation numbered fail_at (from 1) is
 * refused; 0: none is. */
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

struct fake_hub {
    struct stellar__hub hub;
    struct fake_world *world;
    struct stellar__message *inbox[FAKE_MESSAGES]; /* oldest first */
    size_t mail;
};

struct fake_world {
    struct stellar_server server; /* has no loops: only what functions on rooms need */
    struct fake_memory memory;
    struct fake_hub hubs[FAKE_HUBS];
    struct stellar__hub *hub_list[FAKE_HUBS];
    unsigned hub_count;
    struct fake_hub *at; /* the hub whose thread we play */
    pthread_t thread;
    pthread_mutex_t lock; /* of all inboxes */
    bool news_are_locked;
    pthread_cond_t posted;
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
    struct fake_hub *at;
    char *output; /* all that the sink took */
    size_t length;
    size_t seen;     /* by fake_expect() */
    size_t appetite; /* bytes that the sink still takes */
    char *rest;      /* input that the session left, and what came later */
    size_t rest_length;
    bool is_ended;
    bool is_aborted;
    bool is_closed;
    int status; /* of stellar__session_open() */
};

struct fake_world *fake_world_new(unsigned hubs);
/* Delivers what is left, and checks that no memory is. Clients must be closed. */
void fake_world_free(struct fake_world *world);
void fake_add_action(struct fake_world *world, const char *name,
                     void (*run)(struct stellar_call *call, void *data));
/* Runs of actions: answers {"done":true} at once; leaves the call in world->calls. */
void fake_finish(struct stellar_call *call, void *data);
void fake_park(struct stellar_call *call, void *data);
/* Takes the oldest parked call. */
struct stellar_call *fake_unpark(struct fake_world *world);

/* Plays the thread of a hub from here on. */
void fake_at(struct fake_world *world, unsigned hub);
/* Delivers the oldest message of a hub; false if there is none. */
bool fake_deliver(struct fake_world *world, unsigned hub);
/* Delivers all mail, also what is sent meanwhile, and flushes all sessions. */
void fake_settle(struct fake_world *world);
/* Waits for mail from another thread. */
void fake_wait_for_mail(struct fake_world *world, unsigned hub);
/* Runs all deadlines of the next milliseconds, each at its time. */
void fake_advance(struct fake_world *world, uint64_t milliseconds);

/* A client with the welcome unread. */
struct fake_client *fake_connect(struct fake_world *world, unsigned hub);
/* The same, the welcome read. */
struct fake_client *fake_client_new(struct fake_world *world, unsigned hub);
/* The socket is gone; frees the client. */
void fake_close(struct fake_client *client);

void fake_bytes(struct fake_client *client, const char *bytes, size_t length);
/* Text, then CR LF. */
void fake_say(struct fake_client *client, const char *text);
void fake_end_of_input(struct fake_client *client);
/* The sink takes so many more bytes. */
void fake_feed(struct fake_client *client, size_t bytes);

/* The next line of output is this one, CR LF aside. A printf format. */
void fake_expect(struct fake_client *client, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* There is a next line. */
void fake_skip_line(struct fake_client *client);
void fake_expect_nothing(struct fake_client *client);
void fake_expect_goodbye(struct fake_client *client);
/* The log holds this text. */
void fake_expect_log(struct fake_world *world, const char *text);

/* A copy with " in place of ' and ' in place of `; to be freed. */
char *fake_quote(const char *text);

#endif
