/*
 * From bytes to lines: sections 2 and 3 of the protocol, in two passes over everything.
 * The second pass moves the bytes of a line next to each other, because a character
 * that is erased leaves a gap.
 */
#include <stdlib.h>
#include <string.h>

#include "reference.h"

#define IAC    0xff
#define CTRL_D 4

enum { EC = 0xf7, EL = 0xf8 };

struct reading {
    struct reference *out;
    size_t begin; /* index of the line's first byte */
    size_t end;   /* index of its end so far */
    bool refused; /* it is too long already */
    size_t request_count;
    size_t byte_count;
    const char *delimiter;
    size_t delimiter_length;
    size_t limit;
    bool telnet;
    enum stellar_foreign foreign;
    size_t foreign_at; /* the number of the byte that shows it */
    size_t cut_short;  /* bytes of a telnet command that has no end */
    size_t size;       /* of the stream */
};


/* A stream gives at most one event and one request per byte. */
static void make_room(struct reference *out, size_t size)
{
    out->count = 0;
    if (out->events != NULL && size <= out->capacity) {
        return;
    }
    free(out->events);
    free(out->bytes);
    free(out->offsets);
    free(out->requests);
    out->events = (struct reference_event *)malloc((size + 1) * sizeof *out->events);
    out->bytes = (char *)malloc(size + 1);
    out->offsets = (uint64_t *)malloc((size + 1) * sizeof *out->offsets);
    out->requests =
        (struct reference_request *)malloc((size + 1) * sizeof *out->requests);
    out->capacity = size;
    if (out->events == NULL || out->bytes == NULL || out->offsets == NULL ||
        out->requests == NULL) {
        abort();
    }
}


static void add_byte(struct reading *reading, const uint8_t *stream, size_t at)
{
    reading->out->bytes[reading->byte_count] = (char)stream[at];
    reading->out->offsets[reading->byte_count] = at;
    reading->byte_count++;
}


/* Returns the length of the telnet command that begins with the IAC at `at`, or 0 if it
 * is not complete. */
static size_t command_length(const uint8_t *stream, size_t size, size_t at)
{
    size_t i;

    if (at + 1 == size) {
        return 0;
    }
    if (stream[at + 1] >= 0xfb && stream[at + 1] <= 0xfe) {
        return at + 2 < size ? 3 : 0;
    }
    if (stream[at + 1] != 0xfa) {
        return 2;
    }
    for (i = at + 2; i + 1 < size; i++) {
        if (stream[i] == IAC && stream[++i] == 0xf0) {
            return i + 1 - at;
        }
    }
    return 0;
}


static bool is_line_end(char byte)
{
    return byte == '\r' || byte == '\n';
}


static void take_out_telnet(struct reading *reading, const uint8_t *stream, size_t size)
{
    struct reference_request *request;
    size_t length;
    size_t at;

    for (at = 0; at < size; at += length) {
        length = 1;
        if (stream[at] != IAC || !reading->telnet) {
            add_byte(reading, stream, at);
            continue;
        }
        length = command_length(stream, size, at);
        if (length == 0) {
            reading->cut_short = size - at;
            break;
        }
        if (stream[at + 1] == IAC) {
            add_byte(reading, stream, at + 1);
            continue;
        }
        request = &reading->out->requests[reading->request_count++];
        request->before = reading->byte_count;
        request->offset = at;
        request->length = length;
        memcpy(request->bytes, stream + at, length < 3 ? length : 3);
    }
    reading->out->offsets[reading->byte_count] = size;
}


/* Compares byte by byte, because usually the first byte differs. */
static bool equal(const char *one, const char *other, size_t length)
{
    while (length > 0 && *one == *other) {
        one++;
        other++;
        length--;
    }
    return length == 0;
}


/* Returns how many of the delimiter's first bytes are at the end of the line so far. */
static size_t delimiter_at_end(const struct reading *reading, size_t begin, size_t end)
{
    const char *bytes = reading->out->bytes;
    size_t length = reading->delimiter_length;

    if (length == 0) {
        return begin < end && is_line_end(bytes[end - 1]);
    }
    if (length > end - begin) {
        length = end - begin;
    }
    while (!equal(bytes + end - length, reading->delimiter, length)) {
        length--;
    }
    return length;
}


static struct reference_event *add_event(struct reading *reading,
                                         enum stellar_result result, uint64_t offset,
                                         size_t length)
{
    struct reference_event *event = &reading->out->events[reading->out->count++];

    memset(event, 0, sizeof *event);
    event->result = result;
    event->command.offset = offset;
    event->command.length = length;
    return event;
}


static void add_control(struct reading *reading,
                        const struct reference_request *request,
                        enum stellar_control control, const char *reply, size_t length)
{
    struct stellar_command *command =
        &add_event(reading, STELLAR_CONTROL, request->offset, request->length)->command;

    command->control = control;
    command->reply.data = reply;
    command->reply.length = length;
}


