/*
 * Implementation notes.
 *
 * A setting is "absent" if it has no items; numbers, switches and choices never are. A
 * list grows while items come from the same source, and starts again when a higher
 * source gives one. set() checks a value first, and only then whether the value counts.
 * So a bad value is refused even if a higher source overrules it.
 */
#include "settings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "values.h"

static bool is_list(enum stellar__option option)
{
    return stellar__options[option].type == STELLAR__ROOMS ||
           stellar__options[option].type == STELLAR__MODULES;
}


static void drop_items(struct stellar__setting *setting)
{
    size_t i;

    for (i = 0; i < setting->count; i++) {
        free(setting->items[i].data);
    }
    free(setting->items);
    setting->items = NULL;
    setting->count = 0;
}


bool stellar__settings_init(struct stellar__settings *settings)
{
    char written[STELLAR__OPTION_TEXT_MAX];
    size_t i;

    memset(settings, 0, sizeof *settings);
    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        const struct stellar__option_row *row = &stellar__options[i];

        if (stellar__option_default(row, written) &&
            !stellar__settings_set_written(settings, (enum stellar__option)i,
                                           STELLAR__FROM_DEFAULT, row->path, written)) {
            return false;
        }
    }
    return true;
}


void stellar__settings_free(struct stellar__settings *settings)
{
    size_t i;

    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        drop_items(&settings->all[i]);
        free(settings->all[i].place);
        settings->all[i].place = NULL;
    }
}


bool stellar__settings_fail(struct stellar__settings *settings, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(settings->error, sizeof settings->error, format, arguments);
    va_end(arguments);
    return false;
}


bool stellar__settings_refuse(struct stellar__settings *settings,
                              enum stellar__option option, const char *place,
                              const char *data, size_t length)
{
    char shown[80];
    char expected[160];

    stellar__escape(STELLAR__ESCAPE_PLAIN, data, length, shown, sizeof shown);
    stellar__value_expected(option, expected, sizeof expected);
    return stellar__settings_fail(settings, "%s: '%s': expected %s", place, shown,
                                  expected);
}


/* The bytes and the place are in one block. */
static bool append(struct stellar__setting *setting, const char *place,
                   const char *data, size_t length)
{
    size_t size = strlen(place) + 1;
    struct stellar__text *items =
        realloc(setting->items, (setting->count + 1) * sizeof *items);
    char *copy;

    if (items == NULL) {
        return false;
    }
    setting->items = items;
    copy = malloc(length + 1 + size);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, data, length);
    copy[length] = '\0';
    items[setting->count].data = copy;
    items[setting->count].length = length;
    items[setting->count].place = memcpy(copy + length + 1, place, size);
    setting->count++;
    return true;
}


static bool set_place(struct stellar__setting *setting, const char *place)
{
    char *copy = strdup(place);

    free(setting->place);
    setting->place = copy;
    return copy != NULL;
}


bool stellar__settings_set(struct stellar__settings *settings,
                           enum stellar__option option, enum stellar__source source,
                           const char *place, const char *data, size_t length)
{
    enum stellar__type type = stellar__options[option].type;
    struct stellar__setting *setting = &settings->all[option];
    unsigned long long number = 0;

    if (!stellar__value_check(option, data, length, &number)) {
        return stellar__settings_refuse(settings, option, place, data, length);
    }
    if (source < setting->source) {
        return true;
    }
    if (source > setting->source || !is_list(option)) {
        drop_items(setting);
    }
    setting->source = source;
    setting->number = number;
    if (!set_place(setting, place)) {
        return stellar__settings_fail(settings, "out of memory");
    }
    if (type == STELLAR__NUMBER || type == STELLAR__SWITCH || type == STELLAR__ALWAYS ||
        type == STELLAR__CHOICE) {
        return true;
    }
    return append(setting, place, data, length) ||
           stellar__settings_fail(settings, "out of memory");
}


static bool set_bytes(struct stellar__settings *settings, enum stellar__option option,
                      enum stellar__source source, const char *place, const char *text)
{
    char *bytes = malloc(strlen(text) + 1);
    size_t length = 0;
    bool good;

    if (bytes == NULL) {
        return stellar__settings_fail(settings, "out of memory");
    }
    if (stellar__value_unescape(text, bytes, &length)) {
        good = stellar__settings_set(settings, option, source, place, bytes, length);
    } else {
        good = stellar__settings_refuse(settings, option, place, text, strlen(text));
    }
    free(bytes);
    return good;
}


static bool set_list(struct stellar__settings *settings, enum stellar__option option,
                     enum stellar__source source, const char *place, const char *text)
{
    const char *end;

    stellar__settings_clear(settings, option, source);
    while (*text != '\0') {
        end = text + strcspn(text, ",");
        if (!stellar__settings_set(settings, option, source, place, text,
                                   (size_t)(end - text))) {
            return false;
        }
        if (end[0] == ',' && end[1] == '\0') {
            return stellar__settings_refuse(settings, option, place, "", 0);
        }
        text = *end == ',' ? end + 1 : end;
    }
    return true;
}


bool stellar__settings_set_written(struct stellar__settings *settings,
                                   enum stellar__option option,
                                   enum stellar__source source, const char *place,
                                   const char *text)
{
    if (stellar__options[option].type == STELLAR__BYTES) {
        return set_bytes(settings, option, source, place, text);
    }
    if (is_list(option) && source != STELLAR__FROM_COMMAND_LINE) {
        return set_list(settings, option, source, place, text);
    }
    return stellar__settings_set(settings, option, source, place, text, strlen(text));
}


void stellar__settings_clear(struct stellar__settings *settings,
                             enum stellar__option option, enum stellar__source source)
{
    struct stellar__setting *setting = &settings->all[option];

    if (source >= setting->source) {
        drop_items(setting);
        setting->source = source;
    }
}


const char *stellar__settings_text(const struct stellar__settings *settings,
                                   enum stellar__option option)
{
    const struct stellar__setting *setting = &settings->all[option];

    return setting->count == 0 ? NULL : setting->items[0].data;
}
