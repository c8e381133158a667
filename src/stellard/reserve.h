/*
 * File descriptors in reserve for when clients have taken all others, so that signals
 * can still open files. To be used by one thread.
 */
#ifndef STELLAR_STELLARD_RESERVE_H
#define STELLAR_STELLARD_RESERVE_H

/* No task opens more than one file at once. */
#define STELLAR__SPARES 1

struct stellar__reserve {
    int descriptors[STELLAR__SPARES]; /* or -1 */
};

/* Starts with an empty reserve. */
void stellar__reserve_init(struct stellar__reserve *reserve);

/* Fills the reserve as far as there are free descriptors. */
void stellar__reserve_take(struct stellar__reserve *reserve);

/* Closes all, so that files can be opened. */
void stellar__reserve_release(struct stellar__reserve *reserve);

#endif
