/*
 * The output that waits for one client: the session's queue, and the way from there to
 * the transport. delivery.h puts lines into it.
 */
#ifndef STELLAR_SERVER_OUTPUT_H
#define STELLAR_SERVER_OUTPUT_H

#include "memory.h"
#include "state.h"

/* Puts a line into the queue. It is sent before the loop waits. Cuts the client off if
 * too much waits. If line is NULL, there was no memory, and the session is aborted. */
void stellar__output_enqueue(struct stellar_connection *session,
                             struct stellar__shared *line);

/* Likewise for lines of others. They are sent earlier if there are many. A session that
 * has ended gets nothing. */
void stellar__output_deliver(struct stellar_connection *session,
                             struct stellar__shared *line);

/* The client reads too slowly: that many bytes wait. Aborts the session. */
void stellar__output_cut_off(struct stellar_connection *session, size_t waiting);

/* The session closes: its shard no longer flushes it. */
void stellar__output_forget(struct stellar_connection *session);

/* Offers all output to the transport. */
void stellar__session_flush(struct stellar_connection *session);

#endif
