/* The common part of the yardsticks: one loop, one listener on a port that the kernel
 * chooses, one buffer for all reads. */
#ifndef TESTS_BENCH_YARDSTICK_H
#define TESTS_BENCH_YARDSTICK_H

#include <uv.h>

/* Prints the line "ready ADDRESS:PORT" and serves on 127.0.0.1 forever. Returns main's
 * exit status. */
int yardstick_serve(const char *name, uv_connection_cb on_connection);
/* For uv_read_start(). */
void yardstick_lend_memory(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer);

#endif
