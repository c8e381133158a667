/* Rooms and their members as JSON. */
#ifndef STELLAR_SERVER_ROOMS_VIEW_H
#define STELLAR_SERVER_ROOMS_VIEW_H

#include "state.h"

/* Writes {"<id>":{"id":…,"joinedAt":…},…}. */
void stellar__room_write_members(const struct stellar__room *room,
                                 struct stellar__buffer *out);
/* Writes ["room",…] and {"room":{members},…} of a session's rooms. */
void stellar__room_write_names(const struct stellar_connection *session,
                               struct stellar__buffer *out);
void stellar__room_write_all_members(const struct stellar_connection *session,
                                     struct stellar__buffer *out);

#endif
