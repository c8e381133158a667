/*
 * The base: memory and containers that know nothing of the protocol. It may include the
 * public headers and uthash.
 *
 * This header is about allocation through the server's allocator, and the two shapes
 * that bytes have: a buffer that grows while it is written, and a shared run of bytes
 * that no longer changes.
 */
#ifndef STELLAR_SERVER_MEMORY_H
#define STELLAR_SERVER_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "stellar/server.h"

/* text may be NULL: then the slice is empty. */
struct stellar_slice stellar__slice(const char *text);

void *stellar__allocate(const struct stellar_allocator *memory, size_t size);
/* The same, filled with zeros. */
void *stellar__allocate_zero(const struct stellar_allocator *memory, size_t size);
void *stellar__resize(const struct stellar_allocator *memory, void *block, size_t size);
void stellar__release(const struct stellar_allocator *memory, void *block);
/* A copy that ends in NUL; NULL if text is NULL or there is no memory. */
char *stellar__copy_text(const struct stellar_allocator *memory, const char *text);


/*
 * A buffer grows at its end. Running out of memory is remembered in `failed`: from then
 * on nothing is written, so that a writer checks once, at the end. A writer may give up
 * itself, by stellar__buffer_give_up().
 */
struct stellar__buffer {
    const struct stellar_allocator *memory;
    char *data;
    size_t length;
    size_t capacity;
    bool failed;
    bool is_too_long; /* it failed for that, not for want of memory */
};

void stellar__buffer_init(struct stellar__buffer *buffer,
                          const struct stellar_allocator *memory);
void stellar__buffer_free(struct stellar__buffer *buffer);
/* What reserve does when there is no room yet. */
char *stellar__buffer_grow(struct stellar__buffer *buffer, size_t more);

/* Room for so many more bytes at data + length; NULL if there is no memory. Inline, as
 * is append: an answer is made of dozens of literals, whose length the compiler knows.
 */
static inline char *stellar__buffer_reserve(struct stellar__buffer *buffer, size_t more)
{
    if (buffer->capacity - buffer->length >= more && !buffer->failed) {
        return buffer->data + buffer->length;
    }
    return stellar__buffer_grow(buffer, more);
}


static inline void stellar__buffer_append(struct stellar__buffer *buffer,
                                          const void *bytes, size_t length)
{
    char *out;

    if (length == 0) {
        return;
    }
    out = stellar__buffer_reserve(buffer, length);
    if (out == NULL) {
        return;
    }
    memcpy(out, bytes, length);
    buffer->length += length;
}


void stellar__buffer_decimal(struct stellar__buffer *buffer, uint64_t value);
/* The bytes as the inside of a JSON string, without its quotes. */
void stellar__buffer_escaped(struct stellar__buffer *buffer, const char *text,
                             size_t length);
/* A text of the program's own as a JSON string; one that is not valid UTF-8 is replaced
 * by words that say so. */
void stellar__buffer_text(struct stellar__buffer *buffer, const char *text);
/* Writes text as a whole JSON string, length + 2 bytes, if it is ASCII without escapes,
 * as most texts are: they are copied as they are checked. Returns the end of it; NULL
 * if it is not, and then what was written means nothing. */
char *stellar__put_plain_string(char *out, const char *text, size_t length);
/* Writes a number, at most STELLAR__DECIMAL_MAX digits, and returns their end. */
#define STELLAR__DECIMAL_MAX 20
char *stellar__put_decimal(char *out, uint64_t value);
/* A whole JSON string. */
void stellar__buffer_string(struct stellar__buffer *buffer, const char *text,
                            size_t length);
/* A valid JSON text as answers have it: without white space between its tokens, and
 * U+0080 to U+009F as escapes. size says how much room it needs, which is its own
 * length where there is no such character; put writes it, and returns its length. */
size_t stellar__json_size(struct stellar_slice json);
size_t stellar__put_json(char *out, struct stellar_slice json, size_t size);
/* What is being written is too long for anybody: it fails, is_too_long tells why. */
void stellar__buffer_give_up(struct stellar__buffer *buffer);
/* Forgets what was written after mark, and a failure with it. */
void stellar__buffer_cut(struct stellar__buffer *buffer, size_t mark);

#define STELLAR__APPEND_LITERAL(buffer, literal) \
    stellar__buffer_append(buffer, literal, sizeof(literal) - 1)

/* Where there is room already: writes bytes and returns their end. */
static inline char *stellar__put(char *out, const void *bytes, size_t length)
{
    if (length > 0) {
        memcpy(out, bytes, length);
    }
    return out + length;
}


#define STELLAR__PUT_LITERAL(out, literal) \
    stellar__put(out, literal, sizeof(literal) - 1)


/*
 * Shared bytes, counted by reference on one loop: made once, never changed, freed with
 * the last reference. They do not cross to another loop's thread (except to be read by
 * calls, which hold a reference that is given back on the loop).
 */
struct stellar__shared {
    const struct stellar_allocator *memory;
    size_t references;
    size_t length;
    char data[]; /* a NUL stands after the last byte */
};

/* One reference; bytes may be NULL, to be filled in by the maker. NULL: no memory. */
struct stellar__shared *stellar__shared_new(const struct stellar_allocator *memory,
                                            const void *bytes, size_t length);
/* Room for so many bytes, no fewer than its length, in one that only its maker has; it
 * may move. False: no memory, it is as it was. */
bool stellar__shared_resize(struct stellar__shared **shared, size_t capacity);
/* Both take NULL. */
struct stellar__shared *stellar__shared_retain(struct stellar__shared *shared);
void stellar__shared_release(struct stellar__shared *shared);

#endif
