/*
 * Text that came from outside, made fit to be shown: on one line, without control
 * characters, valid UTF-8. Log, error messages and --print-config share it. Allocates
 * nothing.
 */
#ifndef STELLAR_STELLARD_TEXT_H
#define STELLAR_STELLARD_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* The length in bytes of the UTF-8 character (RFC 3629) that data begins with; 0 if
 * there is none. */
size_t stellar__utf8_length(const char *data, size_t length);
bool stellar__utf8_valid(const char *data, size_t length);

/* How characters that cannot stand as they are look. */
enum stellar__escape {
    STELLAR__ESCAPE_PLAIN, /* \n, \x1b; for people: a backslash stays as it is */
    STELLAR__ESCAPE_JSON   /* the inside of a JSON string; bytes that are no UTF-8 are
                              U+FFFD */
};

/* Escapes the character that data begins with; length must not be 0. Returns how many
 * bytes of data that was, and writes *size bytes to out, without NUL. */
#define STELLAR__ESCAPED_MAX 12
size_t stellar__escape_one(enum stellar__escape how, const char *data, size_t length,
                           char out[STELLAR__ESCAPED_MAX], size_t *size);

/* Escapes all of data into out, ended by NUL. What does not fit is cut at a character
 * and told by three dots. Returns the length. capacity is 4 at least. */
size_t stellar__escape(enum stellar__escape how, const char *data, size_t length,
                       char *out, size_t capacity);

#endif
