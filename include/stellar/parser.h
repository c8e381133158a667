/*
 * stellar/parser.h: bytes in, commands out.
 *
 * The parser cuts a byte stream into the lines of the Stellar TCP protocol and says
 * what each line asks for. It does no I/O, allocates nothing, has no global state and
 * asks the C library for memcpy, memmove, memset and memchr only.
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
 * Fragmentation never shows: the same bytes give the same commands, offsets and errors
 * however they are split. After an error the next line parses normally.
 *
 * Memory. A line that lies whole within one piece of input is used where it stands.
 * Only a line that is split over pieces (or interrupted by a telnet command) is copied,
 * into memory which the caller lends with stellar_parser_set_memory(). The slices of a
 * command point into either; they stay valid until the next call on the same parser,
 * and no longer than the caller's bytes. They are not terminated by NUL and may contain
 * NUL.
 *
 * Threads. A parser belongs to one thread at a time. A struct stellar_framing is only
 * read once it is set up, and may serve any number of parsers on any threads.
 *
 * Functions never fail unless they say so. No pointer may be NULL unless it says so.
 */
#ifndef STELLAR_PARSER_H
#define STELLAR_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(STELLAR_STATIC)
#define STELLAR_API
#elif defined(__GNUC__)
#define STELLAR_API __attribute__((visibility("default")))
#else
#define STELLAR_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The longest delimiter in bytes, and the deepest JSON: the outermost object counts. */
#define STELLAR_DELIMITER_MAX  32
#define STELLAR_JSON_DEPTH_MAX 32

/* The default limit of a line in bytes, delimiter excluded. */
#define STELLAR_MAX_DATA_LENGTH 65536

/*
 * The verbs: XX(SYMBOL, handler, "names on the wire, the canonical one first",
 * "arguments"). Whatever line starts with none of these names calls an action.
 */
#define STELLAR_VERBS(XX)                                \
    XX(QUIT, quit, "quit exit", "")                      \
    XX(PARAM_ADD, param_add, "paramAdd", "key value")    \
    XX(PARAM_VIEW, param_view, "paramView", "key")       \
    XX(PARAM_DELETE, param_delete, "paramDelete", "key") \
    XX(PARAMS_VIEW, params_view, "paramsView", "")       \
    XX(PARAMS_DELETE, params_delete, "paramsDelete", "") \
    XX(DETAILS_VIEW, details_view, "detailsView", "")    \
    XX(ROOM_ADD, room_add, "roomAdd roomJoin", "room")   \
    XX(ROOM_LEAVE, room_leave, "roomLeave", "room")      \
    XX(ROOM_VIEW, room_view, "roomView", "room")         \
    XX(SAY, say, "say", "room message")

enum stellar_verb {
    STELLAR_NO_VERB, /* the line was refused before it was understood */
#define XX(symbol, handler, names, arguments) STELLAR_##symbol,
    STELLAR_VERBS(XX)
#undef XX
        STELLAR_ACTION /* the line calls an action, by name or as JSON */
};

/*
 * The errors of the protocol: XX(SYMBOL, "code", "message"). %1 and %2 in a message
 * stand for what the error is about. The parser raises those marked with a P; the
 * others are here so that there is one table.
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
#define XX(symbol, code, message) STELLAR_E_##symbol,
    STELLAR_ERRORS(XX)
#undef XX
};

/*
 * Other protocols that a stream may be: XX(SYMBOL, "name", "what a server tells its
 * client"). See stellar_parser_detect_foreign().
 */
#define STELLAR_FOREIGN_PROTOCOLS(XX)               \
    XX(HTTP, "HTTP", "This is not an HTTP server")  \
    XX(RTSP, "RTSP", "This is not an RTSP server")  \
    XX(SIP, "SIP", "This is not a SIP server")      \
    XX(TLS, "TLS", "This port expects no TLS here") \
    XX(PROXY, "PROXY", "This port expects no PROXY header")

enum stellar_foreign {
    STELLAR_NOT_FOREIGN,
#define XX(symbol, name, text) STELLAR_FOREIGN_##symbol,
    STELLAR_FOREIGN_PROTOCOLS(XX)
#undef XX
};

/* A run of bytes that belongs to someone else. Absent: data is NULL and length 0. */
struct stellar_slice {
    const char *data;
    size_t length;
};

