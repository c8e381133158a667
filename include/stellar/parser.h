/*
 * stellar/parser.h: bytes in, commands out.
 *
 * The parser cuts a byte stream into the lines of the Stellar TCP protocol and says
 * what each line asks for. It does no I/O, allocates nothing and has no global state.
 * Of the C library it uses only memcpy, memmove, memset and memchr.
 *
 *     struct stellar_framing framing;
 *     struct stellar_parser parser;
 *     struct stellar_command command;
 *     enum stellar_result result;
 *
 *     stellar_framing_init(&framing);
 *     stellar_parser_init(&parser, &framing);
 *     stellar_parser_set_memory(&parser, memory, sizeof memory);
 *     ... for every piece of input:
 *     stellar_parser_feed(&parser, bytes, length);
 *     while ((result = stellar_parser_next(&parser, &command)) != STELLAR_MORE)
 *         ... use command ...
 *
 * It does not matter how the input is split: the same bytes always give the same
 * commands, offsets and errors. After an error the next line parses normally.
 *
 * Memory. If a whole line lies within one piece of input, the parser uses it in place.
 * Only a line that is split over pieces (or interrupted by a telnet command) is copied,
 * into memory that the caller lends with stellar_parser_set_memory(). The slices of a
 * command point into one or the other. They stay valid until the next call on the same
 * parser, and no longer than the caller's bytes. They do not end in NUL and may contain
 * NUL.
 *
 * Threads. A parser belongs to one thread at a time. Once a struct stellar_framing is
 * set up, it is only read, and any number of parsers on any threads may use it.
 *
 * A function never fails unless its comment says so. A pointer must not be NULL unless
 * its comment allows it.
 */
#ifndef STELLAR_PARSER_H
#define STELLAR_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stellar/version.h"

/* Define STELLAR_STATIC if the library is part of your own shared library or program,
 * as two files or as an archive. Then its functions are not exported from there. */
#if defined(STELLAR_STATIC) && defined(__GNUC__)
#define STELLAR_API __attribute__((visibility("hidden")))
#elif defined(__GNUC__)
#define STELLAR_API __attribute__((visibility("default")))
#else
#define STELLAR_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The longest delimiter in bytes, and the deepest JSON in levels. */
#define STELLAR_DELIMITER_MAX  32
#define STELLAR_JSON_DEPTH_MAX 32 /* the outermost object is level 1 */

/* The default limit for a line in bytes, without the delimiter. */
#define STELLAR_MAX_DATA_LENGTH 65536

/*
 * Tables like the next are lists of rows. Define a macro that makes of a row what you
 * want, and give its name to the table. The headers' own is STELLAR_XX; a macro XX of
 * yours is left alone.
 *
 * The verbs: XX(SYMBOL, handler, "name", "other names on the wire", "arguments"). A
 * line that starts with none of these names calls an action.
 */
#define STELLAR_VERBS(XX)                                    \
    XX(QUIT, quit, "quit", "exit", "")                       \
    XX(PARAM_ADD, param_add, "paramAdd", "", "key value")    \
    XX(PARAM_VIEW, param_view, "paramView", "", "key")       \
    XX(PARAM_DELETE, param_delete, "paramDelete", "", "key") \
    XX(PARAMS_VIEW, params_view, "paramsView", "", "")       \
    XX(PARAMS_DELETE, params_delete, "paramsDelete", "", "") \
    XX(DETAILS_VIEW, details_view, "detailsView", "", "")    \
    XX(ROOM_ADD, room_add, "roomAdd", "roomJoin", "room")    \
    XX(ROOM_LEAVE, room_leave, "roomLeave", "", "room")      \
    XX(ROOM_VIEW, room_view, "roomView", "", "room")         \
    XX(SAY, say, "say", "", "room message")

enum stellar_verb {
    STELLAR_NO_VERB, /* the line was refused before its verb was known */
#define STELLAR_XX(symbol, handler, name, others, arguments) STELLAR_##symbol,
    STELLAR_VERBS(STELLAR_XX)
#undef STELLAR_XX
        STELLAR_ACTION /* the line calls an action, by name or as JSON */
};

/*
 * The errors of the protocol: XX(SYMBOL, "code", "message"). %1 and %2 in a message
 * are placeholders for what the error is about. The parser raises the errors marked
 * with a P. The others are here so that there is one table.
 */
