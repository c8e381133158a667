#include <stdio.h>
#include <stdlib.h>

#include "fake.h"


char *fake_quote(const char *text)
{
    char *copy = fake_grow(NULL, strlen(text) + 1);
    size_t i;

    for (i = 0; text[i] != '\0'; i++) {
        copy[i] = (char)(text[i] == '\'' ? '"' : text[i] == '`' ? '\'' : text[i]);
    }
    copy[i] = '\0';
    return copy;
}


static char *next_line(struct fake_client *client)
{
    const char *start = client->output + client->seen;
    size_t length = client->length - client->seen;
    const char *end = length > 0 ? memchr(start, '\n', length) : NULL;
    char *line;

    if (end == NULL) {
        fail_msg("expected a line, got: %.*s", (int)length, length > 0 ? start : "");
    }
    length = (size_t)(end - start) + 1;
    client->seen += length;
    if (length < 2 || start[length - 2] != '\r') {
        fail_msg("a line ends without CR: %.*s", (int)length, start);
    }
    line = fake_grow(NULL, length);
    memcpy(line, start, length - 2);
    line[length - 2] = '\0';
    return line;
}


void fake_expect(struct fake_client *client, const char *format, ...)
{
    char text[4096];
    char *expected;
    char *got = next_line(client);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    expected = fake_quote(text);
    assert_string_equal(got, expected);
    free(expected);
    free(got);
}


void fake_skip_line(struct fake_client *client)
{
    free(next_line(client));
}


void fake_expect_nothing(struct fake_client *client)
{
    if (client->seen < client->length) {
        fail_msg("expected nothing, got: %.*s", (int)(client->length - client->seen),
                 client->output + client->seen);
    }
}


void fake_expect_goodbye(struct fake_client *client)
{
    fake_expect(client, "{'status':'Bye!','context':'api'}");
    fake_expect_nothing(client);
    assert_true(client->is_ended);
    assert_false(client->is_aborted);
}


void fake_say(struct fake_client *client, const char *text)
{
    char *line = fake_quote(text);
    size_t length = strlen(line);

    line = fake_grow(line, length + 2);
    memcpy(line + length, "\r\n", 2);
    fake_bytes(client, line, length + 2);
    free(line);
}


struct fake_client *fake_client_new(struct fake_world *world, unsigned shard)
{
    struct fake_client *client = fake_connect(world, shard);

    fake_expect(client, "{'welcome':'Hello human! Welcome to Stellar',"
                        "'context':'api'}");
    return client;
}


void fake_expect_log(struct fake_world *world, const char *text)
{
    if (world->log == NULL || strstr(world->log, text) == NULL) {
        fail_msg("not in the log: %s\nthe log:\n%s", text,
                 world->log != NULL ? world->log : "");
    }
}
