#include "budget.h"

#include <stdalign.h>

/* Before each block; it keeps the block aligned. */
union header {
    size_t size;
    max_align_t alignment;
};


static bool spend(struct stellar__budget *budget, size_t size)
{
    size_t before = atomic_fetch_add(&budget->used, size);

    if (before <= budget->limit && size <= budget->limit - before)
        return true;
    atomic_fetch_sub(&budget->used, size);
    return false;
}


static void *resize(void *context, void *memory, size_t size)
{
    struct stellar__budget *budget = context;
    union header *old = memory != NULL ? (union header *)memory - 1 : NULL;
    size_t old_size = old != NULL ? old->size : 0;
    size_t new_size = size + sizeof(union header);
    union header *header;

    if (new_size < size || (new_size > old_size && !spend(budget, new_size - old_size)))
        return NULL;
    header = budget->inner.resize(budget->inner.context, old, new_size);
    if (header == NULL) {
        if (new_size > old_size)
            atomic_fetch_sub(&budget->used, new_size - old_size);
        return NULL;
    }
    if (new_size < old_size)
        atomic_fetch_sub(&budget->used, old_size - new_size);
    header->size = new_size;
    return header + 1;
}


static void *allocate(void *context, size_t size)
{
    struct stellar__budget *budget = context;
    size_t new_size = size + sizeof(union header);
    union header *header;

    if (new_size < size || !spend(budget, new_size))
        return NULL;
    header = budget->inner.allocate(budget->inner.context, new_size);
    if (header == NULL) {
        atomic_fetch_sub(&budget->used, new_size);
        return NULL;
    }
    header->size = new_size;
    return header + 1;
}


static void release(void *context, void *memory)
{
    struct stellar__budget *budget = context;
    union header *header;

    if (memory == NULL)
        return;
    header = (union header *)memory - 1;
    atomic_fetch_sub(&budget->used, header->size);
    budget->inner.release(budget->inner.context, header);
}


struct stellar_allocator stellar__budget_init(struct stellar__budget *budget,
                                              const struct stellar_allocator *inner,
                                              size_t limit)
{
    budget->inner = *inner;
    budget->limit = limit;
    atomic_init(&budget->used, 0);
    if (limit == 0)
        return *inner;
    return (struct stellar_allocator){allocate, resize, release, budget};
}


bool stellar__budget_is_tight(const struct stellar__budget *budget)
{
    return budget->limit > 0 &&
           atomic_load(&budget->used) > budget->limit - budget->limit / 10;
}