#define STELLAR_ERRORS(XX)                                                          \
    XX(ACTION_PRIVATE, "002", "The action '%1' is private")                         \
    /* P */ XX(INVALID_TYPE, "003", "Param '%1' has an invalid type, expected %2")  \
    XX(UNKNOWN_ACTION, "004", "Unknown action (%1) or invalid apiVersion")          \
    XX(SHUTTING_DOWN, "006", "The server is shutting down")                         \
    XX(TOO_MANY_PENDING, "007", "You have too many pending requests")               \
    /* P */ XX(LINE_TOO_LONG, "008", "Data length is too big (%1 received/%2 max)") \
    /* P */ XX(ROOM_AND_MESSAGE, "015", "Both room and message are required")       \
    XX(NOT_IN_ROOM, "016", "Connection (%1) not in room (%2)")                      \
    XX(ALREADY_IN_ROOM, "017", "Connection (%1) already in room (%2)")              \
    XX(NO_SUCH_ROOM, "019", "Room (%1) does not exists")                            \
    XX(ROOM_EXISTS, "020", "Room (%1) already exists")                              \
    /* P */ XX(ROOM_REQUIRED, "021", "A room is required")                          \
    XX(ACTION_TIMEOUT, "022", "Response timeout for action '%1'")                   \
    /* P */ XX(MALFORMED_JSON, "023", "Malformed JSON at byte %1: expected %2")     \
    /* P */ XX(INVALID_UTF8, "024", "Invalid UTF-8 at byte %1: expected %2")        \
    XX(SLOW_READER, "025", "The client reads too slowly and is cut off")            \
    /* P */ XX(ARGUMENT_MISSING, "026", "The argument %1 is missing")               \
    XX(PARAMS_TOO_LARGE, "027",                                                     \
       "Too many params or params too large (%1 params, %2 bytes max)")             \
    XX(TOO_MANY_ROOMS, "028", "Connection in too many rooms (%1 max)")              \
    XX(ROOM_FULL, "029", "Room (%1) is full (%2 members max)")

enum stellar_error_code {
    STELLAR_NO_ERROR,
#define STELLAR_XX(symbol, code, message) STELLAR_E_##symbol,
    STELLAR_ERRORS(STELLAR_XX)
#undef STELLAR_XX
};

/*
 * Other protocols that the parser can recognise: XX(SYMBOL, "name", "the text that a
 * server sends to such a client"). See stellar_parser_detect_foreign().
 */
#define STELLAR_FOREIGN_PROTOCOLS(XX)               \
    XX(HTTP, "HTTP", "This is not an HTTP server")  \
    XX(RTSP, "RTSP", "This is not an RTSP server")  \
    XX(SIP, "SIP", "This is not a SIP server")      \
    XX(TLS, "TLS", "This port expects no TLS here") \
    XX(PROXY, "PROXY", "This port expects no PROXY header")

enum stellar_foreign {
    STELLAR_NOT_FOREIGN,
#define STELLAR_XX(symbol, name, text) STELLAR_FOREIGN_##symbol,
    STELLAR_FOREIGN_PROTOCOLS(STELLAR_XX)
#undef STELLAR_XX
};

/* Some bytes in memory that someone else owns. If a slice is absent, data is NULL and
 * length is 0. */
struct stellar_slice {
    const char *data;
    size_t length;
};

/* Why a line was refused. */
struct stellar_error {
    enum stellar_error_code code;
    uint64_t at;          /* offset of the offending byte in the stream (see note) */
    size_t column;        /* its offset from the first byte of the line */
    const char *expected; /* static text: %2 of 003 and 023 …, or NULL */
    const char *subject;  /* static text: %1 of 003 and 026, or NULL */
    size_t limit;         /* 008: the limit that was exceeded */
};
/*
 * Note: `at` counts every byte that was fed, including telnet commands inside the line
 * and the bytes that they erased. `column` counts neither of these. The parser
 * remembers STELLAR_TELNET_MARKS places in which a line is interrupted, so that `at` is
 * exact. If there are more places, `at` is exact up to the last of those; after that it
 * counts all telnet and erased bytes of the line so far. Places in the line ends right
 * before the line count, too, if these are the beginning of a delimiter. If there are
 * more than STELLAR_TELNET_MARKS of them, the line's own `offset` may be too large, by
 * telnet bytes that are inside the line.
 */
#define STELLAR_TELNET_MARKS 3

/* The index of a JSON object's members or an array's items. The tokens are in memory of
 * the caller; their fields are private. */
struct stellar_token {
    int fields[5];
};

