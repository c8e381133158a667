/* How rooms, members and senders are dealt to threads. A room is one thread's, with all
 * its members and senders, so that nothing is shared while messages are counted. */
#ifndef STELLAR_BENCH_CHAT_H
#define STELLAR_BENCH_CHAT_H

#include <stddef.h>

#include "options.h"

/* Of one thread. Its connections are the members, then senders from outside; both are
 * dealt to its rooms in turn, and so are senders that are members, which come first. */
size_t stellar__chat_rooms(const struct stellar__bench_options *options, size_t thread);
size_t stellar__chat_members(const struct stellar__bench_options *options,
                             size_t thread);
size_t stellar__chat_senders(const struct stellar__bench_options *options,
                             size_t thread);
size_t stellar__chat_connections(const struct stellar__bench_options *options,
                                 size_t thread);

#endif
