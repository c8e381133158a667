/* The server under load: its addresses, and sockets connected to it. */
#ifndef STELLAR_BENCH_TARGET_H
#define STELLAR_BENCH_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "options.h"

#define STELLAR__TARGET_ADDRESSES 8

struct stellar__target {
    char name[256]; /* for people */
    size_t count;
    bool spread; /* connect from many local addresses */
    struct {
        struct sockaddr_storage address;
        socklen_t length;
    } addresses[STELLAR__TARGET_ADDRESSES]; /* tried in turn */
};

/* Looks a name up. On failure prints why and returns false. */
bool stellar__target_find(struct stellar__target *target,
                          const struct stellar__bench_options *options);

/* Returns a connected, non-blocking socket, or -1 and sets errno. Waits at most for the
 * timeout (for each address). If `spread` is set, `number` chooses the local address
 * (127.0.0.2 to 127.0.0.251), because the number of connections between one address and
 * the server's port is limited. Thread-safe. */
int stellar__target_connect(const struct stellar__target *target, uint64_t timeout,
                            size_t number);

/* Returns a text that says why a connection was lost. The reason is an errno, the
 * negative of an error of BearSSL, or 0 for "closed by the server". */
#define STELLAR__BENCH_REASON_MAX 64
const char *stellar__target_reason(int reason, char text[STELLAR__BENCH_REASON_MAX]);

#endif
