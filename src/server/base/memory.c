#include "memory.h"


struct stellar_slice stellar__slice(const char *text)
{
    return (struct stellar_slice){text, text != NULL ? strlen(text) : 0};
}


void *stellar__allocate(const struct stellar_allocator *memory, size_t size)
{
    return memory->allocate(memory->context, size);
}


void *stellar__allocate_zero(const struct stellar_allocator *memory, size_t size)
{
    void *block = stellar__allocate(memory, size);

    if (block != NULL) {
        memset(block, 0, size);
    }
    return block;
}


void *stellar__resize(const struct stellar_allocator *memory, void *block, size_t size)
{
    return memory->resize(memory->context, block, size);
}


void stellar__release(const struct stellar_allocator *memory, void *block)
{
    memory->release(memory->context, block);
}


char *stellar__copy_text(const struct stellar_allocator *memory, const char *text)
{
    size_t size;
    char *copy;

    if (text == NULL) {
        return NULL;
    }
    size = strlen(text) + 1;
    copy = stellar__allocate(memory, size);
    if (copy != NULL) {
        memcpy(copy, text, size);
    }
    return copy;
}


void stellar__buffer_init(struct stellar__buffer *buffer,
                          const struct stellar_allocator *memory)
{
    memset(buffer, 0, sizeof *buffer);
    buffer->memory = memory;
}


void stellar__buffer_free(struct stellar__buffer *buffer)
{
    stellar__release(buffer->memory, buffer->data);
    stellar__buffer_init(buffer, buffer->memory);
}


static bool grow(struct stellar__buffer *buffer, size_t more)
{
    size_t capacity = buffer->capacity < 256 ? 256 : buffer->capacity;
    char *data;

    if (more > SIZE_MAX / 4 - buffer->length) {
        return false;
    }
    while (capacity - buffer->length < more) {
        capacity *= 2;
    }
    data = stellar__resize(buffer->memory, buffer->data, capacity);
    if (data == NULL) {
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}


char *stellar__buffer_grow(struct stellar__buffer *buffer, size_t more)
{
    if (buffer->failed) {
        return NULL;
    }
    if (buffer->data == NULL || buffer->capacity - buffer->length < more) {
        if (!grow(buffer, more)) {
            buffer->failed = true;
            return NULL;
        }
    }
    return buffer->data + buffer->length;
}


static unsigned count_digits(uint64_t value)
{
    unsigned count = 1;

    for (;;) {
        if (value < 100) {
            return count + (value >= 10);
        }
        if (value < 10000) {
            return count + 2 + (value >= 1000);
        }
        value /= 10000;
        count += 4;
    }
}


/* Writes two digits at a time, because a division costs more than everything else. */
char *stellar__put_decimal(char *out, uint64_t value)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    char *end = out + count_digits(value);

    for (out = end; value >= 100; value /= 100) {
        out -= 2;
        memcpy(out, pairs + value % 100 * 2, 2);
    }
    if (value >= 10) {
        memcpy(out - 2, pairs + value * 2, 2);
    } else {
        out[-1] = (char)('0' + value);
    }
    return end;
}


void stellar__buffer_decimal(struct stellar__buffer *buffer, uint64_t value)
{
    char *out = stellar__buffer_reserve(buffer, STELLAR__DECIMAL_MAX);

    if (out != NULL) {
        buffer->length = (size_t)(stellar__put_decimal(out, value) - buffer->data);
    }
}


/* Sets a high bit if one of the 8 bytes is not ASCII or might need an escape. A false
 * alarm only costs time. Flipping a bit moves the quote right below the space, so that
 * one subtraction finds it together with the control characters. */
static inline uint64_t not_plain(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);

    return (word | ((word ^ (ones * 2)) - ones * 0x21) |
            ((word ^ (ones * '\\')) - ones)) &
           (ones * 0x80);
}


/* Returns true unless one of the 8 bytes might need an escape. A false alarm only costs
 * time. ASCII text is recognised at once. Of the other bytes, C2 is the first byte of
 * U+0080 to U+009F, and of some characters that need no escape. */
static bool plain8(const char *text)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t word;
    uint64_t quote;
    uint64_t backslash;
    uint64_t lead;

    memcpy(&word, text, sizeof word);
    if (not_plain(word) == 0) {
        return true;
    }
    quote = word ^ (ones * '"');
    backslash = word ^ (ones * '\\');
    lead = word ^ (ones * 0xc2);
    return ((((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) |
             ((backslash - ones) & ~backslash) | ((lead - ones) & ~lead)) &
            (ones * 0x80)) == 0;
}


