/* Compares and prints the results of the parser. */
#ifndef FUZZ_COMMANDS_H
#define FUZZ_COMMANDS_H

#include "stellar/parser.h"

/* The slices of a command: XX(field). */
#define FUZZ_SLICES(XX) \
    XX(key)             \
    XX(value)           \
    XX(room)            \
    XX(message)         \
    XX(action)          \
    XX(params)          \
    XX(reply)

/* Both may be NULL. */
bool fuzz_same_text(const char *one, const char *other);

/* Compares everything except the offset and the error. */
bool fuzz_same_command(const struct stellar_command *one,
                       const struct stellar_command *other);
bool fuzz_same_error(const struct stellar_error *one,
                     const struct stellar_error *other);

/* Writes one line to standard error. */
void fuzz_show(const char *who, enum stellar_result result,
               const struct stellar_command *command);

#endif
