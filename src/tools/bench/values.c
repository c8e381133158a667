#include "values.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tell.h"

#define ESCAPES "only the escapes \\n \\r \\t \\0 \\\\ \\xHH"


_Noreturn void stellar__bench_refuse(const char *option, const char *text,
                                     const char *expected)
{
    stellar__bench_tell("--%s: '%s': expected %s", option, text, expected);
    exit(STELLAR__BENCH_USAGE);
}


uint64_t stellar__bench_number(const char *option, const char *text, double lowest,
                               double highest)
{
    unsigned long long number;
    char expected[64];
    char *end;

    errno = 0;
    number = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 ||
        (double)number < lowest || (double)number > highest) {
        snprintf(expected, sizeof expected, "a number from %.0f to %.0f", lowest,
                 highest);
        stellar__bench_refuse(option, text, expected);
    }
    return number;
}


uint64_t stellar__bench_seconds(const char *option, const char *text, double lowest,
                                double highest)
{
    double seconds;
    char expected[64];
    char *end;

    seconds = strtod(text, &end);
    if (text[0] < '.' || text[0] > '9' || *end != '\0' ||
        !(seconds >= lowest && seconds <= highest)) {
        snprintf(expected, sizeof expected, "seconds from %g to %g", lowest, highest);
        stellar__bench_refuse(option, text, expected);
    }
    return (uint64_t)llround(seconds * 1e9);
}


/* Reads an escape after its backslash. Returns its end, or NULL if it is not valid. */
static const char *read_escape(const char *text, char *byte)
{
    static const char letters[] = "nrt0\\";
    static const char bytes[] = "\n\r\t\0\\";
    const char *found;
    char digits[3] = {0};
    char *end;

    if (*text == 'x' && text[1] != '\0') {
        memcpy(digits, text + 1, 2);
        *byte = (char)strtoul(digits, &end, 16);
        return strspn(digits, "0123456789abcdefABCDEF") == 2 ? text + 3 : NULL;
    }
    found = *text != '\0' ? strchr(letters, *text) : NULL;
    if (found == NULL) {
        return NULL;
    }
    *byte = bytes[found - letters];
    return text + 1;
}


void stellar__bench_bytes(const char *option, const char *text,
                          struct stellar__bench_bytes *bytes)
{
    const char *at = text;
    size_t length = 0;

    while (*at != '\0' && length < STELLAR__BENCH_END_MAX) {
        if (*at != '\\') {
            bytes->data[length++] = *at++;
            continue;
        }
        at = read_escape(at + 1, &bytes->data[length++]);
        if (at == NULL) {
            stellar__bench_refuse(option, text, ESCAPES);
        }
    }
    if (length == 0 || *at != '\0') {
        stellar__bench_refuse(option, text, "1 to 32 bytes");
    }
    bytes->length = length;
}


void stellar__bench_line(const char *option, char *text,
                         struct stellar__bench_line *line)
{
    const char *at = text;
    size_t length = 0;
    char byte;

    while (*at != '\0') {
        byte = *at++;
        if (byte == '\\') {
            at = read_escape(at, &byte);
            if (at == NULL) {
                stellar__bench_refuse(option, text, ESCAPES);
            }
        }
        text[length++] = byte;
    }
    line->data = text;
    line->length = length;
}
