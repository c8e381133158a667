/*
 * The end of a connection: its reason, the answers that it still waits for, and the
 * goodbye.
 */
#ifndef STELLAR_SERVER_CLOSE_H
#define STELLAR_SERVER_CLOSE_H

#include "state.h"

/* Executes a quit. */
void stellar__session_quit(struct stellar_connection *session);

/* The peer sends no more, but may still read. */
void stellar__session_end_of_input(struct stellar_connection *session);

/* The server stops: says goodbye when nothing is pending, or after the shutdown
 * limit. */
void stellar__session_drain(struct stellar_connection *session);

/* The server stops, and has given its last moment to lines on their way. */
void stellar__session_end_grace(struct stellar_connection *session);

/* Leaves the rooms, says goodbye, and ends the output. */
void stellar__session_say_goodbye(struct stellar_connection *session);

/* To be called when a call of this session is no longer pending. Says goodbye if it was
 * the last thing that the session waited for. */
void stellar__session_call_done(struct stellar_connection *session);

/* Nothing more is written to it: leaves the rooms, tells the transport to end. */
void stellar__session_end_output(struct stellar_connection *session);

/* The peer is lost: leaves the rooms now, and aborts the session. Must not be called
 * while a room's members are walked. */
void stellar__session_disconnect(struct stellar_connection *session);

/* The peer no longer sends or takes anything, but its end must come: leaves the rooms,
 * drops the queue, tells the transport to end. */
void stellar__session_stop_output(struct stellar_connection *session);

#endif
