/*
 * Implementation notes. While connections are opened, the number of those that are not
 * ready is limited: a server that is behind with handshakes would time them out, and a
 * backlog that overflows costs a second each time. If a session is to be resumed, the
 * first connection is opened alone.
 */
#include "run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "connection.h"
#include "tell.h"
#include "template.h"

#define EVENTS     128
#define LOOK_UP_MS 100 /* how often the stop flag and the time are checked */
#define OPENING    128 /* the most connections that are not ready */


/* Only a schedule needs a finer time than milliseconds. */
static int await_events(struct stellar__worker *worker, struct epoll_event *events)
{
    uint64_t due = worker->mode->tick(worker, stellar__bench_now());
    struct timespec wait = {0, 0};
    uint64_t now;

    if (worker->options->spin) {
        return epoll_wait(worker->epoll, events, EVENTS, 0);
    }
    if (due == STELLAR__BENCH_NEVER) {
        return epoll_wait(worker->epoll, events, EVENTS, LOOK_UP_MS);
    }
    now = stellar__bench_now();
    if (due > now) {
        wait.tv_nsec =
            (long)(due - now < LOOK_UP_MS * 1000000ULL ? due - now
                                                       : LOOK_UP_MS * 1000000ULL);
    }
    return epoll_pwait2(worker->epoll, events, EVENTS, &wait, NULL);
}


/* Waits for events, but not longer than a given time, and handles them. */
static bool turn(struct stellar__worker *worker)
{
    struct epoll_event events[EVENTS];
    int count = await_events(worker, events);
    int i;

    if (count < 0 && errno != EINTR) {
        stellar__bench_tell("epoll_wait: %s", strerror(errno));
        return false;
    }
    for (i = 0; i < count; i++) {
        stellar__connection_event(worker, events[i].data.ptr, events[i].events);
    }
    return true;
}


static void tell_closed(const struct stellar__worker *worker)
{
    char reason[STELLAR__BENCH_REASON_MAX];

    stellar__bench_tell("%s: %s before it was ready", worker->target->name,
                        worker->lost_reason == 0
                            ? "closed the connection"
                            : stellar__target_reason(worker->lost_reason, reason));
}


static void tell_late(const struct stellar__worker *worker)
{
    size_t i;
    enum stellar__bench_stage stage = STELLAR__BENCH_READY;

    for (i = 0; i < worker->connection_count; i++) {
        if (worker->connections[i].fd >= 0 && worker->connections[i].stage < stage) {
            stage = worker->connections[i].stage;
        }
    }
    if (stage == STELLAR__BENCH_SHAKING) {
        stellar__bench_tell("%s: no TLS handshake", worker->target->name);
    } else if (stage == STELLAR__BENCH_WELCOME) {
        stellar__bench_tell("%s: no welcome line (--no-welcome is for servers that "
                            "wait for a request)",
                            worker->target->name);
    } else {
        stellar__bench_tell("%s: no answer to joining a room that contains '%s'",
                            worker->target->name, worker->options->joined);
    }
}


/* Handles events until at most `limit` connections are not ready. */
static bool await_ready(struct stellar__worker *worker, size_t opened, size_t behind)
{
    uint64_t changed = stellar__bench_now();
    size_t ready = worker->ready;

    while (worker->ready + behind < opened) {
        if (worker->lost > 0) {
            tell_closed(worker);
            return false;
        }
        if (worker->ready > ready) {
            ready = worker->ready;
            changed = stellar__bench_now();
        }
        if (atomic_load(worker->stop) ||
            stellar__bench_now() - changed > worker->options->timeout) {
            tell_late(worker);
            return false;
        }
        if (!turn(worker)) {
            return false;
        }
        atomic_store_explicit(&worker->progress, worker->ready, memory_order_relaxed);
    }
    return true;
}


static size_t longest_tail(const struct stellar__bench_options *options)
{
    size_t longest = options->shape.keep;

    longest = longest < STELLAR__BENCH_END_MAX ? STELLAR__BENCH_END_MAX : longest;
    longest = longest < strlen(options->joined) ? strlen(options->joined) : longest;
    return options->chat && longest < options->size ? options->size : longest;
}


