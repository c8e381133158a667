/*
 * A hub is what one loop knows: its sessions, its picture of all rooms, its deadlines,
 * and the way to the other hubs of the server. It is plain memory, without sockets or
 * libuv; a loop drives it, or a test with a clock of its own. One thread touches a hub,
 * but for the platform's functions marked so.
 */
#ifndef STELLAR_SERVER_HUB_H
#define STELLAR_SERVER_HUB_H

#include "actions.h"
#include "counters.h"
#include "memory.h"
#include "params.h"
#include "spare.h"
#include "table.h"
#include "timers.h"

struct stellar_connection;
struct stellar__config;
struct stellar__room;
struct stellar__message;

/* What a hub asks of the world. */
struct stellar__platform {
    void *context;
    /* Milliseconds since 1970. */
    uint64_t (*wall_clock)(void *context);
    /* Microseconds on a clock that never goes back. */
    uint64_t (*clock)(void *context);
    /* Fills in unpredictable bytes; false if there are none to be had. */
    bool (*random)(void *context, void *bytes, size_t length);
    /* Any thread: whether this is the hub's own. */
    bool (*is_own_thread)(void *context);
    /* Any thread: puts a message into the hub's inbox. The hub's thread then gives it
     * to stellar__message_deliver(), in order; see message.h. False: it is a function,
     * and the hub calls no more of them. */
    bool (*post)(void *context, struct stellar__message *message);
    /* Acts now on the news in the inbox (stellar__message_is_news()), in order; what
     * else is there waits. See message.h. */
    void (*catch_up)(void *context);
    /* Any thread: takes, or gives back, the right to tell the server's hubs of rooms
     * and members; see message.h. */
    void (*lock_news)(void *context, bool lock);
    /* The hub is to go by a configuration: calls stellar__config_adopt() and sees to
     * what in it is not the hub's. */
    void (*configure)(void *context, struct stellar__config *config);
};

/* What all hubs of a server share; only read while loops run. */
struct stellar__common {
    struct stellar_server *server; /* for hooks and calls; NULL in tests */
    const struct stellar_allocator *memory;
    const struct stellar_server_options *options; /* as the server was made */
    const struct stellar__actions *actions;
    struct stellar_framing framing;
    struct stellar__hub **hubs;
    unsigned hub_count;
};

/* See burst.h. */
struct stellar__burst {
    struct stellar__room *room; /* NULL: there is none */
    struct stellar__shared *lines;
    size_t capacity; /* of lines */
};

struct stellar__hub {
    const struct stellar__common *common;
    const struct stellar_server_options *options; /* as they are now */
    const struct stellar_framing *framing;        /* of lines to come */
    struct stellar__config *config; /* which both belong to; NULL: to common */
    struct stellar__platform platform;
    uint64_t now; /* ms on a clock that never goes back; set by who drives the hub */
    struct stellar__timers timers;

    /* Where answers are written. While a session receives, what is written for it stays
     * here until it leaves in one piece; see session.h. */
    struct stellar__buffer scratch;
    struct stellar_connection *current;
    struct stellar_parser parser; /* what the current session's input is read with */

    size_t open_calls;           /* not finished, or on their way back to this hub */
    atomic_uint handing_back;    /* threads that are about to leave it alone; call.c */
    struct stellar__spare calls; /* for what comes and goes with calls of actions */
    struct stellar__spare answers;
    struct stellar__spare params;

    struct stellar__burst burst;          /* said, and not yet handed to members */
    struct stellar_connection *unflushed; /* list of sessions with output to be sent */
    bool must_flush; /* one of them has gathered so much that it should not wait, lest
                      * a client be cut off that never had a chance to read */
    struct stellar__table connections; /* by id */
    struct stellar__table members;     /* of all rooms, by room and id */
    struct stellar__room *rooms;       /* table by name */
    uint64_t rooms_created;            /* so far, by all hubs of the server */
    unsigned room_listings;            /* how many callers go through the rooms now, */
    unsigned member_listings; /* or through members, which must not change meanwhile */
    unsigned locks;           /* how often the lock on news is taken; message.h */
    bool draining;

    unsigned char entropy[256]; /* for ids, drawn in advance */
    size_t entropy_left;

    struct stellar_connection *talker; /* who was read last in this turn; and when it
                                        * has caused its share of work; session.c */
    uint64_t share_end;
    uint64_t caused; /* bytes of answers, and what deliveries are in such; rooms.c */
    uint64_t caused_before; /* this turn */

    uint64_t turn_began;       /* us; when what is now done was begun; 0: not known */
    uint64_t actions_answered; /* in this turn; not yet among the action times */
    struct stellar__counters counters;

    bool is_congested; /* a line of the current session sent to a hub that has too much
                        * mail; see message.h */
    atomic_size_t mail_bytes;   /* sent to this hub, and not yet acted upon */
    atomic_size_t posted_bytes; /* the same of functions that the program has posted */
    atomic_size_t mail_limit;   /* of the options, for all threads */
    _Atomic(struct stellar__config *) next_config; /* to be adopted, or NULL */
};

void stellar__hub_init(struct stellar__hub *hub, const struct stellar__common *common,
                       const struct stellar__platform *platform);
/* All sessions must be closed. */
void stellar__hub_free(struct stellar__hub *hub);

/* A new UUID v4 (RFC 9562) in text form, NUL-terminated. False: no entropy. */
bool stellar__hub_new_id(struct stellar__hub *hub, char id[37]);

/* A session is there, or is gone. */
void stellar__hub_add(struct stellar__hub *hub, struct stellar_connection *session);
void stellar__hub_remove(struct stellar__hub *hub, struct stellar_connection *session);

/* Sends all output that has gathered. */
void stellar__hub_flush(struct stellar__hub *hub);

/* The same, to be called before and after the loop waits. */
void stellar__hub_end_turn(struct stellar__hub *hub);

/* A text as a JSON string. NULL: no memory. */
struct stellar__shared *stellar__hub_json_string(struct stellar__hub *hub,
                                                 struct stellar_slice text);

/* When the loop turned to what it now does, in microseconds. */
uint64_t stellar__hub_turn(struct stellar__hub *hub);

/* NULL if no session of this hub has that id. */
struct stellar_connection *stellar__hub_find(struct stellar__hub *hub, const char *id);

/* A timeout is shorter, or there is one where there was none: for all sessions. */
void stellar__hub_timeouts_changed(struct stellar__hub *hub);

/* Stops taking actions and lets every session take its leave. */
void stellar__hub_drain(struct stellar__hub *hub);

/* How many params a connection may have, and of what size. */
static inline struct stellar__params_limits stellar__hub_params_limits(
    const struct stellar__hub *hub)
{
    return (struct stellar__params_limits){hub->options->max_params,
                                           hub->options->max_params_bytes};
}


/* One line for the log; connection may be NULL. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
void stellar__log(const struct stellar_server_options *options, enum stellar_log_level level,
                  const char *connection, const char *format, ...);

#endif
