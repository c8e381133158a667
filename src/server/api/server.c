#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "accept.h"
#include "actions.h"
#include "call.h"
#include "default_memory.h"
#include "listen.h"
#include "log.h"
#include "loop.h"
#include "message.h"
#include "registry.h"
#include "server_internal.h"
#include "server_options.h"
#include "unix_socket.h"


/* Milliseconds since some moment, as exact as the system's tick: an action may ask with
 * every request, and a better clock would cost a twentieth of it. */
static uint64_t coarse_clock(void)
{
#ifdef CLOCK_MONOTONIC_COARSE
    const clockid_t clock = CLOCK_MONOTONIC_COARSE;
#else
    const clockid_t clock = CLOCK_MONOTONIC;
#endif
    struct timespec now;

    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}


/* States. */

bool stellar__server_has_ended(const struct stellar_server *server)
{
    return atomic_load(&server->state) >= STELLAR__ENDED;
}


static bool begin_to_run(struct stellar_server *server)
{
    int state = atomic_load(&server->state);

    while (state == STELLAR__MADE || state == STELLAR__LISTENING) {
        if (atomic_compare_exchange_weak(&server->state, &state, STELLAR__RUNNING)) {
            return true;
        }
    }
    return false;
}


/* False: it runs, or this is a hook or a delay of one that is being destroyed. */
static bool begin_to_destroy(struct stellar_server *server)
{
    int state = atomic_load(&server->state);

    while (state != STELLAR__RUNNING && state != STELLAR__DESTROYING) {
        if (atomic_compare_exchange_weak(&server->state, &state, STELLAR__DESTROYING)) {
            return true;
        }
    }
    return false;
}


/* Beginning and end. */

static void set_common(struct stellar_server *server)
{
    struct stellar__common *common = &server->common;

    common->server = server;
    common->memory = &server->memory;
    common->options = &server->options;
    common->actions = server->actions;
    common->shards = server->shards;
    common->shard_count = server->options.threads;
}


static void warn_of_certificate(void *data, const char *text)
{
    const struct stellar_server_options *options = data;

    stellar__log(options, STELLAR_LOG_WARNING, NULL, "%s: %s", options->tls_certificate,
                 text);
}


int stellar__server_load_tls(struct stellar_server *server,
                             const struct stellar_server_options *options,
                             struct stellar__tls_context **context, char *error,
                             size_t capacity)
{
    const struct stellar__tls_files files = {
        options->tls_certificate, options->tls_key, options->tls_client_ca,
        options->tls_client_auth == STELLAR_CLIENT_AUTH_OPTIONAL};
    int status;

    *context = NULL;
    if (options->tls_certificate == NULL) {
        return STELLAR_OK;
    }
    status =
        stellar__tls_context_new(context, &server->memory, &files, error, capacity);
    if (status == STELLAR_OK) {
        stellar__tls_context_warn(*context, warn_of_certificate, (void *)options);
    }
    return status;
}


/* Before loops run. */
static int set_tls(struct stellar_server *server, char *error, size_t capacity)
{
    struct stellar__tls_context *context;
    int status =
        stellar__server_load_tls(server, &server->options, &context, error, capacity);
    unsigned i;

    for (i = 0; i < server->options.threads && status == STELLAR_OK; i++) {
        stellar__loop_set_tls(&server->net.loops[i],
                              stellar__tls_context_retain(context));
    }
    stellar__tls_context_release(context);
    return status;
}


static int make_loops(struct stellar_server *server, char *error, size_t capacity)
{
    unsigned count = server->options.threads;
    unsigned i;
    int status = STELLAR_OK;

    server->actions = stellar__actions_new(&server->memory);
    server->net.loops =
        stellar__allocate_zero(&server->memory, count * sizeof *server->net.loops);
    server->shards =
        stellar__allocate_zero(&server->memory, count * sizeof *server->shards);
    if (server->actions == NULL || server->net.loops == NULL ||
        server->shards == NULL) {
        return STELLAR_ERR_NO_MEMORY;
    }
    if (uv_mutex_init(&server->net.updates_lock) != 0) {
        return STELLAR_ERR_SYSTEM;
    }
    server->net.has_updates_lock = true;
    if (stellar__addresses_init(&server->net.addresses, &server->memory) !=
        STELLAR_OK) {
        return STELLAR_ERR_SYSTEM;
    }
    server->net.has_addresses = true;
    set_common(server);
    server->net.common = &server->common;
    atomic_store(&server->net.loops_serving, count);
    for (i = 0; i < count && status == STELLAR_OK; i++) {
        server->shards[i] = &server->net.loops[i].shard;
        status = i > 0 || stellar__loop_can_be_made()
                     ? stellar__loop_init(&server->net.loops[i], &server->net)
                     : STELLAR_ERR_SYSTEM;
        if (status == STELLAR_ERR_SYSTEM) {
            snprintf(error, capacity, "cannot make loop %u of %u: %s", i + 1, count,
                     uv_strerror(-errno));
        }
    }
    return status;
}


