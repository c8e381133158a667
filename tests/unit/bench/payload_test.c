/* Chat messages are recognised, and other texts are not taken for one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "payload.h"

#define SIZE 40

static char pattern[SIZE];


static enum stellar__payload_kind read_it(const char *bytes, unsigned *sender,
                                          uint32_t *number)
{
    stellar__payload_write(pattern, SIZE, 0, 0);
    return stellar__payload_read(bytes, pattern, SIZE, sender, number);
}


static void what_is_written_is_read(void **state)
{
    static const uint32_t numbers[] = {0, 1, 0xabcdef, UINT32_MAX};
    char bytes[SIZE];
    unsigned sender;
    uint32_t number;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        stellar__payload_write(bytes, SIZE, (unsigned)i * 21845, numbers[i]);
        assert_int_equal(read_it(bytes, &sender, &number), STELLAR__PAYLOAD_WHOLE);
        assert_int_equal(sender, i * 21845);
        assert_int_equal(number, numbers[i]);
    }
}


static void a_new_number_changes_nothing_else(void **state)
{
    char bytes[SIZE];
    char other[SIZE];

    (void)state;
    stellar__payload_write(bytes, SIZE, 7, 1);
    stellar__payload_write(other, SIZE, 7, 0x89abcdef);
    stellar__payload_renumber(bytes, 0x89abcdef);
    assert_memory_equal(bytes, other, SIZE);
}


static void any_changed_byte_is_damage_or_no_message(void **state)
{
    char bytes[SIZE];
    unsigned sender;
    uint32_t number;
    size_t i;

    (void)state;
    for (i = 1; i < SIZE; i++) {
        stellar__payload_write(bytes, SIZE, 7, 9);
        bytes[i] = 'G';
        assert_int_equal(read_it(bytes, &sender, &number),
                         i < STELLAR__PAYLOAD_HEAD ? STELLAR__PAYLOAD_NONE
                                                   : STELLAR__PAYLOAD_DAMAGED);
    }
}


static void a_message_has_one_mark_and_nothing_to_escape(void **state)
{
    char bytes[1000];
    size_t i;

    (void)state;
    stellar__payload_write(bytes, sizeof bytes, 0xffff, UINT32_MAX);
    assert_int_equal(bytes[0], STELLAR__PAYLOAD_MARK);
    for (i = 1; i < sizeof bytes; i++) {
        assert_true((bytes[i] >= 'a' && bytes[i] <= 'z') ||
                    (bytes[i] >= '0' && bytes[i] <= '9'));
    }
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(a_new_number_changes_nothing_else),
        cmocka_unit_test(any_changed_byte_is_damage_or_no_message),
        cmocka_unit_test(a_message_has_one_mark_and_nothing_to_escape),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
