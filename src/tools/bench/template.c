#include "template.h"

#include <stdio.h>
#include <string.h>

#define NUMBER_MAX 24


void stellar__template_room(const struct stellar__bench_options *options, size_t number,
                            char room[STELLAR__ROOM_MAX])
{
    if (options->rooms > 1) {
        snprintf(room, STELLAR__ROOM_MAX, "%.255s%zu", options->room, number + 1);
    } else {
        snprintf(room, STELLAR__ROOM_MAX, "%.255s", options->room);
    }
}


/* Each place may be filled with the longest text. */
size_t stellar__template_size(const struct stellar__bench_line *line, size_t length)
{
    size_t longest = STELLAR__ROOM_MAX > NUMBER_MAX ? STELLAR__ROOM_MAX : NUMBER_MAX;
    size_t size = line->length;
    size_t i;

    longest = longest < length ? length : longest;
    for (i = 0; i < line->length; i++) {
        size += line->data[i] == '%' ? longest : 0;
    }
    return size;
}


size_t stellar__template_fill(const struct stellar__bench_line *line, const char *room,
                              const char *message, size_t length, char *to)
{
    const char *at = line->data;
    const char *end = at + line->length;
    char *begin = to;

    while (at < end) {
        if (*at != '%' || at + 1 == end) {
            *to++ = *at++;
            continue;
        }
        switch (at[1]) {
        case 'r':
            to = mempcpy(to, room, strlen(room));
            break;
        case 'm':
            to = message != NULL ? mempcpy(to, message, length) : to;
            break;
        case 'n':
            to += snprintf(to, NUMBER_MAX, "%zu", length);
            break;
        case '%':
            *to++ = '%';
            break;
        default:
            to = mempcpy(to, at, 2);
            break;
        }
        at += 2;
    }
    return (size_t)(to - begin);
}
