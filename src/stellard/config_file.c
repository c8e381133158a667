/*
 * Implementation notes.
 *
 * The whole text is checked first, so the rest only walks valid JSON. Objects are
 * sections of the table's dotted paths. An object is walked with its path so far, and
 * each member is an option (its path is in the table), a section (a path in the table
 * begins with it) or unknown. All slices point into the text, so a place can be turned
 * into a line and a column.
 *
 * Recursion ends with the depth of the paths in the table.
 */
#include "settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paths.h"
#include "text.h"
#include "text_file.h"

#define PATH_MAX_LENGTH  128
#define PLACE_MAX_LENGTH 512

struct reader {
    struct stellar__settings *settings;
    const char *name;
    struct stellar_slice text;
    const char *counted; /* the byte that line and column belong to */
    unsigned long line;
    unsigned long column;
};


/* Writes "config.json: line 3, column 12"; columns count characters. Continues from the
 * last place that was written, so that a long list does not cost the square of its
 * length. */
static void write_place(struct reader *reader, const char *at, char *place,
                        size_t capacity)
{
    if (at < reader->counted) {
        reader->counted = reader->text.data;
        reader->line = 1;
        reader->column = 1;
    }
    for (; reader->counted < at; reader->counted++) {
        if (*reader->counted == '\n') {
            reader->line++;
            reader->column = 1;
        } else if (((unsigned char)*reader->counted & 0xc0) != 0x80) {
            reader->column++;
        }
    }
    snprintf(place, capacity, "%s: line %lu, column %lu", reader->name, reader->line,
             reader->column);
}


static bool fail_at(struct reader *reader, const char *at, const char *path,
                    const char *what)
{
    char place[PLACE_MAX_LENGTH];

    write_place(reader, at, place, sizeof place);
    return stellar__settings_fail(reader->settings, "%s: %s%s%s", place, path,
                                  path[0] == '\0' ? "" : ": ", what);
}


static bool fail_unknown(struct reader *reader, const char *at, const char *section,
                         const char *path)
{
    char known[1024];
    char what[1100];

    stellar__path_list(section, known, sizeof known);
    snprintf(what, sizeof what, "unknown key (known: %s)", known);
    return fail_at(reader, at, path, what);
}


/* Indexes an object or an array. The caller must free the tokens. */
static bool open_value(struct reader *reader, struct stellar_slice text,
                       struct stellar_params *params, struct stellar_token **tokens)
{
    size_t needed = stellar_params_open(params, text, NULL, 0);

    *tokens = calloc(needed > 0 ? needed : 1, sizeof **tokens);
    if (*tokens == NULL) {
        return stellar__settings_fail(reader->settings, "out of memory");
    }
    stellar_params_open(params, text, *tokens, needed);
    return true;
}


/* Sets an option to the inside of a JSON string. */
static bool set_string(struct reader *reader, enum stellar__option option,
                       const char *place, struct stellar_slice inside)
{
    char *plain = malloc(inside.length + 1);
    size_t length;
    bool good;

    if (plain == NULL) {
        return stellar__settings_fail(reader->settings, "out of memory");
    }
    length = stellar_json_unescape(inside, plain, inside.length);
    good = stellar__settings_set(reader->settings, option, STELLAR__FROM_FILE, place,
                                 plain, length);
    free(plain);
    return good;
}


static bool refuse_value(struct reader *reader, enum stellar__option option,
                         const char *place, struct stellar_value value)
{
    return stellar__settings_refuse(reader->settings, option, place, value.text.data,
                                    value.text.length);
}


static bool is_empty_object(struct stellar_value value)
{
    size_t i;

    if (value.type != STELLAR_JSON_OBJECT) {
        return false;
    }
    for (i = 1; i + 1 < value.text.length; i++) {
        if (strchr(" \t\r\n", value.text.data[i]) == NULL) {
            return false;
        }
    }
    return true;
}


/* Adds one item to a list. It is a string, or, in startingChatRooms, a key whose value
 * is an empty object. */
static bool set_item(struct reader *reader, enum stellar__option option,
                     const char *path, struct stellar_slice key,
                     struct stellar_value value)
{
    const char *at = key.data != NULL ? key.data - 1 : value.text.data;
    char where[PLACE_MAX_LENGTH];
    char place[PLACE_MAX_LENGTH + PATH_MAX_LENGTH];
    struct stellar_slice inside;

    write_place(reader, at, where, sizeof where);
    snprintf(place, sizeof place, "%s: %s", where, path);
    if (key.data != NULL) {
        return is_empty_object(value)
                   ? set_string(reader, option, place, key)
                   : stellar__settings_fail(reader->settings,
                                            "%s: expected an empty object, {}, for "
                                            "each room",
                                            place);
    }
    return stellar_value_string(value, &inside)
               ? set_string(reader, option, place, inside)
               : refuse_value(reader, option, place, value);
}


static bool set_items(struct reader *reader, enum stellar__option option,
                      const char *path, struct stellar_value list)
{
    struct stellar_params params;
    struct stellar_token *tokens;
    struct stellar_slice key;
    struct stellar_value value;
    bool good = true;

    if (!open_value(reader, list.text, &params, &tokens)) {
        return false;
    }
    stellar__settings_clear(reader->settings, option, STELLAR__FROM_FILE);
    while (good && stellar_params_next(&params, &key, &value)) {
        good = set_item(reader, option, path, key, value);
    }
    free(tokens);
    return good;
}


