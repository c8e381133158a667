/* The times read from the histogram are as exact as its header says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "histogram.h"


static void an_empty_histogram_has_no_times(void **state)
{
    static struct stellar__histogram histogram;

    (void)state;
    assert_int_equal(stellar__histogram_percentile(&histogram, 0.5), 0);
    assert_int_equal(stellar__histogram_below(&histogram, UINT64_MAX), 0);
}


static void a_time_is_read_back_within_one_part_in_128(void **state)
{
    static struct stellar__histogram histogram;
    uint64_t time;
    uint64_t read;

    (void)state;
    for (time = 1; time < (uint64_t)1 << 47; time += time / 97 + 1) {
        histogram = (struct stellar__histogram){0};
        stellar__histogram_record(&histogram, time, 1);
        stellar__histogram_record(&histogram, UINT64_MAX, 1);
        read = stellar__histogram_percentile(&histogram, 0.5);
        assert_true(read >= time && read - time <= time / 128);
    }
}


static void percentiles_count_from_the_smallest(void **state)
{
    static struct stellar__histogram histogram;
    uint64_t time;

    (void)state;
    for (time = 100; time >= 1; time--) {
        stellar__histogram_record(&histogram, time, 10);
    }
    assert_int_equal(histogram.count, 1000);
    assert_int_equal(stellar__histogram_percentile(&histogram, 0), 1);
    assert_int_equal(stellar__histogram_percentile(&histogram, 0.5), 50);
    assert_int_equal(stellar__histogram_percentile(&histogram, 0.9), 90);
    assert_int_equal(stellar__histogram_percentile(&histogram, 0.999), 100);
    assert_int_equal(stellar__histogram_below(&histogram, 11), 100);
}


static void no_percentile_is_above_the_largest_time(void **state)
{
    static struct stellar__histogram histogram;

    (void)state;
    stellar__histogram_record(&histogram, 1000001, 3);
    assert_int_equal(stellar__histogram_percentile(&histogram, 0.5), 1000001);
    assert_int_equal(stellar__histogram_percentile(&histogram, 1), 1000001);
}


static void histograms_add_up(void **state)
{
    static struct stellar__histogram sum;
    static struct stellar__histogram other;

    (void)state;
    stellar__histogram_add(&sum, &other);
    assert_int_equal(sum.count, 0);
    stellar__histogram_record(&other, 7, 2);
    stellar__histogram_add(&sum, &other);
    stellar__histogram_record(&other, 5, 1);
    stellar__histogram_add(&sum, &other);
    assert_int_equal(sum.count, 5);
    assert_int_equal(sum.smallest, 5);
    assert_int_equal(sum.largest, 7);
    assert_int_equal((uint64_t)sum.sum, 33);
    assert_int_equal(stellar__histogram_below(&sum, 7), 1);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_histogram_has_no_times),
        cmocka_unit_test(a_time_is_read_back_within_one_part_in_128),
        cmocka_unit_test(percentiles_count_from_the_smallest),
        cmocka_unit_test(no_percentile_is_above_the_largest_time),
        cmocka_unit_test(histograms_add_up),
    };

    return cmocka_run_group_tests_name("histogram", tests, NULL, NULL);
}
