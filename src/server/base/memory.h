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

/* text may be NULL; then the slice is empty. */
struct stellar_slice stellar__slice(const char *text);

void *stellar__allocate(const struct stellar_allocator *memory, size_t size);
/* Allocates memory that is filled with zeros. */
void *stellar__allocate_zero(const struct stellar_allocator *memory, size_t size);
void *stellar__resize(const struct stellar_allocator *memory, void *block, size_t size);
void stellar__release(const struct stellar_allocator *memory, void *block);
/* Returns a copy that ends in NUL, or NULL if text is NULL or there is no memory. */
char *stellar__copy_text(const struct stellar_allocator *memory, const char *text);


/*
 * A buffer grows at its end. If memory runs out, `failed` is set, and after that
 * nothing is written. So a writer checks only once, at the end. A writer can also make
 * it fail with stellar__buffer_give_up().
 */
struct stellar__buffer {
    const struct stellar_allocator *memory;
    char *data;
    size_t length;
    size_t capacity;
    bool failed;
    bool is_too_long; /* the reason why it failed; otherwise memory ran out */
};

void stellar__buffer_init(struct stellar__buffer *buffer,
                          const struct stellar_allocator *memory);
void stellar__buffer_free(struct stellar__buffer *buffer);
/* The part of reserve() for when there is no room yet. */
char *stellar__buffer_grow(struct stellar__buffer *buffer, size_t more);

/* Makes room for that many more bytes at data + length. Returns NULL if there is no
 * memory. This and append() are inline, because an answer consists of dozens of
 * literals whose length the compiler knows. */
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
/* Writes the bytes as the inside of a JSON string, without its quotes. */
void stellar__buffer_escaped(struct stellar__buffer *buffer, const char *text,
                             size_t length);
/* Writes a text of the program as a JSON string. If it is not valid UTF-8, writes a
 * text that says so instead. */
void stellar__buffer_text(struct stellar__buffer *buffer, const char *text);
/* Writes text as a whole JSON string, length + 2 bytes, if it is ASCII without escapes.
 * Most texts are, so it is copied while it is checked. Returns the end of the string,
 * or NULL if the text is not like that; then the bytes written have no meaning. */
char *stellar__put_plain_string(char *out, const char *text, size_t length);
/* Writes a number, at most STELLAR__DECIMAL_MAX digits, and returns their end. */
#define STELLAR__DECIMAL_MAX 20
char *stellar__put_decimal(char *out, uint64_t value);
/* Writes a whole JSON string. */
void stellar__buffer_string(struct stellar__buffer *buffer, const char *text,
                            size_t length);
/* A valid JSON text in the form that answers use: without white space between its
 * tokens, and with U+0080 to U+009F as escapes. size returns how much room it needs,
 * which is its own length if there is no such character. put writes it and returns its
 * length. */
size_t stellar__json_size(struct stellar_slice json);
size_t stellar__put_json(char *out, struct stellar_slice json, size_t size);
/* Makes the buffer fail because its text is too long for any client; sets
 * is_too_long. */
void stellar__buffer_give_up(struct stellar__buffer *buffer);
/* Forgets everything after mark, and a failure, too. */
void stellar__buffer_cut(struct stellar__buffer *buffer, size_t mark);

#define STELLAR__APPEND_LITERAL(buffer, literal) \
    stellar__buffer_append(buffer, literal, sizeof(literal) - 1)

/* Writes bytes to a place where there is room already. Returns their end. */
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
 * Shared bytes with a reference count, on one loop. They are made once, never changed,
 * and freed with the last reference. Other threads do not use them, with one exception:
 * calls read them, and hold a reference that is released on the loop.
 */
struct stellar__shared {
    const struct stellar_allocator *memory;
    size_t references;
    size_t length;
    char data[]; /* a NUL follows the last byte */
};

/* Returns shared bytes with one reference, or NULL if there is no memory. bytes may be
 * NULL; then the caller fills the bytes in. */
struct stellar__shared *stellar__shared_new(const struct stellar_allocator *memory,
                                            const void *bytes, size_t length);
/* Changes the room to that many bytes, at least its length. Only the creator may have a
 * reference yet; the block may move. Returns false if there is no memory; then nothing
 * has changed. */
bool stellar__shared_resize(struct stellar__shared **shared, size_t capacity);
/* Both accept NULL. */
struct stellar__shared *stellar__shared_retain(struct stellar__shared *shared);
void stellar__shared_release(struct stellar__shared *shared);

#endif
