/*
 * The params of a connection: names and the JSON text of their values, in the order of
 * first insertion. A set is counted by reference and copied when it is changed while
 * someone else holds it, so that a call keeps the params it was made with.
 *
 * A `struct stellar__params *` may be NULL: no params. Functions that change one take
 * its address and may put another set there.
 */
#ifndef STELLAR_SERVER_PARAMS_H
#define STELLAR_SERVER_PARAMS_H

#include "pool.h"

struct stellar__params;

struct stellar__params_limits {
    size_t count;
    size_t bytes; /* names and values together */
};

struct stellar__params *stellar__params_retain(struct stellar__params *params);
void stellar__params_release(struct stellar__params *params);

/* The JSON text of a value, or NULL; belongs to the set, as long as that is
 * unchanged. */
const struct stellar_slice *stellar__params_get(const struct stellar__params *params,
                                                const char *name, size_t length);
/* The value of messageId or action, which may outlive the set if it is kept; NULL:
 * there is none. */
struct stellar__shared *stellar__params_shared(const struct stellar__params *params,
                                               const char *name, size_t length);

/* Returns whether there is a param of that name, and no other. */
bool stellar__params_are_only(const struct stellar__params *params, const char *name,
                              size_t length);

/* Sets a value (a reference is kept). limits may be NULL; home is where the memory for
 * a new set comes from. Returns 0, NO_MEMORY or, with nothing changed, INVALID where a
 * limit would be passed. */
int stellar__params_set(struct stellar__params **params, struct stellar__pool *home,
                        const char *name, size_t length, struct stellar__shared *value,
                        const struct stellar__params_limits *limits);

/* Returns 0, even if there was none, or NO_MEMORY. */
int stellar__params_delete(struct stellar__params **params, const char *name,
                           size_t length);

/* Makes a set from the text of a valid JSON object. Results as for set; on failure
 * *params is NULL. */
int stellar__params_parse(struct stellar__params **params, struct stellar__pool *home,
                          struct stellar_slice object,
                          const struct stellar__params_limits *limits);

/* Writes all as one JSON object. */
void stellar__params_write(const struct stellar__params *params,
                           struct stellar__buffer *out);

#endif
