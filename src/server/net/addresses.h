/*
 * How many connections each address has, over all loops of a server: an IPv4 address,
 * or the first 64 bits of an IPv6 address, which is what one site has. It has a lock,
 * which is taken when a counted connection comes and goes, and at no other time.
 */
#ifndef STELLAR_SERVER_ADDRESSES_H
#define STELLAR_SERVER_ADDRESSES_H

#include <sys/socket.h>
#include <uv.h>

#include "memory.h"

struct stellar__address; /* one that has connections */

struct stellar__addresses {
    const struct stellar_allocator *memory;
    uv_mutex_t lock;
    struct stellar__address *all; /* a table */
};

/* 0 or SYSTEM. */
int stellar__addresses_init(struct stellar__addresses *addresses,
                            const struct stellar_allocator *memory);
void stellar__addresses_free(struct stellar__addresses *addresses);

/* Counts a connection, to be given back. NULL: there are as many as may be, or there is
 * no memory. */
struct stellar__address *stellar__addresses_take(struct stellar__addresses *addresses,
                                                 const struct sockaddr *peer,
                                                 size_t most);
/* address may be NULL. */
void stellar__addresses_release(struct stellar__addresses *addresses,
                                struct stellar__address *address);

#endif
