/*
 * Where lines end. framing.c explains the fields.
 *
 * Work per byte. memchr reads each byte once for LF and once for CR, because the parser
 * remembers what both searches found. (Otherwise each of many LF without a CR would
 * cause a search for CR to the end of the run.) With a delimiter, memchr looks for its
 * first byte. The rest is the algorithm of Knuth, Morris and Pratt, so no byte is read
 * twice there either.
 */
#include "internal.h"


void stellar_framing_init(struct stellar_framing *framing)
{
    framing->max_data_length = STELLAR_MAX_DATA_LENGTH;
    framing->telnet = false;
    framing->delimiter_length = 0;
    memset(framing->delimiter, 0, sizeof framing->delimiter);
    memset(framing->fallback, 0, sizeof framing->fallback);
}


unsigned char stellar__delimiter_match(const struct stellar_framing *framing,
                                       unsigned char matched, unsigned char byte)
{
    while (matched > 0 && framing->delimiter[matched] != byte) {
        matched = framing->fallback[matched - 1];
    }
    if (framing->delimiter[matched] == byte) {
        matched++;
    }
    return matched;
}


unsigned char stellar__delimiter_match_text(const struct stellar_framing *framing,
                                            const unsigned char *text, size_t length)
{
    unsigned char matched = 0;
    size_t i = 0;

    /* At most all bytes of the delimiter except one can be matched. */
    if (length >= framing->delimiter_length) {
        i = length - framing->delimiter_length + 1;
    }
    for (; i < length; i++) {
        matched = stellar__delimiter_match(framing, matched, text[i]);
    }
    return matched;
}


bool stellar_framing_set_delimiter(struct stellar_framing *framing,
                                   const char *delimiter, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)delimiter;
    const char *expected = NULL;
    unsigned char matched = 0;
    size_t i;

    if (length == 0 || length > STELLAR_DELIMITER_MAX) {
        return false;
    }
    stellar__utf8_check(bytes, length, &expected);
    if (expected != NULL) {
        return false;
    }

    if (length == 1 && bytes[0] == '\n') {
        framing->delimiter_length = 0;
        return true;
    }
    memcpy(framing->delimiter, bytes, length);
    framing->delimiter_length = (unsigned char)length;
    framing->fallback[0] = 0;
    for (i = 1; i < length; i++) {
        matched = stellar__delimiter_match(framing, matched, bytes[i]);
        framing->fallback[i] = matched;
    }
    return true;
}


/* Finds the next such byte in the run, or the run's end, unless it is known already. */
static const unsigned char *find(const struct stellar_parser *parser, char byte,
                                 const unsigned char **known)
{
    const unsigned char *p = parser->input;

    if (*known == NULL || *known < p) {
        p = (const unsigned char *)memchr(p, byte, (size_t)(parser->run_end - p));
        *known = p != NULL ? p : parser->run_end;
    }
    return *known;
}


const unsigned char *stellar__find_line_end(struct stellar_parser *parser)
{
    const unsigned char *line_feed = find(parser, '\n', &parser->line_feed);
    const unsigned char *carriage_return = find(parser, '\r', &parser->carriage_return);

    return line_feed < carriage_return ? line_feed : carriage_return;
}


const unsigned char *stellar__find_delimiter(struct stellar_parser *parser)
{
    const struct stellar_framing *framing = parser->framing;
    const unsigned char *p = parser->input;
    const unsigned char *end = parser->run_end;
    unsigned char matched = parser->matched;

    while (p < end && matched < framing->delimiter_length) {
        if (matched == 0) {
            p = (const unsigned char *)memchr(p, framing->delimiter[0],
                                              (size_t)(end - p));
            if (p == NULL) {
                p = end;
                break;
            }
        }
        matched = stellar__delimiter_match(framing, matched, *p++);
    }
    parser->matched = matched;
    return p;
}
