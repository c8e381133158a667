/*
 * output.h: text that is written into memory of the caller, as much as there is room
 * for, and counted all the same.
 */
#ifndef STELLAR_PARSER_OUTPUT_H
#define STELLAR_PARSER_OUTPUT_H

#include "internal.h"

struct stellar__output {
    char *out;
    size_t capacity;
    size_t length; /* of all that was written, whether there was room or not */
};

void stellar__put(struct stellar__output *output, const char *bytes, size_t length);

#define STELLAR__PUT_LITERAL(output, literal) \
    stellar__put(output, literal, sizeof(literal) - 1)

/* A number in digits, with a minus if it is negative. */
void stellar__put_unsigned(struct stellar__output *output, uint64_t number);
void stellar__put_signed(struct stellar__output *output, int64_t number);

/* A valid JSON text, or several with what stands between them, without white space
 * outside of strings. */
void stellar__put_compact(struct stellar__output *output, struct stellar_slice json);

#endif
