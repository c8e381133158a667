#include "shard.h"

#include <stdarg.h>
#include <stdio.h>

#include "batch.h"
#include "call.h"
#include "config.h"
#include "session.h"
#include "timeouts.h"

/* A scratch buffer that one huge answer has blown up is given back. */
#define SCRATCH_KEPT ((size_t)1024 * 1024)


#define SESSION_OF(link_)                                            \
    ((struct stellar_connection *)(void *)((char *)(link_)-offsetof( \
        struct stellar_connection, link)))


static size_t hash_session(const struct stellar__link *link)
{
    return stellar__id_hash(SESSION_OF(link)->id);
}


void stellar__shard_init(struct stellar__shard *shard,
                         const struct stellar__common *common,
                         const struct stellar__platform *platform)
{
    memset(shard, 0, sizeof *shard);
    shard->common = common;
    shard->options = common->options;
    atomic_store(&shard->mail_limit, common->options->mail_limit);
    shard->framing = &common->framing;
    shard->platform = *platform;
    stellar__buffer_init(&shard->scratch, common->memory);
    stellar__pool_init(&shard->calls, common->memory);
    stellar__pool_init(&shard->answers, common->memory);
    stellar__pool_init(&shard->params, common->memory);
    stellar__table_init(&shard->connections, common->memory, hash_session);
    stellar__table_init(&shard->members, common->memory, stellar__member_hash);
}


void stellar__shard_free(struct stellar__shard *shard)
{
    stellar__call_end_delays(shard);
    while (shard->rooms != NULL) {
        stellar__room_remove(shard, stellar__slice(stellar__room_name(shard->rooms)));
    }
    stellar__table_free(&shard->connections);
    stellar__table_free(&shard->members);
    stellar__config_release(shard->common->memory, shard->config);
    stellar__buffer_free(&shard->scratch);
    stellar__pool_free(&shard->calls);
    stellar__pool_free(&shard->answers);
    stellar__pool_free(&shard->params);
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


void stellar__shard_flush(struct stellar__shard *shard)
{
    stellar__batch_end(shard);
    shard->must_flush = false;
    while (shard->pending_writes != NULL) {
        struct stellar_connection *session = shard->pending_writes;

        shard->pending_writes = session->next_pending_write;
        session->has_pending_write = false;
        stellar__session_flush(session);
    }
    if (shard->scratch.length == 0 && shard->scratch.capacity > SCRATCH_KEPT) {
        stellar__buffer_free(&shard->scratch);
    }
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


struct stellar__shared *stellar__shard_json_string(struct stellar__shard *shard,
                                                   struct stellar_slice text)
{
    size_t mark = shard->scratch.length;
    struct stellar__shared *json = NULL;

    stellar__buffer_string(&shard->scratch, text.data, text.length);
    if (!shard->scratch.failed) {
        json = stellar__shared_new(shard->common->memory, shard->scratch.data + mark,
                                   shard->scratch.length - mark);
    }
    stellar__buffer_cut(&shard->scratch, mark);
    return json;
}


void stellar__shard_end_iteration(struct stellar__shard *shard)
{
    stellar__shard_flush(shard);
    shard->sender = NULL;
    shard->caused_before = shard->caused;
    shard->iteration_began = 0;
}


uint64_t stellar__shard_iteration(struct stellar__shard *shard)
{
    if (shard->iteration_began == 0) {
        shard->iteration_began = shard->platform.clock(shard->platform.context);
    }
    return shard->iteration_began;
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


void stellar__shard_timeouts_changed(struct stellar__shard *shard)
{
    struct stellar__link *link = NULL;

    while ((link = stellar__table_next(&shard->connections, link)) != NULL) {
        stellar__timeouts_changed(SESSION_OF(link));
    }
}


void stellar__shard_drain(struct stellar__shard *shard)
{
    struct stellar__link *link = NULL;

    if (!shard->draining) {
        STELLAR__COUNT(shard, loops_draining);
    }
    shard->draining = true;
    while ((link = stellar__table_next(&shard->connections, link)) != NULL) {
        stellar__session_drain(SESSION_OF(link));
    }
}


void stellar__log(const struct stellar_server_options *options,
                  enum stellar_log_level level, const char *connection,
                  const char *format, ...)
{
    char message[512];
    va_list arguments;

    if (options->log == NULL || level < options->log_level) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    options->log(options->log_data, level, connection, message);
}
