#include "help.h"

#include <string.h>

#include "text.h"
#include "values.h"


/* Writes "--set-keep-alive[=false]", "--port N" and so on. */
static void write_option(FILE *out, const struct stellar__option_row *row)
{
    fprintf(out, "--%s%s%s", row->name,
            row->type == STELLAR__SWITCH ? "[=true|false]" : " ",
            row->type == STELLAR__SWITCH ? "" : row->argument);
}


static void print_text(FILE *out)
{
    char text[STELLAR__OPTION_TEXT_MAX];
    size_t i;

    fputs(
        "Usage: stellard [OPTION]...\n"
        "Serves the TCP protocol of the Stellar framework.\n\n"
        "An option wins over the environment, the environment over the file, the file\n"
        "over the default. Below, each option is followed by its place in the file.\n",
        out);
    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        const struct stellar__option_row *row = &stellar__options[i];

        if (row->name != NULL) {
            fputs("\n  ", out);
            write_option(out, row);
            stellar__option_variable(row, text);
            fprintf(out, "  (%s, %s)\n      %s", row->path, text, row->description);
            if (stellar__option_default(row, text) && text[0] != '\0') {
                fprintf(out, " [%s]", text);
            }
            fputc('\n', out);
        }
    }
    for (i = 0; i < STELLAR__COMMAND_COUNT; i++) {
        const struct stellar__command_row *row = &stellar__commands[i];

        fprintf(out, "\n  --%s%s%s%s\n      %s\n", row->name,
                row->argument != NULL ? " " : "",
                row->argument != NULL ? row->argument : "",
                i == STELLAR__COMMAND_CONFIG ? "  (STELLAR_CONFIG)" : "",
                row->description);
    }
}


/* troff reads a backslash as a command, a hyphen as a typographic one, and a dot or a
 * quote at the start of a line as a request. */
static void write_troff(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\\') {
            fputs("\\e", out);
        } else if (*text == '-') {
            fputs("\\-", out);
        } else {
            fputc(*text, out);
        }
    }
}


static void write_troff_option(FILE *out, const char *name, const char *argument)
{
    fputs(".TP\n.B \\-\\-", out);
    write_troff(out, name);
    if (argument != NULL) {
        fputs(argument[0] == '[' ? "" : " ", out);
        write_troff(out, argument);
    }
    fputc('\n', out);
}


static void print_manual(FILE *out)
{
    char text[STELLAR__OPTION_TEXT_MAX];
    size_t i;

    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        const struct stellar__option_row *row = &stellar__options[i];

        if (row->name == NULL) {
            fprintf(out, ".TP\n.I %s\n", row->path);
            write_troff(out, row->description);
            fputs(". In the file only.\n", out);
            continue;
        }
        write_troff_option(out, row->name,
                           row->type == STELLAR__SWITCH ? "[=true|false]"
                                                        : row->argument);
        write_troff(out, row->description);
        if (row->type == STELLAR__NUMBER) {
            fprintf(out, ". From %llu to %llu", row->least, row->most);
        }
        if (stellar__option_default(row, text) && text[0] != '\0') {
            fputs(". Default: ", out);
            write_troff(out, text);
        }
        stellar__option_variable(row, text);
        fprintf(out, ".\n.br\nFile: %s. Environment: %s.\n", row->path, text);
    }
    for (i = 0; i < STELLAR__COMMAND_COUNT; i++) {
        write_troff_option(out, stellar__commands[i].name,
                           stellar__commands[i].argument);
        write_troff(out, stellar__commands[i].description);
        fputs(i == STELLAR__COMMAND_CONFIG ? ". Environment: STELLAR_CONFIG.\n" : ".\n",
              out);
    }
}


/* In a table a bar ends a cell, also inside of code. Elsewhere a backslash is written
 * twice. */
static void write_markdown(FILE *out, const char *text, bool is_code)
{
    const char *mark = is_code && text[0] != '\0' ? "`" : "";

    fputs(mark, out);
    for (; *text != '\0'; text++) {
        if (*text == '|' || (*text == '\\' && !is_code)) {
            fputc('\\', out);
        }
        fputc(*text, out);
    }
    fputs(mark, out);
}