/* Why a line was refused. */
struct stellar_error {
    enum stellar_error_code code;
    uint64_t at;          /* the offending byte's offset in the stream (see note) */
    size_t column;        /* the same, counted from the first byte of the line */
    const char *expected; /* static text: %2 of 003 and 023 …, or NULL */
    const char *subject;  /* static text: %1 of 003 and 026, or NULL */
    size_t limit;         /* 008: the limit that was passed */
};
/*
 * Note: `at` looks through telnet commands inside the line, and through what they have
 * erased, to the byte as it was fed. `column` does not count either. A line that is
 * interrupted in more than STELLAR_TELNET_MARKS places is told exactly up to the last
 * of these; past it, by the count of all such bytes in the line so far. Places in line
 * ends right before the line count too, where these begin a delimiter; if there are
 * more of them, the line's own `offset` may be too large by telnet bytes that are
 * inside the line.
 */
#define STELLAR_TELNET_MARKS 3

/* What the peer asks outside of any line; such events count as no message. */
enum stellar_control {
    STELLAR_NO_CONTROL,
    STELLAR_CONTROL_REPLY,         /* send command.reply to the peer, nothing else */
    STELLAR_CONTROL_ARE_YOU_THERE, /* telnet AYT: show that the server is alive */
    STELLAR_CONTROL_GOODBYE /* Ctrl-C (telnet IP) or Ctrl-D: send command.reply if it is
                             * not empty, say goodbye, close. Ctrl-D is a line's first
                             * byte 4, unless the delimiter contains this byte */
};

/*
 * One line, understood. Which slices are present follows from the verb (STELLAR_VERBS):
 * all its arguments are, or else the line is an error. STELLAR_ACTION: `action` is
 * absent where a JSON call names none (the connection's last one is meant), `params` is
 * present where a JSON call has them: the text of a valid JSON object, as sent.
 */
struct stellar_command {
    enum stellar_verb verb; /* also set on errors, where the verb was understood */
    enum stellar_foreign foreign; /* with STELLAR_FOREIGN only, and then alone */
    uint64_t offset; /* of the line's first byte in the stream (see note above) */
    size_t length; /* of the line in bytes, without delimiter, telnet commands and what
                    * these erased; 008: as far as it was read. STELLAR_CONTROL: of the
                    * request itself */
    struct stellar_slice key;
    struct stellar_slice value;
    struct stellar_slice room;
    struct stellar_slice message;
    struct stellar_slice action; /* without quotes; see action_escaped */
    struct stellar_slice params;
    struct stellar_slice reply; /* telnet: bytes to send back */
    bool action_escaped;        /* action holds JSON escapes: stellar_json_unescape() */
    bool is_json; /* the line calls its action in JSON; like verb, also set on errors */
    enum stellar_control control; /* with STELLAR_CONTROL only */
    struct stellar_error error;   /* with STELLAR_ERROR only */
};

enum stellar_result {
    STELLAR_MORE,    /* the input is used up: feed the next piece */
    STELLAR_COMMAND, /* command holds a line, understood */
    STELLAR_ERROR,   /* command.error says why the line was refused, once per line */
    STELLAR_CONTROL, /* command.control says what the peer asks outside of lines */
    STELLAR_MEMORY,  /* an unfinished line needs a place: lend at least
                      * stellar_parser_memory_wanted() bytes with
                      * stellar_parser_set_memory(), then call next again. Never returned
                      * to who lends max_data_length + STELLAR_DELIMITER_MAX bytes */
    STELLAR_FOREIGN /* command.foreign says which other protocol the stream is. The rest
                     * of the stream is ignored: feed it or not, next returns
                     * STELLAR_MORE. Only after stellar_parser_detect_foreign() */
};

/* How lines are cut. Set up once, then only read; lives as long as its parsers. */
struct stellar_framing {
    size_t max_data_length; /* bytes of a line, delimiter excluded; 0: no limit */
    bool telnet; /* take out, and answer, telnet commands (RFC 854, RFC 1143); EC and EL
                  * erase the unfinished line's last character, or all of it */
    /* private: */
    unsigned char delimiter_length; /* 0: LF, CR LF and CR each end a line */
    unsigned char delimiter[STELLAR_DELIMITER_MAX];
    unsigned char fallback[STELLAR_DELIMITER_MAX];
};

/* Sets the defaults: line ends, STELLAR_MAX_DATA_LENGTH, no telnet. */
STELLAR_API void stellar_framing_init(struct stellar_framing *framing);

/*
 * Lets only the given bytes end a line. "\n" alone means the default, in which LF, CR
 * LF and CR each do. Returns false, and changes nothing, if length is 0 or above
 * STELLAR_DELIMITER_MAX, or if the delimiter is not valid UTF-8.
 */
STELLAR_API bool stellar_framing_set_delimiter(struct stellar_framing *framing,
                                               const char *delimiter, size_t length);

