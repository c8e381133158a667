/*
 * What a single value may be, by its option's row in the table. Knows nothing of where
 * values come from or are kept; allocates nothing.
 */
#ifndef STELLAR_STELLARD_VALUES_H
#define STELLAR_STELLARD_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"
#include "stellar/parser.h"

/* Whether the bytes are a good value. *number becomes that of a number, a switch (0, 1)
 * or a choice (0, 1, …). */
bool stellar__value_check(enum stellar__option option, const char *data, size_t length,
                          unsigned long long *number);

/* What a good value is: "a number from 0 to 65535". */
void stellar__value_expected(enum stellar__option option, char *out, size_t capacity);

/* Resolves the C escapes in text into out, which has room for as many bytes. */
bool stellar__value_unescape(const char *text, char *out, size_t *length);

/* The n-th of the words in "debug|info|warning|error"; length 0 if there is none. */
struct stellar_slice stellar__choice_word(const char *words, unsigned long long n);

#endif
