/*
 * json.h: JSON inside the parser library, beyond what stellar/parser.h offers.
 *
 * Nothing here owns or keeps anything: slices point into the caller's text.
 */
#ifndef STELLAR_PARSER_JSON_H
#define STELLAR_PARSER_JSON_H

#include "stellar/parser.h"

/* The members of a call that have a meaning, as they were sent: a string with its
 * quotes. If a member is repeated, the last one counts. A missing member is absent. */
struct stellar__json_call {
    struct stellar_slice action;
    struct stellar_slice params;
};

/*
 * Checks a text in one pass. If call is not NULL, the text must be an object, and
 * *call, which must be all absent before, gets its members. If call is NULL, the text
 * may be any value. On failure returns false and sets code, column and expected of
 * error; then *call has no meaning.
 */
bool stellar__json_scan(const char *text, size_t length,
                        struct stellar__json_call *call, struct stellar_error *error);

/* Returns the field for the member with this name, or NULL. name is the inside of a
 * valid string. */
struct stellar_slice *stellar__json_member(struct stellar__json_call *call,
                                           struct stellar_slice name);

/* Returns whether the unescaped inside of a string is key. Like the functions below, it
 * is safe for text that is not valid, but then the result has no meaning. */
bool stellar__json_equals(struct stellar_slice string, const char *key, size_t length);

/*
 * Parses a line that calls an action in JSON. text begins with '{' and may end in
 * spaces and tabs. The slices in *command must be absent. Sets verb, is_json, action,
 * action_escaped and params. On failure returns false and sets error, except for its
 * `at` (column counts from the first byte of text); verb is then STELLAR_NO_VERB if
 * text is not valid JSON.
 */
bool stellar__call_parse(const char *text, size_t length,
                         struct stellar_command *command);

#endif
