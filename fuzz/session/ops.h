/*
 * The format of an input of the target `session`. A header sets up the server; then
 * come operations. Each is a byte that names it (modulo their number), its arguments,
 * and for some a text, whose length is the last argument. The mutator respects these
 * borders.
 */
#ifndef FUZZ_SESSION_OPS_H
#define FUZZ_SESSION_OPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes of the header: shards and telnet; delimiter; longest line; soft limit, then
 * hard limit of output; simultaneous actions, and their timeout; params. */
#define SESSION_HEADER 8

/* XX(SYMBOL, bytes of arguments, whether a text follows) */
#define SESSION_OPS(XX)                                                            \
    XX(CONNECT, 1, false)    /* place and shard */                                 \
    XX(LINE, 3, false)       /* client, which of the prepared lines, its detail */ \
    XX(BYTES, 2, true)       /* client; any bytes */                               \
    XX(FEED, 2, false)       /* client, how much it reads after this */            \
    XX(DELIVER, 2, false)    /* shard, how many messages */                        \
    XX(FLUSH, 1, false)      /* shard */                                           \
    XX(SETTLE, 0, false)     /* all mail, all output */                            \
    XX(ADVANCE, 1, false)    /* the clock */                                       \
    XX(FINISH, 3, false)     /* which parked call, how, on which shard's thread */ \
    XX(CREATE, 2, false)     /* shard, room */                                     \
    XX(DESTROY, 2, false)    /* shard, room */                                     \
    XX(ADD_MEMBER, 3, false) /* shard, room, client */                             \
    XX(REMOVE_MEMBER, 3, false)                                                    \
    XX(BROADCAST, 3, false) /* shard, room, length */                              \
    XX(SEND, 3, false)      /* shard, client, length */                            \
    XX(HOOK, 2, false)      /* which, what it does at its next call */             \
    XX(FAIL, 1, false)      /* the number of the next allocation that fails */     \
    XX(HALF_CLOSE, 1, false)                                                       \
    XX(CLOSE, 1, false)                                                            \
    XX(BREAK, 1, false)   /* the peer is gone, as the transport finds out */       \
    XX(LOSE, 1, false)    /* the peer is gone, as reading finds out */             \
    XX(SILENCE, 1, false) /* the peer neither reads nor sends */                   \
    XX(DRAIN, 1, false)   /* shard */

enum session_op {
#define XX(symbol, arguments, text) SESSION_##symbol,
    SESSION_OPS(XX)
#undef XX
        SESSION_OP_COUNT
};

/* Returns how many bytes the operation at the start of data takes, at most size; 0 at
 * the end. Sets *arguments to how many of them are arguments. */
size_t session_op_length(const uint8_t *data, size_t size, size_t *arguments);

#endif