static void print_markdown(FILE *out)
{
    char text[256];
    size_t i;

    fputs("| option | default | value | SIGHUP | what it is | in the file |\n"
          "|---|---|---|---|---|---|\n",
          out);
    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        const struct stellar__option_row *row = &stellar__options[i];

        fputs("| ", out);
        if (row->name != NULL) {
            snprintf(text, sizeof text, "--%s%s%s", row->name,
                     row->argument != NULL ? " " : "",
                     row->argument != NULL ? row->argument : "");
            write_markdown(out, text, true);
        }
        fputs(" | ", out);
        stellar__option_default(row, text);
        write_markdown(out, text, true);
        fputs(" | ", out);
        stellar__value_expected((enum stellar__option)i, text, sizeof text);
        write_markdown(out, text, false);
        fputs(row->needs_restart ? " | restart | " : " | changes | ", out);
        write_markdown(out, row->description, false);
        fprintf(out, " | `%s` |\n", row->path);
    }
    fputs("\n| on the command line only | what it does |\n|---|---|\n", out);
    for (i = 0; i < STELLAR__COMMAND_COUNT; i++) {
        fprintf(out, "| `--%s%s%s` | ", stellar__commands[i].name,
                stellar__commands[i].argument != NULL ? " " : "",
                stellar__commands[i].argument != NULL ? stellar__commands[i].argument
                                                      : "");
        write_markdown(out, stellar__commands[i].description, false);
        fputs(" |\n", out);
    }
}


void stellar__print_help(enum stellar__help_form form, FILE *out)
{
    switch (form) {
    case STELLAR__HELP_TEXT:
        print_text(out);
        break;
    case STELLAR__HELP_MANUAL:
        print_manual(out);
        break;
    case STELLAR__HELP_MARKDOWN:
        print_markdown(out);
        break;
    }
}


static void write_string(FILE *out, const struct stellar__text *text)
{
    char one[STELLAR__ESCAPED_MAX];
    size_t at;
    size_t size;

    fputc('"', out);
    for (at = 0; at < text->length; fwrite(one, 1, size, out)) {
        at += stellar__escape_one(STELLAR__ESCAPE_JSON, text->data + at,
                                  text->length - at, one, &size);
    }
    fputc('"', out);
}


static void write_items(FILE *out, const struct stellar__setting *setting, bool object)
{
    size_t i;

    fputc(object ? '{' : '[', out);
    for (i = 0; i < setting->count; i++) {
        fputs(i == 0 ? "" : ", ", out);
        write_string(out, &setting->items[i]);
        fputs(object ? ": {}" : "", out);
    }
    fputc(object ? '}' : ']', out);
}


static void write_value(FILE *out, const struct stellar__option_row *row,
                        const struct stellar__setting *setting)
{
    struct stellar_slice word;

    switch (row->type) {
    case STELLAR__NUMBER:
        fprintf(out, "%llu", setting->number);
        break;
    case STELLAR__SWITCH:
        fputs(setting->number != 0 ? "true" : "false", out);
        break;
    case STELLAR__ALWAYS:
        fputs("true", out);
        break;
    case STELLAR__CHOICE:
        word = stellar__choice_word(row->argument, setting->number);
        fprintf(out, "\"%.*s\"", (int)word.length, word.data);
        break;
    case STELLAR__ROOMS:
        write_items(out, setting, true);
        break;
    case STELLAR__MODULES:
        write_items(out, setting, false);
        break;
    default:
        if (setting->count == 0) {
            fputs("null", out);
        } else {
            write_string(out, &setting->items[0]);
        }
        break;
    }
}


static void indent(FILE *out, int depth)
{
    fprintf(out, "\n%*s", depth * 2, "");
}


/* Returns how many bytes of two paths are their common sections, with the last dot. */
static size_t shared_sections(const char *a, const char *b)
{
    size_t shared = 0;
    size_t i;

    for (i = 0; a[i] != '\0' && a[i] == b[i]; i++) {
        if (a[i] == '.') {
            shared = i + 1;
        }
    }
    return shared;
}


static int count_dots(const char *text)
{
    int dots = 0;

    for (; *text != '\0'; text++) {
        dots += *text == '.' ? 1 : 0;
    }
    return dots;
}


/* Between two rows, the sections that end are closed and the sections that begin are
 * opened. */
void stellar__print_config(const struct stellar__settings *settings, FILE *out)
{
    const char *previous = "";
    int depth = 1;
    size_t i;

    fputc('{', out);
    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        const struct stellar__option_row *row = &stellar__options[i];
        const char *name = row->path + shared_sections(previous, row->path);
        int shared_depth = count_dots(row->path) - count_dots(name) + 1;

        while (depth > shared_depth) {
            indent(out, --depth);
            fputc('}', out);
        }
        fputs(i == 0 ? "" : ",", out);
        for (; strchr(name, '.') != NULL; name = strchr(name, '.') + 1) {
            indent(out, depth++);
            fprintf(out, "\"%.*s\": {", (int)strcspn(name, "."), name);
        }
        indent(out, depth);
        fprintf(out, "\"%s\": ", name);
        write_value(out, row, &settings->all[i]);
        previous = row->path;
    }
    while (depth > 0) {
        indent(out, --depth);
        fputc('}', out);
    }
    fputc('\n', out);
}