struct stellar_params {
    struct stellar_slice text;
    const struct stellar_token *tokens;
    int count; /* number of tokens */
    int next;  /* private: the token at which stellar_params_next() continues */
};

/* What the peer asks for outside of any line. Such an event does not count as a
 * message. */
enum stellar_control {
    STELLAR_NO_CONTROL,
    STELLAR_CONTROL_REPLY,         /* send command.reply to the peer, nothing else */
    STELLAR_CONTROL_ARE_YOU_THERE, /* telnet AYT: show that the server is alive */
    STELLAR_CONTROL_GOODBYE /* Ctrl-C (telnet IP) or Ctrl-D: send command.reply if it is
                             * not empty, say goodbye, close. Ctrl-D is byte 4 at the
                             * beginning of a line, unless the delimiter contains this
                             * byte */
};

/*
 * One line, understood. The verb decides which slices are present (STELLAR_VERBS): all
 * its arguments are, or else the line is an error. With STELLAR_ACTION, `action` is
 * absent if a JSON call names no action (it means the connection's last one). `params`
 * is present if a JSON call has params: the text of a valid JSON object, as sent.
 */
struct stellar_command {
    enum stellar_verb verb;       /* also set on errors, if the verb is known */
    enum stellar_foreign foreign; /* with STELLAR_FOREIGN only; all else is empty */
    uint64_t offset; /* of the line's first byte in the stream (see note above) */
    size_t length;   /* of the line in bytes, without the delimiter, telnet commands and
                      * the bytes that these erased. Error 008: the bytes read so far.
                      * STELLAR_CONTROL: the length of the request itself */
    struct stellar_slice key;
    struct stellar_slice value;
    struct stellar_slice room;
    struct stellar_slice message;
    struct stellar_slice action; /* without quotes; see action_escaped */
    struct stellar_slice params;
    struct stellar_slice reply; /* telnet: bytes to send back */
    bool action_escaped;        /* action holds JSON escapes: stellar_json_unescape() */
    bool is_json; /* the line calls its action in JSON. Like verb, also set on errors */
    enum stellar_control control; /* with STELLAR_CONTROL only */
    struct stellar_error error;   /* with STELLAR_ERROR only */
    struct stellar_slice line;    /* the whole line: `length` bytes, with its leading
                                   * blanks, without the delimiter, telnet commands and
                                   * erased bytes. Also set on errors, except 008. Absent
                                   * with STELLAR_CONTROL and STELLAR_FOREIGN */
    struct stellar_params index; /* of params, for stellar_params_next() and _find(), if
                                  * enough tokens were lent; else index.tokens is NULL
                                  * and the rest has no meaning */
};

enum stellar_result {
    STELLAR_MORE,    /* the input is used up: feed the next piece */
    STELLAR_COMMAND, /* command describes a line */
    STELLAR_ERROR,   /* command.error says why the line was refused, once per line */
    STELLAR_CONTROL, /* command.control says what the peer asks for outside of lines */
    STELLAR_MEMORY,  /* an unfinished line must be stored: lend at least
                      * stellar_parser_memory_wanted() bytes with
                      * stellar_parser_set_memory(), then call next again. Never returned
                      * if max_data_length + STELLAR_DELIMITER_MAX bytes are lent */
    STELLAR_FOREIGN, /* command.foreign says which other protocol the stream is. Only
                      * after stellar_parser_detect_foreign(). The rest of the stream is
                      * ignored: next returns STELLAR_MORE, whether it is fed or not */
    STELLAR_ANSWER   /* a server's line: only from stellar_parser_next_answer(), see
                      * stellar/answer.h */
};

/* How lines are cut. It is set up once, then only read, and must live as long as its
 * parsers. */
struct stellar_framing {
    size_t max_data_length; /* bytes of a line without the delimiter; 0: no limit */
    bool telnet; /* take telnet commands out of the input and answer them (RFC 854, RFC
                  * 1143). EC erases the last character of the unfinished line, EL the
                  * whole line */
    /* private: */
    unsigned char delimiter_length; /* 0: LF, CR LF and CR each end a line */
    unsigned char delimiter[STELLAR_DELIMITER_MAX];
    unsigned char fallback[STELLAR_DELIMITER_MAX];
};

/* Sets the defaults: line ends, STELLAR_MAX_DATA_LENGTH, no telnet. */
STELLAR_API void stellar_framing_init(struct stellar_framing *framing);

/*
 * Makes the given bytes the only ones that end a line. "\n" alone means the default:
 * LF, CR LF and CR each end a line. Returns false, and changes nothing, if length is 0
 * or above STELLAR_DELIMITER_MAX, or if the delimiter is not valid UTF-8.
 */