/* The state between two calls. Its size is part of the ABI, its fields are private. */
struct stellar_parser {
    const struct stellar_framing *framing;
    const unsigned char *input; /* what is left of the piece fed last */
    const unsigned char *input_end;
    const unsigned char *run_end;   /* input up to here is free of telnet commands */
    const unsigned char *line_feed; /* the next in it, or run_end; or behind input */
    const unsigned char *carriage_return; /* likewise */
    unsigned char *memory; /* lent: the head of a line that is not yet whole */
    size_t capacity;
    size_t held;          /* bytes of it in use */
    uint64_t position;    /* stream offset of input */
    uint64_t line_offset; /* stream offset of the unfinished line or telnet command */
    uint64_t skipped;     /* telnet bytes and erased ones in the unfinished line */
    size_t line_length;   /* bytes of the unfinished line, kept or still in the input */
    struct {
        uint32_t column;  /* from here on, … */
        uint32_t skipped; /* … so many of them came before */
    } marks[STELLAR_TELNET_MARKS];
    unsigned char mark_count;
    unsigned char matched; /* bytes of the delimiter at the end of the line so far */
    unsigned char telnet_state;
    unsigned char reply[3]; /* the telnet command to send back */
    bool discarding;        /* the line was too long: wait for its end */
    bool after_cr;          /* a CR was the last byte of the input */
    unsigned char foreign;  /* enum stellar_foreign */
    unsigned char opening; /* how the stream begins, so far; 0: that is not looked at */
    uint32_t
        looked; /* where the looking stands: an offset in the stream, modulo 2^32 */
};

/* Starts a stream. No memory is lent yet; the framing is kept by reference. */
STELLAR_API void stellar_parser_init(struct stellar_parser *parser,
                                     const struct stellar_framing *framing);

/*
 * Makes the parser check whether the stream begins as only another protocol does; then
 * next returns STELLAR_FOREIGN. To be called between init and the first feed. Without
 * it every stream is read as lines.
 *
 * A stream begins so if its first line that is not blank has three words, the first
 * could be a method of HTTP and is no verb, and the last begins with "HTTP/", "RTSP/"
 * or "SIP/" and a digit; if that line begins with "PROXY " and the word "TCP4", "TCP6"
 * or "UNKNOWN"; or if its first bytes are 16 03 (TLS) or 0D 0A 0D 0A 00 0D (PROXY,
 * binary). CR or LF ends the line, whatever the delimiter is. If a delimiter comes
 * before that, the lines up to it are returned first. If the line is above the limit,
 * error 008 is. After telnet's EC or EL the parser stops looking: only a telnet client
 * sends them.
 */
STELLAR_API void stellar_parser_detect_foreign(struct stellar_parser *parser);

/*
 * Hands in the next piece of the stream. The bytes are kept by reference until next
 * returns STELLAR_MORE. What was left of an earlier piece is forgotten.
 */
STELLAR_API void stellar_parser_feed(struct stellar_parser *parser, const void *bytes,
                                     size_t length);

/*
 * Finds the next command. Fills in all of *command whatever it returns but STELLAR_MORE
 * and STELLAR_MEMORY.
 */
STELLAR_API enum stellar_result stellar_parser_next(struct stellar_parser *parser,
                                                    struct stellar_command *command);

/*
 * What is left of the piece fed last. A caller that must stop in the middle of a piece
 * copies this and feeds the copy later; no byte is lost or seen twice. Not to be asked
 * after STELLAR_MEMORY, when a part of the piece is already read and not yet kept.
 */
STELLAR_API struct stellar_slice stellar_parser_rest(
    const struct stellar_parser *parser);

/* How many bytes of an unfinished line the parser holds in the memory lent to it. When
 * it is 0 after STELLAR_MORE, the memory can be taken back: set_memory(parser, NULL,
 * 0). */
STELLAR_API size_t stellar_parser_held(const struct stellar_parser *parser);

/* Whether the parser, after STELLAR_MORE, stands between two lines, has nothing to
 * remember but how far the stream has come, and no longer looks for other protocols.
 * Then one that is set up anew goes on as well, with offsets that count from there:
 * whoever has many idle streams needs a parser only for those that are in the middle of
 * something. */
STELLAR_API bool stellar_parser_is_idle(const struct stellar_parser *parser);

/* What would be lost if the stream ended here, after STELLAR_MORE: "a line" that is not
 * blank, "a telnet command" that stands outside of such a line, or NULL for nothing.
 * *bytes: how many bytes were fed since it began, telnet commands included. A line that
 * was refused as too long counts until its end has come. The first bytes of a delimiter
 * count as a line. */
STELLAR_API const char *stellar_parser_unfinished(const struct stellar_parser *parser,
                                                  uint64_t *bytes);

