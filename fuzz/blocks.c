#include "blocks.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ADDRESS_SANITIZER 1
#endif
#endif


void fuzz_die(const char *what)
{
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}


static void *allocate_outside(size_t size)
{
    void *block = malloc(size > 0 ? size : 1);

    fuzz_require(block != NULL, "out of memory");
    return block;
}

#ifdef HAS_ADDRESS_SANITIZER

#include <sanitizer/asan_interface.h>

#define ARENA_SIZE 0x200000
#define ALIGNMENT  16
#define FILLING    0xbe
#define GRANULE \
    8 /* bytes; for each of these, AddressSanitizer knows how many are valid */
#define POISON    0xf7 /* the value of __asan_poison_memory_region() */
#define UNCHECKED __attribute__((no_sanitize("address")))

/* A block comes after a header, which holds its size and is never unpoisoned. */
static _Alignas(ALIGNMENT) unsigned char arena[ARENA_SIZE];
static size_t used = ARENA_SIZE; /* at first everything must be poisoned */
static size_t live;

/* AddressSanitizer's shadow of the arena: one byte for each eight. 0: all eight may be
 * used; 1 to 7: that many of them; above: none. It is written here directly, because
 * most blocks have only a few bytes, and a call would take longer than all work on
 * them. */
static volatile unsigned char *shadow;

const char *__asan_default_options(void);


/* AddressSanitizer calls this for its default options. For the memory that still comes
 * from malloc(), a small quarantine stays in the cache. ASAN_OPTIONS in the environment
 * overrides it. */
__attribute__((visibility("default"))) const char *__asan_default_options(void)
{
    return "quarantine_size_mb=16:malloc_context_size=10";
}


static void find_shadow(void)
{
    size_t scale;
    size_t offset;

    __asan_get_shadow_mapping(&scale, &offset);
    fuzz_require(1 << scale == GRANULE, "AddressSanitizer maps otherwise");
    shadow = (unsigned char *)((uintptr_t)arena / GRANULE + offset);
}


void fuzz_blocks_begin(void)
{
    fuzz_require(live == 0, "a block was not released");
    find_shadow();
    __asan_poison_memory_region(arena, used);
    used = 0;
}


/* Returns the header of a block that begins at `at`. */
UNCHECKED static void open_bytes(size_t at, size_t size)
{
    volatile unsigned char *byte = shadow + at / GRANULE;

    for (; size >= GRANULE; size -= GRANULE) {
        *byte++ = 0;
    }
    if (size > 0) {
        *byte = (unsigned char)size;
    }
}


UNCHECKED static void close_bytes(size_t at, size_t size)
{
    volatile unsigned char *byte = shadow + at / GRANULE;
    volatile unsigned char *end = byte + (size + GRANULE - 1) / GRANULE;

    while (byte < end) {
        *byte++ = POISON;
    }
}


UNCHECKED static void set_size(void *block, size_t size)
{
    ((size_t *)block)[-1] = size;
}


UNCHECKED static size_t size_of(const void *block)
{
    return ((const size_t *)block)[-1];
}


/* There is at least one byte between the end of a block and the next header. */
static void *allocate(size_t size)
{
    size_t room = ALIGNMENT + (size / ALIGNMENT + 1) * ALIGNMENT;
    void *block;

    if (size >= ARENA_SIZE || ARENA_SIZE - used < room) {
        return allocate_outside(size);
    }
    block = arena + used + ALIGNMENT;
    live++;
    set_size(block, size);
    open_bytes(used + ALIGNMENT, size);
    used += room;
    return block;
}


void *fuzz_allocate(size_t size)
{
    return memset(allocate(size), FILLING, size);
}


static bool is_in_arena(const void *block)
{
    return (uintptr_t)block >= (uintptr_t)arena &&
           (uintptr_t)block < (uintptr_t)arena + ARENA_SIZE;
}


void fuzz_release(void *block)
{
    if (!is_in_arena(block)) {
        free(block);
        return;
    }
    fuzz_require(size_of(block) != SIZE_MAX, "a block was released twice");
    close_bytes((size_t)((unsigned char *)block - arena), size_of(block));
    set_size(block, SIZE_MAX);
    live--;
}


bool fuzz_is_readable(const void *bytes, size_t length)
{
    return __asan_region_is_poisoned((void *)(uintptr_t)bytes, length) == NULL;
}

#else

void fuzz_blocks_begin(void)
{
}


static void *allocate(size_t size)
{
    return allocate_outside(size);
}


void *fuzz_allocate(size_t size)
{
    return allocate(size);
}


void fuzz_release(void *block)
{
    free(block);
}


bool fuzz_is_readable(const void *bytes, size_t length)
{
    static volatile char last;
    size_t i;

    for (i = 0; i < length; i++) {
        last = ((const char *)bytes)[i];
    }
    (void)last;
    return true;
}

#endif


void *fuzz_copy(const void *bytes, size_t length)
{
    void *block = allocate(length);

    if (length > 0) {
        memcpy(block, bytes, length);
    }
    return block;
}
