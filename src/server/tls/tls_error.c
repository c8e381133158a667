/* Writes a line of text that says what is wrong with a file. */
#include <stdarg.h>
#include <stdio.h>

#include "tls_internal.h"


int stellar__tls_refuse(const struct stellar__tls_loading *loading, const char *file,
                        const char *format, ...)
{
    va_list arguments;
    int used = snprintf(loading->error, loading->capacity, "%s: ", file);

    if (used >= 0 && (size_t)used < loading->capacity) {
        va_start(arguments, format);
        vsnprintf(loading->error + used, loading->capacity - (size_t)used, format,
                  arguments);
        va_end(arguments);
    }
    return STELLAR_ERR_TLS;
}


int stellar__tls_out_of_memory(const struct stellar__tls_loading *loading)
{
    snprintf(loading->error, loading->capacity, "out of memory");
    return STELLAR_ERR_NO_MEMORY;
}
