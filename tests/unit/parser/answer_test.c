/* What a server says, read line by line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"

static const struct stellar_framing *plain(void)
{
    static struct stellar_framing framing;

    framing = framing_of(NULL, 0, false);
    return &framing;
}


static void each_kind_of_line_is_told_from_the_others(void **state)
{
    static const struct transcript_case cases[] = {
        TRANSCRIPT("{\"welcome\":\"Hello!\",\"context\":\"api\"}\r\n",
                   "0+36 welcome own=[\"welcome\":\"Hello!\"] context=[api] "
                   "welcome=[Hello!]\n"),
        TRANSCRIPT("{\"status\":\"Bye!\",\"context\":\"api\"}\r\n",
                   "0+33 goodbye own=[\"status\":\"Bye!\"] context=[api] "
                   "status=[\"Bye!\"]\n"),
        TRANSCRIPT(
            "{\"status\":\"OK\",\"context\":\"response\",\"messageCount\":7}\r\n",
            "0+53 response own=[\"status\":\"OK\"] context=[response] "
            "status=[\"OK\"] count=7\n"),
        TRANSCRIPT(
            "{\"message\":\"hi\",\"room\":\"r\",\"from\":\"i\",\"context\":\"user\","
            "\"sentAt\":1700000000000}\r\n",
            "0+78 chat own=[\"message\":\"hi\",\"room\":\"r\",\"from\":\"i\"] "
            "context=[user] message=[hi] room=[r] from=[i] "
            "sentAt=1700000000000\n"),
        TRANSCRIPT("{\"error\":\"no\",\"context\":\"api\"}\r\n",
                   "0+30 other own=[\"error\":\"no\"] context=[api] error=[\"no\"] "
                   "text=[no]\n"),
        TRANSCRIPT("{}\r\n", "0+2 other own=[]\n"),
        TRANSCRIPT("{\"event\":{\"context\":\"api\"}}\r\n",
                   "0+27 other own=[\"event\":{\"context\":\"api\"}]\n"),
    };

    (void)state;
    assert_answers(plain(), cases, COUNT_OF(cases));
}


static void names_and_kinds_may_be_escaped(void **state)
{
    static const struct transcript_case cases[] = {
        TRANSCRIPT("{\"w\\u0065lcome\":\"H\\n\",\"\\u0063ontext\":\"\\u0061pi\"}\r\n",
                   "0+48 welcome own=[\"w\\u0065lcome\":\"H\\n\"] context=[\\u0061pi] "
                   "welcome=[H\\n]\n"),
        TRANSCRIPT("{\"status\":\"By\\u0065!\",\"context\":\"api\"}\r\n",
                   "0+38 goodbye own=[\"status\":\"By\\u0065!\"] context=[api] "
                   "status=[\"By\\u0065!\"]\n"),
    };

    (void)state;
    assert_answers(plain(), cases, COUNT_OF(cases));
}


static void a_kind_needs_all_that_belongs_to_it(void **state)
{
    static const struct transcript_case cases[] = {
        /* Another status is no goodbye, and a goodbye of an action is a response. */
        TRANSCRIPT("{\"status\":\"Bye\",\"context\":\"api\"}\n",
                   "0+32 other own=[\"status\":\"Bye\"] context=[api] "
                   "status=[\"Bye\"]\n"),
        TRANSCRIPT("{\"status\":\"Bye!\",\"context\":\"response\"}\n",
                   "0+38 response own=[\"status\":\"Bye!\"] context=[response] "
                   "status=[\"Bye!\"]\n"),
        TRANSCRIPT("{\"welcome\":1,\"context\":\"api\"}\n",
                   "0+29 other own=[\"welcome\":1] context=[api]\n"),
        TRANSCRIPT(
            "{\"message\":\"m\",\"room\":\"r\",\"from\":\"i\",\"context\":\"user\"}\n",
            "0+54 other own=[\"message\":\"m\",\"room\":\"r\",\"from\":\"i\"] "
            "context=[user] message=[m] room=[r] from=[i]\n"),
        TRANSCRIPT(
            "{\"room\":\"r\",\"from\":\"i\",\"context\":\"user\",\"sentAt\":1}\n",
            "0+51 other own=[\"room\":\"r\",\"from\":\"i\"] context=[user] room=[r] "
            "from=[i]\n"),
        TRANSCRIPT("{\"context\":\"Api\",\"welcome\":\"w\"}\n",
                   "0+31 other own=[] context=[Api] welcome=[w]\n"),
    };

    (void)state;
    assert_answers(plain(), cases, COUNT_OF(cases));
}


