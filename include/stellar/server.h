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
 * Threads. A server runs one or more loops, each on its own thread. The first loop runs
 * on the thread that calls stellar_server_run(). A connection stays on one loop for its
 * whole life: its hooks and the `run` of its actions are called there, never two at a
 * time. A function marked [any] may be called from any thread at any time between
 * create and destroy. A function marked [setup] may only be called before
 * stellar_server_run(). A function marked [loop] must be called on the thread of one of
 * the server's loops: from a hook, from an action's run, or from a function passed to
 * stellar_server_post(). Before stellar_server_run() all loops belong to the thread
 * that created the server; after it they belong to no thread. On any other thread, such
 * as that of another server's loop, a [loop] function does nothing and returns
 * STELLAR_ERR_THREAD.
 *
 * States. A server is "made" after create and "listening" after listen. When run is
 * called, it is "running"; when it is stopped then, it is "draining"; and when run has
 * returned, it has "ended". A function that is called in the wrong state does nothing
 * and returns an error at once:
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
 * 0 means that the function does its work, which may still fail for other reasons. BUSY
 * means that it cannot do it yet, INVALID that it never can again. All other functions
 * may be called in every state. Hooks, delays and posted functions that are called by
 * destroy find an ended server, but [loop] functions work in them.
 *
 * Fork. After fork() the child may only call exec or _exit(): it shares the loops'
 * epoll sets with the parent, and destroying its copy of a server would disconnect the
 * parent's clients.
 *
 * Pointers. A pointer that the library passes to a function of the program is valid
 * until that function returns, unless its description says something else.
 *
 * Errors are values: 0 is success, a negative number is one of the STELLAR_ERR_ numbers
 * below. Strings are UTF-8 and end in NUL, unless a length is passed with them. A
 * pointer must not be NULL unless its comment allows it. Nothing is global: two servers
 * can live in one process.
 *
 * The process must ignore SIGPIPE. stellar_server_create() makes it do so.
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
#define STELLAR_XX(symbol, number, text) STELLAR_ERR_##symbol = number,
    STELLAR_RESULTS(STELLAR_XX)
#undef STELLAR_XX
};

struct stellar_server;     /* a server and its loops */
struct stellar_connection; /* one client, on one loop */
struct stellar_call;       /* one run of an action */
struct stellar_writer;     /* the JSON object that answers a call */

/* [any] The text of a status: "out of memory". Never NULL. */
STELLAR_API const char *stellar_status_text(int status);


/*
 * Allocation. All memory of a server comes from these functions. allocate and resize
 * return NULL if there is no memory. The server then carries on without it: the
 * connection concerned is closed or gets an error. release accepts NULL. All three are
 * called on any of the server's threads, and on the threads on which calls are
 * finished.
 */
struct stellar_allocator {
    void *(*allocate)(void *context, size_t size);
    void *(*resize)(void *context, void *memory, size_t size);
    void (*release)(void *context, void *memory);
    void *context;
};


/* Logging. The function is called once per event, on the thread where it happens. */
enum stellar_log_level {
    STELLAR_LOG_DEBUG,
    STELLAR_LOG_INFO,
    STELLAR_LOG_WARNING,
    STELLAR_LOG_ERROR
};

/* message is one line of plain text. connection is the id of the connection concerned,
 * or NULL. Both are valid until the function returns. The function must not block or
 * call the server. Several loops may call it at the same time. */
typedef void stellar_log_fn(void *data, enum stellar_log_level level,
                            const char *connection, const char *message);


/*
 * Hooks. Each may be NULL. A hook that returns a text can refuse what the client wants.
 * If it returns NULL, the client is allowed to do it. Otherwise the text is the reason,
 * which is sent to the client; it must be valid until the hook is called again on the
 * same thread. All hooks run on the connection's loop and must not block. The pointers
 * passed to a hook (the connection, the name of the room, the message) are valid until
 * it returns, even if the hook itself or another loop destroys the room in the
 * meantime.
 */
