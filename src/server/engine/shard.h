/* The beginning and the end of a shard, and what concerns all of its sessions. */
#ifndef STELLAR_SERVER_SHARD_H
#define STELLAR_SERVER_SHARD_H

#include "state.h"

void stellar__shard_init(struct stellar__shard *shard,
                         const struct stellar__common *common,
                         const struct stellar__platform *platform);
/* All sessions must be closed. */
void stellar__shard_free(struct stellar__shard *shard);

/* Sends all output, to be called before and after the loop waits. */
void stellar__shard_end_iteration(struct stellar__shard *shard);

/* Stops taking actions and lets every session take its leave. */
void stellar__shard_drain(struct stellar__shard *shard);

/* The shard uses a configuration from now on, and becomes its one user. */
void stellar__config_adopt(struct stellar__shard *shard,
                           struct stellar__config *config);

#endif
