/* Threads that actions start are joined when they are detached (see the build file), so
 * that their answers are in the inbox when the action returns. */
#include "socketless.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

int demo_module_init(struct stellar_server *server, char *error, size_t capacity);
int golden_module_init(struct stellar_server *server, char *error, size_t capacity);
int golden_thread_detach(pthread_t thread);


int golden_thread_detach(pthread_t thread)
{
    return pthread_join(thread, NULL);
}


/* The transport: a peer that reads all at once. */

static size_t sink_write(struct stellar_connection *session, const char *bytes,
                         size_t length)
{
    bytes_append(&((struct client *)(void *)session)->output, bytes, length);
    return length;
}


static void sink_pump(struct stellar_connection *session)
{
    struct stellar_slice run;

    while (stellar__queue_peek(session->queue, &run, 1) > 0) {
        sink_write(session, run.data, run.length);
        stellar__queue_consume(&session->queue, run.length);
    }
}


static void sink_end(struct stellar_connection *session)
{
    ((struct client *)(void *)session)->is_ended = true;
}


static bool sink_has_moved(struct stellar_connection *session)
{
    (void)session;
    return true;
}


static const struct stellar__transport_ops transport = {
    sink_write, sink_pump, sink_end, sink_end, sink_has_moved, NULL, sink_end};


/* The server. */

/* Sets an option. Returns false if it has no meaning for a session without a socket. */
static bool set_option(struct stellar_server_options *options, const char *name,
                       const struct bytes *value)
{
    unsigned long number = strtoul(value->data, NULL, 10);

    if (strcmp(name, "--delimiter") == 0) {
        options->delimiter = value->data;
        options->delimiter_length = value->length;
    } else if (strcmp(name, "--max-data-length") == 0) {
        options->max_data_length = number;
    } else if (strcmp(name, "--max-params") == 0) {
        options->max_params = number;
    } else if (strcmp(name, "--max-params-bytes") == 0) {
        options->max_params_bytes = number;
    } else if (strcmp(name, "--simultaneous-actions") == 0) {
        options->simultaneous_actions = (unsigned)number;
    } else if (strcmp(name, "--action-timeout") == 0) {
        options->action_timeout = (uint32_t)number;
    } else if (strcmp(name, "--shutdown-limit") == 0) {
        options->shutdown_limit = (uint32_t)number;
    } else if (strcmp(name, "--first-line-timeout") == 0) {
        options->first_line_timeout = (uint32_t)number;
    } else if (strcmp(name, "--line-timeout") == 0) {
        options->line_timeout = (uint32_t)number;
    } else if (strcmp(name, "--idle-timeout") == 0) {
        options->idle_timeout = (uint32_t)number;
    } else if (strcmp(name, "--max-rooms") == 0) {
        options->max_rooms = number;
    } else if (strcmp(name, "--max-members") == 0) {
        options->max_members = number;
    } else if (strcmp(name, "--welcome-message") == 0) {
        options->welcome_message = value->data;
    } else if (strcmp(name, "--goodbye-message") == 0) {
        options->goodbye_message = value->data;
    } else if (strcmp(name, "--id") == 0) {
        options->id = value->data;
    } else {
        return strcmp(name, "--room") == 0;
    }
    return true;
}


const char *socketless_options(const struct session_file *file,
                               struct stellar_server_options *options)
{
    size_t i;

    stellar_server_options_init(options);
    for (i = 0; i < file->option_count; i += 2) {
        if (i + 1 == file->option_count ||
            !set_option(options, file->options[i].data, &file->options[i + 1])) {
            return file->options[i].data;
        }
    }
    return NULL;
}


bool socketless_start(struct socketless *world, const struct session_file *file,
                      const struct stellar_server_options *options)
{
    char error[256] = "";
    bool has_rooms = false;
    int status = STELLAR_OK;
    size_t i;

    if (stellar_server_create(&world->server, options, error, sizeof error) != 0 ||
        demo_module_init(world->server, error, sizeof error) != 0 ||
        golden_module_init(world->server, error, sizeof error) != 0) {
        if (!world->is_quiet) {
            fprintf(stderr, "%s: %s\n", file->path, error);
        }
        return false;
    }
    for (i = 0; i + 1 < file->option_count; i += 2) {
        if (strcmp(file->options[i].data, "--room") == 0) {
            if (status == STELLAR_OK) {
                status = stellar_room_create(world->server, file->options[i + 1].data);
            }
            has_rooms = true;
        }
    }
    if (!has_rooms) {
        status = stellar_room_create(world->server, "defaultRoom");
    }
    return status == STELLAR_OK;
}


/* Time and input. */

void socketless_settle(struct socketless *world)
{
    stellar__loop_read_inbox(&world->server->net.loops[0]);
    stellar__shard_end_iteration(world->server->shards[0]);
}


bool socketless_advance(struct socketless *world)
{
    struct stellar__shard *shard = world->server->shards[0];
    uint64_t next = stellar__timers_next(&shard->timers);

    if (next == UINT64_MAX) {
        return false;
    }
    shard->now = next > shard->now ? next : shard->now;
    stellar__timers_run(&shard->timers, shard->now);
    socketless_settle(world);
    return true;
}


static void receive(struct client *client, const char *bytes, size_t length)
{
    struct stellar_slice rest =
        stellar__session_receive(&client->session, bytes, length);

    while (rest.length > 0) {
        struct bytes copy = {0};

        bytes_append(&copy, rest.data, rest.length);
        rest = stellar__session_receive(&client->session, copy.data, copy.length);
        free(copy.data);
    }
}


void client_send(struct socketless *world, struct client *client,
                 const struct bytes *text, size_t piece)
{
    size_t at;

    for (at = 0; at < text->length; at += piece) {
        receive(client, text->data + at, piece);
        socketless_settle(world);
    }
}


void client_half_close(struct socketless *world, struct client *client)
{
    stellar__session_end_of_input(&client->session);
    socketless_settle(world);
}


void client_close(struct socketless *world, struct client *client)
{
    if (!client->is_closed) {
        stellar__session_close(&client->session);
    }
    client->is_closed = true;
    socketless_settle(world);
}


struct client *client_open(struct socketless *world, const char *name)
{
    struct client **at = &world->clients;
    struct client *client = calloc(1, sizeof *client);

    if (client == NULL) {
        abort();
    }
    while (*at != NULL) {
        at = &(*at)->next;
    }
    *at = client;
    client->name = name;
    if (stellar__session_open(&client->session, world->server->shards[0], &transport,
                              "127.0.0.1", 40000) != STELLAR_OK) {
        client->is_closed = client->is_ended = true;
    }
    socketless_settle(world);
    return client;
}


void socketless_stop(struct socketless *world)
{
    struct client *client;

    while ((client = world->clients) != NULL) {
        client_close(world, client);
        world->clients = client->next;
        free(client->output.data);
        free(client);
    }
    stellar_server_destroy(world->server);
}