STELLAR_API bool stellar_framing_set_delimiter(struct stellar_framing *framing,
                                               const char *delimiter, size_t length);

/* The state between two calls. Its size is part of the ABI, its fields are private. */
struct stellar_parser {
    const struct stellar_framing *framing;
    const unsigned char *input; /* the unread rest of the piece fed last */
    const unsigned char *input_end;
    const unsigned char *run_end;   /* no telnet commands from input up to here */
    const unsigned char *line_feed; /* the next one before run_end, or run_end; NULL or
                                     * before input: not known */
    const unsigned char *carriage_return; /* likewise */
    unsigned char *memory; /* lent: the first bytes of a line that is not whole yet */
    size_t capacity;
    size_t held;          /* bytes of memory in use */
    uint64_t position;    /* stream offset of input */
    uint64_t line_offset; /* stream offset of the unfinished line or telnet command */
    uint64_t skipped;     /* telnet bytes and erased ones in the unfinished line */
    size_t line_length;   /* bytes of the unfinished line, kept or still in the input */
    struct {
        uint32_t column;  /* starting with this column, … */
        uint32_t skipped; /* … this many skipped bytes came before */
    } marks[STELLAR_TELNET_MARKS];
    unsigned char mark_count;
    unsigned char matched; /* bytes of the delimiter at the end of the line so far */
    unsigned char telnet_state;
    unsigned char reply[3]; /* the telnet command to send back */
    bool discarding;        /* the line was too long: wait for its end */
    bool after_cr;          /* a CR was the last byte of the input */
    unsigned char foreign;  /* enum stellar_foreign */
    unsigned char opening;  /* state of the check for other protocols; 0: it is over */
    uint32_t looked; /* how far that check has read: a stream offset, modulo 2^32 */
    struct stellar_token *tokens; /* lent */
    uint32_t token_capacity;
};

/* Starts a stream. No memory is lent yet. The parser keeps a pointer to the framing. */
STELLAR_API void stellar_parser_init(struct stellar_parser *parser,
                                     const struct stellar_framing *framing);

/*
 * Makes the parser check whether the stream begins in a way that only another protocol
 * does. If so, next returns STELLAR_FOREIGN. Call this between init and the first feed.
 * Without it every stream is read as lines.
 *
 * These streams are detected:
 * - HTTP, RTSP, SIP: the first line that is not blank has three words. The first word
 *   could be a method of HTTP and is not a verb. The last begins with "HTTP/", "RTSP/"
 *   or "SIP/" and a digit.
 * - PROXY, as text: the first line that is not blank begins with "PROXY " and the word
 *   "TCP4", "TCP6" or "UNKNOWN".
 * - TLS: the first bytes of the stream are 16 03.
 * - PROXY, binary: the first bytes of the stream are 0D 0A 0D 0A 00 0D.
 *
 * CR or LF ends the line, whatever the delimiter is. If a delimiter comes before that,
 * the lines up to it are returned first. If the line exceeds the limit, next returns
 * error 008 instead. After telnet's EC or EL the parser stops checking: only a telnet
 * client sends them.
 */
STELLAR_API void stellar_parser_detect_foreign(struct stellar_parser *parser);

/*
 * Hands in the next piece of the stream. The bytes are not copied: they must stay as
 * they are until next returns STELLAR_MORE. The parser forgets the rest of an earlier
 * piece. The bytes may be in the memory that is lent, but only after those that are
 * held there.
 */
STELLAR_API void stellar_parser_feed(struct stellar_parser *parser, const void *bytes,
                                     size_t length);

/*
 * To read without any copy: the input goes right into the lent memory.
 *
 * stellar_parser_space() returns the free part of that memory, which begins after the
 * bytes that are held, and its size in *room. If *room is 0, lend more:
 * stellar_parser_memory_wanted() bytes leave some room. stellar_parser_filled() says
 * that the first `length` bytes of the free part are the next piece of the stream; it
 * takes the place of stellar_parser_feed(). Call either only at the beginning or after
 * STELLAR_MORE.
 */
STELLAR_API void *stellar_parser_space(struct stellar_parser *parser, size_t *room);
STELLAR_API void stellar_parser_filled(struct stellar_parser *parser, size_t length);

/*
 * Finds the next command. Fills in all of *command, unless it returns STELLAR_MORE or
 * STELLAR_MEMORY.
 */
