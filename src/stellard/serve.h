/* The life of the server: made from settings, filled with rooms and modules, run until
 * it is told to stop. Both return the process's exit code, and tell failures on
 * standard error. */
#ifndef STELLAR_STELLARD_SERVE_H
#define STELLAR_STELLARD_SERVE_H

#include "settings.h"

enum stellar__exit {
    STELLAR__EXIT_OK = 0,
    STELLAR__EXIT_FAILED = 1, /* could not start or write */
    STELLAR__EXIT_USAGE = 2   /* what was asked for makes no sense */
};

/* A reload reads the command line again, and changes the settings. */
int stellar__serve(struct stellar__settings *settings, int argc, char **argv);

/* Makes the server with all that belongs to it, but neither listens nor runs. */
int stellar__check(struct stellar__settings *settings);

/* "stellard: text" on standard error, control characters escaped. */
void stellar__tell(const char *text);

/* Flushes standard output; false, and told, if not all could be written. */
bool stellar__flush_output(void);

#endif
