/* Buffers, escapes, shared bytes, and the queue made of them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "fake.h"
#include "queue.h"

static struct fake_memory memory;
static struct stellar__buffer buffer;


static int set_up(void **state)
{
    (void)state;
    fake_memory_init(&memory);
    stellar__buffer_init(&buffer, &memory.allocator);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    stellar__buffer_free(&buffer);
    return memory.live == 0 ? 0 : -1;
}


static void assert_buffer(const char *expected, size_t length)
{
    assert_false(buffer.failed);
    assert_int_equal(buffer.length, length);
    assert_memory_equal(buffer.data, expected, length);
}


static void expected_escape(unsigned char byte, char *out)
{
    static const char plain[] = "\b\t\n\f\r\"\\";
    static const char letters[] = "btnfr\"\\";
    const char *found = byte != 0 ? strchr(plain, byte) : NULL;

    if (found != NULL) {
        snprintf(out, 8, "\\%c", letters[found - plain]);
    } else if (byte < 0x20) {
        snprintf(out, 8, "\\u%04x", byte);
    } else {
        snprintf(out, 8, "%c", byte);
    }
}


static void every_byte_is_escaped_as_the_protocol_says_at_every_place(void **state)
{
    unsigned byte;
    size_t at;

    (void)state;
    for (byte = 0; byte < 256; byte++) {
        char escaped[8];

        expected_escape((unsigned char)byte, escaped);
        for (at = 0; at < 20; at++) {
            char text[20];
            char expected[40];
            size_t length = strlen(escaped);

            memset(text, 'x', sizeof text);
            text[at] = (char)byte;
            memset(expected, 'x', sizeof expected);
            memcpy(expected + at, escaped, length);
            stellar__buffer_cut(&buffer, 0);
            stellar__buffer_escaped(&buffer, text, sizeof text);
            assert_buffer(expected, sizeof text - 1 + length);
        }
    }
}


/* The two bytes of U+0080 to U+009F, and bytes that resemble one of them, at each
 * place. */
static void terminal_controls_are_escaped_at_every_place(void **state)
{
    unsigned lead;
    unsigned byte;
    size_t at;

    (void)state;
    for (lead = 0xc2; lead <= 0xc3; lead++) {
        for (byte = 0x80; byte <= 0xbf; byte++) {
            for (at = 0; at < 19; at++) {
                bool is_control = lead == 0xc2 && byte < 0xa0;
                char text[20];
                char expected[40];

                memset(text, 'x', sizeof text);
                text[at] = (char)lead;
                text[at + 1] = (char)byte;
                snprintf(expected, sizeof expected, "%.*s\\u00%02x%.*s", (int)at, text,
                         byte, (int)(18 - at), text + at + 2);
                stellar__buffer_cut(&buffer, 0);
                stellar__buffer_escaped(&buffer, text, sizeof text);
                assert_buffer(is_control ? expected : text, is_control ? 24 : 20);
                /* The second byte is not in the text. */
                stellar__buffer_cut(&buffer, 0);
                stellar__buffer_escaped(&buffer, text, at + 1);
                assert_buffer(text, at + 1);
            }
        }
    }
}


static void a_control_across_two_pieces_is_escaped(void **state)
{
    size_t at;

    (void)state;
    for (at = 4080; at < 4110; at++) {
        char text[5000];

        memset(text, 'x', sizeof text);
        memcpy(text + at, "\xc2\x9b", 2);
        stellar__buffer_cut(&buffer, 0);
        stellar__buffer_escaped(&buffer, text, sizeof text);
        assert_int_equal(buffer.length, sizeof text + 4);
        assert_memory_equal(buffer.data + at, "\\u009bx", 7);
    }
}


static void assert_json(const char *text, const char *expected)
{
    const struct stellar_slice json = {text, strlen(text)};
    size_t size = stellar__json_size(json);
    char *out = stellar__allocate(&memory.allocator, size);

    assert_non_null(out);
    assert_int_equal(stellar__put_json(out, json, size), strlen(expected));
    assert_memory_equal(out, expected, strlen(expected));
    stellar__release(&memory.allocator, out);
}


static void json_is_written_without_blanks_and_terminal_controls(void **state)
{
    (void)state;
    assert_json("[ 1 , \"a b\" ]", "[1,\"a b\"]");
    assert_json("\"\xc2\x80\"", "\"\\u0080\"");
    assert_json("\"\xc2\x9f\xc2\x9f\xc2\xa0\"", "\"\\u009f\\u009f\xc2\xa0\"");
    assert_json("\"\xc3\x80 \xe1\x82\x82 \xf0\x90\x82\x82 \x7f\"",
                "\"\xc3\x80 \xe1\x82\x82 \xf0\x90\x82\x82 \x7f\"");
    assert_json("{ \"\xc2\x9b\" : \"\\u009b\\\\\xc2\x9b\" }",
                "{\"\\u009b\":\"\\u009b\\\\\\u009b\"}");
}


