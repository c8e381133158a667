/*
 * Descriptors kept for a time when clients have taken all others, so that signals can
 * still have files opened. Of one thread.
 */
#ifndef STELLAR_STELLARD_SPARES_H
#define STELLAR_STELLARD_SPARES_H

/* No task opens more than one file at once. */
#define STELLAR__SPARES 1

struct stellar__spares {
    int descriptors[STELLAR__SPARES]; /* or -1 */
};

/* There are none yet. */
void stellar__spares_init(struct stellar__spares *spares);

/* Takes as many as are missing and can be had. */
void stellar__spares_take(struct stellar__spares *spares);

/* Gives all back, for files to be opened in their place. */
void stellar__spares_give(struct stellar__spares *spares);

#endif
