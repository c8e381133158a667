/* Whether files can be made, without making them. */
#ifndef STELLAR_STELLARD_FILES_H
#define STELLAR_STELLARD_FILES_H

#include <stdbool.h>

/* For a path at which nothing exists: 0, or the errno with which open() would fail to
 * make a file. A dangling link is followed, as open() follows it. */
int stellar__file_check_new(const char *path);

/* Whether two paths, at which nothing exists, are the same place. */
bool stellar__file_is_same_new(const char *a, const char *b);

#endif
