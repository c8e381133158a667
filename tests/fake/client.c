#include "world.h"

#include <stdlib.h>

#define CLIENT_OF(session_) ((struct fake_client *)(void *)(session_))


/* The transport. */

static size_t take(struct fake_client *client, const char *bytes, size_t length)
{
    size_t taken = length < client->appetite ? length : client->appetite;

    client->output = fake_grow(client->output, client->length + taken);
    memcpy(client->output + client->length, bytes, taken);
    client->length += taken;
    client->has_moved = client->has_moved || taken > 0;
    if (client->appetite != FAKE_ALL) {
        client->appetite -= taken;
    }
    return taken;
}


static size_t sink_write(struct stellar_connection *session, const char *bytes,
                         size_t length)
{
    fake_check(session->state != STELLAR__SESSION_CLOSED, "written to a dead client");
    fake_check(stellar__queue_bytes(session->queue) == 0, "written past the queue");
    fake_check(!CLIENT_OF(session)->is_ended, "written after the end");
    if (CLIENT_OF(session)->is_broken) {
        stellar__session_disconnect(session);
        return 0;
    }
    return take(CLIENT_OF(session), bytes, length);
}


static void take_queue(struct fake_client *client)
{
    struct stellar_slice run;

    while (client->appetite > 0 &&
           stellar__queue_peek(client->session.queue, &run, 1) == 1) {
        stellar__queue_consume(&client->session.queue,
                               take(client, run.data, run.length));
    }
}


static void sink_pump(struct stellar_connection *session)
{
    if (CLIENT_OF(session)->is_broken) {
        stellar__session_disconnect(session);
    } else {
        take_queue(CLIENT_OF(session));
    }
}


static void sink_end(struct stellar_connection *session)
{
    fake_check(!CLIENT_OF(session)->is_ended, "ended twice");
    CLIENT_OF(session)->is_ended = true;
}


static void sink_abort(struct stellar_connection *session)
{
    fake_check(!CLIENT_OF(session)->is_aborted, "aborted twice");
    CLIENT_OF(session)->is_aborted = true;
}


static bool sink_has_moved(struct stellar_connection *session)
{
    bool moved = CLIENT_OF(session)->has_moved;

    CLIENT_OF(session)->has_moved = false;
    return moved;
}


static void go_on(struct fake_client *client);


static void sink_resume(struct stellar_connection *session)
{
    if (stellar__session_resume(session)) {
        go_on(CLIENT_OF(session));
    }
}


static const struct stellar__transport_ops transport = {
    sink_write, sink_pump, sink_end, sink_abort, sink_has_moved, NULL, sink_resume};


/* Clients. */

static void after(struct fake_world *world)
{
    if (!world->is_idle) {
        fake_settle(world);
    }
}


struct fake_client *fake_connect(struct fake_world *world, unsigned shard)
{
    struct fake_client *client = fake_grow(NULL, sizeof *client);

    memset(client, 0, sizeof *client);
    client->world = world;
    client->at = &world->shards[shard];
    client->appetite = FAKE_ALL;
    world->at = client->at;
    client->status = stellar__session_open(&client->session, &client->at->shard,
                                           &transport, "192.0.2.7", 40000);
    after(world);
    return client;
}


void fake_close(struct fake_client *client)
{
    struct fake_world *world = client->world;

    if (client->status == STELLAR_OK || client->status == STELLAR_ERR_REFUSED) {
        world->at = client->at;
        stellar__session_close(&client->session);
        after(world);
    }
    free(client->output);
    free(client->rest);
    free(client);
}


static void keep_rest(struct fake_client *client, const char *bytes, size_t length)
{
    client->rest = fake_grow(client->rest, client->rest_length + length);
    memcpy(client->rest + client->rest_length, bytes, length);
    client->rest_length += length;
}


/* Passes the waiting input on, as long as the session reads. */
static void go_on(struct fake_client *client)
{
    while (client->status == STELLAR_OK && client->rest_length > 0 &&
           stellar__session_resume(&client->session)) {
        char *bytes = client->rest;
        size_t length = client->rest_length;
        struct stellar_slice left;

        client->rest = NULL;
        client->rest_length = 0;
        left = stellar__session_receive(&client->session, bytes, length);
        if (left.length > 0) {
            keep_rest(client, left.data, left.length);
        }
        free(bytes);
    }
}


void fake_bytes(struct fake_client *client, const char *bytes, size_t length)
{
    client->world->at = client->at;
    keep_rest(client, bytes, length);
    go_on(client);
    after(client->world);
}


void fake_end_of_input(struct fake_client *client)
{
    client->world->at = client->at;
    stellar__session_end_of_input(&client->session);
    after(client->world);
}


void fake_feed(struct fake_client *client, size_t bytes)
{
    client->world->at = client->at;
    client->appetite = bytes;
    take_queue(client);
    go_on(client);
    after(client->world);
}
