/*
 * The settings of one run, and the rules for all of their sources.
 *
 * Each value comes from a source. If several sources give a value, the highest source
 * counts, whatever the order in which they are read. Every value is checked, even if it
 * does not count. A function that returns false has written one line to
 * settings->error: the place, the value and what was expected.
 *
 * The struct is the caller's memory. stellar__settings_free() frees everything that it
 * points to. Texts end in NUL, but the delimiter may contain more of them.
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
    const char *place; /* like the place of a setting; valid as long as data */
};

struct stellar__setting {
    enum stellar__source source;
    char *place; /* where it was last given, as the user knows it: "--port",
                  * "STELLAR_PORT", "a.json: line 3, column 5: servers.tcp.port". For a
                  * default this is its path */
    unsigned long long number;   /* for a number, switch (0, 1) or choice (0, 1, …) */
    struct stellar__text *items; /* for a list; other texts have one item, or none if
                                  * they are absent */
    size_t count;
};

#define STELLAR__SETTINGS_ERROR_MAX 2048

struct stellar__settings {
    struct stellar__setting all[STELLAR__OPTION_COUNT];
    char error[STELLAR__SETTINGS_ERROR_MAX];
};

/* Sets the defaults. Returns false if there is no memory. */
bool stellar__settings_init(struct stellar__settings *settings);
void stellar__settings_free(struct stellar__settings *settings);

/*
 * Sets a setting, or adds an item to a list. place says where the value was found, for
 * errors. The bytes are the value itself, without escapes.
 */
bool stellar__settings_set(struct stellar__settings *settings,
                           enum stellar__option option, enum stellar__source source,
                           const char *place, const char *data, size_t length);

/*
 * Like stellar__settings_set(), for a value as people write it: a delimiter may hold C
 * escapes, and a switch and a number are text. On the command line, where the option
 * can be repeated, this is one item of a list; elsewhere it is the whole list,
 * separated by commas.
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

/* Writes any other error into settings->error and returns false. */
bool stellar__settings_fail(struct stellar__settings *settings, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Checks the settings that must fit together, after all sources have been read.
 * Switches TLS on if certificate and key imply it, and decides whether the server
 * listens on a Unix socket or on an address.
 */
bool stellar__settings_validate(struct stellar__settings *settings);

/* If an error of the server library begins with a file's name, writes the place of the
 * file's setting in front of it. */
void stellar__settings_blame(const struct stellar__settings *settings, char *error,
                             size_t capacity);

/* Returns the text of a setting that has at most one, or NULL if it is absent. */
const char *stellar__settings_text(const struct stellar__settings *settings,
                                   enum stellar__option option);

/* Fills in the options of the server library. The strings still belong to the
 * settings. */
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
    enum stellar__command_option task; /* the last one; CONFIG: none, serve */
    enum stellar__help_form help;      /* for --help */
    const char *config;                /* points into argv, or NULL */
};

bool stellar__settings_read_command_line(struct stellar__settings *settings, int argc,
                                         char **argv,
                                         struct stellar__command_line *result);

/* environment ends in NULL, like environ. */
bool stellar__settings_read_environment(struct stellar__settings *settings,
                                        char *const *environment);
/* Returns the next entry that begins with STELLAR_ but names no setting, or NULL. */
char *const *stellar__environment_unknown(char *const *environment);

/* Reads all sources into new settings: sets the defaults first, and checks at the end
 * what must fit together. For a task that needs no settings only the command line is
 * read. The settings must be freed even if this fails. */
bool stellar__settings_read(struct stellar__settings *settings, int argc, char **argv,
                            struct stellar__command_line *line);

#define STELLAR__CONFIG_FILE_MAX ((size_t)1024 * 1024)
/* place says what names the file: "--config" or "STELLAR_CONFIG". */
bool stellar__settings_read_file(struct stellar__settings *settings, const char *place,
                                 const char *name);
/* name is only used in errors. */
bool stellar__settings_read_json(struct stellar__settings *settings, const char *name,
                                 const char *text, size_t length);

#endif
