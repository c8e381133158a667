/*
 * Chat messages that can be found in any surroundings.
 *
 * A message begins with a tilde, the sender and the number of the message in
 * hexadecimal (4 and 8 digits). Letters follow that depend on their position. So a
 * delivery can be found without knowing what a server writes around it, if the server
 * repeats the message byte for byte and sends no other tilde.
 */
#ifndef STELLAR_BENCH_PAYLOAD_H
#define STELLAR_BENCH_PAYLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STELLAR__PAYLOAD_MARK    '~'
#define STELLAR__PAYLOAD_HEAD    13 /* mark, sender, number */
#define STELLAR__PAYLOAD_SENDERS 65536

/* Writes a message of `size` bytes, at least STELLAR__PAYLOAD_HEAD. */
void stellar__payload_write(char *to, size_t size, unsigned sender, uint32_t number);

/* Overwrites the number of a message. */
void stellar__payload_renumber(char *payload, uint32_t number);

enum stellar__payload_kind {
    STELLAR__PAYLOAD_NONE,    /* a tilde that begins something else */
    STELLAR__PAYLOAD_DAMAGED, /* it begins like a message, but does not continue like
                                 one */
    STELLAR__PAYLOAD_WHOLE
};

/* Says what `size` bytes are that begin with the mark. `pattern` is any message of that
 * size. */
enum stellar__payload_kind stellar__payload_read(const char *bytes, const char *pattern,
                                                 size_t size, unsigned *sender,
                                                 uint32_t *number);

#endif
