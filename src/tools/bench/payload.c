#include "payload.h"

#include <string.h>

#define SENDER_DIGITS 4
#define NUMBER_DIGITS 8


static void write_digits(char *to, unsigned digits, uint32_t number)
{
    while (digits > 0) {
        to[--digits] = "0123456789abcdef"[number & 15];
        number >>= 4;
    }
}


/* Returns false if one of them is not a digit. */
static bool read_digits(const char *from, unsigned digits, uint32_t *number)
{
    uint32_t value = 0;
    unsigned digit;
    unsigned i;

    for (i = 0; i < digits; i++) {
        digit = (unsigned char)from[i];
        if (digit - '0' < 10) {
            digit -= '0';
        } else if (digit - 'a' < 6) {
            digit -= 'a' - 10;
        } else {
            return false;
        }
        value = value << 4 | digit;
    }
    *number = value;
    return true;
}


void stellar__payload_renumber(char *payload, uint32_t number)
{
    write_digits(payload + 1 + SENDER_DIGITS, NUMBER_DIGITS, number);
}


void stellar__payload_write(char *to, size_t size, unsigned sender, uint32_t number)
{
    size_t i;

    to[0] = STELLAR__PAYLOAD_MARK;
    write_digits(to + 1, SENDER_DIGITS, sender);
    stellar__payload_renumber(to, number);
    for (i = STELLAR__PAYLOAD_HEAD; i < size; i++) {
        to[i] = (char)('a' + (i * 7 + i / 26) % 26);
    }
}


enum stellar__payload_kind stellar__payload_read(const char *bytes, const char *pattern,
                                                 size_t size, unsigned *sender,
                                                 uint32_t *number)
{
    uint32_t digits;

    if (!read_digits(bytes + 1, SENDER_DIGITS, &digits) ||
        !read_digits(bytes + 1 + SENDER_DIGITS, NUMBER_DIGITS, number)) {
        return STELLAR__PAYLOAD_NONE;
    }
    *sender = digits;
    return memcmp(bytes + STELLAR__PAYLOAD_HEAD, pattern + STELLAR__PAYLOAD_HEAD,
                  size - STELLAR__PAYLOAD_HEAD) == 0
               ? STELLAR__PAYLOAD_WHOLE
               : STELLAR__PAYLOAD_DAMAGED;
}