static void only_the_last_context_is_the_servers(void **state)
{
    static const struct transcript_case cases[] = {
        /* An action's own members have the names of the server's. */
        TRANSCRIPT(
            "{\"context\":\"mine\",\"messageCount\":5,\"data\":1,\"messageId\":2,"
            "\"context\":\"response\",\"messageCount\":6}\r\n",
            "0+96 response own=[\"context\":\"mine\",\"messageCount\":5,\"data\":1,"
            "\"messageId\":2] context=[response] count=6\n"),
        TRANSCRIPT(
            "{\"data\":1,\"context\":\"response\",\"data\":[2],\"messageCount\":0,"
            "\"messageId\":\"x\"}\r\n",
            "0+75 response own=[\"data\":1] context=[response] data=[[2]] count=0 "
            "id=[\"x\"]\n"),
        TRANSCRIPT("{\"context\":\"response\",\"messageCount\":1}\n",
                   "0+39 response own=[] context=[response] count=1\n"),
        /* Without one, nothing is the server's. */
        TRANSCRIPT("{\"messageCount\":1,\"data\":2,\"messageId\":3}\n",
                   "0+41 other own=[\"messageCount\":1,\"data\":2,\"messageId\":3]\n"),
        TRANSCRIPT("{\"context\":\"response\",\"context\":4,\"messageCount\":1}\n",
                   "0+51 other own=[\"context\":\"response\",\"context\":4,"
                   "\"messageCount\":1]\n"),
        /* Of other duplicates the last. */
        TRANSCRIPT(
            "{\"status\":1,\"status\":2,\"context\":\"response\",\"messageCount\":1,"
            "\"messageCount\":2}\n",
            "0+78 response own=[\"status\":1,\"status\":2] context=[response] "
            "status=[2] count=2\n"),
    };

    (void)state;
    assert_answers(plain(), cases, COUNT_OF(cases));
}


static void an_error_has_a_code_and_a_text(void **state)
{
    static const struct transcript_case cases[] = {
        TRANSCRIPT(
            "{\"error\":{\"code\":\"004\",\"message\":\"Unknown \\\"x\\\"\"},"
            "\"context\":\"response\",\"messageCount\":0}\r\n",
            "0+88 response own=[\"error\":{\"code\":\"004\",\"message\":\"Unknown "
            "\\\"x\\\"\"}] context=[response] error=[{\"code\":\"004\",\"message\":"
            "\"Unknown \\\"x\\\"\"}] code=[004] text=[Unknown \\\"x\\\"] count=0\n"),
        TRANSCRIPT(
            "{\"status\":{\"name\":\"n\",\"code\":\"019\",\"message\":\"m\"},"
            "\"context\":\"response\",\"data\":false,\"messageCount\":1}\r\n",
            "0+101 response own=[\"status\":{\"name\":\"n\",\"code\":\"019\","
            "\"message\":\"m\"}] context=[response] status=[{\"name\":\"n\","
            "\"code\":\"019\",\"message\":\"m\"}] code=[019] text=[m] data=[false] "
            "count=1\n"),
        /* Of both the error's; of a status that is a string nothing. */
        TRANSCRIPT(
            "{\"status\":{\"code\":\"1\"},\"error\":{\"c\\u006fde\":\"2\"}}\n",
            "0+49 other own=[\"status\":{\"code\":\"1\"},\"error\":{\"c\\u006fde\":"
            "\"2\"}] status=[{\"code\":\"1\"}] error=[{\"c\\u006fde\":\"2\"}] "
            "code=[2]\n"),
        TRANSCRIPT("{\"status\":\"no\"}\n",
                   "0+15 other own=[\"status\":\"no\"] status=[\"no\"]\n"),
        TRANSCRIPT("{\"error\":{\"key\":\"is required\"}}\n",
                   "0+31 other own=[\"error\":{\"key\":\"is required\"}] "
                   "error=[{\"key\":\"is required\"}]\n"),
        TRANSCRIPT("{\"error\":{\"code\":4,\"message\":null}}\n",
                   "0+35 other own=[\"error\":{\"code\":4,\"message\":null}] "
                   "error=[{\"code\":4,\"message\":null}]\n"),
    };

    (void)state;
    assert_answers(plain(), cases, COUNT_OF(cases));
}


