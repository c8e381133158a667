/*
 * A session is one connection as the protocol sees it: bytes come in, lines are
 * executed in order, answers go out. What carries its bytes is a transport.
 *
 * Output. What a session writes while it receives gathers in the shard's scratch buffer
 * and is offered to the transport in one piece when the input is used up (or when too
 * much has gathered). What the transport does not take at once, and all that is
 * written to a session by others, waits in the session's queue; the shard's list of
 * sessions with pending writes sees that the transport is told. The order of bytes is
 * always: queue, then scratch.
 *
 * Input. Between two lines a session has no parser: the shard's is set up for the one
 * that receives. It is kept only in the middle of a line, and for the like.
 *
 * Life. open, then receive and others in any order, then close, once. Between, the
 * transport may be told to end or abort; it then calls close when it is done, never
 * from inside.
 */
#ifndef STELLAR_SERVER_SESSION_H
#define STELLAR_SERVER_SESSION_H

#include "state.h"

/* Starts a session in memory of the caller's, all zeros. Says welcome. Returns 0,
 * NO_MEMORY or SYSTEM (no entropy): then the session does not exist. REFUSED: a hook
 * refused, the reason is written and the transport told to end; close is due as for any
 * session. */
int stellar__session_open(struct stellar_connection *session,
                          struct stellar__shard *shard,
                          const struct stellar__transport_ops *transport,
                          const char *remote_ip, int remote_port);

/* Executes what the bytes ask for. Returns what was left because output waits above the
 * soft limit, or because the session is held: the caller keeps a copy and hands it in
 * again when the queue has become short, before anything else. */
struct stellar_slice stellar__session_receive(struct stellar_connection *session,
                                              const char *bytes, size_t length);

/* Where input is handed in by parts: has_more was set, and this was the last part. */
void stellar__session_has_all(struct stellar_connection *session);

/* The peer is gone: leaves the rooms, lets go of the calls, frees all but the struct.
 */
void stellar__session_close(struct stellar_connection *session);

#endif
