/*
 * stellar/server.h: a server for the Stellar TCP protocol, to be embedded in a program.
 *
 *     struct stellar_server_options options;
 *     struct stellar_server *server;
 *
 *     stellar_server_options_init(&options);
 *     if (stellar_server_create(&server, &options, error, sizeof error) != 0) ...
 *     stellar_server_add_action(server, &my_action);
 *     if (stellar_server_listen(server, error, sizeof error) != 0) ...
 *     stellar_server_run(server);          returns after stellar_server_stop()
 *     stellar_server_destroy(server);
 *
 * Threads. A server runs one loop or several, each on a thread of its own; the first
 * runs on the thread that calls stellar_server_run(). A connection lives on one loop
 * for life: its hooks and the `run` of its actions are called there, never two at a
 * time. Functions marked [any] may be called from any thread at any time between create
 * and destroy. Those marked [setup] may be called before stellar_server_run() only.
 * Those marked [loop] must be called on the thread of one of the server's loops: from
 * hooks, from an action's run, or from a function given to stellar_server_post().
 * Before stellar_server_run() all loops belong to the thread that made the server, and
 * after it to no thread. On any other thread, such as that of another server's loop,
 * [loop] functions do nothing and return STELLAR_ERR_THREAD.
 *
 * States. A server is made by create, listening after listen, running once run is
 * called, draining if it is stopped then, and ended when run has returned. A function
 * that is called in the wrong state does nothing and returns an error at once:
 *
 *                            made    listening  running  draining  ended
 *     listen                 0       INVALID    INVALID  INVALID   INVALID
 *     add_action             0       0          INVALID  INVALID   INVALID
 *     run                    0       0          INVALID  INVALID   INVALID
 *     reconfigure            0       0          0        0         INVALID
 *     post                   0       0          0        0         INVALID
 *     destroy                0       0          BUSY     BUSY      0
 *     [loop], right thread   0       0          0        0         THREAD
 *     [loop], wrong thread   THREAD  THREAD     THREAD   THREAD    THREAD
 *
 * 0 means that the function does its work, which may still fail for other reasons; BUSY
 * means not yet, INVALID never again. All other functions may be called in every state.
 * Hooks, delays and posted functions that destroy calls find an ended server, but
 * [loop] functions work there.
 *
 * Fork. After fork() the child may only call exec or _exit(): it shares the loops'
 * epoll sets with the parent, and destroying its copy of a server would disconnect the
 * parent's clients.
 *
 * Pointers. A pointer that the library passes to a function of the program is valid
 * until that function returns, unless its description says something else.
 *
 * Errors are values: 0 is success, negative is one of the STELLAR_ERR_ numbers below.
 * Strings are UTF-8 and end in NUL unless a length stands beside them. No pointer may
 * be NULL unless it says so. Nothing is global: two servers can live in one process.
 *
 * The process must ignore SIGPIPE; stellar_server_create() sees to that.
 */
#ifndef STELLAR_SERVER_H
#define STELLAR_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stellar/parser.h"
#include "stellar/stats.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What functions return: XX(SYMBOL, number, "text"). */
#define STELLAR_RESULTS(XX)                                                \
    XX(NO_MEMORY, -1, "out of memory")                                     \
    XX(INVALID, -2, "invalid argument")                                    \
    XX(EXISTS, -3, "already exists")                                       \
    XX(NOT_FOUND, -4, "not found")                                         \
    XX(SYSTEM, -5, "the system refused; the message says what")            \
    XX(TLS, -6, "certificate or key cannot be used; the message says why") \
    XX(REFUSED, -7, "a hook refused")                                      \
    XX(BUSY, -8, "busy: cannot be done yet")                               \
    XX(THREAD, -9, "called on the wrong thread")

enum stellar_status {
    STELLAR_OK = 0,
#define XX(symbol, number, text) STELLAR_ERR_##symbol = number,
    STELLAR_RESULTS(XX)
#undef XX
};

struct stellar_server;     /* a server and its loops */
struct stellar_connection; /* one client, on one loop */
struct stellar_call;       /* one run of an action */
struct stellar_writer;     /* the JSON object that a call answers with */

/* [any] The text of a status: "out of memory". Never NULL. */
STELLAR_API const char *stellar_status_text(int status);


