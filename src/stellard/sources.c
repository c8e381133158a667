/* Reads all sources of settings, at the start and for each reload. */
#include <stdlib.h>
#include <unistd.h>

#include "settings.h"


bool stellar__settings_read(struct stellar__settings *settings, int argc, char **argv,
                            struct stellar__command_line *line)
{
    const char *place = "--config";
    const char *file;

    if (!stellar__settings_init(settings) ||
        !stellar__settings_read_command_line(settings, argc, argv, line)) {
        return false;
    }
    if (line->task == STELLAR__COMMAND_HELP || line->task == STELLAR__COMMAND_VERSION) {
        return true;
    }
    file = line->config;
    if (file == NULL) {
        place = "STELLAR_CONFIG";
        file = getenv(place);
    }
    return stellar__settings_read_environment(settings, environ) &&
           (file == NULL || stellar__settings_read_file(settings, place, file)) &&
           stellar__settings_validate(settings);
}
