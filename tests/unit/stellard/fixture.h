/* Settings for one test. They are read from up to three sources, as in the daemon. */
#ifndef STELLARD_FIXTURE_H
#define STELLARD_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "settings.h"

/* Sources. Some may be absent (NULL). The arrays end in NULL. */
struct sources {
    char *arguments[12]; /* without the program's name */
    char *environment[12];
    const char *json;
};

static struct stellar__settings settings;


static inline int set_up(void **state)
{
    (void)state;
    return stellar__settings_init(&settings) ? 0 : -1;
}


static inline int tear_down(void **state)
{
    (void)state;
    stellar__settings_free(&settings);
    return 0;
}


static inline bool read_sources(const struct sources *sources)
{
    struct stellar__command_line line;
    char *argv[13] = {"stellard"};
    int argc = 1;

    while (sources->arguments[argc - 1] != NULL) {
        argv[argc] = sources->arguments[argc - 1];
        argc++;
    }
    return stellar__settings_read_command_line(&settings, argc, argv, &line) &&
           stellar__settings_read_environment(&settings, sources->environment) &&
           (sources->json == NULL ||
            stellar__settings_read_json(&settings, "file", sources->json,
                                        strlen(sources->json))) &&
           stellar__settings_validate(&settings);
}


/* A case is the sources that a test reads. */
#define READ(...)                                      \
    do {                                               \
        const struct sources sources_ = {__VA_ARGS__}; \
        if (!read_sources(&sources_)) {                \
            fail_msg("%s", settings.error);            \
        }                                              \
    } while (0)

#define REFUSED(text, ...)                             \
    do {                                               \
        const struct sources sources_ = {__VA_ARGS__}; \
        tear_down(NULL);                               \
        assert_int_equal(set_up(NULL), 0);             \
        assert_false(read_sources(&sources_));         \
        assert_string_equal(settings.error, text);     \
    } while (0)

#define NUMBER(option)  ((int)settings.all[STELLAR__OPTION_##option].number)
#define TEXT(option)    stellar__settings_text(&settings, STELLAR__OPTION_##option)
#define COUNT(option)   ((int)settings.all[STELLAR__OPTION_##option].count)
#define ITEM(option, n) settings.all[STELLAR__OPTION_##option].items[n].data

#endif
