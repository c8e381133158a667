#include "registry.h"

#include <string.h>

#define SESSION_OF(link_)                                            \
    ((struct stellar_connection *)(void *)((char *)(link_)-offsetof( \
        struct stellar_connection, link)))


size_t stellar__session_hash(const struct stellar__link *link)
{
    return stellar__id_hash(SESSION_OF(link)->id);
}


bool stellar__shard_new_id(struct stellar__shard *shard, char id[37])
{
    static const char hex[] = "0123456789abcdef";
    unsigned char *bytes;
    size_t at = 0;
    size_t i;

    if (shard->entropy_left < 16) {
        if (!shard->platform.random(shard->platform.context, shard->entropy,
                                    sizeof shard->entropy)) {
            return false;
        }
        shard->entropy_left = sizeof shard->entropy;
    }
    shard->entropy_left -= 16;
    bytes = shard->entropy + shard->entropy_left;
    bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40); /* version 4 */
    bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80); /* variant */
    for (i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            id[at++] = '-';
        }
        id[at++] = hex[bytes[i] >> 4];
        id[at++] = hex[bytes[i] & 15];
    }
    id[at] = '\0';
    return true;
}


void stellar__shard_add(struct stellar__shard *shard,
                        struct stellar_connection *session)
{
    stellar__table_add(&shard->connections, &session->link);
}


void stellar__shard_remove(struct stellar__shard *shard,
                           struct stellar_connection *session)
{
    stellar__table_remove(&shard->connections, &session->link);
}


struct stellar_connection *stellar__shard_find(struct stellar__shard *shard,
                                               const char *id)
{
    struct stellar__link *link =
        stellar__table_chain(&shard->connections, stellar__id_hash(id));

    while (link != NULL && memcmp(SESSION_OF(link)->id, id, STELLAR__ID_LENGTH) != 0) {
        link = link->next;
    }
    return link != NULL ? SESSION_OF(link) : NULL;
}


uint64_t stellar__shard_iteration(struct stellar__shard *shard)
{
    if (shard->iteration_began == 0) {
        shard->iteration_began = shard->platform.clock(shard->platform.context);
    }
    return shard->iteration_began;
}


struct stellar__identity stellar__session_identity(
    const struct stellar_connection *session)
{
    static const struct stellar__identity unknown = {NULL, NULL};

    return session->transport->identity != NULL ? session->transport->identity(session)
                                                : unknown;
}
