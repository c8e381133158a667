/* What stellar-bench can do with connections. Each mode has a file with its name. */
#ifndef STELLAR_BENCH_MODES_H
#define STELLAR_BENCH_MODES_H

#include "connection.h"
#include "worker.h"

extern const struct stellar__bench_mode stellar__bench_load; /* as answers come */
extern const struct stellar__bench_mode stellar__bench_rate; /* on a schedule */
extern const struct stellar__bench_mode stellar__bench_chat; /* fan-out in rooms */
extern const struct stellar__bench_mode stellar__bench_idle; /* without requests */
extern const struct stellar__bench_mode stellar__bench_handshakes; /* of TLS */

#endif
