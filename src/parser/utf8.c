/*
 * UTF-8 as in RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
 *
 * Commands are nearly always ASCII, so ASCII is passed over 32 bytes at a time. The
 * lead byte of a longer character says how many continuation bytes follow, and which
 * values the first of them may have. Only this first one has exceptions (table in
 * section 4 of the RFC); all others are 80 to BF.
 */
#include "internal.h"

#define HIGH_BITS UINT64_C(0x8080808080808080)

struct lead {
    unsigned char continuations; /* 0: not a lead byte */
    unsigned char lowest;        /* of the byte after it */
    unsigned char highest;
    const char *expected; /* the name of that byte, for errors */
};


static uint64_t eight_bytes(const unsigned char *text)
{
    uint64_t word;

    __builtin_memcpy(&word, text, sizeof word);
    return word;
}


static size_t skip_ascii(const unsigned char *text, size_t at, size_t length)
{
    while (length - at >= 32 &&
           ((eight_bytes(text + at) | eight_bytes(text + at + 8) |
             eight_bytes(text + at + 16) | eight_bytes(text + at + 24)) &
            HIGH_BITS) == 0) {
        at += 32;
    }
    while (length - at >= 8 && (eight_bytes(text + at) & HIGH_BITS) == 0) {
        at += 8;
    }
    /* Check the last few bytes together with some that are known to be good. */
    if (length - at < 8 && length >= 8 &&
        (eight_bytes(text + length - 8) & HIGH_BITS) == 0) {
        return length;
    }
    while (at < length && text[at] < 0x80) {
        at++;
    }
    return at;
}


static struct lead lead_of(unsigned char byte)
{
    struct lead lead = {0, 0x80, 0xbf, "a continuation byte (80 to BF)"};

    if (byte >= 0xc2 && byte <= 0xdf) {
        lead.continuations = 1;
    } else if (byte >= 0xe0 && byte <= 0xef) {
        lead.continuations = 2;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
        lead.continuations = 3;
    }

    if (byte == 0xe0) {
        lead.lowest = 0xa0;
        lead.expected = "a byte from A0 to BF";
    } else if (byte == 0xed) {
        lead.highest = 0x9f;
        lead.expected = "a byte from 80 to 9F";
    } else if (byte == 0xf0) {
        lead.lowest = 0x90;
        lead.expected = "a byte from 90 to BF";
    } else if (byte == 0xf4) {
        lead.highest = 0x8f;
        lead.expected = "a byte from 80 to 8F";
    }
    return lead;
}


/* Reads the character at *at and moves past it, or to its wrong byte. */
static bool read_character(const unsigned char *text, size_t length, size_t *at,
                           const char **expected)
{
    struct lead lead = lead_of(text[*at]);

    if (lead.continuations == 0) {
        *expected = "the first byte of a character";
        return false;
    }
    for (++*at; lead.continuations > 0; lead.continuations--, ++*at) {
        if (*at == length || text[*at] < lead.lowest || text[*at] > lead.highest) {
            *expected = lead.expected;
            return false;
        }
        lead.lowest = 0x80;
        lead.highest = 0xbf;
        lead.expected = "a continuation byte (80 to BF)";
    }
    return true;
}


size_t stellar__utf8_check(const unsigned char *text, size_t length,
                           const char **expected)
{
    size_t at = 0;

    for (;;) {
        at = skip_ascii(text, at, length);
        while (at < length && text[at] >= 0x80) {
            if (!read_character(text, length, &at, expected)) {
                return at;
            }
        }
        if (at == length) {
            return length;
        }
    }
}


size_t stellar__utf8_last(const unsigned char *text, size_t length)
{
    size_t size = 1;

    if (length == 0) {
        return 0;
    }
    while (size < length && size < 4 && (text[length - size] & 0xc0) == 0x80) {
        size++;
    }
    return size - 1 <= lead_of(text[length - size]).continuations ? size : 1;
}


bool stellar_utf8_check(const char *text, size_t length)
{
    const char *expected = NULL;

    return stellar__utf8_check((const unsigned char *)text, length, &expected) ==
               length &&
           expected == NULL;
}
