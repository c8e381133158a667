/* What stellard tells about itself on standard output, made from the table of options.
 * Whether the output could be written is the caller's to ask the stream. */
#ifndef STELLAR_STELLARD_HELP_H
#define STELLAR_STELLARD_HELP_H

#include <stdio.h>

#include "settings.h"

/* --help; or the options as a section of a manual page, in the man macros; or as tables
 * in Markdown. */
void stellar__print_help(enum stellar__help_form form, FILE *out);

/* The settings as a configuration file. Settings that read it are printed as the same
 * bytes again. */
void stellar__print_config(const struct stellar__settings *settings, FILE *out);

#endif
