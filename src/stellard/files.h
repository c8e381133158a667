/* Checks whether files can be created, without creating them. */
#ifndef STELLAR_STELLARD_FILES_H
#define STELLAR_STELLARD_FILES_H

#include <stdbool.h>

/* To be called for a path at which nothing exists. Returns 0, or the errno with which
 * open() would fail to create a file there. Follows a dangling link, as open() does. */
int stellar__file_check_new(const char *path);

/* Returns whether two paths, at which nothing exists, are the same place. */
bool stellar__file_is_same_new(const char *a, const char *b);

#endif
