/*
 * The configuration file, from memory. If a file is refused, there is an error of one
 * line that names the place. If a file is accepted, the settings are printed as a file
 * that is accepted again, means the same, and is printed as the same bytes.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "help.h"
#include "settings.h"

#define NAME "file.json"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);


static void check(bool good, const char *what, const char *shown)
{
    if (good) {
        return;
    }
    fprintf(stderr, "config: %s:\n%s\n", what, shown);
    abort();
}


/* An error is one line of valid UTF-8 without control characters, and is not cut. */
static void check_error(const char *error)
{
    const char *at;

    for (at = error; *at != '\0'; at++) {
        check((unsigned char)*at >= ' ' && *at != 0x7f, "not a line of text", error);
    }
    check(stellar_utf8_check(error, strlen(error)), "not UTF-8", error);
    check(at > error && (size_t)(at - error) < STELLAR__SETTINGS_ERROR_MAX - 1,
          "an error without words, or with too many", error);
}


/* An error within the file has a line of the file, and a column of that line or the one
 * after its last. */
static void check_place(const char *error, const uint8_t *data, size_t size)
{
    const uint8_t *end = data + size;
    const uint8_t *next;
    unsigned long line;
    unsigned long column;

    check(sscanf(error, NAME ": line %lu, column %lu: ", &line, &column) == 2,
          "no place", error);
    check(line >= 1 && column >= 1, "a place outside", error);
    for (; line > 1; line--) {
        next = data < end ? memchr(data, '\n', (size_t)(end - data)) : NULL;
        check(next != NULL, "a line outside", error);
        data = next + 1;
    }
    next = data < end ? memchr(data, '\n', (size_t)(end - data)) : NULL;
    if (next == NULL) {
        next = end;
    }
    check(column <= (size_t)(next - data) + 1, "a column outside", error);
}


/* A number has the value that the file says. */
static void check_numbers(const struct stellar__settings *settings, const char *text,
                          size_t size)
{
    char digits[24];
    size_t i;

    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        const struct stellar__setting *setting = &settings->all[i];

        if (stellar__options[i].type != STELLAR__NUMBER ||
            setting->source != STELLAR__FROM_FILE) {
            continue;
        }
        snprintf(digits, sizeof digits, "%llu", setting->number);
        check(memmem(text, size, digits, strlen(digits)) != NULL,
              "a number that is not there", digits);
    }
}


static void check_same(const struct stellar__settings *settings,
                       const struct stellar__settings *again, const char *text)
{
    size_t i;
    size_t j;

    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        const struct stellar__setting *one = &settings->all[i];
        const struct stellar__setting *other = &again->all[i];

        check(one->number == other->number && one->count == other->count,
              "what was printed is read otherwise", text);
        for (j = 0; j < one->count; j++) {
            check(one->items[j].length == other->items[j].length &&
                      memcmp(one->items[j].data, other->items[j].data,
                             one->items[j].length) == 0,
                  "a text that was printed is read otherwise", text);
        }
    }
}


static char *print(const struct stellar__settings *settings, size_t *length)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, length);

    check(out != NULL, "out of memory", "");
    stellar__print_config(settings, out);
    fclose(out);
    return text;
}


static void check_print(const struct stellar__settings *settings)
{
    struct stellar__settings again;
    size_t length;
    size_t length_again;
    char *text = print(settings, &length);
    char *text_again;

    check(stellar__settings_init(&again), "out of memory", "");
    check(stellar__settings_read_json(&again, NAME, text, length) &&
              stellar__settings_validate(&again),
          "what was printed is refused", again.error);
    check_same(settings, &again, text);
    text_again = print(&again, &length_again);
    check(length == length_again && memcmp(text, text_again, length) == 0,
          "what was printed is printed otherwise", text);
    stellar__settings_free(&again);
    free(text);
    free(text_again);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stellar__settings settings;
    struct stellar_server_options options;
    char *text = malloc(size > 0 ? size : 1);

    check(text != NULL && stellar__settings_init(&settings), "out of memory", "");
    memcpy(text, data, size);
    if (!stellar__settings_read_json(&settings, NAME, text, size)) {
        check_error(settings.error);
        check_place(settings.error, data, size);
    } else if (!stellar__settings_validate(&settings)) {
        check_error(settings.error);
        check_place(settings.error, data, size);
    } else {
        memset(&options, 0, sizeof options);
        stellar__settings_apply(&settings, &options);
        check(options.delimiter_length > 0 && options.threads > 0 &&
                  (options.bind_ip == NULL) != (options.unix_path == NULL),
              "no options for a server", text);
        check_numbers(&settings, text, size);
        check_print(&settings);
    }
    stellar__settings_free(&settings);
    free(text);
    return 0;
}
