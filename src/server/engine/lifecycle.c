#include "lifecycle.h"

#include "log.h"


void stellar__session_abort(struct stellar_connection *session)
{
    if (session->state == STELLAR__SESSION_DEAD) {
        return;
    }
    session->state = STELLAR__SESSION_DEAD;
    stellar__timer_clear(&session->shard->timers, &session->timer);
    session->transport->abort(session);
}


void stellar__session_out_of_memory(struct stellar_connection *session)
{
    if (session->state == STELLAR__SESSION_DEAD) {
        return;
    }
    STELLAR__COUNT(session->shard, out_of_memory);
    stellar__log(session->shard->options, STELLAR_LOG_ERROR, session->id,
                 "out of memory: connection closed");
    stellar__session_abort(session);
}
