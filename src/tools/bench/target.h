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
    bool spread; /* connect from many of our own addresses */
    struct {
        struct sockaddr_storage address;
        socklen_t length;
    } addresses[STELLAR__TARGET_ADDRESSES]; /* tried in turn */
};

/* Looks a name up. False after telling why. */
bool stellar__target_find(struct stellar__target *target,
                          const struct stellar__bench_options *options);

/* A connected socket that does not block, or -1 with errno set. Waits no longer than
 * the timeout (for each address). `number` picks the address it connects from, if that
 * is to be spread (127.0.0.2 to 127.0.0.251): a server's address and port can have only
 * so many connections with each. Thread-safe. */
int stellar__target_connect(const struct stellar__target *target, uint64_t timeout,
                            size_t number);

/* Why a connection was lost, in words: of errno, the negative of an error of BearSSL,
 * or 0 for "closed by the server". */
#define STELLAR__BENCH_REASON_MAX 64
const char *stellar__target_reason(int reason, char text[STELLAR__BENCH_REASON_MAX]);

#endif
