/* Streams that begin as another protocol does, and streams that only resemble one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"

#define CHECK_WITH(delimiter, limit, telnet, ...)                              \
    do {                                                                       \
        static const struct transcript_case cases[] = {__VA_ARGS__};           \
        struct stellar_framing framing = framing_of(delimiter, limit, telnet); \
        (void)state;                                                           \
        assert_openings(&framing, cases, COUNT_OF(cases));                     \
    } while (0)

#define CHECK(...) CHECK_WITH(NULL, 0, false, __VA_ARGS__)

#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"


static void http_is_known_by_its_request_line(void **state)
{
    CHECK(TRANSCRIPT("POST / HTTP/1.1\r\nHost: x\r\n\r\nroomAdd r\r\nquit\r\n",
                     "foreign HTTP\n"),
          TRANSCRIPT("GET /say%20hello?a=b#c HTTP/1.0\n\nquit\n", "foreign HTTP\n"),
          TRANSCRIPT("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "foreign HTTP\n"),
          TRANSCRIPT("CONNECT x:443 HTTP/1.1\rquit\r", "foreign HTTP\n"));
}


static void the_method_and_the_version_do_not_matter(void **state)
{
    CHECK(TRANSCRIPT("a b HTTP/0\n", "foreign HTTP\n"),
          TRANSCRIPT("says x HTTP/9.z,\n", "foreign HTTP\n"),
          TRANSCRIPT("!#$%&'*+-.^_`|~09azAZ \x01\xff HTTP/1.1\n", "foreign HTTP\n"),
          TRANSCRIPT("M-SEARCH * HTTP/1.1\r\n", "foreign HTTP\n"));
}


static void blanks_separate_words_as_in_any_line(void **state)
{
    CHECK(TRANSCRIPT(" \tGET \t/  HTTP/1.1 \t\r\n", "foreign HTTP\n"),
          TRANSCRIPT("\r\n\n \t\r\rGET / HTTP/1.1\r\n", "foreign HTTP\n"),
          TRANSCRIPT("\xef\xbb\xbfGET / HTTP/1.1\n", "foreign HTTP\n"),
          TRANSCRIPT("\n\xef\xbb\xbf GET / HTTP/1.1\n", "foreign HTTP\n"));
}


static void protocols_of_the_same_shape_are_told_apart(void **state)
{
    CHECK(
        TRANSCRIPT("OPTIONS rtsp://h/m RTSP/1.0\r\nCSeq: 1\r\n\r\nquit\n",
                   "foreign RTSP\n"),
        TRANSCRIPT("INVITE sip:a@b SIP/2.0\r\nVia: x\r\n\r\nquit\n", "foreign SIP\n"));
}


static void tls_is_known_by_its_first_two_bytes(void **state)
{
    CHECK(TRANSCRIPT("\x16\x03\x01\x00\x4d\x01 \r\nroomAdd r\r\n", "foreign TLS\n"),
          TRANSCRIPT("\x16\x03", "foreign TLS\n"));
    CHECK_WITH("\x16", 0, false, TRANSCRIPT("\x16\x03quit\x16", "foreign TLS\n"));
}


static void a_proxys_header_is_known_in_both_forms(void **state)
{
    CHECK(TRANSCRIPT("PROXY TCP4 192.0.2.1 192.0.2.2 1234 5000\r\nquit\r\n",
                     "foreign PROXY\n"),
          TRANSCRIPT("PROXY TCP6 ::1 ::1 1 2\r\nquit\r\n", "foreign PROXY\n"),
          TRANSCRIPT("PROXY UNKNOWN\r\nquit\r\n", "foreign PROXY\n"),
          TRANSCRIPT("PROXY TCP4 /x HTTP/1.1\r\n", "foreign PROXY\n"),
          TRANSCRIPT(SIGNATURE "\x21\x11\0\x0c"
                               "quit\n",
                     "foreign PROXY\n"));
    CHECK_WITH("\r\n", 0, false, TRANSCRIPT(SIGNATURE "quit\r\n", "foreign PROXY\n"));
    CHECK_WITH(NULL, 0, true, TRANSCRIPT(SIGNATURE "quit\r\n", "foreign PROXY\n"));
}


static void what_only_seems_so_stays_a_line(void **state)
{
    CHECK(
        TRANSCRIPT("say r I like HTTP/1.1\nquit\n",
                   "0+21 say room=[r] message=[I like HTTP/1.1]\n22+4 quit\n"),
        TRANSCRIPT("say r HTTP/1.1\n", "0+14 say room=[r] message=[HTTP/1.1]\n"),
        TRANSCRIPT("paramAdd a HTTP/1.1\n", "0+19 paramAdd key=[a] value=[HTTP/1.1]\n"),
        TRANSCRIPT("GET\n", "0+3 action action=[GET]\n"),
        TRANSCRIPT("GET / \n", "0+6 action action=[GET]\n"),
        TRANSCRIPT("HTTP/1.1 x\n", "0+10 action action=[HTTP/1.1]\n"),
        TRANSCRIPT("HTTP/1.1 200 OK\n", "0+15 action action=[HTTP/1.1]\n"),
        TRANSCRIPT("x HTTP/1.1\n", "0+10 action action=[x]\n"),
        TRANSCRIPT("x y z HTTP/1.1\n", "0+14 action action=[x]\n"),
        TRANSCRIPT("x y HTTP/1.1 z\n", "0+14 action action=[x]\n"),
        TRANSCRIPT("x y HTTP/\n", "0+9 action action=[x]\n"),
        TRANSCRIPT("x y HTTP/v1\n", "0+11 action action=[x]\n"),
        TRANSCRIPT("x y http/1.1\n", "0+12 action action=[x]\n"),
        TRANSCRIPT("x y SIPS/2.0\n", "0+12 action action=[x]\n"),
        TRANSCRIPT("(x) y HTTP/1.1\n", "0+14 action action=[(x)]\n"),
        TRANSCRIPT("\xc3\xa9 y HTTP/1.1\n", "0+13 action action=[\xc3\xa9]\n"));
}


static void what_breaks_off_stays_a_line(void **state)
{
    CHECK(TRANSCRIPT("PROXY\nquit\n", "0+5 action action=[PROXY]\n6+4 quit\n"),
          TRANSCRIPT("PROXY TCP\n", "0+9 action action=[PROXY]\n"),
          TRANSCRIPT("PROXY TCP40\n", "0+11 action action=[PROXY]\n"),
          TRANSCRIPT("PROXY TCP5 x\n", "0+12 action action=[PROXY]\n"),
          TRANSCRIPT("PROXY  TCP4 x\n", "0+13 action action=[PROXY]\n"),
          TRANSCRIPT("proxy TCP4 x\n", "0+12 action action=[proxy]\n"),
          TRANSCRIPT("\x16\n", "0+1 action action=[<16>]\n"),
          TRANSCRIPT("\x16\x02\n", "0+2 action action=[<16><02>]\n"),
          TRANSCRIPT("\n\x16\x03\n", "1+2 action action=[<16><03>]\n"),
          TRANSCRIPT("\r\n\r\nquit\n", "4+4 quit\n"),
          TRANSCRIPT("\r\n\r\n\0quit\n", "4+5 action action=[<00>quit]\n"),
          TRANSCRIPT("\r\n\0\r\n", "2+1 action action=[<00>]\n"),
          TRANSCRIPT("\r\0\r\n\r\n", "1+1 action action=[<00>]\n"),
          TRANSCRIPT("GET / HTTP/1.1", ""));
}


static void only_the_first_line_counts(void **state)
{
    CHECK(
        TRANSCRIPT("x\nGET / HTTP/1.1\r\n",
                   "0+1 action action=[x]\n2+14 action action=[GET]\n"),
        TRANSCRIPT("quit\n\n\x16\x03\n", "0+4 quit\n6+2 action action=[<16><03>]\n"),
        TRANSCRIPT("{\nPROXY TCP4 x\n",
                   "0+1 error 023 at 1 column 1: Malformed JSON at byte 1: expected "
                   "a member name or '}'\n2+12 action action=[PROXY]\n"),
        TRANSCRIPT("\x04GET / HTTP/1.1\n", "0+1 goodbye\n1+14 action action=[GET]\n"));
}


static void telnet_commands_are_no_part_of_it(void **state)
{
    CHECK_WITH(
        NULL, 0, true,
        TRANSCRIPT("\xff\xfb\x01GE\xff\xf1T / HTTP/1\xff\xf6.1\r\nquit\r\n",
                   "0+3 reply reply=[<ff>\xfe<01>]\n17+2 areYouThere\n"
                   "foreign HTTP\n"),
        TRANSCRIPT("GET / HTTP/1.1\xff\xff\r\n", "foreign HTTP\n"),
        TRANSCRIPT("GET\xff\xff / HTTP/1.1\r\n",
                   "0+15 error 024 at 4 column 3: Invalid UTF-8 at byte 3: "
                   "expected the first byte of a character\n"),
        TRANSCRIPT("GET / HTTP/1.1\r\n\xff\xf4\xff\xfd\x06quit\n", "foreign HTTP\n"));
}


static void a_client_that_erases_is_a_telnet_client(void **state)
{
    CHECK_WITH(
        NULL, 0, true, TRANSCRIPT("GET / HTTP/1.1\xff\xf8quit\r\n", "16+4 quit\n"),
        TRANSCRIPT("GET / HTTP/1.\xff\xf7\xff\xf7y\r\n", "0+12 action action=[GET]\n"),
        TRANSCRIPT("x\xff\xf7GET / HTTP/1.1\r\nquit\r\n",
                   "3+14 action action=[GET]\n19+4 quit\n"),
        TRANSCRIPT("\x16\x03\xff\xf8quit\r\n", "foreign TLS\n"));
}


static void its_line_ends_whatever_the_delimiter_is(void **state)
{
    CHECK_WITH("^]", 0, false,
               TRANSCRIPT("\r\nGET / HTTP/1.1\r\nx: y^]quit^]", "foreign HTTP\n"),
               TRANSCRIPT("PROXY TCP4 x\r\nquit^]", "foreign PROXY\n"),
               TRANSCRIPT("GET / HTTP/1.1 x\r\n^]", "0+16 action action=[GET]\n"),
               TRANSCRIPT("quit^]GET / HTTP/1.1\r\n^]",
                          "0+4 quit\n6+14 action action=[GET]\n"));
    CHECK_WITH("\r\n.\r\n", 14, false,
               TRANSCRIPT("GET / HTTP/1.1\r\n.\r\nquit\r\n.\r\n", "foreign HTTP\n"));
}


/* The body of a request is not executed, even if its address contains the delimiter. */
static void a_delimiter_within_its_line_does_not_hide_it(void **state)
{
    CHECK_WITH("/newline", 0, false,
               TRANSCRIPT("GET /newline HTTP/1.1\r\n/newlinequit/newline",
                          "0+4 action action=[GET]\nforeign HTTP\n"));
    CHECK_WITH("x", 0, false,
               TRANSCRIPT("GET /x?x HTTP/1.1\r\nquitx",
                          "0+5 action action=[GET]\n6+1 action action=[?]\n"
                          "foreign HTTP\n"));
    CHECK_WITH("a", 3, false,
               TRANSCRIPT("aaAaaGET / HTTP/1a1\r\nquita",
                          "2+1 action action=[A]\n"
                          "5+4 error 008 at 8 column 3: Data length is too big (4 "
                          "received/3 max)\nforeign HTTP\n"));
}