static bool allocate(struct stellar__worker *worker)
{
    const struct stellar__bench_options *options = worker->options;
    size_t count = worker->connection_count;
    size_t i;

    worker->tail_room = longest_tail(options);
    worker->line_room = options->hello.length +
                        stellar__template_size(&options->join, 0) +
                        (size_t)2 * STELLAR__BENCH_END_MAX;
    worker->epoll = epoll_create1(EPOLL_CLOEXEC);
    worker->connections = calloc(count, sizeof *worker->connections);
    worker->tails = malloc(count * worker->tail_room);
    worker->memory = malloc(worker->tail_room + STELLAR__BENCH_READ_SIZE);
    worker->cipher = options->tls ? malloc(STELLAR__BENCH_READ_SIZE) : NULL;
    worker->line = malloc(worker->line_room);
    if (worker->epoll < 0 || worker->connections == NULL || worker->tails == NULL ||
        worker->memory == NULL || (options->tls && worker->cipher == NULL) ||
        worker->line == NULL) {
        return false;
    }
    for (i = 0; i < count; i++) {
        worker->connections[i].fd = -1;
        worker->connections[i].stream.tail = worker->tails + i * worker->tail_room;
    }
    return worker->mode->prepare(worker);
}


bool stellar__worker_open(struct stellar__worker *worker)
{
    size_t behind;
    size_t i;

    worker->deadline = STELLAR__BENCH_NEVER;
    worker->begun = STELLAR__BENCH_NEVER;
    if (!allocate(worker)) {
        stellar__bench_tell("%s", strerror(errno));
        return false;
    }
    if (worker->mode->opens) {
        return true;
    }
    for (i = 0; i < worker->connection_count; i++) {
        if (!stellar__connection_open(worker, &worker->connections[i])) {
            stellar__bench_tell("%s: connection %zu: %s", worker->target->name, i + 1,
                                strerror(errno));
            return false;
        }
        behind = worker->options->tls_resume && i == 0 ? 0 : OPENING;
        if (!await_ready(worker, i + 1, behind)) {
            return false;
        }
    }
    return await_ready(worker, worker->connection_count, 0);
}


/* Returns whether it has become pointless to wait for answers. */
static bool gave_up(const struct stellar__worker *worker)
{
    uint64_t now = stellar__bench_now();
    uint64_t timeout = worker->options->timeout;

    return now - worker->answered_at > timeout ||
           (now > worker->deadline && now - worker->deadline > timeout);
}


void stellar__worker_run(struct stellar__worker *worker)
{
    uint64_t now = stellar__bench_now();
    size_t i;

    worker->begun = now + worker->options->warmup;
    worker->deadline = worker->begun + worker->options->duration;
    worker->ended = worker->begun;
    worker->answered_at = now;
    worker->bytes_in = 0;
    worker->bytes_out = 0;
    for (i = 0; i < worker->connection_count; i++) {
        if (worker->connections[i].active || worker->mode->opens) {
            worker->mode->begin(worker, &worker->connections[i]);
        }
    }
    while (worker->active > 0 && !worker->silent) {
        if (!turn(worker)) {
            break;
        }
        atomic_store_explicit(&worker->progress, worker->tally.answers,
                              memory_order_relaxed);
        worker->silent = worker->active > 0 && gave_up(worker);
    }
    for (i = 0; i < worker->connection_count; i++) {
        worker->missing += worker->connections[i].outstanding;
    }
}


void stellar__worker_close(struct stellar__worker *worker)
{
    size_t i;

    if (worker->connections != NULL) {
        for (i = 0; i < worker->connection_count; i++) {
            stellar__connection_release(&worker->connections[i]);
        }
    }
    if (worker->state != NULL) {
        worker->mode->release(worker);
    }
    if (worker->epoll >= 0) {
        close(worker->epoll);
    }
    free(worker->connections);
    free(worker->tails);
    free(worker->memory);
    free(worker->cipher);
    free(worker->line);
}
