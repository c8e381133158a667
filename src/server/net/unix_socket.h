/* The socket in the file system that a server listens on. */
#ifndef STELLAR_SERVER_UNIX_SOCKET_H
#define STELLAR_SERVER_UNIX_SOCKET_H

#include "net.h"

/* Listens on options.unix_path, in place of a socket that was left behind there. Sets
 * the descriptor and the server's address. Errors, with a line of text: INVALID,
 * SYSTEM.
 */
int stellar__unix_bind(struct stellar__net *net, int *descriptor, char *error,
                       size_t capacity);

/* Removes the file that was made, unless something else has come to its place. To be
 * called before the descriptor is closed, by any thread. */
void stellar__unix_remove(struct stellar__net *net);

#endif
