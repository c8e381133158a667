/* The table of options (stellar/options.h) as data, for code that treats all options of
 * a kind alike. */
#ifndef STELLAR_SERVER_OPTION_FIELDS_H
#define STELLAR_SERVER_OPTION_FIELDS_H

#include "stellar/options.h"
#include "stellar/server.h"

enum stellar__option_index {
#define XX(field, type, name, path, standard, least, most, rule, argument, text) \
    STELLAR__OPTION_INDEX_##field,
    STELLAR_OPTIONS(XX)
#undef XX
        STELLAR__OPTION_FIELDS
};

struct stellar__option_field {
    size_t offset; /* in struct stellar_server_options */
    bool is_string;
    bool needs_restart;
    uint64_t least; /* as in the table */
    uint64_t most;
};

extern const struct stellar__option_field
    stellar__option_fields[STELLAR__OPTION_FIELDS];

/* Where the n-th option is among these; NULL if it is not a string. */
const char **stellar__option_string(struct stellar_server_options *options, size_t n);

#endif
