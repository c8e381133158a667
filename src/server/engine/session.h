/*
 * A session is one connection in the view of the protocol: bytes come in, lines are
 * executed in order, answers go out. A transport carries its bytes.
 *
 * Output. While a session receives, its output collects in the shard's scratch buffer.
 * It is offered to the transport in one piece when the input is used up (or when there
 * is too much). Bytes that the transport does not take at once, and everything that
 * others write to the session, wait in the session's queue. The shard has a list of
 * sessions with pending writes, for which it calls the transport. The order of bytes is
 * always: queue, then scratch.
 *
 * Input. Between two lines a session has no parser: the shard's parser is set up for
 * the session that receives. A session keeps a parser only in the middle of a line or a
 * telnet command.
 *
 * Life. open, then receive and others in any order, then close, once. In between, the
 * transport may be told to end or abort. It then calls close when it has finished, but
 * never from inside that call.
 */
#ifndef STELLAR_SERVER_SESSION_H
#define STELLAR_SERVER_SESSION_H

#include "state.h"

/* Starts a session in memory of the caller, which must be all zeros, and writes the
 * welcome. Returns 0; NO_MEMORY or SYSTEM (no entropy): then there is no session; or
 * REFUSED: a hook refused, the reason has been written and the transport told to end.
 * Then close must be called as for any session. */
int stellar__session_open(struct stellar_connection *session,
                          struct stellar__shard *shard,
                          const struct stellar__transport_ops *transport,
                          const char *remote_ip, int remote_port);

/* Executes the lines in the bytes. Returns the rest that was left because output waits
 * above the soft limit, or because the session is throttled. The caller keeps a copy
 * and passes it again when the queue has become short, before any other input. */
struct stellar_slice stellar__session_receive(struct stellar_connection *session,
                                              const char *bytes, size_t length);

/* For input that is passed in parts: has_more was set, and this was the last part. */
void stellar__session_has_all(struct stellar_connection *session);

/* The peer is gone: leaves the rooms, detaches the calls, frees everything except the
 * struct. */
void stellar__session_close(struct stellar_connection *session);

#endif
