/* The life of a connection: what state its session is in. */
#ifndef STELLAR_SERVER_LIFECYCLE_H
#define STELLAR_SERVER_LIFECYCLE_H

#include "state.h"

/* Whether it still executes what it receives. */
static inline bool stellar__session_listens(const struct stellar_connection *session)
{
    return session->state == STELLAR__SESSION_OPEN;
}

/* Whether goodbye is said, or the peer given up: nothing is written to it any more. */
static inline bool stellar__session_is_over(const struct stellar_connection *session)
{
    return session->state == STELLAR__SESSION_ENDED ||
           session->state == STELLAR__SESSION_DEAD;
}


/* Gives a session up at once; close follows. */
void stellar__session_abort(struct stellar_connection *session);

/* The same for want of memory, and says so in the log. */
void stellar__session_out_of_memory(struct stellar_connection *session);

#endif
