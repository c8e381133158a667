#include "requests.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"
#include "tell.h"
#include "text_file.h"

#define LARGEST_FILE ((size_t)16 << 20)
#define LARGEST_TEXT ((size_t)256 << 20)

/* Lines as they were given, before they are prepared. Slices of one block of memory. */
struct lines {
    char *memory;
    size_t length;
    const char **begin;
    size_t *size;
    size_t count;
};


static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *memory = malloc(LARGEST_FILE + 1);

    if (file == NULL || memory == NULL) {
        stellar__bench_tell("%s: %s", path, strerror(errno));
    } else {
        *length = fread(memory, 1, LARGEST_FILE + 1, file);
        if (ferror(file)) {
            stellar__bench_tell("%s: %s", path, strerror(errno));
        } else if (*length > LARGEST_FILE) {
            stellar__bench_tell("%s: expected 16 MiB at most", path);
        } else {
            fclose(file);
            return memory;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    free(memory);
    return NULL;
}


static char *join_words(char *const *words, size_t count, size_t *length)
{
    char *memory;
    size_t size = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        size += strlen(words[i]) + 1;
    }
    memory = malloc(size + 1); /* there may be no words */
    if (memory == NULL) {
        stellar__bench_tell("%s", strerror(errno));
        return NULL;
    }
    *length = 0;
    for (i = 0; i < count; i++) {
        size = strlen(words[i]);
        memcpy(memory + *length, words[i], size);
        *length += size;
        memory[(*length)++] = ' ';
    }
    *length -= 1;
    return memory;
}


/* Empty lines are left out, because a server that ignores them never answers. A byte
 * order mark at the beginning is left out, too: editors write it, and it does not
 * belong to a request. */
static bool cut(struct lines *lines)
{
    const char *end = lines->memory + lines->length;
    const char *first =
        lines->memory + stellar__text_mark_length(lines->memory, lines->length);
    const char *begin;
    const char *stop;
    const char *next;
    size_t length;
    size_t most = 1;

    for (begin = first; begin < end; begin++) {
        most += *begin == '\n';
    }
    lines->begin = malloc(most * sizeof *lines->begin);
    lines->size = malloc(most * sizeof *lines->size);
    if (lines->begin == NULL || lines->size == NULL) {
        stellar__bench_tell("%s", strerror(errno));
        return false;
    }
    for (begin = first; begin < end; begin = next) {
        stop = memchr(begin, '\n', (size_t)(end - begin));
        next = stop != NULL ? stop + 1 : end;
        length = (size_t)((stop != NULL ? stop : end) - begin);
        if (length > 0 && begin[length - 1] == '\r') {
            length--;
        }
        if (length == 0) {
            continue;
        }
        lines->begin[lines->count] = begin;
        lines->size[lines->count++] = length;
    }
    if (lines->count == 0) {
        stellar__bench_tell("expected a request that is not empty");
    }
    return lines->count > 0;
}


static bool lay_out(struct stellar__requests *requests, const struct lines *lines,
                    const struct stellar__bench_options *options)
{
    size_t total = lines->count + options->pipeline;
    size_t end_length = options->request_end.length;
    size_t size = 0;
    size_t line;
    size_t i;

    for (i = 0; i < total && size <= LARGEST_TEXT; i++) {
        size += lines->size[i % lines->count] + end_length;
    }
    if (size > LARGEST_TEXT) {
        stellar__bench_tell("the requests to have ready exceed 256 MiB: expected "
                            "shorter ones or a smaller --pipeline");
        return false;
    }
    requests->text = malloc(size + 1);
    requests->at = malloc((total + 1) * sizeof *requests->at);
    if (requests->text == NULL || requests->at == NULL) {
        stellar__bench_tell("%s", strerror(errno));
        return false;
    }
    requests->count = lines->count;
    size = 0;
    for (i = 0; i < total; i++) {
        line = i % lines->count;
        requests->at[i] = size;
        memcpy(requests->text + size, lines->begin[line], lines->size[line]);
        size += lines->size[line];
        memcpy(requests->text + size, options->request_end.data, end_length);
        size += end_length;
    }
    requests->at[total] = size;
    return true;
}


bool stellar__requests_prepare(struct stellar__requests *requests,
                               const struct stellar__bench_options *options)
{
    struct lines lines = {NULL, 0, NULL, NULL, 0};
    bool done;

    lines.memory = options->file != NULL
                       ? read_file(options->file, &lines.length)
                       : join_words(options->words, options->word_count, &lines.length);
    done = lines.memory != NULL && cut(&lines) && lay_out(requests, &lines, options);
    free(lines.size);
    free(lines.begin);
    free(lines.memory);
    return done;
}


void stellar__requests_release(struct stellar__requests *requests)
{
    free(requests->text);
    free(requests->at);
}
