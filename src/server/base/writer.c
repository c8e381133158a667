#include "writer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>


/* The first size of an answer. */
#define FIRST_ROOM 256


void stellar__writer_init(struct stellar_writer *writer, struct stellar__pool *pool)
{
    size_t size = FIRST_ROOM;

    stellar__buffer_init(&writer->buffer, pool->memory);
    writer->buffer.data = stellar__pool_take(pool, &size, SIZE_MAX);
    if (writer->buffer.data != NULL) {
        writer->buffer.capacity = size;
    }
    stellar__writer_reset(writer);
}


void stellar__writer_free(struct stellar_writer *writer, struct stellar__pool *pool)
{
    stellar__pool_release(pool, writer->buffer.data, writer->buffer.capacity);
    stellar__buffer_init(&writer->buffer, pool->memory);
}


void stellar__writer_reset(struct stellar_writer *writer)
{
    stellar__buffer_cut(&writer->buffer, 0);
    STELLAR__APPEND_LITERAL(&writer->buffer, "{");
    writer->arrays = 0;
    writer->depth = 1;
    writer->comma = false;
    writer->state = STELLAR__WRITER_KEY;
    writer->fault = NULL;
}


bool stellar__writer_is_sound(const struct stellar_writer *writer)
{
    return writer->state == STELLAR__WRITER_KEY && writer->depth == 1 &&
           !writer->buffer.failed;
}


static bool fault(struct stellar_writer *writer, const char *text)
{
    if (writer->fault == NULL) {
        writer->fault = text;
    }
    writer->state = STELLAR__WRITER_FAULTY;
    return false;
}


/* To be called before each value. Returns whether a value is allowed here, and if it
 * needs a comma. */
static bool may_write(struct stellar_writer *writer, bool *comma)
{
    *comma = writer->comma;
    if (writer->state == STELLAR__WRITER_VALUE) {
        writer->state = STELLAR__WRITER_KEY;
    } else if (writer->state != STELLAR__WRITER_ITEM) {
        return fault(writer, "a value without a key");
    }
    writer->comma = true;
    return true;
}


/* Like may_write(), but also writes the comma. */
static bool begin_value(struct stellar_writer *writer)
{
    bool comma;

    if (!may_write(writer, &comma)) {
        return false;
    }
    if (comma) {
        STELLAR__APPEND_LITERAL(&writer->buffer, ",");
    }
    return true;
}


/* The rare kind of string: it needs escapes, or is not UTF-8. */
static void append_escaped(struct stellar_writer *writer, bool comma, const char *text,
                           size_t length, bool is_key)
{
    struct stellar__buffer *buffer = &writer->buffer;

    if (buffer->failed) {
        return;
    }
    if (!stellar_utf8_check(text, length)) {
        fault(writer, is_key ? "a key that is not valid UTF-8"
                             : "a string that is not valid UTF-8");
        return;
    }
    if (comma) {
        STELLAR__APPEND_LITERAL(buffer, ",");
    }
    stellar__buffer_string(buffer, text, length);
    if (is_key) {
        STELLAR__APPEND_LITERAL(buffer, ":");
    }
}


/* Writes a string, with a comma before it if needed, and a colon after a key. */
static inline void append_string(struct stellar_writer *writer, bool comma,
                                 const char *text, size_t length, bool is_key)
{
    struct stellar__buffer *buffer = &writer->buffer;
    char *out = stellar__buffer_reserve(buffer, length + sizeof ",\"\":");

    if (out != NULL) {
        *out = ',';
        out = stellar__put_plain_string(out + comma, text, length);
    }
    if (out == NULL) {
        append_escaped(writer, comma, text, length, is_key);
        return;
    }
    *out = ':';
    buffer->length = (size_t)(out + is_key - buffer->data);
}


void stellar_write_key(struct stellar_writer *writer, const char *key)
{
    bool comma = writer->comma;

    if (writer->state != STELLAR__WRITER_KEY) {
        fault(writer, "a key where none can stand");
        return;
    }
    writer->state = STELLAR__WRITER_VALUE;
    writer->comma = false;
    append_string(writer, comma, key, strlen(key), true);
}


void stellar_write_string(struct stellar_writer *writer, const char *text,
                          size_t length)
{
    bool comma;

    if (may_write(writer, &comma)) {
        append_string(writer, comma, text, length, false);
    }
}


