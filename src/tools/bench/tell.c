#include "tell.h"

#include <stdarg.h>
#include <stdio.h>


void stellar__bench_tell(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fputs("stellar-bench: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}
