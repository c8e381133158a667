/*
 * JSON numbers to machine numbers.
 */
#include "internal.h"

#include <float.h>

/*
 * Implementation notes.
 *
 * A decimal is digits * 10^exponent, where the digits are an integer. If doubles hold
 * both this integer and the power of ten exactly, one multiplication or division rounds
 * only once, and therefore correctly.
 *
 * Otherwise the number becomes a quotient of two big integers and a power of two:
 *
 *     digits * 5^exponent * 2^exponent            exponent >= 0
 *     digits / 5^-exponent * 2^exponent           exponent < 0
 *
 * The quotient is computed bit by bit, to as many bits as the double has at that
 * magnitude (fewer if it is subnormal, none if it is smaller still). The next bit, and
 * whether there is a rest after it, decide the rounding; ties go to even.
 *
 * A point half way between two doubles has at most 768 significant digits. If a number
 * is longer, its first DIGITS_MAX digits are kept. If any other digit is not 0, a digit
 * 1 is added at the end: that number is on the same side of every such point. The
 * exponent is then bounded by the range of doubles, and LIMBS by both: 801 digits take
 * 2661 bits, and 5^1125 takes 2613.
 *
 * An integer needs no such arithmetic. A decimal is an integer if the exponent moves
 * the point so that all digits after it are 0. The value is read from the digits before
 * the point, so nothing is ever rounded.
 */
#define DIGITS_MAX 800
#define LIMBS      88

struct decimal {
    bool negative;
    uint64_t mantissa; /* all digits, if count <= 19 */
    int count;         /* of significant digits kept, without leading zeros */
    int64_t exponent;  /* of the last digit kept */
    const char *first; /* the first digit that is not 0; a point may follow */
    bool sticky;       /* some digit that was not kept is not 0 */
};

struct big {
    int length; /* number of limbs in use; the highest is not 0 */
    uint32_t limbs[LIMBS];
};


static bool is_digit(const char *at, const char *end)
{
    return at != end && *at >= '0' && *at <= '9';
}


/* Reads digits, with fraction those after the point. Returns their end. */
static const char *read_digits(struct decimal *decimal, const char *at, const char *end,
                               bool fraction)
{
    for (; is_digit(at, end); at++) {
        if (decimal->count == 0 && *at == '0') {
            decimal->exponent -= fraction;
            continue;
        }
        if (decimal->count == DIGITS_MAX) {
            decimal->sticky |= *at != '0';
            decimal->exponent += !fraction;
            continue;
        }
        if (decimal->count == 0) {
            decimal->first = at;
        }
        decimal->count++;
        decimal->exponent -= fraction;
        if (decimal->count <= 19) {
            decimal->mantissa = decimal->mantissa * 10 + (uint64_t)(*at - '0');
        }
    }
    return at;
}


/* Reads the exponent after the e. If it is so large that no number of digits in memory
 * could make up for it, it is cut. */
static const char *read_exponent(struct decimal *decimal, const char *at,
                                 const char *end)
{
    int64_t exponent = 0;
    bool negative = at != end && *at == '-';

    if (at != end && (*at == '-' || *at == '+')) {
        at++;
    }
    if (!is_digit(at, end)) {
        return NULL;
    }
    for (; is_digit(at, end); at++) {
        if (exponent < INT64_MAX / 100) {
            exponent = exponent * 10 + (*at - '0');
        }
    }
    decimal->exponent += negative ? -exponent : exponent;
    return at;
}


static bool read_decimal(struct decimal *decimal, const char *at, const char *end)
{
    memset(decimal, 0, sizeof *decimal);
    if (at != end && *at == '-') {
        decimal->negative = true;
        at++;
    }
    if (!is_digit(at, end)) {
        return false;
    }
    at = read_digits(decimal, at, end, false);
    if (at != end && *at == '.') {
        at = read_digits(decimal, at + 1, end, true);
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        at = read_exponent(decimal, at + 1, end);
    }
    return at == end;
}


