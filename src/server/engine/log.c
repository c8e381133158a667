#include "log.h"

#include <stdarg.h>
#include <stdio.h>


void stellar__log(const struct stellar_server_options *options,
                  enum stellar_log_level level, const char *connection,
                  const char *format, ...)
{
    char message[512];
    va_list arguments;

    if (options->log == NULL || level < options->log_level) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    options->log(options->log_data, level, connection, message);
}
