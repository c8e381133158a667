#include "addresses.h"

#include <netinet/in.h>

#include "hash.h"

struct stellar__address {
    UT_hash_handle hh;
    unsigned char key[8];
    size_t connections;
};


int stellar__addresses_init(struct stellar__addresses *addresses,
                            const struct stellar_allocator *memory)
{
    addresses->memory = memory;
    addresses->all = NULL;
    return uv_mutex_init(&addresses->lock) == 0 ? STELLAR_OK : STELLAR_ERR_SYSTEM;
}


void stellar__addresses_free(struct stellar__addresses *addresses)
{
    uv_mutex_destroy(&addresses->lock);
}


/* An IPv4 address stands behind four bytes that no global IPv6 address begins with;
 * that is how it also comes from a socket for both. */
static void key_of(const struct sockaddr *peer, unsigned char key[8])
{
    static const unsigned char four[4] = {0, 0, 0xff, 0xff};

    memcpy(key, four, sizeof four);
    if (peer->sa_family == AF_INET) {
        memcpy(key + 4, &((const struct sockaddr_in *)(const void *)peer)->sin_addr, 4);
    } else {
        const struct in6_addr *six =
            &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;

        if (IN6_IS_ADDR_V4MAPPED(six)) {
            memcpy(key + 4, six->s6_addr + 12, 4);
        } else {
            memcpy(key, six->s6_addr, 8);
        }
    }
}


static struct stellar__address *add(struct stellar__addresses *addresses,
                                    const unsigned char key[8])
{
    const struct stellar_allocator *uthash_memory = addresses->memory;
    bool uthash_added = true;
    struct stellar__address *address =
        stellar__allocate_zero(uthash_memory, sizeof *address);

    if (address == NULL) {
        return NULL;
    }
    memcpy(address->key, key, sizeof address->key);
    HASH_ADD(hh, addresses->all, key, sizeof address->key, address);
    if (uthash_added) {
        return address;
    }
    stellar__release(uthash_memory, address);
    return NULL;
}


struct stellar__address *stellar__addresses_take(struct stellar__addresses *addresses,
                                                 const struct sockaddr *peer,
                                                 size_t most)
{
    struct stellar__address *address;
    unsigned char key[8];

    key_of(peer, key);
    uv_mutex_lock(&addresses->lock);
    HASH_FIND(hh, addresses->all, key, sizeof key, address);
    if (address == NULL) {
        address = add(addresses, key);
    } else if (address->connections >= most) {
        address = NULL;
    }
    if (address != NULL) {
        address->connections++;
    }
    uv_mutex_unlock(&addresses->lock);
    return address;
}


void stellar__addresses_release(struct stellar__addresses *addresses,
                                struct stellar__address *address)
{
    const struct stellar_allocator *uthash_memory = addresses->memory;

    if (address == NULL) {
        return;
    }
    uv_mutex_lock(&addresses->lock);
    if (--address->connections == 0) {
        HASH_DEL(addresses->all, address);
        stellar__release(uthash_memory, address);
    }
    uv_mutex_unlock(&addresses->lock);
}
