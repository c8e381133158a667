/*
 * A distinguished name as text, as in RFC 4514.
 *
 * IMPLEMENTATION NOTES. The text is used in answers and in the log. So it is valid
 * UTF-8 whatever the certificate contains. Control characters, which the RFC allows but
 * a terminal might obey, are escaped, too. A value that is not a string, or not a valid
 * one, is written as the hexadecimal digits of its encoding; so is each value of a type
 * that has no name here, as the RFC demands.
 *
 * The text begins with the part that is last in the encoding. So for each part the name
 * is walked again; names are short.
 */
#include <stdio.h>
#include <string.h>

#include "stellar/parser.h"
#include "tls_internal.h"

enum {
    OBJECT_ID = 0x06,
    UTF8_STRING = 0x0C,
    NUMERIC_STRING = 0x12,
    PRINTABLE_STRING = 0x13,
    TELETEX_STRING = 0x14,
    IA5_STRING = 0x16,
    VISIBLE_STRING = 0x1A,
    UNIVERSAL_STRING = 0x1C,
    BMP_STRING = 0x1E
};

struct text {
    char *to;
    size_t capacity;
    size_t length;
};

/* RFC 4514, section 3, and other common types, with openssl's names. */
static const struct {
    const char *name;
    const char *id; /* the content of the object identifier */
} types[] = {
    {"CN", "\x55\x04\x03"},
    {"SN", "\x55\x04\x04"},
    {"serialNumber", "\x55\x04\x05"},
    {"C", "\x55\x04\x06"},
    {"L", "\x55\x04\x07"},
    {"ST", "\x55\x04\x08"},
    {"street", "\x55\x04\x09"},
    {"O", "\x55\x04\x0A"},
    {"OU", "\x55\x04\x0B"},
    {"title", "\x55\x04\x0C"},
    {"GN", "\x55\x04\x2A"},
    {"UID", "\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x01"},
    {"DC", "\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x19"},
    {"emailAddress", "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x01"},
};


static void append(struct text *text, const char *bytes, size_t length)
{
    if (text->length < text->capacity && length <= text->capacity - text->length) {
        memcpy(text->to + text->length, bytes, length);
    }
    text->length += length;
}


static void append_hex(struct text *text, unsigned char byte)
{
    static const char digits[] = "0123456789ABCDEF";
    const char pair[] = {digits[byte >> 4], digits[byte & 15]};

    append(text, pair, sizeof pair);
}


/* Values. */

