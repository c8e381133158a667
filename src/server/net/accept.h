/*
 * Accepting connections, on one loop, from a socket that listens. All loops of a server
 * accept from the same one.
 *
 * Who may not come in now waits in the system's backlog and is accepted later: for want
 * of descriptors or memory, or because of accept_rate. Who may not come in at all is
 * accepted, told so and closed.
 */
#ifndef STELLAR_SERVER_ACCEPT_H
#define STELLAR_SERVER_ACCEPT_H

#include "net.h"

/* Starts to accept; takes the descriptor over, also if it fails. 0, or SYSTEM and
 * errno. */
int stellar__accept_start(struct stellar__loop *loop, int descriptor, bool is_unix);
/* No effect if it has not been started. The first loop that stops removes the socket
 * from the file system, while the others still accept. */
void stellar__accept_stop(struct stellar__loop *loop);
/* The loop's options have changed. */
void stellar__accept_configured(struct stellar__loop *loop);
/* A connection is gone: if one was wanting, it can be accepted now. */
void stellar__accept_freed(struct stellar__loop *loop);

#endif
