/*
 * The engine: a session from command to reply, with rooms, params and calls. It knows
 * neither libuv nor TLS nor sockets: a loop drives it, or a test with a clock of its
 * own. It may include base and the public headers.
 *
 * This is its lowest header, and holds data only: what a shard is, what a session is,
 * and what they ask of who drives them. All other headers of the engine build on it.
 *
 * A shard is what one loop knows: its sessions, its picture of all rooms, its
 * deadlines, and the way to the other shards of the server. One thread touches a shard,
 * but for the platform's functions marked so.
 *
 * A session is one connection as the protocol sees it (session.h). It is what the
 * public header calls a connection.
 */
#ifndef STELLAR_SERVER_STATE_H
#define STELLAR_SERVER_STATE_H

#include "counters.h"
#include "memory.h"
#include "params.h"
#include "pool.h"
#include "table.h"
#include "timers.h"

struct stellar_connection;
struct stellar__actions;
struct stellar__config;
struct stellar__line;
struct stellar__member;
struct stellar__message;
struct stellar__queue;
struct stellar__room;

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
    void (*expire)(struct stellar__timer *timer); /* of open sessions; see timeouts.h */

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

/* Who a client is; both NULL if that is not known. */
struct stellar__identity {
    const char *subject;
    const char *fingerprint;
};

struct stellar__transport_ops {
    /* Sends bytes at once, as far as that goes without waiting; returns how many were
     * taken. Called only while the queue is empty. */
    size_t (*write)(struct stellar_connection *session, const char *bytes,
                    size_t length);
    /* There is something in the queue: takes from it what can be sent, and goes on when
     * more can. */
    void (*pump)(struct stellar_connection *session);
    /* The last byte is in the queue or sent: when all has left, end the stream, then
     * wait for the peer's end. */
    void (*end)(struct stellar_connection *session);
    /* Give up the peer at once; what is in the queue is lost. */
    void (*abort)(struct stellar_connection *session);
    /* Whether the peer has taken anything of what waits since this was last asked; also
     * true if it has not been asked since that began to wait. */
    bool (*has_moved)(struct stellar_connection *session);
    /* Who the client has proved to be; NULL: clients prove nothing here. */
    struct stellar__identity (*identity)(const struct stellar_connection *session);
    /* The session may resume: calls stellar__session_resume(), then hands in what the
     * session left, or what was not handed in while it could not. */
    void (*resume)(struct stellar_connection *session);
};

/* The life of a connection, in the order of time; see lifecycle.h and
 * docs/connection-states.md. */
enum stellar__session_state {
    STELLAR__SESSION_HANDSHAKE,   /* there is no session yet */
    STELLAR__SESSION_OPEN,        /* lines are executed */
    STELLAR__SESSION_DRAINING,    /* the same, but the server stops: until no line is
                                   * unread and no action pending */
    STELLAR__SESSION_LEAVING,     /* the client quits: until no action is pending */
    STELLAR__SESSION_HALF_CLOSED, /* the peer sends no more: until no action is pending
                                   */
    STELLAR__SESSION_CLOSING,     /* the goodbye is queued */
    STELLAR__SESSION_SHUTTING,    /* the stream has it, and is told to end */
    STELLAR__SESSION_SHUT,        /* our end is sent; the peer's is awaited */
    STELLAR__SESSION_CLOSED       /* aborted, or closed */
};

/* Why a connection is not read from. It is read only while there is no reason. */
enum stellar__pause_reason {
    STELLAR__PAUSE_OUTPUT = 1, /* its output waits */
    STELLAR__PAUSE_MAILBOX =
        2,                    /* it sent more than another shard can take; message.h */
    STELLAR__PAUSE_QUOTA = 4, /* it caused more than its share of work; pause.c */
    STELLAR__PAUSE_HANDSHAKE_TURN = 8, /* other handshakes come first; handshakes.h */

    STELLAR__PAUSE_THROTTLE = STELLAR__PAUSE_MAILBOX | STELLAR__PAUSE_QUOTA,
    STELLAR__PAUSE_SESSION = STELLAR__PAUSE_OUTPUT | STELLAR__PAUSE_THROTTLE
};

/* An input that is in the middle of something: the parser, and the line so far. */
struct stellar__line {
    struct stellar_parser parser;
    struct stellar__config *config; /* whose framing the parser has, or NULL */
    char memory[];
};

struct stellar_connection {
    struct stellar__shard *shard;
    const struct stellar__transport_ops *transport;
    struct stellar__queue *queue; /* what waits to be sent */
    struct stellar_connection *next_pending_write;
    struct stellar__params *params;
    struct stellar_call *calls;         /* pending ones, newest first */
    struct stellar__member *first_room; /* memberships in the order of joining */
    struct stellar__member *last_room;
    struct stellar__timer timer; /* how long to wait for what; see timeouts.h */
    struct stellar__line *line;  /* an unfinished one, or NULL */
    uint64_t connected_at;       /* ms since 1970 */
    uint64_t message_count;
    uint64_t total_actions;
    size_t queued_bytes; /* bytes delivered since it has a pending write */
    unsigned pending_actions;
    uint32_t since; /* when began what is waited for; ms, shard->now. Once the transport
                     * is told to end, it is the transport's */
    unsigned char state;         /* enum stellar__session_state */
    unsigned char pause_reasons; /* a set of enum stellar__pause_reason */
    bool has_pending_write : 1;  /* on the shard's list */
    bool greeted : 1;            /* no hook refused it */
    bool has_unread : 1; /* receive left something that is to be handed in again */
    bool has_more : 1;   /* set by who carries its bytes: more of what was read is to be
                          * handed in; see stellar__session_has_all() */
    bool was_heard : 1;  /* while output waited; see timeouts.c */
    bool has_begun : 1;  /* it has received something */
    uint16_t remote_port;
    char remote_ip[40]; /* text of IPv6: 8 groups of 4 digits, 7 colons, NUL */
    char id[37];
    struct stellar__link link; /* in the shard's table by id */
};

static inline struct stellar_connection *stellar__session_of(
    struct stellar__timer *timer)
{
    return (void *)((char *)timer - offsetof(struct stellar_connection, timer));
}


/* How many params a connection may have, and of what size. */
static inline struct stellar__params_limits stellar__shard_params_limits(
    const struct stellar__shard *shard)
{
    return (struct stellar__params_limits){shard->options->max_params,
                                           shard->options->max_params_bytes};
}

#endif