void stellar_write_text(struct stellar_writer *writer, const char *text)
{
    stellar_write_string(writer, text, strlen(text));
}


void stellar_write_integer(struct stellar_writer *writer, int64_t value)
{
    struct stellar__buffer *buffer = &writer->buffer;
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    bool comma;
    char *out;

    if (!may_write(writer, &comma)) {
        return;
    }
    out = stellar__buffer_reserve(buffer, STELLAR__DECIMAL_MAX + 2);
    if (out == NULL) {
        return;
    }
    *out = ',';
    out += comma;
    *out = '-';
    out = stellar__put_decimal(out + (value < 0), magnitude);
    buffer->length = (size_t)(out - buffer->data);
}


void stellar__buffer_double(struct stellar__buffer *buffer, double value)
{
    char text[40];
    int precision;
    char *at;

    if (!isfinite(value)) {
        STELLAR__APPEND_LITERAL(buffer, "null");
        return;
    }
    for (precision = 15; precision <= 17; precision++) {
        snprintf(text, sizeof text, "%.*g", precision, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    /* The program may have set a locale with another decimal sign. */
    for (at = text; *at != '\0'; at++) {
        if ((*at < '0' || *at > '9') && *at != '-' && *at != '+' && *at != 'e') {
            *at = '.';
        }
    }
    stellar__buffer_append(buffer, text, strlen(text));
}


void stellar_write_double(struct stellar_writer *writer, double value)
{
    if (begin_value(writer)) {
        stellar__buffer_double(&writer->buffer, value);
    }
}


void stellar_write_boolean(struct stellar_writer *writer, bool value)
{
    if (begin_value(writer)) {
        stellar__buffer_append(&writer->buffer, value ? "true" : "false",
                               value ? 4 : 5);
    }
}


void stellar_write_null(struct stellar_writer *writer)
{
    if (begin_value(writer)) {
        STELLAR__APPEND_LITERAL(&writer->buffer, "null");
    }
}


void stellar_write_json(struct stellar_writer *writer, const char *json, size_t length)
{
    const struct stellar_slice text = {json, length};
    size_t size;
    char *out;

    if (!begin_value(writer)) {
        return;
    }
    if (!stellar_json_check(json, length, NULL)) {
        fault(writer, "a value that is not valid JSON");
        return;
    }
    size = stellar__json_size(text);
    out = stellar__buffer_reserve(&writer->buffer, size);
    if (out != NULL) {
        writer->buffer.length += stellar__put_json(out, text, size);
    }
}


static void begin_container(struct stellar_writer *writer, bool array)
{
    if (!begin_value(writer)) {
        return;
    }
    if (writer->depth == STELLAR_JSON_DEPTH_MAX) {
        fault(writer, "more levels than JSON may have here");
        return;
    }
    stellar__buffer_append(&writer->buffer, array ? "[" : "{", 1);
    writer->arrays &= ~(UINT32_C(1) << writer->depth);
    writer->arrays |= (uint32_t)array << writer->depth;
    writer->depth++;
    writer->comma = false;
    writer->state = array ? STELLAR__WRITER_ITEM : STELLAR__WRITER_KEY;
}


static void end_container(struct stellar_writer *writer, bool array)
{
    bool in_array;

    if (writer->depth == 1 ||
        writer->state != (array ? STELLAR__WRITER_ITEM : STELLAR__WRITER_KEY)) {
        fault(writer, "an end without its beginning");
        return;
    }
    stellar__buffer_append(&writer->buffer, array ? "]" : "}", 1);
    writer->depth--;
    writer->comma = true;
    in_array = (writer->arrays >> (writer->depth - 1) & 1) != 0;
    writer->state = in_array ? STELLAR__WRITER_ITEM : STELLAR__WRITER_KEY;
}


void stellar_write_object_begin(struct stellar_writer *writer)
{
    begin_container(writer, false);
}


void stellar_write_object_end(struct stellar_writer *writer)
{
    end_container(writer, false);
}


void stellar_write_array_begin(struct stellar_writer *writer)
{
    begin_container(writer, true);
}


void stellar_write_array_end(struct stellar_writer *writer)
{
    end_container(writer, true);
}