static int set_up(struct stellar_server *server,
                  const struct stellar_server_options *options, char *error,
                  size_t capacity)
{
    const char *fault = stellar__options_error(options);
    int status;

    if (fault != NULL ||
        !stellar__options_set_framing(options, &server->common.framing)) {
        snprintf(error, capacity, "%s",
                 fault != NULL ? fault
                               : "the delimiter is empty, too long or not UTF-8");
        return STELLAR_ERR_INVALID;
    }
    status = make_loops(server, error, capacity);
    if (status == STELLAR_OK) {
        status = set_tls(server, error, capacity);
    }
    if (status == STELLAR_OK && server->options.id == NULL) {
        if (!stellar__shard_new_id(server->shards[0], server->id)) {
            status = STELLAR_ERR_SYSTEM;
        }
    }
    return status;
}


int stellar_server_create(struct stellar_server **result,
                          const struct stellar_server_options *options, char *error,
                          size_t capacity)
{
    struct stellar_allocator memory = options->allocator;
    struct stellar_server *server;
    int status = STELLAR_ERR_NO_MEMORY;

    *result = NULL;
    if (capacity > 0) {
        error[0] = '\0';
    }
    if (memory.allocate == NULL) {
        memory = stellar__default_memory;
    }
    signal(SIGPIPE, SIG_IGN);
    server = stellar__allocate_zero(&memory, sizeof *server);
    if (server != NULL) {
        server->memory = stellar__memory_limit_init(&server->net.memory_limit, &memory,
                                                    options->max_memory);
        server->options = *options;
        server->started_at = coarse_clock();
        if (stellar__options_copy_strings(&server->options, &server->memory)) {
            status = set_up(server, options, error, capacity);
        }
    }
    if (status == STELLAR_OK) {
        *result = server;
        return STELLAR_OK;
    }
    if (capacity > 0 && error[0] == '\0') {
        snprintf(error, capacity, "%s", stellar_status_text(status));
    }
    stellar_server_destroy(server);
    return status;
}


/* False: calls are still with other threads. */
static bool end_loops(struct stellar_server *server)
{
    bool are_busy = false;
    unsigned i;

    if (server->net.loops == NULL) {
        return true;
    }
    /* Twice: a hook or a delay on one loop may finish a call of a loop before it. */
    for (i = 0; i < 2 * server->options.threads; i++) {
        stellar__loop_end(&server->net.loops[i % server->options.threads]);
    }
    /* Only now, since what ends on one loop may be heard on another. */
    for (i = 0; i < server->options.threads; i++) {
        are_busy |= stellar__call_is_any_out(&server->net.loops[i].shard);
    }
    for (i = 0; !are_busy && i < server->options.threads; i++) {
        stellar__loop_free(&server->net.loops[i]);
    }
    return !are_busy;
}


int stellar_server_destroy(struct stellar_server *server)
{
    struct stellar_allocator memory;
    struct stellar_allocator own; /* the server itself is not in its memory_limit */

    if (server == NULL) {
        return STELLAR_OK;
    }
    if (!begin_to_destroy(server)) {
        return STELLAR_ERR_BUSY;
    }
    memory = server->memory;
    own = server->net.memory_limit.inner;
    if (!end_loops(server)) {
        atomic_store(&server->state, STELLAR__ENDED);
        return STELLAR_ERR_BUSY;
    }
    if (server->net.has_updates_lock) {
        uv_mutex_destroy(&server->net.updates_lock);
    }
    if (server->net.has_addresses) {
        stellar__addresses_free(&server->net.addresses);
    }
    stellar__actions_free(server->actions);
    stellar__release(&memory, server->net.loops);
    stellar__release(&memory, server->shards);
    stellar__options_free_strings(&server->options, &memory);
    stellar__release(&own, server);
    return STELLAR_OK;
}


/* Serving. */

/* All loops accept from one socket: no connection is ever stuck with a loop that stops,
 * and it works for Unix sockets alike. */