struct stellar_hooks {
    void *data;
    /* A client has connected; the welcome has not been sent yet. If the hook refuses,
     * the client gets {"error":reason,"context":"api"} and its connection is closed;
     * disconnect is not called. */
    const char *(*connect)(void *data, struct stellar_connection *connection);
    /* The client is gone and is no longer in any room. */
    void (*disconnect)(void *data, struct stellar_connection *connection);
    /* The client asks to join or leave a room. If the hook refuses, the reason is the
     * status in the reply. leave is called for roomLeave only, not when the connection
     * ends. */
    const char *(*join)(void *data, struct stellar_connection *connection,
                        const char *room);
    const char *(*leave)(void *data, struct stellar_connection *connection,
                         const char *room);
    /* The client, a member of the room, says something. message may contain NUL. */
    const char *(*say)(void *data, struct stellar_connection *connection,
                       const char *room, const char *message, size_t length);
};


/* Whether a client that is asked for a certificate may connect without one. A client
 * whose certificate cannot be verified never may. */
enum stellar_client_auth { STELLAR_CLIENT_AUTH_REQUIRED, STELLAR_CLIENT_AUTH_OPTIONAL };

/* stellar_server_create() copies all strings. By default numbers are 0 and pointers
 * NULL, unless a comment says otherwise. Each option has a row in options.h. */
struct stellar_server_options {
    const char *id;        /* name of this server; NULL: a new UUID */
    const char *bind_ip;   /* IPv4 or IPv6; default "127.0.0.1"; NULL: no TCP */
    int port;              /* default 5000; 0: the kernel chooses */
    const char *unix_path; /* a socket in the file system, instead of TCP; NULL: none */
    unsigned backlog;      /* connections that wait to be accepted; default 511 */
    bool keep_alive;       /* TCP keep-alive; default true. The system probes a client
                            * that has been silent for 300 s, then every 60 s. A client
                            * that answers none of 5 probes is gone. A change applies
                            * to later connections */
    unsigned threads;      /* number of loops; default 1 */

    /* PEM files. Each must be a regular file of at most 1 MiB. Nothing else is opened,
     * so no call can block on it. */
    const char *tls_certificate; /* the chain, the server's own certificate first */
    const char *tls_key;         /* the certificate's key. Both NULL: no TLS */
    const char *tls_client_ca;   /* the authorities, one of which must have issued a
                                  * client's certificate; NULL: clients are not asked
                                  * for one */
    enum stellar_client_auth tls_client_auth; /* default STELLAR_CLIENT_AUTH_REQUIRED */
    uint32_t handshake_timeout;               /* ms; default 10000; 0: no limit */

    /* How long the server waits for a client; 0: forever. When the time is over, the
     * server tells the client so, and closes the connection as after a quit. But a
     * client that does not read is cut off (025). Time in which the client waits for
     * the server does not count. */
    uint32_t first_line_timeout; /* ms until the first line ends; default 600000 */
    uint32_t line_timeout;  /* ms until a line that has begun ends; default 60000 */
    uint32_t idle_timeout;  /* ms between lines without a single byte; default 0 */
    uint32_t write_timeout; /* ms in which the client reads none of the output that
                             * waits for it; default 60000. The server notices before
                             * twice this time is over. At the goodbye this is the time
                             * for all the output that still waits, counted once */

    const char *delimiter; /* NULL: line ends. See stellar_framing_set_delimiter() */
    size_t delimiter_length;
    size_t max_data_length; /* bytes in a line; default 65536; 0: no limit */

    const char *welcome_message; /* default "Hello human! Welcome to Stellar" */
    const char *goodbye_message; /* default "Bye!" */

    unsigned simultaneous_actions; /* pending actions per connection; default 5 */
    uint32_t action_timeout;       /* ms; default 30000; 0: no limit */
    uint32_t shutdown_limit; /* ms that quit and stop wait for actions; default 5000 */

    size_t max_connections;             /* 0: no limit */
    size_t max_connections_per_address; /* per IPv4 address or IPv6 /64. Counts only
                                         * connections that were accepted after it was
                                         * set. 0: no limit */
    unsigned accept_rate; /* connections accepted per second, at most 1000000; others
                           * wait in the backlog. 0: no limit */
    size_t max_rooms;     /* rooms that a client may join; default 1024; 0: no limit */
    size_t max_members;   /* a client cannot join a room that has this many members.
                           * With several loops a few more may get in at the same
                           * moment. 0: no limit */
    size_t max_params;    /* params per connection; default 1024 */
    size_t max_params_bytes;  /* bytes of all their names and values; default 1 MiB */
    size_t output_soft_limit; /* bytes of output that wait for a client. Above this, the
                               * client is not read; default 256 KiB */
    size_t output_hard_limit; /* the same. Above this, the client is cut off (025);
                               * default 16 MiB */

