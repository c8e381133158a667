/*
 * Reading PEM files. The key is a secret: no copy of it is left behind.
 *
 * IMPLEMENTATION NOTES. This reads the lax form of RFC 7468 (section 3, figure 2):
 * there may be white space of any kind around a boundary and anywhere in the base64
 * text, and END may have another name than BEGIN. Three things are stricter. A boundary
 * must be at the beginning of its line, except for white space, so that other text may
 * mention one. The base64 text must have its padding; without it, a text that was cut
 * would not be noticed. And a block has no headers, because only encrypted keys have
 * them. In a block that is not wanted, only the END is searched for.
 *
 * Text outside of blocks is skipped (section 2 of the RFC). A byte order mark counts as
 * white space there, because files may have been joined.
 */
#include <stdio.h>
#include <string.h>

#include "tls_internal.h"

enum { NAME_SIZE = 64 }; /* of a block; a longer name is cut */

static const char begin_mark[] = "-----BEGIN ";
static const char end_mark[] = "-----END ";
static const char dashes[] = "-----";

struct cursor {
    const char *at;
    const char *end;
};


int stellar__tls_file_read(struct stellar__text_file *file,
                           const struct stellar_allocator *allocator, const char *path,
                           char *error, size_t capacity)
{
    char fault[128];

    switch (stellar__text_file_read(file, allocator, path, STELLAR__TLS_FILE_MAX, fault,
                                    sizeof fault)) {
    case 0:
        return 0;
    case STELLAR_ERR_NO_MEMORY:
        snprintf(error, capacity, "out of memory");
        return STELLAR_ERR_NO_MEMORY;
    default:
        snprintf(error, capacity, "%s: %s", path, fault);
        return STELLAR_ERR_TLS;
    }
}


static bool is_white(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}


static bool begins(const struct cursor *cursor, const char *text)
{
    size_t length = strlen(text);

    return (size_t)(cursor->end - cursor->at) >= length &&
           memcmp(cursor->at, text, length) == 0;
}


static bool take(struct cursor *cursor, const char *text)
{
    if (!begins(cursor, text)) {
        return false;
    }
    cursor->at += strlen(text);
    return true;
}


/* Reads the name after BEGIN or END, up to the dashes. Its characters are those of RFC
 * 7468. */
static bool take_name(struct cursor *cursor, char name[NAME_SIZE])
{
    struct cursor rest = *cursor;
    size_t length = 0;

    while (!take(&rest, dashes)) {
        if (rest.at == rest.end || *rest.at < ' ' || *rest.at > '~') {
            return false;
        }
        if (length < NAME_SIZE - 1) {
            name[length++] = *rest.at;
        }
        rest.at++;
    }
    name[length] = '\0';
    *cursor = rest;
    return true;
}


static void skip_line(struct cursor *cursor)
{
    while (cursor->at < cursor->end && *cursor->at != '\n' && *cursor->at != '\r') {
        cursor->at++;
    }
}


/* Moves after the boundary at which the next block begins. Returns false if there is
 * none. */
static bool find_block(struct cursor *cursor, char name[NAME_SIZE])
{
    while (cursor->at < cursor->end) {
        if (is_white(*cursor->at)) {
            cursor->at++;
        } else if (take(cursor, begin_mark) && take_name(cursor, name)) {
            return true;
        } else if (!take(cursor, "\xef\xbb\xbf")) {
            skip_line(cursor);
        }
    }
    return false;
}


/* Returns whether a byte is in a range, without a branch. */
static unsigned is_within(unsigned byte, unsigned first, unsigned last)
{
    return ((first - 1 - byte) & (byte - last - 1)) >> 31;
}


/* Returns one more than the value of a base64 character, or 0. It uses no branch and no
 * memory access that depends on the character. */
static unsigned value_of(char character)
{
    unsigned byte = (unsigned char)character;

    return is_within(byte, 'A', 'Z') * (byte - 'A' + 1) +
           is_within(byte, 'a', 'z') * (byte - 'a' + 27) +
           is_within(byte, '0', '9') * (byte - '0' + 53) +
           is_within(byte, '+', '+') * 63 + is_within(byte, '/', '/') * 64;
}


/* Passes the bytes of four characters on; some may be padding. */
static void give(unsigned group, unsigned padding,
                 const struct stellar__tls_pem_reader *reader)
{
    unsigned char bytes[3] = {(unsigned char)(group >> 16), (unsigned char)(group >> 8),
                              (unsigned char)group};

    reader->bytes(reader->data, bytes, sizeof bytes - padding);
    stellar__wipe(bytes, sizeof bytes);
}


/* Decodes up to the first byte that does not belong to base64 text. Returns whether the
 * text consists of whole groups of four. */
static bool decode(struct cursor *cursor, const struct stellar__tls_pem_reader *reader)
{
    unsigned group = 0;
    unsigned count = 0;
    unsigned padding = 0;

    for (; cursor->at < cursor->end; cursor->at++) {
        unsigned value = value_of(*cursor->at);

        if (is_white(*cursor->at)) {
            continue;
        }
        if (*cursor->at == '=') {
            padding++;
        } else if (value == 0) {
            break;
        } else if (padding > 0) {
            return false;
        }
        group = group << 6 | (value - (value > 0));
        if (++count < 4) {
            continue;
        }
        if (padding > 2) {
            return false;
        }
        give(group & 0xffffff, padding, reader);
        group = count = 0;
    }
    return count == 0;
}


/* Returns why there is no boundary where one should be. */
static const char *explain_end(struct cursor *cursor)
{
    bool begins_next = begins(cursor, begin_mark);

    if (begins(cursor, "-")) {
        skip_line(cursor); /* the boundary itself may have been cut */
    }
    return begins_next || cursor->at == cursor->end
               ? "a PEM block has no end; the file is truncated"
               : "a PEM block is damaged";
}


static const char *read_block(struct cursor *cursor, bool is_wanted,
                              const struct stellar__tls_pem_reader *reader)
{
    struct cursor after;
    char name[NAME_SIZE];

    if (is_wanted && !decode(cursor, reader) && cursor->at < cursor->end) {
        return "a PEM block is damaged";
    }
    while (!is_wanted && cursor->at < cursor->end && !begins(cursor, dashes)) {
        cursor->at++;
    }
    after = *cursor;
    if (!take(&after, end_mark) || !take_name(&after, name)) {
        return explain_end(cursor);
    }
    *cursor = after;
    if (is_wanted) {
        reader->end(reader->data);
    }
    return NULL;
}


const char *stellar__tls_pem_read(const struct stellar__text_file *file,
                                  const struct stellar__tls_pem_reader *reader)
{
    struct cursor cursor = {file->text, file->text + file->length};
    char name[NAME_SIZE];
    const char *wrong = NULL;

    while (!wrong && find_block(&cursor, name)) {
        wrong = read_block(&cursor, reader->begin(reader->data, name), reader);
    }
    return wrong;
}
