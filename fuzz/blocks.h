/*
 * Blocks of memory of which AddressSanitizer knows both ends to the byte, much cheaper
 * than those of malloc(): they are cut from one static arena, in which all else is
 * poisoned. No byte is given twice between two fuzz_blocks_begin(), so that whatever
 * still points into a block that was released is found too.
 *
 * Without AddressSanitizer, and when the arena is used up, it is malloc(), so that
 * MemorySanitizer and valgrind see what they need.
 */
#ifndef FUZZ_BLOCKS_H
#define FUZZ_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>

/* Begins a run. All blocks of the last one must be released. */
void fuzz_blocks_begin(void);

/* Does not fail, and gives a block for size 0 too. Aligned for anything. */
void *fuzz_allocate(size_t size);

/* A block of these bytes. They may be NULL if there are none. */
void *fuzz_copy(const void *bytes, size_t length);

/* block may be NULL. */
void fuzz_release(void *block);

/* Whether all bytes may be read. Reads them where AddressSanitizer cannot be asked. */
bool fuzz_is_readable(const void *bytes, size_t length);

/* Ends the program, after saying what is wrong. */
_Noreturn void fuzz_die(const char *what);
#define fuzz_require(condition, what) ((condition) ? (void)0 : fuzz_die(what))

#endif
