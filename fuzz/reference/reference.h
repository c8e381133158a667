/*
 * A second parser of the protocol, to hold against the first: written from
 * docs/protocol.md and stellar/parser.h alone, without a look at the parser or its
 * grammar. It sees the whole input at once, looks at bytes more than once and takes
 * quadratic time where that is shorter to write. Being obviously right is all that it
 * is for.
 */
#ifndef FUZZ_REFERENCE_H
#define FUZZ_REFERENCE_H

#include "stellar/parser.h"

struct reference_event {
    enum stellar_result result;
    struct stellar_command command;
    /* Of a line with many telnet commands the parser need not tell exactly how many of
     * their bytes, which are so many in all, came before its first byte or an error. */
    uint64_t vague;
};

/* A telnet command that the peer must see something of, and where it stands. */
struct reference_request {
    size_t before; /* so many bytes of lines came before */
    uint64_t offset;
    unsigned char bytes[3];
    size_t length;
};

struct reference {
    struct reference_event *events;
    size_t count;
    char *bytes;       /* the stream without telnet commands */
    uint64_t *offsets; /* where each of them stood in it, and one more at the end */
    struct reference_request *requests;
    size_t capacity; /* the largest stream that there is room for */
    /* What the end of the stream cuts off, or NULL, and how many bytes of it: in case
     * of doubt (see vague) from least to most. */
    const char *unfinished;
    uint64_t unfinished_least;
    uint64_t unfinished_most;
};

/* What it gives stands until the next call with this reference, which uses the memory
 * again. All of it is zero at first. */
void reference_parse(struct reference *out, const char *delimiter,
                     size_t delimiter_length, size_t limit, bool telnet, bool detects,
                     const uint8_t *stream, size_t size);

/* The other protocol that these bytes begin. The last of them has just arrived. */
enum stellar_foreign reference_opening(const char *bytes, size_t length);

/*
 * Fills in verb, arguments and error (code, column, subject, expected) of a line within
 * the limit. Returns STELLAR_MORE if the line is blank, and is to be ignored.
 */
enum stellar_result reference_line(const char *text, size_t length,
                                   struct stellar_command *command);

/* The same for a line that begins with '{'; fills in action and params. */
enum stellar_result reference_call(const char *text, size_t begin, size_t end,
                                   struct stellar_command *command);

/* The column of the first byte that is not UTF-8, or length + 1 if there is none. */
size_t reference_utf8(const char *text, size_t length);

/* The length of the text's last character, which may lack bytes at its end. A byte that
 * belongs to none counts as one. Of an empty text: 0. */
size_t reference_character(const char *text, size_t length);

#endif