    size_t mail_limit; /* bytes in transit to another loop; default 4 MiB. Above this,
                        * clients whose lines send more are not read, and posted
                        * functions wait. Above twice this, functions that would send
                        * more return BUSY. Also the limit for the bytes of posted
                        * functions that wait */
    size_t max_memory; /* bytes from the allocator, without the server struct. Above
                        * nine tenths of it new clients are refused; an allocation that
                        * would exceed it fails. 0: no limit, and nothing is counted */

    struct stellar_hooks hooks;
    stellar_log_fn *log; /* NULL: no log */
    void *log_data;
    enum stellar_log_level log_level;   /* default STELLAR_LOG_INFO. Events below it are
                                         * left out */
    struct stellar_allocator allocator; /* all NULL: malloc, realloc, free */
};

/* [any] Sets the defaults given above. */
STELLAR_API void stellar_server_options_init(struct stellar_server_options *options);

/*
 * Creates a server. On failure *server is NULL, and error (may be NULL if capacity is
 * 0) holds one line of text that says what is wrong. Errors: INVALID (an option),
 * NO_MEMORY, TLS, SYSTEM (too few file descriptors: each loop takes 4, the first loop
 * of a process 6, and 6 must be free before each loop is created).
 *
 * Clients never get the last file descriptors of a process: 8 and one for each loop, or
 * an eighth of RLIMIT_NOFILE if that is less, are left to the rest of it. Until clients
 * leave, others wait to be accepted.
 */
STELLAR_API int stellar_server_create(struct stellar_server **server,
                                      const struct stellar_server_options *options,
                                      char *error, size_t capacity);

/*
 * [setup] Binds and listens. After this clients can connect; run serves them. A Unix
 * socket replaces a socket at its path that nobody listens on; anything else at the
 * path is an error. The socket is removed from the file system when the server stops
 * listening: when it begins to drain, or in destroy. If something else is at the path
 * by then, that stays. If several servers start on one path at the same time, one of
 * them listens.
 *
 * error is as in stellar_server_create(). Errors: INVALID (bind_ip is not an IP
 * address, unix_path is empty or too long, or the function was called before), SYSTEM
 * (address in use …). After an error it may be called again, unless only some of the
 * loops could listen: then the server has ended.
 */
STELLAR_API int stellar_server_listen(struct stellar_server *server, char *error,
                                      size_t capacity);

/* [any] "127.0.0.1:40123", "[::1]:40123" or "unix:/path"; "" before listen. Valid as
 * long as the server exists. */
STELLAR_API const char *stellar_server_address(const struct stellar_server *server);
/* [any] The TCP port; 0 for a Unix socket, and before listen. */
STELLAR_API int stellar_server_port(const struct stellar_server *server);

/*
 * Serves until stop has been called and all connections are gone; then calls the posted
 * functions that still wait. Can be called once in the life of a server. Returns 0;
 * SYSTEM or NO_MEMORY if the loops could not be started; or INVALID if it was called
 * before.
 */
STELLAR_API int stellar_server_run(struct stellar_server *server);

/*
 * [any] Begins to drain: the server accepts no more connections, refuses new actions
 * (006), waits for pending ones up to shutdown_limit, and says goodbye to all clients.
 * If now is true, it closes all connections at once. May be called again. If it is
 * called before run, run returns at once. Must not be called in a signal handler: use
 * uv_signal, signalfd or sigwait.
 */
STELLAR_API void stellar_server_stop(struct stellar_server *server, bool now);

/*
 * [any] Changes options while the server runs: all of them, or none if there is an
 * error; then error says which option cannot be changed and why. Connections stay open.
 * Each loop uses the new options after it has next read its mailbox. A line that has
 * begun keeps the max_data_length under which it began. A timeout that is shorter than
 * before, or was off, applies to existing connections, too: their time begins at the
 * change, but ends no later than under the old timeout. The files of the certificate,
 * the key and the clients' authorities are read again for later connections, even if
 * their names have not changed.
 *
 * Some options are fixed when the server is created. Their values are ignored here: id,
 * bind_ip, port, unix_path, backlog, threads, delimiter, hooks, log, log_data,
 * allocator, max_memory, and whether the server uses TLS. Errors: those of
 * stellar_server_create(), and INVALID after run has returned.
 */
