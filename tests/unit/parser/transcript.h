/*
 * transcript.h: the parser's results for a stream, as text to compare with.
 *
 * One line for each result:
 *
 *     0+12 paramAdd key=[a] value=[b]      offset, length, command, arguments
 *     13+4 error 026 at 17 column 4: The argument key is missing
 *     18+2 goodbye reply=[fffc06]
 *     foreign HTTP
 *
 * assert_transcript() runs the stream in one piece, split in two at each place, and
 * byte by byte, and fails if any of these gives another result than expected. Each
 * piece is a heap block of its own, which is freed before the next. The memory lent has
 * exactly the size that was asked for, which must never be larger than the header
 * promises.
 */
#ifndef STELLAR_TEST_TRANSCRIPT_H
#define STELLAR_TEST_TRANSCRIPT_H

#include "stellar/answer.h"
#include "stellar/parser.h"

/* A stream may contain NUL, so its length is the size of the array. */
struct transcript_case {
    const char *stream;
    size_t length;
    const char *expected;
};

/* clang-format off */
#define TRANSCRIPT(stream, expected) {stream, sizeof(stream) - 1, expected}
/* clang-format on */
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The defaults, with this delimiter (NULL: the default) and limit. */
struct stellar_framing framing_of(const char *delimiter, size_t limit, bool telnet);

void assert_transcript(const struct stellar_framing *framing, const char *stream,
                       size_t length, const char *expected);

void assert_transcripts(const struct stellar_framing *framing,
                        const struct transcript_case *cases, size_t count);

/* Likewise, with a parser that detects other protocols. */
void assert_openings(const struct stellar_framing *framing,
                     const struct transcript_case *cases, size_t count);

/* The same, of what a server says:
 *
 *     0+49 goodbye own=["status":"Bye!"] context=[api] status=["Bye!"]
 */
void assert_answers(const struct stellar_framing *framing,
                    const struct transcript_case *cases, size_t count);

#endif