/*
 * Allocation. All memory of a server comes from here. allocate and resize return NULL
 * if there is none, and the server goes on without: the connection concerned is closed
 * or gets an error. release takes NULL. All three are called from any of the server's
 * threads, and from those on which calls are finished.
 */
struct stellar_allocator {
    void *(*allocate)(void *context, size_t size);
    void *(*resize)(void *context, void *memory, size_t size);
    void (*release)(void *context, void *memory);
    void *context;
};


/* Logging. One call per event, on the thread where it happens. */
enum stellar_log_level {
    STELLAR_LOG_DEBUG,
    STELLAR_LOG_INFO,
    STELLAR_LOG_WARNING,
    STELLAR_LOG_ERROR
};

/* message is one line of plain text; connection is the id of the connection concerned,
 * or NULL. Both live for the call only. It must not block, nor call the server; several
 * loops may call it at once. */
typedef void stellar_log_fn(void *data, enum stellar_log_level level,
                            const char *connection, const char *message);


/*
 * Hooks. Each may be NULL. Those that return a text may refuse: NULL lets the thing
 * happen; anything else is the reason, which the client is told, and must live until
 * the hook is called again on the same thread. All run on the connection's loop and
 * must not block. The pointers that a hook gets (the connection, the name of the room,
 * the message) are valid until it returns, also if the hook itself or another loop
 * destroys the room meanwhile.
 */
struct stellar_hooks {
    void *data;
    /* A client is there; the welcome has not been sent. Refused: it gets
     * {"error":reason,"context":"api"} and is closed; disconnect is not called. */
    const char *(*connect)(void *data, struct stellar_connection *connection);
    /* The client is gone, and has left its rooms. */
    void (*disconnect)(void *data, struct stellar_connection *connection);
    /* The client asks to join or leave a room. Refused: the reason is the status. leave
     * is called for roomLeave only, not when the connection ends. */
    const char *(*join)(void *data, struct stellar_connection *connection,
                        const char *room);
    const char *(*leave)(void *data, struct stellar_connection *connection,
                         const char *room);
    /* The client, a member, says something. message may contain NUL. */
    const char *(*say)(void *data, struct stellar_connection *connection,
                       const char *room, const char *message, size_t length);
};


/* Where clients are asked for certificates, whether one without any is let in. One
 * whose certificate is not good never is. */
enum stellar_client_auth { STELLAR_CLIENT_AUTH_REQUIRED, STELLAR_CLIENT_AUTH_OPTIONAL };

/* All strings are copied by stellar_server_create(). */
struct stellar_server_options {
    const char *id;        /* name of this server; NULL: a new UUID */
    const char *bind_ip;   /* "127.0.0.1", "::1"; NULL: no TCP */
    int port;              /* 5000; 0: the kernel chooses */
    const char *unix_path; /* a socket in the file system, instead of TCP; NULL: none */
    unsigned backlog;      /* connections waiting for accept: 511 */
    bool keep_alive;       /* TCP keep-alive: true. The system probes a client that has
                            * been silent for 300 s, then every 60 s; one that answers
                            * none of 5 probes is gone. A change counts for clients to
                            * come */
    unsigned threads;      /* loops: 1 */

    const char
        *tls_certificate;      /* PEM file with the chain, the server's first; NULL: */
    const char *tls_key;       /* PEM file with its key;      no TLS */
    const char *tls_client_ca; /* PEM file with the authorities that clients'
                                * certificates must be issued by; NULL: clients are
                                * not asked for any. Each of the three is a regular
                                * file of at most 1 MiB; nothing else is opened, so
                                * that no call waits for one */
    enum stellar_client_auth tls_client_auth; /* STELLAR_CLIENT_AUTH_REQUIRED */
    uint32_t handshake_timeout;               /* ms: 10000; 0: none */

    /* What a client may let the server wait for; 0: for ever. It is told, and leaves as
     * if it had quit; but who does not read is cut off (025). Time in which the client
     * waits for the server does not count. */
    uint32_t first_line_timeout; /* ms until the first line is whole: 600000 */
    uint32_t line_timeout;       /* ms until a line that was begun is whole: 60000 */
    uint32_t idle_timeout;       /* ms without any byte, between lines: 0 */
    uint32_t write_timeout; /* ms without reading what waits; it is noticed before twice
                             * that time is over. And ms, counted once, for all that
                             * waits at the goodbye: 60000 */

