/*
 * A call is one run of an action. It has all it needs (params, inputs, the answer so
 * far), so it can outlive its connection and be finished by any thread. While its
 * answer is awaited, it is on its session's list. When it has been answered, timed out
 * or orphaned, it only waits until the action finishes it. It is freed on its shard's
 * thread.
 */
#ifndef STELLAR_SERVER_CALL_H
#define STELLAR_SERVER_CALL_H

#include "reply.h"
#include "writer.h"

/* Runs the action that a line asks for, or answers why not. reply is taken over: its
 * message id is given back when the answer is written. */
void stellar__call_begin(struct stellar_connection *session,
                         struct stellar__reply *reply,
                         const struct stellar_action *action);

/* The action has finished it: answers, if someone still waits, and frees it. */
void stellar__call_complete(struct stellar_call *call);

/* Its session is closed, or it took too long: its answer is no longer awaited. */
void stellar__call_orphan(struct stellar_call *call);

/* The shard ends: calls the functions of all delays that still wait, early. */
void stellar__call_end_delays(struct stellar__shard *shard);

/* The shard has ended: whether an action still has a call of it, or another thread has
 * not done with handing one back. */
bool stellar__call_is_any_out(struct stellar__shard *shard);

#endif