static void a_line_above_the_limit_is_not_hidden_either(void **state)
{
    CHECK_WITH(NULL, 6, false,
               TRANSCRIPT("GET /0123456789 HTTP/1.1\r\nquit\r\n",
                          "0+7 error 008 at 6 column 6: Data length is too big (7 "
                          "received/6 max)\nforeign HTTP\n"),
               TRANSCRIPT("GET /0123456789\r\nquit\r\n",
                          "0+7 error 008 at 6 column 6: Data length is too big (7 "
                          "received/6 max)\n17+4 quit\n"));
    CHECK_WITH(NULL, 14, false, TRANSCRIPT("GET / HTTP/1.1\r\n", "foreign HTTP\n"));
    CHECK_WITH("xyz", 14, false,
               TRANSCRIPT("GET / HTTP/1.1\nxyzquitxyz", "foreign HTTP\n"));
}


static void without_detection_all_are_lines(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 0, false);

    (void)state;
    assert_transcripts(
        &framing,
        (const struct transcript_case[]){
            TRANSCRIPT("GET / HTTP/1.1\nquit\n",
                       "0+14 action action=[GET]\n15+4 quit\n"),
            TRANSCRIPT(SIGNATURE,
                       "4+1 action action=[<00>]\n7+4 action action=[QUIT]\n"),
        },
        2);
}


