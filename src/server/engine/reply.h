/* The shapes of answers: everything the server says is put together here. */
#ifndef STELLAR_SERVER_REPLY_H
#define STELLAR_SERVER_REPLY_H

#include "state.h"

/* What an answer to one line must carry, fixed before the line is executed. */
struct stellar__reply {
    struct stellar_connection *session;
    struct stellar__buffer *out;
    struct stellar__shared *message_id; /* a reference, or NULL */
    uint64_t message_count;
    size_t mark; /* of stellar__session_begin() */
};

/*
 * Each answer is begin, …, end. Between them stands one of: ok, or ok and data (the
 * value is then written to reply->out); or refused (for a verb), with or without false.
 */
void stellar__reply_begin(struct stellar__reply *reply);
void stellar__reply_ok(struct stellar__reply *reply);
void stellar__reply_data(struct stellar__reply *reply);
void stellar__reply_end(struct stellar__reply *reply);

/* "status":{"code":…,"message":…} with what %1 and %2 stand for (may be empty). */
void stellar__reply_refused(struct stellar__reply *reply, enum stellar_error_code code,
                            struct stellar_slice first, struct stellar_slice second);
/* The same with a text for a status. */
void stellar__reply_refused_text(struct stellar__reply *reply, const char *text);
/* The data that a refused roomAdd or roomLeave carries. */
void stellar__reply_false(struct stellar__reply *reply);

/* An answer as a whole: {"error":{…},…} */
void stellar__reply_error(struct stellar__reply *reply, enum stellar_error_code code,
                          struct stellar_slice first, struct stellar_slice second);

/* An answer as a whole, to a line that the parser refused. */
void stellar__reply_parse_error(struct stellar__reply *reply,
                                const struct stellar_command *command);

/* {"code":"004","message":"…"} */
void stellar__write_error(struct stellar__buffer *out, enum stellar_error_code code,
                          struct stellar_slice first, struct stellar_slice second);

/* {"key":text,"context":"api"} CR LF, as a line of its own */
void stellar__reply_notice(struct stellar_connection *session, const char *key,
                           const char *text);

/* What 027 names: the limits of a connection's params, in digits. */
struct stellar__limit_texts {
    char count[21];
    char bytes[21];
};
struct stellar__limit_texts stellar__limit_texts(
    const struct stellar_connection *session);

/* A text as a JSON string. NULL: no memory. */
struct stellar__shared *stellar__shard_json_string(struct stellar__shard *shard,
                                                   struct stellar_slice text);

#endif
