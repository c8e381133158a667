/*
 * Mutates texts with numbers: a run of digits becomes a number at which something is
 * full, wraps or is rounded. libFuzzer's own mutations of single bytes do not find
 * these. It does so only every fourth time, because other things matter, too.
 */
#include <string.h>

#include "support.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed);

/* The last ones are 2^32 and 2^64 and a little more, which wrap to small numbers. */
static const char *const numbers[] = {
    "0",
    "1",
    "255",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "4294967295",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "1000000000000000000000",
    "1e22",
    "1e23",
    "5e-324",
    "1.7976931348623157e308",
    "4294967297",
    "4294972296",
    "18446744073709551617",
    "18446744073709556616",
};


static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}


/* Returns the beginning of the first number after a random place, or size. */
static size_t pick(const uint8_t *data, size_t size, uint32_t *seed)
{
    size_t at = fuzz_random(seed) % size;

    while (at > 0 && is_digit(data[at - 1])) {
        at--;
    }
    while (at < size && !is_digit(data[at])) {
        at++;
    }
    return at;
}


static size_t replace_number(uint8_t *data, size_t size, size_t max_size,
                             uint32_t *seed)
{
    const char *number =
        numbers[fuzz_random(seed) % (sizeof numbers / sizeof numbers[0])];
    size_t length = strlen(number);
    size_t at = pick(data, size, seed);
    size_t end = at;

    while (end < size && is_digit(data[end])) {
        end++;
    }
    if (end == at || at + length + (size - end) > max_size) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    memmove(data + at + length, data + end, size - end);
    memcpy(data + at, number, length);
    return at + length + (size - end);
}


size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed)
{
    uint32_t state = seed;

    if (size == 0 || fuzz_random(&state) % 4 != 0) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    return replace_number(data, size, max_size, &state);
}
