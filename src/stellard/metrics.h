/*
 * The page for Prometheus, and one that says whether the server is well: a very small
 * HTTP/1.1 server on a thread and a port of its own, so that it answers also when the
 * loops are busy. It knows GET and HEAD of /metrics and /healthz, and closes after each
 * answer. Clients, bytes and time are limited, and a slow client does not hold up one
 * whose request has come.
 */
#ifndef STELLAR_STELLARD_METRICS_H
#define STELLAR_STELLARD_METRICS_H

#include <stdbool.h>
#include <stddef.h>

#include "stellar/server.h"

struct stellar__metrics;

/* Listens, and serves on a thread. Signals should be blocked before. On failure returns
 * NULL, and one line of text that says why. */
struct stellar__metrics *stellar__metrics_start(const struct stellar_server *server,
                                                const char *ip, int port, char *error,
                                                size_t capacity);
/* To be called before the server is destroyed. May be NULL. */
void stellar__metrics_end(struct stellar__metrics *metrics);

#endif