    const char *delimiter; /* NULL: line ends. See stellar_framing_set_delimiter() */
    size_t delimiter_length;
    size_t max_data_length; /* bytes a line: 65536; 0: no limit */

    const char *welcome_message; /* "Hello human! Welcome to Stellar" */
    const char *goodbye_message; /* "Bye!" */

    unsigned simultaneous_actions; /* pending actions a connection: 5 */
    uint32_t action_timeout;       /* ms: 30000; 0: none */
    uint32_t shutdown_limit;       /* ms that quit and stop wait for actions: 5000 */

    size_t max_connections; /* 0: no limit */
    size_t
        max_connections_per_address; /* of an IPv4 address or an IPv6 /64; counts
                                      * those that come once it is set. 0: no limit */
    unsigned accept_rate; /* connections accepted a second, others wait in the backlog;
                           * 0: no limit. At most 1000000 */
    size_t max_rooms;     /* rooms that a client may join: 1024; 0: no limit */
    size_t max_members;   /* of a room, for clients that would join. With several
                           * loops a few more may get in at once. 0: no limit */
    size_t max_params;    /* params a connection: 1024 */
    size_t max_params_bytes;  /* bytes of all their names and values: 1 MiB */
    size_t output_soft_limit; /* bytes waiting; above, a client is not read: 256 KiB */
    size_t output_hard_limit; /* bytes waiting; above, it is cut off (025): 16 MiB */

    size_t mail_limit; /* bytes on their way to another loop; above, a client is not
                        * read whose lines send more, and posted functions wait; above
                        * twice as many, functions that would send more return BUSY.
                        * Also bytes of posted functions that wait. 4 MiB */
    size_t max_memory; /* bytes from the allocator, for all but the server struct. Above
                        * nine tenths of it no client is welcome, beyond it an
                        * allocation fails. 0: no limit, and nothing is counted */

    struct stellar_hooks hooks;
    stellar_log_fn *log; /* NULL: silence */
    void *log_data;
    enum stellar_log_level log_level; /* events below are not made: STELLAR_LOG_INFO */
    struct stellar_allocator allocator; /* all NULL: malloc, realloc, free */
};

/* [any] Sets the defaults named above. */
STELLAR_API void stellar_server_options_init(struct stellar_server_options *options);

/*
 * Makes a server. On failure *server is NULL and error (may be NULL if capacity is 0)
 * holds one line of text that says what is wrong. Errors: INVALID (an option),
 * NO_MEMORY, TLS, SYSTEM (too few descriptors: a loop takes 4 of them, the first one of
 * a process 6, and before each is made 6 must be free).
 */
STELLAR_API int stellar_server_create(struct stellar_server **server,
                                      const struct stellar_server_options *options,
                                      char *error, size_t capacity);

/*
 * [setup] Binds and listens. From here on clients can connect; they are served by run.
 * A Unix socket takes the place of one at its path that nobody listens on; anything
 * else there is an error. The socket is removed from the file system when the server
 * stops listening: when it begins to drain, or in destroy. If something else is at the
 * path by then, that stays. Of several servers that start on one path at once, one
 * listens.
 *
 * error is as in stellar_server_create(). Errors: INVALID (bind_ip is no IP address, or
 * unix_path is empty or too long, or it was called before), SYSTEM (address in use …).
 * After an error it may be called again. But if only some of the loops could listen,
 * the server has ended.
 */
STELLAR_API int stellar_server_listen(struct stellar_server *server, char *error,
                                      size_t capacity);

/* [any] "127.0.0.1:40123", "[::1]:40123" or "unix:/path"; "" before listen. Lives as
 * long as the server. */
STELLAR_API const char *stellar_server_address(const struct stellar_server *server);
/* [any] The TCP port; 0 for a Unix socket, and before listen. */
STELLAR_API int stellar_server_port(const struct stellar_server *server);

/* Serves until stop has been called and all connections are gone; then calls the posted
 * functions that still wait. Once in the life of a server. Returns 0, SYSTEM or
 * NO_MEMORY if the loops could not be started, or INVALID: it has been called before.
 */
STELLAR_API int stellar_server_run(struct stellar_server *server);

/*
 * [any] Begins to drain: accepts no more, refuses new actions (006), waits for pending
 * ones up to the shutdown limit, says goodbye to all. now: closes all at once. May be
 * called again. Before run: run returns at once. Not for signal handlers: use
 * uv_signal, signalfd or sigwait.
 */