/* Texts of 1 to 20 bytes, with each byte at each place. */
static void short_texts_are_escaped_and_told_to_be_plain(void **state)
{
    char text[20];
    char expected[40];
    char escaped[8];
    char string[22];
    char *end;
    unsigned byte;
    size_t size;
    size_t at;

    (void)state;
    for (byte = 1; byte < 256; byte++) {
        expected_escape((unsigned char)byte, escaped);
        for (size = 1; size <= sizeof text; size++) {
            for (at = 0; at < size; at++) {
                size_t length = strlen(escaped);

                memset(text, 'x', sizeof text);
                text[at] = (char)byte;
                memset(expected, 'x', sizeof expected);
                memcpy(expected + at, escaped, length);
                stellar__buffer_cut(&buffer, 0);
                stellar__buffer_escaped(&buffer, text, size);
                assert_buffer(expected, size - 1 + length);
                end = stellar__put_plain_string(string, text, size);
                assert_int_equal(end != NULL, length == 1 && byte < 0x80);
                if (end != NULL) {
                    assert_ptr_equal(end, string + size + 2);
                    assert_memory_equal(string + 1, text, size);
                    assert_true(string[0] == '"' && end[-1] == '"');
                }
            }
        }
    }
    end = stellar__put_plain_string(string, "", 0);
    assert_ptr_equal(end, string + 2);
    assert_memory_equal(string, "\"\"", 2);
}


static void a_long_text_of_escapes_is_written_whole(void **state)
{
    char *text = malloc(100000);
    size_t i;

    (void)state;
    assert_non_null(text);
    memset(text, 1, 100000);
    stellar__buffer_string(&buffer, text, 100000);
    assert_false(buffer.failed);
    assert_int_equal(buffer.length, 600002);
    for (i = 1; i < 600001; i += 6) {
        assert_memory_equal(buffer.data + i, "\\u0001", 6);
    }
    free(text);
}


static void numbers_are_written_in_full(void **state)
{
    (void)state;
    stellar__buffer_decimal(&buffer, 0);
    STELLAR__APPEND_LITERAL(&buffer, " ");
    stellar__buffer_decimal(&buffer, 10);
    STELLAR__APPEND_LITERAL(&buffer, " ");
    stellar__buffer_decimal(&buffer, UINT64_MAX);
    assert_buffer("0 10 18446744073709551615", 25);
}


/* The lowest and the highest character of each length. */
static void numbers_of_each_length_are_written_to_the_digit(void **state)
{
    char expected[24];
    char digits[STELLAR__DECIMAL_MAX];
    uint64_t value = 1;
    int i;

    (void)state;
    for (i = 1; i < STELLAR__DECIMAL_MAX; i++) {
        value *= 10;
        snprintf(expected, sizeof expected, "%" PRIu64, value);
        assert_ptr_equal(stellar__put_decimal(digits, value), digits + i + 1);
        assert_memory_equal(digits, expected, (size_t)i + 1);
        snprintf(expected, sizeof expected, "%" PRIu64, value - 1);
        assert_ptr_equal(stellar__put_decimal(digits, value - 1), digits + i);
        assert_memory_equal(digits, expected, (size_t)i);
    }
}


static void an_absent_text_is_an_empty_one(void **state)
{
    (void)state;
    stellar__buffer_string(&buffer, NULL, 0);
    stellar__buffer_append(&buffer, NULL, 0);
    assert_buffer("\"\"", 2);
}


static void nothing_is_written_after_memory_ran_out_until_it_is_cut(void **state)
{
    char large[1000] = {0};

    (void)state;
    STELLAR__APPEND_LITERAL(&buffer, "kept");
    memory.fail_at = memory.count + 1;
    stellar__buffer_append(&buffer, large, sizeof large);
    assert_true(buffer.failed);
    STELLAR__APPEND_LITERAL(&buffer, "lost");
    assert_null(stellar__buffer_reserve(&buffer, 1));
    assert_int_equal(buffer.length, 4);
    stellar__buffer_cut(&buffer, 2);
    STELLAR__APPEND_LITERAL(&buffer, "!");
    assert_buffer("ke!", 3);
}


static void a_size_that_no_memory_has_is_refused(void **state)
{
    (void)state;
    STELLAR__APPEND_LITERAL(&buffer, "kept");
    assert_null(stellar__buffer_reserve(&buffer, SIZE_MAX / 2));
    assert_true(buffer.failed);
    assert_null(stellar__shared_new(&memory.allocator, NULL, SIZE_MAX - 4));
}


static struct stellar__shared *shared(const char *text)
{
    return stellar__shared_new(&memory.allocator, text, strlen(text));
}


static void shared_bytes_grow_and_shrink_while_they_are_being_made(void **state)
{
    struct stellar__shared *block = shared("head");

    (void)state;
    assert_true(stellar__shared_resize(&block, 100));
    memcpy(block->data + 4, " and tail", 10);
    block->length = 13;
    assert_true(stellar__shared_resize(&block, block->length));
    assert_string_equal(block->data, "head and tail");
    assert_false(stellar__shared_resize(&block, SIZE_MAX - 4));
    assert_string_equal(block->data, "head and tail");
    stellar__shared_release(block);
}