/* Removes the last character of the unfinished line, or the whole line. Of the line
 * ends before the line, only those remain that may begin a delimiter. */
static void erase(struct reading *reading, bool all)
{
    const char *bytes = reading->out->bytes;
    size_t matched;

    if (reading->refused) {
        return;
    }
    matched = delimiter_at_end(reading, reading->begin, reading->end);
    while (reading->end - reading->begin > matched &&
           is_line_end(bytes[reading->begin])) {
        reading->begin++;
    }
    reading->end -= all ? reading->end - reading->begin
                        : reference_character(bytes + reading->begin,
                                              reading->end - reading->begin);
}


/*
 * There are 512 replies in all, made when they are needed. At a goodbye the caller
 * drops an unfinished line by reading no further. If it does read on, the line is
 * whole.
 */
static void answer(struct reading *reading, const struct reference_request *request)
{
    static unsigned char replies[512][3];
    unsigned char *reply = replies[request->bytes[2]];

    switch (request->bytes[1]) {
    case 0xfd: /* DO: WONT */
        memcpy(reply, "\xff\xfc", 2);
        break;
    case 0xfb: /* WILL: DONT */
        reply = replies[256 + request->bytes[2]];
        memcpy(reply, "\xff\xfe", 2);
        break;
    case 0xf6: /* AYT */
        add_control(reading, request, STELLAR_CONTROL_ARE_YOU_THERE, NULL, 0);
        return;
    case EC:
    case EL:
        erase(reading, request->bytes[1] == EL);
        return;
    case 0xf4: /* IP */
        add_control(reading, request, STELLAR_CONTROL_GOODBYE, "\xff\xfc\x06", 3);
        return;
    default:
        return;
    }
    reply[2] = request->bytes[2];
    add_control(reading, request, STELLAR_CONTROL_REPLY, (const char *)reply, 3);
}


/* If there were telnet commands in more than three places, in the line that begins at
 * byte `begin` or in line ends right before it that may begin a delimiter, the parser
 * need not know the exact offset of a byte of it in the stream. Returns how large the
 * error may be. */
static uint64_t vagueness(const struct reading *reading, size_t begin, size_t seen)
{
    const struct reference *out = reading->out;
    size_t interruptions = 0;
    size_t i = begin;

    while (reading->delimiter_length > 0 && i > 0 && is_line_end(out->bytes[i - 1])) {
        i--;
    }
    for (i++; i < seen; i++) {
        interruptions += out->offsets[i] != out->offsets[i - 1] + 1;
    }
    if (interruptions <= STELLAR_TELNET_MARKS) {
        return 0;
    }
    return out->offsets[seen - 1] - out->offsets[begin] - (seen - 1 - begin);
}


/* Finds the offsets in the stream of the line that begins at byte `begin`, and of the
 * error at a column of it. */
static void locate(const struct reading *reading, size_t begin, size_t seen,
                   struct reference_event *event)
{
    struct stellar_error *error = &event->command.error;

    error->at = reading->out->offsets[begin + error->column];
    event->vague = vagueness(reading, begin, seen);
}


/* Refuses bytes that surely belong to a line and exceed the limit. CR and LF before it
 * do not belong to it. */
static bool is_too_long(struct reading *reading, size_t begin, size_t end, size_t seen)
{
    struct reference *out = reading->out;
    struct reference_event *event;

    while (begin < end && is_line_end(out->bytes[begin])) {
        begin++;
    }
    if (reading->limit == 0 || end - begin <= reading->limit) {
        return false;
    }
    event = add_event(reading, STELLAR_ERROR, out->offsets[begin], reading->limit + 1);
    event->command.error.code = STELLAR_E_LINE_TOO_LONG;
    event->command.error.column = reading->limit;
    event->command.error.limit = reading->limit;
    locate(reading, begin, seen, event);
    return true;
}


/* CR and LF at both ends do not belong to a line. With the default delimiter there are
 * none. */
static void end_line(struct reading *reading, size_t begin, size_t end, size_t seen)
{
    struct reference *out = reading->out;
    struct reference_event *event;

    while (end > begin && is_line_end(out->bytes[end - 1])) {
        end--;
    }
    while (begin < end && is_line_end(out->bytes[begin])) {
        begin++;
    }
    event = add_event(reading, STELLAR_COMMAND, out->offsets[begin], end - begin);
    event->result = reference_line(out->bytes + begin, end - begin, &event->command);
    if (event->result == STELLAR_MORE) {
        out->count--;
    } else {
        locate(reading, begin, seen, event);
    }
}


/* The byte 04 at the beginning of a line, before which CR and LF do not count. */
static bool is_goodbye(const struct reading *reading, size_t begin, size_t at)
{
    while (begin < at && is_line_end(reading->out->bytes[begin])) {
        begin++;
    }
    return begin == at && reading->out->bytes[at] == CTRL_D &&
           (reading->delimiter_length == 0 ||
            memchr(reading->delimiter, CTRL_D, reading->delimiter_length) == NULL);
}


