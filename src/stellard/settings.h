/*
 * The settings of one run, and the rules that hold for all of their sources.
 *
 * A value is given by a source; of several, the highest counts, whatever the order in
 * which the sources are read. Every value is checked, also one that does not count. A
 * function that returns false has written one line into settings->error: the place, the
 * value and what was expected.
 *
 * The struct is the caller's memory; what hangs from it is freed by
 * stellar__settings_free(). Texts end in NUL, but may (the delimiter) hold others.
 */
#ifndef STELLAR_STELLARD_SETTINGS_H
#define STELLAR_STELLARD_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"
#include "stellar/server.h"

enum stellar__source {
    STELLAR__FROM_DEFAULT,
    STELLAR__FROM_FILE,
    STELLAR__FROM_ENVIRONMENT,
    STELLAR__FROM_COMMAND_LINE
};

struct stellar__text {
    char *data;
    size_t length;
    const char *place; /* as that of a setting; lives as long as data */
};

struct stellar__setting {
    enum stellar__source source;
    char *place; /* where it was given last, as the user knows it: "--port",
                  * "STELLAR_PORT", "a.json: line 3, column 5: servers.tcp.port"; of a
                  * default its path */
    unsigned long long number;   /* of a number, switch (0, 1), choice (0, 1, …) */
    struct stellar__text *items; /* of a list; of other texts one, or none if absent */
    size_t count;
};

#define STELLAR__SETTINGS_ERROR_MAX 2048

struct stellar__settings {
    struct stellar__setting all[STELLAR__OPTION_COUNT];
    char error[STELLAR__SETTINGS_ERROR_MAX];
};

/* Sets the defaults. False: no memory. */
bool stellar__settings_init(struct stellar__settings *settings);
void stellar__settings_free(struct stellar__settings *settings);

/*
 * Gives a setting its value, or a list one item more. place says where it was found,
 * for the error. The bytes are the value itself, without escapes.
 */
bool stellar__settings_set(struct stellar__settings *settings,
                           enum stellar__option option, enum stellar__source source,
                           const char *place, const char *data, size_t length);

/*
 * The same for a value as people write it: a delimiter may hold C escapes, a switch and
 * a number are words. A list is one item on the command line, where it can be repeated;
 * elsewhere it is whole, separated by commas.
 */
bool stellar__settings_set_written(struct stellar__settings *settings,
                                   enum stellar__option option,
                                   enum stellar__source source, const char *place,
                                   const char *text);

/* Makes a list empty, or another setting absent. */
void stellar__settings_clear(struct stellar__settings *settings,
                             enum stellar__option option, enum stellar__source source);

/* Writes "place: 'value': expected …" into settings->error and returns false. */
bool stellar__settings_refuse(struct stellar__settings *settings,
                              enum stellar__option option, const char *place,
                              const char *data, size_t length);

/* The same in the writer's own words. */
bool stellar__settings_fail(struct stellar__settings *settings, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Looks at what must fit together, once all sources have been read: switches TLS on
 * where certificate and key imply it, and settles whether a Unix socket or an address
 * is listened on.
 */
bool stellar__settings_validate(struct stellar__settings *settings);

/* Puts the place of the setting before an error of the server library that begins with
 * a file's name; before any other, nothing. */
void stellar__settings_blame(const struct stellar__settings *settings, char *error,
                             size_t capacity);

/* The text of a setting that has at most one; NULL if it is absent. */
const char *stellar__settings_text(const struct stellar__settings *settings,
                                   enum stellar__option option);

/* Fills in what the server library wants to know. The strings stay the settings'. */
void stellar__settings_apply(const struct stellar__settings *settings,
                             struct stellar_server_options *options);

/* The sources. */

/* --help, --help=man and --help=markdown: for a terminal, for the manual page, and for
 * docs/options.md. */
enum stellar__help_form {
    STELLAR__HELP_TEXT,
    STELLAR__HELP_MANUAL,
    STELLAR__HELP_MARKDOWN
};

struct stellar__command_line {
    enum stellar__command_option task; /* the last given; CONFIG: none, serve */
    enum stellar__help_form help;      /* of --help */
    const char *config;                /* of argv, or NULL */
};

bool stellar__settings_read_command_line(struct stellar__settings *settings, int argc,
                                         char **argv,
                                         struct stellar__command_line *result);

/* environment ends in NULL, as environ does. */
bool stellar__settings_read_environment(struct stellar__settings *settings,
                                        char *const *environment);
/* The next entry that begins with STELLAR_ but names no setting, or NULL. */
char *const *stellar__environment_unknown(char *const *environment);

/* All of them, into settings that are new, from the defaults to what must fit together;
 * but for a task that needs no settings only the command line. The settings are to be
 * freed also if this fails. */
bool stellar__settings_read(struct stellar__settings *settings, int argc, char **argv,
                            struct stellar__command_line *line);

#define STELLAR__CONFIG_FILE_MAX ((size_t)1024 * 1024)
/* place is what names the file: "--config" or "STELLAR_CONFIG". */
bool stellar__settings_read_file(struct stellar__settings *settings, const char *place,
                                 const char *name);
/* name is for errors only. */
bool stellar__settings_read_json(struct stellar__settings *settings, const char *name,
                                 const char *text, size_t length);

#endif
