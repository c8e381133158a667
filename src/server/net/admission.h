/*
 * How many connections there may be, of the server and of each address, and how much
 * memory one takes.
 */
#ifndef STELLAR_SERVER_ADMISSION_H
#define STELLAR_SERVER_ADMISSION_H

#include "net.h"

/* The bytes that a socket takes for a connection to come. */
size_t stellar__admission_size_of_socket(const struct stellar__loop *loop);

/* Whether the connections of each address are counted. */
bool stellar__admission_counts_addresses(const struct stellar__loop *loop);

/* Counts a connection among those of the server and of its address. NULL, or why there
 * is no place for it. Its place is to be given up in any case. */
const char *stellar__admission_take(struct stellar__socket *socket);
void stellar__admission_release(struct stellar__socket *socket);

#endif