STELLAR_API void stellar_server_stop(struct stellar_server *server, bool now);

/*
 * [any] Changes options while the server runs: all of them or, on an error, none, and
 * error says which cannot be and why. Connections live on. Each loop goes by the new
 * options from when it next turns to its mail; a line that has begun ends by the limit
 * of its beginning. A timeout that is shorter than before, or was off, holds for those
 * who are there, too: they have its whole length from then on, if not less was left of
 * the longer one. The files of certificate and key are read anew, for connections to
 * come, also if their names are the same.
 *
 * What is fixed when the server is made is passed over, whatever is given: id, bind_ip,
 * port, unix_path, backlog, threads, delimiter, hooks, log, log_data, allocator,
 * max_memory, and whether the server speaks TLS. Errors: as those of
 * stellar_server_create(), and INVALID after run has returned.
 */
STELLAR_API int stellar_server_reconfigure(struct stellar_server *server,
                                           const struct stellar_server_options *options,
                                           char *error, size_t capacity);

/*
 * Frees a server that is not running, on any thread; before, its delays end, and, if
 * run was never called, its posted functions are called and its connections end. May be
 * NULL. Returns 0 or BUSY. BUSY means that the server is running or being destroyed,
 * and nothing has changed; or that calls are still with other threads, which would use
 * what is freed. Then the server is only fit to have them finished, and to be destroyed
 * again.
 */
STELLAR_API int stellar_server_destroy(struct stellar_server *server);

/*
 * [any] Has the server call function on a loop, between what clients ask for. If this
 * returns 0, the function is called once: soon, while the server runs or drains; before
 * run, when it runs; at the latest before run returns, or by destroy if run is never
 * called. While another loop has more than mail_limit bytes to act on, it waits, unless
 * the server drains. If this returns an error, the function is never called:
 * NO_MEMORY; BUSY: the functions that wait take more than mail_limit bytes, try again
 * later; INVALID: run has returned, or is about to.
 */
STELLAR_API int stellar_server_post(struct stellar_server *server,
                                    void (*function)(struct stellar_server *, void *),
                                    void *data);

/* [any] The server's id, and milliseconds since it was made, as exact as the system's
 * tick. */
STELLAR_API const char *stellar_server_id(const struct stellar_server *server);
STELLAR_API uint64_t stellar_server_uptime(const struct stellar_server *server);

/* [any] Fills in what the server has counted so far; see stats.h. Takes no lock. */
STELLAR_API void stellar_server_stats(const struct stellar_server *server,
                                      struct stellar_stats *stats);


/*
 * Actions. The struct, and all it points to, is kept by reference and must outlive the
 * server. Several actions may share a name if their versions differ.
 */
enum stellar_convert { STELLAR_AS_SENT, STELLAR_TO_INTEGER, STELLAR_TO_FLOAT };

struct stellar_input {
    const char *name; /* NULL ends the list */
    bool required;    /* missing (absent or null) is an error */
    const char
        *default_json; /* JSON text that stands in where it is missing, or NULL */
    enum stellar_convert convert;
    /* Called on the connection's loop, before run. Returns NULL, or static text that
     * says what is wrong with the value. Sees the value converted; its text lives as
     * long as the call. NULL: anything goes. */
    const char *(*validate)(const struct stellar_call *call,
                            struct stellar_value value);
};

struct stellar_action {
    const char *name;        /* valid UTF-8 without space and tab, not empty. One that
                              * is a verb's, or begins with {, is called in JSON only */
    const char *description; /* for people, or NULL */
    unsigned version;        /* 1 and up */
    bool is_private;         /* refused from the wire (002) */
    const struct stellar_input *inputs; /* ends in a NULL name; NULL: none declared */
    /* Called on the connection's loop, and must not block it: what takes time is left
     * to a thread of the program's own. Answers now or later: stellar_call_finish() or
     * _fail() exactly once, from here or from any thread. Must be given. */
    void (*run)(struct stellar_call *call, void *data);
    void *data;
};

/* [setup] Errors: EXISTS (name and version), INVALID (name, version, run, default, or
 * run was called before), NO_MEMORY. */
STELLAR_API int stellar_server_add_action(struct stellar_server *server,
                                          const struct stellar_action *action);

