#include "settings.h"

#include <string.h>


/* Returns the value of "NAME=value" if the entry has this name, otherwise NULL. */
static const char *value_of(const char *entry, const char *name)
{
    size_t length = strlen(name);

    return strncmp(entry, name, length) == 0 && entry[length] == '='
               ? entry + length + 1
               : NULL;
}


/* The value of "NAME=value" if NAME is the variable of the option. NAME is written to
 * name. */
static const char *value_of_option(const char *entry, size_t option,
                                   char name[STELLAR__OPTION_TEXT_MAX])
{
    if (stellar__options[option].name == NULL) {
        return NULL;
    }
    stellar__option_variable(&stellar__options[option], name);
    return value_of(entry, name);
}


bool stellar__settings_read_environment(struct stellar__settings *settings,
                                        char *const *environment)
{
    char name[STELLAR__OPTION_TEXT_MAX];
    const char *value;
    size_t i;

    for (; *environment != NULL; environment++) {
        for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
            value = value_of_option(*environment, i, name);
            if (value != NULL && !stellar__settings_set_written(
                                     settings, (enum stellar__option)i,
                                     STELLAR__FROM_ENVIRONMENT, name, value)) {
                return false;
            }
        }
    }
    return true;
}


char *const *stellar__environment_unknown(char *const *environment)
{
    char name[STELLAR__OPTION_TEXT_MAX];
    size_t i;

    for (; *environment != NULL; environment++) {
        bool known = strncmp(*environment, "STELLAR_", 8) != 0 ||
                     value_of(*environment, "STELLAR_CONFIG") != NULL;

        for (i = 0; i < STELLAR__OPTION_COUNT && !known; i++) {
            known = value_of_option(*environment, i, name) != NULL;
        }
        if (!known) {
            return environment;
        }
    }
    return NULL;
}
