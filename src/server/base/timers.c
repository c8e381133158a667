/*
 * Implementation notes. A pairing heap: every node has a list of children, none earlier
 * than itself. Insert and meld take constant time. Removing the root melds its children
 * pairwise from left to right, then from right to left (Fredman et al., 1986), in
 * amortised O(log n). `previous` of a first child is its parent, so that any node can
 * be removed. Nothing here is recursive.
 */
#include "timers.h"

#include <stddef.h>


static struct stellar__timer *meld(struct stellar__timer *a, struct stellar__timer *b)
{
    struct stellar__timer *swap;

    if (a == NULL) {
        return b;
    }
    if (b == NULL) {
        return a;
    }
    if (b->deadline < a->deadline) {
        swap = a;
        a = b;
        b = swap;
    }
    b->previous = a;
    b->next = a->child;
    if (b->next != NULL) {
        b->next->previous = b;
    }
    a->child = b;
    return a;
}


static struct stellar__timer *meld_siblings(struct stellar__timer *first)
{
    struct stellar__timer *pairs = NULL; /* a stack through `next` */
    struct stellar__timer *root = NULL;

    while (first != NULL) {
        struct stellar__timer *a = first;
        struct stellar__timer *b = a->next;

        first = b != NULL ? b->next : NULL;
        a->next = a->previous = NULL;
        if (b != NULL) {
            b->next = b->previous = NULL;
        }
        a = meld(a, b);
        a->next = pairs;
        pairs = a;
    }
    while (pairs != NULL) {
        struct stellar__timer *next = pairs->next;

        pairs->next = NULL;
        root = meld(root, pairs);
        pairs = next;
    }
    return root;
}


void stellar__timer_clear(struct stellar__timers *timers, struct stellar__timer *timer)
{
    if (!stellar__timer_is_set(timer)) {
        return;
    }
    timer->function = NULL;
    if (timer == timers->root) {
        timers->root = meld_siblings(timer->child);
    } else {
        if (timer->previous->child == timer) {
            timer->previous->child = timer->next;
        } else {
            timer->previous->next = timer->next;
        }
        if (timer->next != NULL) {
            timer->next->previous = timer->previous;
        }
        timers->root = meld(timers->root, meld_siblings(timer->child));
    }
    timer->child = timer->next = timer->previous = NULL;
}


void stellar__timer_set(struct stellar__timers *timers, struct stellar__timer *timer,
                        uint64_t deadline,
                        void (*function)(struct stellar__timer *timer))
{
    stellar__timer_clear(timers, timer);
    timer->deadline = deadline;
    timer->function = function;
    timer->child = timer->next = timer->previous = NULL;
    timers->root = meld(timers->root, timer);
}


uint64_t stellar__timers_next(const struct stellar__timers *timers)
{
    return timers->root != NULL ? timers->root->deadline : UINT64_MAX;
}


void stellar__timers_run(struct stellar__timers *timers, uint64_t now)
{
    struct stellar__timer *timer;

    while ((timer = timers->root) != NULL && timer->deadline <= now) {
        void (*function)(struct stellar__timer *) = timer->function;

        stellar__timer_clear(timers, timer);
        function(timer);
    }
}
