/*
 * The checks.
 *
 * Implementation notes. A second parser reads all that a guest sends, in one piece. So
 * it is known which lines there are and what kind of answer each must get. From inside
 * the server only numbers are used: how many lines it has counted, how many actions are
 * pending, who is in which room.
 *
 * The hook records each chat message. The messages that a guest receives from another
 * must be a subsequence of those that the other sent. If a message was sent while the
 * receiver was a member, and nothing that could move it has happened since, the message
 * must have come when everything has settled.
 */
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOKENS 1024


_Noreturn static void fail(const struct guest *guest, const char *what,
                           const char *line, size_t length)
{
    fprintf(stderr, "session: guest %.36s: %s\n%.*s\n", guest->id, what,
            length < 2000 ? (int)length : 2000, length > 0 ? line : "");
    abort();
}


/* Expected lines. */

static void expect_line(struct guest *guest, enum stellar_result result,
                        const struct stellar_command *command)
{
    struct expected_line *line;

    if (guest->line_count + 2 > guest->line_room) {
        guest->line_room = 2 * guest->line_room + 16;
        guest->lines = fake_grow(guest->lines, guest->line_room * sizeof *guest->lines);
    }
    line = &guest->lines[++guest->line_count];
    memset(line, 0, sizeof *line);
    line->verb = (uint8_t)command->verb;
    if (result == STELLAR_ERROR) {
        line->error = (uint8_t)command->error.code;
    }
}


void session_expect(struct guest *guest, const void *bytes, size_t length)
{
    struct stellar_command command;
    enum stellar_result result;

    stellar_parser_feed(&guest->parser, bytes, length);
    while ((result = stellar_parser_next(&guest->parser, &command)) != STELLAR_MORE) {
        if (result == STELLAR_MEMORY) {
            size_t size = stellar_parser_memory_wanted(&guest->parser);

            guest->parser_memory = fake_grow(guest->parser_memory, size);
            stellar_parser_set_memory(&guest->parser, guest->parser_memory, size);
        } else if (result == STELLAR_FOREIGN) {
            guest->is_foreign = true;
        } else if (result != STELLAR_CONTROL) {
            expect_line(guest, result, &command);
        }
    }
}


/* Answers. */

static bool is_text(struct stellar_value value, const char *text)
{
    return value.type == STELLAR_JSON_STRING && value.text.length == strlen(text) + 2 &&
           memcmp(value.text.data + 1, text, strlen(text)) == 0;
}


static bool has_code(struct stellar_value value, const char *code)
{
    static const char key[] = "\"code\":\"";
    const char *at;

    if (value.type != STELLAR_JSON_OBJECT) {
        return false;
    }
    at = memmem(value.text.data, value.text.length, key, sizeof key - 1);
    return at != NULL && memcmp(at + sizeof key - 1, code, 3) == 0;
}


/* Returns whether the answer is of the kind that the line must get. */
static bool fits(const struct expected_line *line, const struct stellar_params *answer)
{
    bool is_verb = line->verb != STELLAR_ACTION && line->verb != STELLAR_NO_VERB;
    struct stellar_value value;
    bool has_error;

    if (line->error == STELLAR_E_LINE_TOO_LONG && !is_verb) {
        return stellar_params_find(answer, "status", 6, &value) &&
               is_text(value, "error") &&
               stellar_params_find(answer, "error", 5, &value) &&
               has_code(value, "008");
    }
    if (line->error != STELLAR_NO_ERROR) {
        return stellar_params_find(answer, is_verb ? "status" : "error",
                                   is_verb ? 6 : 5, &value) &&
               has_code(value,
                        stellar_error_code_text((enum stellar_error_code)line->error));
    }
    has_error = stellar_params_find(answer, "error", 5, &value);
    if (is_verb) {
        return !has_error && stellar_params_find(answer, "status", 6, &value);
    }
    return !stellar_params_find(answer, "status", 6, &value) &&
           (line->is_call || has_error);
}


static void hear_answer(struct guest *guest, const struct stellar_params *answer,
                        const char *text, size_t length)
{
    const struct stellar_connection *session = &guest->client->session;
    struct stellar_value value;
    struct expected_line *line;
    int64_t count;

    if (!stellar_params_find(answer, "messageCount", 12, &value) ||
        !stellar_value_integer(value, &count) || count < 1 ||
        (uint64_t)count > session->message_count ||
        (uint64_t)count > guest->line_count) {
        fail(guest, "answers no line", text, length);
    }
    line = &guest->lines[count];
    if (line->is_answered) {
        fail(guest, "answers a line twice", text, length);
    }
    line->is_answered = true;
    if (line->verb == STELLAR_QUIT) {
        fail(guest, "answers a quit", text, length);
    }
    if (!fits(line, answer)) {
        fail(guest, "answers another line", text, length);
    }
    if (line->is_call) {
        return;
    }
    if ((uint64_t)count <= guest->last_in_order) {
        fail(guest, "answers out of order", text, length);
    }
    guest->last_in_order = (uint64_t)count;
}


