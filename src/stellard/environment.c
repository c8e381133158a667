#include "settings.h"

#include <string.h>


/* The value of "NAME=value" if it is called so. */
static const char *value_of(const char *entry, const char *name)
{
    size_t length = strlen(name);

    return strncmp(entry, name, length) == 0 && entry[length] == '='
               ? entry + length + 1
               : NULL;
}


bool stellar__settings_read_environment(struct stellar__settings *settings,
                                        char *const *environment)
{
    const char *value;
    size_t i;

    for (; *environment != NULL; environment++) {
        for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
            const struct stellar__option_row *row = &stellar__options[i];

            value = row->name == NULL ? NULL : value_of(*environment, row->environment);
            if (value != NULL &&
                !stellar__settings_set_written(settings, (enum stellar__option)i,
                                               STELLAR__FROM_ENVIRONMENT,
                                               row->environment, value)) {
                return false;
            }
        }
    }
    return true;
}


char *const *stellar__environment_unknown(char *const *environment)
{
    size_t i;

    for (; *environment != NULL; environment++) {
        bool known = strncmp(*environment, "STELLAR_", 8) != 0 ||
                     value_of(*environment, "STELLAR_CONFIG") != NULL;

        for (i = 0; i < STELLAR__OPTION_COUNT && !known; i++) {
            known = stellar__options[i].name != NULL &&
                    value_of(*environment, stellar__options[i].environment) != NULL;
        }
        if (!known) {
            return environment;
        }
    }
    return NULL;
}
