/*
 * Functions that the program has posted, for a loop to call. They wait apart from other
 * messages, so that neither a stop nor a client has to wait for them: the loop calls
 * them for a moment in each of its iterations. While another loop has more mail than
 * mail_limit it calls none, as they may send more, unless it stops.
 */
#ifndef STELLAR_SERVER_POSTED_H
#define STELLAR_SERVER_POSTED_H

#include "net.h"

/* Any thread. False: the loop calls no more functions. */
bool stellar__posted_add(struct stellar__posted *posted,
                         struct stellar__message *message);

/* Calls functions for a moment. */
void stellar__posted_call(struct stellar__loop *loop);

/* Takes no more functions, and calls those that wait. */
void stellar__posted_close(struct stellar__loop *loop);

#endif
