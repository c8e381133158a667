/*
 * Checks of the settings that need no listening. A start and --check-config both run
 * them, and so both say the same. They make nothing, and nobody can connect.
 *
 * On failure a function returns false, and error holds one line of text, which names
 * the setting as the user gave it.
 */
#ifndef STELLAR_STELLARD_PREFLIGHT_H
#define STELLAR_STELLARD_PREFLIGHT_H

#include <stdbool.h>
#include <stddef.h>

#include "settings.h"

/* All of them, in this order. */
bool stellar__preflight(const struct stellar__settings *settings, char *error,
                        size_t capacity);

/* The log file can be opened, or made. */
bool stellar__preflight_log(const struct stellar__settings *settings, char *error,
                            size_t capacity);

/* The addresses are this machine's and may be listened on, the path of a Unix socket
 * is free or has a socket, and the server's and the metrics' do not collide. That an
 * address is in use is no fault: the server that is to be replaced may have it. */
bool stellar__preflight_addresses(const struct stellar__settings *settings, char *error,
                                  size_t capacity);

/* The memory is enough for the server, its rooms and a client. */
bool stellar__preflight_memory(const struct stellar__settings *settings, char *error,
                               size_t capacity);

#endif
