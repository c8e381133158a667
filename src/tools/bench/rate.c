/*
 * Requests on a schedule, which does not depend on the answers.
 *
 * Request k of a worker is due k intervals after the start. It belongs to connection k
 * modulo their number. So the due time of the request for the j-th answer on a
 * connection can be computed and need not be stored. A time runs from when the request
 * was due to when its answer came. So if the server stalls, all requests that are due
 * in the meantime count against it, even those that a full socket stopped from being
 * sent (coordinated omission). The same is true if this program is late.
 */
#include <stdlib.h>
#include <sys/prctl.h>

#include "modes.h"

struct schedule {
    double interval; /* nanoseconds */
    uint64_t start;  /* 0 until the first tick */
    uint64_t next;   /* the request that is due next */
    uint64_t measured;
    bool over;
    struct queue {
        uint64_t asked; /* requests due so far */
        uint64_t sent;
        uint64_t answered;
    } * queues; /* one per connection */
};


static bool prepare(struct stellar__worker *worker)
{
    struct schedule *schedule = calloc(1, sizeof *schedule);
    const struct stellar__bench_options *options = worker->options;

    worker->state = schedule;
    if (schedule == NULL) {
        return false;
    }
    /* Each thread gets the share of the rate that its connections have. */
    schedule->interval = 1e9 / (double)options->rate * (double)options->connections /
                         (double)worker->connection_count;
    schedule->queues = calloc(worker->connection_count, sizeof *schedule->queues);
    prctl(PR_SET_TIMERSLACK, 1UL);
    return schedule->queues != NULL;
}


static uint64_t due_of(const struct schedule *schedule, uint64_t request)
{
    return schedule->start + (uint64_t)((double)request * schedule->interval);
}


static struct queue *queue_of(const struct stellar__worker *worker,
                              const struct stellar__connection *connection)
{
    struct schedule *schedule = worker->state;

    return &schedule->queues[connection - worker->connections];
}


/* Sends the requests that are due, with one write for those that are in one piece. */
static void send_due(struct stellar__worker *worker,
                     struct stellar__connection *connection)
{
    const struct stellar__requests *requests = worker->requests;
    struct queue *queue = queue_of(worker, connection);
    uint64_t count;
    size_t from;

    while (connection->fd >= 0 && !connection->wants_room &&
           queue->sent < queue->asked) {
        count = queue->asked - queue->sent;
        if (count > worker->options->pipeline) {
            count = worker->options->pipeline;
        }
        queue->sent += count;
        from = connection->line;
        connection->line = (from + (size_t)count) % requests->count;
        stellar__connection_send(worker, connection,
                                 requests->text + requests->at[from],
                                 requests->at[from + count] - requests->at[from]);
    }
}


static void ask(struct stellar__worker *worker, struct stellar__connection *connection)
{
    worker->sent++;
    if (!connection->active) {
        worker->missing++; /* it was lost */
        return;
    }
    queue_of(worker, connection)->asked++;
    connection->outstanding++;
}


static void end_schedule(struct stellar__worker *worker)
{
    struct schedule *schedule = worker->state;
    size_t i;

    schedule->over = true;
    for (i = 0; i < worker->connection_count; i++) {
        if (worker->connections[i].outstanding == 0) {
            stellar__connection_retire(worker, &worker->connections[i]);
        }
    }
}


static bool next_is_due(struct stellar__worker *worker, uint64_t now)
{
    struct schedule *schedule = worker->state;
    uint64_t due = due_of(schedule, schedule->next);

    if (due >= worker->deadline || stellar__worker_over(worker, 0) ||
        schedule->measured == worker->share) {
        end_schedule(worker);
    }
    return !schedule->over && due <= now;
}


static uint64_t tick(struct stellar__worker *worker, uint64_t now)
{
    struct schedule *schedule = worker->state;
    uint64_t first = schedule->next;
    uint64_t i;
    bool idle = true;

    if (schedule->over || worker->begun == STELLAR__BENCH_NEVER) {
        return STELLAR__BENCH_NEVER;
    }
    if (schedule->start == 0) {
        schedule->start = now;
    }
    while (next_is_due(worker, now)) {
        schedule->measured += due_of(schedule, schedule->next) >= worker->begun;
        ask(worker, &worker->connections[schedule->next++ % worker->connection_count]);
    }
    for (i = first; i < schedule->next && i < first + worker->connection_count; i++) {
        send_due(worker, &worker->connections[i % worker->connection_count]);
    }
    for (i = 0; i < worker->connection_count && idle; i++) {
        idle = worker->connections[i].outstanding == 0;
    }
    if (idle) {
        worker->answered_at = now; /* no answer is outstanding */
    }
    return schedule->over ? STELLAR__BENCH_NEVER : due_of(schedule, schedule->next);
}


static void take(struct stellar__worker *worker, struct stellar__connection *connection,
                 char *bytes, size_t length)
{
    struct schedule *schedule = worker->state;
    struct queue *queue = queue_of(worker, connection);
    size_t number = (size_t)(connection - worker->connections);
    uint64_t count = stellar__answers_count(
        &worker->options->shape, &connection->stream, bytes, length, &worker->tally);
    uint64_t now = stellar__bench_now();
    uint64_t due;

    for (; count > 0 && queue->answered < queue->sent; count--) {
        due = due_of(schedule, queue->answered++ * worker->connection_count + number);
        connection->outstanding--;
        worker->answered_at = now;
        if (due >= worker->begun) {
            stellar__worker_record(worker, due, now, 1);
        }
    }
    worker->unasked += count;
    worker->tally.answers -= count;
    if (schedule->over && connection->outstanding == 0) {
        stellar__connection_retire(worker, connection);
    }
}


static void release(struct stellar__worker *worker)
{
    struct schedule *schedule = worker->state;

    free(schedule->queues);
    free(schedule);
}


const struct stellar__bench_mode stellar__bench_rate = {
    .name = "rate",
    .noun = "answers",
    .sent_noun = "requests",
    .prepare = prepare,
    .ready = stellar__worker_ignore,
    .begin = stellar__worker_ignore,
    .take = take,
    .sent = send_due,
    .tick = tick,
    .release = release,
};
