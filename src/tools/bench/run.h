/*
 * The life of a worker: open, then run, on the worker's own thread. The result may be
 * read when run has returned. close frees everything, even after an open that failed.
 */
#ifndef STELLAR_BENCH_RUN_H
#define STELLAR_BENCH_RUN_H

#include "worker.h"

/* Connects, and goes through the stages. On failure prints why and returns false. */
bool stellar__worker_open(struct stellar__worker *worker);

/* Sends and reads until the share, the time or the stop flag ends it. */
void stellar__worker_run(struct stellar__worker *worker);

void stellar__worker_close(struct stellar__worker *worker);

#endif