/* Likewise for 4 bytes. */
static bool plain4(const char *text)
{
    char twice[8];

    memcpy(twice, text, 4);
    memcpy(twice + 4, text, 4);
    return plain8(twice);
}


/* Copies text that needs no escapes, 8 or 4 bytes at a time; the last few bytes
 * together with some that were copied before. Returns how many bytes it copied. */
static size_t copy_plain(char *out, const char *text, size_t length)
{
    size_t at = 0;

    if (length < 4) {
        return 0;
    }
    if (length < 8) {
        if (!plain4(text) || !plain4(text + length - 4)) {
            return 0;
        }
        memcpy(out, text, 4);
        memcpy(out + length - 4, text + length - 4, 4);
        return length;
    }
    while (length - at >= 8 && plain8(text + at)) {
        memcpy(out + at, text + at, 8);
        at += 8;
    }
    if (length - at >= 8 || !plain8(text + length - 8)) {
        return at;
    }
    memcpy(out + length - 8, text + length - 8, 8);
    return length;
}


/* Returns whether this is U+0080 to U+009F. Terminals obey these like an escape
 * sequence. */
static bool is_high_control(const char *at, const char *end)
{
    return (unsigned char)at[0] == 0xc2 && end - at > 1 && (at[1] & 0xe0) == 0x80;
}


/* Writes the escape \u00xx. */
static char *put_code(char *out, unsigned char byte)
{
    static const char hex[] = "0123456789abcdef";

    out = STELLAR__PUT_LITERAL(out, "\\u00");
    *out++ = hex[byte >> 4];
    *out++ = hex[byte & 15];
    return out;
}


/* Writes one byte, or U+0080 to U+009F, with an escape if it needs one, and removes it
 * from the text. Writes at most 6 bytes. */
static char *put_escaped(char *out, const char **text, const char *end)
{
    static const char letters[] = "btn?fr"; /* from 0x08; 0x0b has no letter */
    unsigned char byte = (unsigned char)**text;

    if (is_high_control(*text, end)) {
        *text += 2;
        return put_code(out, (unsigned char)(*text)[-1]);
    }
    *text += 1;
    if (byte >= 0x20 && byte != '"' && byte != '\\') {
        *out = (char)byte;
        return out + 1;
    }
    *out = '\\';
    if (byte == '"' || byte == '\\') {
        out[1] = (char)byte;
        return out + 2;
    }
    if (byte >= 0x08 && byte <= 0x0d && byte != 0x0b) {
        out[1] = letters[byte - 0x08];
        return out + 2;
    }
    return put_code(out, byte);
}


void stellar__buffer_escaped(struct stellar__buffer *buffer, const char *text,
                             size_t length)
{
    const char *end;

    if (length == 0) {
        return; /* text may be NULL, and nothing can be added to NULL */
    }
    end = text + length;
    while (text < end) {
        /* In pieces, so that the room for the worst case stays small. */
        size_t piece = end - text > 4096 ? 4096 : (size_t)(end - text);
        const char *stop = text + piece;
        char *out = stellar__buffer_reserve(buffer, piece * 6);

        if (out == NULL) {
            return;
        }
        while (text < stop) {
            size_t plain = copy_plain(out, text, (size_t)(stop - text));

            out += plain;
            text += plain;
            if (text < stop) {
                out = put_escaped(out, &text, end);
            }
        }
        buffer->length = (size_t)(out - buffer->data);
    }
}


void stellar__buffer_string(struct stellar__buffer *buffer, const char *text,
                            size_t length)
{
    STELLAR__APPEND_LITERAL(buffer, "\"");
    stellar__buffer_escaped(buffer, text, length);
    STELLAR__APPEND_LITERAL(buffer, "\"");
}


static inline uint64_t copy8(char *out, const char *text)
{
    uint64_t word;

    memcpy(&word, text, sizeof word);
    memcpy(out, &word, sizeof word);
    return not_plain(word);
}


