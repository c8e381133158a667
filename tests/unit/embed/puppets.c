#include "puppets.h"

#include <linux/sockios.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "connect.h"


static void obey(struct puppet *puppet, const char *room)
{
    struct puppets *all = puppet->all;

    pthread_mutex_lock(&all->lock);
    puppet->thread = pthread_self();
    puppet->room = room;
    puppet->is_throttled = true;
    pthread_cond_broadcast(&all->changed);
    while (!puppet->is_let_go) {
        if (puppet->task != NULL) {
            pthread_mutex_unlock(&all->lock);
            puppet->task(puppet->data);
            pthread_mutex_lock(&all->lock);
            puppet->task = NULL;
            pthread_cond_broadcast(&all->changed);
        }
        if (!puppet->is_let_go) {
            pthread_cond_wait(&all->changed, &all->lock);
        }
    }
    puppet->is_throttled = puppet->is_let_go = false;
    pthread_cond_broadcast(&all->changed);
    pthread_mutex_unlock(&all->lock);
}


static struct puppet *take_next(struct puppets *all)
{
    struct puppet *puppet;

    pthread_mutex_lock(&all->lock);
    puppet = all->next;
    all->next = NULL;
    pthread_mutex_unlock(&all->lock);
    return puppet;
}


static void hold(struct stellar_call *call, void *data)
{
    obey(take_next(data), NULL);
    stellar_call_finish(call);
}


static const char *on_room(void *data, struct stellar_connection *connection,
                           const char *room)
{
    struct puppet *puppet = take_next(data);

    (void)connection;
    if (puppet != NULL) {
        obey(puppet, room);
    }
    return NULL;
}


static const char *on_say(void *data, struct stellar_connection *connection,
                          const char *room, const char *message, size_t length)
{
    (void)message;
    (void)length;
    return on_room(data, connection, room);
}


/* Sends in one segment: the system holds a second one back until the first is
 * acknowledged. */
void client_say(int client, const char *line)
{
    struct iovec parts[] = {{(void *)(uintptr_t)line, strlen(line)}, {"\r\n", 2}};

    assert_int_equal(writev(client, parts, 2), (ssize_t)strlen(line) + 2);
}


void client_await_arrival(int client)
{
    int unacknowledged;

    do {
        assert_int_equal(ioctl(client, SIOCOUTQ, &unacknowledged), 0);
        sched_yield();
    } while (unacknowledged > 0);
}


size_t client_read(int client, const char *text, char *out, size_t capacity)
{
    size_t length = 0;
    size_t line = 0;

    for (;;) {
        assert_true(length + 1 < capacity);
        assert_int_equal(read(client, out + length, 1), 1);
        out[++length] = '\0';
        if (out[length - 1] != '\n') {
            continue;
        }
        if (strstr(out + line, text) != NULL) {
            return length;
        }
        line = length;
    }
}


struct stellar_server_options puppets_options(struct puppets *puppets, unsigned count)
{
    struct stellar_server_options options;

    memset(puppets, 0, sizeof *puppets);
    puppets->count = count;
    stellar_server_options_init(&options);
    options.port = 0;
    options.threads = count;
    options.hooks = (struct stellar_hooks){
        .data = puppets, .join = on_room, .leave = on_room, .say = on_say};
    return options;
}


static void *serve(void *server)
{
    assert_int_equal(stellar_server_run(server), 0);
    return NULL;
}


/* Connects a client, which then holds its loop. */
static void find_loop(struct puppets *all, unsigned number)
{
    struct puppet *puppet = &all->loops[number];
    char line[4096];

    puppet->all = all;
    puppet->number = number;
    puppet->holder = connect_to(all->server);
    client_read(puppet->holder, "welcome", line, sizeof line);
    puppet_hold(puppet);
}


