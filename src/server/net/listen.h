/* Listening on an IP address and port, or on a path in the file system. */
#ifndef STELLAR_SERVER_LISTEN_H
#define STELLAR_SERVER_LISTEN_H

#include "net.h"

/* Listens on what the options say. Sets the descriptor, and the server's address and
 * port. Errors, with a line of text: INVALID, SYSTEM. */
int stellar__listen(struct stellar__net *net, int *descriptor, char *error,
                    size_t capacity);

/* For connections that come to a TCP socket from now on. */
void stellar__listen_set_keep_alive(int descriptor, bool on);

#endif
