/*
 * cmocka.h: the part of cmocka that the parser's unit tests use, for machines without
 * cmocka. A failed assertion ends the program, so fixtures need no cleanup. A program
 * that exits with 0 has passed.
 */
#ifndef STELLAR_TEST_CMOCKA_H
#define STELLAR_TEST_CMOCKA_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*run)(void **state);
};

/* clang-format off */
#define cmocka_unit_test(function) {#function, function}
/* clang-format on */

#define cmocka_run_group_tests(tests, setup, teardown) \
    run_tests(tests, sizeof(tests) / sizeof((tests)[0]))

#define fail_msg(...)                                   \
    do {                                                \
        fprintf(stderr, "%s:%d: ", __FILE__, __LINE__); \
        fprintf(stderr, __VA_ARGS__);                   \
        fputc('\n', stderr);                            \
        exit(EXIT_FAILURE);                             \
    } while (0)

#define fail() fail_msg("%s", "this is not reached")

#define print_error(...) fprintf(stderr, __VA_ARGS__)

#define assert_true(what)          \
    do {                           \
        if (!(what))               \
            fail_msg("%s", #what); \
    } while (0)

#define assert_false(what)              assert_true(!(what))
#define assert_null(pointer)            assert_true((pointer) == NULL)
#define assert_non_null(pointer)        assert_true((pointer) != NULL)
#define assert_int_equal(a, b)          assert_true((uint64_t)(a) == (uint64_t)(b))
#define assert_ptr_equal(a, b)          assert_true((a) == (b))
#define assert_memory_equal(a, b, size) assert_true(memcmp(a, b, size) == 0)
#define assert_string_equal(a, b)       assert_true(strcmp(a, b) == 0)
#define assert_in_range(value, low, high)               \
    assert_true((uint64_t)(value) >= (uint64_t)(low) && \
                (uint64_t)(value) <= (uint64_t)(high))


static inline int run_tests(const struct CMUnitTest *tests, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        void *state = NULL;

        tests[i].run(&state);
        printf("%s\n", tests[i].name);
    }
    return 0;
}

#endif
