/*
 * Handshakes take turns. The arithmetic of one takes the time of a thousand requests,
 * and would add up when many clients come at once. So in each turn of a loop no more of
 * it is begun once so much time has gone into it: whoever has a session waits for one
 * step of one handshake at most. Who must wait is not read from, costs nothing, and is
 * served in the order of coming.
 */
#ifndef STELLAR_SERVER_HANDSHAKES_H
#define STELLAR_SERVER_HANDSHAKES_H

#include "net.h"

/* read serves a socket whose turn has come. */
void stellar__handshakes_init(struct stellar__loop *loop,
                              void (*read)(struct stellar__socket *socket));
/* A turn is over. */
void stellar__handshakes_end_iteration(struct stellar__loop *loop);

/* There is something to read for a socket: whether it must wait for its turn. */
bool stellar__handshake_must_wait(const struct stellar__socket *socket);
/* It waits, and is read from when its turn has come. */
void stellar__handshake_wait(struct stellar__socket *socket);

/* The loop's list of sockets. */
void stellar__handshakes_link(struct stellar__socket *socket);
/* It does not wait any more, either. */
void stellar__handshakes_unlink(struct stellar__socket *socket);

#endif