/*
 * A call is the action's from run until it is finished. It may outlive its connection,
 * and an answer that comes too late is dropped. The functions below may be called on
 * any thread, by one at a time.
 */
STELLAR_API struct stellar_server *stellar_call_server(const struct stellar_call *call);
/* The id (36 characters) of the connection that asked. Lives as long as the call. */
STELLAR_API const char *stellar_call_connection_id(const struct stellar_call *call);

/* A param by its name, as it was when the action was called: declared inputs have been
 * filled in and converted. False if there is none. The text lives as long as the call.
 */
STELLAR_API bool stellar_call_param(const struct stellar_call *call, const char *name,
                                    struct stellar_value *value);
/* Shorthand for a string: copies its text to out, without escapes and with a NUL at its
 * end. False, and out is "", if there is none, it is of another type, has a NUL inside,
 * or takes more than capacity bytes (1 and up) with the NUL. */
STELLAR_API bool stellar_call_text(const struct stellar_call *call, const char *name,
                                   char *out, size_t capacity);
/* Shorthands for numbers; missing or of another type: fallback. An integer is a number
 * that is one exactly, however it is written (5, 5.0, 0.5e1), and fits 64 bits. */
STELLAR_API int64_t stellar_call_integer(const struct stellar_call *call,
                                         const char *name, int64_t fallback);
STELLAR_API double stellar_call_double(const struct stellar_call *call,
                                       const char *name, double fallback);

/* Where the answer's keys are written; an open JSON object. Lives as long as the call.
 */
STELLAR_API struct stellar_writer *stellar_call_writer(struct stellar_call *call);

/* Ends the call with what has been written, or, with text, as failed: the keys written
 * so far, then "error":text. text is copied. The call must not be used any more. */
STELLAR_API void stellar_call_finish(struct stellar_call *call);
STELLAR_API void stellar_call_fail(struct stellar_call *call, const char *text);

/*
 * [loop] Calls function after so many milliseconds on the same loop, on which the call
 * must have been begun, and from which this is called. One delay at a time. It ends
 * early when nobody waits for the answer any more, or the server is destroyed. The
 * function must finish the call, or delay again; data must live until it is called.
 * Returns 0, or THREAD: it was called on another thread, and nothing has changed.
 */
STELLAR_API int stellar_call_delay(struct stellar_call *call, uint64_t milliseconds,
                                   void (*function)(struct stellar_call *, void *),
                                   void *data);

/*
 * The writer checks what it is given: keys only and always inside objects, ends that
 * match, valid UTF-8, depth below STELLAR_JSON_DEPTH_MAX, memory. After the first fault
 * it writes nothing more and the call is answered with an error, which the log
 * explains; so results need not be looked at. It does not see that a key is given
 * twice: those that every answer ends with (error, context, messageCount, messageId)
 * are not for use at the outermost level. What is given is copied.
 */
STELLAR_API void stellar_write_key(struct stellar_writer *writer, const char *key);
STELLAR_API void stellar_write_string(struct stellar_writer *writer, const char *text,
                                      size_t length);
STELLAR_API void stellar_write_text(struct stellar_writer *writer, const char *text);
STELLAR_API void stellar_write_integer(struct stellar_writer *writer, int64_t value);
/* As few digits as give the same number again; null if it is infinite or none. */
STELLAR_API void stellar_write_double(struct stellar_writer *writer, double value);
STELLAR_API void stellar_write_boolean(struct stellar_writer *writer, bool value);
STELLAR_API void stellar_write_null(struct stellar_writer *writer);
/* A value's text, without the white space between its tokens, and with U+0080 to U+009F
 * as escapes. No valid JSON: a fault. */
STELLAR_API void stellar_write_json(struct stellar_writer *writer, const char *json,
                                    size_t length);
STELLAR_API void stellar_write_object_begin(struct stellar_writer *writer);
STELLAR_API void stellar_write_object_end(struct stellar_writer *writer);
STELLAR_API void stellar_write_array_begin(struct stellar_writer *writer);
STELLAR_API void stellar_write_array_end(struct stellar_writer *writer);


/*
 * Connections. A pointer to one is valid on its own loop, in the hook that was given
 * it; elsewhere a connection is known by its id, 36 characters. The strings that these
 * functions return live as long as the connection: until its disconnect hook returns,
 * or, if connect refuses it, until that returns.
 */
