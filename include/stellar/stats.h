/*
 * stellar/stats.h: the numbers that stellar_server_stats() reads.
 *
 * Each loop counts on its own. The numbers of all loops are summed while the loops keep
 * running, so each number is right, but two of them may be a few events apart. A
 * COUNTER starts at 0 when the server is created, rises, and wraps at 2^64. A GAUGE is
 * the number at present.
 */
#ifndef STELLAR_STATS_H
#define STELLAR_STATS_H

#include <stdint.h>

#include "stellar/parser.h"

/* The single numbers: XX(field, kind, "what it counts"). The text is also the help of
 * the metric. */
/* clang-format off */
#define STELLAR_STATS(XX)                                                              \
XX(connections, GAUGE, "Open connections, including those in a TLS handshake")         \
XX(connections_accepted, COUNTER,                                                      \
   "Connections accepted, including those then refused")                               \
XX(connections_refused, COUNTER,                                                       \
   "Connections refused because there were too many, or too little memory")            \
XX(connections_unwelcome, COUNTER, "Connections refused by the connect hook")          \
XX(connections_foreign, COUNTER,                                                       \
   "Connections closed because they began as HTTP or another protocol")                \
XX(connections_lost, COUNTER, "Connections that ended by a reset or another failure")  \
XX(connections_timed_out, COUNTER,                                                     \
   "Connections closed because a first line, the end of a line, or any byte did not come in time") \
XX(accept_failures, COUNTER,                                                           \
   "Times that connections began to wait in the backlog because descriptors or memory ran out") \
XX(out_of_memory, COUNTER, "Connections closed because memory ran out")                \
XX(received_bytes, COUNTER, "Bytes read from clients, as on the wire")                 \
XX(sent_bytes, COUNTER, "Bytes handed to the system for clients, as on the wire")      \
XX(readers_paused, COUNTER,                                                            \
   "Times that reading from a client was paused because it did not read its answers")  \
XX(talkers_held, COUNTER,                                                              \
   "Times that reading from a client was paused because it slowed others down, or the mailbox of another loop was full") \
XX(readers_cut_off, COUNTER,                                                           \
   "Clients cut off because they left too much output unread, or for too long")        \
XX(handshakes_full, COUNTER, "TLS handshakes done with a new session")                 \
XX(handshakes_resumed, COUNTER, "TLS handshakes done with an earlier session")         \
XX(handshakes_failed, COUNTER,                                                         \
   "TLS handshakes that failed, took too long, or were abandoned by the client")       \
XX(rooms, GAUGE, "Rooms")                                                              \
XX(members, GAUGE, "Memberships of connections in rooms")                              \
XX(messages_said, COUNTER, "Chat messages said to a room")                             \
XX(messages_delivered, COUNTER, "Chat messages delivered to a member")                 \
XX(actions_pending, GAUGE, "Actions whose answer is still awaited")                       \
XX(actions_started, COUNTER, "Calls of actions, unless refused with a code")           \
XX(actions_finished, COUNTER, "Actions that succeeded")                                \
XX(actions_failed, COUNTER,                                                            \
   "Actions that answered with an error, or whose inputs were missing or wrong")       \
XX(actions_timed_out, COUNTER, "Actions that took too long (022)")                     \
XX(actions_abandoned, COUNTER, "Actions whose client left before they answered")       \
XX(loops_draining, GAUGE, "Loops that are draining; 0: the server is open")
/* clang-format on */

/* Lines are counted by their verb: under STELLAR_NO_VERB if they were refused before
 * their verb was known, under STELLAR_ACTION if they call an action by name, and under
 * STELLAR_LINE_JSON if they call one in JSON. */
#define STELLAR_LINE_JSON  (STELLAR_ACTION + 1)
#define STELLAR_LINE_KINDS (STELLAR_ACTION + 2)

/* One more than the highest enum stellar_error_code. */
enum {
    STELLAR_ERROR_CODES = 1
#define STELLAR_XX(symbol, code, message) +1
    STELLAR_ERRORS(STELLAR_XX)
#undef STELLAR_XX
};

/*
 * How long events took: counts[i] is the number of events that took at most
 * STELLAR_TIMES_BOUND(i) microseconds, and more than the bound before it. The last
 * count has no bound. sum is the time of all events in microseconds.
 */
#define STELLAR_TIMES_COUNTS   24
#define STELLAR_TIMES_BOUND(i) (UINT64_C(8) << (i)) /* 8 us to 33.6 s */

struct stellar_times {
    uint64_t counts[STELLAR_TIMES_COUNTS];
    uint64_t sum;
};

/* Holds uint64_t and nothing else. */
struct stellar_stats {
#define STELLAR_XX(field, kind, text) uint64_t field;
    STELLAR_STATS(STELLAR_XX)
#undef STELLAR_XX
    uint64_t lines[STELLAR_LINE_KINDS];
    /* Lines answered with an error that has a code, by this code. Under 025: clients
     * that were cut off. */
    uint64_t errors[STELLAR_ERROR_CODES];
    /* The time of a line, from when its loop woke up to read it until the output that
     * it caused was handed to the system. If the line calls an action that answers
     * later, this covers the call only, not the answer. */
    struct stellar_times line_times;
    /* The time of an action, from when its loop woke up to read the call until it was
     * answered, with success, failure or 022. */
    struct stellar_times action_times;
};

#endif
