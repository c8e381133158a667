/* What a server is made of and told: the defaults, what cannot be, copies to keep. */
#ifndef STELLAR_SERVER_SERVER_OPTIONS_H
#define STELLAR_SERVER_SERVER_OPTIONS_H

#include "stellar/server.h"

/* What is wrong with options, or NULL. */
const char *stellar__options_error(const struct stellar_server_options *options);

/* Puts copies in the place of the strings, but for the delimiter, which the framing
 * has; false if there is no memory for some. */
bool stellar__options_copy_strings(struct stellar_server_options *options,
                                   const struct stellar_allocator *memory);
void stellar__options_free_strings(struct stellar_server_options *options,
                                   const struct stellar_allocator *memory);

/* False: the delimiter cannot be. */
bool stellar__options_set_framing(const struct stellar_server_options *options,
                                  struct stellar_framing *framing);

#endif
