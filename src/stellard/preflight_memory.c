/*
 * Implementation notes. The memory that a server takes depends on threads, rooms,
 * certificates and more. So it is measured: a server is created without a limit, and
 * its allocator counts. The limit is not 0 but huge, so that the cost of a limit is
 * counted, too.
 */
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "preflight.h"
#include "stellar/server.h"

/* A generous estimate of what a client takes until it is answered, and of what TLS
 * adds. */
#define CLIENT_BYTES ((size_t)16 * 1024)
#define TLS_BYTES    ((size_t)48 * 1024)

struct meter {
    size_t used;
    size_t most; /* at the same time */
};

/* In front of each block. It keeps the block aligned. */
union header {
    size_t size;
    max_align_t alignment;
};


static void *resize(void *context, void *memory, size_t size)
{
    struct meter *meter = context;
    union header *old = memory != NULL ? (union header *)memory - 1 : NULL;
    size_t old_size = old != NULL ? old->size : 0;
    union header *header =
        size <= SIZE_MAX - sizeof *header ? realloc(old, sizeof *header + size) : NULL;

    if (header == NULL) {
        return NULL;
    }
    meter->used += size - old_size;
    if (meter->used > meter->most) {
        meter->most = meter->used;
    }
    header->size = size;
    return header + 1;
}


static void *allocate(void *context, size_t size)
{
    return resize(context, NULL, size);
}


static void release(void *context, void *memory)
{
    struct meter *meter = context;

    if (memory != NULL) {
        union header *header = (union header *)memory - 1;

        meter->used -= header->size;
        free(header);
    }
}


static int make_rooms(struct stellar_server *server,
                      const struct stellar__setting *rooms)
{
    int status = STELLAR_OK;
    size_t i;

    for (i = 0; i < rooms->count && status == STELLAR_OK; i++) {
        status = stellar_room_create(server, rooms->items[i].data);
    }
    return status;
}


/* Returns the lowest limit with which the server can be created and accepts a client,
 * which must fit in nine tenths of the limit. Returns 0 if the server cannot be created
 * for another reason. */
static size_t measure(const struct stellar__settings *settings)
{
    struct stellar_server_options options;
    struct stellar_server *server;
    struct meter meter = {0, 0};
    size_t least = 0;
    int status;

    stellar_server_options_init(&options);
    stellar__settings_apply(settings, &options);
    options.max_memory = SIZE_MAX / 2;
    options.allocator = (struct stellar_allocator){allocate, resize, release, &meter};
    status = stellar_server_create(&server, &options, NULL, 0);
    if (status == STELLAR_OK) {
        status = make_rooms(server, &settings->all[STELLAR__OPTION_room]);
    }
    if (status == STELLAR_OK) {
        least = meter.used + CLIENT_BYTES +
                (options.tls_certificate != NULL ? TLS_BYTES : 0);
        least += least / 9 + 1;
        least = meter.most > least ? meter.most : least;
    }
    stellar_server_destroy(server);
    return least;
}


bool stellar__preflight_memory(const struct stellar__settings *settings, char *error,
                               size_t capacity)
{
    const struct stellar__setting *limit = &settings->all[STELLAR__OPTION_max_memory];
    size_t least = limit->number == 0 ? 0 : measure(settings);

    if (limit->number >= least) {
        return true;
    }
    snprintf(error, capacity,
             "%s: '%llu': expected no less than %zu, which the server takes with one "
             "client, or 0 for no limit",
             limit->place, limit->number, least);
    return false;
}