/* Makes the loop on the thread of stellar_server_run() the first. */
static void find_first(struct puppets *all)
{
    unsigned i = 0;
    int holder;

    while (!pthread_equal(all->loops[i].thread, all->thread)) {
        i++;
    }
    holder = all->loops[i].holder;
    all->loops[i].holder = all->loops[0].holder;
    all->loops[0].holder = holder;
}


void puppets_start(struct puppets *puppets,
                   const struct stellar_server_options *options)
{
    static struct stellar_action action = {.name = "hold", .version = 1, .run = hold};
    unsigned i;

    pthread_mutex_init(&puppets->lock, NULL);
    pthread_cond_init(&puppets->changed, NULL);
    action.data = puppets;
    assert_int_equal(stellar_server_create(&puppets->server, options, NULL, 0), 0);
    assert_int_equal(stellar_server_add_action(puppets->server, &action), 0);
    assert_int_equal(stellar_server_listen(puppets->server, NULL, 0), 0);
    assert_int_equal(pthread_create(&puppets->thread, NULL, serve, puppets->server), 0);
    for (i = 0; i < puppets->count; i++) {
        find_loop(puppets, i);
    }
    for (i = 0; i < puppets->count; i++) {
        puppet_release(&puppets->loops[i]);
    }
    find_first(puppets);
}


void puppets_end(struct puppets *puppets)
{
    stellar_server_stop(puppets->server, true);
    assert_int_equal(pthread_join(puppets->thread, NULL), 0);
    puppets_free(puppets);
}


void puppets_free(struct puppets *puppets)
{
    unsigned i;

    assert_int_equal(stellar_server_destroy(puppets->server), 0);
    for (i = 0; i < puppets->count; i++) {
        close(puppets->loops[i].holder);
    }
    pthread_mutex_destroy(&puppets->lock);
    pthread_cond_destroy(&puppets->changed);
}


void puppet_expect(struct puppet *puppet)
{
    pthread_mutex_lock(&puppet->all->lock);
    puppet->all->next = puppet;
    pthread_mutex_unlock(&puppet->all->lock);
}


void puppet_await(struct puppet *puppet)
{
    pthread_mutex_lock(&puppet->all->lock);
    while (!puppet->is_throttled) {
        pthread_cond_wait(&puppet->all->changed, &puppet->all->lock);
    }
    pthread_mutex_unlock(&puppet->all->lock);
}


void puppet_hold(struct puppet *puppet)
{
    puppet_expect(puppet);
    client_say(puppet->holder, "hold");
    puppet_await(puppet);
}


void puppet_call(struct puppet *puppet, void (*task)(void *data), void *data)
{
    struct puppets *all = puppet->all;

    pthread_mutex_lock(&all->lock);
    puppet->data = data;
    puppet->task = task;
    pthread_cond_broadcast(&all->changed);
    while (puppet->task != NULL) {
        pthread_cond_wait(&all->changed, &all->lock);
    }
    pthread_mutex_unlock(&all->lock);
}


void puppet_release(struct puppet *puppet)
{
    struct puppets *all = puppet->all;

    pthread_mutex_lock(&all->lock);
    puppet->is_let_go = true;
    pthread_cond_broadcast(&all->changed);
    while (puppet->is_throttled) {
        pthread_cond_wait(&all->changed, &all->lock);
    }
    pthread_mutex_unlock(&all->lock);
}


int puppet_client(struct puppet *puppet, char *id)
{
    struct puppets *all = puppet->all;
    char line[4096];
    unsigned i;
    int client;

    for (i = 0; i < all->count; i++) {
        if (i != puppet->number) {
            puppet_hold(&all->loops[i]);
        }
    }
    client = connect_to(all->server);
    client_say(client, "detailsView");
    client_read(client, "\"id\":\"", line, sizeof line);
    memcpy(id, strstr(line, "\"id\":\"") + 6, 36);
    id[36] = '\0';
    for (i = 0; i < all->count; i++) {
        if (i != puppet->number) {
            puppet_release(&all->loops[i]);
        }
    }
    return client;
}
