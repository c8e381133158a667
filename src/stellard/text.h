/*
 * Makes text from outside safe to show: on one line, without control characters, in
 * valid UTF-8. The log, error messages and --print-config use it. It allocates nothing.
 */
#ifndef STELLAR_STELLARD_TEXT_H
#define STELLAR_STELLARD_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Returns the length in bytes of the UTF-8 character (RFC 3629) at the beginning of
 * data, or 0 if there is none. */
size_t stellar__utf8_length(const char *data, size_t length);
bool stellar__utf8_valid(const char *data, size_t length);

/* How to write characters that cannot be written as they are. */
enum stellar__escape {
    STELLAR__ESCAPE_PLAIN, /* \n, \x1b; for people, so a backslash is not escaped */
    STELLAR__ESCAPE_JSON /* the inside of a JSON string; bytes that are not UTF-8 become
                            U+FFFD */
};

/* Escapes the first character of data. length must not be 0. Returns the length of this
 * character in data. Writes *size bytes to out, without NUL. */
#define STELLAR__ESCAPED_MAX 12
size_t stellar__escape_one(enum stellar__escape how, const char *data, size_t length,
                           char out[STELLAR__ESCAPED_MAX], size_t *size);

/* Escapes all of data into out, with a NUL at the end. If it does not fit, it is cut
 * after a whole character and ends in three dots. Returns the length. capacity must be
 * at least 4. */
size_t stellar__escape(enum stellar__escape how, const char *data, size_t length,
                       char *out, size_t capacity);

#endif
