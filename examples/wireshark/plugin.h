/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plugin.h: what the files of the dissector share.
 *
 * dissector.c registers the protocol and its settings, and finds out which side sent a
 * packet. requests.c reads the client's lines with the parser library, answers.c the
 * server's. Both first find out how many bytes are complete, and show only these. The
 * rest is joined with further segments. stream.c remembers the number of the client's
 * last line for each connection.
 *
 * Memory. Memory for one packet comes from pinfo->pool, and memory for the whole
 * capture file from wmem_file_scope(). Nothing is freed by hand. Wireshark calls from
 * one thread.
 */
#ifndef STELLAR_WIRESHARK_PLUGIN_H
#define STELLAR_WIRESHARK_PLUGIN_H

#include <stdbool.h>

#include <wireshark.h>

#include <epan/expert.h>
#include <epan/packet.h>

#include "stellar/parser.h"

/* The fields: XX(SYMBOL, title, abbreviation after "stellar.", type, base, meaning). */
#define FIELDS(XX)                                                                    \
    XX(LINE, "Line", "line", FT_NONE, BASE_NONE,                                      \
       "One line of the client or the server")                                        \
    XX(COMMAND, "Command", "command", FT_STRING, BASE_NONE,                           \
       "The verb by its first name, or \"action\"")                                   \
    XX(KEY, "Key", "key", FT_STRING, BASE_NONE, "Name of a param")                    \
    XX(VALUE, "Value", "value", FT_STRING, BASE_NONE, "Value of a param")             \
    XX(ROOM, "Room", "room", FT_STRING, BASE_NONE, "Name of a room")                  \
    XX(MESSAGE, "Message", "message", FT_STRING, BASE_NONE, "What is said in a room") \
    XX(ACTION, "Action", "action", FT_STRING, BASE_NONE, "Name of the action called") \
    XX(PARAMS, "Params", "params", FT_STRING, BASE_NONE, "Params of a call, as sent") \
    XX(PARAM_NAME, "Name", "param.name", FT_STRING, BASE_NONE, "Name of one of them") \
    XX(PARAM_VALUE, "Value", "param.value", FT_STRING, BASE_NONE, "Its JSON text")    \
    XX(CONTROL, "Control", "control", FT_STRING, BASE_NONE,                           \
       "What the client asks outside of lines: reply, areYouThere or goodbye")        \
    XX(REPLY, "Telnet command", "telnet", FT_BYTES, BASE_NONE,                        \
       "Telnet command (RFC 854)")                                                    \
    XX(ERROR_CODE, "Error code", "error.code", FT_STRING, BASE_NONE,                  \
       "Code of the error, of a line or in an answer")                                \
    XX(ERROR_MESSAGE, "Error message", "error.message", FT_STRING, BASE_NONE,         \
       "Text of the error")                                                           \
    XX(ERROR_COLUMN, "Error column", "error.column", FT_UINT64, BASE_DEC,             \
       "The offending byte, counted from 0 at the first of the line")                 \
    XX(MESSAGE_COUNT, "Message count", "message_count", FT_UINT64, BASE_DEC,          \
       "Number of the client's line, or of the line that is answered")                \
    XX(CONTEXT, "Context", "context", FT_STRING, BASE_NONE, "api, response or user")  \
    XX(STATUS, "Status", "status", FT_STRING, BASE_NONE, "OK, or why not")            \
    XX(WELCOME, "Welcome", "welcome", FT_STRING, BASE_NONE,                           \
       "What a client is met with")                                                   \
    XX(FROM, "From", "from", FT_STRING, BASE_NONE, "Id of who said it")               \
    XX(SENT_AT, "Sent at", "sent_at", FT_ABSOLUTE_TIME, ABSOLUTE_TIME_UTC,            \
       "When it was said")                                                            \
    XX(MESSAGE_ID, "Message id", "message_id", FT_STRING, BASE_NONE,                  \
       "Value of the param messageId, as JSON text")                                  \
    XX(ANSWER_IN, "Answer in", "answer_in", FT_FRAMENUM, BASE_NONE,                   \
       "The answer to this line is in this frame")                                    \
    XX(REQUEST_IN, "Answers", "request_in", FT_FRAMENUM, BASE_NONE,                   \
       "The line that is answered ends in this frame")                                \
    XX(TIME, "Time", "time", FT_RELATIVE_TIME, BASE_NONE, "From the line to its answer")

enum field {
#define XX(symbol, title, abbreviation, type, base, text) FIELD_##symbol,
    FIELDS(XX)
#undef XX
        FIELD_COUNT
};

/* Expert information: XX(SYMBOL, abbreviation, group, severity, summary). */
#define EXPERTS(XX)                                                             \
    XX(REFUSED, "stellar.refused", PI_PROTOCOL, PI_WARN, "The line is refused") \
    XX(ANSWERED, "stellar.answered_error", PI_RESPONSE_CODE, PI_NOTE,           \
       "The server answers with an error")                                      \
    XX(UNFINISHED, "stellar.unfinished", PI_REASSEMBLE, PI_NOTE,                \
       "The line is not finished here")                                         \
    XX(NOT_JSON, "stellar.not_json", PI_MALFORMED, PI_WARN, "The answer is not read")

enum expert_id {
#define XX(symbol, abbreviation, group, severity, summary) EXPERT_##symbol,
    EXPERTS(XX)
#undef XX
        EXPERT_COUNT
};

extern int fields[FIELD_COUNT];
extern expert_field experts[EXPERT_COUNT];
extern int subtree_line;
extern int subtree_params;

/* From the settings. */
extern struct stellar_framing framing;
extern char delimiter[STELLAR_DELIMITER_MAX];
extern size_t delimiter_length;
extern dissector_handle_t json_handle;

/* How far a client's stream was read, at the end of its last complete line. */
struct cursor {
    guint32 lines;
    bool after_cr; /* the byte before was a CR: a NUL that follows belongs to it */
};

/* The frames in which a line was asked and answered. */
struct exchange {
    guint32 asked; /* frame, or 0 */
    guint32 answered;
    nstime_t asked_at;
};

struct stream;

/* Returns the connection of this packet. Sets *fresh if it was not known before. */
struct stream *stream_of(packet_info *pinfo, bool *fresh);

/* Returns the cursor at this place of this packet. It is the same in each pass over the
 * file. */
struct cursor *stream_cursor(struct stream *stream, packet_info *pinfo);

/* To be called when the cursor was moved. */
void stream_advance(struct stream *stream, packet_info *pinfo,
                    const struct cursor *cursor);

struct exchange *stream_exchange(struct stream *stream, guint32 line);

/* The output: a packet's bytes, as one piece, and where they are shown. */
struct view {
    packet_info *pinfo;
    tvbuff_t *tvb;
    proto_tree *tree;
    const char *bytes; /* of tvb */
    guint length;
    gint line_start; /* the line being shown, for text without its own bytes */
    gint line_length;
};

/* Shows the line, and returns the tree for its parts. */
proto_tree *view_line(struct view *view, proto_item **item);

/* Shows text with its bytes, whether as it is or as the inside of a JSON string. */
proto_item *view_text(const struct view *view, proto_tree *tree, enum field field,
                      struct stellar_slice text);
proto_item *view_json_string(const struct view *view, proto_tree *tree,
                             enum field field, struct stellar_slice text);

/* Adds text to the packet's line in the packet list. */
void view_summary(const struct view *view, const char *text);

/* Both show the complete lines, and return how many bytes these have. */
guint dissect_requests(struct view *view, struct stream *stream);
guint dissect_answers(struct view *view, struct stream *stream);

#endif
