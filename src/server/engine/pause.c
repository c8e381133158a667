#include "pause.h"

#include "message.h"
#include "output.h"

/* The work that a session may cause in an iteration of its loop, in bytes of answers.
 * Its requests beyond that wait until the others have had their turn: some lines can
 * cause a megabyte each, or a thousand deliveries, and thousands of them fit into what
 * is read at once. A session that comes late, after others have used up the iteration,
 * may still cause a little, which is much more than most sessions ever do. */
#define QUOTA_BYTES       ((uint64_t)8 * 1024 * 1024)
#define SMALL_QUOTA_BYTES ((uint64_t)64 * 1024)


static bool has_used_its_quota(const struct stellar_connection *session)
{
    return session->shard->sender == session &&
           session->shard->caused > session->shard->quota_end;
}


bool stellar__pause_must_throttle(const struct stellar_connection *session)
{
    const struct stellar__shard *shard = session->shard;

    return (session->pause_reasons & STELLAR__PAUSE_THROTTLE) != 0 &&
           !shard->draining &&
           (has_used_its_quota(session) ||
            stellar__message_is_congested(shard, shard->options->mail_limit / 2));
}


bool stellar__session_may_resume(const struct stellar_connection *session)
{
    return stellar__queue_bytes(session->queue) <=
               session->shard->options->output_soft_limit / 2 &&
           !stellar__pause_must_throttle(session);
}


bool stellar__session_resume(struct stellar_connection *session)
{
    if (!stellar__session_may_resume(session)) {
        return false;
    }
    stellar__pause_clear(session, STELLAR__PAUSE_SESSION);
    return true;
}


/* Whether the session has said more than another shard can take, or has had its share
 * of the turn. */
static bool throttle(struct stellar_connection *session)
{
    const struct stellar__shard *shard = session->shard;

    if (shard->draining) {
        return false;
    }
    if (shard->is_congested) {
        stellar__pause_set(session, STELLAR__PAUSE_MAILBOX);
    }
    if (shard->caused > shard->quota_end) {
        stellar__pause_set(session, STELLAR__PAUSE_QUOTA);
    }
    return (session->pause_reasons & STELLAR__PAUSE_THROTTLE) != 0;
}


bool stellar__pause_check(struct stellar_connection *session)
{
    size_t limit = session->shard->options->output_soft_limit;

    if (throttle(session)) {
        STELLAR__COUNT(session->shard, talkers_held);
        return true;
    }
    if (session->shard->scratch.length + stellar__queue_bytes(session->queue) <=
        limit) {
        return false;
    }
    stellar__session_flush(session);
    return stellar__queue_bytes(session->queue) > limit;
}


void stellar__pause_begin_quota(struct stellar_connection *session)
{
    struct stellar__shard *shard = session->shard;
    uint64_t used = shard->caused - shard->caused_before;

    if (shard->sender == session) {
        return;
    }
    shard->sender = session;
    shard->quota_end =
        shard->caused + (used < QUOTA_BYTES - SMALL_QUOTA_BYTES ? QUOTA_BYTES - used
                                                                : SMALL_QUOTA_BYTES);
}
