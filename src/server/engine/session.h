/*
 * A session is one connection as the protocol sees it: bytes come in, lines are
 * executed in order, answers go out. It knows neither sockets nor libuv; what carries
 * its bytes is a transport. It is what the public header calls a connection.
 *
 * Output. What a session writes while it receives gathers in the shard's scratch buffer
 * and is offered to the transport in one piece when the input is used up (or when too
 * much has gathered). What the transport does not take at once, and all that is
 * written to a session by others, waits in the session's queue; the shard's list of
 * sessions with pending writes sees that the transport is told. The order of bytes is
 * always: queue, then scratch.
 *
 * Input. Between two lines a session has no parser: the shard's is set up for the one
 * that receives. It is kept only in the middle of a line, and for the like.
 *
 * Life. open, then receive and others in any order, then close, once. Between, the
 * transport may be told to end or abort; it then calls close when it is done, never
 * from inside.
 */
#ifndef STELLAR_SERVER_SESSION_H
#define STELLAR_SERVER_SESSION_H

#include "shard.h"
#include "queue.h"
#include "rooms.h"
#include "table.h"

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
    /* The session may resume: hands in what it left, or what was not handed in while it
     * could not. */
    void (*resume)(struct stellar_connection *session);
};

enum stellar__session_state {
    STELLAR__SESSION_OPEN,
    STELLAR__SESSION_LEAVING, /* asked to quit: waits for pending actions, hears nothing
                               */
    STELLAR__SESSION_HALF,    /* the peer sends no more: waits for pending actions */
    STELLAR__SESSION_ENDED,   /* goodbye is said */
    STELLAR__SESSION_DEAD     /* aborted, or closed */
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
    unsigned char state;        /* enum stellar__session_state */
    bool has_pending_write : 1; /* on the shard's list */
    bool is_welcome : 1;        /* no hook refused it */
    bool is_paused : 1;    /* receive left something that is to be handed in again */
    bool is_draining : 1;  /* the server stops: goodbye as soon as nothing is pending */
    bool is_throttled : 1; /* it sends more than another shard can take (message.h), or
                            * causes more than its share of work (session.c) */
    bool has_more : 1;     /* set by who carries its bytes: more of what was read is to
                            * be handed in; see stellar__session_has_all() */
    bool was_heard : 1;    /* while output waited; see timeouts.c */
    bool has_begun : 1;    /* it has received something */
    uint16_t remote_port;
    char remote_ip[40]; /* text of IPv6: 8 groups of 4 digits, 7 colons, NUL */
    char id[37];
    struct stellar__link link; /* in the shard's table by id */
};

/* Starts a session in memory of the caller's, all zeros. Says welcome. Returns 0,
 * NO_MEMORY or SYSTEM (no entropy): then the session does not exist. REFUSED: a hook
 * refused, the reason is written and the transport told to end; close is due as for any
 * session. */
int stellar__session_open(struct stellar_connection *session,
                          struct stellar__shard *shard,
                          const struct stellar__transport_ops *transport,
                          const char *remote_ip, int remote_port);

/* Executes what the bytes ask for. Returns what was left because output waits above the
 * soft limit, or because the session is held: the caller keeps a copy and hands it in
 * again when the queue has become short, before anything else. */
struct stellar_slice stellar__session_receive(struct stellar_connection *session,
                                              const char *bytes, size_t length);

/* Where input is handed in by parts: has_more was set, and this was the last part. */
void stellar__session_has_all(struct stellar_connection *session);

/* The peer sends no more, but may still read. */
void stellar__session_end_of_input(struct stellar_connection *session);

/* The server stops: says goodbye when nothing is pending, or after the shutdown limit.
 */
void stellar__session_drain(struct stellar_connection *session);

/* The peer is gone: leaves the rooms, lets go of the calls, frees all but the struct.
 */
void stellar__session_close(struct stellar_connection *session);

/* Offers all output to the transport. */
void stellar__session_flush(struct stellar_connection *session);

/* Whether to go on after receive left something: the queue is short enough, and the
 * session not held. */
bool stellar__session_may_resume(const struct stellar_connection *session);

/*
 * To write to a session: begin, append to the shard's scratch buffer, end with the mark
 * that begin gave. For a session that is not the current one, end moves what was
 * written into its queue. A session that has ended gets nothing.
 */
size_t stellar__session_begin(struct stellar_connection *session);
void stellar__session_end(struct stellar_connection *session, size_t mark);

/* Hands a finished line to a session; the reference is kept. */
void stellar__session_deliver(struct stellar_connection *session,
                              struct stellar__shared *line);

/* To be called when a call of this session is no longer pending: says goodbye if that
 * is all that was waited for. */
void stellar__session_call_done(struct stellar_connection *session);

/* The peer is lost: leaves the rooms now, and gives the session up. Not to be called
 * while a room's members are gone through. */
void stellar__session_disconnect(struct stellar_connection *session);

/* The peer neither sends nor takes anything any more, but its end must be waited for:
 * leaves the rooms, drops what waits in the queue, tells the transport to end. */
void stellar__session_stop_output(struct stellar_connection *session);

/* Whether it still executes what it receives. */
bool stellar__session_listens(const struct stellar_connection *session);
/* Whether goodbye is said, or the peer given up: nothing is written to it any more. */
bool stellar__session_is_over(const struct stellar_connection *session);

/* Gives a session up at once; close follows. */
void stellar__session_abort(struct stellar_connection *session);

/* The same for want of memory, and says so in the log. */
void stellar__session_out_of_memory(struct stellar_connection *session);

/* Who the client is, as far as the transport knows. */
struct stellar__identity stellar__session_identity(
    const struct stellar_connection *session);

/* Executes a quit. */
void stellar__session_quit(struct stellar_connection *session);

#endif
