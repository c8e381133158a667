/* What the server has counted, as text: for Prometheus, and for people. */
#ifndef STELLAR_STELLARD_EXPOSITION_H
#define STELLAR_STELLARD_EXPOSITION_H

#include <stdio.h>

#include "stellar/server.h"

/* Prometheus' text format, version 0.0.4. Whether all could be written, out knows. */
void stellar__expose(const struct stellar_server *server, FILE *out);

/* Says each number that is not 0 in a line of its own. */
void stellar__print_stats(const struct stellar_stats *stats,
                          void (*say)(void *data, const char *line), void *data);

#endif
