/*
 * internal.h: what the files of the parser share.
 *
 * framing.c cuts the stream into lines; delimiter.c finds their ends for it, line.c
 * keeps the one that is unfinished. These three know the fields of struct
 * stellar_parser. telnet.rl is asked when a byte 255 stands in the way, opening.rl at
 * the beginning of a stream, to detect other protocols. A whole line
 * goes to command.c, which either has its UTF-8 checked (utf8.c) and the verb machine
 * (verbs.rl) understand it, or has a call understood by the JSON machine (json.h),
 * which checks both. Nothing below framing.c keeps anything from one line to the next,
 * and slices always point into the line they were given.
 *
 * The library is built freestanding. These four functions are all that it asks of the
 * C library, so <string.h> does not have to be there.
 */
#ifndef STELLAR_PARSER_INTERNAL_H
#define STELLAR_PARSER_INTERNAL_H

#include "stellar/parser.h"

#ifdef __cplusplus
extern "C" {
#endif

void *memchr(const void *bytes, int byte, size_t length);
void *memcpy(void *to, const void *from, size_t length);
void *memmove(void *to, const void *from, size_t length);
void *memset(void *to, int byte, size_t length);

/* The delimiter's automaton: how much of it is matched after one more byte. */
unsigned char stellar__delimiter_match(const struct stellar_framing *framing,
                                       unsigned char matched, unsigned char byte);

/* The same after a text, which must not contain a whole delimiter. */
unsigned char stellar__delimiter_match_text(const struct stellar_framing *framing,
                                            const unsigned char *text, size_t length);

/* The next LF or CR in the run, which is not empty, or the run's end. */
const unsigned char *stellar__find_line_end(struct stellar_parser *parser);

/* Where reading stops in the run, which is not empty: behind the delimiter, with
 * parser->matched saying so, or at the run's end. */
const unsigned char *stellar__find_delimiter(struct stellar_parser *parser);

/* Has the first `length` bytes of the line in memory. False: there is too little. */
bool stellar__line_keep(struct stellar_parser *parser, size_t length);

/* Makes room for the next line. */
void stellar__line_forget(struct stellar_parser *parser);

/* Where in the stream the byte stood that is now in this column of the line. */
uint64_t stellar__line_offset(const struct stellar_parser *parser, size_t column);

/* Notes that a telnet command of so many bytes stands where the line is now. */
void stellar__line_note_skipped(struct stellar_parser *parser, uint64_t count);

/* Takes the first byte off the line. */
void stellar__line_drop_head(struct stellar_parser *parser);

/* Takes `count` bytes off the end of the line. All of the line must be in memory. The
 * bytes count as skipped. */
void stellar__line_erase(struct stellar_parser *parser, size_t count);

/* Bytes of RFC 854 that the parser itself sends. */
#define STELLAR__TELNET_WONT        252
#define STELLAR__TELNET_DONT        254
#define STELLAR__TELNET_IAC         255
#define STELLAR__TELNET_TIMING_MARK 6

enum stellar__telnet_event {
    STELLAR__TELNET_NOTHING, /* the command is over, or goes on in the next piece */
    STELLAR__TELNET_DATA,    /* the byte that is next, 255, belongs to the line */
    STELLAR__TELNET_REPLY,   /* parser->reply holds the answer */
    STELLAR__TELNET_ARE_YOU_THERE,
    STELLAR__TELNET_ERASE_CHARACTER,
    STELLAR__TELNET_ERASE_LINE,
    STELLAR__TELNET_INTERRUPT
};

/* Reads one telnet command, or goes on with one, up to its last byte or the end of the
 * input. Returns where it stopped. */
const unsigned char *stellar__telnet_parse(struct stellar_parser *parser,
                                           const unsigned char *p,
                                           const unsigned char *pe,
                                           enum stellar__telnet_event *what);

/* Runs the opening machine over the run; parser->opening is not 0. If the stream begins
 * as another protocol does, sets parser->foreign and ends the run before the byte that
 * decided this. */
void stellar__opening_look(struct stellar_parser *parser);

/* The first byte of a byte order mark, EF BB BF. */
#define STELLAR__MARK_FIRST 0xef

/* How many bytes of a line come before what it says: a byte order mark and blanks. All
 * of them: the line is blank. */
size_t stellar__line_lead(const unsigned char *line, size_t length);

/* Runs the verb machine over a line without its lead. Sets verb and whatever
 * arguments are there. Returns the column where the next argument would have been. */
size_t stellar__verb_parse(const unsigned char *text, size_t length,
                           struct stellar_command *command);

/* Understands a line that is not blank. *command is empty but for offset and length. On
 * false its error is set, but for `at`, and it has no arguments. */
bool stellar__line_parse(const unsigned char *line, size_t lead, size_t length,
                         struct stellar_command *command);

/* Returns where the text stops being UTF-8, which is length if it never does. If so,
 * *expected says what should have been there; else it is left alone. A character cut
 * off by the end stops at length, with *expected set. */
size_t stellar__utf8_check(const unsigned char *text, size_t length,
                           const char **expected);

/* Returns the length of the text's last character, which may lack bytes at its end. A
 * byte that belongs to none counts as one. Of an empty text: 0. */
size_t stellar__utf8_last(const unsigned char *text, size_t length);

static inline struct stellar_slice stellar__slice(const unsigned char *from,
                                                  const unsigned char *to)
{
    struct stellar_slice slice;

    slice.data = (const char *)from;
    slice.length = (size_t)(to - from);
    return slice;
}


static inline bool stellar__is_blank(unsigned char byte)
{
    return byte == ' ' || byte == '\t';
}

#ifdef __cplusplus
}
#endif

#endif