/* Chat. */

uint64_t session_hash(uint64_t seed, const char *bytes, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        seed = (seed ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
    }
    return seed;
}


static uint64_t hash_saying(const char *room, size_t room_length, const char *message,
                            size_t length)
{
    return session_hash(session_hash(SESSION_SEED, room, room_length + 1), message,
                        length);
}


void session_stir(struct play *play)
{
    play->is_stirred = true;
    play->waiting_count = 0;
}


/* Each guest that is a member now must receive it. */
static void wait_for_saying(struct play *play, const struct guest *guest,
                            const char *room)
{
    struct stellar_slice name = {room, strlen(room)};
    unsigned i;

    if (play->is_stirred) {
        return;
    }
    for (i = 0; i < play->guest_count; i++) {
        struct guest *receiver = &play->guests[i];
        struct stellar__room *found;

        if (receiver->client == NULL || play->waiting_count == WAITING) {
            continue;
        }
        found = stellar__room_find(&play->world->shards[receiver->shard].shard, name);
        if (found == NULL || !stellar__room_has(found, &receiver->client->session)) {
            continue;
        }
        play->waiting[play->waiting_count++] = (struct waiting){
            i, (unsigned)(guest - play->guests), guest->said - 1, receiver->touched};
    }
}


bool session_note_saying(struct play *play, struct guest *guest, const char *room,
                         const char *message, size_t length)
{
    struct saying saying = {hash_saying(room, strlen(room), message, length), true};
    unsigned i;

    if (guest->said == SAYINGS) {
        return false;
    }
    for (i = 0; i < guest->said; i++) {
        if (guest->sayings[i].hash == saying.hash) {
            guest->sayings[i].is_single = saying.is_single = false;
        }
    }
    guest->sayings[guest->said++] = saying;
    wait_for_saying(play, guest, room);
    return true;
}


static struct stellar_slice text_of(const struct stellar_params *line, const char *key)
{
    struct stellar_slice text = {"", 0};
    struct stellar_value value;

    if (stellar_params_find(line, key, strlen(key), &value)) {
        stellar_value_string(value, &text);
    }
    return text;
}


static void hear_chat(struct play *play, struct guest *guest,
                      const struct stellar_params *line, const char *text,
                      size_t length)
{
    struct stellar_slice from = text_of(line, "from");
    struct stellar_slice room = text_of(line, "room");
    struct stellar_slice message = text_of(line, "message");
    struct guest *sender = from.length == 36 ? session_guest_of(play, from.data) : NULL;
    char *plain;
    char name[8] = "";
    unsigned *heard;
    uint64_t wanted;

    if (sender == NULL) {
        if (from.length != 10 || memcmp(from.data, "the server", 10) != 0) {
            fail(guest, "hears nobody", text, length);
        }
        return;
    }
    if (room.length >= sizeof name) {
        fail(guest, "hears from no room", text, length);
    }
    memcpy(name, room.data, room.length);
    plain = fake_grow(NULL, message.length);
    wanted = hash_saying(name, room.length, plain,
                         stellar_json_unescape(message, plain, message.length));
    free(plain);
    heard = &guest->heard[sender - play->guests];
    while (*heard < sender->said && sender->sayings[*heard].hash != wanted) {
        ++*heard;
    }
    if (*heard == sender->said) {
        fail(guest, "hears what was not said, or twice, or out of order", text, length);
    }
    ++*heard;
}


/* Lines. */

static void hear_notice(struct guest *guest, const struct stellar_params *line,
                        const char *text, size_t length)
{
    struct stellar_value value;

    if (stellar_params_find(line, "welcome", 7, &value)) {
        if (guest->said_hello) {
            fail(guest, "is greeted again", text, length);
        }
    } else if (stellar_params_find(line, "error", 5, &value)) {
        /* The client was refused, or a timeout has passed; then the goodbye comes,
         * too. */
        guest->said_goodbye = !guest->said_hello;
    } else if (!stellar_params_find(line, "status", 6, &value)) {
        fail(guest, "is told nothing", text, length);
    } else if (is_text(value, "Bye!")) {
        guest->said_goodbye = true;
    }
}


/* Params in an answer are two levels deeper than in the line that set them. */
static bool is_json(const char *line, size_t length)
{
    struct stellar_error error;

    return stellar_json_check(line, length, &error) ||
           strstr(error.expected, "level") != NULL;
}


