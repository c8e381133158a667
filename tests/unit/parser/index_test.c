/* Lent tokens: the index that the parser writes is that of stellar_params_open(). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stellar/answer.h"
#include "transcript.h"

#define TOKENS 4096

static struct stellar_token lent[TOKENS];
static struct stellar_token opened[TOKENS];
static char memory[STELLAR_MAX_DATA_LENGTH + STELLAR_DELIMITER_MAX];


/* Reads one line, in pieces of so many bytes, with so many tokens lent. */
static void read_line(struct stellar_parser *parser, const char *line, size_t size,
                      size_t capacity, struct stellar_command *command)
{
    static struct stellar_framing framing;
    size_t length = strlen(line);
    size_t at;

    stellar_framing_init(&framing);
    stellar_parser_init(parser, &framing);
    stellar_parser_set_memory(parser, memory, sizeof memory);
    memset(lent, 0xa5, sizeof lent);
    stellar_parser_set_tokens(parser, capacity > 0 ? lent : NULL, capacity);
    for (at = 0; at < length; at += size) {
        stellar_parser_feed(parser, line + at, size < length - at ? size : length - at);
        memset(command, 0xa5, sizeof *command);
        if (stellar_parser_next(parser, command) != STELLAR_MORE) {
            return;
        }
    }
    fail();
}


static void assert_same_index(const struct stellar_params *index,
                              struct stellar_slice params, size_t count)
{
    struct stellar_params expected;

    assert_int_equal(stellar_params_open(&expected, params, opened, TOKENS), count);
    assert_ptr_equal(index->tokens, lent);
    assert_ptr_equal(index->text.data, expected.text.data);
    assert_int_equal(index->text.length, expected.text.length);
    assert_int_equal(index->count, expected.count);
    assert_int_equal(index->next, expected.next);
    assert_memory_equal(lent, opened, count * sizeof *lent);
}


/* The line's params have so many tokens: that many are enough, and one less is not. */
static void check(const char *line, size_t count)
{
    size_t sizes[] = {1, 2, 3, 7, strlen(line)};
    struct stellar_parser parser;
    struct stellar_command command;
    size_t i;

    for (i = 0; i < COUNT_OF(sizes); i++) {
        read_line(&parser, line, sizes[i], count, &command);
        assert_int_equal(command.verb, STELLAR_ACTION);
        assert_same_index(&command.index, command.params, count);
        read_line(&parser, line, sizes[i], count - 1, &command);
        assert_int_equal(command.verb, STELLAR_ACTION);
        assert_non_null(command.params.data);
        assert_null(command.index.tokens);
    }
}


static void every_kind_of_value_is_indexed_as_jsmn_does(void **state)
{
    (void)state;
    check("{\"action\":\"a\",\"params\":{}}\n", 1);
    check("{\"params\":{\"a\":1}}\n", 3);
    check("{\"params\":{\"a\":\"\",\"\":\"b\"}}\n", 5);
    check("{\"params\":{\"a\":-1.5e+3,\"b\":true,\"c\":false,\"d\":null}}\n", 9);
    check("{\"params\":{\"a\":[]}}\n", 3);
    check("{\"params\":{\"a\":[1,\"x\",true,[],{},[2],{\"b\":3}]}}\n", 13);
    check("{\"params\":{\"a\":{\"b\":{\"c\":{}}},\"d\":[[[0]]],\"e\":0}}\n", 14);
    check("{\"params\":{\"\\u00e9\\\"\":\"\\ud83d\\ude00\",\"\xc3\xa9\":"
          "\"\xe2\x82\xac\"}}\n",
          5);
}


static void white_space_is_passed_over(void **state)
{
    (void)state;
    check(" { \"params\" : { \"a\" : [ 1 , 2 ] , \"b\" : { } } } \n", 7);
    check("\t{\"params\":\t{\t\"a\"\t:\t1\t}\t}\t\n", 3);
}


static void the_last_params_are_indexed_and_nothing_beside_them(void **state)
{
    (void)state;
    check("{\"x\":{\"y\":[1,2,3]},\"params\":{\"a\":1},\"z\":[{\"y\":1}]}\n", 3);
    check("{\"params\":{\"a\":1,\"b\":2,\"c\":3},\"params\":{\"d\":[4]}}\n", 4);
    check("{\"params\":[1,2,3],\"params\":{}}\n", 1);
    check("{\"params\":5,\"p\\u0061rams\":{\"a\":\"b\"},\"action\":\"x\"}\n", 3);
}


static void text_after_params_does_not_change_their_index(void **state)
{
    struct stellar_parser parser;
    struct stellar_command command;

    (void)state;
    read_line(&parser, "{\"params\":{\"a\":1},\"b\":[2,{\"c\":3}],\"d\":\"e\"}\n", 64,
              TOKENS, &command);
    assert_same_index(&command.index, command.params, 3);
    assert_int_equal(lent[3].fields[0], (int)0xa5a5a5a5);
}


static void the_deepest_params_are_indexed(void **state)
{
    char line[256] = "{\"params\":{\"a\":";
    int i;

    (void)state;
    for (i = 0; i < STELLAR_JSON_DEPTH_MAX - 2; i++) {
        strcat(line, "[");
    }
    for (i = 0; i < STELLAR_JSON_DEPTH_MAX - 2; i++) {
        strcat(line, "]");
    }
    strcat(line, "}}\n");
    check(line, 2 + STELLAR_JSON_DEPTH_MAX - 2);
}


