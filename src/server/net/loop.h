/*
 * A loop: a libuv loop and the thread that runs it, a shard, the sockets of its
 * sessions, and an inbox through which other threads reach it. Everything but the inbox
 * and the request to stop belongs to the loop's thread.
 */
#ifndef STELLAR_SERVER_LOOP_H
#define STELLAR_SERVER_LOOP_H

#include "net.h"

/* Whether the process has the descriptors for a loop that may be its first; if not,
 * errno says why. To be asked before a server makes its first loop. */
bool stellar__loop_can_be_made(void);
/* Sets a loop up, all zeros before; it belongs to the calling thread. 0, NO_MEMORY, or
 * SYSTEM and errno. */
int stellar__loop_init(struct stellar__loop *loop, struct stellar__net *net);
/* Takes the loop from its thread: it belongs to none. */
void stellar__loop_disown(struct stellar__loop *loop);
/* Serves until all loops have been stopped and have no sockets left; the first one then
 * calls the functions that are still posted. The loop belongs to the calling thread
 * meanwhile, and to none afterwards. */
void stellar__loop_run(struct stellar__loop *loop);
/* After run, or instead of it. Posted functions are called, sockets are closed, delays
 * are over, the inbox is acted upon; the loop belongs to the calling thread meanwhile.
 * Since all this may send messages, all loops must have ended before one is freed. May
 * be called again. */
void stellar__loop_end(struct stellar__loop *loop);
void stellar__loop_free(struct stellar__loop *loop);

/* Any thread. */
void stellar__loop_stop(struct stellar__loop *loop, bool now);

/* Before it runs, or on its thread: connections that come from now on get this context,
 * of which the caller's reference is taken over, in place of the one before; NULL: they
 * are plain. Those that are there keep what they have. */
void stellar__loop_set_tls(struct stellar__loop *loop,
                           struct stellar__tls_context *context);

#endif
