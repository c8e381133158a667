#include "text.h"

#include <stdio.h>
#include <string.h>


static bool continues(const unsigned char *bytes, size_t length, size_t count)
{
    size_t i;

    if (length < count) {
        return false;
    }
    for (i = 1; i < count; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
            return false;
        }
    }
    return true;
}


/* The range of the second byte excludes overlong forms, surrogates and numbers above
 * U+10FFFF. */
size_t stellar__utf8_length(const char *data, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)data;
    unsigned char lead;

    if (length == 0) {
        return 0;
    }
    lead = bytes[0];
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        return continues(bytes, length, 2) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        return continues(bytes, length, 3) && !(lead == 0xe0 && bytes[1] < 0xa0) &&
                       !(lead == 0xed && bytes[1] > 0x9f)
                   ? 3
                   : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        return continues(bytes, length, 4) && !(lead == 0xf0 && bytes[1] < 0x90) &&
                       !(lead == 0xf4 && bytes[1] > 0x8f)
                   ? 4
                   : 0;
    }
    return 0;
}


bool stellar__utf8_valid(const char *data, size_t length)
{
    size_t used;

    for (; length > 0; data += used, length -= used) {
        used = stellar__utf8_length(data, length);
        if (used == 0) {
            return false;
        }
    }
    return true;
}


/* Returns the letter of an escape such as \n, or NUL. */
static char short_escape(enum stellar__escape how, unsigned char byte)
{
    switch (byte) {
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    case '\b':
        return how == STELLAR__ESCAPE_JSON ? 'b' : '\0';
    case '\f':
        return how == STELLAR__ESCAPE_JSON ? 'f' : '\0';
    case '"':
        return how == STELLAR__ESCAPE_JSON ? '"' : '\0';
    case '\\':
        return how == STELLAR__ESCAPE_JSON ? '\\' : '\0';
    default:
        return '\0';
    }
}


size_t stellar__escape_one(enum stellar__escape how, const char *data, size_t length,
                           char out[STELLAR__ESCAPED_MAX], size_t *size)
{
    size_t used = stellar__utf8_length(data, length);
    unsigned char first = (unsigned char)data[0];
    /* U+0080 to U+009F are control characters, too: a terminal may obey them. */
    bool high_control = used == 2 && first == 0xc2 && (unsigned char)data[1] < 0xa0;
    char letter = short_escape(how, first);

    if (letter != '\0') {
        out[0] = '\\';
        out[1] = letter;
        *size = 2;
    } else if (used == 0 && how == STELLAR__ESCAPE_JSON) {
        *size = (size_t)snprintf(out, STELLAR__ESCAPED_MAX, "\\ufffd");
    } else if (used == 0) {
        *size = (size_t)snprintf(out, STELLAR__ESCAPED_MAX, "\\x%02x", first);
    } else if (high_control || first < 0x20 || first == 0x7f) {
        *size = (size_t)snprintf(out, STELLAR__ESCAPED_MAX,
                                 how == STELLAR__ESCAPE_JSON ? "\\u%04x" : "\\x%02x",
                                 high_control ? (unsigned)(unsigned char)data[1]
                                              : (unsigned)first);
    } else {
        memcpy(out, data, used);
        *size = used;
    }
    return used == 0 ? 1 : used;
}


size_t stellar__escape(enum stellar__escape how, const char *data, size_t length,
                       char *out, size_t capacity)
{
    char one[STELLAR__ESCAPED_MAX];
    size_t written = 0;
    size_t fits = 0; /* the length up to which there is room for the dots */
    size_t used;
    size_t size;

    for (; length > 0; data += used, length -= used) {
        used = stellar__escape_one(how, data, length, one, &size);
        if (written + size >= capacity) {
            memcpy(out + fits, "...", 4);
            return fits + 3;
        }
        memcpy(out + written, one, size);
        written += size;
        if (written + 4 <= capacity) {
            fits = written;
        }
    }
    out[written] = '\0';
    return written;
}
