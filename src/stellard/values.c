#include "values.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "text.h"


/* Writes "debug, info, warning or error". */
static void list_choices(const char *words, char *out, size_t capacity)
{
    unsigned long long n;
    size_t used = 0;

    for (n = 0; used < capacity; n++) {
        struct stellar_slice word = stellar__choice_word(words, n);
        bool last = word.data[word.length] == '\0';
        int size = snprintf(out + used, capacity - used, "%s%.*s",
                            n == 0 ? ""
                            : last ? " or "
                                   : ", ",
                            (int)word.length, word.data);

        used += size > 0 ? (size_t)size : 0;
        if (last) {
            return;
        }
    }
}


void stellar__value_expected(enum stellar__option option, char *out, size_t capacity)
{
    const struct stellar__option_row *row = &stellar__options[option];

    switch (row->type) {
    case STELLAR__NUMBER:
        snprintf(out, capacity, "a number from %llu to %llu", row->least, row->most);
        break;
    case STELLAR__SWITCH:
        snprintf(out, capacity, "true or false");
        break;
    case STELLAR__ALWAYS:
        snprintf(out, capacity, "true, for this program is the TCP server");
        break;
    case STELLAR__CHOICE:
        list_choices(row->argument, out, capacity);
        break;
    case STELLAR__TEXT:
        snprintf(out, capacity, "a text of %llu to %llu bytes, valid UTF-8", row->least,
                 row->most);
        break;
    case STELLAR__BYTES:
        snprintf(
            out, capacity,
            "%llu to %llu bytes, valid UTF-8; escapes are \\n \\r \\t \\0 \\\\ and "
            "\\xHH",
            row->least, row->most);
        break;
    case STELLAR__ADDRESS:
        snprintf(out, capacity, "an IPv4 or IPv6 address");
        break;
    case STELLAR__FILE_NAME:
        snprintf(out, capacity, "a path of %llu to %llu bytes, valid UTF-8", row->least,
                 row->most);
        break;
    case STELLAR__ROOMS:
        snprintf(out, capacity,
                 "the name of a room: no blanks, commas and control characters, "
                 "valid UTF-8");
        break;
    case STELLAR__MODULES:
        snprintf(out, capacity, "the name of a module, or a path with a slash");
        break;
    }
}


static bool read_number(const struct stellar__option_row *row, const char *data,
                        size_t length, unsigned long long *out)
{
    unsigned long long number = 0;
    size_t i;

    for (i = 0; i < length; i++) {
        if (data[i] < '0' || data[i] > '9') {
            return false;
        }
        number = number * 10 + (unsigned long long)(data[i] - '0');
        /* This cannot wrap, because no bound is near the largest number. */
        if (number > row->most) {
            return false;
        }
    }
    *out = number;
    return length > 0 && number >= row->least;
}


static bool read_word(const char *words, const char *data, size_t length,
                      unsigned long long *out)
{
    struct stellar_slice word;
    unsigned long long n;

    for (n = 0; (word = stellar__choice_word(words, n)).length > 0; n++) {
        if (word.length == length && memcmp(word.data, data, length) == 0) {
            *out = n;
            return true;
        }
    }
    return false;
}


static bool is_address(const char *data, size_t length)
{
    unsigned char parsed[sizeof(struct in6_addr)];
    char text[INET6_ADDRSTRLEN];

    if (length >= sizeof text || memchr(data, '\0', length) != NULL) {
        return false;
    }
    memcpy(text, data, length);
    text[length] = '\0';
    return inet_pton(AF_INET, text, parsed) == 1 ||
           inet_pton(AF_INET6, text, parsed) == 1;
}


static bool is_room(const char *data, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        if ((unsigned char)data[i] <= ' ' || data[i] == ',' || data[i] == 0x7f) {
            return false;
        }
    }
    return true;
}


static bool is_good_text(const struct stellar__option_row *row, const char *data,
                         size_t length)
{
    if (length < row->least || length > row->most ||
        !stellar__utf8_valid(data, length)) {
        return false;
    }
    if (row->type == STELLAR__BYTES) {
        return true;
    }
    if (memchr(data, '\0', length) != NULL) {
        return false;
    }
    switch (row->type) {
    case STELLAR__ADDRESS:
        return is_address(data, length);
    case STELLAR__ROOMS:
        return is_room(data, length);
    default:
        return true;
    }
}


bool stellar__value_check(enum stellar__option option, const char *data, size_t length,
                          unsigned long long *number)
{
    const struct stellar__option_row *row = &stellar__options[option];

    switch (row->type) {
    case STELLAR__NUMBER:
        return read_number(row, data, length, number);
    case STELLAR__SWITCH:
        return read_word("false|true", data, length, number);
    case STELLAR__ALWAYS:
        return read_word("true", data, length, number);
    case STELLAR__CHOICE:
        return read_word(row->argument, data, length, number);
    default:
        return is_good_text(row, data, length);
    }
}


static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}


bool stellar__value_unescape(const char *text, char *out, size_t *length)
{
    size_t used = 0;

    while (*text != '\0') {
        char c = *text++;

        if (c == '\\') {
            switch (*text++) {
            case 'n':
                c = '\n';
                break;
            case 'r':
                c = '\r';
                break;
            case 't':
                c = '\t';
                break;
            case '0':
                c = '\0';
                break;
            case '\\':
                break;
            case 'x':
                if (hex_digit(text[0]) < 0 || hex_digit(text[1]) < 0) {
                    return false;
                }
                c = (char)(hex_digit(text[0]) * 16 + hex_digit(text[1]));
                text += 2;
                break;
            default:
                return false;
            }
        }
        out[used++] = c;
    }
    *length = used;
    return true;
}