static void a_whole_answer_is_indexed(void **state)
{
    static const char stream[] =
        " {\"a\":[1,{}],\"error\":{\"code\":\"016\"},\"context\":\"response\"} \n{}\n";
    struct stellar_framing framing;
    struct stellar_parser parser;
    struct stellar_answer answer;
    struct stellar_slice object;

    (void)state;
    stellar_framing_init(&framing);
    stellar_parser_init(&parser, &framing);
    stellar_parser_set_tokens(&parser, lent, 12);
    stellar_parser_feed(&parser, stream, sizeof stream - 1);
    assert_int_equal(stellar_parser_next_answer(&parser, &answer), STELLAR_ANSWER);
    object.data = answer.line.data + 1;
    object.length = answer.line.length - 2;
    assert_same_index(&answer.members, object, 11);
    assert_int_equal(stellar_parser_next_answer(&parser, &answer), STELLAR_ANSWER);
    assert_same_index(&answer.members, answer.line, 1);

    stellar_parser_init(&parser, &framing);
    stellar_parser_set_tokens(&parser, lent, 10);
    stellar_parser_feed(&parser, stream, sizeof stream - 1);
    assert_int_equal(stellar_parser_next_answer(&parser, &answer), STELLAR_ANSWER);
    assert_null(answer.members.tokens);
}


static void only_a_call_with_params_has_an_index(void **state)
{
    static const char *const lines[] = {
        "quit\n",
        "status\n",
        "roomAdd\n",
        "{}\n",
        "{\"action\":\"a\"}\n",
        "{\"params\":[1]}\n",
        "{\"params\":{\"a\":}}\n",
        "{\"action\":1,\"params\":{}}\n",
    };
    struct stellar_parser parser;
    struct stellar_command command;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(lines); i++) {
        read_line(&parser, lines[i], strlen(lines[i]), TOKENS, &command);
        assert_null(command.index.tokens);
    }
}


static void tokens_are_lent_until_others_are(void **state)
{
    struct stellar_framing framing;
    static const char stream[] =
        "{\"params\":{\"a\":1}}\nquit\n{\"params\":{\"b\":[1]}}\n{\"params\":{}}\n";
    struct stellar_parser parser;
    struct stellar_command command;

    (void)state;
    stellar_framing_init(&framing);
    stellar_parser_init(&parser, &framing);
    stellar_parser_set_tokens(&parser, lent, TOKENS);
    stellar_parser_feed(&parser, stream, sizeof stream - 1);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_same_index(&command.index, command.params, 3);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_null(command.index.tokens);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_same_index(&command.index, command.params, 4);
    stellar_parser_set_tokens(&parser, NULL, 0);
    assert_int_equal(stellar_parser_next(&parser, &command), STELLAR_COMMAND);
    assert_int_equal(command.params.length, 2);
    assert_null(command.index.tokens);
}


static uint32_t seed;


static uint32_t chance(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}


/* Appends a value, or a part of one that was cut off where the text is full. */
static void generate(char *text, size_t *length, size_t limit, int depth)
{
    static const char *const plain[] = {
        "0",    "-1.5e3",  "true",           "null",
        "\"\"", "\"abc\"", "\"\\u0041\\n\"", "\"\xc3\xa9 \""};
    bool is_object = chance(2) == 0;
    uint32_t count = chance(4);
    uint32_t i;

    if (*length + 64 > limit) {
        return;
    }
    if (depth == 0 || chance(3) == 0) {
        *length +=
            (size_t)sprintf(text + *length, "%s", plain[chance(COUNT_OF(plain))]);
        return;
    }
    text[(*length)++] = is_object ? '{' : '[';
    for (i = 0; i < count; i++) {
        if (i > 0) {
            text[(*length)++] = ',';
        }
        if (chance(4) == 0) {
            text[(*length)++] = ' ';
        }
        if (is_object) {
            *length += (size_t)sprintf(text + *length, "\"k%u\":", chance(3));
        }
        generate(text, length, limit, depth - 1);
    }
    text[(*length)++] = is_object ? '}' : ']';
}


/* Calls, half of them damaged in one byte: what is accepted has jsmn's index. */
static void what_is_accepted_has_the_index_of_jsmn(void **state)
{
    struct stellar_parser parser;
    struct stellar_command command;
    size_t indexed = 0;
    size_t i;

    (void)state;
    for (i = 0; i < 20000; i++) {
        char line[1024] = "{\"x\":[1],\"params\":";
        size_t length = strlen(line);

        seed = (uint32_t)i;
        generate(line, &length, sizeof line - 64, 6);
        if (chance(2) == 0) {
            line[chance((uint32_t)length)] = "{}[],:\"0\\ "[chance(10)];
        }
        length += (size_t)sprintf(line + length, ",\"y\":{}}\n");
        read_line(&parser, line, 1 + chance(1024), TOKENS, &command);
        if (command.error.code == STELLAR_NO_ERROR && command.params.data != NULL) {
            assert_same_index(&command.index, command.params,
                              (size_t)command.index.count);
            indexed++;
        } else {
            assert_null(command.index.tokens);
        }
    }
    assert_true(indexed > 2000);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_value_is_indexed_as_jsmn_does),
        cmocka_unit_test(white_space_is_passed_over),
        cmocka_unit_test(the_last_params_are_indexed_and_nothing_beside_them),
        cmocka_unit_test(text_after_params_does_not_change_their_index),
        cmocka_unit_test(the_deepest_params_are_indexed),
        cmocka_unit_test(a_whole_answer_is_indexed),
        cmocka_unit_test(only_a_call_with_params_has_an_index),
        cmocka_unit_test(tokens_are_lent_until_others_are),
        cmocka_unit_test(what_is_accepted_has_the_index_of_jsmn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
