#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS_MAX 40 /* as many as the kernel follows */


/* Writes the folder that a path is in, with its slash, or "./" if the path has no
 * slash. Returns the name in that folder. */
static const char *split(const char *path, char folder[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    int length = (int)(name - path);

    snprintf(folder, PATH_MAX, "%.*s", length > 0 ? length : 2,
             length > 0 ? path : "./");
    return name;
}


/* Replaces the path of a link by its target. Returns false if it is not a link. A path
 * that is too long is cut, which leads to an error later. */
static bool follow(char path[PATH_MAX])
{
    char target[PATH_MAX];
    char folder[PATH_MAX];
    char whole[2 * PATH_MAX];
    ssize_t length = readlink(path, target, sizeof target - 1);

    if (length < 0) {
        return false;
    }
    target[length] = '\0';
    split(path, folder);
    snprintf(whole, sizeof whole, "%s%s", target[0] == '/' ? "" : folder, target);
    snprintf(path, PATH_MAX, "%.*s", PATH_MAX - 1, whole);
    return true;
}


int stellar__file_check_new(const char *path)
{
    char at[PATH_MAX];
    char folder[PATH_MAX];
    int links = 0;

    if (snprintf(at, sizeof at, "%s", path) >= (int)sizeof at) {
        return ENAMETOOLONG;
    }
    while (follow(at)) {
        if (++links > LINKS_MAX) {
            return ELOOP;
        }
    }
    if (split(at, folder)[0] == '\0') {
        return EISDIR;
    }
    return faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
}


bool stellar__file_is_same_new(const char *a, const char *b)
{
    char folder_a[PATH_MAX];
    char folder_b[PATH_MAX];
    const char *name_a = split(a, folder_a);
    const char *name_b = split(b, folder_b);
    struct stat status_a;
    struct stat status_b;

    return strcmp(name_a, name_b) == 0 && stat(folder_a, &status_a) == 0 &&
           stat(folder_b, &status_b) == 0 && status_a.st_dev == status_b.st_dev &&
           status_a.st_ino == status_b.st_ino;
}