static void a_count_is_an_integer_of_64_bits(void **state)
{
    static const struct {
        const char *number;
        bool is_one;
        uint64_t count;
    } cases[] = {
        {"0", true, 0},
        {"18446744073709551615", true, UINT64_MAX},
        {"18446744073709551616", false, 0},
        {"99999999999999999999", false, 0},
        {"5.0", true, 5},
        {"5e1", true, 50},
        {"5.5", false, 0},
        {"-0", true, 0},
        {"-1", false, 0},
        {"\"1\"", false, 0},
        {"null", false, 0},
    };
    struct stellar_parser parser;
    struct stellar_answer answer;
    char line[80];
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(cases); i++) {
        strcpy(line, "{\"context\":\"response\",\"messageCount\":");
        strcat(line, cases[i].number);
        strcat(line, "}\n");
        stellar_parser_init(&parser, plain());
        stellar_parser_feed(&parser, line, strlen(line));
        assert_int_equal(stellar_parser_next_answer(&parser, &answer), STELLAR_ANSWER);
        assert_int_equal(answer.has_message_count, cases[i].is_one);
        assert_int_equal(answer.message_count, cases[i].count);
    }
}


static void white_space_between_tokens_is_no_part_of_anything(void **state)
{
    static const struct transcript_case cases[] = {
        TRANSCRIPT(
            " \t{ \"status\" : \"OK\" , \"context\" : \"response\" , \"data\" : [ 1 ] "
            "} \t\r\n\r\n \r\n{ }\n",
            "0+65 response own=[\"status\" : \"OK\"] context=[response] "
            "status=[\"OK\"] data=[[ 1 ]]\n72+3 other own=[]\n"),
    };

    (void)state;
    assert_answers(plain(), cases, COUNT_OF(cases));
}


static void a_line_that_is_no_object_is_refused_once(void **state)
{
    static const struct transcript_case cases[] = {
        TRANSCRIPT("HTTP/1.1 400 Bad Request\r\n{}\r\n",
                   "0+24 error 023 at 0 column 0: Malformed JSON at byte 0: expected "
                   "'{'\n26+2 other own=[]\n"),
        TRANSCRIPT("  [1]\n", "0+5 error 023 at 2 column 2: Malformed JSON at byte 2: "
                              "expected '{'\n"),
        TRANSCRIPT(
            "{\"a\":}\n{\"a\":1} x\n\"\n",
            "0+6 error 023 at 5 column 5: Malformed JSON at byte 5: expected a "
            "value\n7+9 error 023 at 15 column 8: Malformed JSON at byte 8: "
            "expected end of line\n17+1 error 023 at 17 column 0: Malformed JSON "
            "at byte 0: expected '{'\n"),
        TRANSCRIPT("{\"a\":\"\xc3\"}\n",
                   "0+9 error 024 at 7 column 7: Invalid UTF-8 at "
                   "byte 7: expected a continuation byte (80 to "
                   "BF)\n"),
    };

    (void)state;
    assert_answers(plain(), cases, COUNT_OF(cases));
}


static void a_line_above_the_limit_is_refused_once(void **state)
{
    static const struct transcript_case cases[] = {
        TRANSCRIPT("{\"a\":123}\r\n{}\r\n",
                   "0+9 error 008 at 8 column 8: Data length is too big (9 received/8 "
                   "max)\n11+2 other own=[]\n"),
        TRANSCRIPT("{\"a\":12}\r\n", "0+8 other own=[\"a\":12]\n"),
    };
    struct stellar_framing framing = framing_of(NULL, 8, false);

    (void)state;
    assert_answers(&framing, cases, COUNT_OF(cases));
}


