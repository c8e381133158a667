/* Bounded text. See output.h. */
#include "output.h"

#include "json.h"

/* The digits of 2^64 - 1. */
#define DIGITS 20


void stellar__put(struct stellar__output *output, const char *bytes, size_t length)
{
    if (length > 0 && output->length < output->capacity) {
        size_t room = output->capacity - output->length;

        memcpy(output->out + output->length, bytes, length < room ? length : room);
    }
    output->length += length;
}


/* Divides by ten in steps of 16 bits, as machines of 32 bits divide 64 by asking
 * a library. Returns what is left. */
static unsigned divide_by_ten(uint64_t *number)
{
    uint32_t high = (uint32_t)(*number >> 32);
    uint32_t low = (uint32_t)*number;
    uint32_t middle = high % 10 << 16 | low >> 16;
    uint32_t last = middle % 10 << 16 | (low & 0xffff);

    *number = (uint64_t)(high / 10) << 32 | (uint64_t)(middle / 10) << 16 | last / 10;
    return last % 10;
}


void stellar__put_unsigned(struct stellar__output *output, uint64_t number)
{
    char digits[DIGITS];
    size_t at = DIGITS;

    do {
        digits[--at] = (char)('0' + divide_by_ten(&number));
    } while (number > 0);
    stellar__put(output, digits + at, DIGITS - at);
}


void stellar__put_signed(struct stellar__output *output, int64_t number)
{
    if (number < 0) {
        STELLAR__PUT_LITERAL(output, "-");
        stellar__put_unsigned(output, 0 - (uint64_t)number);
    } else {
        stellar__put_unsigned(output, (uint64_t)number);
    }
}


void stellar__put_compact(struct stellar__output *output, struct stellar_slice json)
{
    const char *at = json.data;
    const char *end = at + json.length;

    while (at < end) {
        const char *piece = at;

        while (at < end && !stellar__is_white(*at)) {
            at = *at == '"' ? stellar__json_string_end(at, end) : at + 1;
        }
        stellar__put(output, piece, (size_t)(at - piece));
        while (at < end && stellar__is_white(*at)) {
            at++;
        }
    }
}
