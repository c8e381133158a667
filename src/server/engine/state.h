/*
 * The engine: a session from command to reply, with rooms, params and calls. It knows
 * neither libuv nor TLS nor sockets: a loop drives it, or a test with its own clock. It
 * may include base and the public headers.
 *
 * This is its lowest header, and contains only data: a shard, a session, and the
 * functions that they need from their driver. All other headers of the engine build on
 * it.
 *
 * A shard is the state of one loop: its sessions, its copy of all rooms, its deadlines,
 * and the way to the other shards of the server. Only one thread uses a shard, except
 * for the functions of the platform that are marked "any thread".
 *
 * A session is one connection in the view of the protocol (session.h). The public
 * header calls it a connection.
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

/* The functions that a shard needs from its driver. */
struct stellar__platform {
    void *context;
    /* Milliseconds since 1970. */
    uint64_t (*wall_clock)(void *context);
    /* Microseconds on a clock that never goes back. */
    uint64_t (*clock)(void *context);
    /* Writes unpredictable bytes. Returns false if the system has none. */
    bool (*random)(void *context, void *bytes, size_t length);
    /* Any thread: returns whether this is the shard's own thread. */
    bool (*is_own_thread)(void *context);
    /* Any thread: puts a message into the shard's inbox. The shard's thread then passes
     * it to stellar__message_deliver(), in order; see message.h. Returns false if the
     * message is a function, and the shard does not call any more functions. */
    bool (*post)(void *context, struct stellar__message *message);
    /* Acts now on the updates in the inbox (stellar__message_is_update()), in order.
     * Other messages wait. See message.h. */
    void (*sync_mailbox)(void *context);
    /* Any thread: takes or releases the lock for updates about rooms and members; see
     * message.h. */
    void (*lock_updates)(void *context, bool lock);
    /* Makes the shard use a configuration: calls stellar__config_adopt(), and handles
     * the parts of it that do not belong to the shard. */
    void (*configure)(void *context, struct stellar__config *config);
};

/* Data that all shards of a server share. It is only read while loops run. */
struct stellar__common {
    struct stellar_server *server; /* for hooks and calls; NULL in tests */
    const struct stellar_allocator *memory;
    const struct stellar_server_options *options; /* those of create */
    const struct stellar__actions *actions;
    struct stellar_framing framing;
    struct stellar__shard **shards;
    unsigned shard_count;
};

/* See batch.h. */
struct stellar__batch {
    struct stellar__room *room; /* NULL: there is none */
    struct stellar__shared *lines;
    size_t capacity; /* of the lines */
};

struct stellar__shard {
    const struct stellar__common *common;
    const struct stellar_server_options *options; /* the current ones */
    const struct stellar_framing *framing;        /* of later lines */
    struct stellar__config *config;               /* contains both; NULL: common does */
    struct stellar__platform platform;
    uint64_t now; /* ms on a clock that never goes back; the driver sets it */
    struct stellar__timers timers;
    void (*expire)(struct stellar__timer *timer); /* of open sessions; see timeouts.h */

    /* Answers are written here. While a session receives, its answers stay here until
     * they are sent in one piece; see session.h. */
    struct stellar__buffer scratch;
    struct stellar_connection *current;
    struct stellar_parser parser; /* reads the current session's input */

    size_t open_calls;          /* not finished, or in transit back to this shard */
    atomic_uint handing_back;   /* threads that are about to stop using it; call.c */
    struct stellar__pool calls; /* memory for calls of actions */
    struct stellar__pool answers;
    struct stellar__pool params;

    struct stellar__batch batch;               /* lines not yet passed to the members */
    struct stellar_connection *pending_writes; /* a list; see output.c */
    bool must_flush; /* one of them has so many queued bytes that it should not wait;
                      * otherwise a client could be cut off before it could read */
    struct stellar__table connections; /* by id */
    struct stellar__table members;     /* of all rooms, by room and id */
    struct stellar__room *rooms;       /* table by name */
    uint64_t rooms_created;            /* so far, by all shards of the server */
    unsigned room_listings;            /* how many callers walk the rooms now, … */
    unsigned member_listings; /* … or members; these must not change meanwhile */
    unsigned locks;           /* how often the lock for updates is taken; message.h */
    bool draining;

