/* From a command to its handler. Handlers do no I/O; each writes one answer. */
#ifndef STELLAR_SERVER_DISPATCH_H
#define STELLAR_SERVER_DISPATCH_H

#include "reply.h"

/* Executes one line and answers it. The reply's message id is taken over. */
void stellar__dispatch(struct stellar__reply *reply,
                       const struct stellar_command *command);

/* Part of it: a line that calls an action (dispatch_action.c). */
void stellar__dispatch_action(struct stellar__reply *reply,
                              const struct stellar_command *command);

#endif
