/*
 * Checks of the settings that need no listening. A start and --check-config both run
 * them, so both report the same errors. They create nothing, and nobody can connect.
 *
 * On failure a function returns false, and error holds one line of text, which names
 * the setting as the user gave it.
 */
#ifndef STELLAR_STELLARD_PREFLIGHT_H
#define STELLAR_STELLARD_PREFLIGHT_H

#include <stdbool.h>
#include <stddef.h>

#include "settings.h"

/* Runs all checks, in this order. */
bool stellar__preflight(const struct stellar__settings *settings, char *error,
                        size_t capacity);

/* Checks that the log file can be opened or created. */
bool stellar__preflight_log(const struct stellar__settings *settings, char *error,
                            size_t capacity);

/* Checks that the addresses are this machine's and may be listened on, that the path of
 * a Unix socket is free or has a socket, and that the server and the metrics do not use
 * the same address. An address in use is not an error: the server that is to be
 * replaced may have it. */
bool stellar__preflight_addresses(const struct stellar__settings *settings, char *error,
                                  size_t capacity);

/* Checks that the memory limit is enough for the server, its rooms and a client. */
bool stellar__preflight_memory(const struct stellar__settings *settings, char *error,
                               size_t capacity);

#endif
