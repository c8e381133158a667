#include "deal.h"


/* Returns how many of 0 .. total - 1, distributed to the rooms in turn, belong to a
 * thread. */
static size_t dealt(size_t total, size_t rooms, size_t threads, size_t thread)
{
    size_t whole = total / rooms * ((rooms - thread + threads - 1) / threads);
    size_t rest = total % rooms;

    return whole + (rest > thread ? (rest - thread + threads - 1) / threads : 0);
}


size_t stellar__chat_rooms(const struct stellar__bench_options *options, size_t thread)
{
    return dealt(options->rooms, options->rooms, options->threads, thread);
}


size_t stellar__chat_members(const struct stellar__bench_options *options,
                             size_t thread)
{
    size_t members = options->connections - (options->outside ? options->senders : 0);

    return dealt(members, options->rooms, options->threads, thread);
}


size_t stellar__chat_senders(const struct stellar__bench_options *options,
                             size_t thread)
{
    return dealt(options->senders, options->rooms, options->threads, thread);
}


size_t stellar__chat_connections(const struct stellar__bench_options *options,
                                 size_t thread)
{
    return stellar__chat_members(options, thread) +
           (options->outside ? stellar__chat_senders(options, thread) : 0);
}
