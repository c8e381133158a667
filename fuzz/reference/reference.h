/*
 * A second parser of the protocol, to compare with the first. It was written from
 * docs/protocol.md and stellar/parser.h alone, without reading the parser or its
 * grammar. It gets the whole input at once, may read a byte more than once, and takes
 * quadratic time if that is shorter to write. Its only purpose is to be obviously
 * right.
 */
#ifndef FUZZ_REFERENCE_H
#define FUZZ_REFERENCE_H

#include "stellar/parser.h"

struct reference_event {
    enum stellar_result result;
    struct stellar_command command;
    /* If a line has many telnet commands, the parser need not say exactly how many of
     * their bytes came before the line's first byte or an error. This is the number of
     * all these bytes. */
    uint64_t vague;
};

/* A telnet command with an effect that the peer can see, and its place. */
struct reference_request {
    size_t before; /* number of bytes of lines that came before */
    uint64_t offset;
    unsigned char bytes[3];
    size_t length;
};

struct reference {
    struct reference_event *events;
    size_t count;
    char *bytes;       /* the stream without telnet commands */
    uint64_t *offsets; /* the offset of each in the stream, and one more at the end */
    struct reference_request *requests;
    size_t capacity; /* the largest stream for which there is room */
    /* What the end of the stream cuts off, or NULL, and its bytes: if these are not
     * exact (see vague), the range. */
    const char *unfinished;
    uint64_t unfinished_least;
    uint64_t unfinished_most;
};

/* The results are valid until the next call with this reference, which uses the memory
 * again. At first the reference must be all zero. */
void reference_parse(struct reference *out, const char *delimiter,
                     size_t delimiter_length, size_t limit, bool telnet, bool detects,
                     const uint8_t *stream, size_t size);

/* Returns the other protocol that begins with these bytes. The last of them has just
 * arrived. */
enum stellar_foreign reference_opening(const char *bytes, size_t length);

/*
 * Sets verb, arguments and error (code, column, subject, expected) for a line within
 * the limit. Returns STELLAR_MORE if the line is blank and must be ignored.
 */
enum stellar_result reference_line(const char *text, size_t length,
                                   struct stellar_command *command);

/* Like reference_line(), for a line that begins with '{'. Sets action and params. */
enum stellar_result reference_call(const char *text, size_t begin, size_t end,
                                   struct stellar_command *command);

/* Returns the column of the first byte that is not UTF-8, or length + 1 if there is
 * none. */
size_t reference_utf8(const char *text, size_t length);

/* Returns the length of the text's last character, which may lack bytes at its end. A
 * byte that belongs to no character counts as one. Returns 0 for an empty text. */
size_t reference_character(const char *text, size_t length);

#endif