STELLAR_API int stellar_server_reconfigure(struct stellar_server *server,
                                           const struct stellar_server_options *options,
                                           char *error, size_t capacity);

/*
 * Frees a server that is not running. May be called on any thread. First the server's
 * delays end, and if run was never called, its posted functions are called and its
 * connections end. server may be NULL. Returns 0 or BUSY. BUSY means one of two things.
 * Either the server is running or being destroyed, and nothing has changed. Or other
 * threads still have calls, which use the memory that would be freed; then the only
 * things left to do are to finish those calls and to call destroy again.
 */
STELLAR_API int stellar_server_destroy(struct stellar_server *server);

/*
 * [any] Makes the server call function on one of its loops, between two requests of
 * clients. If this returns 0, the function is called once: soon if the server runs or
 * drains; when it runs if run has not been called yet; at the latest before run
 * returns, or by destroy if run is never called. While another loop has more than
 * mail_limit bytes to process, the function waits, unless the server drains. If this
 * returns an error, the function is never called: NO_MEMORY; BUSY (the functions that
 * wait take more than mail_limit bytes; try again later); INVALID (run has returned, or
 * is about to).
 */
STELLAR_API int stellar_server_post(struct stellar_server *server,
                                    void (*function)(struct stellar_server *, void *),
                                    void *data);

/* [any] The server's id, valid as long as the server exists; and the milliseconds since
 * it was created, with the resolution of the system's tick. */
STELLAR_API const char *stellar_server_id(const struct stellar_server *server);
STELLAR_API uint64_t stellar_server_uptime(const struct stellar_server *server);

/* [any] Copies the server's counters to *stats; see stats.h. Takes no lock. */
STELLAR_API void stellar_server_stats(const struct stellar_server *server,
                                      struct stellar_stats *stats);


/*
 * Actions. The server keeps a pointer to the struct. The struct and everything it
 * points to must outlive the server. Several actions may share a name if their versions
 * differ.
 */
enum stellar_convert { STELLAR_AS_SENT, STELLAR_TO_INTEGER, STELLAR_TO_FLOAT };

struct stellar_input {
    const char *name;         /* NULL ends the list */
    bool required;            /* missing (absent or null) is an error */
    const char *default_json; /* JSON text to use if it is missing, or NULL */
    enum stellar_convert convert;
    /* Called on the connection's loop, before run. Returns NULL, or static text that
     * says what is wrong with the value. The value has been converted already; its text
     * is valid as long as the call. If validate is NULL, every value is accepted. */
    const char *(*validate)(const struct stellar_call *call,
                            struct stellar_value value);
};

struct stellar_action {
    const char *name;        /* valid UTF-8 without space and tab, not empty. If it is
                              * the name of a verb or begins with {, the action can only
                              * be called in JSON */
    const char *description; /* for people, or NULL */
    unsigned version;        /* 1 and up */
    bool is_private;         /* refused from the wire (002) */
    const struct stellar_input *inputs; /* ends in a NULL name; NULL: none declared */
    /* Called on the connection's loop, which it must not block: long work belongs on a
     * thread of the program. It answers now or later: stellar_call_finish() or
     * stellar_call_fail() must be called exactly once, from here or from any thread.
     * Must not be NULL. */
    void (*run)(struct stellar_call *call, void *data);
    void *data;
};

/* [setup] Errors: EXISTS (name and version), INVALID (name, version, run or default is
 * not allowed, or stellar_server_run() was called before), NO_MEMORY. */
STELLAR_API int stellar_server_add_action(struct stellar_server *server,
                                          const struct stellar_action *action);

/*
 * A call belongs to its action from run until it is finished. It may outlive its
 * connection; an answer that comes too late is dropped. The functions below may be
 * called on any thread, but only by one thread at a time for each call.
 */
STELLAR_API struct stellar_server *stellar_call_server(const struct stellar_call *call);
/* The id (36 characters) of the connection that made the call. Valid as long as the
 * call. */
STELLAR_API const char *stellar_call_connection_id(const struct stellar_call *call);

