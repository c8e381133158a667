/* Clients of other protocols. */
#ifndef STELLAR_SERVER_FOREIGN_H
#define STELLAR_SERVER_FOREIGN_H

#include "state.h"

/* The client speaks another protocol: it may be a browser that runs somebody's page, or
 * a proxy. Tells it and the log, and ends the session as a quit does. */
void stellar__foreign_turn_away(struct stellar_connection *session,
                                enum stellar_foreign protocol);

#endif
