/*
 * Integers and doubles from JSON numbers. Doubles are compared with strtod().
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stellar/parser.h"

#define TEXT_MAX 2000


static struct stellar_value number(const char *text)
{
    struct stellar_value value = {STELLAR_JSON_NUMBER, {text, strlen(text)}};

    return value;
}


static uint64_t bits_of(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}


static double double_of(uint64_t bits)
{
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}


static bool is_infinite(double value)
{
    return (bits_of(value) << 1) == UINT64_C(0xffe0000000000000);
}


static uint64_t next_random(uint64_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return *random;
}


static void assert_like_strtod(const char *text)
{
    double expected = strtod(text, NULL);
    double got = 77;
    bool fits = stellar_value_double(number(text), &got);

    if (is_infinite(expected)) {
        if (fits || got != 77) {
            fail_msg("%s does not overflow", text);
        }
    } else if (!fits || bits_of(got) != bits_of(expected)) {
        fail_msg("%s: %.17g instead of %.17g", text, got, expected);
    }
}


static void integers_reach_the_limits_of_64_bits(void **state)
{
    static const struct {
        const char *text;
        int64_t value;
    } table[] = {
        {"0", 0},
        {"-0", 0},
        {"7", 7},
        {"-10", -10},
        {"9007199254740993", INT64_C(9007199254740993)},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775807", -INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
        {"9223372036854775807.0", INT64_MAX},
        {"9223372036854775807000e-3", INT64_MAX},
        {"0.9223372036854775807e19", INT64_MAX},
        {"-9.223372036854775808E+18", INT64_MIN},
        {"-92233720368547758080000000000000000000000.00e-22", INT64_MIN},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof table / sizeof *table; i++) {
        int64_t value = 77;

        assert_true(stellar_value_integer(number(table[i].text), &value));
        assert_true(value == table[i].value);
    }
}


static void an_integer_is_one_however_it_is_written(void **state)
{
    static const char *const fives[] = {
        "5",
        "5.0",
        "5e0",
        "5E-0",
        "0.5e1",
        "0.05e+2",
        "50e-1",
        "5.000000000000000000000000",
        "50000e-4",
        "0.00005e5",
        "5000000000000000000000000000e-27",
        "5.00e00",
    };
    static const char *const zeros[] = {
        "0",
        "-0",
        "0.0",
        "-0.000",
        "0e5",
        "0e-5",
        "0e99999999999999999999",
        "-0.00e-99999999999999999999",
    };
    int64_t value;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof fives / sizeof *fives; i++) {
        value = 77;
        if (!stellar_value_integer(number(fives[i]), &value) || value != 5) {
            fail_msg("%s is not 5", fives[i]);
        }
    }
    for (i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        value = 77;
        if (!stellar_value_integer(number(zeros[i]), &value) || value != 0) {
            fail_msg("%s is not 0", zeros[i]);
        }
    }
    assert_true(stellar_value_integer(number("1e18"), &value));
    assert_true(value == INT64_C(1000000000000000000));
    assert_true(stellar_value_integer(number("-12.34e2"), &value));
    assert_true(value == -1234);
}


/* Numbers below and above an integer, so close that a double does not show it. */
static void the_neighbours_of_an_integer_are_none(void **state)
{
    static char text[TEXT_MAX];
    size_t zeros;

    (void)state;
    for (zeros = 0; zeros < TEXT_MAX - 20; zeros += zeros < 40 ? 1 : 97) {
        int64_t value = 77;

        memcpy(text, "50.", 3);
        memset(text + 3, '0', zeros);
        memcpy(text + 3 + zeros, "1", 2);
        if (stellar_value_integer(number(text), &value)) {
            fail_msg("above: %zu zeros", zeros);
        }
        memcpy(text + 3 + zeros, "0", 2);
        assert_true(stellar_value_integer(number(text), &value) && value == 50);

        memcpy(text, "49.9", 4);
        memset(text + 4, '9', zeros);
        text[4 + zeros] = '\0';
        value = 77;
        if (stellar_value_integer(number(text), &value) || value != 77) {
            fail_msg("below: %zu nines", zeros);
        }

        snprintf(text, sizeof text, "5e-%zu", zeros + 1);
        assert_false(stellar_value_integer(number(text), &value));
    }
}


