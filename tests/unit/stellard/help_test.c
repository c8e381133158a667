/* The texts that are made from the table of options. */
#include "fixture.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "help.h"

static char printed[2][65536];


static void print_settings(int which)
{
    FILE *out = fmemopen(printed[which], sizeof printed[which], "w");

    assert_non_null(out);
    stellar__print_config(&settings, out);
    assert_int_equal(fclose(out), 0);
}


static void assert_round_trip(void)
{
    print_settings(0);
    tear_down(NULL);
    assert_int_equal(set_up(NULL), 0);
    READ(.json = printed[0]);
    print_settings(1);
    assert_string_equal(printed[0], printed[1]);
}


static void printed_defaults_are_read_again_as_the_same(void **state)
{
    (void)state;
    READ(.json = NULL);
    assert_round_trip();
}


static void printed_settings_are_read_again_as_the_same(void **state)
{
    (void)state;
    READ(.arguments = {"--delimiter", "\\0\\x41\"\\\\\\t", "--room", "\xc3\xa9\"",
                       "--unix=/s", "--tls-cert=c", "--tls-key=k", "--secure"},
         .environment = {"STELLAR_WELCOME_MESSAGE=\"\\\n\x7f", "STELLAR_MODULE=a,b",
                         "STELLAR_LOG_FORMAT=json"});
    assert_round_trip();
    assert_non_null(strstr(printed[1], "\"delimiter\": \"\\u0000A\\\"\\\\\\t\""));
    assert_non_null(strstr(printed[1], "\"unixPath\": \"/s\""));
    assert_non_null(strstr(printed[1], "\"modules\": [\"a\", \"b\"]"));
    assert_int_equal(NUMBER(secure), 1);
}


static void names_of_options_and_variables_agree(void **state)
{
    char variable[STELLAR__OPTION_TEXT_MAX];
    size_t i;
    size_t j;

    (void)state;
    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        const char *name = stellar__options[i].name;

        if (name == NULL) {
            continue;
        }
        stellar__option_variable(&stellar__options[i], variable);
        assert_memory_equal(variable, "STELLAR_", 8);
        for (j = 0; j <= strlen(name); j++) {
            assert_int_equal(name[j] == '-' ? '_' : toupper(name[j]), variable[8 + j]);
        }
    }
}


static void help_and_manual_name_every_option(void **state)
{
    char option[64];
    char variable[STELLAR__OPTION_TEXT_MAX];
    FILE *out = fmemopen(printed[0], sizeof printed[0], "w");
    FILE *manual = fmemopen(printed[1], sizeof printed[1], "w");
    size_t i;

    (void)state;
    stellar__print_help(STELLAR__HELP_TEXT, out);
    stellar__print_help(STELLAR__HELP_MANUAL, manual);
    assert_int_equal(fclose(out), 0);
    assert_int_equal(fclose(manual), 0);
    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        assert_non_null(strstr(printed[1], stellar__options[i].path));
        if (stellar__options[i].name != NULL) {
            snprintf(option, sizeof option, "\n  --%s", stellar__options[i].name);
            assert_non_null(strstr(printed[0], option));
            stellar__option_variable(&stellar__options[i], variable);
            assert_non_null(strstr(printed[1], variable));
        }
    }
    for (i = 0; i < STELLAR__COMMAND_COUNT; i++) {
        snprintf(option, sizeof option, "\n  --%s", stellar__commands[i].name);
        assert_non_null(strstr(printed[0], option));
    }
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(printed_defaults_are_read_again_as_the_same),
        TEST(printed_settings_are_read_again_as_the_same),
        TEST(names_of_options_and_variables_agree),
        TEST(help_and_manual_name_every_option),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