/* Finds a param by its name. Params are as they were when the action was called;
 * defaults of declared inputs have been filled in, and values converted. Returns false
 * if there is no such param. The text is valid as long as the call. */
STELLAR_API bool stellar_call_param(const struct stellar_call *call, const char *name,
                                    struct stellar_value *value);
/* Shorthand for a string: copies its text to out, without escapes and with a NUL at its
 * end. Returns false, and out is "", if the param is missing, has another type,
 * contains NUL, or takes more than capacity bytes with the NUL at its end. capacity
 * must be at least 1. */
STELLAR_API bool stellar_call_text(const struct stellar_call *call, const char *name,
                                   char *out, size_t capacity);
/* Shorthands for numbers. They return fallback if the param is missing or has another
 * type. An integer is a number that is exactly an integer, however it is written (5,
 * 5.0, 0.5e1), and fits in 64 bits. */
STELLAR_API int64_t stellar_call_integer(const struct stellar_call *call,
                                         const char *name, int64_t fallback);
STELLAR_API double stellar_call_double(const struct stellar_call *call,
                                       const char *name, double fallback);

/* The writer for the answer: a JSON object that is open already. Valid as long as the
 * call. */
STELLAR_API struct stellar_writer *stellar_call_writer(struct stellar_call *call);

/* Both end the call; it must not be used any more. finish answers with the keys that
 * have been written. fail answers with these and then "error":text. text is copied. */
STELLAR_API void stellar_call_finish(struct stellar_call *call);
STELLAR_API void stellar_call_fail(struct stellar_call *call, const char *text);

/*
 * [loop] Calls function after the given milliseconds on the same loop. It must be
 * called on the loop on which the call began. A call can have one delay at a time. The
 * function is called early if nobody waits for the answer any more, or if the server is
 * destroyed. It must finish the call or start another delay. data must be valid until
 * function is called. Returns 0, or THREAD if it was called on another thread; then
 * nothing has changed.
 */
STELLAR_API int stellar_call_delay(struct stellar_call *call, uint64_t milliseconds,
                                   void (*function)(struct stellar_call *, void *),
                                   void *data);

/*
 * The writer checks how it is used: keys must be written inside objects and nowhere
 * else, each begin needs its own end, text must be valid UTF-8, the depth must stay
 * below STELLAR_JSON_DEPTH_MAX, and there must be memory. After the first fault it
 * writes nothing more, and the call is answered with an error, which the log explains.
 * So the functions return nothing to check. The writer does not notice a key that is
 * written twice. Do not use the keys that every answer ends with (error, context,
 * messageCount, messageId) at the outermost level. All arguments are copied.
 */
STELLAR_API void stellar_write_key(struct stellar_writer *writer, const char *key);
STELLAR_API void stellar_write_string(struct stellar_writer *writer, const char *text,
                                      size_t length);
STELLAR_API void stellar_write_text(struct stellar_writer *writer, const char *text);
STELLAR_API void stellar_write_integer(struct stellar_writer *writer, int64_t value);
/* Writes the fewest digits that give the same number when they are read; null if value
 * is infinite or not a number. */
STELLAR_API void stellar_write_double(struct stellar_writer *writer, double value);
STELLAR_API void stellar_write_boolean(struct stellar_writer *writer, bool value);
STELLAR_API void stellar_write_null(struct stellar_writer *writer);
/* Writes a JSON text without the white space between its tokens, and with U+0080 to
 * U+009F as escapes. It is a fault if the text is not valid JSON. */
STELLAR_API void stellar_write_json(struct stellar_writer *writer, const char *json,
                                    size_t length);
STELLAR_API void stellar_write_object_begin(struct stellar_writer *writer);
STELLAR_API void stellar_write_object_end(struct stellar_writer *writer);
STELLAR_API void stellar_write_array_begin(struct stellar_writer *writer);
STELLAR_API void stellar_write_array_end(struct stellar_writer *writer);


/*
 * Connections. A pointer to a connection is valid on the connection's loop, in the hook
 * to which it was passed. Everywhere else a connection is known by its id, 36
 * characters. The strings that these functions return are valid as long as the
 * connection exists: until its disconnect hook returns, or, if the connect hook refuses
 * it, until that hook returns.
 */
