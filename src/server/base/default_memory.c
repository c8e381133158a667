#include "default_memory.h"

#include <stdlib.h>


static void *allocate(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}


static void *resize(void *context, void *memory, size_t size)
{
    (void)context;
    return realloc(memory, size);
}


static void release(void *context, void *memory)
{
    (void)context;
    free(memory);
}


const struct stellar_allocator stellar__default_memory = {
    .allocate = allocate, .resize = resize, .release = release};