STELLAR_API const char *stellar_connection_id(
    const struct stellar_connection *connection);
/* "127.0.0.1", "::1"; "" for a Unix socket, whose port is 0. An IPv4 client of a server
 * on "::" has its IPv4 address here. */
STELLAR_API const char *stellar_connection_remote_ip(
    const struct stellar_connection *connection);
STELLAR_API int stellar_connection_remote_port(
    const struct stellar_connection *connection);
/* Who the client is, by a certificate that has been verified: the subject (RFC 4514, as
 * "CN=alice,O=Example"), and the certificate's SHA-256, "AB:CD:…". NULL if it has shown
 * none. They live as long as the connection. */
STELLAR_API const char *stellar_connection_subject(
    const struct stellar_connection *connection);
STELLAR_API const char *stellar_connection_fingerprint(
    const struct stellar_connection *connection);

/* [loop] Sends one JSON object as a line of its own to a connection on any loop, as
 * stellar_write_json() does. Nothing tells whether it was still there. Errors: INVALID
 * (no valid JSON object), NO_MEMORY, THREAD, BUSY (another loop has too many bytes to
 * act on, see rooms). */
STELLAR_API int stellar_server_send(struct stellar_server *server, const char *id,
                                    const char *json, size_t length);


/*
 * Rooms [loop]. A name is any run of bytes without space, tab, comma and control
 * characters, valid UTF-8. One that is destroyed and created again is another room.
 *
 * Order. All loops see all changes in the same order. Once a function has returned,
 * every function that is called after that, on any loop, sees its effect, and so does
 * a loop before it reads anything that was sent after that. A client gets the lines of
 * these functions and of stellar_server_send() in the same order.
 *
 * Errors: EXISTS, NOT_FOUND, INVALID, NO_MEMORY, THREAD, and from those that change or
 * send something BUSY: another loop has more than twice mail_limit bytes to act on, and
 * nothing has changed.
 */
STELLAR_API int stellar_room_create(struct stellar_server *server, const char *room);
/* Its members are out of it. */
STELLAR_API int stellar_room_destroy(struct stellar_server *server, const char *room);
/* On the wrong thread false. */
STELLAR_API bool stellar_room_exists(struct stellar_server *server, const char *room);

/* Calls function with each room's name, in the order of creation, until it returns
 * false. It cannot create or destroy rooms: BUSY. On the wrong thread it is not called.
 */
STELLAR_API void stellar_room_list(struct stellar_server *server,
                                   bool (*function)(void *data, const char *room),
                                   void *data);

/* Calls function for each member, those on this loop first, until it returns false. It
 * cannot create or destroy rooms, add or remove members: BUSY. function may be NULL.
 * Returns the number of members, NOT_FOUND or THREAD. */
STELLAR_API int64_t stellar_room_status(struct stellar_server *server, const char *room,
                                        bool (*function)(void *data, const char *id,
                                                         uint64_t joined_at),
                                        void *data);

/*
 * Puts a connection into a room, or out of it, as if it had asked; hooks are not
 * called. For a connection on this loop the answer is exact: NOT_FOUND (no such room,
 * or not in it), EXISTS (already in). For any other id the answer is 0, and it is done
 * soon on the loop that has it, if one has: before the connection gets anything that is
 * said later. Only then does stellar_room_status() count it.
 */
STELLAR_API int stellar_room_add_member(struct stellar_server *server, const char *room,
                                        const char *id);
STELLAR_API int stellar_room_remove_member(struct stellar_server *server,
                                           const char *room, const char *id);

/* Says something to all members, from the server: "from" is its id. */
STELLAR_API int stellar_room_broadcast(struct stellar_server *server, const char *room,
                                       const char *message, size_t length);


/*
 * Modules. A shared object given to stellard with --module exports this function, which
 * adds its actions (and sets what it needs); it returns 0, or one of the
 * STELLAR_ERR_ numbers and a line of text in error, which ends in NUL and takes at most
 * capacity bytes with it. error is empty when it is called. If it stays so, the number
 * is explained in its place.
 */
#define STELLAR_MODULE_INIT "stellar_module_init"
typedef int stellar_module_init_fn(struct stellar_server *server, char *error,
                                   size_t capacity);
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
int stellar_module_init(struct stellar_server *server, char *error, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
