/* The time and memory that a process has used so far, read from /proc. */
#ifndef STELLAR_BENCH_PROCESS_H
#define STELLAR_BENCH_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stellar__process {
    uint64_t processor; /* nanoseconds of all its threads that still run */
    uint64_t resident;  /* bytes of memory */
};

/* Returns false and sets errno if there is no such process, or if it may not be
 * read. */
bool stellar__process_look(size_t pid, struct stellar__process *process);

/* Waits until the memory has not changed for a while, but for a few seconds at most: a
 * server may still be busy with the last connections. */
bool stellar__process_settled(size_t pid, struct stellar__process *process);

#endif
