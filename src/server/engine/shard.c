#include "shard.h"

#include "call.h"
#include "close.h"
#include "config.h"
#include "delivery.h"
#include "expire.h"
#include "member.h"
#include "registry.h"
#include "rooms.h"
#include "timeouts.h"


#define SESSION_OF(link_)                                            \
    ((struct stellar_connection *)(void *)((char *)(link_)-offsetof( \
        struct stellar_connection, link)))


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
    shard->expire = stellar__expire;
    stellar__buffer_init(&shard->scratch, common->memory);
    stellar__pool_init(&shard->calls, common->memory);
    stellar__pool_init(&shard->answers, common->memory);
    stellar__pool_init(&shard->params, common->memory);
    stellar__table_init(&shard->connections, common->memory, stellar__session_hash);
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


void stellar__shard_end_iteration(struct stellar__shard *shard)
{
    stellar__shard_flush(shard);
    shard->sender = NULL;
    shard->caused_before = shard->caused;
    shard->iteration_began = 0;
}


static void timeouts_changed(struct stellar__shard *shard)
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


/* Whether somebody may have to be looked at earlier than it was meant. */
static bool has_shorter_timeouts(const struct stellar_server_options *options,
                                 const struct stellar_server_options *before)
{
    return stellar__timeout_is_shorter(options->first_line_timeout,
                                       before->first_line_timeout) ||
           stellar__timeout_is_shorter(options->line_timeout, before->line_timeout) ||
           stellar__timeout_is_shorter(options->idle_timeout, before->idle_timeout) ||
           stellar__timeout_is_shorter(options->write_timeout, before->write_timeout);
}


void stellar__config_adopt(struct stellar__shard *shard, struct stellar__config *config)
{
    bool shorter = has_shorter_timeouts(&config->options, shard->options);

    stellar__config_release(shard->common->memory, shard->config);
    shard->config = config;
    shard->options = &config->options;
    shard->framing = &config->framing;
    atomic_store(&shard->mail_limit, config->options.mail_limit);
    if (shorter) {
        timeouts_changed(shard);
    }
}
