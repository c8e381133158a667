#include "options.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* A default in the table is a number or a string. */
#define NUMBER_OF(standard) \
    _Generic((standard), char * : 0, void * : 0, default : (standard))
#define TEXT_OF(standard) _Generic((standard), char * : (standard), default : NULL)

#define NEEDS_RESTART_RELOAD  false
#define NEEDS_RESTART_RESTART true

const struct stellar__option_row stellar__options[STELLAR__OPTION_COUNT] = {
#define XX(field, type, name, path, standard, least, most, rule, argument, text) \
    {name,                                                                       \
     path,                                                                       \
     STELLAR__##type,                                                            \
     NEEDS_RESTART_##rule,                                                       \
     NUMBER_OF(standard),                                                        \
     TEXT_OF(standard),                                                          \
     least,                                                                      \
     most,                                                                       \
     argument,                                                                   \
     text},
    STELLAR__OPTIONS(XX)
#undef XX
};

const struct stellar__command_row stellar__commands[STELLAR__COMMAND_COUNT] = {
#define XX(symbol, name, argument, description) {name, argument, description},
    STELLAR__COMMANDS(XX)
#undef XX
};


struct stellar_slice stellar__choice_word(const char *words, unsigned long long n)
{
    struct stellar_slice word = {words, strcspn(words, "|")};

    for (; n > 0 && word.length > 0; n--) {
        words += word.length;
        words += *words == '|' ? 1 : 0;
        word.data = words;
        word.length = strcspn(words, "|");
    }
    return word;
}


void stellar__option_variable(const struct stellar__option_row *row,
                              char out[STELLAR__OPTION_TEXT_MAX])
{
    char *at;

    snprintf(out, STELLAR__OPTION_TEXT_MAX, "STELLAR_%s", row->name);
    for (at = out; *at != '\0'; at++) {
        if (*at == '-') {
            *at = '_';
        } else {
            *at = (char)toupper((unsigned char)*at);
        }
    }
}


bool stellar__option_default(const struct stellar__option_row *row,
                             char out[STELLAR__OPTION_TEXT_MAX])
{
    struct stellar_slice word;

    switch (row->type) {
    case STELLAR__NUMBER:
        snprintf(out, STELLAR__OPTION_TEXT_MAX, "%llu", row->standard);
        break;
    case STELLAR__SWITCH:
    case STELLAR__ALWAYS:
        snprintf(out, STELLAR__OPTION_TEXT_MAX, "%s",
                 row->standard != 0 ? "true" : "false");
        break;
    case STELLAR__CHOICE:
        word = stellar__choice_word(row->argument, row->standard);
        snprintf(out, STELLAR__OPTION_TEXT_MAX, "%.*s", (int)word.length, word.data);
        break;
    default:
        snprintf(out, STELLAR__OPTION_TEXT_MAX, "%s",
                 row->standard_text != NULL ? row->standard_text : "");
        return row->standard_text != NULL;
    }
    return true;
}