static enum stellar_result feed(struct stellar_parser *parser, const char *bytes,
                                struct stellar_command *command)
{
    stellar_parser_feed(parser, bytes, strlen(bytes));
    return stellar_parser_next(parser, command);
}


static void a_line_is_handed_out_with_its_last_byte(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 0, false);
    struct stellar_parser parser;
    struct stellar_command command;
    char memory[64];

    (void)state;
    stellar_parser_init(&parser, &framing);
    stellar_parser_detect_foreign(&parser);
    stellar_parser_set_memory(&parser, memory, sizeof memory);
    assert_int_equal(feed(&parser, "GET / HTTP/1.1 ", &command), STELLAR_MORE);
    assert_int_equal(feed(&parser, "x", &command), STELLAR_MORE);
    assert_int_equal(feed(&parser, "\n", &command), STELLAR_COMMAND);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    assert_true(stellar_parser_is_idle(&parser));
}


static void what_follows_is_passed_over(void **state)
{
    struct stellar_framing framing = framing_of("xx", 8, true);
    struct stellar_parser parser;
    struct stellar_command command;

    (void)state;
    stellar_parser_init(&parser, &framing);
    stellar_parser_detect_foreign(&parser);
    assert_int_equal(feed(&parser, "\x16\x03quitxxquitx", &command), STELLAR_FOREIGN);
    assert_int_equal(command.foreign, STELLAR_FOREIGN_TLS);
    assert_int_equal(stellar_parser_rest(&parser).length, 0);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    assert_int_equal(feed(&parser, "xquitxx\xff\xf6\x04", &command), STELLAR_MORE);
    assert_int_equal(feed(&parser, "much more than the limit", &command), STELLAR_MORE);
    assert_int_equal(stellar_parser_rest(&parser).length, 0);
    assert_int_equal(stellar_parser_held(&parser), 0);
    assert_false(stellar_parser_is_idle(&parser));
}


