/*
 * Reading a text file that an option names: configuration, certificate, key. The server
 * library, the daemon and the tools share it.
 *
 * The file must be a regular one. A path can become a FIFO while the daemon runs, and a
 * reload that waits for somebody to write there would hold up all other signals. So a
 * file of another kind is not opened, and no call waits for one.
 *
 * The text is UTF-8, of which ASCII is a part. A byte order mark at its beginning is
 * left out, for some editors write one. UTF-16 and UTF-32 are recognised, and refused.
 *
 * What is read may be a secret: no copy of it is left behind.
 */
#ifndef STELLAR_FILES_TEXT_FILE_H
#define STELLAR_FILES_TEXT_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "stellar/server.h"

struct stellar__text_file {
    const char *text; /* followed by a NUL */
    size_t length;    /* at least 1 */
    char *memory;     /* what text is a part of; NULL: there is nothing to release */
};

/*
 * Reads a file of at most so many bytes, a byte order mark included. Returns 0,
 * STELLAR_ERR_NO_MEMORY or STELLAR_ERR_SYSTEM, and in the last case what is wrong with
 * the file in words that may follow its name: "No such file or directory", "is empty".
 * What was read must be released with the same allocator; NULL: that of the C library.
 * Any thread.
 */
int stellar__text_file_read(struct stellar__text_file *file,
                            const struct stellar_allocator *allocator, const char *path,
                            size_t most, char *fault, size_t capacity);

/* Wipes and frees, whatever read returned. A second time, nothing happens. */
void stellar__text_file_release(struct stellar__text_file *file,
                                const struct stellar_allocator *allocator);

/* How long a byte order mark at the beginning of a text is: 3, or 0 if it has none. */
size_t stellar__text_mark_length(const char *text, size_t length);

/* What is wrong with a kind of file (st_mode), in such words, or NULL: nothing. */
const char *stellar__file_kind_fault(mode_t mode);

/* Overwrites secrets; unlike memset, never optimised away. */
void stellar__wipe(void *memory, size_t length);

#endif