static void telnet_commands_are_told_and_are_no_part_of_a_line(void **state)
{
    static const struct transcript_case cases[] = {
        TRANSCRIPT("{\"a\"\xff\xfb\x01:1}\r\n\xff\xf6{}\n",
                   "4+3 reply reply=[<ff>\xfe<01>]\n0+7 other own=[\"a\":1]\n12+2 "
                   "areYouThere\n14+2 other own=[]\n"),
        TRANSCRIPT("\xff\xf4", "0+2 goodbye reply=[<ff>\xfc<06>]\n"),
    };
    struct stellar_framing framing = framing_of(NULL, 0, true);

    (void)state;
    assert_answers(&framing, cases, COUNT_OF(cases));
}


static void control_d_means_nothing(void **state)
{
    static const struct transcript_case cases[] = {
        TRANSCRIPT("\x04{}\r\n{}\n",
                   "0+3 error 023 at 0 column 0: Malformed JSON at byte 0: expected "
                   "'{'\n5+2 other own=[]\n"),
    };
    struct stellar_framing framing = framing_of("^]", 0, false);

    (void)state;
    assert_answers(plain(), cases, COUNT_OF(cases));
    assert_answers(&framing,
                   (const struct transcript_case[]){TRANSCRIPT(
                       "\x04^]{}^]", "0+1 error 023 at 0 column 0: Malformed JSON at "
                                     "byte 0: expected '{'\n3+2 other own=[]\n")},
                   1);
}


static void a_whole_line_is_used_where_it_stands(void **state)
{
    static const char stream[] = " {\"status\":1,\"context\":\"response\"}\n";
    struct stellar_parser parser;
    struct stellar_answer answer;

    (void)state;
    stellar_parser_init(&parser, plain());
    stellar_parser_feed(&parser, stream, sizeof stream - 1);
    assert_int_equal(stellar_parser_next_answer(&parser, &answer), STELLAR_ANSWER);
    assert_ptr_equal(answer.line.data, stream);
    assert_int_equal(answer.line.length, sizeof stream - 2);
    assert_ptr_equal(answer.own.data, stream + 2);
    assert_ptr_equal(answer.context.data, stream + 24);
    assert_int_equal(answer.status.type, STELLAR_JSON_NUMBER);
    assert_int_equal(stellar_parser_held(&parser), 0);
}


static void who_reads_the_other_direction_gets_that_line_read_so(void **state)
{
    static const char *const pieces[] = {"{\"action\":\"a",
                                         "\"}\n{\"context\":", "\"x\"}\n"};
    char memory[64];
    struct stellar_parser parser;
    struct stellar_answer answer;
    struct stellar_command command;

    (void)state;
    stellar_parser_init(&parser, plain());
    stellar_parser_set_memory(&parser, memory, sizeof memory);
    stellar_parser_feed(&parser, pieces[0], strlen(pieces[0]));
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    stellar_parser_feed(&parser, pieces[1], strlen(pieces[1]));
    assert_int_equal(stellar_parser_next_answer(&parser, &answer), STELLAR_ANSWER);
    assert_int_equal(answer.own.length, strlen("\"action\":\"a\""));
    assert_int_equal(stellar_parser_next_answer(&parser, &answer), STELLAR_MORE);
    stellar_parser_feed(&parser, pieces[2], strlen(pieces[2]));
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_int_equal(command.verb, STELLAR_ACTION);
    assert_null(command.action.data);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_line_is_told_from_the_others),
        cmocka_unit_test(names_and_kinds_may_be_escaped),
        cmocka_unit_test(a_kind_needs_all_that_belongs_to_it),
        cmocka_unit_test(only_the_last_context_is_the_servers),
        cmocka_unit_test(an_error_has_a_code_and_a_text),
        cmocka_unit_test(a_count_is_an_integer_of_64_bits),
        cmocka_unit_test(white_space_between_tokens_is_no_part_of_anything),
        cmocka_unit_test(a_line_that_is_no_object_is_refused_once),
        cmocka_unit_test(a_line_above_the_limit_is_refused_once),
        cmocka_unit_test(telnet_commands_are_told_and_are_no_part_of_a_line),
        cmocka_unit_test(control_d_means_nothing),
        cmocka_unit_test(a_whole_line_is_used_where_it_stands),
        cmocka_unit_test(who_reads_the_other_direction_gets_that_line_read_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
