/*
 * Blocks of memory for which AddressSanitizer knows both ends to the byte. They are
 * much cheaper than those of malloc(): they are cut from one static arena, in which
 * everything else is poisoned. Between two calls of fuzz_blocks_begin() no byte is used
 * twice, so a pointer into a block that was released is found, too.
 *
 * Without AddressSanitizer, and when the arena is full, malloc() is used, so that
 * MemorySanitizer and valgrind see what they need.
 */
#ifndef FUZZ_BLOCKS_H
#define FUZZ_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>

/* Begins a run. All blocks of the run before must have been released. */
void fuzz_blocks_begin(void);

/* Never fails. Returns a block for size 0, too. The block is aligned for any type. */
void *fuzz_allocate(size_t size);

/* Returns a block with a copy of these bytes. They may be NULL if there are none. */
void *fuzz_copy(const void *bytes, size_t length);

/* block may be NULL. */
void fuzz_release(void *block);

/* Returns whether all bytes may be read. Without AddressSanitizer it reads them. */
bool fuzz_is_readable(const void *bytes, size_t length);

/* Ends the program, after saying what is wrong. */
_Noreturn void fuzz_die(const char *what);
#define fuzz_require(condition, what) ((condition) ? (void)0 : fuzz_die(what))

#endif
