/*
 * driver WORK LOOPS REST COUNT: does one kind of work COUNT times, on sessions without
 * sockets. The cost is counted from outside, for two values of COUNT: the difference
 * does not contain the work before and after. REST is the amount of other things that
 * should not matter: idle connections for requests, rooms for chat.
 *
 * Everything is the server's own code except the transport, which takes all output, and
 * the platform: a clock that stands still, ids from a generator, mail that is delivered
 * in turn.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "inbox.h"
#include "message.h"
#include "queue.h"
#include "rooms.h"
#include "server_internal.h"
#include "session.h"
#include "shard.h"

#define LOOPS_MAX 8
#define DEPTH     16 /* requests in one read */

struct shard {
    struct stellar__shard shard;
    struct stellar__message *oldest; /* mail */
    struct stellar__message *newest;
};

static struct stellar_server server;
static struct shard shards[LOOPS_MAX];
static struct stellar__shard *shard_list[LOOPS_MAX];
static struct stellar__shard *current; /* the shard whose thread this is */
static uint64_t random_state = 1;
static uint64_t sent; /* bytes sent by all transports */


static void fail(const char *what)
{
    fprintf(stderr, "driver: %s\n", what);
    exit(1);
}


static void *must(void *block)
{
    if (block == NULL) {
        fail("out of memory");
    }
    return block;
}


/* The server's memory, clock, ids and mail. */

static void *allocate(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}


static void *resize(void *context, void *block, size_t size)
{
    (void)context;
    return realloc(block, size);
}


static void release(void *context, void *block)
{
    (void)context;
    free(block);
}


static uint64_t wall_clock(void *context)
{
    (void)context;
    return UINT64_C(1700000000000);
}


static bool random_bytes(void *context, void *bytes, size_t length)
{
    unsigned char *out = bytes;
    size_t i;

    (void)context;
    for (i = 0; i < length; i++) {
        random_state = random_state * UINT64_C(6364136223846793005) + 1;
        out[i] = (unsigned char)(random_state >> 33);
    }
    return true;
}


static bool is_own_thread(void *context)
{
    return &((struct shard *)context)->shard == current;
}


static bool post(void *context, struct stellar__message *message)
{
    struct shard *shard = context;

    message->next = NULL;
    if (shard->oldest == NULL) {
        shard->oldest = message;
    } else {
        shard->newest->next = message;
    }
    shard->newest = message;
    return true;
}


static void deliver_mail(struct shard *shard)
{
    while (shard->oldest != NULL) {
        struct stellar__message *message = shard->oldest;

        shard->oldest = message->next;
        stellar__message_deliver(&shard->shard, message);
    }
}


static void sync_mailbox(void *context)
{
    deliver_mail(context);
}


static void lock_updates(void *context, bool lock)
{
    (void)context;
    (void)lock;
}


/* Runs one iteration of each loop. */
static void settle(void)
{
    unsigned i;

    for (i = 0; i < server.options.threads; i++) {
        current = &shards[i].shard;
        deliver_mail(&shards[i]);
        stellar__shard_end_iteration(&shards[i].shard);
    }
}


/* The transport. */

static size_t sink_write(struct stellar_connection *session, const char *bytes,
                         size_t length)
{
    (void)session;
    (void)bytes;
    sent += length;
    return length;
}


static void sink_pump(struct stellar_connection *session)
{
    sent += stellar__queue_bytes(session->queue);
    stellar__queue_clear(&session->queue);
}


static void sink_end(struct stellar_connection *session)
{
    (void)session;
}


static bool sink_has_moved(struct stellar_connection *session)
{
    (void)session;
    return true;
}


static void sink_resume(struct stellar_connection *session)
{
    (void)session;
}


static const struct stellar__transport_ops transport = {.write = sink_write,
                                                        .pump = sink_pump,
                                                        .end = sink_end,
                                                        .abort = sink_end,
                                                        .has_moved = sink_has_moved,
                                                        .resume = sink_resume};


/* The server. */

/* Does the same work as the action status of the demonstration module. */
static void run_status(struct stellar_call *call, void *data)
{
    struct stellar_writer *writer = stellar_call_writer(call);

    (void)data;
    stellar_write_key(writer, "id");
    stellar_write_text(writer, "59f03403-5886-410c-9ca1-7c99e5c3e96e");
    stellar_write_key(writer, "stellarVersion");
    stellar_write_text(writer, "0.1.0");
    stellar_write_key(writer, "uptime");
    stellar_write_integer(writer, 123456);
    stellar_call_finish(call);
}


static void start(unsigned loops)
{
    static const struct stellar_action status = {
        .name = "status", .version = 1, .run = run_status};
    struct stellar__common *common = &server.common;
    unsigned i;

    server.memory = (struct stellar_allocator){allocate, resize, release, NULL};
    stellar_server_options_init(&server.options);
    server.options.threads = loops;
    server.actions = must(stellar__actions_new(&server.memory));
    if (stellar__actions_add(server.actions, &status) != STELLAR_OK) {
        fail("the action is refused");
    }
    common->server = &server;
    common->memory = &server.memory;
    common->options = &server.options;
    common->actions = server.actions;
    common->shards = shard_list;
    common->shard_count = loops;
    stellar_framing_init(&common->framing);
    common->framing.telnet = true;
    for (i = 0; i < loops; i++) {
        const struct stellar__platform platform = {
            .context = &shards[i],
            .wall_clock = wall_clock,
            .clock = wall_clock,
            .random = random_bytes,
            .is_own_thread = is_own_thread,
            .post = post,
            .sync_mailbox = sync_mailbox,
            .lock_updates = lock_updates,
        };

        stellar__shard_init(&shards[i].shard, common, &platform);
        shard_list[i] = &shards[i].shard;
    }
    current = shard_list[0];
}


