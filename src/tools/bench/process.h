/* What a process has used so far, as the kernel tells (/proc). */
#ifndef STELLAR_BENCH_PROCESS_H
#define STELLAR_BENCH_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stellar__process {
    uint64_t processor; /* nanoseconds of all its threads that are left */
    uint64_t resident;  /* bytes of memory */
};

/* False with errno set if there is no such process, or it may not be looked at. */
bool stellar__process_look(size_t pid, struct stellar__process *process);

/* Looks until its memory has not changed for a while, a few seconds at most: a server
 * may still be busy with the last connections. */
bool stellar__process_settled(size_t pid, struct stellar__process *process);

#endif
