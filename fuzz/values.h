/* Checks for every JSON text and string that the parser library calls valid. */
#ifndef FUZZ_VALUES_H
#define FUZZ_VALUES_H

#include "stellar/parser.h"

/* Checks the inside of a string: unescaped, and cut anywhere, it is never longer than
 * before. */
void fuzz_check_string(struct stellar_slice string);

/* Checks a text: it is valid, it and all values in it can be opened and walked, and
 * minifying it removes all white space at once. */
void fuzz_check_json(struct stellar_slice text);

#endif
