/* Options that change while the server runs. */
#include <stdio.h>

#include "config.h"
#include "server_internal.h"
#include "server_options.h"
#include "stellar/options.h"


/* The new options, but those that need a restart keep their values. */
static struct stellar_server_options merge(const struct stellar_server *server,
                                           const struct stellar_server_options *given)
{
    const struct stellar_server_options *fixed = &server->options;
    struct stellar_server_options options = *given;

#define KEEP_RELOAD(field)
#define KEEP_RESTART(field) options.field = fixed->field;
#define XX(field, type, name, path, standard, least, most, rule, argument, text) \
    KEEP_##rule(field)
    STELLAR_OPTIONS(XX)
#undef XX
    options.delimiter_length = fixed->delimiter_length;
    options.hooks = fixed->hooks;
    options.log = fixed->log;
    options.log_data = fixed->log_data;
    options.allocator = fixed->allocator;
    if (fixed->tls_certificate == NULL) {
        options.tls_certificate = options.tls_key = options.tls_client_ca = NULL;
    } else if (given->tls_certificate == NULL && given->tls_key == NULL) {
        options.tls_certificate = fixed->tls_certificate;
        options.tls_key = fixed->tls_key;
        options.tls_client_ca = fixed->tls_client_ca;
        options.tls_client_auth = fixed->tls_client_auth;
    }
    return options;
}


/* Those that no loop will adopt. */
static void drop_all(struct stellar_server *server, struct stellar__config *list)
{
    while (list != NULL) {
        struct stellar__config *next = list->next;

        stellar__tls_context_release(list->tls);
        stellar__release(&server->memory, list->message);
        stellar__config_release(&server->memory, list);
        list = next;
    }
}


/* One for each loop, as a list; false: no memory, and none. */
static bool make_configs(struct stellar_server *server,
                         const struct stellar_server_options *options,
                         struct stellar__tls_context *tls,
                         struct stellar__config **list)
{
    unsigned i;

    *list = NULL;
    for (i = 0; i < server->common.shard_count; i++) {
        struct stellar__config *config =
            stellar__config_new(server->common.shards[i], options);

        if (config == NULL) {
            drop_all(server, *list);
            return false;
        }
        config->tls = stellar__tls_context_retain(tls);
        config->next = *list;
        *list = config;
    }
    return true;
}


/* Two threads may change options at once: all loops see both in the same order. One
 * that has not adopted those before need not do so any more. */
static void send_all(struct stellar_server *server, struct stellar__config *list)
{
    struct stellar__shard *first = server->common.shards[0];
    struct stellar__config *outdated = NULL;

    first->platform.lock_updates(first->platform.context, true);
    while (list != NULL) {
        struct stellar__config *config = list;
        struct stellar__message *message = config->message;
        struct stellar__config *before;

        list = config->next;
        config->message = NULL;
        before = atomic_exchange(&config->shard->next_config, config);
        if (before == NULL) {
            stellar__message_send(message);
        } else { /* the message is on its way */
            before->message = message;
            before->next = outdated;
            outdated = before;
        }
    }
    first->platform.lock_updates(first->platform.context, false);
    drop_all(server, outdated);
}


int stellar_server_reconfigure(struct stellar_server *server,
                               const struct stellar_server_options *given, char *error,
                               size_t capacity)
{
    struct stellar_server_options options = merge(server, given);
    const char *fault = stellar__options_error(&options);
    struct stellar__tls_context *tls;
    struct stellar__config *list;
    int status;

    if (capacity > 0) {
        error[0] = '\0';
    }
    if (stellar__server_has_ended(server)) {
        fault = "the server has ended";
    }
    if (fault != NULL) {
        snprintf(error, capacity, "%s", fault);
        return STELLAR_ERR_INVALID;
    }
    status = stellar__server_load_tls(server, &options, &tls, error, capacity);
    if (status == STELLAR_OK) {
        /* They need not live longer than this call. */
        options.tls_certificate = options.tls_key = options.tls_client_ca = NULL;
        if (make_configs(server, &options, tls, &list)) {
            send_all(server, list);
        } else {
            status = STELLAR_ERR_NO_MEMORY;
        }
        stellar__tls_context_release(tls);
    }
    if (status != STELLAR_OK && capacity > 0 && error[0] == '\0') {
        snprintf(error, capacity, "%s", stellar_status_text(status));
    }
    return status;
}
