#include "text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>


void stellar__wipe(void *memory, size_t length)
{
    /* The compiler cannot know which function this is, so it cannot remove the call. */
    static void *(*const volatile set)(void *, int, size_t) = memset;

    set(memory, 0, length);
}


const char *stellar__file_kind_fault(mode_t mode)
{
    if (S_ISREG(mode)) {
        return NULL;
    }
    if (S_ISDIR(mode)) {
        return "is a directory; expected a regular file";
    }
    if (S_ISFIFO(mode)) {
        return "is a FIFO; expected a regular file";
    }
    if (S_ISSOCK(mode)) {
        return "is a socket; expected a regular file";
    }
    return "is a device; expected a regular file";
}


/* Returns a descriptor, or -1 and a fault. The first check is there because opening a
 * device can start it; the second checks the file that was opened. */
static int open_regular(const char *path, const char **fault)
{
    struct stat status;
    int descriptor;

    if (stat(path, &status) != 0) {
        *fault = strerror(errno);
        return -1;
    }
    *fault = stellar__file_kind_fault(status.st_mode);
    if (*fault != NULL) {
        return -1;
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0) {
        *fault = strerror(errno);
        return -1;
    }
    if (fstat(descriptor, &status) != 0) {
        *fault = strerror(errno);
    } else {
        *fault = stellar__file_kind_fault(status.st_mode);
    }
    if (*fault == NULL) {
        return descriptor;
    }
    close(descriptor);
    return -1;
}


/* Reads to the end of the file or of the buffer. Returns 0 or an errno. */
static int read_all(int descriptor, char *buffer, size_t capacity, size_t *length)
{
    *length = 0;
    while (*length < capacity) {
        ssize_t got = read(descriptor, buffer + *length, capacity - *length);

        if (got == 0) {
            return 0;
        }
        if (got > 0) {
            *length += (size_t)got;
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}


/* Returns the name of an encoding that is not UTF-8, or NULL. The text of our files
 * begins with ASCII, so zeros show the encoding if there is no byte order mark (RFC
 * 4627, section 3). */
static const char *find_encoding(const char *text, size_t length)
{
    static const struct {
        const char *begin;
        size_t length;
        const char *name;
    } marks[] = {{"\xff\xfe\0\0", 4, "UTF-32"},
                 {"\0\0\xfe\xff", 4, "UTF-32"},
                 {"\xff\xfe", 2, "UTF-16"},
                 {"\xfe\xff", 2, "UTF-16"}};
    unsigned zeros = 0;
    size_t i;

    for (i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (length >= marks[i].length &&
            memcmp(text, marks[i].begin, marks[i].length) == 0) {
            return marks[i].name;
        }
    }
    if (length < 4) {
        return NULL;
    }
    for (i = 0; i < 4; i++) {
        zeros = zeros << 1 | (text[i] == '\0');
    }
    if (zeros == 0x7 || zeros == 0xe) {
        return "UTF-32";
    }
    return zeros == 0x5 || zeros == 0xa ? "UTF-16" : NULL;
}


size_t stellar__text_mark_length(const char *text, size_t length)
{
    return length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}


/* Returns whether the text that was read can be used. If not, writes why to fault. */
static bool accept(struct stellar__text_file *file, size_t most, char *fault,
                   size_t capacity)
{
    const char *encoding = find_encoding(file->text, file->length);
    size_t mark = stellar__text_mark_length(file->text, file->length);

    if (file->length > most) {
        snprintf(fault, capacity, "is larger than %zu bytes", most);
        return false;
    }
    if (encoding != NULL) {
        snprintf(fault, capacity, "is encoded as %s; expected UTF-8", encoding);
        return false;
    }
    file->text += mark;
    file->length -= mark;
    if (file->length == 0) {
        snprintf(fault, capacity, "is empty");
        return false;
    }
    return true;
}


int stellar__text_file_read(struct stellar__text_file *file,
                            const struct stellar_allocator *allocator, const char *path,
                            size_t most, char *fault, size_t capacity)
{
    const char *kind_fault;
    int descriptor;
    int error;

    /* The memory has its full size at once: each time it grew, it would leave a copy of
     * a secret behind. */
    file->memory = allocator != NULL ? allocator->allocate(allocator->context, most + 2)
                                     : malloc(most + 2);
    if (file->memory == NULL) {
        return STELLAR_ERR_NO_MEMORY;
    }
    file->text = file->memory;
    file->length = 0;
    descriptor = open_regular(path, &kind_fault);
    if (descriptor < 0) {
        snprintf(fault, capacity, "%s", kind_fault);
        stellar__text_file_release(file, allocator);
        return STELLAR_ERR_SYSTEM;
    }
    error = read_all(descriptor, file->memory, most + 1, &file->length);
    close(descriptor);
    file->memory[file->length] = '\0';
    if (error != 0) {
        snprintf(fault, capacity, "%s", strerror(error));
    } else if (accept(file, most, fault, capacity)) {
        return 0;
    }
    stellar__text_file_release(file, allocator);
    return STELLAR_ERR_SYSTEM;
}


void stellar__text_file_release(struct stellar__text_file *file,
                                const struct stellar_allocator *allocator)
{
    if (file->memory == NULL) {
        return;
    }
    stellar__wipe(file->memory, (size_t)(file->text - file->memory) + file->length);
    if (allocator != NULL) {
        allocator->release(allocator->context, file->memory);
    } else {
        free(file->memory);
    }
    file->memory = NULL;
}
