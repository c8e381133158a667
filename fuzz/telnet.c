/*
 * Telnet, compared with libtelnet, which is set to refuse everything: the same bytes of
 * text and the same replies must come out, in whatever pieces we read.
 *
 * The parser returns lines, not bytes, so the input becomes the message of one line,
 * with a delimiter that it does not contain. If it is not UTF-8, the line must be
 * refused at the byte that libtelnet's text shows. The first bytes choose: three of a
 * seed for where to split, and whether most bytes are made ASCII, so that more text is
 * valid.
 *
 * The two are known to differ here, so such an input is skipped:
 *   - IAC and a command inside a subnegotiation: libtelnet warns and ends it there; we
 *     read on to IAC SE;
 *   - a subnegotiation of the option 255: we read IAC SE there as its end;
 *   - a subnegotiation of the option 86 makes libtelnet inflate the bytes after it;
 *   - EC or EL erases some of the bytes put before the input.
 *
 * libtelnet leaves EC and EL to the program, so the reference says what they erase.
 */
#include <stdlib.h>
#include <string.h>

/* It needs the headers above. */
#include <libtelnet.h>

#include "reference/reference.h"
#include "support.h"

#define TELNET_HEADER_SIZE 4

static const char before[] = "say r x";
static const char behind[] = "\xff\xf0\xff\xf0x"; /* ends anything unfinished */
static const char delimiter[] = "\x7f\x01\x7f\x02\x7f\x03";

/* The output of one side. */
struct output {
    char *text;
    size_t length;
    char *replies;
    size_t replies_length;
    bool refused; /* not UTF-8 at: */
    size_t column;
    bool unlike; /* a known difference */
};


static void append(char *to, size_t *length, const char *bytes, size_t count)
{
    memcpy(to + *length, bytes, count);
    *length += count;
}


static void erase(struct output *out, bool all)
{
    out->length -= all ? out->length : reference_character(out->text, out->length);
    out->unlike |= out->length < sizeof before - 1;
}


static void hear(telnet_t *telnet, telnet_event_t *event, void *context)
{
    struct output *out = (struct output *)context;

    (void)telnet;
    switch (event->type) {
    case TELNET_EV_DATA:
        append(out->text, &out->length, event->data.buffer, event->data.size);
        break;
    case TELNET_EV_SEND:
        append(out->replies, &out->replies_length, event->data.buffer,
               event->data.size);
        break;
    case TELNET_EV_IAC:
        if (event->iac.cmd == TELNET_EC || event->iac.cmd == TELNET_EL) {
            erase(out, event->iac.cmd == TELNET_EL);
        }
        break;
    case TELNET_EV_WARNING:
        out->unlike |= strstr(event->error.msg, "after IAC inside SB") != NULL;
        break;
    case TELNET_EV_SUBNEGOTIATION:
        out->unlike |= event->sub.telopt == TELNET_TELOPT_EXOPL;
        break;
    case TELNET_EV_COMPRESS:
        out->unlike = true;
        break;
    default:
        break;
    }
}


static void read_theirs(const char *stream, size_t size, struct output *out)
{
    static const telnet_telopt_t none[] = {{-1, 0, 0}};
    telnet_t *telnet = telnet_init(none, hear, 0, out);

    fuzz_require(telnet != NULL, "out of memory");
    telnet_recv(telnet, stream, size);
    telnet_free(telnet);
}


static void take_line(struct output *out, enum stellar_result result,
                      const struct stellar_command *command)
{
    fuzz_require(out->length == 0 && !out->refused, "there is a second line");
    if (result == STELLAR_ERROR) {
        fuzz_require(command->error.code == STELLAR_E_INVALID_UTF8,
                     "the line is refused for another reason");
        out->refused = true;
        out->column = command->error.column;
        return;
    }
    append(out->text, &out->length, before, sizeof before - 2);
    append(out->text, &out->length, command->message.data, command->message.length);
}


static void read_ours(const char *stream, size_t size, uint32_t seed,
                      struct output *out)
{
    struct stellar_framing framing;
    struct stellar_parser parser;
    struct stellar_command command;
    enum stellar_result result;
    void *memory = NULL;
    size_t length;
    size_t at;

    stellar_framing_init(&framing);
    framing.telnet = true;
    framing.max_data_length = 0;
    fuzz_require(
        stellar_framing_set_delimiter(&framing, delimiter, sizeof delimiter - 1),
        "a delimiter was refused");
    stellar_parser_init(&parser, &framing);
    for (at = 0; at < size; at += length) {
        length = fuzz_piece(&seed, size - at);
        stellar_parser_feed(&parser, stream + at, length);
        while ((result = stellar_parser_next(&parser, &command)) != STELLAR_MORE) {
            if (result == STELLAR_MEMORY) {
                memory = fuzz_lend(&parser, memory);
            } else if (result != STELLAR_CONTROL) {
                take_line(out, result, &command);
            } else if (command.control == STELLAR_CONTROL_REPLY) {
                append(out->replies, &out->replies_length, command.reply.data,
                       command.reply.length);
            }
        }
    }
    fuzz_release(memory);
}


static void compare(const struct output *ours, const struct output *theirs)
{
    size_t length = theirs->length - (sizeof delimiter - 1);
    size_t bad = reference_utf8(theirs->text, length);

    fuzz_require(ours->replies_length == theirs->replies_length &&
                     memcmp(ours->replies, theirs->replies, ours->replies_length) == 0,
                 "libtelnet replies otherwise");
    fuzz_require(ours->refused == (bad <= length),
                 "libtelnet has a text of other bytes");
    if (ours->refused) {
        fuzz_require(ours->column == bad, "libtelnet's text is invalid elsewhere");
    } else {
        fuzz_require(ours->length == length &&
                         memcmp(ours->text, theirs->text, length) == 0,
                     "libtelnet has another text");
    }
}


static struct output open_output(size_t size)
{
    struct output out;

    memset(&out, 0, sizeof out);
    out.text = (char *)fuzz_allocate(size);
    out.replies = (char *)fuzz_allocate(size);
    return out;
}


static void close_output(struct output *out)
{
    fuzz_release(out->text);
    fuzz_release(out->replies);
}


/* Usually changes all bytes except telnet commands. */
static void make_ascii(char *bytes, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        if ((unsigned char)bytes[i] < 0xf0) {
            bytes[i] = (char)(bytes[i] & 0x7f);
        }
    }
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t capacity = size + sizeof before + sizeof behind + sizeof delimiter;
    struct output ours;
    struct output theirs;
    char *stream;
    size_t length = 0;

    if (size < TELNET_HEADER_SIZE) {
        return 0;
    }
    fuzz_blocks_begin();
    stream = (char *)fuzz_allocate(capacity);
    append(stream, &length, before, sizeof before - 1);
    append(stream, &length, (const char *)data + TELNET_HEADER_SIZE,
           size - TELNET_HEADER_SIZE);
    if (data[3] & 1) {
        make_ascii(stream, length);
    }
    append(stream, &length, behind, sizeof behind - 1);
    append(stream, &length, delimiter, sizeof delimiter - 1);

    ours = open_output(capacity);
    theirs = open_output(capacity);
    read_theirs(stream, length, &theirs);
    if (!theirs.unlike && memchr(data, delimiter[0], size) == NULL) {
        read_ours(stream, length,
                  (uint32_t)data[0] << 16 | (uint32_t)data[1] << 8 | data[2], &ours);
        compare(&ours, &theirs);
    }
    close_output(&ours);
    close_output(&theirs);
    fuzz_release(stream);
    return 0;
}