/* A new parser would take the second line for the first. */
static void a_parser_that_still_looks_is_not_idle(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 0, false);
    struct stellar_parser parser;
    struct stellar_command command;

    (void)state;
    stellar_parser_init(&parser, &framing);
    stellar_parser_detect_foreign(&parser);
    assert_int_equal(feed(&parser, "\r\n", &command), STELLAR_MORE);
    assert_false(stellar_parser_is_idle(&parser));
    assert_int_equal(feed(&parser, "quit\r\n", &command), STELLAR_COMMAND);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    assert_true(stellar_parser_is_idle(&parser));
}


/* The machine has read the rest of a piece already, and must not read it twice. */
static void the_rest_of_a_piece_may_move(void **state)
{
    struct stellar_framing framing = framing_of("x", 0, false);
    struct stellar_parser parser;
    struct stellar_command command;
    char rest[32];
    size_t length;

    (void)state;
    stellar_parser_init(&parser, &framing);
    stellar_parser_detect_foreign(&parser);
    assert_int_equal(feed(&parser, "GET /x HTTP/1.1\nquitx", &command),
                     STELLAR_COMMAND);
    length = stellar_parser_rest(&parser).length;
    assert_int_equal(length, 15);
    memcpy(rest, stellar_parser_rest(&parser).data, length);
    stellar_parser_feed(&parser, rest, length);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_FOREIGN);
    assert_int_equal(command.foreign, STELLAR_FOREIGN_HTTP);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(http_is_known_by_its_request_line),
        cmocka_unit_test(the_method_and_the_version_do_not_matter),
        cmocka_unit_test(blanks_separate_words_as_in_any_line),
        cmocka_unit_test(protocols_of_the_same_shape_are_told_apart),
        cmocka_unit_test(tls_is_known_by_its_first_two_bytes),
        cmocka_unit_test(a_proxys_header_is_known_in_both_forms),
        cmocka_unit_test(what_only_seems_so_stays_a_line),
        cmocka_unit_test(what_breaks_off_stays_a_line),
        cmocka_unit_test(only_the_first_line_counts),
        cmocka_unit_test(telnet_commands_are_no_part_of_it),
        cmocka_unit_test(a_client_that_erases_is_a_telnet_client),
        cmocka_unit_test(its_line_ends_whatever_the_delimiter_is),
        cmocka_unit_test(a_delimiter_within_its_line_does_not_hide_it),
        cmocka_unit_test(a_line_above_the_limit_is_not_hidden_either),
        cmocka_unit_test(without_detection_all_are_lines),
        cmocka_unit_test(a_line_is_handed_out_with_its_last_byte),
        cmocka_unit_test(what_follows_is_passed_over),
        cmocka_unit_test(a_parser_that_still_looks_is_not_idle),
        cmocka_unit_test(the_rest_of_a_piece_may_move),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
