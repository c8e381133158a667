/* Text that is made safe to show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text.h"


static void assert_escaped(enum stellar__escape how, const char *text,
                           const char *expected)
{
    char out[128];

    assert_int_equal(stellar__escape(how, text, strlen(text), out, sizeof out),
                     strlen(expected));
    assert_string_equal(out, expected);
}


static void good_text_stays_as_it_is(void **state)
{
    (void)state;
    assert_escaped(STELLAR__ESCAPE_PLAIN, "a \"b\" \\ \xc3\xa9 \xf0\x9f\x98\x80",
                   "a \"b\" \\ \xc3\xa9 \xf0\x9f\x98\x80");
}


static void controls_are_escaped(void **state)
{
    (void)state;
    assert_escaped(STELLAR__ESCAPE_PLAIN, "\n\r\t\x1b\x7f\xc2\x9b",
                   "\\n\\r\\t\\x1b\\x7f\\x9b");
    assert_escaped(STELLAR__ESCAPE_JSON, "\n\b\x1b\x7f\xc2\x9b\"\\",
                   "\\n\\b\\u001b\\u007f\\u009b\\\"\\\\");
}


static void bytes_that_are_no_utf8_are_escaped(void **state)
{
    (void)state;
    assert_escaped(STELLAR__ESCAPE_PLAIN,
                   "\xff"
                   "a\xc3",
                   "\\xffa\\xc3");
    assert_escaped(STELLAR__ESCAPE_JSON, "\xed\xa0\x80", "\\ufffd\\ufffd\\ufffd");
}


static void only_rfc_3629_is_utf8(void **state)
{
    static const char *const good[] = {"",
                                       "a",
                                       "\xc2\x80",
                                       "\xe0\xa0\x80",
                                       "\xed\x9f\xbf",
                                       "\xf0\x90\x80\x80",
                                       "\xf4\x8f\xbf\xbf"};
    static const char *const bad[] = {"\x80",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xc3",
                                      "\xe0\x9f\xbf",
                                      "\xed\xa0\x80",
                                      "\xe2\x82",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf5\x80\x80",
                                      "\xc3("};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(stellar__utf8_valid(good[i], strlen(good[i])));
    }
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(stellar__utf8_valid(bad[i], strlen(bad[i])));
    }
}


static void what_does_not_fit_is_cut_and_told(void **state)
{
    static const char text[] = "ab\xc3\xa9\n\x1b";
    static const char *const expected[] = {
        "...",           "a...",          "ab...",           "ab...",
        "ab\xc3\xa9...", "ab\xc3\xa9...", "ab\xc3\xa9\\n..."};
    char out[16];
    size_t i;

    (void)state;
    for (i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_int_equal(
            stellar__escape(STELLAR__ESCAPE_PLAIN, text, strlen(text), out, 4 + i),
            strlen(expected[i]));
        assert_string_equal(out, expected[i]);
    }
    assert_escaped(STELLAR__ESCAPE_PLAIN, text, "ab\xc3\xa9\\n\\x1b");
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_text_stays_as_it_is),
        cmocka_unit_test(controls_are_escaped),
        cmocka_unit_test(bytes_that_are_no_utf8_are_escaped),
        cmocka_unit_test(only_rfc_3629_is_utf8),
        cmocka_unit_test(what_does_not_fit_is_cut_and_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
