/*
 * Deadlines of one loop, on the loop's own clock: a pairing heap whose nodes are part
 * of the things that wait. So setting a timer needs no memory and cannot fail.
 */
#ifndef STELLAR_SERVER_TIMERS_H
#define STELLAR_SERVER_TIMERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stellar__timer {
    uint64_t deadline;                              /* ms */
    void (*function)(struct stellar__timer *timer); /* NULL: the timer is not set */
    /* private: */
    struct stellar__timer *child;
    struct stellar__timer *next;     /* sibling */
    struct stellar__timer *previous; /* sibling, or the parent of a first child */
};

struct stellar__timers {
    struct stellar__timer *root;
};

static inline bool stellar__timer_is_set(const struct stellar__timer *timer)
{
    return timer->function != NULL;
}

/* Sets a timer, or changes it. A timer of all zeros is not set. */
void stellar__timer_set(struct stellar__timers *timers, struct stellar__timer *timer,
                        uint64_t deadline,
                        void (*function)(struct stellar__timer *timer));
/* Has no effect on a timer that is not set. */
void stellar__timer_clear(struct stellar__timers *timers, struct stellar__timer *timer);
/* Returns the earliest deadline, or UINT64_MAX if no timer is set. */
uint64_t stellar__timers_next(const struct stellar__timers *timers);
/* Calls the functions of all timers whose deadline has come. A function that sets its
 * timer again must set it later than now. */
void stellar__timers_run(struct stellar__timers *timers, uint64_t now);

#endif
