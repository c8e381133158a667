#include "preflight.h"

#include <stdio.h>

#include "log.h"


bool stellar__preflight_log(const struct stellar__settings *settings, char *error,
                            size_t capacity)
{
    const struct stellar__setting *setting = &settings->all[STELLAR__OPTION_log_file];
    const char *path = stellar__settings_text(settings, STELLAR__OPTION_log_file);
    int fault = path != NULL ? stellar__log_check(path) : 0;

    if (fault != 0) {
        snprintf(error, capacity, "%s: '%s': %s", setting->place, path,
                 stellar__log_reason(path, fault));
    }
    return fault == 0;
}


bool stellar__preflight(const struct stellar__settings *settings, char *error,
                        size_t capacity)
{
    return stellar__preflight_log(settings, error, capacity) &&
           stellar__preflight_addresses(settings, error, capacity) &&
           stellar__preflight_memory(settings, error, capacity);
}
