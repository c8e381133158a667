/* What happens when a session's deadline (timeouts.h) passes. */
#ifndef STELLAR_SERVER_EXPIRE_H
#define STELLAR_SERVER_EXPIRE_H

#include "timers.h"

/* The function of the timer of each session; a shard has it as `expire`. */
void stellar__expire(struct stellar__timer *timer);

#endif