STELLAR_API enum stellar_result stellar_parser_next(struct stellar_parser *parser,
                                                    struct stellar_command *command);

/*
 * Returns the unread rest of the piece fed last. A caller that must stop in the middle
 * of a piece copies it and feeds the copy later: no byte is lost or read twice. Do not
 * call this after STELLAR_MEMORY: then a part of the piece has been read but not stored
 * yet.
 */
STELLAR_API struct stellar_slice stellar_parser_rest(
    const struct stellar_parser *parser);

/* Returns how many bytes of an unfinished line the parser holds in the memory lent to
 * it. If this is 0 after STELLAR_MORE, you can take the memory back:
 * set_memory(parser, NULL, 0). */
STELLAR_API size_t stellar_parser_held(const struct stellar_parser *parser);

/* To be called after STELLAR_MORE. Returns true if the parser is between two lines, has
 * nothing to remember except the offset in the stream, and no longer checks for other
 * protocols. Then a newly initialised parser can continue the stream, with offsets that
 * count from there. So a program with many idle streams needs a parser only for those
 * that are in the middle of something. */
STELLAR_API bool stellar_parser_is_idle(const struct stellar_parser *parser);

/* To be called after STELLAR_MORE. Says what would be lost if the stream ended here: "a
 * line" that is not blank, "a telnet command" outside of such a line, or NULL for
 * nothing. *bytes is the number of bytes fed since it began, telnet commands included.
 * A line that was refused as too long counts until its end has been read. The first
 * bytes of a delimiter count as a line. */
STELLAR_API const char *stellar_parser_unfinished(const struct stellar_parser *parser,
                                                  uint64_t *bytes);

/* Returns how much memory to lend for the unfinished line now: what it needs, and some
 * room to grow, so that STELLAR_MEMORY is rare. Never more than max_data_length and the
 * delimiter together. */
STELLAR_API size_t stellar_parser_memory_wanted(const struct stellar_parser *parser);

/*
 * Lends memory for unfinished lines until the next call of this function. Its first
 * stellar_parser_held() bytes must be the same as in the memory lent before; realloc()
 * keeps them. memory may be NULL if capacity is 0 and stellar_parser_held() is 0.
 */
STELLAR_API void stellar_parser_set_memory(struct stellar_parser *parser, void *memory,
                                           size_t capacity);

/*
 * Lends tokens for the index of a call's params, or of a whole answer, until the next
 * call of this function. The parser then writes command.index or answer.members while
 * it checks the line, which takes much less time than stellar_params_open(); the tokens
 * are the same. They are valid as long as the slices of the command: the next call on
 * the parser may write over them. If there are too few for a line, its index has tokens
 * NULL, and nothing else changes. tokens may be NULL if capacity is 0. Without this
 * call no tokens are lent.
 */
STELLAR_API void stellar_parser_set_tokens(struct stellar_parser *parser,
                                           struct stellar_token *tokens,
                                           size_t capacity);

/* Returns the version of the library that runs, as "0.1.0": static text. In a program
 * that is linked to a shared library, it may differ from STELLAR_VERSION, which is that
 * of the header. */
STELLAR_API const char *stellar_version(void);

/* The verb's canonical name ("paramAdd"), "action" for STELLAR_ACTION, or NULL. */
STELLAR_API const char *stellar_verb_name(enum stellar_verb verb);

/* The protocol's name ("HTTP"); NULL for STELLAR_NOT_FOREIGN. */
STELLAR_API const char *stellar_foreign_name(enum stellar_foreign protocol);

/* The code ("004") and the message with its %1 and %2; NULL for STELLAR_NO_ERROR. */
STELLAR_API const char *stellar_error_code_text(enum stellar_error_code code);
STELLAR_API const char *stellar_error_template(enum stellar_error_code code);

/*
 * Writes the message of an error that the parser raised, with a NUL at its end, cut to
 * capacity. Returns its length, which is always below STELLAR_ERROR_TEXT_MAX. Byte
 * offsets in the text are columns: they count from 0 at the first byte of the line.
 */
#define STELLAR_ERROR_TEXT_MAX 160
STELLAR_API size_t stellar_error_text(const struct stellar_error *error, char *text,
                                      size_t capacity);


/* Returns whether text is valid UTF-8 (RFC 3629). */
STELLAR_API bool stellar_utf8_check(const char *text, size_t length);


