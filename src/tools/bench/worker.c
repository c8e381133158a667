/*
 * Implementation notes
 *
 * The program must not be what is measured. A server that does nothing but echo answers
 * several million lines a second on one core, so the core that loads it has about
 * 200 ns a line, and system calls cost most of that. Hence:
 *
 * - Raw epoll and sockets that do not block. Edge-triggered, which spares the kernel
 *   asking each socket again (5 % here): a read that does not fill the memory has
 *   emptied the socket, unless the peer has hung up, which the event tells. EPOLLOUT is
 *   asked for only while a write is cut short. So a batch is one write and one read.
 * - A batch goes out in one write from bytes prepared before the run, and the next one
 *   when the last answer of it has come, as redis-benchmark does, so that figures can
 * be compared. Sending piecewise as answers come would make batches shrink to whatever
 *   the server's writes happen to be, and measure that.
 * - All requests of a batch have the same time of sending, and answers that one read
 *   brings the same time of arrival: one look at the clock and one entry into the
 *   histogram a read, not an answer. A time is thus what the client sees, from the
 * write of a batch to the read that brings the answer.
 * - Counting the answers of a read is one memchr each (answers.c).
 *
 * Requests sent during the warm-up are verified like all others but not timed and not
 * taken from the share; measuring begins with the first batch after it.
 */
#include "worker.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#define READ_SIZE  ((size_t)256 << 10)
#define EVENTS     128
#define LOOK_UP_MS 100 /* how often the stop flag and the time are looked at */

struct stellar__connection {
    int fd;          /* -1 when closed */
    bool active;     /* has or will have requests outstanding */
    bool measured;   /* the batch is */
    bool wants_room; /* registered for EPOLLOUT */
    size_t line;     /* where in the cycle of requests the next batch begins */
    size_t outstanding;
    const char *unsent;
    size_t unsent_length;
    uint64_t sent_at;
    struct stellar__answer_stream stream;
};


uint64_t stellar__bench_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}


static void retire(struct stellar__worker *worker,
                   struct stellar__connection *connection)
{
    if (connection->active) {
        connection->active = false;
        worker->active--;
    }
}


static void hang_up(struct stellar__connection *connection)
{
    if (connection->fd >= 0)
        close(connection->fd);
    connection->fd = -1;
}


/* A connection that has nothing to do any more may be closed by the server. */
static void lose(struct stellar__worker *worker, struct stellar__connection *connection,
                 int reason)
{
    if (connection->active) {
        if (worker->lost++ == 0)
            worker->lost_reason = reason;
        worker->missing += connection->outstanding;
        connection->outstanding = 0;
    }
    retire(worker, connection);
    hang_up(connection);
}


static bool watch(struct stellar__worker *worker,
                  struct stellar__connection *connection, int operation)
{
    struct epoll_event event;

    event.events =
        EPOLLIN | EPOLLRDHUP | EPOLLET | (connection->wants_room ? EPOLLOUT : 0U);
    event.data.ptr = connection;
    return epoll_ctl(worker->epoll, operation, connection->fd, &event) == 0;
}


static void flush(struct stellar__worker *worker,
                  struct stellar__connection *connection)
{
    ssize_t written = send(connection->fd, connection->unsent,
                           connection->unsent_length, MSG_NOSIGNAL);
    bool wants_room;

    if (written < 0) {
        if (errno != EAGAIN && errno != EINTR) {
            lose(worker, connection, errno);
            return;
        }
        written = 0;
    }
    worker->bytes_out += (uint64_t)written;
    connection->unsent += written;
    connection->unsent_length -= (size_t)written;
    wants_room = connection->unsent_length > 0;
    if (wants_room == connection->wants_room)
        return;
    connection->wants_room = wants_room;
    if (!watch(worker, connection, EPOLL_CTL_MOD))
        lose(worker, connection, errno);
}


static void send_batch(struct stellar__worker *worker,
                       struct stellar__connection *connection, uint64_t now)
{
    const struct stellar__requests *requests = worker->requests;
    size_t count = worker->options->pipeline;

    connection->measured = now >= worker->begun;
    if (connection->measured && count > worker->share)
        count = (size_t)worker->share;
    if (count == 0 || now >= worker->deadline ||
        atomic_load_explicit(worker->stop, memory_order_relaxed)) {
        retire(worker, connection);
        return;
    }
    if (connection->measured)
        worker->share -= count;
    worker->sent += count;
    connection->outstanding = count;
    connection->sent_at = now;
    connection->unsent = requests->text + requests->at[connection->line];
    connection->unsent_length =
        requests->at[connection->line + count] - requests->at[connection->line];
    connection->line = (connection->line + count) % requests->count;
    flush(worker, connection);
}


static void take_answers(struct stellar__worker *worker,
                         struct stellar__connection *connection, uint64_t count)
{
    uint64_t now = stellar__bench_now();

    if (count > connection->outstanding) {
        worker->unasked += count - connection->outstanding;
        worker->tally.answers -= count - connection->outstanding;
        count = connection->outstanding;
    }
    if (count == 0)
        return;
    connection->outstanding -= (size_t)count;
    worker->answered_at = now;
    if (connection->measured) {
        worker->ended = now;
        stellar__histogram_record(&worker->times, now - connection->sent_at, count);
    }
    if (connection->outstanding == 0 && connection->unsent_length == 0)
        send_batch(worker, connection, now);
}


