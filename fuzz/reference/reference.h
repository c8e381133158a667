/*
 * A second parser of the protocol, to hold against the first: written from
 * docs/protocol.md and stellar/parser.h alone, without a look at the parser or its
 * grammar. It sees the whole input at once, allocates, looks at bytes more than once
 * and takes quadratic time where that is shorter to write. Being obviously right is all
 * that it is for.
 *
 * What it gives belongs to it until reference_free().
 */
#ifndef FUZZ_REFERENCE_H
#define FUZZ_REFERENCE_H

#include "stellar/parser.h"

struct reference_event {
    enum stellar_result result;
    struct stellar_command command;
    bool at_is_exact;     /* else error.at may be … */
    uint64_t at_earliest; /* … from here on, up to … */
    uint64_t at_latest;
};

struct reference {
    struct reference_event *events;
    size_t count;
    char *bytes;       /* the stream without telnet commands */
    uint64_t *offsets; /* where each of them stood in it, and one more at the end */
};

struct reference reference_parse(const char *delimiter, size_t delimiter_length,
                                 size_t limit, bool telnet, const uint8_t *stream,
                                 size_t size);
void reference_free(struct reference *reference);

/*
 * Fills in verb, arguments and error (code, column, subject, expected) of a line within
 * the limit. Returns STELLAR_MORE if the line is blank, and is to be ignored.
 */
enum stellar_result reference_line(const char *text, size_t length,
                                   struct stellar_command *command);

/* The column of the first byte that is not UTF-8, or length + 1 if there is none. */
size_t reference_utf8(const char *text, size_t length);

/* The same for a line that begins with '{'; fills in action and params. */
enum stellar_result reference_call(const char *text, size_t begin, size_t end,
                                   struct stellar_command *command);

#endif