static bool fits_type(enum stellar__option option, enum stellar_json_type type)
{
    char written[STELLAR__OPTION_TEXT_MAX];
    const struct stellar__option_row *row = &stellar__options[option];

    switch (row->type) {
    case STELLAR__NUMBER:
        return type == STELLAR_JSON_NUMBER;
    case STELLAR__SWITCH:
    case STELLAR__ALWAYS:
        return type == STELLAR_JSON_BOOLEAN;
    case STELLAR__ROOMS:
        return type == STELLAR_JSON_OBJECT || type == STELLAR_JSON_ARRAY;
    case STELLAR__MODULES:
        return type == STELLAR_JSON_ARRAY;
    default:
        return type == STELLAR_JSON_STRING ||
               (type == STELLAR_JSON_NULL && !stellar__option_default(row, written));
    }
}


static bool set_option(struct reader *reader, enum stellar__option option,
                       struct stellar_value value)
{
    const char *path = stellar__options[option].path;
    char where[PLACE_MAX_LENGTH];
    char place[PLACE_MAX_LENGTH + PATH_MAX_LENGTH];
    struct stellar_slice inside;

    write_place(reader, value.text.data, where, sizeof where);
    snprintf(place, sizeof place, "%s: %s", where, path);
    if (!fits_type(option, value.type)) {
        return refuse_value(reader, option, place, value);
    }
    switch (value.type) {
    case STELLAR_JSON_NULL:
        stellar__settings_clear(reader->settings, option, STELLAR__FROM_FILE);
        return true;
    case STELLAR_JSON_STRING:
        stellar_value_string(value, &inside);
        return set_string(reader, option, place, inside);
    case STELLAR_JSON_ARRAY:
    case STELLAR_JSON_OBJECT:
        return set_items(reader, option, path, value);
    default:
        return stellar__settings_set(reader->settings, option, STELLAR__FROM_FILE,
                                     place, value.text.data, value.text.length);
    }
}


/* Writes section.key. If it is longer than any path in the table, it is cut, and so it
 * is unknown. */
static void join_path(const char *section, struct stellar_slice key, char *path)
{
    char plain[PATH_MAX_LENGTH];
    size_t length = stellar_json_unescape(key, plain, sizeof plain);
    int used =
        snprintf(path, PATH_MAX_LENGTH, "%s%s", section, section[0] == '\0' ? "" : ".");

    if (length > sizeof plain) {
        length = sizeof plain;
    }
    stellar__escape(STELLAR__ESCAPE_PLAIN, plain, length, path + used,
                    PATH_MAX_LENGTH - (size_t)used);
}


static bool read_section(struct reader *reader, const char *section,
                         struct stellar_slice text);


/* The section's params are still needed to find duplicates: find() returns the last
 * one, so the first one shows that there are more. */
static bool read_member(struct reader *reader, const char *section,
                        const struct stellar_params *params, struct stellar_slice key,
                        struct stellar_value value)
{
    char path[PATH_MAX_LENGTH];
    enum stellar__option option = STELLAR__OPTION_enable;
    struct stellar_value last;
    const char *name;
    bool is_option;

    join_path(section, key, path);
    name = path + (section[0] == '\0' ? 0 : strlen(section) + 1);
    is_option = stellar__path_find(path, &option);
    /* A dot inside a key must not be taken for a dot between two keys. */
    if (strchr(name, '.') != NULL || (!is_option && !stellar__path_is_section(path))) {
        return fail_unknown(reader, key.data - 1, section, path);
    }
    if (stellar_params_find(params, name, strlen(name), &last) &&
        last.text.data != value.text.data) {
        return fail_at(reader, last.text.data, path, "expected only once");
    }
    if (is_option) {
        return set_option(reader, option, value);
    }
    if (value.type != STELLAR_JSON_OBJECT) {
        return fail_at(reader, value.text.data, path, "expected an object");
    }
    return read_section(reader, path, value.text);
}


static bool read_section(struct reader *reader, const char *section,
                         struct stellar_slice text)
{
    struct stellar_params params;
    struct stellar_token *tokens;
    struct stellar_slice key;
    struct stellar_value value;
    bool good = true;

    if (!open_value(reader, text, &params, &tokens)) {
        return false;
    }
    while (good && stellar_params_next(&params, &key, &value)) {
        good = read_member(reader, section, &params, key, value);
    }
    free(tokens);
    return good;
}


bool stellar__settings_read_json(struct stellar__settings *settings, const char *name,
                                 const char *text, size_t length)
{
    struct reader reader = {settings, name, {text, length}, text, 1, 1};
    struct stellar_error error;
    char what[160];
    size_t blank = 0;

    if (!stellar_json_check(text, length, &error)) {
        snprintf(what, sizeof what, "%s: expected %s",
                 error.code == STELLAR_E_INVALID_UTF8 ? "invalid UTF-8"
                                                      : "invalid JSON",
                 error.expected);
        return fail_at(&reader, text + error.column, "", what);
    }
    while (strchr(" \t\r\n", text[blank]) != NULL) {
        blank++;
    }
    if (text[blank] != '{') {
        return fail_at(&reader, text + blank, "", "expected an object");
    }
    return read_section(&reader, "",
                        (struct stellar_slice){text + blank, length - blank});
}


bool stellar__settings_read_file(struct stellar__settings *settings, const char *place,
                                 const char *name)
{
    struct stellar__text_file file;
    char fault[128];
    bool good;

    if (name[0] == '\0') {
        return stellar__settings_fail(settings, "%s: '': expected the path of a file",
                                      place);
    }
    switch (stellar__text_file_read(&file, NULL, name, STELLAR__CONFIG_FILE_MAX, fault,
                                    sizeof fault)) {
    case 0:
        good = stellar__settings_read_json(settings, name, file.text, file.length);
        stellar__text_file_release(&file, NULL);
        return good;
    case STELLAR_ERR_NO_MEMORY:
        return stellar__settings_fail(settings, "out of memory");
    default:
        return stellar__settings_fail(settings, "%s: '%s': %s", place, name, fault);
    }
}
