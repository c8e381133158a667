/*
 * Members of rooms say lines. It is known who must get them, so every delivery is
 * checked: to the right room, undamaged, once, and in order.
 *
 * A sender has `pipeline` messages outstanding. It sends them in one write, and sends
 * the next ones when every member has received all of them. So this measures the cost
 * of fan-out, and the slowest member counts. A time runs from that write to the read
 * that brings the delivery to a member.
 *
 * Each member expects the next number from each sender in its room. A higher number is
 * a gap: the numbers in between stay outstanding, and count as missing at the end if
 * they do not come. A lower number is a repetition, or comes too late.
 */
#include <stdlib.h>
#include <string.h>

#include "deal.h"
#include "modes.h"
#include "payload.h"
#include "template.h"

struct sender {
    struct stellar__connection *connection;
    size_t room;    /* index among the thread's rooms */
    size_t members; /* number of members that get its messages */
    uint32_t next;  /* number of its next message */
    char *text;     /* all lines that are sent at once */
    size_t length;  /* of one line, with its end */
    size_t at;      /* where the message begins in a line */
};

struct chat {
    size_t rooms; /* of this thread */
    size_t members;
    size_t sender_count;
    size_t slots; /* the most senders in a room */
    size_t speaking;
    struct sender *senders;
    size_t *done; /* senders whose messages have all been delivered */
    size_t done_count;
    uint32_t *expected; /* `slots` for each member */
    char *pattern;      /* a message */
};

/* Deliveries from the same write of the same sender that come in one read. */
struct run {
    struct sender *sender;
    uint64_t count;
};


/* Prepares the lines of a sender. Returns false if there is no memory, or no place for
 * the message in the line. */
static bool lay_out(struct stellar__worker *worker, struct sender *sender,
                    unsigned number)
{
    const struct stellar__bench_options *options = worker->options;
    const struct stellar__bench_bytes *end = &options->request_end;
    size_t size = stellar__template_size(&options->say, options->size) + end->length;
    char room[STELLAR__ROOM_MAX];
    char *message = malloc(options->size);
    char *mark;
    size_t i;

    sender->text = malloc(size * options->pipeline);
    if (message == NULL || sender->text == NULL) {
        free(message);
        return false;
    }
    stellar__payload_write(message, options->size, number, 0);
    stellar__template_room(options, stellar__worker_room(worker, sender->connection),
                           room);
    sender->length = stellar__template_fill(&options->say, room, message, options->size,
                                            sender->text);
    mark = memmem(sender->text, sender->length, message, options->size);
    sender->at = mark != NULL ? (size_t)(mark - sender->text) : 0;
    memcpy(sender->text + sender->length, end->data, end->length);
    sender->length += end->length;
    for (i = 1; i < options->pipeline; i++) {
        memcpy(sender->text + i * sender->length, sender->text, sender->length);
    }
    free(message);
    return true;
}


static bool prepare_senders(struct stellar__worker *worker, struct chat *chat)
{
    const struct stellar__bench_options *options = worker->options;
    struct sender *sender;
    size_t i;

    for (i = 0; i < chat->sender_count; i++) {
        sender = &chat->senders[i];
        sender->connection =
            &worker->connections[(options->outside ? chat->members : 0) + i];
        sender->room = i % chat->rooms;
        sender->members =
            chat->members / chat->rooms + (sender->room < chat->members % chat->rooms);
        if (!lay_out(worker, sender,
                     (unsigned)(i * options->threads + worker->number))) {
            return false;
        }
    }
    return true;
}


static bool prepare(struct stellar__worker *worker)
{
    const struct stellar__bench_options *options = worker->options;
    struct chat *chat = calloc(1, sizeof *chat);

    worker->state = chat;
    if (chat == NULL) {
        return false;
    }
    chat->rooms = stellar__chat_rooms(options, worker->number);
    chat->members = stellar__chat_members(options, worker->number);
    chat->sender_count = stellar__chat_senders(options, worker->number);
    chat->slots = (chat->sender_count + chat->rooms - 1) / chat->rooms;
    chat->speaking = chat->sender_count;
    chat->senders = calloc(chat->sender_count + 1, sizeof *chat->senders);
    chat->done = calloc(chat->sender_count + 1, sizeof *chat->done);
    chat->expected = calloc(chat->members * chat->slots + 1, sizeof *chat->expected);
    chat->pattern = malloc(options->size);
    if (chat->senders == NULL || chat->done == NULL || chat->expected == NULL ||
        chat->pattern == NULL) {
        return false;
    }
    stellar__payload_write(chat->pattern, options->size, 0, 0);
    return prepare_senders(worker, chat);
}


/* When no sender has anything left to say, members may go, too. */
static void fall_silent(struct stellar__worker *worker, struct chat *chat)
{
    size_t i;

    if (--chat->speaking > 0) {
        return;
    }
    for (i = 0; i < worker->connection_count; i++) {
        stellar__connection_retire(worker, &worker->connections[i]);
    }
}


static void speak(struct stellar__worker *worker, struct sender *sender, uint64_t now)
{
    struct chat *chat = worker->state;
    struct stellar__connection *connection = sender->connection;
    size_t count = stellar__worker_claim(worker, worker->options->pipeline, now,
                                         &connection->measured);
    size_t i;

    if (!connection->active || count == 0) {
        fall_silent(worker, chat);
        return;
    }
    for (i = 0; i < count; i++) {
        stellar__payload_renumber(sender->text + i * sender->length + sender->at,
                                  sender->next++);
    }
    worker->sent += count;
    connection->outstanding = count * sender->members;
    connection->sent_at = now;
    stellar__connection_send(worker, connection, sender->text, count * sender->length);
}