static void what_is_no_integer_leaves_the_result_alone(void **state)
{
    static const char *const texts[] = {
        "9223372036854775808",
        "-9223372036854775809",
        "9223372036854775810",
        "18446744073709551616",
        "99999999999999999999999999",
        "9223372036854775807.5",
        "9223372036854775808.0",
        "92233720368547758080e-1",
        "9223372036854775807.00000000000000000000000000000000000000000000000000001",
        "-9223372036854775808.00000000000000000000000000000000000000000000000000001",
        "1e19",
        "1e400",
        "1e99999999999999999999",
        "49.99999999999999999999999",
        "1e-400",
        "-1e-99999999999999999999",
        "0.99999999999999999999999999",
        "50.7",
        "9007199254740992.5",
        "-",
        "-.5",
        "1e",
        "1e+",
        "e1",
        ".",
        "",
        "1x",
        "1.0x",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t value = 77;

        if (stellar_value_integer(number(texts[i]), &value) || value != 77) {
            fail_msg("taken: %s", texts[i]);
        }
    }
}


static void hard_doubles_are_rounded_as_strtod_does(void **state)
{
    static const char *const texts[] = {
        "0",
        "-0",
        "-0.0e5",
        "0e999999999999999999999",
        "0.1",
        "-1.5",
        "1e22",
        "1e23",
        "9007199254740991",
        "9007199254740992",
        "9007199254740993",
        "9007199254740993.00000000000000000000000000000000000000000000000001",
        "9007199254740995",
        "123456789012345678",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "179769313486231580793e288",
        "1e308",
        "1e309",
        "1e310",
        "-1e999999999999999999999",
        "1e-999999999999999999999",
        "2.2250738585072014e-308",
        "2.2250738585072011e-308",
        "2.2250738585072012e-308",
        "2."
        "225073858507201136057409796709131975934819546351645648023426109724822222021076"
        "945516529523908135087914149158913039621106870086438694594645527657207407820621"
        "743"
        "379988141063267329253552286881372149012981122451451889849057222307285255133155"
        "755"
        "015914397476397983411801999323962548289017107081850690630666655994938275772572"
        "015"
        "763062690663332647565300009245888316433037779791869612049497390377829704905051"
        "080"
        "609940730262937128958950003583799967207254304360284078895771796150945516748243"
        "471"
        "030702609144621572289880258182545180325707018860872113128079512233426288368622"
        "321"
        "503775666622503982534335974568884423900265498198385487948292206894721689831099"
        "698"
        "365846814022854243330660339850886445804001034933970427567186443383770486037861"
        "622"
        "771738545623065874679014086723327636718751234567890123456789012345678901e-308",
        "4.9406564584124654e-324",
        "5e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.5e-324",
        "1e-324",
        "9.99e-325",
        "1e-323",
        "7."
        "4109846876186981626485318930233205854758970392148714663837852375101326090531e-"
        "324",
        "8.41e+21",
        "9223372036854775807",
        "18446744073709551615",
        "1448997445238699",
        "6.631236846766476e-316",
        "3.2378839133029012895883524125015321748630094239e-319",
        "69e267",
        "5708990770823839524233143877797980545530986496e-17",
        "100000000000000016777215",
        "100000000000000016777216",
        "8.988465674311579539e307",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_like_strtod(texts[i]);
    }
}


static void zeros_are_made_up_for_by_the_exponent(void **state)
{
    static char text[TEXT_MAX];
    double value;
    size_t zeros;

    (void)state;
    for (zeros = 1; zeros < TEXT_MAX - 20; zeros += 97) {
        size_t at = 2 + zeros;

        memcpy(text, "0.", 2);
        memset(text + 2, '0', zeros);
        snprintf(text + at, TEXT_MAX - at, "125e%zu", zeros);
        assert_true(stellar_value_double(number(text), &value));
        assert_true(value == 0.125);

        text[0] = '5';
        memset(text + 1, '0', zeros);
        snprintf(text + 1 + zeros, TEXT_MAX - 1 - zeros, "e-%zu", zeros + 1);
        assert_true(stellar_value_double(number(text), &value));
        assert_true(value == 0.5);
    }
}


/* Adds the double with these bits, which is below 1, and the next double. 1100 digits
 * after the point are enough to write both, and half their sum, exactly. */
static void write_sum(char *text, uint64_t bits)
{
    static char low[TEXT_MAX];
    static char high[TEXT_MAX];
    int carry = 0;
    int at;

    snprintf(low, sizeof low, "%.1100f", double_of(bits));
    snprintf(high, sizeof high, "%.1100f", double_of(bits + 1));
    for (at = (int)strlen(low) - 1; at >= 0; at--) {
        int sum;

        text[at] = low[at];
        if (low[at] == '.') {
            continue;
        }
        sum = low[at] - '0' + high[at] - '0' + carry;
        text[at] = (char)('0' + sum % 10);
        carry = sum / 10;
    }
    text[strlen(low)] = '\0';
}