/* False if there is nothing to read for now, or for ever. */
static bool read_once(struct stellar__worker *worker,
                      struct stellar__connection *connection, bool *full)
{
    const struct stellar__answer_shape *shape = &worker->options->shape;
    char *bytes = worker->memory + shape->keep;
    ssize_t length = read(connection->fd, bytes, READ_SIZE);

    if (length <= 0) {
        if (length == 0 || (errno != EAGAIN && errno != EINTR))
            lose(worker, connection, length == 0 ? 0 : errno);
        return false;
    }
    *full = (size_t)length == READ_SIZE;
    worker->bytes_in += (uint64_t)length;
    take_answers(worker, connection,
                 stellar__answers_count(shape, &connection->stream, bytes,
                                        (size_t)length, &worker->tally));
    return connection->fd >= 0;
}


static void on_event(struct stellar__worker *worker, const struct epoll_event *event)
{
    struct stellar__connection *connection = event->data.ptr;
    bool ended = (event->events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    bool full = true;

    while ((full || ended) && read_once(worker, connection, &full))
        continue;
    if (connection->fd < 0 || connection->unsent_length == 0)
        return;
    flush(worker, connection);
    if (connection->fd >= 0 && connection->outstanding == 0 &&
        connection->unsent_length == 0)
        send_batch(worker, connection, stellar__bench_now());
}


/* Waits for events, or a while, and handles them. */
static bool turn(struct stellar__worker *worker)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(worker->epoll, events, EVENTS, LOOK_UP_MS);
    int i;

    if (count < 0 && errno != EINTR) {
        stellar__bench_tell("epoll_wait: %s", strerror(errno));
        return false;
    }
    for (i = 0; i < count; i++)
        on_event(worker, &events[i]);
    return true;
}


static bool welcomed(const struct stellar__worker *worker)
{
    size_t i;

    for (i = 0; i < worker->connection_count; i++)
        if (worker->connections[i].fd >= 0 && worker->connections[i].stream.skip)
            return false;
    return true;
}


static bool await_welcomes(struct stellar__worker *worker)
{
    uint64_t begun = stellar__bench_now();

    while (!welcomed(worker)) {
        if (worker->lost > 0) {
            stellar__bench_tell("%s: closed the connection before its first line",
                                worker->target->name);
            return false;
        }
        if (atomic_load(worker->stop) ||
            stellar__bench_now() - begun > worker->options->timeout) {
            stellar__bench_tell("%s: no welcome line (--no-welcome is for servers "
                                "that wait for a request)",
                                worker->target->name);
            return false;
        }
        if (!turn(worker))
            return false;
    }
    return true;
}


static bool allocate(struct stellar__worker *worker)
{
    size_t keep = worker->options->shape.keep;
    size_t count = worker->connection_count;
    size_t i;

    worker->epoll = epoll_create1(EPOLL_CLOEXEC);
    worker->connections = calloc(count, sizeof *worker->connections);
    worker->tails = malloc(count * keep + 1);
    worker->memory = malloc(keep + READ_SIZE);
    if (worker->connections != NULL)
        for (i = 0; i < count; i++)
            worker->connections[i].fd = -1;
    return worker->epoll >= 0 && worker->connections != NULL && worker->tails != NULL &&
           worker->memory != NULL;
}


bool stellar__worker_open(struct stellar__worker *worker)
{
    const struct stellar__bench_options *options = worker->options;
    struct stellar__connection *connection;
    size_t i;

    if (!allocate(worker)) {
        stellar__bench_tell("%s", strerror(errno));
        return false;
    }
    for (i = 0; i < worker->connection_count; i++) {
        connection = &worker->connections[i];
        connection->stream.tail = worker->tails + i * options->shape.keep;
        connection->stream.skip = options->welcome;
        connection->fd = stellar__target_connect(worker->target, options->timeout);
        if (connection->fd < 0 || !watch(worker, connection, EPOLL_CTL_ADD)) {
            stellar__bench_tell("%s: connection %zu: %s", worker->target->name, i + 1,
                                strerror(errno));
            return false;
        }
        connection->active = true;
        worker->active++;
    }
    return await_welcomes(worker);
}


/* Whether waiting for answers has become pointless. */
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
    for (i = 0; i < worker->connection_count; i++)
        if (worker->connections[i].active)
            send_batch(worker, &worker->connections[i], stellar__bench_now());
    while (worker->active > 0 && !worker->silent) {
        if (!turn(worker))
            break;
        atomic_store_explicit(&worker->progress, worker->tally.answers,
                              memory_order_relaxed);
        worker->silent = worker->active > 0 && gave_up(worker);
    }
    for (i = 0; i < worker->connection_count; i++)
        worker->missing += worker->connections[i].outstanding;
}


void stellar__worker_close(struct stellar__worker *worker)
{
    size_t i;

    if (worker->connections != NULL)
        for (i = 0; i < worker->connection_count; i++)
            hang_up(&worker->connections[i]);
    if (worker->epoll >= 0)
        close(worker->epoll);
    free(worker->connections);
    free(worker->tails);
    free(worker->memory);
}
