/* The declared inputs of an action, filled in and converted for one call. */
#ifndef STELLAR_SERVER_INPUTS_H
#define STELLAR_SERVER_INPUTS_H

#include "params.h"

/* The longest number in a string that has escapes. */
#define STELLAR__NUMBER_MAX 32

struct stellar__input_value {
    bool present;
    struct stellar_value value;     /* points into the params, the default, or text */
    char text[STELLAR__NUMBER_MAX]; /* of a number that was converted */
};

/* How many inputs are declared. */
size_t stellar__inputs_count(const struct stellar_input *inputs);

/*
 * Fills in values[] (one for each input) from params and defaults, and converts. Writes
 * {"key":why,…} of those that are missing or cannot be converted to out, which may stay
 * empty, and returns whether all is well. *mistyped: one cannot be converted.
 */
bool stellar__inputs_read(const struct stellar_input *inputs,
                          const struct stellar__params *params,
                          struct stellar__input_value *values,
                          struct stellar__buffer *out, bool *mistyped);

/* The same for what the inputs' validators say, which see the call. */
bool stellar__inputs_validate(const struct stellar_input *inputs,
                              const struct stellar_call *call,
                              const struct stellar__input_value *values,
                              struct stellar__buffer *out);

/*
 * The number that a value is, or that a string holds. If the string has escapes, the
 * number is copied to memory without them. False: it is none, or it needs more than
 * capacity bytes there.
 */
bool stellar__value_number(struct stellar_value value, char *memory, size_t capacity,
                           struct stellar_value *number);

/* The type of a JSON value by its first byte. */
struct stellar_value stellar__value(const char *text, size_t length);

#endif
