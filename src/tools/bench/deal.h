/* How rooms, members and senders are distributed to threads. A room belongs to one
 * thread, with all its members and senders, so nothing is shared while messages are
 * counted. */
#ifndef STELLAR_BENCH_DEAL_H
#define STELLAR_BENCH_DEAL_H

#include <stddef.h>

#include "options.h"

/* The part of one thread. Its connections are the members, then the senders from
 * outside the rooms. Both are distributed to its rooms in turn; so are the senders that
 * are members, which come first. */
size_t stellar__chat_rooms(const struct stellar__bench_options *options, size_t thread);
size_t stellar__chat_members(const struct stellar__bench_options *options,
                             size_t thread);
size_t stellar__chat_senders(const struct stellar__bench_options *options,
                             size_t thread);
size_t stellar__chat_connections(const struct stellar__bench_options *options,
                                 size_t thread);

#endif
