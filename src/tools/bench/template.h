/* Lines with places to fill: %r is a room, %m a message, %n its length, %% a percent
 * sign. Everything else stays as it is. */
#ifndef STELLAR_BENCH_TEMPLATE_H
#define STELLAR_BENCH_TEMPLATE_H

#include <stddef.h>

#include "options.h"

#define STELLAR__ROOM_MAX 288

/* The name of a room. Its number follows if there is more than one room. */
void stellar__template_room(const struct stellar__bench_options *options, size_t number,
                            char room[STELLAR__ROOM_MAX]);

/* Returns the most bytes that a line can take with a message of that length. */
size_t stellar__template_size(const struct stellar__bench_line *line, size_t length);

/* Writes the line, without its end. Returns its length. message may be NULL. */
size_t stellar__template_fill(const struct stellar__bench_line *line, const char *room,
                              const char *message, size_t length, char *to);

#endif
