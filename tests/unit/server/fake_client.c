#include <stdio.h>
#include <stdlib.h>

#include "fake.h"

#define CLIENT_OF(session_) ((struct fake_client *)(void *)(session_))


static void *grow(void *block, size_t size)
{
    block = realloc(block, size + 1);
    if (block == NULL)
        abort();
    return block;
}


/* The sink. */

static size_t take(struct fake_client *client, const char *bytes, size_t length)
{
    size_t taken = length < client->appetite ? length : client->appetite;

    client->output = grow(client->output, client->length + taken);
    memcpy(client->output + client->length, bytes, taken);
    client->length += taken;
    if (client->appetite != FAKE_ALL)
        client->appetite -= taken;
    return taken;
}


static size_t sink_write(struct stellar_connection *session, const char *bytes,
                         size_t length)
{
    assert_int_not_equal(session->state, STELLAR__SESSION_DEAD);
    assert_int_equal(session->queue.bytes, 0);
    assert_false(CLIENT_OF(session)->is_ended);
    return take(CLIENT_OF(session), bytes, length);
}


static void take_queue(struct fake_client *client)
{
    struct stellar_slice run;

    while (client->appetite > 0 &&
           stellar__queue_peek(&client->session.queue, &run, 1) == 1)
        stellar__queue_consume(&client->session.queue,
                               take(client, run.data, run.length));
}


static void sink_pump(struct stellar_connection *session)
{
    take_queue(CLIENT_OF(session));
}


static void sink_end(struct stellar_connection *session)
{
    assert_false(CLIENT_OF(session)->is_ended);
    CLIENT_OF(session)->is_ended = true;
}


static void sink_abort(struct stellar_connection *session)
{
    assert_false(CLIENT_OF(session)->is_aborted);
    CLIENT_OF(session)->is_aborted = true;
}


static const struct stellar__sink sink = {sink_write, sink_pump, sink_end, sink_abort};


/* Clients. */

struct fake_client *fake_connect(struct fake_world *world, unsigned hub)
{
    struct fake_client *client = calloc(1, sizeof *client);

    if (client == NULL)
        abort();
    client->world = world;
    client->at = &world->hubs[hub];
    client->appetite = FAKE_ALL;
    world->at = client->at;
    client->status = stellar__session_open(&client->session, &client->at->hub, &sink,
                                           "192.0.2.7", 40000);
    fake_settle(world);
    return client;
}


struct fake_client *fake_client_new(struct fake_world *world, unsigned hub)
{
    struct fake_client *client = fake_connect(world, hub);

    fake_expect(client, "{'welcome':'Hello human! Welcome to Stellar',"
                        "'context':'api'}");
    return client;
}


void fake_close(struct fake_client *client)
{
    struct fake_world *world = client->world;

    if (client->status == STELLAR_OK || client->status == STELLAR_ERR_REFUSED) {
        world->at = client->at;
        stellar__session_close(&client->session);
        fake_settle(world);
    }
    free(client->output);
    free(client->rest);
    free(client);
}


static void keep_rest(struct fake_client *client, const char *bytes, size_t length)
{
    client->rest = grow(client->rest, client->rest_length + length);
    memcpy(client->rest + client->rest_length, bytes, length);
    client->rest_length += length;
}


/* Hands in what waits, as long as the session listens. */
static void go_on(struct fake_client *client)
{
    while (client->status == STELLAR_OK && client->rest_length > 0 &&
           stellar__session_may_resume(&client->session)) {
        char *bytes = client->rest;
        size_t length = client->rest_length;
        struct stellar_slice left;

        client->rest = NULL;
        client->rest_length = 0;
        left = stellar__session_receive(&client->session, bytes, length);
        if (left.length > 0)
            keep_rest(client, left.data, left.length);
        free(bytes);
    }
}


void fake_bytes(struct fake_client *client, const char *bytes, size_t length)
{
    client->world->at = client->at;
    keep_rest(client, bytes, length);
    go_on(client);
    fake_settle(client->world);
}


void fake_say(struct fake_client *client, const char *text)
{
    char *line = fake_quote(text);
    size_t length = strlen(line);

    line = grow(line, length + 2);
    memcpy(line + length, "\r\n", 2);
    fake_bytes(client, line, length + 2);
    free(line);
}


void fake_end_of_input(struct fake_client *client)
{
    client->world->at = client->at;
    stellar__session_end_of_input(&client->session);
    fake_settle(client->world);
}


void fake_feed(struct fake_client *client, size_t bytes)
{
    client->world->at = client->at;
    client->appetite = bytes;
    take_queue(client);
    go_on(client);
    fake_settle(client->world);
}


/* Expectations. */

char *fake_quote(const char *text)
{
    char *copy = grow(NULL, strlen(text));
    size_t i;

    for (i = 0; text[i] != '\0'; i++)
        copy[i] = (char)(text[i] == '\'' ? '"' : text[i] == '`' ? '\'' : text[i]);
    copy[i] = '\0';
    return copy;
}


static char *next_line(struct fake_client *client)
{
    const char *start = client->output + client->seen;
    size_t length = client->length - client->seen;
    const char *end = length > 0 ? memchr(start, '\n', length) : NULL;
    char *line;

    if (end == NULL)
        fail_msg("expected a line, got: %.*s", (int)length, length > 0 ? start : "");
    length = (size_t)(end - start) + 1;
    client->seen += length;
    if (length < 2 || start[length - 2] != '\r')
        fail_msg("a line ends without CR: %.*s", (int)length, start);
    line = grow(NULL, length);
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
    if (client->seen < client->length)
        fail_msg("expected nothing, got: %.*s", (int)(client->length - client->seen),
                 client->output + client->seen);
}


void fake_expect_goodbye(struct fake_client *client)
{
    fake_expect(client, "{'status':'Bye!','context':'api'}");
    fake_expect_nothing(client);
    assert_true(client->is_ended);
    assert_false(client->is_aborted);
}


void fake_expect_log(struct fake_world *world, const char *text)
{
    if (world->log == NULL || strstr(world->log, text) == NULL)
        fail_msg("not in the log: %s\nthe log:\n%s", text,
                 world->log != NULL ? world->log : "");
}
