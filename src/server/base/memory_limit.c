#include "memory_limit.h"

#include <stdalign.h>

/* In front of each block. It keeps the block aligned. */
union header {
    size_t size;
    max_align_t alignment;
};


static bool spend(struct stellar__memory_limit *memory_limit, size_t size)
{
    size_t before = atomic_fetch_add(&memory_limit->used, size);

    if (before <= memory_limit->limit && size <= memory_limit->limit - before) {
        return true;
    }
    atomic_fetch_sub(&memory_limit->used, size);
    return false;
}


static void *resize(void *context, void *memory, size_t size)
{
    struct stellar__memory_limit *memory_limit = context;
    union header *old = memory != NULL ? (union header *)memory - 1 : NULL;
    size_t old_size = old != NULL ? old->size : 0;
    size_t new_size = size + sizeof(union header);
    union header *header;

    if (new_size < size ||
        (new_size > old_size && !spend(memory_limit, new_size - old_size))) {
        return NULL;
    }
    header = memory_limit->inner.resize(memory_limit->inner.context, old, new_size);
    if (header == NULL) {
        if (new_size > old_size) {
            atomic_fetch_sub(&memory_limit->used, new_size - old_size);
        }
        return NULL;
    }
    if (new_size < old_size) {
        atomic_fetch_sub(&memory_limit->used, old_size - new_size);
    }
    header->size = new_size;
    return header + 1;
}


static void *allocate(void *context, size_t size)
{
    struct stellar__memory_limit *memory_limit = context;
    size_t new_size = size + sizeof(union header);
    union header *header;

    if (new_size < size || !spend(memory_limit, new_size)) {
        return NULL;
    }
    header = memory_limit->inner.allocate(memory_limit->inner.context, new_size);
    if (header == NULL) {
        atomic_fetch_sub(&memory_limit->used, new_size);
        return NULL;
    }
    header->size = new_size;
    return header + 1;
}


static void release(void *context, void *memory)
{
    struct stellar__memory_limit *memory_limit = context;
    union header *header;

    if (memory == NULL) {
        return;
    }
    header = (union header *)memory - 1;
    atomic_fetch_sub(&memory_limit->used, header->size);
    memory_limit->inner.release(memory_limit->inner.context, header);
}


struct stellar_allocator stellar__memory_limit_init(
    struct stellar__memory_limit *memory_limit, const struct stellar_allocator *inner,
    size_t limit)
{
    memory_limit->inner = *inner;
    memory_limit->limit = limit;
    atomic_init(&memory_limit->used, 0);
    if (limit == 0) {
        return *inner;
    }
    return (struct stellar_allocator){allocate, resize, release, memory_limit};
}


bool stellar__memory_limit_is_near(const struct stellar__memory_limit *memory_limit)
{
    return memory_limit->limit > 0 &&
           atomic_load(&memory_limit->used) >
               memory_limit->limit - memory_limit->limit / 10;
}
