/*
 * json.h: JSON inside the parser library, beyond what stellar/parser.h offers.
 *
 * Nothing here owns or keeps anything: slices point into the text given.
 */
#ifndef STELLAR_PARSER_JSON_H
#define STELLAR_PARSER_JSON_H

#include "stellar/parser.h"

/* The members of a call that mean something, as sent: a string with its quotes. Of
 * duplicates the last; absent where there is none. */
struct stellar__json_call {
    struct stellar_slice action;
    struct stellar_slice params;
};

/*
 * Checks a text in one pass. With call (all absent before) it must be an object, whose
 * members are noted there; without (NULL) it may be any value. On failure returns false
 * with code, column and expected of error set, and nothing to rely on in call.
 */
bool stellar__json_scan(const char *text, size_t length,
                        struct stellar__json_call *call, struct stellar_error *error);

/* Where the member of that name (inside of a string, valid) is noted, or NULL. */
struct stellar_slice *stellar__json_member(struct stellar__json_call *call,
                                           struct stellar_slice name);

/* Whether the inside of a string, once unescaped, is key. Like all that follows it is
 * safe, though of no use, on what is not valid. */
bool stellar__json_equals(struct stellar_slice string, const char *key, size_t length);

/*
 * Understands a line that calls an action by JSON: text begins with '{' and may end in
 * spaces and tabs. Sets verb and is_json, and action, action_escaped and params, or
 * error but for its `at` (column counts from the first byte of text); expects slices
 * that are absent. On failure returns false; verb then is STELLAR_NO_VERB if text is
 * not valid JSON.
 */
bool stellar__call_parse(const char *text, size_t length,
                         struct stellar_command *command);

#endif
