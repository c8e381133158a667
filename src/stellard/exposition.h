/* The server's counters as text: for Prometheus, and for people. */
#ifndef STELLAR_STELLARD_EXPOSITION_H
#define STELLAR_STELLARD_EXPOSITION_H

#include <stdio.h>

#include "stellar/server.h"

/* Writes Prometheus' text format, version 0.0.4. ferror(out) tells if that failed. */
void stellar__expose(const struct stellar_server *server, FILE *out);

/* Prints each number that is not 0, one per line. */
void stellar__print_stats(const struct stellar_stats *stats,
                          void (*say)(void *data, const char *line), void *data);

#endif
