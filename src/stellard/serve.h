/* Creates the server from settings, adds rooms and modules, and runs it until a signal
 * stops it. stellar__serve() and stellar__check() return the process's exit code, and
 * report failures on standard error. */
#ifndef STELLAR_STELLARD_SERVE_H
#define STELLAR_STELLARD_SERVE_H

#include "settings.h"

enum stellar__exit {
    STELLAR__EXIT_OK = 0,
    STELLAR__EXIT_FAILED = 1, /* could not start or write */
    STELLAR__EXIT_USAGE = 2   /* the command line or the settings make no sense */
};

/* A reload reads the command line again, and changes the settings. */
int stellar__serve(struct stellar__settings *settings, int argc, char **argv);

/* Creates the server with its rooms and modules, but neither listens nor runs. */
int stellar__check(struct stellar__settings *settings);

/* Prints "stellard: text" on standard error, with control characters escaped. */
void stellar__tell(const char *text);

/* Flushes standard output. If something could not be written, reports it and returns
 * false. */
bool stellar__flush_output(void);

#endif
