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
        TRANSCRIPT("qu\xff\xf7\xff\xf8it\n", "0+4 quit\n"),
        TRANSCRIPT("qu\xff\xfd\x0ait\n", "2+3 reply reply=[<ff>\xfc<0a>]\n0+4 quit\n"),
        TRANSCRIPT(NOP "quit" NOP "\r" NOP "\n" NOP "exit\n", "2+4 quit\n14+4 quit\n"));
    CHECK("^]", 4,
          TRANSCRIPT("qu" NOP "it^" NOP "]" NOP "exit^]", "0+4 quit\n12+4 quit\n"));
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
    /* Past three places, by the count of all telnet bytes. */
    CHECK(
        NULL, 0,
        TRANSCRIPT("a" NOP "b" NOP "c" NOP "d" NOP "\x80\n", "0+5 " WRONG("12", "4")),
        TRANSCRIPT("a" NOP "b\x80" NOP "c" NOP "d" NOP "e\n", "0+6 " WRONG("4", "2")));
}


static void offsets_look_through_a_delimiter_that_was_cut(void **state)
{
    CHECK("\r\n.\r\n", 0,
          TRANSCRIPT("\r" NOP "\n" NOP "x\x80\r\n.\r\n", "6+2 " WRONG("7", "1")),
          TRANSCRIPT("\r\n" NOP "." NOP "\x80\r\n.\r\n", "4+2 " WRONG("7", "1")));
    /* More of them than there are places kept for. */
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
        cmocka_unit_test(subnegotiations_are_skipped_at_any_length),
        cmocka_unit_test(an_escaped_255_is_a_byte_of_the_line),
        cmocka_unit_test(are_you_there_is_reported),
        cmocka_unit_test(ctrl_c_says_goodbye_and_answers_the_timing_mark),
        cmocka_unit_test(ctrl_d_after_a_command_is_still_first_in_its_line),
        cmocka_unit_test(cr_nul_is_one_line_end),
        cmocka_unit_test(errors_point_at_the_byte_as_it_was_sent),
        cmocka_unit_test(offsets_look_through_a_delimiter_that_was_cut),
        cmocka_unit_test(without_telnet_255_is_a_byte_like_any_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