/* Divides a decimal by 2, digit by digit. */
static void halve(char *text)
{
    int rest = 0;

    for (; *text != '\0'; text++) {
        int digit;

        if (*text == '.') {
            continue;
        }
        digit = rest * 10 + *text - '0';
        *text = (char)('0' + digit / 2);
        rest = digit % 2;
    }
}


static void half_way_is_rounded_to_even_and_its_neighbours_are_not(void **state)
{
    static char text[TEXT_MAX];
    uint64_t random = 42;
    int i;

    (void)state;
    for (i = 0; i < 300; i++) {
        /* Numbers below 1: from zero and the subnormals upwards. */
        uint64_t bits =
            i < 20 ? (uint64_t)i
                   : next_random(&random) % UINT64_C(0x3fe0000000000000) >> i % 12;
        uint64_t even = bits + (bits & 1);
        double value;
        size_t length;

        write_sum(text, bits);
        halve(text);
        assert_true(stellar_value_double(number(text), &value));
        assert_true(bits_of(value) == even);
        assert_like_strtod(text);

        length = strlen(text);
        memcpy(text + length, "1", 2);
        assert_true(stellar_value_double(number(text), &value));
        assert_true(bits_of(value) == bits + 1);

        for (length--; text[length] == '0'; length--) {
            text[length] = '9';
        }
        text[length]--;
        assert_true(stellar_value_double(number(text), &value));
        assert_true(bits_of(value) == bits);
    }
}


static void random_decimals_are_rounded_as_strtod_does(void **state)
{
    char text[80];
    uint64_t random = UINT64_C(88172645463325252);
    int i;

    (void)state;
    for (i = 0; i < 100000; i++) {
        int digits = 1 + (int)(next_random(&random) % 22);
        int point = (int)(next_random(&random) % 23);
        int length = 0;
        int at;

        if (next_random(&random) % 2) {
            text[length++] = '-';
        }
        text[length++] = (char)('1' + next_random(&random) % 9);
        for (at = 1; at < digits; at++) {
            if (at == point) {
                text[length++] = '.';
            }
            text[length++] = (char)('0' + next_random(&random) % 10);
        }
        if (i % 3 == 0) {
            snprintf(text + length, sizeof text - (size_t)length, "e%d",
                     (int)(next_random(&random) % 700) - 350);
        } else {
            snprintf(text + length, sizeof text - (size_t)length, "E%+d",
                     (int)(next_random(&random) % 40) - 20);
        }
        assert_like_strtod(text);
    }
}


static void every_double_comes_back_from_17_digits(void **state)
{
    char text[80];
    uint64_t random = 7;
    int i;

    (void)state;
    for (i = 0; i < 20000; i++) {
        uint64_t bits = next_random(&random);
        double value;

        if ((bits >> 52 & 0x7ff) == 0x7ff) {
            continue;
        }
        snprintf(text, sizeof text, "%.16e", double_of(bits));
        assert_true(stellar_value_double(number(text), &value));
        assert_true(bits_of(value) == bits);
    }
}


static void what_is_no_number_leaves_the_result_alone(void **state)
{
    static const char *const texts[] = {"", "-", "x", "1x", "1e", "1e+", "--1", "1 "};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value = 77;

        if (stellar_value_double(number(texts[i]), &value) || value != 77) {
            fail_msg("taken: %s", texts[i]);
        }
    }
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_reach_the_limits_of_64_bits),
        cmocka_unit_test(an_integer_is_one_however_it_is_written),
        cmocka_unit_test(the_neighbours_of_an_integer_are_none),
        cmocka_unit_test(what_is_no_integer_leaves_the_result_alone),
        cmocka_unit_test(hard_doubles_are_rounded_as_strtod_does),
        cmocka_unit_test(zeros_are_made_up_for_by_the_exponent),
        cmocka_unit_test(half_way_is_rounded_to_even_and_its_neighbours_are_not),
        cmocka_unit_test(random_decimals_are_rounded_as_strtod_does),
        cmocka_unit_test(every_double_comes_back_from_17_digits),
        cmocka_unit_test(what_is_no_number_leaves_the_result_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
