/*
 * Reading a text file that an option names: configuration, certificate, key. The server
 * library, the daemon and the tools share it. It may include the public headers only.
 *
 * The file must be a regular one. A path can become a FIFO while the daemon runs, and a
 * reload that waits until somebody writes to it would delay all other signals. So a
 * file of another kind is not opened, and no call waits for one.
 *
 * The text is UTF-8, which includes ASCII. Some editors write a byte order mark at the
 * beginning, so it is left out. UTF-16 and UTF-32 are recognised and refused.
 *
 * The text may be a secret: no copy of it is left behind.
 */
#ifndef STELLAR_FILES_TEXT_FILE_H
#define STELLAR_FILES_TEXT_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "stellar/server.h"

struct stellar__text_file {
    const char *text; /* followed by a NUL */
    size_t length;    /* at least 1 */
    char *memory;     /* the block that holds text; NULL: there is nothing to release */
};

/*
 * Reads a file of at most `most` bytes, a byte order mark included. Returns 0,
 * STELLAR_ERR_NO_MEMORY or STELLAR_ERR_SYSTEM. In the last case fault is what is wrong
 * with the file, as a text that can follow its name: "No such file or directory", "is
 * empty". The file must be released with the same allocator; NULL means the C
 * library's. May be called on any thread.
 */
int stellar__text_file_read(struct stellar__text_file *file,
                            const struct stellar_allocator *allocator, const char *path,
                            size_t most, char *fault, size_t capacity);

/* Wipes and frees the text, whatever read returned. May be called twice. */
void stellar__text_file_release(struct stellar__text_file *file,
                                const struct stellar_allocator *allocator);

/* Returns the length of the byte order mark at the beginning of a text: 3, or 0 if
 * there is none. */
size_t stellar__text_mark_length(const char *text, size_t length);

/* Returns what is wrong with a kind of file (st_mode), as such a text, or NULL if it is
 * a regular file. */
const char *stellar__file_kind_fault(mode_t mode);

/* Overwrites secrets. Unlike memset, it is never optimised away. */
void stellar__wipe(void *memory, size_t length);

#endif
