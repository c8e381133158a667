/*
 * What waits to be sent to one client: the session's queue, and the way from it to the
 * transport. See delivery.h for what puts lines there.
 */
#ifndef STELLAR_SERVER_OUTPUT_H
#define STELLAR_SERVER_OUTPUT_H

#include "memory.h"
#include "state.h"

/* Puts a line into the queue, to be sent before the loop waits. Cuts the client off if
 * too much waits, and gives the session up if line is NULL: there was no memory. */
void stellar__output_enqueue(struct stellar_connection *session,
                             struct stellar__shared *line);

/* The same for what others have said. It is sent earlier if there is much of it. A
 * session that has ended gets nothing. */
void stellar__output_deliver(struct stellar_connection *session,
                             struct stellar__shared *line);

/* The client reads too slowly: so many bytes wait. Gives the session up. */
void stellar__output_cut_off(struct stellar_connection *session, size_t waiting);

/* The session closes: its shard does not flush it any more. */
void stellar__output_forget(struct stellar_connection *session);

/* Offers all output to the transport. */
void stellar__session_flush(struct stellar_connection *session);

#endif