    unsigned char entropy[256]; /* for ids, drawn in advance */
    size_t entropy_left;

    struct stellar_connection *sender; /* the last session that was read in this
                                        * iteration; for its quota, see pause.c */
    uint64_t quota_end;
    uint64_t caused;        /* bytes of answers, and the cost of deliveries; batch.c */
    uint64_t caused_before; /* its value before this iteration */

    uint64_t iteration_began;  /* us; when the current work began; 0: not known */
    uint64_t actions_answered; /* in this iteration; not yet in the action times */
    struct stellar__counters counters;

    bool is_congested; /* a line of the current session went to a shard whose mailbox is
                        * full; see message.h */
    atomic_size_t mailbox_bytes; /* sent to this shard, and not yet acted upon */
    atomic_size_t posted_bytes;  /* likewise for posted functions */
    atomic_size_t mail_limit;    /* of the options, for all threads */
    _Atomic(struct stellar__config *) next_config; /* the next to use, or NULL */
};

/* The identity of a client; both are NULL if it is not known. */
struct stellar__identity {
    const char *subject;
    const char *fingerprint;
};

struct stellar__transport_ops {
    /* Sends as many bytes as possible without waiting, and returns how many. Called
     * only while the queue is empty. */
    size_t (*write)(struct stellar_connection *session, const char *bytes,
                    size_t length);
    /* There is output in the queue: sends as much as possible, and the rest later. */
    void (*pump)(struct stellar_connection *session);
    /* The last byte is in the queue or sent: when everything has been sent, ends the
     * stream, then waits for the peer's end. */
    void (*end)(struct stellar_connection *session);
    /* Drops the connection at once. The queue is lost. */
    void (*abort)(struct stellar_connection *session);
    /* Returns whether the peer has taken any of the waiting output since the last call;
     * also true for the first call since output began to wait. */
    bool (*has_moved)(struct stellar_connection *session);
    /* Returns the client's proven identity. NULL if this transport has none. */
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

/* Input in the middle of a line or a telnet command: the parser, and the line so
 * far. */
struct stellar__line {
    struct stellar_parser parser;
    struct stellar__config *config; /* contains the parser's framing, or NULL */
    char memory[];
};

struct stellar_connection {
    struct stellar__shard *shard;
    const struct stellar__transport_ops *transport;
    struct stellar__queue *queue; /* output that waits */
    struct stellar_connection *next_pending_write;
    struct stellar__params *params;
    struct stellar_call *calls;         /* pending ones, newest first */
    struct stellar__member *first_room; /* memberships in the order of joining */
    struct stellar__member *last_room;
    struct stellar__timer timer; /* for its current deadline; see timeouts.h */
    struct stellar__line *line;  /* an unfinished one, or NULL */
    uint64_t connected_at;       /* ms since 1970 */
    uint64_t message_count;
    uint64_t total_actions;
    size_t queued_bytes; /* bytes delivered since it has a pending write */
    unsigned pending_actions;
    uint32_t since; /* when the current wait began; ms, shard->now. After the transport
                     * is told to end, the transport uses it */
    unsigned char state;         /* enum stellar__session_state */
    unsigned char pause_reasons; /* a set of enum stellar__pause_reason */
    bool has_pending_write : 1;  /* on the shard's list */
    bool greeted : 1;            /* no hook refused it */
    bool has_unread : 1; /* receive left something that is to be handed in again */
    bool has_more : 1;   /* set by who carries its bytes: more of what was read is to be
                          * handed in; see stellar__session_has_all() */
    bool was_heard : 1;  /* input came while output waited; see timeouts.c */
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


/* The limits for the number of params of a connection, and their size. */
static inline struct stellar__params_limits stellar__shard_params_limits(
    const struct stellar__shard *shard)
{
    return (struct stellar__params_limits){shard->options->max_params,
                                           shard->options->max_params_bytes};
}

#endif
