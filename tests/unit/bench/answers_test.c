/* The same answers are counted, no matter how the bytes are split into reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "answers.h"

#define ROOM 64

struct reader {
    struct stellar__answer_shape shape;
    struct stellar__answer_stream stream;
    struct stellar__answer_tally tally;
    char tail[ROOM];
};


static void begin(struct reader *reader, const char *end, const char *expect)
{
    memset(reader, 0, sizeof *reader);
    reader->shape.end = end;
    reader->shape.end_length = strlen(end);
    reader->shape.expect = expect;
    reader->shape.expect_length = expect != NULL ? strlen(expect) : 0;
    stellar__answer_shape_settle(&reader->shape);
    reader->stream.tail = reader->tail;
}


static uint64_t feed(struct reader *reader, const char *text, size_t length)
{
    char memory[ROOM + 256];

    assert_true(reader->shape.keep <= ROOM && length <= 256);
    memset(memory, '\n', sizeof memory);
    memcpy(memory + ROOM, text, length);
    return stellar__answers_count(&reader->shape, &reader->stream, memory + ROOM,
                                  length, &reader->tally);
}


/* Feeds a text in two pieces, cut at every place, and byte by byte. */
static void expect_tally(const char *end, const char *expect, const char *text,
                         uint64_t answers, uint64_t unexpected)
{
    struct reader reader;
    size_t length = strlen(text);
    size_t cut;

    for (cut = 0; cut <= length; cut++) {
        begin(&reader, end, expect);
        feed(&reader, text, cut);
        feed(&reader, text + cut, length - cut);
        assert_int_equal(reader.tally.answers, answers);
        assert_int_equal(reader.tally.unexpected, unexpected);
    }
    begin(&reader, end, expect);
    for (cut = 0; cut < length; cut++) {
        feed(&reader, text + cut, 1);
    }
    assert_int_equal(reader.tally.answers, answers);
    assert_int_equal(reader.tally.unexpected, unexpected);
}


static void each_line_end_is_an_answer(void **state)
{
    (void)state;
    expect_tally("\r\n", NULL, "one\r\ntwo\r\n\r\n", 3, 0);
    expect_tally("\n", NULL, "one\ntwo\n", 2, 0);
}


static void half_an_end_ends_nothing(void **state)
{
    (void)state;
    expect_tally("\r\n", NULL, "a\nb\rc\n\rd", 0, 0);
    expect_tally("xXxX", NULL, "axXxbxX", 0, 0);
}


static void ends_do_not_share_bytes(void **state)
{
    (void)state;
    expect_tally("xx", NULL, "axxx", 1, 0);
    expect_tally("xx", NULL, "axxxx", 2, 0);
}


static void an_answer_without_the_expected_text_is_told(void **state)
{
    (void)state;
    expect_tally("\r\n", "yes", "oh yes!\r\nno\r\nyes\r\nye\r\ns\r\n", 5, 3);
}


static void the_expected_text_must_stand_before_the_end(void **state)
{
    (void)state;
    expect_tally("\r\n", "b\r", "ab\r\n", 1, 1);
    expect_tally("\r\n", "b", "a\r\nb\r\n", 2, 1);
}


static void the_first_unexpected_answer_is_shown(void **state)
{
    struct reader reader;

    (void)state;
    begin(&reader, "\r\n", "yes");
    feed(&reader, "yes\r\nno\r\nnever\r\n", 16);
    assert_int_equal(reader.tally.shown_length, 2);
    assert_memory_equal(reader.tally.shown, "no", 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_end_is_an_answer),
        cmocka_unit_test(half_an_end_ends_nothing),
        cmocka_unit_test(ends_do_not_share_bytes),
        cmocka_unit_test(an_answer_without_the_expected_text_is_told),
        cmocka_unit_test(the_expected_text_must_stand_before_the_end),
        cmocka_unit_test(the_first_unexpected_answer_is_shown),
    };

    return cmocka_run_group_tests_name("answers", tests, NULL, NULL);
}
