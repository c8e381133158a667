/*
 * JSON Pointers (RFC 6901), on an index.
 *
 * A pointer is a row of parts, each with a slash before it. In a part ~1 stands for a
 * slash and ~0 for a tilde; no other tilde may be there.
 */
#include "internal.h"
#include "json.h"


static bool is_pointer(const char *pointer, size_t length)
{
    size_t i;

    if (length == 0 || pointer[0] != '/') {
        return false;
    }
    for (i = 0; i < length; i++) {
        if (pointer[i] == '~' &&
            (i + 1 == length || (pointer[i + 1] != '0' && pointer[i + 1] != '1'))) {
            return false;
        }
    }
    return true;
}


/* Returns whether the inside of a string, unescaped, is what the part stands for. */
static bool is_name(struct stellar_slice name, struct stellar_slice part)
{
    const char *at = name.data;
    const char *end = at + name.length;
    size_t i = 0;

    while (at != end) {
        char bytes[4];
        size_t count = stellar__json_character(&at, end, bytes);
        size_t k;

        for (k = 0; k < count; k++) {
            char byte;

            if (i == part.length) {
                return false;
            }
            byte = part.data[i++];
            if (byte == '~') {
                byte = part.data[i++] == '0' ? '~' : '/';
            }
            if (byte != bytes[k]) {
                return false;
            }
        }
    }
    return i == part.length;
}


/* Reads the number of an item: digits, without a zero before others. */
static bool read_number(struct stellar_slice part, size_t *number)
{
    size_t i;

    if (part.length == 0 || part.length > 10 ||
        (part.length > 1 && part.data[0] == '0')) {
        return false;
    }
    *number = 0;
    for (i = 0; i < part.length; i++) {
        if (part.data[i] < '0' || part.data[i] > '9' ||
            *number > STELLAR__COUNT_MAX / 10) {
            return false;
        }
        *number = *number * 10 + (size_t)(part.data[i] - '0');
    }
    return true;
}


static bool find_item(struct stellar_params params, struct stellar_slice part,
                      struct stellar_value *value)
{
    size_t number;

    if (!read_number(part, &number)) {
        return false;
    }
    while (stellar_params_next(&params, NULL, value)) {
        if (number-- == 0) {
            return true;
        }
    }
    return false;
}


static bool find_member(struct stellar_params params, struct stellar_slice part,
                        struct stellar_value *value)
{
    struct stellar_value each;
    struct stellar_slice name;
    bool is_found = false;

    while (stellar_params_next(&params, &name, &each)) {
        if (is_name(name, part)) {
            *value = each;
            is_found = true;
        }
    }
    return is_found;
}


bool stellar_params_pointer(const struct stellar_params *params, const char *pointer,
                            size_t length, struct stellar_value *value)
{
    struct stellar_params inside = *params;
    struct stellar_value found = {STELLAR_JSON_NULL, {NULL, 0}};
    struct stellar_slice part;
    size_t from = 0;
    size_t to;

    if (!is_pointer(pointer, length)) {
        return false;
    }
    while (from < length) {
        if (from > 0 && !stellar_params_enter(&inside, &found, &inside)) {
            return false;
        }
        for (to = ++from; to < length && pointer[to] != '/'; to++) {
        }
        part.data = pointer + from;
        part.length = to - from;
        inside.next = 1;
        if (inside.text.data[0] == '{' ? !find_member(inside, part, &found)
                                       : !find_item(inside, part, &found)) {
            return false;
        }
        from = to;
    }
    *value = found;
    return true;
}
