/* What must hold of every JSON text and string that the parser library calls valid. */
#ifndef FUZZ_VALUES_H
#define FUZZ_VALUES_H

#include "stellar/parser.h"

/* The inside of a string: it unescapes to no more than its length, cut anywhere. */
void fuzz_check_string(struct stellar_slice string);

/* A text: it passes the check, opens, and walks, with all that is in it; white space
 * goes at once. */
void fuzz_check_json(struct stellar_slice text);

#endif
