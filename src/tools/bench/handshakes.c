/*
 * TLS handshakes: connect, do the handshake, send close_notify, close; then again.
 *
 * A connection is closed where its handshake ends, in the middle of handling the bytes
 * that were read. It is opened again between iterations, when no code still uses the
 * old one.
 */
#include <errno.h>

#include "modes.h"


static void begin(struct stellar__worker *worker,
                  struct stellar__connection *connection)
{
    uint64_t now = stellar__bench_now();

    if (stellar__worker_claim(worker, 1, now, &connection->measured) == 0) {
        stellar__connection_retire(worker, connection);
        return;
    }
    worker->sent++;
    connection->sent_at = now;
    connection->outstanding = 1;
    if (stellar__connection_open(worker, connection)) {
        return;
    }
    if (!connection->active) {
        worker->active++;
    }
    connection->active = true;
    stellar__connection_lose(worker, connection, errno);
}


static void ready(struct stellar__worker *worker,
                  struct stellar__connection *connection)
{
    uint64_t now = stellar__bench_now();

    worker->tally.answers++;
    worker->answered_at = now;
    connection->outstanding = 0;
    if (connection->measured) {
        stellar__worker_record(worker, connection->sent_at, now, 1);
    }
    stellar__bench_tls_close(connection->tls, connection->fd);
    stellar__connection_close(connection);
}


static uint64_t tick(struct stellar__worker *worker, uint64_t now)
{
    size_t i;

    (void)now;
    for (i = 0; i < worker->connection_count; i++) {
        if (worker->connections[i].active && worker->connections[i].fd < 0) {
            begin(worker, &worker->connections[i]);
        }
    }
    return STELLAR__BENCH_NEVER;
}


const struct stellar__bench_mode stellar__bench_handshakes = {
    .name = "handshakes",
    .noun = "handshakes",
    .sent_noun = "attempts",
    .shakes_only = true,
    .opens = true,
    .prepare = stellar__worker_prepare_nothing,
    .ready = ready,
    .begin = begin,
    .take = stellar__worker_ignore_bytes,
    .sent = stellar__worker_ignore,
    .tick = tick,
    .release = stellar__worker_release_nothing,
};
