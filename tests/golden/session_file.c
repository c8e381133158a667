#include "session_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>


void bytes_append(struct bytes *bytes, const char *data, size_t length)
{
    size_t needed = bytes->length + length + 1;

    if (needed > bytes->capacity) {
        bytes->capacity = 2 * needed;
        bytes->data = realloc(bytes->data, bytes->capacity);
    }
    if (bytes->data == NULL) {
        abort();
    }
    if (length > 0) {
        memcpy(bytes->data + bytes->length, data, length);
    }
    bytes->length += length;
    bytes->data[bytes->length] = '\0';
}


static void refuse(const struct session_file *file, size_t number, const char *why)
{
    fprintf(stderr, "%s:%zu: %s\n", file->path, number, why);
    exit(2);
}


/* Reads \*N(bytes). Returns its end, or NULL. */
static const char *repeat(struct bytes *out, const char *at, const char *end);


/* Appends the meaning of text. Returns false if it has an invalid escape. */
static bool unescape(struct bytes *out, const char *at, const char *end)
{
    static const char letters[] = "rnt0\\";
    static const char meanings[] = "\r\n\t\0\\";

    bytes_append(out, "", 0);
    while (at != NULL && at != end) {
        const char *letter;
        char hex[3] = {0};
        char byte;

        if (*at != '\\') {
            bytes_append(out, at++, 1);
        } else if (end - at >= 2 && (letter = strchr(letters, at[1])) != NULL) {
            bytes_append(out, &meanings[letter - letters], 1);
            at += 2;
        } else if (end - at >= 4 && at[1] == 'x') {
            memcpy(hex, at + 2, 2);
            byte = (char)strtoul(hex, NULL, 16);
            bytes_append(out, &byte, 1);
            at += 4;
        } else if (end - at >= 2 && at[1] == '*') {
            at = repeat(out, at + 2, end);
        } else {
            return false;
        }
    }
    return at != NULL;
}


static const char *repeat(struct bytes *out, const char *at, const char *end)
{
    struct bytes once = {0};
    char *open;
    unsigned long count = strtoul(at, &open, 10);
    const char *close = memchr(at, ')', (size_t)(end - at));
    bool valid = *open == '(' && close != NULL && unescape(&once, open + 1, close);

    while (valid && count-- > 0) {
        bytes_append(out, once.data, once.length);
    }
    free(once.data);
    return valid ? close + 1 : NULL;
}


static void read_header(struct session_file *file, size_t number, const char *line)
{
    const char *at = strchr(line, ' ');
    size_t name = at != NULL ? (size_t)(at - line) : 0;

    if (name == strlen("@end") && memcmp(line, "@end", name) == 0) {
        file->line_end.length = 0;
        if (!unescape(&file->line_end, at + 1, at + strlen(at))) {
            refuse(file, number, "a wrong escape");
        }
    } else if (name == strlen("@skip") && memcmp(line, "@skip", name) == 0) {
        strncat(file->skipped, at, sizeof file->skipped - strlen(file->skipped) - 2);
        strcat(file->skipped, " ");
    } else if (name == strlen("@options") && memcmp(line, "@options", name) == 0) {
        while (at != NULL && file->option_count < 16) {
            const char *next = strchr(at + 1, ' ');
            const char *end = next != NULL ? next : at + strlen(at);

            if (!unescape(&file->options[file->option_count++], at + 1, end)) {
                refuse(file, number, "a wrong escape");
            }
            at = next;
        }
    } else {
        refuse(file, number, "an unknown header");
    }
}


/* Reads the part after the client's name. */
static void read_sign(const struct session_file *file, struct step *step,
                      const char *at)
{
    static const struct {
        const char *sign;
        enum step_kind kind;
        bool is_word;
        bool is_escaped;
    } signs[] = {
        {">end", STEP_HALF_CLOSE, true, false}, {">close", STEP_CLOSE, true, false},
        {">reset", STEP_CLOSE, true, false},    {"<end", STEP_END, true, false},
        {">>", STEP_SEND, false, true},         {"<<", STEP_BYTES, false, true},
        {"<~", STEP_UNORDERED, false, false},   {">", STEP_SEND, false, false},
        {"<", STEP_LINE, false, false},
    };
    size_t i;

    for (i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t length = strlen(signs[i].sign);
        const char *text = at + length + 1;

        if (strncmp(at, signs[i].sign, length) != 0 ||
            (at[length] != '\0' && (signs[i].is_word || at[length] != ' '))) {
            continue;
        }
        step->kind = signs[i].kind;
        if (at[length] == '\0') {
            text = at + length;
        }
        if (!signs[i].is_escaped) {
            bytes_append(&step->text, text, strlen(text));
        } else if (!unescape(&step->text, text, text + strlen(text))) {
            refuse(file, step->number, "a wrong escape");
        }
        if (step->kind == STEP_SEND && !signs[i].is_escaped) {
            bytes_append(&step->text, file->line_end.data, file->line_end.length);
        }
        return;
    }
    refuse(file, step->number, "not a line of a session");
}


static void read_step(struct session_file *file, size_t number, const char *line)
{
    struct step *step;
    size_t name = strcspn(line, "<>");

    file->steps = realloc(file->steps, (file->step_count + 1) * sizeof *file->steps);
    if (file->steps == NULL) {
        abort();
    }
    step = &file->steps[file->step_count++];
    memset(step, 0, sizeof *step);
    step->number = number;
    if (name >= sizeof step->client) {
        refuse(file, number, "not a line of a session");
    }
    memcpy(step->client, line, name);
    read_sign(file, step, line + name);
}


void session_file_read(struct session_file *file, const char *path)
{
    FILE *stream = fopen(path, "r");
    char *line = NULL;
    size_t capacity = 0;
    size_t number = 0;
    ssize_t length;

    memset(file, 0, sizeof *file);
    file->path = path;
    bytes_append(&file->line_end, "\r\n", 2);
    if (stream == NULL) {
        refuse(file, 0, "cannot be opened");
    }
    while ((length = getline(&line, &capacity, stream)) >= 0) {
        number++;
        if (length > 0 && line[length - 1] == '\n') {
            line[length - 1] = '\0';
        }
        if (line[0] == '@') {
            read_header(file, number, line);
        } else if (line[0] != '\0' && line[0] != '#') {
            read_step(file, number, line);
        }
    }
    free(line);
    fclose(stream);
    if (file->step_count == 0) {
        refuse(file, number, "no steps");
    }
}


void session_file_free(struct session_file *file)
{
    size_t i;

    for (i = 0; i < file->step_count; i++) {
        free(file->steps[i].text.data);
    }
    for (i = 0; i < file->option_count; i++) {
        free(file->options[i].data);
    }
    free(file->steps);
    free(file->line_end.data);
}


bool session_file_skips(const struct session_file *file, const char *mode)
{
    char word[32];

    snprintf(word, sizeof word, " %s ", mode);
    return strstr(file->skipped, word) != NULL;
}
