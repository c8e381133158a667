/* Telnet commands (RFC 854) between and within lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"

#define CHECK(delimiter, limit, ...)                                         \
    do {                                                                     \
        static const struct transcript_case cases[] = {__VA_ARGS__};         \
        struct stellar_framing framing = framing_of(delimiter, limit, true); \
        (void)state;                                                         \
        assert_transcripts(&framing, cases, COUNT_OF(cases));                \
    } while (0)

#define NOP "\xff\xf1"
#define EC  "\xff\xf7"
#define EL  "\xff\xf8"


static void options_are_refused_once_each(void **state)
{
    CHECK(NULL, 0,
          TRANSCRIPT("\xff\xfb\x1f\xff\xfd\x03quit\n",
                     "0+3 reply reply=[<ff>\xfe<1f>]\n3+3 reply reply=[<ff>\xfc<03>]\n"
                     "6+4 quit\n"),
          TRANSCRIPT("\xff\xfc\x1f\xff\xfe\x03quit\n", "6+4 quit\n"),
          TRANSCRIPT("\xff\xfd\xff", "0+3 reply reply=[<ff>\xfc<ff>]\n"));
}


static void commands_within_a_line_do_not_reach_it(void **state)
{
    CHECK(
        NULL, 4, TRANSCRIPT("q" NOP "u" NOP "i" NOP "t" NOP "\n", "0+4 quit\n"),
        TRANSCRIPT("qu\xff\xf5\xff\xf9it\n", "0+4 quit\n"),
        TRANSCRIPT("qu\xff\xfd\x0ait\n", "2+3 reply reply=[<ff>\xfc<0a>]\n0+4 quit\n"),
        TRANSCRIPT(NOP "quit" NOP "\r" NOP "\n" NOP "exit\n", "2+4 quit\n14+4 quit\n"));
    CHECK("^]", 4,
          TRANSCRIPT("qu" NOP "it^" NOP "]" NOP "exit^]", "0+4 quit\n12+4 quit\n"));
}


static void ec_erases_the_last_character(void **state)
{
    CHECK(NULL, 0, TRANSCRIPT("quix" EC "t\n", "0+4 quit\n"),
          TRANSCRIPT("quit\n" EC "exit\r" EC "\n" EC EC "quit\n",
                     "0+4 quit\n7+4 quit\n19+4 quit\n"),
          TRANSCRIPT("ab" EC EC EC "quit\n" EC "\n", "8+4 quit\n"),
          TRANSCRIPT("a\xc3\xa9" EC "\xe2\x82\xac" EC "\xf0\x9f\x98\x80" EC "\n",
                     "0+1 action action=[a]\n"),
          TRANSCRIPT("a\xe2\x82" EC "b\xff\xff" EC "c\x80\x80" EC EC "\n",
                     "0+3 action action=[abc]\n"),
          TRANSCRIPT("\xef\xbb\xbf" EC "\xef\xbb\xbfquit\n", "5+7 quit\n"),
          TRANSCRIPT("q" NOP EC NOP "quit\n", "7+4 quit\n"),
          TRANSCRIPT("a" EC "\x04", "3+1 goodbye\n"),
          TRANSCRIPT("a\x08\x7f\n", "0+3 action action=[a<08>\x7f]\n"));
}


static void el_erases_the_unfinished_line(void **state)
{
    CHECK(NULL, 0, TRANSCRIPT("junk" EL "quit\n", "6+4 quit\n"),
          TRANSCRIPT("quit\n" EL "exit\r" EL "\n" EL EL "quit\n",
                     "0+4 quit\n7+4 quit\n19+4 quit\n"),
          TRANSCRIPT("junk" EL "\n", ""),
          TRANSCRIPT("junk" EL "\x04", "6+1 goodbye\n"));
    CHECK("^]", 0, TRANSCRIPT("junk^" EL "]quit^" EL "quit^]", "15+4 quit\n"),
          TRANSCRIPT("quit^]" EL "\r\n" EL "quit^]", "0+4 quit\n12+4 quit\n"));
}


static void erased_bytes_do_not_count_against_the_limit(void **state)
{
#define TOO_LONG(at) \
    "error 008 at " at " column 4: Data length is too big (5 received/4 max)\n"
    CHECK(NULL, 4, TRANSCRIPT("quia" EC "t\n", "0+4 quit\n"),
          TRANSCRIPT("abcd" EL "quit\n", "6+4 quit\n"),
          TRANSCRIPT("a\xc3\xa9" EC "bcd\n", "0+4 action action=[abcd]\n"),
          TRANSCRIPT("abcd" EC "ef\n", "0+5 " TOO_LONG("7")),
          TRANSCRIPT("abcde" EC EC "\nquit\n", "0+5 " TOO_LONG("4") "10+4 quit\n"),
          TRANSCRIPT("abcde" EL "quit\nquit\n", "0+5 " TOO_LONG("4") "12+4 quit\n"));
    CHECK("^]", 4, TRANSCRIPT("quit^" EC "^]", "0+4 quit\n"),
          TRANSCRIPT("abcde^" EC "]quit^]", "0+5 " TOO_LONG("4") "9+4 quit\n"));
}


static void what_is_left_of_a_delimiter_can_become_whole(void **state)
{
    CHECK("^]", 0, TRANSCRIPT("quit^x" EC "]", "0+4 quit\n"),
          TRANSCRIPT("quit^" EC "]^]", "0+5 action action=[quit]]\n"),
          TRANSCRIPT("quit\r\n" EC "^]", "0+4 quit\n"));
    CHECK("aab", 0, TRANSCRIPT("qaac" EC "b", "0+1 action action=[q]\n"),
          TRANSCRIPT("qaaa" EC "b", "0+1 action action=[q]\n"),
          TRANSCRIPT("qaa" EC "ab", "0+1 action action=[q]\n"),
          TRANSCRIPT("qaa" EC "bcaab", "0+4 action action=[qabc]\n"));
    CHECK("\xe2\x82\xac", 0,
          TRANSCRIPT("quit\xe2\x82" EC "\xe2\x82\xac", "0+4 quit\n"));
    CHECK("\r\n.\r\n", 0, TRANSCRIPT("\r\n" EC "\n.\r\nquit\r\n.\r\n", "8+4 quit\n"),
          TRANSCRIPT("quit\r\n.x" EC "\r\n", "0+4 quit\n"));
}


static void subnegotiations_are_skipped_at_any_length(void **state)
{
    CHECK(NULL, 4,
          TRANSCRIPT("qu\xff\xfa\x1f\n\xff\xff\xf0\xff\xf4"
                     "0123456789\xff\xf0it\n",
                     "0+4 quit\n"));
}


static void an_escaped_255_is_a_byte_of_the_line(void **state)
{
    CHECK(NULL, 3,
          TRANSCRIPT("a\xff\xff\nquit\n",
                     "0+2 error 024 at 2 column 1: Invalid UTF-8 at byte 1: expected "
                     "the first byte of a character\n"
                     "4+4 error 008 at 7 column 3: Data length is too big "
                     "(4 received/3 max)\n"),
          TRANSCRIPT("\xff\xff\n", "1+1 error 024 at 1 column 0: Invalid UTF-8 at byte "
                                   "0: expected the first byte of a character\n"),
          TRANSCRIPT("abc\xff\xff\n", "0+4 error 008 at 4 column 3: Data length is too "
                                      "big (4 received/3 max)\n"));
}


static void are_you_there_is_reported(void **state)
{
    CHECK(NULL, 0, TRANSCRIPT("qu\xff\xf6it\n", "2+2 areYouThere\n0+4 quit\n"));
}


static void ctrl_c_says_goodbye_and_answers_the_timing_mark(void **state)
{
    CHECK(NULL, 0,
          TRANSCRIPT("\xff\xf4\xff\xfd\x06", "0+2 goodbye reply=[<ff>\xfc<06>]\n"
                                             "2+3 reply reply=[<ff>\xfc<06>]\n"),
          TRANSCRIPT("qui\xff\xf4", "3+2 goodbye reply=[<ff>\xfc<06>]\n"));
}


static void ctrl_d_after_a_command_is_still_first_in_its_line(void **state)
{
    CHECK(NULL, 0, TRANSCRIPT(NOP "\x04", "2+1 goodbye\n"));
}


static void cr_nul_is_one_line_end(void **state)
{
    struct stellar_framing plain = framing_of(NULL, 0, false);

    CHECK(NULL, 0, TRANSCRIPT("quit\r\0exit\r" NOP "\0\n", "0+4 quit\n6+4 quit\n"),
          TRANSCRIPT("quit\r\0\0\n", "0+4 quit\n6+1 action action=[<00>]\n"),
          TRANSCRIPT("quit\r\n\0\n", "0+4 quit\n6+1 action action=[<00>]\n"));
    CHECK(NULL, 3,
          TRANSCRIPT("1234567\r\0abc\n",
                     "0+4 error 008 at 3 column 3: Data length is too big "
                     "(4 received/3 max)\n9+3 action action=[abc]\n"));
    assert_transcript(&plain, "quit\r\0\n", 7, "0+4 quit\n5+1 action action=[<00>]\n");
}


static void errors_point_at_the_byte_as_it_was_sent(void **state)
{
#define WRONG(at, column)                                                  \
    "error 024 at " at " column " column ": Invalid UTF-8 at byte " column \
    ": expected the first byte of a character\n"
    CHECK(NULL, 0, TRANSCRIPT("a" NOP "b\x80\n", "0+3 " WRONG("4", "2")),
          TRANSCRIPT("a\x80" NOP NOP "b\n", "0+3 " WRONG("1", "1")),
          TRANSCRIPT("a" NOP "b" NOP "c" NOP "d\x80\n", "0+5 " WRONG("10", "4")),
          TRANSCRIPT(NOP "\n" NOP "\x80" NOP "\n", "5+1 " WRONG("5", "0")));
    /* After three places, `at` counts all telnet bytes. */
    CHECK(
        NULL, 0,
        TRANSCRIPT("a" NOP "b" NOP "c" NOP "d" NOP "\x80\n", "0+5 " WRONG("12", "4")),
        TRANSCRIPT("a" NOP "b\x80" NOP "c" NOP "d" NOP "e\n", "0+6 " WRONG("4", "2")));
}


