/* The allocator for programs that set none. */
#ifndef STELLAR_SERVER_DEFAULT_MEMORY_H
#define STELLAR_SERVER_DEFAULT_MEMORY_H

#include "stellar/server.h"

/* malloc, realloc and free. */
extern const struct stellar_allocator stellar__default_memory;

#endif
