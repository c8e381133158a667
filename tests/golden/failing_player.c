/*
 * Plays the golden sessions while one allocation after the other fails. Each session is
 * played as often as the server allocates in it, and each time another allocation
 * fails, beginning with those that create the server. Then nothing must crash, no
 * memory must be left, and a client that waits for an answer must get one or be closed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "socketless.h"

static struct {
    size_t count; /* allocations so far */
    size_t fail_at;
    size_t live; /* blocks */
} memory;


static void *allocate(void *context, size_t size)
{
    void *block;

    (void)context;
    if (++memory.count == memory.fail_at) {
        return NULL;
    }
    block = malloc(size > 0 ? size : 1);
    if (block == NULL) {
        abort();
    }
    memset(block, 0xa5, size);
    memory.live++;
    return block;
}


static void *resize(void *context, void *block, size_t size)
{
    if (block == NULL) {
        return allocate(context, size);
    }
    if (++memory.count == memory.fail_at) {
        return NULL;
    }
    block = realloc(block, size > 0 ? size : 1);
    if (block == NULL) {
        abort();
    }
    return block;
}


static void release(void *context, void *block)
{
    (void)context;
    memory.live -= block != NULL;
    free(block);
}


/* What one client must get, and has got. */

static struct client *find_client(struct socketless *world, const char *name)
{
    struct client *client = world->clients;

    while (client != NULL && strcmp(client->name, name) != 0) {
        client = client->next;
    }
    return client != NULL ? client : client_open(world, name);
}


static bool has_line(struct client *client)
{
    const char *start = client->output.data + client->seen;
    size_t left = client->output.length - client->seen;
    const char *end = left > 0 ? memchr(start, '\n', left) : NULL;

    if (end == NULL) {
        return false;
    }
    client->seen += (size_t)(end + 1 - start);
    return true;
}


static bool has_bytes(struct client *client, size_t length)
{
    if (client->output.length - client->seen < length) {
        return false;
    }
    client->seen += length;
    return true;
}


static bool has_got(struct client *client, const struct step *step)
{
    if (client->is_ended) {
        return true;
    }
    if (step->kind == STEP_END) {
        return false;
    }
    return step->kind == STEP_BYTES ? has_bytes(client, step->text.length)
                                    : has_line(client);
}


/* Returns false if the client would wait forever. */
static bool play_step(struct socketless *world, const struct step *step)
{
    struct client *client = find_client(world, step->client);

    switch (step->kind) {
    case STEP_SEND:
        if (!client->is_ended) {
            client_send(world, client, &step->text, step->text.length);
        }
        return true;
    case STEP_HALF_CLOSE:
        if (!client->is_ended) {
            client_half_close(world, client);
        }
        return true;
    case STEP_CLOSE:
        client_close(world, client);
        return true;
    default:
        while (!has_got(client, step)) {
            if (!socketless_advance(world)) {
                return false;
            }
        }
        return true;
    }
}


/* If there are several clients, one may wait for a line that another would have sent,
 * which was closed. */
static bool has_one_client(const struct session_file *file)
{
    size_t i;

    for (i = 1; i < file->step_count; i++) {
        if (strcmp(file->steps[i].client, file->steps[0].client) != 0) {
            return false;
        }
    }
    return true;
}


static bool play_steps(struct socketless *world, const struct session_file *file)
{
    bool must_get = has_one_client(file);
    bool welcomed = file->steps[0].kind != STEP_SEND;
    size_t i;

    for (i = 0; i < file->step_count; i++) {
        const struct step *step = &file->steps[i];

        if (!welcomed && find_client(world, step->client)->seen == 0) {
            has_line(find_client(world, step->client));
        }
        if (!play_step(world, step) && must_get) {
            fprintf(stderr, "%s:%zu: allocation %zu failed, and nobody answers\n",
                    file->path, step->number, memory.fail_at);
            return false;
        }
    }
    return true;
}


static bool play(const struct session_file *file,
                 const struct stellar_server_options *options, size_t fail_at)
{
    struct socketless world = {.is_quiet = true};
    bool good = true;

    memory.count = memory.live = 0;
    memory.fail_at = fail_at;
    if (socketless_start(&world, file, options)) {
        good = play_steps(&world, file);
    }
    socketless_stop(&world);
    if (memory.live == 0) {
        return good;
    }
    fprintf(stderr, "%s: allocation %zu failed, and %zu blocks are left\n", file->path,
            fail_at, memory.live);
    return false;
}


/* Returns how often it was played without a fault, or 0 if there was one. */
static size_t play_all(const struct session_file *file,
                       const struct stellar_server_options *options)
{
    size_t played = 1;
    size_t fail_at;
    size_t all;

    if (!play(file, options, 0)) {
        return 0;
    }
    all = memory.count;
    for (fail_at = 1; fail_at <= all; fail_at++) {
        if (!play(file, options, fail_at)) {
            return 0;
        }
        played++;
    }
    return played;
}


int main(int argc, char **argv)
{
    size_t played = 0;
    unsigned files = 0;
    bool good = true;
    int i;

    for (i = 1; i < argc; i++) {
        struct session_file file;
        struct stellar_server_options options;

        session_file_read(&file, argv[i]);
        if (socketless_options(&file, &options) == NULL &&
            !session_file_skips(&file, "session")) {
            size_t times;

            options.allocator =
                (struct stellar_allocator){allocate, resize, release, NULL};
            times = play_all(&file, &options);
            good = good && times > 0;
            played += times;
            files++;
        }
        session_file_free(&file);
    }
    printf("%u sessions, played %zu times\n", files, played);
    return good && files > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