/* U+0080 to U+009F, which a terminal would obey; below 20 they are not valid JSON. */
static bool has_control(const char *line, size_t length)
{
    size_t i;

    for (i = 1; i < length; i++) {
        if ((unsigned char)line[i - 1] == 0xc2 && (unsigned char)line[i] < 0xa0) {
            return true;
        }
    }
    return false;
}


static void hear_line(struct play *play, struct guest *guest, const char *text,
                      size_t length)
{
    static struct stellar_token tokens[TOKENS];
    struct stellar_params line;
    struct stellar_value context;

    if (play->is_told) {
        fprintf(stderr, "  %.4s: %.*s\n", guest->id, (int)length, text);
    }
    if (guest->said_goodbye) {
        fail(guest, "is told something after the goodbye", text, length);
    }
    if (length < 2 || text[length - 1] != '\r') {
        fail(guest, "is sent a line without CR LF", text, length);
    }
    if (!is_json(text, length - 1)) {
        fail(guest, "is sent what is not JSON", text, length);
    }
    if (has_control(text, length)) {
        fail(guest, "is sent what a terminal obeys", text, length);
    }
    if (stellar_params_open(&line, (struct stellar_slice){text, length - 1}, tokens,
                            TOKENS) > TOKENS) {
        return;
    }
    if (text[0] != '{' || !stellar_params_find(&line, "context", 7, &context)) {
        fail(guest, "is sent no object with a context", text, length);
    }
    if (!guest->said_hello && !is_text(context, "api")) {
        fail(guest, "is not greeted first", text, length);
    }
    if (is_text(context, "api")) {
        hear_notice(guest, &line, text, length);
    } else if (is_text(context, "response")) {
        hear_answer(guest, &line, text, length);
    } else if (is_text(context, "user")) {
        hear_chat(play, guest, &line, text, length);
    } else if (!is_text(context, "test")) {
        fail(guest, "is sent an unknown context", text, length);
    }
    guest->said_hello = true;
}


/* IAC WONT or DONT, and the option, come between lines. */
static size_t telnet_length(const struct guest *guest, const unsigned char *bytes,
                            size_t length)
{
    if (length == 0 || bytes[0] != 255 || !guest->parser.framing->telnet) {
        return 0;
    }
    if (length >= 2 && bytes[1] != 252 && bytes[1] != 254) {
        fail(guest, "is sent an unknown telnet command", (const char *)bytes, length);
    }
    return length >= 3 ? 3 : 0;
}


void session_hear(struct play *play, struct guest *guest)
{
    struct fake_client *client = guest->client;
    size_t at = 0;

    for (;;) {
        const char *start = client->output + at;
        size_t left = client->length - at;
        size_t telnet;
        const char *end;

        if (left == 0) {
            break;
        }
        telnet = telnet_length(guest, (const unsigned char *)start, left);
        at += telnet;
        if (telnet > 0) {
            continue;
        }
        if ((unsigned char)*start == 255 && left < 3) {
            break;
        }
        end = memchr(start, '\n', left);
        if (end == NULL) {
            break;
        }
        hear_line(play, guest, start, (size_t)(end - start));
        at += (size_t)(end - start) + 1;
    }
    client->length -= at;
    if (at > 0) {
        memmove(client->output, client->output + at, client->length);
    }
}


/* Limits. */

void session_check_limits(struct play *play)
{
    const struct stellar_server_options *options = &play->world->server.options;
    unsigned i;

    for (i = 0; i < play->guest_count; i++) {
        const struct guest *guest = &play->guests[i];
        const struct stellar_connection *session;

        if (guest->client == NULL) {
            continue;
        }
        session = &guest->client->session;
        if (session->state != STELLAR__SESSION_CLOSED &&
            stellar__queue_bytes(session->queue) > options->output_hard_limit) {
            fail(guest, "has more waiting than the hard limit", "", 0);
        }
        if (session->pending_actions > options->simultaneous_actions) {
            fail(guest, "has too many actions pending", "", 0);
        }
        if (options->max_data_length > 0 && session->line != NULL &&
            stellar_parser_held(&session->line->parser) >
                options->max_data_length + STELLAR_DELIMITER_MAX) {
            fail(guest, "has more of a line kept than the limit", "", 0);
        }
        if (session->state == STELLAR__SESSION_CLOSING && session->first_room != NULL) {
            fail(guest, "has said goodbye and is in a room", "", 0);
        }
    }
}


/* When everything has settled. */

