#include "spare.h"


void stellar__spare_init(struct stellar__spare *spare,
                         const struct stellar_allocator *memory)
{
    spare->memory = memory;
    spare->block = NULL;
    spare->size = 0;
}


void stellar__spare_free(struct stellar__spare *spare)
{
    stellar__release(spare->memory, spare->block);
    stellar__spare_init(spare, spare->memory);
}


void *stellar__spare_take(struct stellar__spare *spare, size_t *size, size_t most)
{
    void *block = spare->block;

    if (block == NULL || spare->size < *size || spare->size > most)
        return stellar__allocate(spare->memory, *size);
    *size = spare->size;
    spare->block = NULL;
    spare->size = 0;
    return block;
}


void stellar__spare_give(struct stellar__spare *spare, void *block, size_t size)
{
    /* Of two, the larger will serve more often. */
    if (STELLAR__SPARE_KEEPS && size > spare->size && size <= STELLAR__SPARE_MOST) {
        void *smaller = spare->block;

        spare->block = block;
        spare->size = size;
        block = smaller;
    }
    if (block != NULL)
        stellar__release(spare->memory, block);
}
