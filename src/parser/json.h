/*
 * json.h: JSON inside the parser library, beyond what stellar/parser.h offers.
 *
 * Nothing here owns or keeps anything: slices point into the caller's text.
 */
#ifndef STELLAR_PARSER_JSON_H
#define STELLAR_PARSER_JSON_H

#include "stellar/parser.h"

/* The range of an int, in which tokens count. (limits.h belongs to a C library on some
 * systems, freestanding or not.) */
#define STELLAR__COUNT_MAX 0x7fffffff

/* What is in a struct stellar_token. It is laid out as jsmn's token, and type has the
 * values of jsmn. */
struct stellar__token {
    int type;
    int start;  /* offsets from the first byte of the indexed text; a string's are those
                 */
    int end;    /* of its inside */
    int size;   /* number of names, of items, or, for a name, 1 */
    int parent; /* the token that it belongs to; -1: none */
};

enum {
    STELLAR__TOKEN_OBJECT = 1,
    STELLAR__TOKEN_ARRAY = 2,
    STELLAR__TOKEN_STRING = 3,
    STELLAR__TOKEN_PRIMITIVE = 4
};

/*
 * The members that mean something: XX(OBJECT, MEMBER, "name"). The objects are a call,
 * an answer, and what an answer has in error or status. A name has 4 to 12 bytes.
 */
#define STELLAR__JSON_MEMBERS(XX)             \
    XX(CALL, ACTION, "action")                \
    XX(CALL, PARAMS, "params")                \
    XX(ANSWER, STATUS, "status")              \
    XX(ANSWER, ERROR, "error")                \
    XX(ANSWER, CONTEXT, "context")            \
    XX(ANSWER, MESSAGE_COUNT, "messageCount") \
    XX(ANSWER, DATA, "data")                  \
    XX(ANSWER, MESSAGE, "message")            \
    XX(ANSWER, ROOM, "room")                  \
    XX(ANSWER, FROM, "from")                  \
    XX(ANSWER, SENT_AT, "sentAt")             \
    XX(ANSWER, MESSAGE_ID, "messageId")       \
    XX(ANSWER, WELCOME, "welcome")            \
    XX(FAILURE, CODE, "code")                 \
    XX(FAILURE, TEXT, "message")

enum stellar__json_object { STELLAR__CALL, STELLAR__ANSWER, STELLAR__FAILURE };

enum stellar__json_member {
#define XX(object, member, name) STELLAR__MEMBER_##member,
    STELLAR__JSON_MEMBERS(XX)
#undef XX
        STELLAR__MEMBER_COUNT
};

/* What a scan finds: the members of an object, as they were sent, a string with its
 * quotes. If a member is repeated, the last one counts. A missing member is absent, as
 * all members of the object must be before the scan. */
struct stellar__json_notes {
    enum stellar__json_object object;
    struct stellar_slice members[STELLAR__MEMBER_COUNT];
    const char
        *context; /* of an answer: where its last name "context" begins, or NULL */
    struct stellar__token *tokens; /* for the index of params, or of all of an answer */
    int capacity;
    int count; /* number of tokens of that index; 0: none, or not enough tokens for it
                */
};

/* Lends tokens for a scan, before it. */
static inline void stellar__json_lend(struct stellar__json_notes *notes,
                                      struct stellar_token *tokens, size_t capacity)
{
    notes->tokens = (struct stellar__token *)tokens;
    notes->capacity =
        capacity < STELLAR__COUNT_MAX ? (int)capacity : STELLAR__COUNT_MAX;
    notes->count = 0;
}


/*
 * Checks a text in one pass. If notes is not NULL, the text must be an object, and
 * *notes gets its members. If notes is NULL, the text may be any value. levels is the
 * number of levels around the text. On failure returns false and sets code, column and
 * expected of error; then *notes has no meaning.
 */
bool stellar__json_scan(const char *text, size_t length, unsigned levels,
                        struct stellar__json_notes *notes, struct stellar_error *error);

/* Returns the field for the member with this name, or NULL. name is the inside of
 * a valid string. It must be called in the order of the text: the members of an answer
 * that count only behind the last context are made absent by each context. */
struct stellar_slice *stellar__json_member(struct stellar__json_notes *notes,
                                           struct stellar_slice name);

/* Returns the type of a value that begins with this character. */
enum stellar_json_type stellar__json_type(char first);

/* Returns the end of the string that begins at `at`: behind its closing quote. */
const char *stellar__json_string_end(const char *at, const char *end);

/* Returns whether the text is the inside of a valid string. */
bool stellar__json_is_inside(struct stellar_slice text);

/* Returns whether the text, between braces, is a valid object. levels is the number of
 * levels around its values, with the object's own. */
bool stellar__json_are_members(struct stellar_slice text, unsigned levels);

static inline bool stellar__is_white(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}


/* Decodes an escape of the inside of a string, or reads the byte there. Moves *at past
 * it and returns the number of bytes that it stands for. *at must not be end. */
size_t stellar__json_character(const char **at, const char *end, char bytes[4]);

/* Returns whether the unescaped inside of a string is key. Like the functions below, it
 * is safe for text that is not valid, but then the result has no meaning. */
bool stellar__json_equals(struct stellar_slice string, const char *key, size_t length);

/*
 * Parses a line that calls an action in JSON. text begins with '{' and may end in
 * spaces and tabs. The slices in *command must be absent. Sets verb, is_json, action,
 * action_escaped and params, and index if there are tokens enough for it. On failure
 * returns false and sets error, except for its `at` (column counts from the first byte
 * of text); verb is then STELLAR_NO_VERB if text is not valid JSON.
 */
bool stellar__call_parse(const char *text, size_t length, struct stellar_token *tokens,
                         size_t capacity, struct stellar_command *command);

#endif
