#include "settings.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* The value that getopt_long() returns for the first option; ':' and '?' must stay
 * free. */
enum { FIRST = 256 };


static void make_table(struct option *table)
{
    size_t i;

    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        const struct stellar__option_row *row = &stellar__options[i];

        if (row->name != NULL) {
            *table++ = (struct option){row->name,
                                       row->type == STELLAR__SWITCH ? optional_argument
                                                                    : required_argument,
                                       NULL, FIRST + (int)i};
        }
    }
    for (i = 0; i < STELLAR__COMMAND_COUNT; i++) {
        *table++ =
            (struct option){stellar__commands[i].name,
                            i == STELLAR__COMMAND_HELP              ? optional_argument
                            : stellar__commands[i].argument != NULL ? required_argument
                                                                    : no_argument,
                            NULL, FIRST + STELLAR__OPTION_COUNT + (int)i};
    }
    *table = (struct option){NULL, 0, NULL, 0};
}


static bool refuse_option(struct stellar__settings *settings, int returned, char **argv)
{
    int named = optopt - FIRST;
    const char *name = NULL;

    if (named >= STELLAR__OPTION_COUNT) {
        name = stellar__commands[named - STELLAR__OPTION_COUNT].name;
    } else if (named >= 0) {
        name = stellar__options[named].name;
    }
    if (name != NULL && returned == ':') {
        return stellar__settings_fail(settings, "--%s: expected an argument", name);
    }
    if (name != NULL) {
        return stellar__settings_fail(settings, "--%s: expected no argument", name);
    }
    if (optopt != 0) {
        return stellar__settings_fail(
            settings, "-%c: unknown option (known: stellard --help)", optopt);
    }
    return stellar__settings_fail(
        settings, "%s: unknown or ambiguous option (known: stellard --help)",
        argv[optind - 1]);
}


static bool take_command(struct stellar__settings *settings,
                         struct stellar__command_line *result,
                         enum stellar__command_option command, const char *argument)
{
    if (command == STELLAR__COMMAND_CONFIG) {
        result->config = argument;
        return true;
    }
    if (command == STELLAR__COMMAND_HELP && argument != NULL) {
        if (strcmp(argument, "man") == 0) {
            result->help = STELLAR__HELP_MANUAL;
        } else if (strcmp(argument, "markdown") == 0) {
            result->help = STELLAR__HELP_MARKDOWN;
        } else {
            return stellar__settings_fail(settings, "--help: expected no argument");
        }
    }
    result->task = command;
    return true;
}


bool stellar__settings_read_command_line(struct stellar__settings *settings, int argc,
                                         char **argv,
                                         struct stellar__command_line *result)
{
    struct option table[STELLAR__OPTION_COUNT + STELLAR__COMMAND_COUNT + 1];
    char place[64];
    int which;

    *result = (struct stellar__command_line){STELLAR__COMMAND_CONFIG,
                                             STELLAR__HELP_TEXT, NULL};
    make_table(table);
    opterr = 0;
    optind = 0; /* makes getopt_long() start over: a reload reads the line again */
    while ((which = getopt_long(argc, argv, ":", table, NULL)) != -1) {
        if (which < FIRST) {
            return refuse_option(settings, which, argv);
        }
        which -= FIRST;
        if (which >= STELLAR__OPTION_COUNT) {
            which -= STELLAR__OPTION_COUNT;
            if (!take_command(settings, result, (enum stellar__command_option)which,
                              optarg)) {
                return false;
            }
            continue;
        }
        snprintf(place, sizeof place, "--%s", stellar__options[which].name);
        if (!stellar__settings_set_written(settings, (enum stellar__option)which,
                                           STELLAR__FROM_COMMAND_LINE, place,
                                           optarg != NULL ? optarg : "true")) {
            return false;
        }
    }
    if (optind < argc) {
        return stellar__settings_fail(
            settings, "%s: unexpected argument (see stellard --help)", argv[optind]);
    }
    return true;
}