static struct stellar_connection *connect_to(unsigned loop)
{
    struct stellar_connection *session = must(calloc(1, sizeof *session));

    current = shard_list[loop];
    if (stellar__session_open(session, current, &transport, "127.0.0.1", 40000) !=
        STELLAR_OK) {
        fail("a session is refused");
    }
    return session;
}


static void receive(struct stellar_connection *session, const char *bytes,
                    size_t length)
{
    current = session->shard;
    if (stellar__session_receive(session, bytes, length).length > 0) {
        fail("a session pauses");
    }
}


static void create_rooms(unsigned long count)
{
    char name[32];
    unsigned long i;
    unsigned loop;

    for (i = 0; i < count; i++) {
        snprintf(name, sizeof name, "room%lu", i);
        for (loop = 0; loop < server.options.threads; loop++) {
            if (stellar__room_add(shard_list[loop],
                                  (struct stellar_slice){name, strlen(name)}) != 0) {
                fail("a room is refused");
            }
        }
    }
}


/* The work. */

static void request(const char *line, unsigned long idle, unsigned long count)
{
    struct stellar_connection *session;
    char lines[2048];
    size_t length = strlen(line);
    uint64_t before;
    unsigned long i;

    for (i = 0; i < idle; i++) {
        connect_to(0);
    }
    session = connect_to(0);
    for (i = 0; i < DEPTH; i++) {
        memcpy(lines + i * (length + 1), line, length);
        lines[i * (length + 1) + length] = '\n';
    }
    receive(session, lines, DEPTH * (length + 1));
    before = sent;
    for (i = 0; i < count; i += DEPTH) {
        receive(session, lines, DEPTH * (length + 1));
    }
    if (count > 0 && sent - before < count * 40) {
        fail("answers are missing");
    }
}


/* Makes `count` deliveries to that many members, with `outstanding` lines in one
 * read. */
static void chat(unsigned long members, unsigned long outstanding, unsigned long rooms,
                 unsigned long count)
{
    static const char join[] = "roomAdd room0\n";
    static const char line[] =
        "say room0 "
        "0123456789012345678901234567890123456789012345678901234567890123\n";
    char lines[DEPTH * sizeof line];
    struct stellar_connection *speaker = NULL;
    uint64_t before;
    unsigned long i;

    create_rooms(rooms);
    for (i = 0; i < members; i++) {
        speaker = connect_to((unsigned)i % server.options.threads);
        receive(speaker, join, sizeof join - 1);
        settle();
    }
    for (i = 0; i < outstanding; i++) {
        memcpy(lines + i * (sizeof line - 1), line, sizeof line - 1);
    }
    before = sent;
    for (i = 0; i < count; i += members * outstanding) {
        receive(speaker, lines, outstanding * (sizeof line - 1));
        settle();
    }
    if (count > 0 && sent - before < count * 150) {
        fail("deliveries are missing");
    }
}


static void come_and_go(unsigned long idle, unsigned long count)
{
    unsigned long i;

    for (i = 0; i < idle; i++) {
        connect_to(0);
    }
    for (i = 0; i < count; i++) {
        struct stellar_connection *session = connect_to(0);

        receive(session, "quit\n", 5);
        stellar__session_close(session);
        free(session);
    }
}


static void join_and_leave(unsigned long rooms, unsigned long count)
{
    static const char lines[] = "roomAdd room0\nroomLeave room0\n";
    struct stellar_connection *session;
    unsigned long i;

    create_rooms(rooms);
    session = connect_to(0);
    for (i = 0; i < count; i += 2) {
        receive(session, lines, sizeof lines - 1);
    }
}


static unsigned long number(const char *text)
{
    return strtoul(text, NULL, 10);
}


int main(int argc, char **argv)
{
    unsigned long rest;
    unsigned long count;
    unsigned long members;
    unsigned long outstanding;

    if (argc != 5 || number(argv[2]) < 1 || number(argv[2]) > LOOPS_MAX) {
        fail("usage: driver WORK LOOPS REST COUNT");
    }
    start((unsigned)number(argv[2]));
    rest = number(argv[3]);
    count = number(argv[4]);
    if (sscanf(argv[1], "say:%lu:%lu", &members, &outstanding) == 2 &&
        outstanding <= DEPTH) {
        chat(members, outstanding, rest, count);
    } else if (strcmp(argv[1], "connect") == 0) {
        come_and_go(rest, count);
    } else if (strcmp(argv[1], "room") == 0) {
        join_and_leave(rest, count);
    } else {
        request(argv[1], rest, count);
    }
    return 0;
}