static int start_to_accept(struct stellar_server *server, int descriptor)
{
    unsigned i;
    int status = STELLAR_OK;

    for (i = 0; i < server->options.threads && status == STELLAR_OK; i++) {
        int own = i == 0 ? descriptor : fcntl(descriptor, F_DUPFD_CLOEXEC, 0);

        status = own < 0 ? STELLAR_ERR_SYSTEM
                         : stellar__accept_start(&server->net.loops[i], own,
                                                 server->options.unix_path != NULL);
    }
    return status;
}


int stellar_server_listen(struct stellar_server *server, char *error, size_t capacity)
{
    static const char *const states[] = {"", "is listening already", "is running",
                                         "has ended", "has ended"};
    int state = atomic_load(&server->state);
    int descriptor;
    int status;
    unsigned i;

    if (state != STELLAR__MADE) {
        snprintf(error, capacity, "cannot listen: the server %s", states[state]);
        return STELLAR_ERR_INVALID;
    }
    status = stellar__listen(&server->net, &descriptor, error, capacity);
    if (status != STELLAR_OK) {
        return status;
    }
    status = start_to_accept(server, descriptor);
    if (status == STELLAR_OK) {
        atomic_store(&server->state, STELLAR__LISTENING);
        return STELLAR_OK;
    }
    snprintf(error, capacity, "cannot listen on %s: %s", server->net.address,
             uv_strerror(-errno));
    stellar__unix_remove(&server->net);
    /* It cannot begin again: handles are closed for good only while a loop runs. */
    for (i = 0; i < server->options.threads; i++) {
        stellar__accept_stop(&server->net.loops[i]);
    }
    atomic_store(&server->state, STELLAR__ENDED);
    return status;
}


static void run_thread(void *loop)
{
    stellar__loop_run(loop);
}


int stellar_server_run(struct stellar_server *server)
{
    unsigned started = 1;
    unsigned i;
    int status = STELLAR_OK;

    if (!begin_to_run(server)) {
        return STELLAR_ERR_INVALID;
    }
    for (i = 0; i < server->options.threads; i++) {
        stellar__loop_disown(&server->net.loops[i]);
    }
    while (started < server->options.threads && status == STELLAR_OK) {
        if (uv_thread_create(&server->net.loops[started].thread, run_thread,
                             &server->net.loops[started]) == 0) {
            started++;
        } else {
            status = STELLAR_ERR_SYSTEM;
        }
    }
    if (status != STELLAR_OK) {
        atomic_fetch_sub(&server->net.loops_serving, server->options.threads - started);
        stellar_server_stop(server, true);
    }
    stellar__loop_run(&server->net.loops[0]);
    for (i = 1; i < started; i++) {
        uv_thread_join(&server->net.loops[i].thread);
    }
    atomic_store(&server->state, STELLAR__ENDED); /* now another thread may free it */
    return status;
}


void stellar_server_stop(struct stellar_server *server, bool now)
{
    unsigned i;

    for (i = 0; i < server->options.threads; i++) {
        stellar__loop_stop(&server->net.loops[i], now);
    }
}


void stellar_server_stats(const struct stellar_server *server,
                          struct stellar_stats *stats)
{
    unsigned i;

    memset(stats, 0, sizeof *stats);
    for (i = 0; i < server->common.shard_count; i++) {
        stellar__counters_add(&server->common.shards[i]->counters, stats);
    }
    stellar__counters_finish(stats);
}


struct stellar__shard *stellar__server_shard(struct stellar_server *server)
{
    unsigned i;

    for (i = 0; i < server->options.threads; i++) {
        struct stellar__shard *shard = server->shards[i];

        if (shard->platform.is_own_thread(shard->platform.context)) {
            return shard;
        }
    }
    return NULL;
}


int stellar_server_add_action(struct stellar_server *server,
                              const struct stellar_action *action)
{
    if (atomic_load(&server->state) >= STELLAR__RUNNING) {
        return STELLAR_ERR_INVALID;
    }
    return stellar__actions_add(server->actions, action);
}


int stellar_server_post(struct stellar_server *server,
                        void (*function)(struct stellar_server *, void *), void *data)
{
    if (stellar__server_has_ended(server)) {
        return STELLAR_ERR_INVALID;
    }
    return stellar__message_post(server->shards[0], function, data);
}


const char *stellar_server_address(const struct stellar_server *server)
{
    return server->net.address;
}


int stellar_server_port(const struct stellar_server *server)
{
    return server->net.port;
}


const char *stellar_server_id(const struct stellar_server *server)
{
    return server->options.id != NULL ? server->options.id : server->id;
}


uint64_t stellar_server_uptime(const struct stellar_server *server)
{
    return coarse_clock() - server->started_at;
}