/* Copies 1 to 7 bytes, some of them more than once. */
static inline uint64_t copy_few(char *out, const char *text, size_t length)
{
    uint32_t words[2];
    uint64_t word;

    if (length >= 4) {
        memcpy(&words[0], text, 4);
        memcpy(&words[1], text + length - 4, 4);
        memcpy(out, &words[0], 4);
        memcpy(out + length - 4, &words[1], 4);
        memcpy(&word, words, sizeof word);
        return not_plain(word);
    }
    out[0] = text[0];
    out[length / 2] = text[length / 2];
    out[length - 1] = text[length - 1];
    return not_plain(UINT64_C(0x2020202020000000) | (unsigned char)text[0] |
                     (uint64_t)(unsigned char)text[length / 2] << 8 |
                     (uint64_t)(unsigned char)text[length - 1] << 16);
}


char *stellar__put_plain_string(char *out, const char *text, size_t length)
{
    uint64_t stops = 0;
    size_t at;

    *out++ = '"';
    if (length >= 8) {
        for (at = 0; at < length - 8 && stops == 0; at += 8) {
            stops = copy8(out + at, text + at);
        }
        stops |= copy8(out + length - 8, text + length - 8);
    } else if (length > 0) {
        stops = copy_few(out, text, length);
    }
    if (stops != 0) {
        return NULL;
    }
    out[length] = '"';
    return out + length + 1;
}


/* Returns whether no character of a text can be U+0080 to U+009F. Most texts are short
 * and ASCII, which this finds faster than memchr(). */
static bool is_tame(const char *text, size_t length)
{
    uint64_t all = 0;
    uint64_t word;
    size_t at;

    if (length > 64) {
        return memchr(text, 0xc2, length) == NULL;
    }
    if (length < sizeof word) {
        return false;
    }
    for (at = 0; at < length - sizeof word; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        all |= word;
    }
    memcpy(&word, text + length - sizeof word, sizeof word);
    return ((all | word) & UINT64_C(0x8080808080808080)) == 0;
}


size_t stellar__json_size(struct stellar_slice json)
{
    const char *at = json.data;
    const char *end = at + json.length;
    size_t size = json.length;

    if (is_tame(json.data, json.length)) {
        return size;
    }
    while (at < end && (at = memchr(at, 0xc2, (size_t)(end - at))) != NULL) {
        size += is_high_control(at, end) ? 4 : 0;
        at++;
    }
    return size;
}


/* The escapes are inserted from the end backwards, because the room is at the end. */
size_t stellar__put_json(char *out, struct stellar_slice json, size_t size)
{
    size_t length = stellar_json_minify(json, out);
    size_t more = size - json.length;
    char *from = out + length;
    char *to = from + more;

    while (from < to) {
        if (is_high_control(from - 2, from)) {
            from -= 2;
            to -= 6;
            put_code(to, (unsigned char)from[1]);
        } else {
            *--to = *--from;
        }
    }
    return length + more;
}


void stellar__buffer_text(struct stellar__buffer *buffer, const char *text)
{
    if (!stellar_utf8_check(text, strlen(text))) {
        text = "(a text that is not valid UTF-8)";
    }
    stellar__buffer_string(buffer, text, strlen(text));
}


void stellar__buffer_give_up(struct stellar__buffer *buffer)
{
    buffer->failed = buffer->is_too_long = true;
}


void stellar__buffer_cut(struct stellar__buffer *buffer, size_t mark)
{
    buffer->length = mark;
    buffer->failed = buffer->is_too_long = false;
}


struct stellar__shared *stellar__shared_new(const struct stellar_allocator *memory,
                                            const void *bytes, size_t length)
{
    struct stellar__shared *shared;

    if (length > SIZE_MAX / 2) {
        return NULL;
    }
    shared = stellar__allocate(memory, sizeof *shared + length + 1);
    if (shared == NULL) {
        return NULL;
    }
    shared->memory = memory;
    shared->references = 1;
    shared->length = length;
    if (bytes != NULL && length > 0) {
        memcpy(shared->data, bytes, length);
    }
    shared->data[length] = '\0';
    return shared;
}


bool stellar__shared_resize(struct stellar__shared **shared, size_t capacity)
{
    struct stellar__shared *resized;

    if (capacity > SIZE_MAX / 2) {
        return false;
    }
    resized =
        stellar__resize((*shared)->memory, *shared, sizeof *resized + capacity + 1);
    if (resized == NULL) {
        return false;
    }
    *shared = resized;
    return true;
}


struct stellar__shared *stellar__shared_retain(struct stellar__shared *shared)
{
    if (shared != NULL) {
        shared->references++;
    }
    return shared;
}


void stellar__shared_release(struct stellar__shared *shared)
{
    if (shared != NULL && --shared->references == 0) {
        stellar__release(shared->memory, shared);
    }
}
