/*
 * Requests are sent as answers come.
 *
 * A batch is sent in one write, from bytes prepared before the run. The next batch is
 * sent when the last answer has come, as redis-benchmark does, so the figures can be
 * compared. If requests were sent one by one as answers come, batches would shrink to
 * the size of the server's writes, and the figures would measure that.
 *
 * All requests of a batch have the same time of sending, and all answers of one read
 * have the same time of arrival. So a time is what the client sees, from the write of a
 * batch to the read that brings the answer.
 *
 * Requests during the warm-up are checked like all others, but they are not timed and
 * not taken from the share. Measuring begins with the first batch after it.
 */
#include "modes.h"


static void send_batch(struct stellar__worker *worker,
                       struct stellar__connection *connection, uint64_t now)
{
    const struct stellar__requests *requests = worker->requests;
    size_t begin = requests->at[connection->line];
    size_t count = stellar__worker_claim(worker, worker->options->pipeline, now,
                                         &connection->measured);
    size_t end = requests->at[connection->line + count];

    if (count == 0) {
        stellar__connection_retire(worker, connection);
        return;
    }
    worker->sent += count;
    connection->outstanding = count;
    connection->sent_at = now;
    connection->line = (connection->line + count) % requests->count;
    stellar__connection_send(worker, connection, requests->text + begin, end - begin);
}


static void begin(struct stellar__worker *worker,
                  struct stellar__connection *connection)
{
    send_batch(worker, connection, stellar__bench_now());
}


static void go_on(struct stellar__worker *worker,
                  struct stellar__connection *connection)
{
    if (connection->active && connection->outstanding == 0 && !connection->wants_room) {
        send_batch(worker, connection, stellar__bench_now());
    }
}


static void take(struct stellar__worker *worker, struct stellar__connection *connection,
                 char *bytes, size_t length)
{
    uint64_t count = stellar__answers_count(
        &worker->options->shape, &connection->stream, bytes, length, &worker->tally);
    uint64_t now;

    if (count > connection->outstanding) {
        worker->unasked += count - connection->outstanding;
        worker->tally.answers -= count - connection->outstanding;
        count = connection->outstanding;
    }
    if (count == 0) {
        return;
    }
    now = stellar__bench_now();
    connection->outstanding -= (size_t)count;
    worker->answered_at = now;
    if (connection->measured) {
        stellar__worker_record(worker, connection->sent_at, now, count);
    }
    if (connection->outstanding == 0 && !connection->wants_room) {
        send_batch(worker, connection, now);
    }
}


const struct stellar__bench_mode stellar__bench_load = {
    .name = "requests",
    .noun = "answers",
    .sent_noun = "requests",
    .prepare = stellar__worker_prepare_nothing,
    .ready = stellar__worker_ignore,
    .begin = begin,
    .take = take,
    .sent = go_on,
    .tick = stellar__worker_never,
    .release = stellar__worker_release_nothing,
};
