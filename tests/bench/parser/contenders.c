/*
 * The contenders: our parser, and what it is compared with.
 */
#include "bench.h"

#include <string.h>

#define JSMN_STATIC
#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#include <jsmn.h>

#ifdef HAVE_HTTP_PARSER
#include <http_parser.h>
#endif

#define TOKENS 65536

static char memory[STELLAR_MAX_DATA_LENGTH + STELLAR_DELIMITER_MAX];
static struct stellar_token tokens[TOKENS];
static jsmntok_t jsmn_tokens[TOKENS];


static void visit_params(struct stellar_params *params)
{
    static char text[STELLAR_MAX_DATA_LENGTH];
    struct stellar_value value;
    struct stellar_slice key;
    double number;

    while (stellar_params_next(params, &key, &value)) {
        stellar_json_unescape(key, text, sizeof text);
        stellar_value_double(value, &number);
        if (value.type == STELLAR_JSON_STRING && stellar_value_string(value, &key)) {
            stellar_json_unescape(key, text, sizeof text);
        }
    }
    stellar_params_find(params, "none", 4, &value);
    stellar_json_minify(params->text, text);
}


size_t parse_with(const struct stellar_framing *framing, const struct stream *stream,
                  size_t read_size, bool visit)
{
    struct stellar_parser parser;
    struct stellar_command command;
    enum stellar_result result;
    size_t count = 0;
    size_t at;

    stellar_parser_init(&parser, framing);
    stellar_parser_set_memory(&parser, memory, sizeof memory);
    stellar_parser_set_tokens(&parser, tokens, TOKENS);
    for (at = 0; at < stream->length; at += read_size) {
        size_t left = stream->length - at;

        stellar_parser_feed(&parser, stream->bytes + at,
                            left < read_size ? left : read_size);
        while ((result = stellar_parser_next(&parser, &command)) != STELLAR_MORE) {
            if (visit && result == STELLAR_COMMAND && command.index.tokens != NULL) {
                visit_params(&command.index);
            }
            count++;
        }
    }
    return count;
}


size_t parse(const struct stream *stream, size_t read_size)
{
    struct stellar_framing framing;

    stellar_framing_init(&framing);
    return parse_with(&framing, stream, read_size, false);
}


/* Returns the next line at *at, with its end, and moves *at after it. */
static const char *next_line(const struct stream *stream, size_t *at, size_t end)
{
    const char *found = (const char *)memchr(stream->bytes + *at, '\n', end - *at);

    *at = found != NULL ? (size_t)(found - stream->bytes) + 1 : end;
    return found;
}


size_t search(const struct stream *stream, size_t read_size)
{
    size_t count = 0;
    size_t at = 0;
    size_t from;

    for (from = 0; from < stream->length; from += read_size) {
        size_t left = stream->length - from;
        size_t end = from + (left < read_size ? left : read_size);

        while (at < end) {
            count += next_line(stream, &at, end) != NULL;
        }
    }
    return count;
}


size_t check(const struct stream *stream, size_t read_size)
{
    size_t count = 0;
    size_t at = 0;

    (void)read_size; /* as for jsmn */
    while (at < stream->length) {
        size_t from = at;
        const char *end = next_line(stream, &at, stream->length);

        if (end != NULL) {
            count += stellar_json_check(stream->bytes + from,
                                        (size_t)(end - stream->bytes) - from, NULL);
        }
    }
    return count;
}


size_t jsmn(const struct stream *stream, size_t read_size)
{
    size_t count = 0;
    size_t at = 0;

    (void)read_size; /* jsmn would start over with each read, so it gets whole lines */
    while (at < stream->length) {
        size_t from = at;
        jsmn_parser parser;

        next_line(stream, &at, stream->length);
        jsmn_init(&parser);
        count += jsmn_parse(&parser, stream->bytes + from, at - from, jsmn_tokens,
                            TOKENS) > 0;
    }
    return count;
}


#ifdef HAVE_HTTP_PARSER
static int count_request(http_parser *parser)
{
    ++*(size_t *)parser->data;
    return 0;
}


static int note(http_parser *parser, const char *text, size_t length)
{
    (void)parser, (void)text, (void)length;
    return 0;
}


size_t http(const struct stream *stream, size_t read_size)
{
    http_parser parser;
    http_parser_settings settings;
    size_t count = 0;
    size_t at;

    http_parser_settings_init(&settings);
    settings.on_message_complete = count_request;
    settings.on_url = note;
    settings.on_header_field = note;
    settings.on_header_value = note;
    http_parser_init(&parser, HTTP_REQUEST);
    parser.data = &count;
    for (at = 0; at < stream->length; at += read_size) {
        size_t left = stream->length - at;

        http_parser_execute(&parser, &settings, stream->bytes + at,
                            left < read_size ? left : read_size);
    }
    return count;
}
#else
size_t http(const struct stream *stream, size_t read_size)
{
    (void)stream, (void)read_size;
    return 0;
}
#endif