static void offsets_look_through_what_was_erased(void **state)
{
    CHECK(NULL, 0, TRANSCRIPT("ab" EC "\x80\n", "0+2 " WRONG("4", "1")),
          TRANSCRIPT("a" NOP "bc" NOP EC EC "\x80\n", "0+2 " WRONG("11", "1")),
          TRANSCRIPT("ab\x80x" EC "\n", "0+3 " WRONG("2", "2")),
          TRANSCRIPT("a" NOP "b" NOP "c" NOP "d" NOP "e" EC EC EC EC "\x80" NOP "\n",
                     "0+2 " WRONG("21", "1")),
          /* There are four places, but two of them became one. */
          TRANSCRIPT("a" NOP "b" NOP "cd" EC "ef" NOP EC "\x80\n",
                     "0+5 " WRONG("16", "4")));
}


static void offsets_look_through_a_delimiter_that_was_cut(void **state)
{
    CHECK("\r\n.\r\n", 0,
          TRANSCRIPT("\r" NOP "\n" NOP "x\x80\r\n.\r\n", "6+2 " WRONG("7", "1")),
          TRANSCRIPT("\r\n" NOP "." NOP "\x80\r\n.\r\n", "4+2 " WRONG("7", "1")));
    /* There are more places than the parser can remember. */
    CHECK("\n\n\n\n.", 0,
          TRANSCRIPT("\n" NOP "\n" NOP "\n" NOP "\n" NOP "x\x80\n\n\n\n.",
                     "12+2 " WRONG("13", "1")));
}


