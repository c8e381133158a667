/*
 * Modules: shared objects that add actions to a server.
 *
 * A name without a slash is looked up as NAME.so in three folders: the folder `modules`
 * next to the program, then the installed module folder relative to the program, then
 * the module folder that was configured. Anything else is a path.
 *
 * Modules are never unloaded. The actions of a module point into its code, and one of
 * its threads may still run for a moment after the server has been destroyed.
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

/* Loads all modules, in order. On failure error holds one line of text that names the
 * place of the setting, and the modules before it stay loaded. */
bool stellar__modules_load(struct stellar__modules *modules,
                           const struct stellar__setting *names,
                           struct stellar_server *server, char *error, size_t capacity);
void stellar__modules_release(struct stellar__modules *modules);

#endif
