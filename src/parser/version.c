/*
 * The version of the library that runs.
 */
#include "internal.h"


const char *stellar_version(void)
{
    return STELLAR_VERSION;
}
