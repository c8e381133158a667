/*
 * Modules: shared objects that add actions to a server.
 *
 * A name without a slash is looked up as NAME.so in the folder `modules` beside the
 * program, then in the installed module folder, found from the program's place, then in
 * the same where it was configured. Anything else is a path.
 *
 * What a module has added points into it, and a thread of its own may be on its last
 * steps when the server has been destroyed: the code stays until the process ends.
 */
#ifndef STELLAR_STELLARD_MODULES_H
#define STELLAR_STELLARD_MODULES_H

#include <stdbool.h>
#include <stddef.h>

#include "settings.h"
#include "stellar/server.h"

struct stellar__modules {
    void **handles;
    size_t count;
};

/* Loads all, in order. On failure error holds one line of text that names the place of
 * the setting; the modules before stay loaded. */
bool stellar__modules_load(struct stellar__modules *modules,
                           const struct stellar__setting *names,
                           struct stellar_server *server, char *error, size_t capacity);
void stellar__modules_release(struct stellar__modules *modules);

#endif