static void without_telnet_255_is_a_byte_like_any_other(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 0, false);

    (void)state;
    assert_transcript(&framing, "\xff\xf4\n", 3, "0+2 " WRONG("0", "0"));
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_are_refused_once_each),
        cmocka_unit_test(commands_within_a_line_do_not_reach_it),
        cmocka_unit_test(ec_erases_the_last_character),
        cmocka_unit_test(el_erases_the_unfinished_line),
        cmocka_unit_test(erased_bytes_do_not_count_against_the_limit),
        cmocka_unit_test(what_is_left_of_a_delimiter_can_become_whole),
        cmocka_unit_test(subnegotiations_are_skipped_at_any_length),
        cmocka_unit_test(an_escaped_255_is_a_byte_of_the_line),
        cmocka_unit_test(are_you_there_is_reported),
        cmocka_unit_test(ctrl_c_says_goodbye_and_answers_the_timing_mark),
        cmocka_unit_test(ctrl_d_after_a_command_is_still_first_in_its_line),
        cmocka_unit_test(cr_nul_is_one_line_end),
        cmocka_unit_test(errors_point_at_the_byte_as_it_was_sent),
        cmocka_unit_test(offsets_look_through_what_was_erased),
        cmocka_unit_test(offsets_look_through_a_delimiter_that_was_cut),
        cmocka_unit_test(without_telnet_255_is_a_byte_like_any_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