/* Makes big the number big * factor + addend. */
static void multiply(struct big *big, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    int i;

    for (i = 0; i < big->length; i++) {
        carry += (uint64_t)big->limbs[i] * factor;
        big->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) {
        big->limbs[big->length++] = (uint32_t)carry;
    }
}


static void multiply_by_power_of_five(struct big *big, int64_t power)
{
    for (; power >= 13; power -= 13) {
        multiply(big, 1220703125, 0);
    }
    for (; power > 0; power--) {
        multiply(big, 5, 0);
    }
}


static int bit_length(const struct big *big)
{
    uint32_t top = big->limbs[big->length - 1];
    int bits = 32 * (big->length - 1);

    for (; top != 0; top >>= 1) {
        bits++;
    }
    return bits;
}


static void shift_left(struct big *big, int bits)
{
    int limbs = bits / 32;

    if (limbs > 0) {
        memmove(big->limbs + limbs, big->limbs,
                (size_t)big->length * sizeof *big->limbs);
        memset(big->limbs, 0, (size_t)limbs * sizeof *big->limbs);
        big->length += limbs;
    }
    if (bits % 32 > 0) {
        multiply(big, UINT32_C(1) << bits % 32, 0);
    }
}


static bool less(const struct big *a, const struct big *b)
{
    int i;

    if (a->length != b->length) {
        return a->length < b->length;
    }
    for (i = a->length - 1; i >= 0; i--) {
        if (a->limbs[i] != b->limbs[i]) {
            return a->limbs[i] < b->limbs[i];
        }
    }
    return false;
}


/* Makes a the difference a - b, which must not be negative. */
static void subtract(struct big *a, const struct big *b)
{
    uint64_t borrow = 0;
    int i;

    for (i = 0; i < a->length; i++) {
        uint64_t digit = a->limbs[i] - borrow - (i < b->length ? b->limbs[i] : 0);

        a->limbs[i] = (uint32_t)digit;
        borrow = digit >> 63;
    }
    while (a->length > 0 && a->limbs[a->length - 1] == 0) {
        a->length--;
    }
}


/* Returns the next bit of a / b; a must be below 2 * b. */
static uint64_t next_bit(struct big *a, const struct big *b)
{
    uint64_t bit = !less(a, b);

    if (bit != 0) {
        subtract(a, b);
    }
    multiply(a, 2, 0);
    return bit;
}


/* Makes big the digits of a decimal as an integer, with one more digit for those that
 * were not kept. */
static void collect(struct big *big, const struct decimal *decimal)
{
    const char *at = decimal->first;
    uint32_t factor = 1;
    uint32_t addend = 0;
    int left = decimal->count;

    big->length = 0;
    for (; left > 0; at++) {
        if (*at == '.') {
            continue;
        }
        factor *= 10;
        addend = addend * 10 + (uint32_t)(*at - '0');
        left--;
        if (factor == 1000000000 || left == 0) {
            multiply(big, factor, addend);
            factor = 1;
            addend = 0;
        }
    }
    if (decimal->sticky) {
        multiply(big, 10, 1);
    }
}


/* Returns the bits of the double nearest to a positive decimal within the range of
 * doubles, or the bits of infinity. */
