#include "hub.h"

#include <stdarg.h>
#include <stdio.h>

#include "burst.h"
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


void stellar__hub_init(struct stellar__hub *hub, const struct stellar__common *common,
                       const struct stellar__platform *platform)
{
    memset(hub, 0, sizeof *hub);
    hub->common = common;
    hub->options = common->options;
    atomic_store(&hub->mail_limit, common->options->mail_limit);
    hub->framing = &common->framing;
    hub->platform = *platform;
    stellar__buffer_init(&hub->scratch, common->memory);
    stellar__spare_init(&hub->calls, common->memory);
    stellar__spare_init(&hub->answers, common->memory);
    stellar__spare_init(&hub->params, common->memory);
    stellar__table_init(&hub->connections, common->memory, hash_session);
    stellar__table_init(&hub->members, common->memory, stellar__member_hash);
}


void stellar__hub_free(struct stellar__hub *hub)
{
    stellar__call_end_delays(hub);
    while (hub->rooms != NULL)
        stellar__room_remove(hub, stellar__slice(stellar__room_name(hub->rooms)));
    stellar__table_free(&hub->connections);
    stellar__table_free(&hub->members);
    stellar__config_drop(hub->common->memory, hub->config);
    stellar__buffer_free(&hub->scratch);
    stellar__spare_free(&hub->calls);
    stellar__spare_free(&hub->answers);
    stellar__spare_free(&hub->params);
}


bool stellar__hub_new_id(struct stellar__hub *hub, char id[37])
{
    static const char hex[] = "0123456789abcdef";
    unsigned char *bytes;
    size_t at = 0;
    size_t i;

    if (hub->entropy_left < 16) {
        if (!hub->platform.random(hub->platform.context, hub->entropy,
                                  sizeof hub->entropy))
            return false;
        hub->entropy_left = sizeof hub->entropy;
    }
    hub->entropy_left -= 16;
    bytes = hub->entropy + hub->entropy_left;
    bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40); /* version 4 */
    bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80); /* variant */
    for (i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            id[at++] = '-';
        id[at++] = hex[bytes[i] >> 4];
        id[at++] = hex[bytes[i] & 15];
    }
    id[at] = '\0';
    return true;
}


void stellar__hub_flush(struct stellar__hub *hub)
{
    stellar__burst_end(hub);
    hub->must_flush = false;
    while (hub->unflushed != NULL) {
        struct stellar_connection *session = hub->unflushed;

        hub->unflushed = session->next_unflushed;
        session->is_unflushed = false;
        stellar__session_flush(session);
    }
    if (hub->scratch.length == 0 && hub->scratch.capacity > SCRATCH_KEPT)
        stellar__buffer_free(&hub->scratch);
}


void stellar__hub_add(struct stellar__hub *hub, struct stellar_connection *session)
{
    stellar__table_add(&hub->connections, &session->link);
}


void stellar__hub_remove(struct stellar__hub *hub, struct stellar_connection *session)
{
    stellar__table_remove(&hub->connections, &session->link);
}


struct stellar__shared *stellar__hub_json_string(struct stellar__hub *hub,
                                                 struct stellar_slice text)
{
    size_t mark = hub->scratch.length;
    struct stellar__shared *json = NULL;

    stellar__buffer_string(&hub->scratch, text.data, text.length);
    if (!hub->scratch.failed)
        json = stellar__shared_new(hub->common->memory, hub->scratch.data + mark,
                                   hub->scratch.length - mark);
    stellar__buffer_cut(&hub->scratch, mark);
    return json;
}


void stellar__hub_end_turn(struct stellar__hub *hub)
{
    stellar__hub_flush(hub);
    hub->talker = NULL;
    hub->caused_before = hub->caused;
    hub->turn_began = 0;
}


uint64_t stellar__hub_turn(struct stellar__hub *hub)
{
    if (hub->turn_began == 0)
        hub->turn_began = hub->platform.clock(hub->platform.context);
    return hub->turn_began;
}


struct stellar_connection *stellar__hub_find(struct stellar__hub *hub, const char *id)
{
    struct stellar__link *link =
        stellar__table_chain(&hub->connections, stellar__id_hash(id));

    while (link != NULL && memcmp(SESSION_OF(link)->id, id, STELLAR__ID_LENGTH) != 0)
        link = link->next;
    return link != NULL ? SESSION_OF(link) : NULL;
}


void stellar__hub_timeouts_changed(struct stellar__hub *hub)
{
    struct stellar__link *link = NULL;

    while ((link = stellar__table_next(&hub->connections, link)) != NULL)
        stellar__timeouts_changed(SESSION_OF(link));
}


void stellar__hub_drain(struct stellar__hub *hub)
{
    struct stellar__link *link = NULL;

    if (!hub->draining)
        STELLAR__COUNT(hub, loops_draining);
    hub->draining = true;
    while ((link = stellar__table_next(&hub->connections, link)) != NULL)
        stellar__session_drain(SESSION_OF(link));
}


void stellar__log(const struct stellar_server_options *options,
                  enum stellar_log_level level, const char *connection,
                  const char *format, ...)
{
    char message[512];
    va_list arguments;

    if (options->log == NULL || level < options->log_level)
        return;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    options->log(options->log_data, level, connection, message);
}
