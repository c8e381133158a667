#include "paths.h"

#include <stdio.h>
#include <string.h>


bool stellar__path_find(const char *path, enum stellar__option *option)
{
    size_t i;

    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        if (strcmp(path, stellar__options[i].path) == 0) {
            *option = (enum stellar__option)i;
            return true;
        }
    }
    return false;
}


bool stellar__path_is_section(const char *path)
{
    size_t length = strlen(path);
    size_t i;

    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        if (strncmp(path, stellar__options[i].path, length) == 0 &&
            stellar__options[i].path[length] == '.') {
            return true;
        }
    }
    return false;
}


void stellar__path_list(const char *section, char *out, size_t capacity)
{
    size_t skip = section[0] == '\0' ? 0 : strlen(section) + 1;
    const char *last = "";
    size_t last_length = 0;
    size_t used = 0;
    size_t i;

    for (i = 0; i < STELLAR__OPTION_COUNT && used < capacity; i++) {
        const char *path = stellar__options[i].path;
        const char *name;
        size_t length;
        int size;

        if (skip > 0 &&
            (strncmp(path, section, skip - 1) != 0 || path[skip - 1] != '.')) {
            continue;
        }
        name = path + skip;
        length = strcspn(name, ".");
        if (length == last_length && memcmp(name, last, length) == 0) {
            continue;
        }
        size = snprintf(out + used, capacity - used, "%s%.*s", used == 0 ? "" : ", ",
                        (int)length, name);
        used += size > 0 ? (size_t)size : 0;
        last = name;
        last_length = length;
    }
}
