/*
 * stellar/stats.h: what a server counts, to be read with stellar_server_stats().
 *
 * Every loop counts for itself, and the numbers are summed while they are read and the
 * loops go on: each is right, but two of them may be some events apart. A COUNTER rises
 * from 0, when the server is made, and wraps at 2^64. A GAUGE is what there is now.
 */
#ifndef STELLAR_STATS_H
#define STELLAR_STATS_H

#include <stdint.h>

#include "stellar/parser.h"

/* The single numbers: XX(field, kind, "what it counts"). */
/* clang-format off */
#define STELLAR_STATS(XX)                                                               \
XX(connections, GAUGE, "Connections that are open, also those still in a TLS handshake") \
XX(connections_accepted, COUNTER, "Connections accepted, also those then turned away")  \
XX(connections_refused, COUNTER, "Connections turned away: too many, or no memory to spare") \
XX(connections_unwelcome, COUNTER, "Connections that the hook for new ones refused")    \
XX(connections_foreign, COUNTER, "Connections closed because they began as HTTP or another protocol") \
XX(connections_lost, COUNTER, "Connections that ended by a reset or another failure")   \
XX(connections_timed_out, COUNTER,                                                      \
   "Clients given up because a first line, the end of a line, or a word did not come")  \
XX(accept_failures, COUNTER,                                                            \
   "Times that connections began to wait in the backlog, for want of descriptors or memory")  \
XX(out_of_memory, COUNTER, "Connections closed for want of memory")                     \
XX(received_bytes, COUNTER, "Bytes read from clients, as they are on the wire")         \
XX(sent_bytes, COUNTER, "Bytes that the system took for clients, as on the wire")       \
XX(readers_paused, COUNTER,                                                             \
   "Times that a client was no longer read, because its answers waited to be read")     \
XX(talkers_held, COUNTER,                                                               \
   "Times that a client was no longer read, because it kept others waiting, or another loop had too much mail") \
XX(readers_cut_off, COUNTER, "Clients cut off because too much waited to be read, or for too long") \
XX(handshakes_full, COUNTER, "TLS handshakes done with a new session")                  \
XX(handshakes_resumed, COUNTER, "TLS handshakes done with an earlier session")          \
XX(handshakes_failed, COUNTER, "TLS handshakes that failed, took too long, or were left") \
XX(rooms, GAUGE, "Rooms")                                                               \
XX(members, GAUGE, "Memberships of connections in rooms")                               \
XX(messages_said, COUNTER, "Chat messages said to a room")                              \
XX(messages_delivered, COUNTER, "Chat messages handed to a member")                     \
XX(actions_pending, GAUGE, "Actions that are awaited")                                  \
XX(actions_started, COUNTER, "Calls of actions, unless refused with a code")            \
XX(actions_finished, COUNTER, "Actions that answered well")                             \
XX(actions_failed, COUNTER, "Actions that answered an error, or were not given their inputs") \
XX(actions_timed_out, COUNTER, "Actions that took too long (022)")                      \
XX(actions_abandoned, COUNTER, "Actions whose client left before they answered")        \
XX(loops_draining, GAUGE, "Loops that take their leave; 0: the server is open")
/* clang-format on */

/* Lines are counted by their verb; by STELLAR_NO_VERB if they were refused before they
 * were understood, by STELLAR_ACTION if they call an action by name, and by this if
 * they do so in JSON. */
#define STELLAR_LINE_JSON  (STELLAR_ACTION + 1)
#define STELLAR_LINE_KINDS (STELLAR_ACTION + 2)

/* One more than the highest enum stellar_error_code. */
enum {
    STELLAR_ERROR_CODES = 1
#define XX(symbol, code, message) +1
    STELLAR_ERRORS(XX)
#undef XX
};

/*
 * How long something took: counts[i] are those that took at most STELLAR_TIMES_BOUND(i)
 * microseconds, and more than the bound before it; the last count has no bound. sum is
 * the time of all of them in microseconds.
 */
#define STELLAR_TIMES_COUNTS   24
#define STELLAR_TIMES_BOUND(i) (UINT64_C(8) << (i)) /* 8 us to 33.6 s */

struct stellar_times {
    uint64_t counts[STELLAR_TIMES_COUNTS];
    uint64_t sum;
};

/* Holds uint64_t and nothing else. */
struct stellar_stats {
#define XX(field, kind, text) uint64_t field;
    STELLAR_STATS(XX)
#undef XX
    uint64_t lines[STELLAR_LINE_KINDS];
    /* Lines answered with an error that has a code, by it; 025: clients cut off. */
    uint64_t errors[STELLAR_ERROR_CODES];
    /* Lines, from when their loop woke up to read until what they caused was handed to
     * the system. Of those that call an action which answers later, this is the call.
     */
    struct stellar_times line_times;
    /* Actions, from when their loop woke up to read the call until they were answered,
     * with success, failure or 022. */
    struct stellar_times action_times;
};

#endif