/* All lines of the guest have their answers, except for pending actions. */
static void check_answers(const struct guest *guest)
{
    const struct stellar_connection *session = &guest->client->session;
    bool has_ended = session->state == STELLAR__SESSION_CLOSING;
    uint64_t waiting = 0;
    uint64_t i;

    for (i = 1; i <= session->message_count; i++) {
        const struct expected_line *line = &guest->lines[i];

        if (line->is_answered || line->verb == STELLAR_QUIT) {
            continue;
        }
        if (!line->is_call) {
            fail(guest, "has a line that is not answered", "", 0);
        }
        waiting++;
    }
    if (waiting != session->pending_actions && !has_ended) {
        fail(guest, "has calls that are neither answered nor pending", "", 0);
    }
    if (stellar__session_listens(session) && guest->client->rest_length == 0 &&
        session->message_count != guest->line_count) {
        fail(guest, "has sent lines that were not read", "", 0);
    }
    if (stellar__session_listens(session) && guest->client->rest_length == 0 &&
        guest->is_foreign) {
        fail(guest, "speaks another protocol and is still heard", "", 0);
    }
    if (has_ended && (!guest->said_goodbye || !guest->client->is_ended)) {
        fail(guest, "has ended without a goodbye", "", 0);
    }
}


struct roster {
    struct play *play;
    struct stellar__shard *shard;
    size_t length;
    unsigned char bytes[ROOMS * (8 + GUESTS)];
};


static bool add_member(void *data, const char *id, uint64_t joined_at)
{
    struct roster *roster = data;
    const struct guest *guest = session_guest_of(roster->play, id);

    (void)joined_at;
    fake_check(guest != NULL, "session: nobody is in a room");
    roster->bytes[roster->length + 8 + (size_t)(guest - roster->play->guests)]++;
    return true;
}


static bool add_room(void *data, const char *room)
{
    struct roster *roster = data;
    struct stellar_slice name = {room, strlen(room)};

    fake_check(roster->length < sizeof roster->bytes && name.length < 8,
               "session: there are rooms that were not created");
    memcpy(roster->bytes + roster->length, room, name.length);
    stellar__room_members(stellar__room_find(roster->shard, name), add_member, roster);
    roster->length += 8 + GUESTS;
    return true;
}


/* The rooms in their order, and how often each guest is in them, as one shard sees
 * it. */
static struct roster call_roster(struct play *play, unsigned shard)
{
    struct roster roster;

    memset(&roster, 0, sizeof roster);
    roster.play = play;
    roster.shard = &play->world->shards[shard].shard;
    stellar__room_each(roster.shard, add_room, &roster);
    return roster;
}


static void show_roster(const struct roster *roster)
{
    size_t at;
    size_t i;

    for (at = 0; at < roster->length; at += 8 + GUESTS) {
        fprintf(stderr, " %s:", (const char *)roster->bytes + at);
        for (i = 0; i < GUESTS; i++) {
            if (roster->bytes[at + 8 + i] > 0) {
                fprintf(stderr, " %.4s", roster->play->guests[i].id);
            }
        }
        fputc(';', stderr);
    }
    fputc('\n', stderr);
}


static void check_rooms(struct play *play)
{
    struct roster first = call_roster(play, 0);
    unsigned i;

    for (i = 1; i < play->world->shard_count; i++) {
        struct roster other = call_roster(play, i);

        if (first.length == other.length &&
            memcmp(first.bytes, other.bytes, sizeof first.bytes) == 0) {
            continue;
        }
        show_roster(&first);
        show_roster(&other);
        fake_check(false, "session: shards see different rooms");
    }
}


static void check_waiting(struct play *play, const struct waiting *waiting)
{
    const struct guest *receiver = &play->guests[waiting->receiver];
    const struct guest *sender = &play->guests[waiting->sender];

    if (play->has_failed || waiting->touched != receiver->touched ||
        receiver->client == NULL ||
        stellar__session_is_over(&receiver->client->session) ||
        stellar__queue_bytes(receiver->client->session.queue) > 0 ||
        !sender->sayings[waiting->saying].is_single) {
        return;
    }
    if (receiver->heard[waiting->sender] <= waiting->saying) {
        fail(receiver, "was not told what this one said", sender->id, 36);
    }
}


void session_check_settled(struct play *play)
{
    unsigned i;

    for (i = 0; i < play->guest_count; i++) {
        struct guest *guest = &play->guests[i];

        if (guest->client == NULL || guest->is_lost ||
            guest->client->session.state == STELLAR__SESSION_CLOSED) {
            continue;
        }
        if (guest->client->appetite == FAKE_ALL &&
            stellar__queue_bytes(guest->client->session.queue) > 0) {
            fail(guest, "reads, and is not told what waits", "", 0);
        }
        if (stellar__queue_bytes(guest->client->session.queue) == 0) {
            check_answers(guest);
        }
    }
    if (!play->has_failed) {
        check_rooms(play);
    }
    for (i = 0; i < play->waiting_count; i++) {
        check_waiting(play, &play->waiting[i]);
    }
    play->waiting_count = 0;
    play->is_stirred = false;
}
