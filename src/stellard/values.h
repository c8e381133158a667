/*
 * Checks a single value against its option's row in the table. Does not know where
 * values come from or are kept, and allocates nothing.
 */
#ifndef STELLAR_STELLARD_VALUES_H
#define STELLAR_STELLARD_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"
#include "stellar/parser.h"

/* Returns whether the bytes are a valid value. Sets *number for a number, a switch (0,
 * 1) or a choice (0, 1, …). */
bool stellar__value_check(enum stellar__option option, const char *data, size_t length,
                          unsigned long long *number);

/* Writes what a valid value is: "a number from 0 to 65535". */
void stellar__value_expected(enum stellar__option option, char *out, size_t capacity);

/* Replaces the C escapes in text and writes it to out, which must have room for as many
 * bytes. */
bool stellar__value_unescape(const char *text, char *out, size_t *length);

#endif
