/*
 * Implementation notes
 *
 * The program must not measure itself. A server that only echoes answers several
 * million lines per second on one core. So the core that loads it has about 200 ns per
 * line, and most of that is the cost of system calls. Therefore the program uses raw
 * epoll, one write and one read per batch (connection.c), reads the clock once per
 * read, not once per answer, and calls memchr once per answer (answers.c).
 */
#include "worker.h"

#include <string.h>
#include <time.h>

#include "deal.h"
#include "template.h"


uint64_t stellar__bench_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}


bool stellar__worker_over(const struct stellar__worker *worker, uint64_t now)
{
    return now >= worker->deadline ||
           atomic_load_explicit(worker->stop, memory_order_relaxed);
}


size_t stellar__worker_claim(struct stellar__worker *worker, size_t count, uint64_t now,
                             bool *measured)
{
    if (stellar__worker_over(worker, now)) {
        return 0;
    }
    *measured = now >= worker->begun;
    if (*measured && count > worker->share) {
        count = (size_t)worker->share;
    }
    if (*measured) {
        worker->share -= count;
    }
    return count;
}


void stellar__worker_record(struct stellar__worker *worker, uint64_t since,
                            uint64_t now, uint64_t count)
{
    worker->ended = now;
    stellar__histogram_record(&worker->times, now > since ? now - since : 0, count);
}


static size_t index_of(const struct stellar__worker *worker,
                       const struct stellar__connection *connection)
{
    return (size_t)(connection - worker->connections);
}


bool stellar__worker_joins(const struct stellar__worker *worker,
                           const struct stellar__connection *connection)
{
    if (worker->options->chat) {
        return index_of(worker, connection) <
               stellar__chat_members(worker->options, worker->number);
    }
    return worker->options->idle > 0 && worker->options->join.data != NULL;
}


size_t stellar__worker_room(const struct stellar__worker *worker,
                            const struct stellar__connection *connection)
{
    size_t threads = worker->options->threads;
    size_t rooms = stellar__chat_rooms(worker->options, worker->number);
    size_t index = index_of(worker, connection);
    size_t members = stellar__chat_members(worker->options, worker->number);

    if (worker->options->chat && index >= members) {
        index -= members; /* senders from outside have their own turn */
    }
    return index % rooms * threads + worker->number;
}


const char *stellar__worker_opening_line(struct stellar__worker *worker,
                                         const struct stellar__connection *connection,
                                         size_t *length)
{
    const struct stellar__bench_options *options = worker->options;
    const struct stellar__bench_bytes *end = &options->request_end;
    char *at = worker->line;
    char room[STELLAR__ROOM_MAX];

    if (options->hello.data != NULL) {
        at = mempcpy(at, options->hello.data, options->hello.length);
        at = mempcpy(at, end->data, end->length);
    }
    if (stellar__worker_joins(worker, connection)) {
        stellar__template_room(options, stellar__worker_room(worker, connection), room);
        at += stellar__template_fill(&options->join, room, NULL, 0, at);
        at = mempcpy(at, end->data, end->length);
    }
    *length = (size_t)(at - worker->line);
    return worker->line;
}


void stellar__worker_shaken(struct stellar__worker *worker,
                            const struct stellar__connection *connection)
{
    worker->shaken++;
    worker->resumed += stellar__bench_tls_resumed(connection->tls);
    if (worker->options->tls_resume && worker->session.parameters.session_id_len == 0) {
        stellar__bench_tls_agreed(connection->tls, &worker->session);
    }
}


bool stellar__worker_prepare_nothing(struct stellar__worker *worker)
{
    (void)worker;
    return true;
}


void stellar__worker_ignore(struct stellar__worker *worker,
                            struct stellar__connection *connection)
{
    (void)worker;
    (void)connection;
}


void stellar__worker_ignore_bytes(struct stellar__worker *worker,
                                  struct stellar__connection *connection, char *bytes,
                                  size_t length)
{
    stellar__worker_ignore(worker, connection);
    (void)bytes;
    (void)length;
}


uint64_t stellar__worker_never(struct stellar__worker *worker, uint64_t now)
{
    (void)worker;
    (void)now;
    return STELLAR__BENCH_NEVER;
}


void stellar__worker_release_nothing(struct stellar__worker *worker)
{
    (void)worker;
}
