/*
 * Descriptors kept for a time when clients have taken all others, so that signals can
 * still have files opened. Of one thread.
 */
#ifndef STELLAR_STELLARD_RESERVE_H
#define STELLAR_STELLARD_RESERVE_H

/* No task opens more than one file at once. */
#define STELLAR__SPARES 1

struct stellar__reserve {
    int descriptors[STELLAR__SPARES]; /* or -1 */
};

/* There are none yet. */
void stellar__reserve_init(struct stellar__reserve *reserve);

/* Takes as many as are missing and can be had. */
void stellar__reserve_take(struct stellar__reserve *reserve);

/* Gives all back, for files to be opened in their place. */
void stellar__reserve_release(struct stellar__reserve *reserve);

#endif
