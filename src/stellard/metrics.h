/*
 * The page for Prometheus, and a health check: a very small HTTP/1.1 server on its own
 * thread and port, so that it also answers when the loops are busy. It supports GET and
 * HEAD of /metrics and /healthz, and closes after each answer. The number of clients,
 * their bytes and their time are limited. A slow client does not delay a client whose
 * request has come.
 */
#ifndef STELLAR_STELLARD_METRICS_H
#define STELLAR_STELLARD_METRICS_H

#include <stdbool.h>
#include <stddef.h>

#include "stellar/server.h"

struct stellar__metrics;

/* Listens, and serves on its own thread. Signals should be blocked before this. On
 * failure returns NULL, and error is one line of text that says why. */
struct stellar__metrics *stellar__metrics_start(const struct stellar_server *server,
                                                const char *ip, int port, char *error,
                                                size_t capacity);
/* To be called before the server is destroyed. May be NULL. */
void stellar__metrics_end(struct stellar__metrics *metrics);

#endif
