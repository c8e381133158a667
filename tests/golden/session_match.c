#include "session_match.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GROUPS_MAX 64

static const struct {
    const char *kind;
    const char *expression;
    size_t groups;
} placeholders[] = {
    {"id", "([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})", 1},
    {"ms", "([0-9]{13})", 1},
    {"int", "(-?[0-9]+)", 1},
    {"number", "(-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?)", 3},
    {"ip", "([0-9a-f.:]*)", 1},
    {"port", "([0-9]+)", 1},
    {"text", "(([^\"\\\\]|\\\\.)*)", 2},
};

/* A regular expression made from an expected line. */
struct pattern {
    struct bytes text;
    size_t groups; /* so far */
    struct {
        char name[32];
        size_t group;
    } named[CAPTURES_MAX];
    size_t named_count;
};


void captures_free(struct captures *captures)
{
    while (captures->count > 0) {
        free(captures->list[--captures->count].value.data);
    }
}


static const struct bytes *find_capture(const struct captures *captures,
                                        const char *name)
{
    size_t i;

    for (i = 0; i < captures->count; i++) {
        if (strcmp(captures->list[i].name, name) == 0) {
            return &captures->list[i].value;
        }
    }
    return NULL;
}


static void add_literal(struct pattern *pattern, const char *text, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        if (strchr("\\^$.[]|()*+?{}", text[i]) != NULL) {
            bytes_append(&pattern->text, "\\", 1);
        }
        bytes_append(&pattern->text, text + i, 1);
    }
}


/* If there is a placeholder at text, adds it and returns its length; otherwise returns
 * 0. */
static size_t add_placeholder(struct pattern *pattern, const char *text,
                              const struct captures *captures)
{
    size_t i;

    for (i = 0; i < sizeof placeholders / sizeof placeholders[0]; i++) {
        size_t length = strlen(placeholders[i].kind);
        const char *rest = text + 1 + length;
        char name[32] = "";
        const struct bytes *known;

        if (strncmp(text + 1, placeholders[i].kind, length) != 0) {
            continue;
        }
        if (*rest == ':') {
            sscanf(rest + 1, "%31[a-z0-9]", name);
        }
        rest += name[0] != '\0' ? 1 + strlen(name) : 0;
        if (*rest != '}') {
            continue;
        }
        known = name[0] != '\0' ? find_capture(captures, name) : NULL;
        if (known != NULL) {
            add_literal(pattern, known->data, known->length);
        } else {
            if (name[0] != '\0') {
                memcpy(pattern->named[pattern->named_count].name, name, sizeof name);
                pattern->named[pattern->named_count++].group = pattern->groups + 1;
            }
            bytes_append(&pattern->text, placeholders[i].expression,
                         strlen(placeholders[i].expression));
            pattern->groups += placeholders[i].groups;
        }
        return (size_t)(rest + 1 - text);
    }
    return 0;
}


static void make_pattern(struct pattern *pattern, const struct bytes *expected,
                         const struct captures *captures)
{
    size_t at = 0;

    memset(pattern, 0, sizeof *pattern);
    bytes_append(&pattern->text, "^", 1);
    while (at < expected->length) {
        size_t length = 0;

        if (expected->data[at] == '{') {
            length = add_placeholder(pattern, expected->data + at, captures);
        }
        if (length == 0) {
            add_literal(pattern, expected->data + at, 1);
            length = 1;
        }
        at += length;
    }
    bytes_append(&pattern->text, "$", 1);
}


/* Adds the values of the names. Returns false if one name has two values. */
static bool capture(const struct pattern *pattern, const char *line,
                    const regmatch_t *groups, struct captures *captures)
{
    size_t before = captures->count;
    size_t i;

    for (i = 0; i < pattern->named_count; i++) {
        regmatch_t group = groups[pattern->named[i].group];
        const char *start = line + group.rm_so;
        size_t length = (size_t)(group.rm_eo - group.rm_so);
        const struct bytes *known = find_capture(captures, pattern->named[i].name);

        if (known == NULL && captures->count < CAPTURES_MAX) {
            memcpy(captures->list[captures->count].name, pattern->named[i].name, 32);
            captures->list[captures->count].value = (struct bytes){0};
            bytes_append(&captures->list[captures->count++].value, start, length);
        } else if (known == NULL || known->length != length ||
                   memcmp(known->data, start, length) != 0) {
            while (captures->count > before) {
                free(captures->list[--captures->count].value.data);
            }
            return false;
        }
    }
    return true;
}


bool session_match(const struct bytes *expected, const char *line, size_t length,
                   struct captures *captures)
{
    struct pattern pattern;
    regmatch_t groups[GROUPS_MAX];
    regex_t expression;
    struct bytes copy = {0};
    bool fits = false;

    if (length == expected->length && memcmp(line, expected->data, length) == 0) {
        return true;
    }
    make_pattern(&pattern, expected, captures);
    if (pattern.groups > 0 || captures->count > 0) {
        bytes_append(&copy, line, length);
        if (pattern.groups < GROUPS_MAX &&
            regcomp(&expression, pattern.text.data, REG_EXTENDED) == 0) {
            fits = regexec(&expression, copy.data, GROUPS_MAX, groups, 0) == 0 &&
                   capture(&pattern, copy.data, groups, captures);
            regfree(&expression);
        }
    }
    free(copy.data);
    free(pattern.text.data);
    return fits;
}
