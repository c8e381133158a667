/*
 * How a set of params lies in memory; only params.c sees it.
 *
 * A set is one block, with room in it that is divided as it is filled: params from the
 * front, names and values from the end. What no longer fits has memory of its own. What
 * is deleted or replaced leaves its room unused.
 *
 * Values that others may hold when the set is gone are shared; the others lie in the
 * set.
 */
#ifndef STELLAR_SERVER_PARAMS_STORE_H
#define STELLAR_SERVER_PARAMS_STORE_H

#include "pool.h"
#include "table.h"

struct stellar__param {
    struct stellar__link link;       /* in the set's table, by name */
    struct stellar__param *next;     /* in the order of first insertion */
    struct stellar__param *previous; /* the last one's, for the first */
    struct stellar_slice name;
    struct stellar_slice value;     /* a NUL stands behind it */
    struct stellar__shared *shared; /* what value points into; NULL: into the set */
    bool is_apart;                  /* has memory of its own, with its name behind it */
};

struct stellar__params {
    struct stellar__pool *home;
    size_t size; /* of all of it */
    size_t references;
    size_t count;
    size_t bytes;
    uint64_t lengths; /* bit n: there has been a name of n bytes, modulo 64 */
    struct stellar__param *first;
    char *room; /* what is left */
    char *room_end;
    struct stellar__table table; /* empty, or of all */
};

/* A value as it is found: shared, or a text that is to be copied. */
struct stellar__param_value {
    struct stellar__shared *shared; /* a reference, or NULL */
    struct stellar_slice text;
};

/* A set with room for so many params, and so many bytes of names and values; each value
 * takes one more. NULL: no memory. */
struct stellar__params *stellar__params_new(struct stellar__pool *home, size_t count,
                                            size_t bytes);

/* Nobody holds it any more. */
void stellar__params_free(struct stellar__params *params);

static inline bool stellar__param_is_called(const struct stellar__param *param,
                                            struct stellar_slice name)
{
    return param->name.length == name.length &&
           (name.length == 0 || memcmp(param->name.data, name.data, name.length) == 0);
}


/* NULL: there is none. */
struct stellar__param *stellar__params_find(const struct stellar__params *params,
                                            struct stellar_slice name);

/* Copies the text of a value to where it will stay: in the set, or, where that has no
 * room or somebody may keep it longer, shared. False: no memory. */
bool stellar__params_copy_value(struct stellar__params *params,
                                struct stellar_slice text, bool has_blanks,
                                bool must_share, struct stellar__param_value *value);

/* Sets a value in a set that nobody else holds; old is its param, or NULL. Takes the
 * reference over. Returns 0 or NO_MEMORY. */
int stellar__params_put(struct stellar__params *params, struct stellar__param *old,
                        struct stellar_slice name, struct stellar__param_value value);

/* Of a set that nobody else holds. */
void stellar__params_remove(struct stellar__params *params,
                            struct stellar__param *param);

#endif