static uint64_t round_exactly(const struct decimal *decimal)
{
    struct big a;
    struct big b = {1, {1}};
    int exponent = (int)decimal->exponent - decimal->sticky;
    int binary = exponent;
    int bits = DBL_MANT_DIG;
    uint64_t mantissa = 0;
    uint64_t half;
    int shift;

    collect(&a, decimal);
    multiply_by_power_of_five(exponent < 0 ? &b : &a,
                              exponent < 0 ? -exponent : exponent);

    /* Makes 1 <= a / b < 2. The number is this quotient times 2^binary. */
    shift = bit_length(&a) - bit_length(&b);
    shift_left(shift < 0 ? &a : &b, shift < 0 ? -shift : shift);
    binary += shift;
    if (less(&a, &b)) {
        multiply(&a, 2, 0);
        binary--;
    }
    if (binary >= DBL_MAX_EXP) {
        return UINT64_C(0x7ff) << 52;
    }
    if (binary < DBL_MIN_EXP - 1) {
        bits -= DBL_MIN_EXP - 1 - binary;
    }
    if (bits < 0) {
        return 0;
    }
    for (shift = 0; shift < bits; shift++) {
        mantissa = mantissa << 1 | next_bit(&a, &b);
    }
    half = next_bit(&a, &b);
    mantissa += half & (mantissa | (a.length > 0));

    /* The highest bit of a normal mantissa adds 1 to the exponent field. A carry from
     * rounding does so, too: it can lead to infinity, or from subnormal to normal. */
    if (bits < DBL_MANT_DIG) {
        return mantissa;
    }
    return ((uint64_t)(binary + DBL_MAX_EXP - 2) << 52) + mantissa;
}


/* The fast path. Returns false if the decimal does not allow it. */
static bool round_fast(const struct decimal *decimal, double *out)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

    /* Wider intermediate results would be rounded twice. */
    if (FLT_EVAL_METHOD != 0 || decimal->count > 19 ||
        decimal->mantissa > UINT64_C(1) << DBL_MANT_DIG || decimal->exponent < -22 ||
        decimal->exponent > 22) {
        return false;
    }
    if (decimal->exponent < 0) {
        *out = (double)decimal->mantissa / powers[-decimal->exponent];
    } else {
        *out = (double)decimal->mantissa * powers[decimal->exponent];
    }
    return true;
}


bool stellar_value_double(struct stellar_value value, double *out)
{
    struct decimal decimal;
    const char *text = value.text.data;
    double number = 0;

    if (value.type != STELLAR_JSON_NUMBER ||
        !read_decimal(&decimal, text, text + value.text.length)) {
        return false;
    }
    if (decimal.count > 0 && !round_fast(&decimal, &number)) {
        int64_t magnitude = decimal.exponent + decimal.count;
        uint64_t bits = 0;

        if (magnitude > DBL_MAX_10_EXP + 1) {
            return false;
        }
        /* Half the least subnormal is above 10^-324. */
        if (magnitude > -324) {
            bits = round_exactly(&decimal);
        }
        memcpy(&number, &bits, sizeof number);
        if (number > DBL_MAX) {
            return false;
        }
    }
    *out = decimal.negative ? -number : number;
    return true;
}


/* Sets *out to the magnitude of a decimal that is an integer of at most 19 digits.
 * Returns false if it is another number. */
static bool read_whole(const struct decimal *decimal, uint64_t *out)
{
    int64_t digits = decimal->count + decimal->exponent; /* before the point */
    const char *at = decimal->first;
    uint64_t number = 0;
    int i;

    if (decimal->count == 0) {
        *out = 0;
        return true;
    }
    if (digits <= 0 || digits > 19 || decimal->sticky) {
        return false;
    }
    for (i = 0; i < decimal->count; i++, at++) {
        if (*at == '.') {
            at++;
        }
        if (i < digits) {
            number = number * 10 + (uint64_t)(*at - '0');
        } else if (*at != '0') {
            return false;
        }
    }
    for (; i < digits; i++) {
        number *= 10;
    }
    *out = number;
    return true;
}


bool stellar_value_integer(struct stellar_value value, int64_t *out)
{
    const char *text = value.text.data;
    struct decimal decimal;
    uint64_t number;

    if (value.type != STELLAR_JSON_NUMBER ||
        !read_decimal(&decimal, text, text + value.text.length) ||
        !read_whole(&decimal, &number) ||
        number > (uint64_t)INT64_MAX + decimal.negative) {
        return false;
    }
    /* In two halves, because an int64_t cannot hold 2^63. */
    *out = decimal.negative ? -(int64_t)(number / 2) - (int64_t)(number - number / 2)
                            : (int64_t)number;
    return true;
}
