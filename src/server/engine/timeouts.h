/*
 * How long a session waits for its client: for a first line, for the end of a line that
 * was begun, for a word (off by default), and for output to be taken. And how long it
 * lets the client wait, if it is held. What is waited
 * for depends on the session's state, so that one deadline is enough for all; and while
 * nothing is waited for, none is set.
 *
 * A session that is leaving, or whose server drains, has other deadlines, and uses the
 * same timer for them: these functions then do nothing.
 */
#ifndef STELLAR_SERVER_TIMEOUTS_H
#define STELLAR_SERVER_TIMEOUTS_H

#include "state.h"

/* What a client has not done in time. */
enum stellar__overdue {
    STELLAR__NOT_OVERDUE,
    STELLAR__THROTTLE_OVERDUE, /* nothing: it is held, and may be able to go on */
    STELLAR__READING_OVERDUE,
    STELLAR__SENDING_OVERDUE
};

/* The deadline has come, or seems to have: whether something is overdue. If not, sets
 * the next deadline. *limit is how long it may take, in ms, and *what says what may. */
enum stellar__overdue stellar__timeouts_check(struct stellar_connection *session,
                                              const char **what, uint32_t *limit);

/* The session is open. */
void stellar__timeouts_begin(struct stellar_connection *session);
/* Whether a line was begun and is not whole. */
bool stellar__timeouts_within_line(const struct stellar_connection *session);
/* The session has received; and executed so many lines. */
void stellar__timeouts_received(struct stellar_connection *session,
                                bool was_within_line, uint64_t lines);
/* The session is held: sees to it that it goes on when it may. */
void stellar__timeouts_throttle(struct stellar_connection *session);
/* The transport did not take all that waits. */
void stellar__timeouts_blocked(struct stellar_connection *session);
/* The options have changed, and a timeout may be shorter, or there is one where there
 * was none: nobody who is in time now runs out of it before the new one is over. */
void stellar__timeouts_changed(struct stellar_connection *session);

#endif
