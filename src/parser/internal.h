/*
 * internal.h: what the files of the parser share. The parser turns bytes into commands.
 * It may include jsmn and its own public header, and nothing else of this tree.
 *
 * framing.c cuts the stream into lines. delimiter.c finds their ends for it, and line.c
 * keeps the unfinished line. Only these three know the fields of struct stellar_parser.
 * framing.c calls telnet.rl at a byte 255, and opening.rl at the beginning of a stream,
 * to detect other protocols. It passes whole lines to command.c. That checks the UTF-8
 * of a line (utf8.c) and runs the verb machine (verbs.rl) over it; or it runs the JSON
 * machine (json.h) over a call, which checks both. Nothing below framing.c keeps
 * anything from one line to the next. Slices always point into the line.
 *
 * The library is built freestanding. These four functions are all that it needs of the
 * C library, so <string.h> does not have to exist.
 */
#ifndef STELLAR_PARSER_INTERNAL_H
#define STELLAR_PARSER_INTERNAL_H

#include "stellar/answer.h"
#include "stellar/parser.h"

#ifdef __cplusplus
extern "C" {
#endif

void *memchr(const void *bytes, int byte, size_t length);
void *memcpy(void *to, const void *from, size_t length);
void *memmove(void *to, const void *from, size_t length);
void *memset(void *to, int byte, size_t length);

/* The delimiter's automaton: returns how much of it is matched after one more byte. */
unsigned char stellar__delimiter_match(const struct stellar_framing *framing,
                                       unsigned char matched, unsigned char byte);

/* Returns how much of the delimiter is matched at the end of a text, which must not
 * contain a whole one. */
unsigned char stellar__delimiter_match_text(const struct stellar_framing *framing,
                                            const unsigned char *text, size_t length);

/* Returns the next LF or CR in the run, or the run's end. The run must not be empty. */
const unsigned char *stellar__find_line_end(struct stellar_parser *parser);

/* Returns where reading stops in the run, which must not be empty: after the delimiter,
 * if parser->matched has its length, otherwise at the run's end. */
const unsigned char *stellar__find_delimiter(struct stellar_parser *parser);

/* Makes sure that the first `length` bytes of the line are in memory. Returns false if
 * there is too little memory. */
bool stellar__line_keep(struct stellar_parser *parser, size_t length);

/* Forgets the line, so that the next one can begin. */
void stellar__line_forget(struct stellar_parser *parser);

/* Returns the offset in the stream of the byte in this column of the line. */
uint64_t stellar__line_offset(const struct stellar_parser *parser, size_t column);

/* Notes that a telnet command of `count` bytes came after the line's last byte. */
void stellar__line_note_skipped(struct stellar_parser *parser, uint64_t count);

/* Removes the line's first byte. */
void stellar__line_drop_head(struct stellar_parser *parser);

/* Removes `count` bytes from the end of the line. All of the line must be in memory.
 * The bytes count as skipped. */
void stellar__line_erase(struct stellar_parser *parser, size_t count);

/* Bytes of RFC 854 that the parser itself sends. */
#define STELLAR__TELNET_WONT        252
#define STELLAR__TELNET_DONT        254
#define STELLAR__TELNET_IAC         255
#define STELLAR__TELNET_TIMING_MARK 6

enum stellar__telnet_event {
    STELLAR__TELNET_NOTHING, /* the command is over, or continues in the next piece */
    STELLAR__TELNET_DATA,    /* the next byte, 255, belongs to the line */
    STELLAR__TELNET_REPLY,   /* parser->reply holds the answer */
    STELLAR__TELNET_ARE_YOU_THERE,
    STELLAR__TELNET_ERASE_CHARACTER,
    STELLAR__TELNET_ERASE_LINE,
    STELLAR__TELNET_INTERRUPT
};

/* Starts or continues to read one telnet command, up to its last byte or the end of the
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

/* Returns how many bytes at the beginning of a line have no meaning: a byte order mark
 * and blanks. If this is length, the line is blank. */
size_t stellar__line_lead(const unsigned char *line, size_t length);

/* Runs the verb machine over a line without its lead. Sets the verb and the arguments
 * that it finds. Returns the column where the next argument would have been. */
size_t stellar__verb_parse(const unsigned char *text, size_t length,
                           struct stellar_command *command);

/* Parses a line that is not blank, with the tokens that the parser was lent. *command
 * must be empty except for offset, length and line. If this returns false, error is set
 * except for `at`, and there are no arguments. */
bool stellar__line_parse(const struct stellar_parser *parser, const unsigned char *line,
                         size_t lead, size_t length, struct stellar_command *command);

/* Parses a server's line that is not blank, with the tokens that the parser was lent.
 * *answer must be empty except for offset, length and line. If it returns false, its
 * refusal is set, but not `at`, and the rest is empty. */
bool stellar__answer_parse(const struct stellar_parser *parser,
                           const unsigned char *line, size_t lead, size_t length,
                           struct stellar_answer *answer);

/* Returns where the text stops being UTF-8. Then *expected says what should have been
 * there. If all of the text is UTF-8, returns length and leaves *expected alone. If the
 * end cuts a character off, returns length and sets *expected. */
size_t stellar__utf8_check(const unsigned char *text, size_t length,
                           const char **expected);

/* Returns the length of the text's last character, which may lack bytes at its end. A
 * byte that belongs to no character counts as one. Returns 0 for an empty text. */
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
