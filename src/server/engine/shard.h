/*
 * A shard is what one loop knows: its sessions, its picture of all rooms, its
 * deadlines, and the way to the other shards of the server. It is plain memory, without
 * sockets or libuv; a loop drives it, or a test with a clock of its own. One thread
 * touches a shard, but for the platform's functions marked so.
 */
#ifndef STELLAR_SERVER_SHARD_H
#define STELLAR_SERVER_SHARD_H

#include "actions.h"
#include "counters.h"
#include "memory.h"
#include "params.h"
#include "pool.h"
#include "table.h"
#include "timers.h"

struct stellar_connection;
struct stellar__config;
struct stellar__room;
struct stellar__message;

/* What a shard asks of the world. */
struct stellar__platform {
    void *context;
    /* Milliseconds since 1970. */
    uint64_t (*wall_clock)(void *context);
    /* Microseconds on a clock that never goes back. */
    uint64_t (*clock)(void *context);
    /* Fills in unpredictable bytes; false if there are none to be had. */
    bool (*random)(void *context, void *bytes, size_t length);
    /* Any thread: whether this is the shard's own. */
    bool (*is_own_thread)(void *context);
    /* Any thread: puts a message into the shard's inbox. The shard's thread then gives
     * it to stellar__message_deliver(), in order; see message.h. False: it is a
     * function, and the shard calls no more of them. */
    bool (*post)(void *context, struct stellar__message *message);
    /* Acts now on the updates in the inbox (stellar__message_is_update()), in order;
     * what else is there waits. See message.h. */
    void (*sync_mailbox)(void *context);
    /* Any thread: takes, or gives back, the right to tell the server's shards of rooms
     * and members; see message.h. */
    void (*lock_updates)(void *context, bool lock);
    /* The shard is to go by a configuration: calls stellar__config_adopt() and sees to
     * what in it is not the shard's. */
    void (*configure)(void *context, struct stellar__config *config);
};

/* What all shards of a server share; only read while loops run. */
struct stellar__common {
    struct stellar_server *server; /* for hooks and calls; NULL in tests */
    const struct stellar_allocator *memory;
    const struct stellar_server_options *options; /* as the server was made */
    const struct stellar__actions *actions;
    struct stellar_framing framing;
    struct stellar__shard **shards;
    unsigned shard_count;
};

/* See batch.h. */
struct stellar__batch {
    struct stellar__room *room; /* NULL: there is none */
    struct stellar__shared *lines;
    size_t capacity; /* of lines */
};

struct stellar__shard {
    const struct stellar__common *common;
    const struct stellar_server_options *options; /* as they are now */
    const struct stellar_framing *framing;        /* of lines to come */
    struct stellar__config *config; /* which both belong to; NULL: to common */
    struct stellar__platform platform;
    uint64_t now; /* ms on a clock that never goes back; set by who drives the shard */
    struct stellar__timers timers;

    /* Where answers are written. While a session receives, what is written for it stays
     * here until it leaves in one piece; see session.h. */
    struct stellar__buffer scratch;
    struct stellar_connection *current;
    struct stellar_parser parser; /* what the current session's input is read with */

    size_t open_calls;          /* not finished, or on their way back to this shard */
    atomic_uint handing_back;   /* threads that are about to leave it alone; call.c */
    struct stellar__pool calls; /* for what comes and goes with calls of actions */
    struct stellar__pool answers;
    struct stellar__pool params;

    struct stellar__batch batch; /* said, and not yet handed to members */
    struct stellar_connection
        *pending_writes; /* list of sessions with output to be sent */
    bool must_flush; /* one of them has so many queued bytes that it should not wait,
                      * lest a client be cut off that never had a chance to read */
    struct stellar__table connections; /* by id */
    struct stellar__table members;     /* of all rooms, by room and id */
    struct stellar__room *rooms;       /* table by name */
    uint64_t rooms_created;            /* so far, by all shards of the server */
    unsigned room_listings;            /* how many callers go through the rooms now, */
    unsigned member_listings; /* or through members, which must not change meanwhile */
    unsigned locks;           /* how often the lock on updates is taken; message.h */
    bool draining;

    unsigned char entropy[256]; /* for ids, drawn in advance */
    size_t entropy_left;

    struct stellar_connection *sender; /* who was read last in this turn; and when it
                                        * has caused its share of work; session.c */
    uint64_t quota_end;
    uint64_t caused; /* bytes of answers, and what deliveries are in such; rooms.c */
    uint64_t caused_before; /* this turn */

    uint64_t iteration_began;  /* us; when what is now done was begun; 0: not known */
    uint64_t actions_answered; /* in this turn; not yet among the action times */
    struct stellar__counters counters;

    bool is_congested; /* a line of the current session sent to a shard that has too
                        * much mail; see message.h */
    atomic_size_t mailbox_bytes; /* sent to this shard, and not yet acted upon */
    atomic_size_t posted_bytes;  /* the same of functions that the program has posted */
    atomic_size_t mail_limit;    /* of the options, for all threads */
    _Atomic(struct stellar__config *) next_config; /* to be adopted, or NULL */
};

void stellar__shard_init(struct stellar__shard *shard,
                         const struct stellar__common *common,
                         const struct stellar__platform *platform);
/* All sessions must be closed. */
void stellar__shard_free(struct stellar__shard *shard);

/* A new UUID v4 (RFC 9562) in text form, NUL-terminated. False: no entropy. */
bool stellar__shard_new_id(struct stellar__shard *shard, char id[37]);

/* A session is there, or is gone. */
void stellar__shard_add(struct stellar__shard *shard,
                        struct stellar_connection *session);
void stellar__shard_remove(struct stellar__shard *shard,
                           struct stellar_connection *session);

/* Sends all output that has gathered. */
void stellar__shard_flush(struct stellar__shard *shard);

/* The same, to be called before and after the loop waits. */
void stellar__shard_end_iteration(struct stellar__shard *shard);

/* A text as a JSON string. NULL: no memory. */
struct stellar__shared *stellar__shard_json_string(struct stellar__shard *shard,
                                                   struct stellar_slice text);

/* When the loop turned to what it now does, in microseconds. */
uint64_t stellar__shard_iteration(struct stellar__shard *shard);

/* NULL if no session of this shard has that id. */
struct stellar_connection *stellar__shard_find(struct stellar__shard *shard,
                                               const char *id);

/* A timeout is shorter, or there is one where there was none: for all sessions. */
void stellar__shard_timeouts_changed(struct stellar__shard *shard);

/* Stops taking actions and lets every session take its leave. */
void stellar__shard_drain(struct stellar__shard *shard);

/* How many params a connection may have, and of what size. */
static inline struct stellar__params_limits stellar__shard_params_limits(
    const struct stellar__shard *shard)
{
    return (struct stellar__params_limits){shard->options->max_params,
                                           shard->options->max_params_bytes};
}


/* One line for the log; connection may be NULL. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
void stellar__log(const struct stellar_server_options *options, enum stellar_log_level level,
                  const char *connection, const char *format, ...);

#endif
