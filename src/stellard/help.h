/* The texts that stellard prints about itself, made from the table of options. The
 * caller must check the stream for errors. */
#ifndef STELLAR_STELLARD_HELP_H
#define STELLAR_STELLARD_HELP_H

#include <stdio.h>

#include "settings.h"

/* --help; or the options as a section of a manual page, in the man macros; or as tables
 * in Markdown. */
void stellar__print_help(enum stellar__help_form form, FILE *out);

/* Prints the settings as a configuration file. If that file is read, the settings are
 * printed as the same bytes again. */
void stellar__print_config(const struct stellar__settings *settings, FILE *out);

#endif
