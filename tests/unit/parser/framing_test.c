/* Where lines end, how long they may be, and their offsets in the stream. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"

#define CHECK(delimiter, limit, ...)                                          \
    do {                                                                      \
        static const struct transcript_case cases[] = {__VA_ARGS__};          \
        struct stellar_framing framing = framing_of(delimiter, limit, false); \
        (void)state;                                                          \
        assert_transcripts(&framing, cases, COUNT_OF(cases));                 \
    } while (0)

#define TOO_LONG(at) \
    "error 008 at " at " column 4: Data length is too big (5 received/4 max)\n"


static void lf_crlf_and_cr_each_end_a_line(void **state)
{
    CHECK(NULL, 0,
          TRANSCRIPT("a\nb\r\nc\rd\n\re\r\r\nf",
                     "0+1 action action=[a]\n2+1 action action=[b]\n"
                     "5+1 action action=[c]\n7+1 action action=[d]\n"
                     "10+1 action action=[e]\n"));
    CHECK("\n", 0,
          TRANSCRIPT("a\rb\n", "0+1 action action=[a]\n2+1 action action=[b]\n"));
}


static void empty_and_blank_lines_are_ignored(void **state)
{
    CHECK(NULL, 0,
          TRANSCRIPT("\n\r\n\r \n\t\r\n \t \r\na\n", "14+1 action action=[a]\n"),
          TRANSCRIPT("", ""), TRANSCRIPT("\n", ""));
}


static void a_byte_order_mark_at_the_start_of_a_line_is_skipped(void **state)
{
#define MARK "\xef\xbb\xbf"
    CHECK(NULL, 0, TRANSCRIPT(MARK "quit\r\n" MARK " \tquit\n", "0+7 quit\n9+9 quit\n"),
          TRANSCRIPT(MARK "\n" MARK "\r" MARK " \t\nquit\n", "14+4 quit\n"),
          TRANSCRIPT(MARK "{}\n" MARK " {]\n",
                     "0+5 action\n"
                     "6+6 error 023 at 11 column 5: Malformed JSON at byte 5: expected "
                     "a member name or '}'\n"),
          TRANSCRIPT(MARK "roomAdd\n",
                     "0+10 roomAdd error 021 at 10 column 10: A room is required\n"),
          TRANSCRIPT(MARK "\xff\n",
                     "0+4 error 024 at 3 column 3: Invalid UTF-8 at byte 3: expected "
                     "the first byte of a character\n"));
    CHECK(NULL, 4,
          TRANSCRIPT(MARK "a\n" MARK "ab\n",
                     "0+4 action action=[a]\n5+5 " TOO_LONG("9")));
    CHECK("^]", 0,
          TRANSCRIPT("\r\n" MARK "quit\n^]" MARK "\r\n^]" MARK "^]quit^]",
                     "2+7 quit\n24+4 quit\n"));
    CHECK("\xef\xbb\xbf", 0,
          TRANSCRIPT("quit" MARK MARK "quit" MARK, "0+4 quit\n10+4 quit\n"));
    CHECK(MARK "x", 0, TRANSCRIPT(MARK "quit" MARK "x", "0+7 quit\n"));
}


static void elsewhere_a_byte_order_mark_is_text(void **state)
{
    CHECK(NULL, 0, TRANSCRIPT(" " MARK "\n", "0+4 action action=[" MARK "]\n"),
          TRANSCRIPT(MARK MARK "a\n", "0+7 action action=[" MARK "a]\n"),
          TRANSCRIPT("say r " MARK "\n", "0+9 say room=[r] message=[" MARK "]\n"),
          TRANSCRIPT("quit" MARK "\n", "0+7 action action=[quit" MARK "]\n"),
          TRANSCRIPT(MARK "\x04\n", "0+4 action action=[<04>]\n"),
          TRANSCRIPT("\xef\xbbquit\n",
                     "0+6 error 024 at 2 column 2: Invalid UTF-8 at byte 2: expected a "
                     "continuation byte (80 to BF)\n"),
          TRANSCRIPT("\xef\xbb\xbequit\n", "0+7 action action=[\xef\xbb\xbequit]\n"));
}


static void a_line_without_an_end_is_never_a_command(void **state)
{
    CHECK(NULL, 0, TRANSCRIPT("quit", ""), TRANSCRIPT("quit\nqui", "0+4 quit\n"));
}


static void ctrl_d_says_goodbye_at_the_start_of_a_line(void **state)
{
    CHECK(NULL, 0, TRANSCRIPT("\x04", "0+1 goodbye\n"),
          TRANSCRIPT("quit\r\n\x04\x04quit\n",
                     "0+4 quit\n6+1 goodbye\n7+1 goodbye\n8+4 quit\n"),
          TRANSCRIPT(" \x04\n", "0+2 action action=[<04>]\n"),
          TRANSCRIPT("a\x04\n", "0+2 action action=[a<04>]\n"));
    CHECK("^]", 0, TRANSCRIPT("\r\n\x04quit^]", "2+1 goodbye\n3+4 quit\n"));
    CHECK("\x04", 0, TRANSCRIPT("quit\x04\x04", "0+4 quit\n"));
}


static void a_line_may_be_as_long_as_the_limit(void **state)
{
    CHECK(NULL, 4,
          TRANSCRIPT("quit\nquit\r\nexit\r", "0+4 quit\n5+4 quit\n11+4 quit\n"),
          TRANSCRIPT("12345\nquit\n", "0+5 " TOO_LONG("4") "6+4 quit\n"),
          TRANSCRIPT("1234567890\r\nquit\n", "0+5 " TOO_LONG("4") "12+4 quit\n"),
          TRANSCRIPT("12345", "0+5 " TOO_LONG("4")),
          TRANSCRIPT("quit\n1234567\r12345\r\r",
                     "0+4 quit\n5+5 " TOO_LONG("9") "13+5 " TOO_LONG("17")));
}


static void blanks_and_bad_bytes_count_against_the_limit_first(void **state)
{
    CHECK(NULL, 4, TRANSCRIPT("     \nquit\n", "0+5 " TOO_LONG("4") "6+4 quit\n"),
          TRANSCRIPT("\xff\xff\xff\xff\xff\n", "0+5 " TOO_LONG("4")));
}


static void without_a_limit_a_line_may_be_any_length(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 0, false);
    struct stellar_parser parser;
    struct stellar_command command;
    size_t length = 300000;
    char *line = (char *)malloc(length);

    (void)state;
    assert_non_null(line);
    memset(line, 'a', length);
    line[length - 1] = '\n';
    stellar_parser_init(&parser, &framing);
    stellar_parser_feed(&parser, line, length);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_int_equal(command.action.length, length - 1);
    assert_ptr_equal(command.action.data, line);
    free(line);
}


static void only_the_custom_delimiter_ends_a_line(void **state)
{
    CHECK("^]", 0,
          TRANSCRIPT("quit^]a\nb^]c^d^^]^]", "0+4 quit\n6+3 action action=[a<0a>b]\n"
                                             "11+4 action action=[c^d^]\n"));
    CHECK("/newline", 0,
          TRANSCRIPT("quit/newline//new/newlinesay r /newlin/newline",
                     "0+4 quit\n12+5 action action=[//new]\n"
                     "25+13 say room=[r] message=[/newlin]\n"));
    CHECK("xXxXxX", 0,
          TRANSCRIPT("axXxXxXbxXxXxxXxXxXxXxXxXxXxXxXc",
                     "0+1 action action=[a]\n7+6 action action=[bxXxXx]\n"));
    CHECK("\xe2\x82\xac", 0, TRANSCRIPT("quit\xe2\x82\xac", "0+4 quit\n"));
}


static void a_delimiter_that_overlaps_itself_is_found(void **state)
{
    CHECK("aab", 0,
          TRANSCRIPT("aaabquitaabaaaaab", "0+1 action action=[a]\n4+4 quit\n"
                                          "11+3 action action=[aaa]\n"));
    CHECK("abab", 0, TRANSCRIPT("xabaabab", "0+4 action action=[xaba]\n"));
    CHECK("a", 0, TRANSCRIPT("aaquita", "2+4 quit\n"));
}


static void line_ends_around_a_line_with_a_custom_delimiter_are_cut_off(void **state)
{
    CHECK("^]", 4,
          TRANSCRIPT("\r\n\n\r\n\nquit^]\r\n\r\n^]\nqui\r^]",
                     "6+4 quit\n19+3 action action=[qui]\n"),
          TRANSCRIPT(" \r\n^]\r\n \t^]quit^]", "11+4 quit\n"),
          TRANSCRIPT("quit\r\n^]quit^]", "0+5 " TOO_LONG("4") "8+4 quit\n"));
    CHECK("^]", 0, TRANSCRIPT("say r hi\r\n^]", "0+8 say room=[r] message=[hi]\n"),
          TRANSCRIPT("roomAdd\r\n^]", "0+7 roomAdd error 021 at 7 column 7: A room is "
                                      "required\n"));
}


static void a_delimiter_may_itself_start_with_a_line_end(void **state)
{
    CHECK("\r\n", 0,
          TRANSCRIPT("\r\nquit\r\n\r\n\rexit\r\r\na\nb\r\n",
                     "2+4 quit\n11+4 quit\n18+3 action action=[a<0a>b]\n"));
    CHECK("\r\n.\r\n", 4,
          TRANSCRIPT("\r\n.\r\n\r\n\r\nquit\r\n.\r\n.\r\n.\r\n\r\n.x\r\n.\r\n",
                     "9+4 quit\n18+1 action action=[.]\n26+2 action action=[.x]\n"));
    CHECK("\n\nx", 0, TRANSCRIPT("\n\n\nx\nquit\n\nx", "5+4 quit\n"));
}


static void bytes_of_the_delimiter_do_not_count_against_the_limit(void **state)
{
    CHECK(
        "/newline", 4, TRANSCRIPT("quit/newline", "0+4 quit\n"),
        TRANSCRIPT("quit/newlinx", "0+5 " TOO_LONG("4")),
        TRANSCRIPT("12345/newlinequit/newline", "0+5 " TOO_LONG("4") "13+4 quit\n"),
        TRANSCRIPT("1234/new/newlinequit/newline", "0+5 " TOO_LONG("4") "16+4 quit\n"));
}


static void a_delimiter_must_be_utf8_of_1_to_32_bytes(void **state)
{
    static const char long_one[] = "012345678901234567890123456789012";
    struct stellar_framing framing = framing_of("^]", 0, false);
    struct stellar_framing before = framing;

    (void)state;
    assert_false(stellar_framing_set_delimiter(&framing, "", 0));
    assert_false(stellar_framing_set_delimiter(&framing, long_one, 33));
    assert_false(stellar_framing_set_delimiter(&framing, "\xff", 1));
    assert_false(stellar_framing_set_delimiter(&framing, "\xc3", 1));
    assert_memory_equal(&framing, &before, sizeof framing);
    assert_true(stellar_framing_set_delimiter(&framing, long_one, 32));
    assert_true(stellar_framing_set_delimiter(&framing, "\0", 1));
    assert_transcript(&framing, "quit\0exit\0", 10, "0+4 quit\n5+4 quit\n");
}


static void after_an_error_the_next_line_is_understood(void **state)
{
    CHECK(NULL, 9,
          TRANSCRIPT("roomAdd\nquit\n\xff\nquit\n0123456789\nquit\n",
                     "0+7 roomAdd error 021 at 7 column 7: A room is required\n"
                     "8+4 quit\n"
                     "13+1 error 024 at 13 column 0: Invalid UTF-8 at byte 0: "
                     "expected the first byte of a character\n"
                     "15+4 quit\n"
                     "20+10 error 008 at 29 column 9: Data length is too big "
                     "(10 received/9 max)\n31+4 quit\n"));
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lf_crlf_and_cr_each_end_a_line),
        cmocka_unit_test(empty_and_blank_lines_are_ignored),
        cmocka_unit_test(a_byte_order_mark_at_the_start_of_a_line_is_skipped),
        cmocka_unit_test(elsewhere_a_byte_order_mark_is_text),
        cmocka_unit_test(a_line_without_an_end_is_never_a_command),
        cmocka_unit_test(ctrl_d_says_goodbye_at_the_start_of_a_line),
        cmocka_unit_test(a_line_may_be_as_long_as_the_limit),
        cmocka_unit_test(blanks_and_bad_bytes_count_against_the_limit_first),
        cmocka_unit_test(without_a_limit_a_line_may_be_any_length),
        cmocka_unit_test(only_the_custom_delimiter_ends_a_line),
        cmocka_unit_test(a_delimiter_that_overlaps_itself_is_found),
        cmocka_unit_test(line_ends_around_a_line_with_a_custom_delimiter_are_cut_off),
        cmocka_unit_test(a_delimiter_may_itself_start_with_a_line_end),
        cmocka_unit_test(bytes_of_the_delimiter_do_not_count_against_the_limit),
        cmocka_unit_test(a_delimiter_must_be_utf8_of_1_to_32_bytes),
        cmocka_unit_test(after_an_error_the_next_line_is_understood),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
