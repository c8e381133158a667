/* Compares the tables of parser.h with the grammar and with the library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"

static const struct {
    enum stellar_verb verb;
    const char *name;
    const char *others;
    const char *arguments;
} verbs[] = {
#define XX(symbol, handler, name, others, arguments) \
    {STELLAR_##symbol, name, others, arguments},
    STELLAR_VERBS(XX)
#undef XX
};


/* Calls use(name, verb's place in the table) for every name on the wire. */
static void for_every_name(void (*use)(const char *name, size_t place))
{
    char others[64];
    char *name;
    size_t i;

    for (i = 0; i < COUNT_OF(verbs); i++) {
        use(verbs[i].name, i);
        snprintf(others, sizeof others, "%s", verbs[i].others);
        for (name = strtok(others, " "); name != NULL; name = strtok(NULL, " ")) {
            use(name, i);
        }
    }
}


static void assert_parses(const char *name, size_t place)
{
    struct stellar_framing framing = framing_of(NULL, 0, false);
    struct stellar_parser parser;
    struct stellar_command command;
    const char *arguments = verbs[place].arguments;
    char line[80];

    snprintf(line, sizeof line, "%s x y\n", name);
    stellar_parser_init(&parser, &framing);
    stellar_parser_feed(&parser, line, strlen(line));
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_int_equal(command.verb, verbs[place].verb);
    assert_int_equal(command.key.data != NULL, strstr(arguments, "key") != NULL);
    assert_int_equal(command.value.data != NULL, strstr(arguments, "value") != NULL);
    assert_int_equal(command.room.data != NULL, strstr(arguments, "room") != NULL);
    assert_int_equal(command.message.data != NULL,
                     strstr(arguments, "message") != NULL);
    assert_null(command.action.data);
    assert_null(command.params.data);
}


static void every_name_in_the_table_is_parsed_as_its_verb(void **state)
{
    (void)state;
    for_every_name(assert_parses);
}


static void every_verb_has_its_name(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(verbs); i++) {
        assert_string_equal(stellar_verb_name(verbs[i].verb), verbs[i].name);
    }
    assert_null(stellar_verb_name(STELLAR_NO_VERB));
    assert_string_equal(stellar_verb_name(STELLAR_ACTION), "action");
}


static char grammar[16384];
static unsigned in_table;


static void assert_in_grammar(const char *name, size_t place)
{
    char quoted[80];

    (void)place;
    snprintf(quoted, sizeof quoted, "\"%s\"", name);
    assert_non_null(strstr(grammar, quoted));
    in_table++;
}


/* verb_name is the grammar's list of all names. Each must occur there once. */
static void the_grammar_knows_the_names_of_the_table_and_no_others(void **state)
{
    FILE *file = fopen(VERBS_RL, "r");
    unsigned in_list = 0;
    const char *p;

    (void)state;
    assert_non_null(file);
    grammar[fread(grammar, 1, sizeof grammar - 1, file)] = '\0';
    assert_int_equal(fclose(file), 0);

    p = strstr(grammar, "verb_name =");
    assert_non_null(p);
    *strchr(p, ';') = '\0';
    memmove(grammar, p, strlen(p) + 1);
    for (p = grammar; *p != '\0'; p++) {
        in_list += *p == '"';
    }
    in_table = 0;
    for_every_name(assert_in_grammar);
    assert_int_equal(in_list, 2 * in_table);
}


static void every_protocol_has_its_name(void **state)
{
    (void)state;
#define XX(symbol, name, text)                                                 \
    assert_string_equal(stellar_foreign_name(STELLAR_FOREIGN_##symbol), name); \
    assert_non_null(strstr(text, name));
    STELLAR_FOREIGN_PROTOCOLS(XX)
#undef XX
    assert_null(stellar_foreign_name(STELLAR_NOT_FOREIGN));
}


static void every_error_has_its_code_and_template(void **state)
{
    (void)state;
#define XX(symbol, code, message)                                           \
    assert_string_equal(stellar_error_code_text(STELLAR_E_##symbol), code); \
    assert_string_equal(stellar_error_template(STELLAR_E_##symbol), message);
    STELLAR_ERRORS(XX)
#undef XX
    assert_null(stellar_error_code_text(STELLAR_NO_ERROR));
    assert_null(stellar_error_template(STELLAR_NO_ERROR));
}


static void an_error_text_is_cut_to_its_room(void **state)
{
    struct stellar_error error;
    char text[STELLAR_ERROR_TEXT_MAX];
    char expected[STELLAR_ERROR_TEXT_MAX];

    (void)state;
    memset(&error, 0, sizeof error);
    error.code = STELLAR_E_INVALID_UTF8;
    error.column = SIZE_MAX;
    error.expected = "a";
    assert_true(stellar_error_text(&error, text, sizeof text) < sizeof text);
    snprintf(expected, sizeof expected, "Invalid UTF-8 at byte %zu: expected a",
             SIZE_MAX);
    assert_string_equal(text, expected);
    assert_int_equal(stellar_error_text(&error, text, 8), 7);
    assert_string_equal(text, "Invalid");
    assert_int_equal(stellar_error_text(&error, text, 1), 0);
    assert_string_equal(text, "");
    assert_int_equal(stellar_error_text(&error, NULL, 0), 0);
}


static void no_error_has_an_empty_text(void **state)
{
    struct stellar_error error;
    char text[STELLAR_ERROR_TEXT_MAX] = "x";

    (void)state;
    memset(&error, 0, sizeof error);
    assert_int_equal(stellar_error_text(&error, text, sizeof text), 0);
    assert_string_equal(text, "");
}


static void the_library_has_the_version_of_the_header(void **state)
{
    (void)state;
    assert_string_equal(stellar_version(), STELLAR_VERSION);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_in_the_table_is_parsed_as_its_verb),
        cmocka_unit_test(every_verb_has_its_name),
        cmocka_unit_test(the_grammar_knows_the_names_of_the_table_and_no_others),
        cmocka_unit_test(every_protocol_has_its_name),
        cmocka_unit_test(every_error_has_its_code_and_template),
        cmocka_unit_test(an_error_text_is_cut_to_its_room),
        cmocka_unit_test(no_error_has_an_empty_text),
        cmocka_unit_test(the_library_has_the_version_of_the_header),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