STELLAR_API const char *stellar_connection_id(
    const struct stellar_connection *connection);
/* "127.0.0.1", "::1"; "" for a Unix socket, whose port is 0. If an IPv4 client connects
 * to a server on "::", this is its IPv4 address. */
STELLAR_API const char *stellar_connection_remote_ip(
    const struct stellar_connection *connection);
STELLAR_API int stellar_connection_remote_port(
    const struct stellar_connection *connection);
/* Who the client is, according to its verified certificate: the subject (RFC 4514, such
 * as "CN=alice,O=Example"), and the certificate's SHA-256, "AB:CD:…". NULL if the
 * client sent no certificate. They are valid as long as the connection exists. */
STELLAR_API const char *stellar_connection_subject(
    const struct stellar_connection *connection);
STELLAR_API const char *stellar_connection_fingerprint(
    const struct stellar_connection *connection);

/* [loop] Sends one JSON object as a line of its own to a connection on any loop. It is
 * written as by stellar_write_json(). There is no way to know whether the connection
 * still existed. Errors: INVALID (not a valid JSON object), NO_MEMORY, THREAD, BUSY
 * (another loop has too many bytes to process, see Rooms). */
STELLAR_API int stellar_server_send(struct stellar_server *server, const char *id,
                                    const char *json, size_t length);


/*
 * Rooms [loop]. A room's name is valid UTF-8 without space, tab, comma and control
 * characters, and is not empty. A room that is destroyed and created again is another
 * room.
 *
 * Order. All loops see all changes in the same order. When a function has returned,
 * every function called after that, on any loop, sees its effect; and each loop sees it
 * before it reads anything that was sent after that. A client gets the lines of these
 * functions and of stellar_server_send() in the same order.
 *
 * Errors: EXISTS, NOT_FOUND, INVALID, NO_MEMORY, THREAD. Functions that change or send
 * something can also return BUSY: another loop has more than twice mail_limit bytes to
 * process, and nothing has changed.
 */
STELLAR_API int stellar_room_create(struct stellar_server *server, const char *room);
/* Removes its members, too. */
STELLAR_API int stellar_room_destroy(struct stellar_server *server, const char *room);
/* Returns false on the wrong thread. */
STELLAR_API bool stellar_room_exists(struct stellar_server *server, const char *room);

/* Calls function with each room's name, in the order of creation, until it returns
 * false. function cannot create or destroy rooms: it would get BUSY. On the wrong
 * thread it is not called. */
STELLAR_API void stellar_room_list(struct stellar_server *server,
                                   bool (*function)(void *data, const char *room),
                                   void *data);

/* Calls function for each member, the members on this loop first, until it returns
 * false. function cannot create or destroy rooms, or add or remove members: it would
 * get BUSY. function may be NULL. Returns the number of members, NOT_FOUND or
 * THREAD. */
STELLAR_API int64_t stellar_room_status(struct stellar_server *server, const char *room,
                                        bool (*function)(void *data, const char *id,
                                                         uint64_t joined_at),
                                        void *data);

/*
 * Puts a connection into a room, or takes it out, as if the client had asked for it.
 * Hooks are not called. For a connection on this loop the result is exact: NOT_FOUND
 * (no such room, or not in it), EXISTS (already in it). For any other id the result is
 * 0. If a loop has that connection, it makes the change soon, before the connection
 * gets anything that is said later. Only then does stellar_room_status() count it.
 */
STELLAR_API int stellar_room_add_member(struct stellar_server *server, const char *room,
                                        const char *id);
STELLAR_API int stellar_room_remove_member(struct stellar_server *server,
                                           const char *room, const char *id);

/* Says something to all members in the server's name: "from" is the server's id. */
STELLAR_API int stellar_room_broadcast(struct stellar_server *server, const char *room,
                                       const char *message, size_t length);


/*
 * Modules. A shared object that is passed to stellard with --module exports this
 * function, which adds its actions (and sets up what they need). It returns 0 or one of
 * the STELLAR_ERR_ numbers. With an error it also writes a line of text to error, which
 * ends in NUL and takes at most capacity bytes with it. error is empty when the
 * function is called. If it is still empty then, stellard reports the text of the
 * number instead. The server belongs to stellard: only stellard lets it listen, runs it
 * and destroys it.
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
