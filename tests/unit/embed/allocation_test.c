/* A whole server over real sockets, while each allocation in turn is refused: it never
 * crashes or leaks, and if a client is not served, its stream ends. */
#include <netinet/in.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "stellar/server.h"

/* Counts the blocks that are in use, and refuses one allocation. */
struct memory {
    atomic_long balance;
    atomic_long count;
    long refused; /* the number of the one that fails; 0: none */
};


static bool is_refused(struct memory *memory)
{
    return atomic_fetch_add(&memory->count, 1) + 1 == memory->refused;
}


static void *take(void *context, size_t size)
{
    struct memory *memory = context;
    void *block = is_refused(memory) ? NULL : malloc(size);

    if (block != NULL) {
        atomic_fetch_add(&memory->balance, 1);
    }
    return block;
}


static void *change(void *context, void *block, size_t size)
{
    struct memory *memory = context;
    void *changed = is_refused(memory) ? NULL : realloc(block, size);

    if (changed != NULL && block == NULL) {
        atomic_fetch_add(&memory->balance, 1);
    }
    return changed;
}


static void give_back(void *context, void *block)
{
    struct memory *memory = context;

    if (block != NULL) {
        atomic_fetch_sub(&memory->balance, 1);
    }
    free(block);
}


static void *serve(void *server)
{
    stellar_server_run(server);
    return NULL;
}


static void finish(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_call_finish(call);
}


static void answer_later(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_write_key(stellar_call_writer(call), "ok");
    stellar_write_boolean(stellar_call_writer(call), true);
    stellar_call_delay(call, 1, finish, NULL);
}


/* Talks until the server ends the stream. The last line makes it say goodbye, if it can
 * hear it. */
static void converse(int port)
{
    static const char lines[] = "paramAdd a=1\nparamsView\nroomAdd room\nsay room hi\n"
                                "{\"action\":\"later\",\"params\":{\"b\":[1,2]}}\n"
                                "detailsView\nroomView room\nnosuch\n\xff\nquit\n";
    struct sockaddr_in address = {.sin_family = AF_INET};
    struct timeval patience = {.tv_sec = 20};
    int client = socket(AF_INET, SOCK_STREAM, 0);
    char answers[4096];
    ssize_t length;

    address.sin_port = htons((uint16_t)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(client >= 0);
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(client, (struct sockaddr *)&address, sizeof address), 0);
    if (send(client, lines, sizeof lines - 1, MSG_NOSIGNAL) > 0) {
        do {
            length = read(client, answers, sizeof answers);
        } while (length > 0);
    }
    close(client);
}


/* One server from beginning to end. False: it could not even be made. */
static bool play(struct memory *memory, unsigned threads)
{
    static const struct stellar_action later = {
        .name = "later",
        .version = 1,
        .run = answer_later,
    };
    struct stellar_server_options options;
    struct stellar_server *server;
    pthread_t thread;
    char error[200];
    bool made;

    stellar_server_options_init(&options);
    options.port = 0;
    options.threads = threads;
    options.allocator = (struct stellar_allocator){take, change, give_back, memory};
    if (stellar_server_create(&server, &options, error, sizeof error) != 0) {
        assert_null(server);
        return false;
    }
    made = stellar_server_add_action(server, &later) == 0 &&
           stellar_room_create(server, "room") == 0 &&
           stellar_server_listen(server, error, sizeof error) == 0;
    if (made) {
        assert_int_equal(pthread_create(&thread, NULL, serve, server), 0);
        converse(stellar_server_port(server));
        converse(stellar_server_port(server));
        stellar_server_stop(server, false);
        assert_int_equal(pthread_join(thread, NULL), 0);
    }
    stellar_server_destroy(server);
    return made;
}


static void refuse_each_in_turn(unsigned threads)
{
    struct memory memory = {.refused = 0};
    long total;
    long i;

    assert_true(play(&memory, threads));
    assert_int_equal(memory.balance, 0);
    total = memory.count;
    for (i = 1; i <= total; i++) {
        struct memory refusing = {.refused = i};

        play(&refusing, threads);
        if (refusing.balance != 0) {
            fail_msg("%ld blocks are left when allocation %ld of %ld is refused",
                     (long)refusing.balance, i, total);
        }
    }
}


static void a_server_survives_each_refused_allocation(void **state)
{
    (void)state;
    refuse_each_in_turn(1);
}


static void so_does_one_with_two_loops(void **state)
{
    (void)state;
    refuse_each_in_turn(2);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_server_survives_each_refused_allocation),
        cmocka_unit_test(so_does_one_with_two_loops),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
