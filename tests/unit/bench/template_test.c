/* Lines are filled with a room and a message, and never exceed the size computed
 * before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "template.h"


static void expect_line(const char *text, const char *expected)
{
    const struct stellar__bench_line line = {text, strlen(text)};
    char filled[4096];
    size_t length;

    length = stellar__template_fill(&line, "hall", "hello", 5, filled);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(filled, expected, length);
    assert_true(length <= stellar__template_size(&line, 5));
}


static void places_are_filled(void **state)
{
    (void)state;
    expect_line("say %r %m", "say hall hello");
    expect_line("PUB %r %n\r\n%m", "PUB hall 5\r\nhello");
    expect_line("%m%m%r", "hellohellohall");
}


static void other_percent_signs_stay(void **state)
{
    (void)state;
    expect_line("100%% of %x, 5%", "100% of %x, 5%");
    expect_line("", "");
}


static void rooms_are_numbered_if_there_are_several(void **state)
{
    struct stellar__bench_options options = {.rooms = 1, .room = "hall"};
    char room[STELLAR__ROOM_MAX];

    (void)state;
    stellar__template_room(&options, 0, room);
    assert_string_equal(room, "hall");
    options.rooms = 2;
    stellar__template_room(&options, 1, room);
    assert_string_equal(room, "hall2");
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_filled),
        cmocka_unit_test(other_percent_signs_stay),
        cmocka_unit_test(rooms_are_numbered_if_there_are_several),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
