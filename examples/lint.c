/*
 * Names each line that a server would refuse: lint [FILE...].
 *
 *     session.txt:3:8: A room is required (021)
 *       roomAdd
 *              ^
 *
 * Lines and columns count from 1; a column is a byte. Without a file, or where
 * one is called "-", it reads standard input. Exit status: 0 if every line is
 * understood, 1 if one is refused or the last one has no end, 2 if a file cannot be
 * read.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stellar/parser.h"

enum { FINE, REFUSED, UNREADABLE };

/* How much of a long line is shown: bytes before the caret, and in all. */
enum { SHOWN_BEFORE = 50, SHOWN = 76 };

struct text {
    char *bytes;
    size_t length;
};


/* Reads all of the file. Returns false, and sets errno, if that fails. */
static bool read_all(FILE *file, struct text *text)
{
    size_t capacity = 0;
    char *more;

    text->bytes = NULL;
    text->length = 0;
    do {
        if (text->length == capacity) {
            capacity = capacity > 0 ? 2 * capacity : 65536;
            more = realloc(text->bytes, capacity);
            if (more == NULL) {
                return false;
            }
            text->bytes = more;
        }
        text->length +=
            fread(text->bytes + text->length, 1, capacity - text->length, file);
    } while (!feof(file) && !ferror(file));
    return !ferror(file);
}


/* Returns how many lines end between two places. CR LF is one line end. */
static size_t count_line_ends(const char *from, const char *to)
{
    size_t count = 0;

    for (; from < to; from++) {
        if (*from == '\n' || (*from == '\r' && from[1] != '\n')) {
            count++;
        }
    }
    return count;
}


/* Returns how many bytes of valid UTF-8 are one character that a terminal may get, or 0
 * for a byte that it may not: it obeys control characters. */
static size_t printable(const char *at, const char *end)
{
    size_t length = 1;

    while (length < 4 && at + length < end && (at[length] & 0xc0) == 0x80) {
        length++;
    }
    if ((unsigned char)at[0] < ' ' || at[0] == 0x7f ||
        !stellar_utf8_check(at, length)) {
        return 0;
    }
    /* U+0080 to U+009F are control characters, too. */
    return (unsigned char)at[0] == 0xc2 && (unsigned char)at[1] < 0xa0 ? 0 : length;
}


/* Prints the line, or a part of it, and a caret below the byte in this column. */
static void show_line(const char *line, size_t length, size_t column)
{
    const char *at = line;
    const char *end = line + length;
    const char *error = line + column;
    int indent = 2;
    size_t size;

    if (column > SHOWN_BEFORE) {
        at = error - SHOWN_BEFORE;
        while (at < error && (*at & 0xc0) == 0x80) { /* inside a character */
            at++;
        }
    }
    if (end > at + SHOWN) {
        end = at + SHOWN;
    }
    printf("  ");
    while (at < end) {
        indent += at < error;
        size = printable(at, end);
        if (size > 0) {
            printf("%.*s", (int)size, at);
            at += size;
        } else {
            putchar('.');
            at++;
        }
    }
    printf("\n%*s^\n", indent, "");
}


/* What has been found in one file. */
struct report {
    const char *name;
    const struct text *text;
    const char *counted; /* the lines up to here are counted */
    size_t number;       /* of the line there, from 1 */
    int status;
};


static void report(struct report *report, const struct stellar_command *line,
                   const char *message, const char *code)
{
    const char *bytes = report->text->bytes + line->offset;
    size_t column = line->error.column;

    report->number += count_line_ends(report->counted, bytes);
    report->counted = bytes;
    report->status = REFUSED;
    printf("%s:%zu:%zu: %s (%s)\n", report->name, report->number, column + 1, message,
           code);
    show_line(bytes, line->length, column);
}


/* Reads the text as a server would. Returns FINE or REFUSED. */
static int lint(const char *name, const struct text *text,
                const struct stellar_framing *framing)
{
    /* All of the text is one piece, so only a last line without an end is kept here. */
    static char memory[STELLAR_MAX_DATA_LENGTH + STELLAR_DELIMITER_MAX];
    struct report found = {name, text, text->bytes, 1, FINE};
    struct stellar_parser parser;
    struct stellar_command command;
    enum stellar_result result;
    char message[STELLAR_ERROR_TEXT_MAX];
    uint64_t left;

    stellar_parser_init(&parser, framing);
    stellar_parser_set_memory(&parser, memory, sizeof memory);
    stellar_parser_feed(&parser, text->bytes, text->length);
    while ((result = stellar_parser_next(&parser, &command)) != STELLAR_MORE) {
        if (result == STELLAR_ERROR) {
            stellar_error_text(&command.error, message, sizeof message);
            report(&found, &command, message,
                   stellar_error_code_text(command.error.code));
        }
    }
    if (stellar_parser_unfinished(&parser, &left) != NULL) {
        memset(&command, 0, sizeof command);
        command.offset = text->length - left;
        command.length = (size_t)left;
        command.error.column = command.length;
        report(&found, &command, "A server waits for the end of this line",
               "unfinished");
    }
    return found.status;
}


/* Returns what main is to return for this file. */
static int lint_file(const char *name, const struct stellar_framing *framing)
{
    bool is_standard_input = strcmp(name, "-") == 0;
    FILE *file = is_standard_input ? stdin : fopen(name, "rb");
    struct text text = {NULL, 0};
    int status = UNREADABLE;

    if (file != NULL && read_all(file, &text)) {
        status = lint(name, &text, framing);
    } else {
        fprintf(stderr, "lint: %s: %s\n", name, strerror(errno));
    }
    free(text.bytes);
    if (file != NULL && !is_standard_input) {
        fclose(file);
    }
    return status;
}


int main(int argc, char **argv)
{
    struct stellar_framing framing;
    int worst = FINE;
    int i;

    stellar_framing_init(&framing);
    if (argc < 2) {
        worst = lint_file("-", &framing);
    }
    for (i = 1; i < argc; i++) {
        int status = lint_file(argv[i], &framing);

        worst = status > worst ? status : worst;
    }
    if (fflush(stdout) != 0) {
        fprintf(stderr, "lint: standard output: %s\n", strerror(errno));
        return UNREADABLE;
    }
    return worst;
}
