#include "burst.h"

#include "rooms.h"

/* Longer ones gain nothing any more, and a reader is to have its first lines soon. */
#define LENGTH_MAX ((size_t)16 * 1024)


/* A lone line takes what it needs; where there are more, there will be some. */
static bool make_room(struct stellar__burst *burst, size_t length)
{
    size_t capacity = burst->capacity * 2;

    if (length <= burst->capacity)
        return true;
    if (capacity < length)
        capacity = length;
    if (!stellar__shared_resize(&burst->lines, capacity))
        return false;
    burst->capacity = capacity;
    return true;
}


static bool begin(struct stellar__hub *hub, struct stellar__room *room,
                  struct stellar_slice line)
{
    hub->burst.lines = stellar__shared_new(hub->common->memory, line.data, line.length);
    if (hub->burst.lines == NULL)
        return false;
    hub->burst.capacity = line.length;
    hub->burst.room = room;
    return true;
}


static bool go_on(struct stellar__burst *burst, struct stellar_slice line)
{
    size_t length = burst->lines->length;

    if (!make_room(burst, length + line.length))
        return false;
    memcpy(burst->lines->data + length, line.data, line.length);
    burst->lines->length += line.length;
    return true;
}


/* Whether so much is enough. Members who are handed it must be able to read it before
 * there is so much that they are found slow: see must_flush. */
static bool is_long(const struct stellar__hub *hub)
{
    size_t length = hub->burst.lines->length;

    return length >= LENGTH_MAX || length >= hub->options->output_soft_limit / 4;
}


bool stellar__burst_add(struct stellar__room *room, struct stellar_slice line)
{
    struct stellar__hub *hub = stellar__room_hub(room);
    struct stellar__burst *burst = &hub->burst;
    bool is_added;

    if (burst->room != NULL &&
        (burst->room != room || line.length > LENGTH_MAX - burst->lines->length))
        stellar__burst_hand_on(hub);
    is_added = burst->room == NULL ? begin(hub, room, line) : go_on(burst, line);
    if (is_added && is_long(hub))
        stellar__burst_hand_on(hub);
    return is_added;
}


void stellar__burst_hand_on(struct stellar__hub *hub)
{
    struct stellar__burst burst = hub->burst;

    memset(&hub->burst, 0, sizeof hub->burst);
    /* It may wait long: what it does not need is given back, if that can be done. */
    if (burst.capacity > burst.lines->length)
        stellar__shared_resize(&burst.lines, burst.lines->length);
    stellar__room_deliver(burst.room, burst.lines);
    stellar__shared_drop(burst.lines);
}
