/*
 * Connections that send nothing, to measure their cost.
 *
 * They never send anything again, so the memory of TLS on this side is freed: otherwise
 * tens of thousands of connections would take a gigabyte.
 */
#include "modes.h"


static void ready(struct stellar__worker *worker,
                  struct stellar__connection *connection)
{
    (void)worker;
    stellar__bench_tls_release(connection->tls);
    connection->tls = NULL;
}


/* The connections are kept open until the time is over. */
static uint64_t tick(struct stellar__worker *worker, uint64_t now)
{
    size_t i;

    if (!stellar__worker_over(worker, now)) {
        worker->answered_at = now;
        return worker->deadline;
    }
    if (worker->begun != STELLAR__BENCH_NEVER) {
        for (i = 0; i < worker->connection_count; i++) {
            stellar__connection_retire(worker, &worker->connections[i]);
        }
    }
    return STELLAR__BENCH_NEVER;
}


const struct stellar__bench_mode stellar__bench_idle = {
    .name = "idle",
    .noun = "connections",
    .sent_noun = "connections",
    .prepare = stellar__worker_prepare_nothing,
    .ready = ready,
    .begin = stellar__worker_ignore,
    .take = stellar__worker_ignore_bytes,
    .sent = stellar__worker_ignore,
    .tick = tick,
    .release = stellar__worker_release_nothing,
};
