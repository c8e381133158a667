/* The server that is loaded: its addresses, and sockets connected to it. */
#ifndef STELLAR_BENCH_TARGET_H
#define STELLAR_BENCH_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "options.h"

#define STELLAR__TARGET_ADDRESSES 8

struct stellar__target {
    char name[256]; /* as a person writes it */
    size_t count;
    struct {
        struct sockaddr_storage address;
        socklen_t length;
    } addresses[STELLAR__TARGET_ADDRESSES]; /* tried in turn */
};

/* Looks a name up. False after telling why. */
bool stellar__target_find(struct stellar__target *target,
                          const struct stellar__bench_options *options);

/* A connected socket that does not block, or -1 with errno set. Waits no longer than
 * the timeout (for each address). Thread-safe. */
int stellar__target_connect(const struct stellar__target *target, uint64_t timeout);

#endif
