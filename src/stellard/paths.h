/* The table of options seen as the configuration file sees it: as sections, whose
 * dotted paths name options. The root's path is "". */
#ifndef STELLAR_STELLARD_PATHS_H
#define STELLAR_STELLARD_PATHS_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"

/* Finds the option that a path names. Returns false if there is none. */
bool stellar__path_find(const char *path, enum stellar__option *option);

/* Returns whether the path of an option begins with this one. */
bool stellar__path_is_section(const char *path);

/* Writes the keys that a section can have: "bindIP, port". */
void stellar__path_list(const char *section, char *out, size_t capacity);

#endif