/* How large a memory the unfinished line wants now: all that it needs, and room to grow
 * without asking too often; never more than the limit and the delimiter come to. */
STELLAR_API size_t stellar_parser_memory_wanted(const struct stellar_parser *parser);

/*
 * Lends memory for unfinished lines until the next call of this function. The first
 * stellar_parser_held() bytes of it must be those of the memory lent before, as
 * realloc() leaves them. memory may be NULL if capacity is 0 and nothing is held.
 */
STELLAR_API void stellar_parser_set_memory(struct stellar_parser *parser, void *memory,
                                           size_t capacity);

/* The verb's canonical name ("paramAdd"), "action" for STELLAR_ACTION, else NULL. */
STELLAR_API const char *stellar_verb_name(enum stellar_verb verb);

/* The protocol's name ("HTTP"); NULL for STELLAR_NOT_FOREIGN. */
STELLAR_API const char *stellar_foreign_name(enum stellar_foreign protocol);

/* The code ("004") and the message with its %1 and %2; NULL for STELLAR_NO_ERROR. */
STELLAR_API const char *stellar_error_code_text(enum stellar_error_code code);
STELLAR_API const char *stellar_error_template(enum stellar_error_code code);

/*
 * Writes the message of an error that the parser raised, NUL-terminated, cut to
 * capacity. Returns its length, which is always below STELLAR_ERROR_TEXT_MAX. Byte
 * offsets in the text are columns: they count from 0 at the first byte of the line.
 */
#define STELLAR_ERROR_TEXT_MAX 160
STELLAR_API size_t stellar_error_text(const struct stellar_error *error, char *text,
                                      size_t capacity);


/* Whether text is valid UTF-8 (RFC 3629). */
STELLAR_API bool stellar_utf8_check(const char *text, size_t length);


/*
 * JSON (RFC 8259), for the params of a call.
 *
 * stellar_json_check() tells whether text is one valid JSON value and nothing after it:
 * UTF-8, no lone surrogate escapes, at most STELLAR_JSON_DEPTH_MAX levels. If not, it
 * returns false, and error (may be NULL) holds 023 or 024 with `at` and `column`
 * counted from the first byte of text.
 */
STELLAR_API bool stellar_json_check(const char *text, size_t length,
                                    struct stellar_error *error);

/*
 * Turns the inside of a valid JSON string into plain UTF-8. Writes at most capacity
 * bytes (out may be NULL if it is 0), without NUL. Returns how many the whole needs,
 * never more than string.length; compare with capacity.
 */
STELLAR_API size_t stellar_json_unescape(struct stellar_slice string, char *out,
                                         size_t capacity);

/*
 * Copies a valid JSON text without the white space between its tokens. out has room for
 * text.length bytes and may be text.data itself. Returns how many were written.
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

/* The index of a JSON object's members or an array's items. The tokens are the caller's
 * memory, their fields private. */
struct stellar_token {
    int fields[5];
};

struct stellar_params {
    struct stellar_slice text;
    const struct stellar_token *tokens;
    int count; /* of tokens */
    int next;  /* private: the token at which stellar_params_next() goes on */
};

/*
 * Indexes the text of a valid JSON object or array (a command's params, or a value got
 * from here). Returns how many tokens the index takes; if that is more than capacity,
 * nothing else happened: call again with so many (tokens may be NULL if capacity is 0).
 * Returns 0 if text is neither an object nor an array, or is above 2 GiB. text and
 * tokens are kept by reference. Time is linear in text.
 */
STELLAR_API size_t stellar_params_open(struct stellar_params *params,
                                       struct stellar_slice text,
                                       struct stellar_token *tokens, size_t capacity);

/*
 * Walks the members (or items) in the order sent, duplicates included. Returns false
 * after the last; the walk then begins anew. key (may be NULL) is the inside of the
 * member's name, still escaped; absent for an array's items.
 */
STELLAR_API bool stellar_params_next(struct stellar_params *params,
                                     struct stellar_slice *key,
                                     struct stellar_value *value);

/* Finds a member by its unescaped name; of duplicates, the last. False if there is
 * none. Time is linear in the number of tokens. */
STELLAR_API bool stellar_params_find(const struct stellar_params *params,
                                     const char *key, size_t length,
                                     struct stellar_value *value);

/*
 * Typed getters. Each returns false, and leaves *out alone, if the value is of another
 * type or does not fit. An integer is a number that is one exactly, however it is
 * written (5, 5.0, 0.5e1), and fits 64 bits: nothing is rounded to one. Doubles are
 * rounded to nearest, and must not overflow.
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