/*
 * JSON (RFC 8259), for the params of a call.
 *
 * stellar_json_check() returns whether text is one valid JSON value with nothing after
 * it: UTF-8, no lone surrogate escapes, at most STELLAR_JSON_DEPTH_MAX levels. If it
 * returns false, error (may be NULL) holds 023 or 024, with `at` and `column` counted
 * from the first byte of text.
 */
STELLAR_API bool stellar_json_check(const char *text, size_t length,
                                    struct stellar_error *error);

/*
 * Turns the inside of a valid JSON string into plain UTF-8. Writes at most capacity
 * bytes (out may be NULL if it is 0), without NUL. Returns how many bytes the whole
 * text needs, never more than string.length. If that is above capacity, the text was
 * cut.
 */
STELLAR_API size_t stellar_json_unescape(struct stellar_slice string, char *out,
                                         size_t capacity);

/*
 * Copies a valid JSON text without the white space between its tokens. out must have
 * room for text.length bytes and may be text.data itself. Returns how many bytes were
 * written.
 */
STELLAR_API size_t stellar_json_minify(struct stellar_slice text, char *out);

enum stellar_json_type {
    STELLAR_JSON_NULL,
    STELLAR_JSON_BOOLEAN,
    STELLAR_JSON_NUMBER,
    STELLAR_JSON_STRING,
    STELLAR_JSON_ARRAY,
    STELLAR_JSON_OBJECT
};

/* A value and its text as sent: a string with its quotes, an object with its braces. */
struct stellar_value {
    enum stellar_json_type type;
    struct stellar_slice text;
};

/*
 * Indexes the text of a valid JSON object or array (a command's params, or a value
 * found with these functions). Returns how many tokens the index needs. If that is more
 * than capacity, nothing else happened: call again with that many tokens (tokens may be
 * NULL if capacity is 0). Returns 0 if text is neither an object nor an array, or is
 * longer than 2 GiB. *params keeps pointers to text and tokens. Takes time linear in
 * the length of text.
 */
STELLAR_API size_t stellar_params_open(struct stellar_params *params,
                                       struct stellar_slice text,
                                       struct stellar_token *tokens, size_t capacity);

/*
 * Returns the members (or items) one by one, in the order sent, duplicates included.
 * After the last it returns false, and the next call starts over. key (may be NULL) is
 * the inside of the member's name, still escaped; it is absent for an array's items.
 */
STELLAR_API bool stellar_params_next(struct stellar_params *params,
                                     struct stellar_slice *key,
                                     struct stellar_value *value);

/*
 * Opens an object or an array inside one that is indexed, without a second index and
 * without tokens of its own: *inner is valid as long as *outer. value is one that
 * stellar_params_next() or another function has found in outer, at any depth. Returns
 * false, and leaves *inner alone, if it is neither object nor array, or not from outer.
 * Takes time logarithmic in the number of tokens. inner may be outer itself.
 */
STELLAR_API bool stellar_params_enter(const struct stellar_params *outer,
                                      const struct stellar_value *value,
                                      struct stellar_params *inner);

/*
 * Finds a value at any depth by a JSON Pointer (RFC 6901), as "/deep/of/1/k~1y": names
 * of members, unescaped, and numbers of items, from 0. Of duplicate members the last
 * one counts. Returns false if there is no such value, for a text that is no pointer,
 * and for "", which means the whole. Takes time linear in the number of tokens and in
 * the pointer's length.
 */
STELLAR_API bool stellar_params_pointer(const struct stellar_params *params,
                                        const char *pointer, size_t length,
                                        struct stellar_value *value);

/* Finds a member by its unescaped name, the last one if there are duplicates. Returns
 * false if there is no such member. Takes time linear in the number of tokens. */
STELLAR_API bool stellar_params_find(const struct stellar_params *params,
                                     const char *key, size_t length,
                                     struct stellar_value *value);

/*
 * Typed getters. Each returns false, and leaves *out alone, if the value has another
 * type or does not fit. An integer is a number that is exactly an integer, however it
 * is written (5, 5.0, 0.5e1), and fits in 64 bits: no other number is rounded to an
 * integer. Doubles are rounded to the nearest, and must not overflow.
 */
STELLAR_API bool stellar_value_integer(struct stellar_value value, int64_t *out);
STELLAR_API bool stellar_value_double(struct stellar_value value, double *out);
STELLAR_API bool stellar_value_boolean(struct stellar_value value, bool *out);
/* The inside of a string, still escaped, for stellar_json_unescape(). */
STELLAR_API bool stellar_value_string(struct stellar_value value,
                                      struct stellar_slice *out);

#ifdef __cplusplus
}
#endif

#endif
