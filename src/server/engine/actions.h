/* The actions of a server by name and version. Filled before the loops run, then only
 * read, by any of them. */
#ifndef STELLAR_SERVER_ACTIONS_H
#define STELLAR_SERVER_ACTIONS_H

#include "memory.h"

struct stellar__actions;

/* Returns NULL if there is no memory. */
struct stellar__actions *stellar__actions_new(const struct stellar_allocator *memory);
void stellar__actions_free(struct stellar__actions *actions);

/* Results as for stellar_server_add_action(). */
int stellar__actions_add(struct stellar__actions *actions,
                         const struct stellar_action *action);

/* The action of that name and version; version is the JSON text of the param
 * apiVersion, or NULL for the highest. NULL: there is none. */
const struct stellar_action *stellar__actions_find(
    const struct stellar__actions *actions, const char *name, size_t length,
    const struct stellar_slice *version);

#endif
