/* RFC 3629, with its table of well-formed sequences. */
#include "reference.h"


size_t reference_utf8(const char *text, size_t length)
{
    /* The range of the first byte, the range of the second, and the number of bytes. */
    static const unsigned char rows[][5] = {
        {0x00, 0x7f, 0x00, 0x00, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2},
        {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
        {0xf4, 0xf4, 0x80, 0x8f, 4}};
    const unsigned char *row;
    unsigned char byte;
    size_t at = 0;
    size_t i;

    while (at < length) {
        byte = (unsigned char)text[at];
        for (row = rows[0]; byte < row[0] || byte > row[1]; row += 5) {
            if (row == rows[8]) {
                return at;
            }
        }
        for (i = 1; i < row[4]; i++) {
            if (at + i == length) {
                return at + i;
            }
            byte = (unsigned char)text[at + i];
            if (byte < (i == 1 ? row[2] : 0x80) || byte > (i == 1 ? row[3] : 0xbf)) {
                return at + i;
            }
        }
        at += row[4];
    }
    return length + 1;
}


/* Returns how many bytes a character with this beginning has, or 0 if there is none. */
static size_t announced(unsigned char byte)
{
    if (byte < 0x80) {
        return 1;
    }
    if (byte >= 0xc2 && byte <= 0xdf) {
        return 2;
    }
    if (byte >= 0xe0 && byte <= 0xef) {
        return 3;
    }
    return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}


size_t reference_character(const char *text, size_t length)
{
    size_t size;
    size_t i;

    for (size = length < 4 ? length : 4; size > 1; size--) {
        for (i = length - size + 1; i < length && (text[i] & 0xc0) == 0x80; i++) {
            continue;
        }
        if (i == length && announced((unsigned char)text[length - size]) >= size) {
            return size;
        }
    }
    return size;
}