static void begin(struct stellar__worker *worker,
                  struct stellar__connection *connection)
{
    struct chat *chat = worker->state;
    size_t first = worker->options->outside ? chat->members : 0;
    size_t index = (size_t)(connection - worker->connections);

    if (index >= first && index - first < chat->sender_count) {
        speak(worker, &chat->senders[index - first], stellar__bench_now());
    } else if (chat->sender_count == 0) {
        stellar__connection_retire(worker, connection);
    }
}


static void record_run(struct stellar__worker *worker, struct run *run, uint64_t now)
{
    struct stellar__connection *connection;
    struct chat *chat = worker->state;

    if (run->count == 0) {
        return;
    }
    connection = run->sender->connection;
    worker->tally.answers += run->count;
    if (connection->measured) {
        stellar__worker_record(worker, connection->sent_at, now, run->count);
    }
    if (run->count <= connection->outstanding) {
        connection->outstanding -= (size_t)run->count;
    }
    if (connection->outstanding == 0 && !connection->wants_room) {
        chat->done[chat->done_count++] = (size_t)(run->sender - chat->senders);
    }
    run->count = 0;
}


static void tell_unexpected(struct stellar__worker *worker, const char *bytes)
{
    struct stellar__answer_tally *tally = &worker->tally;
    size_t length = worker->options->size;

    if (tally->unexpected++ > 0) {
        return;
    }
    tally->shown_length = length < sizeof tally->shown ? length : sizeof tally->shown;
    memcpy(tally->shown, bytes, tally->shown_length);
}


/* Handles one whole message. */
static void take_message(struct stellar__worker *worker, size_t member,
                         const char *bytes, unsigned id, uint32_t number,
                         struct run *run, uint64_t now)
{
    struct chat *chat = worker->state;
    size_t threads = worker->options->threads;
    size_t index = id / threads;
    struct sender *sender = &chat->senders[index];
    uint32_t *expected;

    if (id % threads != worker->number || index >= chat->sender_count ||
        member >= chat->members || sender->room != member % chat->rooms) {
        tell_unexpected(worker, bytes);
        return;
    }
    expected = &chat->expected[member * chat->slots + index / chat->rooms];
    if (number != *expected) {
        worker->disordered++;
        if ((int32_t)(number - *expected) < 0) {
            return;
        }
    }
    *expected = number + 1;
    if (sender != run->sender) {
        record_run(worker, run, now);
    }
    run->sender = sender;
    run->count++;
}


/* Finds the messages. Bytes that may be the beginning of a message are kept. */
static void scan(struct stellar__worker *worker, struct stellar__connection *connection,
                 const char *at, const char *end, struct run *run, uint64_t now)
{
    const struct chat *chat = worker->state;
    size_t size = worker->options->size;
    size_t member = (size_t)(connection - worker->connections);
    unsigned sender;
    uint32_t number;
    enum stellar__payload_kind kind;

    while (at < end &&
           (at = memchr(at, STELLAR__PAYLOAD_MARK, (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) < size) {
            connection->stream.tail_length = (size_t)(end - at);
            memcpy(connection->stream.tail, at, (size_t)(end - at));
            return;
        }
        kind = stellar__payload_read(at, chat->pattern, size, &sender, &number);
        if (kind == STELLAR__PAYLOAD_WHOLE) {
            take_message(worker, member, at, sender, number, run, now);
        } else if (kind == STELLAR__PAYLOAD_DAMAGED) {
            tell_unexpected(worker, at);
        }
        at += kind == STELLAR__PAYLOAD_WHOLE ? size : 1;
    }
}


static void take(struct stellar__worker *worker, struct stellar__connection *connection,
                 char *bytes, size_t length)
{
    struct chat *chat = worker->state;
    struct stellar__answer_stream *stream = &connection->stream;
    struct run run = {NULL, 0};
    uint64_t now = stellar__bench_now();
    char *begin_at = bytes - stream->tail_length;

    memcpy(begin_at, stream->tail, stream->tail_length);
    stream->tail_length = 0;
    scan(worker, connection, begin_at, bytes + length, &run, now);
    if (run.count > 0) {
        worker->answered_at = now;
    }
    record_run(worker, &run, now);
    while (chat->done_count > 0) {
        speak(worker, &chat->senders[chat->done[--chat->done_count]], now);
    }
}


/* Messages that a full socket delayed may have been delivered already. */
static void sent(struct stellar__worker *worker, struct stellar__connection *connection)
{
    struct chat *chat = worker->state;
    size_t first = worker->options->outside ? chat->members : 0;

    if (connection->active && connection->outstanding == 0) {
        speak(worker,
              &chat->senders[(size_t)(connection - worker->connections) - first],
              stellar__bench_now());
    }
}


static void release(struct stellar__worker *worker)
{
    struct chat *chat = worker->state;
    size_t i;

    if (chat->senders != NULL) {
        for (i = 0; i < chat->sender_count; i++) {
            free(chat->senders[i].text);
        }
    }
    free(chat->senders);
    free(chat->done);
    free(chat->expected);
    free(chat->pattern);
    free(chat);
}


const struct stellar__bench_mode stellar__bench_chat = {
    .name = "chat",
    .noun = "deliveries",
    .sent_noun = "says",
    .prepare = prepare,
    .ready = stellar__worker_ignore,
    .begin = begin,
    .take = take,
    .sent = sent,
    .tick = stellar__worker_never,
    .release = release,
};
