/*
 * The streams: lines such as clients send, generated for each run.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>


void add(struct stream *stream, const char *bytes, size_t length)
{
    if (stream->capacity - stream->length < length) {
        stream->capacity = (stream->length + length) * 2;
        stream->bytes = (char *)realloc(stream->bytes, stream->capacity);
        if (stream->bytes == NULL) {
            fail("out of memory");
        }
    }
    if (length > 0) { /* or either may be NULL */
        memcpy(stream->bytes + stream->length, bytes, length);
    }
    stream->length += length;
}


void add_text(struct stream *stream, const char *text)
{
    add(stream, text, strlen(text));
}


static void add_line(struct stream *stream, const char *line)
{
    add_text(stream, line);
    add(stream, "\n", 1);
    stream->count++;
}


/* Fills up a line that begins there, to that many bytes with its end. */
static void fill_line(struct stream *stream, size_t begin, size_t line, const char *end)
{
    static const char words[] = "all the words that fit in here, and ";
    size_t i;

    for (i = 0; stream->length - begin + strlen(end) + 1 < line; i++) {
        add(stream, &words[i % (sizeof words - 1)], 1);
    }
    add_line(stream, end);
}


struct stream verbs(size_t size)
{
    static const char *const lines[] = {
        "paramAdd key=value01", "paramView parameters", "roomAdd a-room-of-us",
        "paramDelete anything", "roomView defaultRoom", "paramAdd color green",
    };
    struct stream stream = {NULL, 0, 0, 0};
    size_t i;

    for (i = 0; stream.length < size; i++) {
        add_line(&stream, lines[i % 6]);
    }
    return stream;
}


struct stream say(size_t size, size_t line)
{
    struct stream stream = {NULL, 0, 0, 0};

    while (stream.length < size) {
        size_t begin = stream.length;

        add_text(&stream, "say defaultRoom ");
        fill_line(&stream, begin, line, "");
    }
    return stream;
}


static void add_call(struct stream *stream, size_t line)
{
    static const char *const values[] = {"42",
                                         "\"some text\"",
                                         "true",
                                         "-17.25",
                                         "[1,2,3]",
                                         "null",
                                         "{\"id\":7,\"name\":\"another\"}",
                                         "\"caf\303\251 \\\"quoted\\\"\""};
    char member[64];
    size_t begin = stream->length;
    unsigned i;

    add_text(stream, "{\"action\":\"status\",\"params\":{");
    for (i = 0; stream->length - begin + 80 < line; i++) {
        snprintf(member, sizeof member, "\"key%u\":%s,", i, values[i % 8]);
        add_text(stream, member);
    }
    add_text(stream, "\"number\":42,\"x\":\"");
    fill_line(stream, begin, line, "\"}}");
}


struct stream calls(size_t size, size_t line)
{
    struct stream stream = {NULL, 0, 0, 0};

    while (stream.length < size) {
        add_call(&stream, line);
    }
    return stream;
}


struct stream mix(size_t size)
{
    struct stream stream = {NULL, 0, 0, 0};

    while (stream.length < size) {
        size_t begin;

        add_line(&stream, "paramAdd key=value");
        add_line(&stream, "paramsView");
        add_call(&stream, 60);
        begin = stream.length;
        add_text(&stream, "say defaultRoom ");
        fill_line(&stream, begin, 100, "");
        add_line(&stream, "roomView defaultRoom");
        add_call(&stream, 200);
        add_line(&stream, "detailsView");
        add_line(&stream, "randomNumber");
    }
    return stream;
}


struct stream requests(size_t size)
{
    struct stream stream = {NULL, 0, 0, 0};

    while (stream.length < size) {
        add_text(&stream, "GET /api/status?key=value HTTP/1.1\r\n"
                          "Host: localhost:8080\r\n"
                          "User-Agent: bench\r\n"
                          "Accept: application/json\r\n"
                          "\r\n");
        stream.count++;
    }
    return stream;
}