static void append(struct stellar__queue **queue, const char *text)
{
    struct stellar__shared *piece = shared(text);

    assert_true(stellar__queue_append(queue, piece));
    stellar__shared_release(piece);
}


static void assert_queue(const struct stellar__queue *queue, const char *expected)
{
    struct stellar_slice runs[8];
    size_t count = stellar__queue_peek(queue, runs, 8);
    size_t length = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        assert_true(runs[i].length > 0);
        assert_memory_equal(expected + length, runs[i].data, runs[i].length);
        length += runs[i].length;
    }
    assert_int_equal(length, strlen(expected));
    assert_int_equal(stellar__queue_bytes(queue), strlen(expected));
}


static void a_queue_is_consumed_in_any_portions(void **state)
{
    const char *all = "one, two, three";
    size_t portion;

    (void)state;
    for (portion = 1; portion <= 15; portion++) {
        struct stellar__queue *queue = NULL;
        size_t done = 0;

        append(&queue, "one, ");
        append(&queue, "");
        append(&queue, "two, ");
        append(&queue, "three");
        assert_queue(queue, all);
        while (done < 15) {
            size_t bytes = portion < 15 - done ? portion : 15 - done;

            stellar__queue_consume(&queue, bytes);
            done += bytes;
            assert_queue(queue, all + done);
        }
        append(&queue, "again");
        assert_queue(queue, "again");
        stellar__queue_clear(&queue);
        assert_queue(queue, "");
        assert_int_equal(memory.live, 0);
    }
}


static void a_peek_shows_no_more_runs_than_asked_for(void **state)
{
    struct stellar__queue *queue = NULL;
    struct stellar_slice run;

    (void)state;
    append(&queue, "abc");
    append(&queue, "def");
    stellar__queue_consume(&queue, 1);
    assert_int_equal(stellar__queue_peek(queue, &run, 1), 1);
    assert_int_equal(run.length, 2);
    assert_memory_equal(run.data, "bc", 2);
    stellar__queue_clear(&queue);
}


static void a_queue_without_memory_stays_as_it_was(void **state)
{
    struct stellar__queue *queue = NULL;
    struct stellar__shared *piece = shared("more");

    (void)state;
    memory.fail_at = memory.count + 1;
    assert_false(stellar__queue_append(&queue, piece));
    assert_null(queue);
    append(&queue, "one, ");
    append(&queue, "two, ");
    append(&queue, "three, ");
    append(&queue, "kept");
    memory.fail_at = memory.count + 1;
    assert_false(stellar__queue_append(&queue, piece));
    stellar__shared_release(piece);
    assert_queue(queue, "one, two, three, kept");
    stellar__queue_clear(&queue);
}


static void a_long_queue_that_is_read_and_written_in_turns_keeps_its_order(void **state)
{
    struct stellar__queue *queue = NULL;
    struct stellar_slice run;
    char text[16];
    unsigned written = 0;
    unsigned seen = 0;

    (void)state;
    while (seen < 1000) {
        unsigned batch = written % 7 + 1;

        for (; batch > 0 && written < 1000; batch--) {
            snprintf(text, sizeof text, "%03u", written++);
            append(&queue, text);
        }
        for (batch = written == 1000 ? 1000 : 3;
             batch > 0 && stellar__queue_peek(queue, &run, 1) == 1; batch--) {
            snprintf(text, sizeof text, "%03u", seen++);
            assert_memory_equal(run.data, text, 3);
            stellar__queue_consume(&queue, 3);
        }
    }
    assert_null(queue);
    assert_int_equal(memory.live, 0);
}


static void what_two_queues_share_lives_as_long_as_either(void **state)
{
    struct stellar__queue *first = NULL;
    struct stellar__queue *second = NULL;
    struct stellar__shared *piece = shared("shared");

    (void)state;
    assert_true(stellar__queue_append(&first, piece));
    assert_true(stellar__queue_append(&second, piece));
    stellar__shared_release(piece);
    stellar__queue_clear(&first);
    assert_queue(second, "shared");
    stellar__queue_clear(&second);
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(every_byte_is_escaped_as_the_protocol_says_at_every_place),
        TEST(terminal_controls_are_escaped_at_every_place),
        TEST(a_control_across_two_pieces_is_escaped),
        TEST(json_is_written_without_blanks_and_terminal_controls),
        TEST(short_texts_are_escaped_and_told_to_be_plain),
        TEST(a_long_text_of_escapes_is_written_whole),
        TEST(numbers_are_written_in_full),
        TEST(numbers_of_each_length_are_written_to_the_digit),
        TEST(shared_bytes_grow_and_shrink_while_they_are_being_made),
        TEST(an_absent_text_is_an_empty_one),
        TEST(nothing_is_written_after_memory_ran_out_until_it_is_cut),
        TEST(a_size_that_no_memory_has_is_refused),
        TEST(a_queue_is_consumed_in_any_portions),
        TEST(a_peek_shows_no_more_runs_than_asked_for),
        TEST(a_queue_without_memory_stays_as_it_was),
        TEST(a_long_queue_that_is_read_and_written_in_turns_keeps_its_order),
        TEST(what_two_queues_share_lives_as_long_as_either),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