/* Writes one character. is_edge: it is the first or the last. */
static void append_escaped(struct text *text, uint32_t point, bool is_first,
                           bool is_last)
{
    char bytes[4];

    if (point < 0x20 || point == 0x7F || (point >= 0x80 && point < 0xA0)) {
        if (point >= 0x80) {
            append(text, "\\C2", 3);
        }
        append(text, "\\", 1);
        append_hex(text, (unsigned char)point);
        return;
    }
    if (point < 0x80) {
        bytes[0] = (char)point;
        if (strchr("\"+,;<>\\", bytes[0]) || (bytes[0] == '#' && is_first) ||
            (bytes[0] == ' ' && (is_first || is_last))) {
            append(text, "\\", 1);
        }
        append(text, bytes, 1);
    } else if (point < 0x800) {
        bytes[0] = (char)(0xC0 | point >> 6);
        bytes[1] = (char)(0x80 | (point & 0x3F));
        append(text, bytes, 2);
    } else if (point < 0x10000) {
        bytes[0] = (char)(0xE0 | point >> 12);
        bytes[1] = (char)(0x80 | (point >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (point & 0x3F));
        append(text, bytes, 3);
    } else {
        bytes[0] = (char)(0xF0 | point >> 18);
        bytes[1] = (char)(0x80 | (point >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (point >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (point & 0x3F));
        append(text, bytes, 4);
    }
}


/* Reads the character at the start of valid UTF-8. Returns how many bytes it has. */
static size_t decode_utf8(const unsigned char *bytes, uint32_t *point)
{
    size_t length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    size_t i;

    *point = length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> length);
    for (i = 1; i < length; i++) {
        *point = *point << 6 | (bytes[i] & 0x3Fu);
    }
    return length;
}


/* Returns how many bytes each character of a string type has. 0: it varies (UTF-8), or
 * this is not a string. */
static size_t width_of(unsigned tag)
{
    switch (tag) {
    case NUMERIC_STRING:
    case PRINTABLE_STRING:
    case TELETEX_STRING:
    case IA5_STRING:
    case VISIBLE_STRING:
        return 1;
    case BMP_STRING:
        return 2;
    case UNIVERSAL_STRING:
        return 4;
    default:
        return 0;
    }
}


static size_t decode_character(unsigned tag, const unsigned char *bytes,
                               uint32_t *point)
{
    size_t width = width_of(tag);
    size_t i;

    if (tag == UTF8_STRING) {
        return decode_utf8(bytes, point);
    }
    for (*point = 0, i = 0; i < width; i++) {
        *point = *point << 8 | bytes[i];
    }
    return width;
}


/* Teletex strings are Latin-1 in practice. */
static bool is_string(unsigned tag, struct stellar__tls_der value)
{
    size_t width = width_of(tag);
    size_t at;

    if (tag == UTF8_STRING) {
        return stellar_utf8_check((const char *)value.bytes, value.length);
    }
    if (width == 0 || value.length % width != 0) {
        return false;
    }
    for (at = 0; at < value.length; at += width) {
        uint32_t point;

        decode_character(tag, value.bytes + at, &point);
        if ((width == 1 && tag != TELETEX_STRING && point >= 0x80) ||
            (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) {
            return false;
        }
    }
    return true;
}


static void append_string(struct text *text, unsigned tag,
                          struct stellar__tls_der value)
{
    size_t at = 0;

    while (at < value.length) {
        uint32_t point;
        size_t width = decode_character(tag, value.bytes + at, &point);

        append_escaped(text, point, at == 0, at + width == value.length);
        at += width;
    }
}


static void append_encoding(struct text *text, struct stellar__tls_der whole)
{
    size_t i;

    append(text, "#", 1);
    for (i = 0; i < whole.length; i++) {
        append_hex(text, whole.bytes[i]);
    }
}


/* Types. */

static const char *name_of_type(struct stellar__tls_der id)
{
    size_t i;

    for (i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (id.length == strlen(types[i].id) &&
            memcmp(id.bytes, types[i].id, id.length) == 0) {
            return types[i].name;
        }
    }
    return NULL;
}


/* Writes an object identifier as numbers. Numbers above 2^64 wrap around. */
static void append_id(struct text *text, struct stellar__tls_der id)
{
    unsigned long long number = 0;
    bool is_first = true;
    size_t i;

    for (i = 0; i < id.length; i++) {
        char digits[64];
        int length;

        number = number << 7 | (id.bytes[i] & 0x7Fu);
        if (id.bytes[i] & 0x80) {
            continue;
        }
        if (is_first) {
            unsigned long long arc = number < 80 ? number / 40 : 2;

            length =
                snprintf(digits, sizeof digits, "%llu.%llu", arc, number - arc * 40);
        } else {
            length = snprintf(digits, sizeof digits, ".%llu", number);
        }
        append(text, digits, (size_t)length);
        is_first = false;
        number = 0;
    }
}


/* Names. */

static bool append_attribute(struct text *text, struct stellar__tls_der attribute)
{
    struct stellar__tls_der id;
    struct stellar__tls_der value;
    struct stellar__tls_der whole;
    const char *name;
    unsigned tag;

    if (!stellar__tls_der_next(&attribute, &tag, &id, NULL) || tag != OBJECT_ID ||
        !stellar__tls_der_next(&attribute, &tag, &value, &whole)) {
        return false;
    }
    name = name_of_type(id);
    if (name) {
        append(text, name, strlen(name));
    } else {
        append_id(text, id);
    }
    append(text, "=", 1);
    if (name && is_string(tag, value)) {
        append_string(text, tag, value);
    } else {
        append_encoding(text, whole);
    }
    return true;
}


/* A relative name: one attribute, or several at once. */
static bool append_relative(struct text *text, struct stellar__tls_der relative)
{
    bool is_first = true;

    while (relative.length > 0) {
        struct stellar__tls_der attribute;
        unsigned tag;

        if (!is_first) {
            append(text, "+", 1);
        }
        is_first = false;
        if (!stellar__tls_der_next(&relative, &tag, &attribute, NULL) ||
            !append_attribute(text, attribute)) {
            return false;
        }
    }
    return true;
}


bool stellar__tls_subject(struct stellar__tls_der name, char *text, size_t capacity,
                          size_t *length)
{
    struct text out = {text, capacity, 0};
    struct stellar__tls_der rest = name;
    struct stellar__tls_der relative;
    unsigned tag;
    size_t count = 0;

    while (rest.length > 0) {
        if (!stellar__tls_der_next(&rest, &tag, &relative, NULL)) {
            return false;
        }
        count++;
    }
    while (count > 0) {
        size_t i;

        rest = name;
        for (i = 0; i < count; i++) {
            stellar__tls_der_next(&rest, &tag, &relative, NULL);
        }
        if (out.length > 0) {
            append(&out, ",", 1);
        }
        if (!append_relative(&out, relative)) {
            return false;
        }
        count--;
    }
    *length = out.length;
    return true;
}
