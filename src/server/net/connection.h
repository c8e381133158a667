/* The beginning of a connection: whether it is served, and by what transport. */
#ifndef STELLAR_SERVER_CONNECTION_H
#define STELLAR_SERVER_CONNECTION_H

#include "net.h"

/* A socket for one connection to come: to be started, or just released. NULL: there is
 * no memory. */
struct stellar__socket *stellar__socket_new(struct stellar__loop *loop);
/* Serves the connection that a descriptor stands for, which is taken over; or turns it
 * away. */
void stellar__socket_start(struct stellar__socket *socket, int descriptor,
                           bool is_unix);

#endif