/* Finds the byte that shows that the stream is another protocol's. After a telnet
 * command has erased something, it is not. */
static void detect(struct reading *reading)
{
    const struct reference *out = reading->out;
    size_t end = reading->byte_count;
    size_t i;

    for (i = 0; i < reading->request_count; i++) {
        if ((out->requests[i].bytes[1] == EC || out->requests[i].bytes[1] == EL) &&
            out->requests[i].before < end) {
            end = out->requests[i].before;
        }
    }
    for (i = 0; i < end && reading->foreign == STELLAR_NOT_FOREIGN; i++) {
        reading->foreign = reference_opening(out->bytes, i + 1);
        reading->foreign_at = i;
    }
}


/* After this no results come, and nothing is unfinished. */
static void end_foreign(struct reading *reading)
{
    add_event(reading, STELLAR_FOREIGN, 0, 0)->command.foreign = reading->foreign;
    reading->out->unfinished = NULL;
    reading->out->unfinished_least = reading->out->unfinished_most = 0;
}


/* Reports the line or telnet command that began at byte `begin` and has no end. */
static void end_stream(struct reading *reading)
{
    struct reference *out = reading->out;
    struct stellar_command command;
    size_t begin = reading->begin;
    size_t end = reading->end;
    uint64_t raw = begin < end ? reading->size - out->offsets[begin] : 0;

    while (!reading->refused && end > begin && is_line_end(out->bytes[end - 1])) {
        end--;
    }
    while (begin < end && is_line_end(out->bytes[begin])) {
        begin++;
    }
    memset(&command, 0, sizeof command);
    out->unfinished = NULL;
    out->unfinished_least = out->unfinished_most = 0;
    if (reading->refused ||
        reference_line(out->bytes + begin, end - begin, &command) != STELLAR_MORE) {
        out->unfinished = "a line";
        out->unfinished_most = reading->size - out->offsets[begin];
        out->unfinished_least =
            out->unfinished_most - vagueness(reading, begin, reading->end);
    } else if (reading->cut_short > 0) {
        out->unfinished = "a telnet command";
        out->unfinished_least = reading->cut_short;
        out->unfinished_most = raw > reading->cut_short ? raw : reading->cut_short;
    }
}


/* Reads the next byte of the line. Returns true if it ends the line. */
static bool take(struct reading *reading, size_t whole)
{
    size_t end = reading->end;
    size_t matched = delimiter_at_end(reading, reading->begin, end);

    if (matched == whole) {
        if (!reading->refused) {
            end_line(reading, reading->begin, end - whole, end);
        }
        reading->refused = false;
        return true;
    }
    if (!reading->refused) {
        reading->refused = is_too_long(reading, reading->begin, end - matched, end);
    }
    return false;
}


static void cut(struct reading *reading)
{
    struct reference *out = reading->out;
    size_t whole = reading->delimiter_length > 0 ? reading->delimiter_length : 1;
    bool after_cr = false;
    size_t next = 0;
    bool is_passed;
    size_t i;
    char byte;

    for (i = 0; i <= reading->byte_count; i++) {
        for (; next < reading->request_count && out->requests[next].before == i;
             next++) {
            answer(reading, &out->requests[next]);
        }
        if (i == reading->byte_count) {
            break;
        }
        if (reading->foreign != STELLAR_NOT_FOREIGN && i == reading->foreign_at) {
            end_foreign(reading);
            return;
        }
        byte = out->bytes[i];
        is_passed = after_cr && (byte == '\n' || (byte == 0 && reading->telnet));
        after_cr = false;
        if (is_passed) {
            continue;
        }
        out->bytes[reading->end] = byte;
        out->offsets[reading->end] = out->offsets[i];
        if (!reading->refused && is_goodbye(reading, reading->begin, reading->end)) {
            add_event(reading, STELLAR_CONTROL, out->offsets[i], 1)->command.control =
                STELLAR_CONTROL_GOODBYE;
            reading->begin = ++reading->end;
            continue;
        }
        reading->end++;
        if (take(reading, whole)) {
            after_cr = reading->delimiter_length == 0 && byte == '\r';
            reading->begin = reading->end;
        }
    }
    end_stream(reading);
}


void reference_parse(struct reference *out, const char *delimiter,
                     size_t delimiter_length, size_t limit, bool telnet, bool detects,
                     const uint8_t *stream, size_t size)
{
    struct reading reading;

    memset(&reading, 0, sizeof reading);
    reading.out = out;
    reading.delimiter = delimiter;
    reading.delimiter_length = delimiter_length;
    reading.limit = limit;
    reading.telnet = telnet;
    reading.size = size;
    if (delimiter_length == 1 && delimiter[0] == '\n') {
        reading.delimiter_length = 0;
    }
    make_room(out, size);
    take_out_telnet(&reading, stream, size);
    if (detects) {
        detect(&reading);
    }
    cut(&reading);
}
