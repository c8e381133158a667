/*
 * stellar/answer.h: the other direction: what a server says.
 *
 * A program that is a client, or stands between clients and a server, reads the
 * server's lines with the parser of stellar/parser.h: the same struct stellar_parser,
 * the same feed, memory, rest and held. It calls stellar_parser_next_answer() where
 * a server calls stellar_parser_next():
 *
 *     stellar_parser_feed(&parser, bytes, length);
 *     while ((result = stellar_parser_next_answer(&parser, &answer)) != STELLAR_MORE)
 *         ... use answer ...
 *
 * All that parser.h promises holds here, too: nothing is allocated, nothing is copied
 * unless a line is split, it does not matter how the input is split, and slices are
 * valid until the next call on the same parser.
 */
#ifndef STELLAR_ANSWER_H
#define STELLAR_ANSWER_H

#include "stellar/parser.h"

#ifdef __cplusplus
extern "C" {
#endif

enum stellar_answer_kind {
    STELLAR_ANSWER_OTHER,    /* a JSON object that is none of these: a notice, or what a
                              * newer server says */
    STELLAR_ANSWER_WELCOME,  /* context "api", and welcome */
    STELLAR_ANSWER_GOODBYE,  /* context "api", and the status "Bye!" */
    STELLAR_ANSWER_RESPONSE, /* context "response": of a verb or an action. Only the
                              * request tells which */
    STELLAR_ANSWER_CHAT      /* context "user", and message, room, from, sentAt */
};

/*
 * One line of a server, understood. Members are those of the outermost object; of
 * duplicates the last counts. A member that is not there, or is not of the type that is
 * wanted, is absent.
 *
 * The server writes an action's own members first, and may not keep these from having
 * its own names. So only the last "context" is the server's; data, messageCount and
 * messageId count only behind it.
 */
struct stellar_answer {
    enum stellar_answer_kind kind;
    uint64_t offset; /* of the line in the stream, as in stellar_command */
    size_t length;
    struct stellar_slice line;    /* as it was read, without its end and without telnet
                                   * commands. Absent with STELLAR_CONTROL and error 008 */
    struct stellar_slice own;     /* what stands before the last "context", without the
                                   * brace and the comma: an action's own members, status,
                                   * error. Without a context: all that is in the object */
    struct stellar_slice context; /* the inside of the string, still escaped */
    struct stellar_value status;  /* text.data is NULL where these four are absent */
    struct stellar_value error;
    struct stellar_value data;
    struct stellar_value message_id;
    bool has_message_count; /* messageCount is an integer from 0 to 2^64 - 1 */
    uint64_t message_count;
    struct stellar_slice code; /* of an object in error, or else in status */
    struct stellar_slice text; /* its message; or error itself, where it is a string.
                                * Insides of strings, still escaped, as are these: */
    struct stellar_slice welcome;
    struct stellar_slice message;
    struct stellar_slice room;
    struct stellar_slice from;
    int64_t sent_at;               /* milliseconds since 1970, or 0 */
    struct stellar_params members; /* the index of the whole object, if tokens were lent
                                    * and are enough; else members.tokens is NULL */
    enum stellar_control control;  /* with STELLAR_CONTROL, as in stellar_command */
    struct stellar_slice reply;
    struct stellar_error refusal; /* with STELLAR_ERROR */
};

/*
 * Finds the next line of a server. Returns STELLAR_ANSWER where stellar_parser_next()
 * returns STELLAR_COMMAND; STELLAR_ERROR if a line is no JSON object (023), is not
 * UTF-8 (024) or is too long (008), once per line; else the same as
 * stellar_parser_next(), which see. Fills in all of *answer, unless it returns
 * STELLAR_MORE or STELLAR_MEMORY.
 *
 * A server ends its lines with CR LF, whatever the delimiter of its clients. What it
 * says may be longer than STELLAR_MAX_DATA_LENGTH: set the framing's max_data_length.
 * Byte 4 (Ctrl-D) at the beginning of a line means nothing here.
 *
 * One parser reads one direction. If you call both functions for one stream, each line
 * is read by the one that is called when it ends.
 */
STELLAR_API enum stellar_result stellar_parser_next_answer(
    struct stellar_parser *parser, struct stellar_answer *answer);

/*
 * Writes an answer as a server does, with CR LF at its end, from own, context, data,
 * message_count (if has_message_count), message_id, and sent_at (if kind is
 * STELLAR_ANSWER_CHAT, or if it is not 0). Nothing else is read if own is there. If own
 * is absent, it is made of the first that is there of welcome, status, error, or
 * message, room and from together; if status and error are both there, of both. So a
 * program that plays a server sets these. White space between tokens is left out.
 *
 * Writes at most capacity bytes (out may be NULL if it is 0), without NUL. Returns how
 * many bytes the whole line needs; if that is above capacity, the line was cut. Returns
 * 0 if no line can say it: a field is not valid JSON (own: members of an object,
 * without its braces; slices: insides of strings), or is so deep that the line would
 * have more than STELLAR_JSON_DEPTH_MAX levels, or data, messageCount or messageId are
 * there and context is not. Then what is in out means nothing.
 */
STELLAR_API size_t stellar_answer_write(const struct stellar_answer *answer, char *out,
                                        size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
