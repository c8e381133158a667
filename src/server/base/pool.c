#include "pool.h"


void stellar__pool_init(struct stellar__pool *pool,
                        const struct stellar_allocator *memory)
{
    pool->memory = memory;
    pool->block = NULL;
    pool->size = 0;
}


void stellar__pool_free(struct stellar__pool *pool)
{
    stellar__release(pool->memory, pool->block);
    stellar__pool_init(pool, pool->memory);
}


void *stellar__pool_take(struct stellar__pool *pool, size_t *size, size_t most)
{
    void *block = pool->block;

    if (block == NULL || pool->size < *size || pool->size > most) {
        return stellar__allocate(pool->memory, *size);
    }
    *size = pool->size;
    pool->block = NULL;
    pool->size = 0;
    return block;
}


void stellar__pool_release(struct stellar__pool *pool, void *block, size_t size)
{
    /* Keep the larger of two, because it can be used more often. */
    if (STELLAR__SPARE_KEEPS && size > pool->size && size <= STELLAR__SPARE_MOST) {
        void *smaller = pool->block;

        pool->block = block;
        pool->size = size;
        block = smaller;
    }
    if (block != NULL) {
        stellar__release(pool->memory, block);
    }
}
