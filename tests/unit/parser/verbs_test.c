/* What a single line means: verbs, their arguments and what is wrong with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "transcript.h"

#define CHECK(...)                                                       \
    do {                                                                 \
        static const struct transcript_case cases[] = {__VA_ARGS__};     \
        struct stellar_framing framing = framing_of(NULL, 65536, false); \
        (void)state;                                                     \
        assert_transcripts(&framing, cases, COUNT_OF(cases));            \
    } while (0)


static void verbs_without_arguments(void **state)
{
    CHECK(TRANSCRIPT("quit\n", "0+4 quit\n"), TRANSCRIPT("exit\n", "0+4 quit\n"),
          TRANSCRIPT("paramsView\n", "0+10 paramsView\n"),
          TRANSCRIPT("paramsDelete\n", "0+12 paramsDelete\n"),
          TRANSCRIPT("detailsView\n", "0+11 detailsView\n"),
          TRANSCRIPT("detailsView and more\n", "0+20 detailsView\n"),
          TRANSCRIPT("quit\tnow\n", "0+8 quit\n"));
}


static void param_add_takes_a_pair(void **state)
{
    CHECK(TRANSCRIPT("paramAdd a=b\n", "0+12 paramAdd key=[a] value=[b]\n"),
          TRANSCRIPT("paramAdd a=b=c=\n", "0+15 paramAdd key=[a] value=[b=c=]\n"),
          TRANSCRIPT("paramAdd a=\n", "0+11 paramAdd key=[a] value=[]\n"),
          TRANSCRIPT("paramAdd a= b\n", "0+13 paramAdd key=[a] value=[]\n"),
          TRANSCRIPT("paramAdd a=b c d\n", "0+16 paramAdd key=[a] value=[b]\n"),
          TRANSCRIPT("paramAdd \t a=b \n", "0+15 paramAdd key=[a] value=[b]\n"));
}


static void param_add_takes_two_words(void **state)
{
    CHECK(TRANSCRIPT("paramAdd a b\n", "0+12 paramAdd key=[a] value=[b]\n"),
          TRANSCRIPT("paramAdd a \t b c\n", "0+16 paramAdd key=[a] value=[b]\n"),
          TRANSCRIPT("paramAdd a b=c\n", "0+14 paramAdd key=[a] value=[b=c]\n"),
          TRANSCRIPT("paramAdd a =b\n", "0+13 paramAdd key=[a] value=[=b]\n"),
          TRANSCRIPT("paramAdd \xc3\xa9 \xe2\x82\xac\n",
                     "0+15 paramAdd key=[\xc3\xa9] value=[\xe2\x82\xac]\n"));
}


static void missing_keys_and_values_are_named(void **state)
{
#define MISSING(argument) ": The argument " argument " is missing\n"
    CHECK(
        TRANSCRIPT("paramAdd\n", "0+8 paramAdd error 026 at 8 column 8" MISSING("key")),
        TRANSCRIPT("paramAdd  \n",
                   "0+10 paramAdd error 026 at 10 column 10" MISSING("key")),
        TRANSCRIPT("  paramAdd =v\n",
                   "0+13 paramAdd error 026 at 11 column 11" MISSING("key")),
        TRANSCRIPT("paramAdd k\n",
                   "0+10 paramAdd error 026 at 10 column 10" MISSING("value")),
        TRANSCRIPT("paramAdd k \n",
                   "0+11 paramAdd error 026 at 11 column 11" MISSING("value")),
        TRANSCRIPT("paramView\n",
                   "0+9 paramView error 026 at 9 column 9" MISSING("key")),
        TRANSCRIPT("\nparamDelete\t\n",
                   "1+12 paramDelete error 026 at 13 column 12" MISSING("key")));
}


static void param_view_and_delete_take_a_key(void **state)
{
    CHECK(TRANSCRIPT("paramView a\n", "0+11 paramView key=[a]\n"),
          TRANSCRIPT("paramView  a b\n", "0+14 paramView key=[a]\n"),
          TRANSCRIPT("paramView a=b\n", "0+13 paramView key=[a=b]\n"),
          TRANSCRIPT("paramDelete a\n", "0+13 paramDelete key=[a]\n"));
}


static void room_verbs_take_a_room(void **state)
{
    CHECK(TRANSCRIPT("roomAdd r\n", "0+9 roomAdd room=[r]\n"),
          TRANSCRIPT("roomJoin r x\n", "0+12 roomAdd room=[r]\n"),
          TRANSCRIPT("roomLeave\t r\n", "0+12 roomLeave room=[r]\n"),
          TRANSCRIPT("roomView defaultRoom\n", "0+20 roomView room=[defaultRoom]\n"));
}


static void a_missing_room_is_refused(void **state)
{
#define REQUIRED ": A room is required\n"
    CHECK(TRANSCRIPT("roomAdd\n", "0+7 roomAdd error 021 at 7 column 7" REQUIRED),
          TRANSCRIPT("roomJoin \n", "0+9 roomAdd error 021 at 9 column 9" REQUIRED),
          TRANSCRIPT("roomLeave\n", "0+9 roomLeave error 021 at 9 column 9" REQUIRED),
          TRANSCRIPT("roomView\n", "0+8 roomView error 021 at 8 column 8" REQUIRED));
}


static void say_takes_its_message_verbatim(void **state)
{
    CHECK(TRANSCRIPT("say r hi\n", "0+8 say room=[r] message=[hi]\n"),
          TRANSCRIPT("say r, hi\n", "0+9 say room=[r] message=[hi]\n"),
          TRANSCRIPT("say r,hi\n", "0+8 say room=[r] message=[hi]\n"),
          TRANSCRIPT("say r,,hi\n", "0+9 say room=[r] message=[,hi]\n"),
          TRANSCRIPT("say  \tr  a  b \t\n", "0+15 say room=[r] message=[ a  b <09>]\n"),
          TRANSCRIPT("say r  \n", "0+7 say room=[r] message=[ ]\n"),
          TRANSCRIPT("say r , hi\n", "0+10 say room=[r] message=[, hi]\n"),
          TRANSCRIPT("say r a\0b\n", "0+9 say room=[r] message=[a<00>b]\n"));
}


static void say_needs_room_and_message(void **state)
{
#define BOTH ": Both room and message are required\n"
    CHECK(TRANSCRIPT("say\n", "0+3 say error 015 at 3 column 3" BOTH),
          TRANSCRIPT("say \n", "0+4 say error 015 at 4 column 4" BOTH),
          TRANSCRIPT("say r\n", "0+5 say error 015 at 5 column 5" BOTH),
          TRANSCRIPT("say r \n", "0+6 say error 015 at 6 column 6" BOTH),
          TRANSCRIPT("say r,\n", "0+6 say error 015 at 6 column 6" BOTH),
          TRANSCRIPT("say r, \n", "0+7 say error 015 at 7 column 7" BOTH),
          TRANSCRIPT("\r\n say ,hi\n", "2+8 say error 015 at 7 column 5" BOTH));
}


static void other_words_call_an_action(void **state)
{
    CHECK(TRANSCRIPT("status\n", "0+6 action action=[status]\n"),
          TRANSCRIPT("status now\n", "0+10 action action=[status]\n"),
          TRANSCRIPT(" \t status\n", "0+9 action action=[status]\n"),
          TRANSCRIPT("Quit\n", "0+4 action action=[Quit]\n"),
          TRANSCRIPT("quitter\n", "0+7 action action=[quitter]\n"),
          TRANSCRIPT("param\n", "0+5 action action=[param]\n"),
          TRANSCRIPT("roomAdd,x\n", "0+9 action action=[roomAdd,x]\n"),
          TRANSCRIPT("\x01=\"\0\n", "0+4 action action=[<01>=\"<00>]\n"),
          TRANSCRIPT("event\n", "0+5 action action=[event]\n"));
}


static void json_calls_an_action(void **state)
{
    CHECK(TRANSCRIPT("{\"action\":\"a\"}\n", "0+14 action action=[a]\n"),
          TRANSCRIPT(" {} \n", "0+4 action\n"),
          TRANSCRIPT("{\"action\":\"\\n\",\"params\":{\"k\": 1}} \t\n",
                     "0+35 action escaped=[\\n] params=[{\"k\": 1}]\n"));
}


static void bad_json_is_refused_where_it_goes_wrong(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 65536, false);
    static const char stream[] = "\n  {\"a\":tru}\nquit\n";
    struct stellar_parser parser;
    struct stellar_command command;

    (void)state;
    stellar_parser_init(&parser, &framing);
    stellar_parser_feed(&parser, stream, sizeof stream - 1);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_ERROR);
    assert_int_equal(command.error.code, STELLAR_E_MALFORMED_JSON);
    assert_int_equal(command.verb, STELLAR_NO_VERB);
    assert_int_equal(command.error.column, 10);
    assert_int_equal(command.error.at, 11);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_int_equal(command.verb, STELLAR_QUIT);
}


static void a_call_with_an_action_of_another_type_is_refused(void **state)
{
    CHECK(TRANSCRIPT(" {\"action\":{\"toString\":0,\"valueOf\":0}}\n",
                     "0+38 action error 003 at 11 column 11: Param 'action' has an "
                     "invalid type, expected string\n"),
          TRANSCRIPT("{\"params\":[]}\n",
                     "0+13 action error 003 at 10 column 10: Param 'params' has an "
                     "invalid type, expected object\n"));
}


static void a_bad_byte_is_found_in_texts_of_every_length(void **state)
{
    char text[80];
    size_t length;
    size_t bad;

    (void)state;
    memset(text, 'a', sizeof text);
    for (length = 0; length <= sizeof text; length++) {
        assert_true(stellar_utf8_check(text, length));
        for (bad = 0; bad < length; bad++) {
            text[bad] = '\x80';
            assert_false(stellar_utf8_check(text, length));
            assert_true(stellar_utf8_check(text, bad));
            text[bad] = 'a';
        }
    }
}


static void invalid_utf8_is_refused_wherever_it_stands(void **state)
{
    struct stellar_framing framing = framing_of(NULL, 65536, false);
    static const struct {
        const char *line;
        size_t column;
    } lines[] = {{"\x80", 0},
                 {"say r \xc0\xaf", 6},
                 {"say r \xc3(", 7},
                 {"say r \xc3", 7},
                 {"0123456789012345678901234567890123456789\xff", 40},
                 {"\xe0\x9f\xbf", 1},
                 {"\xed\xa0\x80", 1},
                 {"\xf0\x8f\xbf\xbf", 1},
                 {"\xf4\x90\x80\x80", 1},
                 {"\xf5", 0},
                 {"\xe2\x82", 2},
                 {"\xf0\x9f\x98", 3},
                 {"\xf0\x9f\x98\x41", 3},
                 {"{\"a\":\"\xff\"}", 6}};
    struct stellar_parser parser;
    struct stellar_command command;
    size_t i;

    (void)state;
    stellar_parser_init(&parser, &framing);
    for (i = 0; i < COUNT_OF(lines); i++) {
        stellar_parser_feed(&parser, lines[i].line, strlen(lines[i].line));
        while (stellar_parser_next(&parser, &command) == STELLAR_MEMORY) {
            static char memory[256];
            stellar_parser_set_memory(&parser, memory, sizeof memory);
        }
        stellar_parser_feed(&parser, "\n", 1);
        assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_ERROR);
        assert_int_equal(command.error.code, STELLAR_E_INVALID_UTF8);
        assert_int_equal(command.verb, STELLAR_NO_VERB);
        assert_int_equal(command.error.column, lines[i].column);
        assert_non_null(command.error.expected);
        assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_MORE);
    }
}


static void valid_utf8_is_left_alone(void **state)
{
    CHECK(TRANSCRIPT("say r \xc2\x80\xdf\xbf\n",
                     "0+10 say room=[r] message=[\xc2\x80\xdf\xbf]\n"),
          TRANSCRIPT(
              "say r \xe0\xa0\x80\xed\x9f\xbf\xef\xbf\xbf\n",
              "0+15 say room=[r] message=[\xe0\xa0\x80\xed\x9f\xbf\xef\xbf\xbf]\n"),
          TRANSCRIPT("say r \xf0\x90\x80\x80\xf4\x8f\xbf\xbf\n",
                     "0+14 say room=[r] message=[\xf0\x90\x80\x80\xf4\x8f\xbf\xbf]\n"));
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verbs_without_arguments),
        cmocka_unit_test(param_add_takes_a_pair),
        cmocka_unit_test(param_add_takes_two_words),
        cmocka_unit_test(missing_keys_and_values_are_named),
        cmocka_unit_test(param_view_and_delete_take_a_key),
        cmocka_unit_test(room_verbs_take_a_room),
        cmocka_unit_test(a_missing_room_is_refused),
        cmocka_unit_test(say_takes_its_message_verbatim),
        cmocka_unit_test(say_needs_room_and_message),
        cmocka_unit_test(other_words_call_an_action),
        cmocka_unit_test(json_calls_an_action),
        cmocka_unit_test(bad_json_is_refused_where_it_goes_wrong),
        cmocka_unit_test(a_call_with_an_action_of_another_type_is_refused),
        cmocka_unit_test(a_bad_byte_is_found_in_texts_of_every_length),
        cmocka_unit_test(invalid_utf8_is_refused_wherever_it_stands),
        cmocka_unit_test(valid_utf8_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
