/* The members of a room as JSON. */
#include "rooms_view.h"

#include "member.h"
#include "rooms.h"

/* The most bytes that the members of rooms may add to an answer, because there can be
 * millions: the hard limit of output, but at least this much, because the kernel may
 * take most of it at once. Otherwise the loop would write output that the client can
 * never read. */
#define ANSWER_MAX ((size_t)16 * 1024 * 1024)

struct listing {
    struct stellar__buffer *out;
    size_t limit;
};


static bool write_member(void *data, const char *id, uint64_t joined_at)
{
    const struct listing *listing = data;
    struct stellar__buffer *out = listing->out;

    if (out->length > listing->limit) {
        stellar__buffer_give_up(out);
    }
    if (out->failed) {
        return false;
    }
    if (out->data[out->length - 1] == '}') {
        STELLAR__APPEND_LITERAL(out, ",");
    }
    STELLAR__APPEND_LITERAL(out, "\"");
    stellar__buffer_append(out, id, STELLAR__ID_LENGTH);
    STELLAR__APPEND_LITERAL(out, "\":{\"id\":\"");
    stellar__buffer_append(out, id, STELLAR__ID_LENGTH);
    STELLAR__APPEND_LITERAL(out, "\",\"joinedAt\":");
    stellar__buffer_decimal(out, joined_at);
    STELLAR__APPEND_LITERAL(out, "}");
    return true;
}


void stellar__room_write_members(const struct stellar__room *room,
                                 struct stellar__buffer *out)
{
    size_t waiting = room->shard->options->output_hard_limit;
    struct listing listing = {out, waiting > ANSWER_MAX ? waiting : ANSWER_MAX};

    STELLAR__APPEND_LITERAL(out, "{");
    stellar__room_members(room, write_member, &listing);
    STELLAR__APPEND_LITERAL(out, "}");
}


void stellar__room_write_names(const struct stellar_connection *session,
                               struct stellar__buffer *out)
{
    const struct stellar__member *member;

    STELLAR__APPEND_LITERAL(out, "[");
    for (member = session->first_room; member != NULL; member = member->next) {
        if (member->previous != NULL) {
            STELLAR__APPEND_LITERAL(out, ",");
        }
        stellar__buffer_string(out, member->room->name, member->room->name_length);
    }
    STELLAR__APPEND_LITERAL(out, "]");
}


void stellar__room_write_all_members(const struct stellar_connection *session,
                                     struct stellar__buffer *out)
{
    const struct stellar__member *member;

    STELLAR__APPEND_LITERAL(out, "{");
    for (member = session->first_room; member != NULL; member = member->next) {
        if (member->previous != NULL) {
            STELLAR__APPEND_LITERAL(out, ",");
        }
        stellar__buffer_string(out, member->room->name, member->room->name_length);
        STELLAR__APPEND_LITERAL(out, ":");
        stellar__room_write_members(member->room, out);
    }
    STELLAR__APPEND_LITERAL(out, "}");
}
