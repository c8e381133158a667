#include "world.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "config.h"
#include "reply.h"


void fake_check(bool good, const char *what)
{
    if (good) {
        return;
    }
    fprintf(stderr, "%s\n", what);
    abort();
}


void *fake_grow(void *block, size_t size)
{
    block = realloc(block, size > 0 ? size : 1);
    fake_check(block != NULL, "out of memory");
    return block;
}


/* Memory. */

static bool may_allocate(struct fake_memory *memory, size_t more)
{
    bool allowed;

    pthread_mutex_lock(&memory->lock);
    allowed = ++memory->count != memory->fail_at;
    if (allowed) {
        memory->live += more;
    }
    pthread_mutex_unlock(&memory->lock);
    return allowed;
}


static void *allocate(void *context, size_t size)
{
    void *block = may_allocate(context, 1) ? malloc(size) : NULL;

    if (block != NULL) {
        memset(block, 0xa5, size);
    }
    return block;
}


static void *resize(void *context, void *block, size_t size)
{
    return may_allocate(context, block == NULL) ? realloc(block, size) : NULL;
}


static void release(void *context, void *block)
{
    struct fake_memory *memory = context;

    if (block == NULL) {
        return;
    }
    pthread_mutex_lock(&memory->lock);
    memory->live--;
    pthread_mutex_unlock(&memory->lock);
    /* The block is overwritten, so that a later use of it is found. */
    memset(block, 0xa5, malloc_usable_size(block));
    free(block);
}


void fake_memory_init(struct fake_memory *memory)
{
    memset(memory, 0, sizeof *memory);
    pthread_mutex_init(&memory->lock, NULL);
    memory->allocator = (struct stellar_allocator){allocate, resize, release, memory};
}


/* The platform of a shard. */

static uint64_t wall_clock(void *context)
{
    const struct fake_shard *shard = context;

    return FAKE_EPOCH + shard->world->now;
}


static uint64_t microseconds(void *context)
{
    return wall_clock(context) * 1000;
}


static bool random_bytes(void *context, void *bytes, size_t length)
{
    struct fake_world *world = ((struct fake_shard *)context)->world;
    unsigned char *out = bytes;
    size_t i;

    for (i = 0; i < length; i++) {
        world->random_state = world->random_state * UINT64_C(6364136223846793005) + 1;
        out[i] = (unsigned char)(world->random_state >> 33);
    }
    return true;
}


static bool is_own_thread(void *context)
{
    const struct fake_shard *shard = context;

    return pthread_equal(pthread_self(), shard->world->thread) &&
           shard == shard->world->at;
}


static bool post(void *context, struct stellar__message *message)
{
    struct fake_shard *shard = context;

    pthread_mutex_lock(&shard->world->lock);
    if (shard->mailbox == shard->room) {
        shard->room = 2 * shard->room + 16;
        shard->inbox = fake_grow(shard->inbox, shard->room * sizeof message);
    }
    shard->inbox[shard->mailbox++] = message;
    pthread_cond_signal(&shard->world->posted);
    pthread_mutex_unlock(&shard->world->lock);
    return true;
}


static void sync_mailbox(void *context)
{
    struct fake_shard *shard = context;
    size_t i = 0;

    while (i < shard->mailbox) {
        struct stellar__message *message = shard->inbox[i];

        if (!stellar__message_is_update(message)) {
            i++;
            continue;
        }
        shard->mailbox--;
        memmove(shard->inbox + i, shard->inbox + i + 1,
                (shard->mailbox - i) * sizeof message);
        stellar__message_deliver(&shard->shard, message);
    }
}


static void lock_updates(void *context, bool lock)
{
    struct fake_shard *shard = context;

    fake_check(shard->world->news_are_locked != lock, "the updates are locked twice");
    shard->world->news_are_locked = lock;
}


static void configure(void *context, struct stellar__config *config)
{
    struct fake_shard *shard = context;

    stellar__config_adopt(&shard->shard, config);
}


static void keep_log(void *data, enum stellar_log_level level, const char *connection,
                     const char *message)
{
    struct fake_world *world = data;
    char line[700];
    int length = snprintf(line, sizeof line, "%d %s %s\n", (int)level,
                          connection != NULL ? connection : "-", message);

    world->log = fake_grow(world->log, world->log_length + (size_t)length + 1);
    memcpy(world->log + world->log_length, line, (size_t)length + 1);
    world->log_length += (size_t)length;
}


/* The world. */

static void init_common(struct fake_world *world)
{
    struct stellar__common *common = &world->server.common;

    common->server = &world->server;
    common->memory = &world->server.memory;
    common->options = &world->server.options;
    common->actions = world->server.actions;
    common->shards = world->shard_list;
    common->shard_count = world->shard_count;
    stellar_framing_init(&common->framing);
    common->framing.telnet = true;
}


struct fake_world *fake_world_new(unsigned shards)
{
    struct fake_world *world = fake_grow(NULL, sizeof *world);
    unsigned i;

    memset(world, 0, sizeof *world);
    fake_memory_init(&world->memory);
    pthread_mutex_init(&world->lock, NULL);
    pthread_cond_init(&world->posted, NULL);
    world->thread = pthread_self();
    world->random_state = 1;
    world->shard_count = shards;
    world->server.memory = world->memory.allocator;
    stellar_server_options_init(&world->server.options);
    world->server.options.id = "the server";
    world->server.options.threads = shards;
    world->server.options.log = keep_log;
    world->server.options.log_data = world;
    world->server.actions = stellar__actions_new(&world->server.memory);
    world->server.shards = world->shard_list;
    init_common(world);
    for (i = 0; i < shards; i++) {
        const struct stellar__platform platform = {
            &world->shards[i], wall_clock,    microseconds,
            random_bytes,      is_own_thread, post,
            sync_mailbox,      lock_updates,  configure,
        };

        world->shards[i].world = world;
        world->shard_list[i] = &world->shards[i].shard;
        stellar__shard_init(&world->shards[i].shard, &world->server.common, &platform);
    }
    world->at = &world->shards[0];
    return world;
}


void fake_world_free(struct fake_world *world)
{
    unsigned i;

    fake_settle(world);
    for (i = 0; i < world->shard_count; i++) {
        fake_at(world, i);
        stellar__call_end_delays(&world->shards[i].shard);
    }
    fake_settle(world);
    for (i = 0; i < world->shard_count; i++) {
        stellar__shard_free(&world->shards[i].shard);
        free(world->shards[i].inbox);
    }
    stellar__actions_free(world->server.actions);
    fake_check(world->memory.live == 0, "memory is left");
    pthread_mutex_destroy(&world->lock);
    pthread_cond_destroy(&world->posted);
    pthread_mutex_destroy(&world->memory.lock);
    free(world->log);
    free(world);
}


void fake_add_action(struct fake_world *world, const char *name,
                     void (*run)(struct stellar_call *call, void *data))
{
    struct stellar_action *action = &world->actions[world->action_count++];

    fake_check(world->action_count <= FAKE_ACTIONS, "too many actions");
    action->name = name;
    action->version = 1;
    action->run = run;
    action->data = world;
    fake_check(stellar__actions_add(world->server.actions, action) == STELLAR_OK,
               "an action was refused");
}


void fake_finish(struct stellar_call *call, void *data)
{
    (void)data;
    stellar_write_key(stellar_call_writer(call), "done");
    stellar_write_boolean(stellar_call_writer(call), true);
    stellar_call_finish(call);
}


void fake_park(struct stellar_call *call, void *data)
{
    struct fake_world *world = data;

    fake_check(world->call_count < FAKE_CALLS, "too many calls are parked");
    world->calls[world->call_count++] = call;
}


struct stellar_call *fake_unpark(struct fake_world *world)
{
    struct stellar_call *call = world->calls[0];

    fake_check(world->call_count > 0, "no call is parked");
    world->call_count--;
    memmove(world->calls, world->calls + 1, world->call_count * sizeof call);
    return call;
}


void fake_at(struct fake_world *world, unsigned shard)
{
    world->at = &world->shards[shard];
}


bool fake_deliver(struct fake_world *world, unsigned shard)
{
    struct fake_shard *at = &world->shards[shard];
    struct fake_shard *before = world->at;
    struct stellar__message *message = NULL;

    pthread_mutex_lock(&world->lock);
    if (at->mailbox > 0) {
        message = at->inbox[0];
        at->mailbox--;
        memmove(at->inbox, at->inbox + 1, at->mailbox * sizeof message);
    }
    pthread_mutex_unlock(&world->lock);
    if (message == NULL) {
        return false;
    }
    world->at = at;
    stellar__message_deliver(&at->shard, message);
    world->at = before;
    return true;
}


static bool deliver_all(struct fake_world *world)
{
    bool any = false;
    unsigned i;

    for (i = 0; i < world->shard_count; i++) {
        while (fake_deliver(world, i)) {
            any = true;
        }
    }
    return any;
}


void fake_settle(struct fake_world *world)
{
    unsigned i;

    do {
        while (deliver_all(world)) {
            continue;
        }
        for (i = 0; i < world->shard_count; i++) {
            stellar__shard_end_iteration(&world->shards[i].shard);
        }
        /* Flushing finds peers that are lost, which is more mail for the others. */
    } while (deliver_all(world));
}


void fake_wait_for_mail(struct fake_world *world, unsigned shard)
{
    pthread_mutex_lock(&world->lock);
    while (world->shards[shard].mailbox == 0) {
        pthread_cond_wait(&world->posted, &world->lock);
    }
    pthread_mutex_unlock(&world->lock);
}


static uint64_t next_deadline(const struct fake_world *world)
{
    uint64_t next = UINT64_MAX;
    unsigned i;

    for (i = 0; i < world->shard_count; i++) {
        uint64_t deadline = stellar__timers_next(&world->shards[i].shard.timers);

        next = deadline < next ? deadline : next;
    }
    return next;
}


static void run_timers(struct fake_world *world)
{
    unsigned i;

    for (i = 0; i < world->shard_count; i++) {
        world->shards[i].shard.now = world->now;
        fake_at(world, i);
        stellar__timers_run(&world->shards[i].shard.timers, world->now);
    }
    fake_at(world, 0);
}


void fake_advance(struct fake_world *world, uint64_t milliseconds)
{
    uint64_t until = world->now + milliseconds;
    uint64_t next;

    while ((next = next_deadline(world)) <= until) {
        world->now = next > world->now ? next : world->now;
        run_timers(world);
        if (!world->is_idle) {
            fake_settle(world);
        }
    }
    world->now = until;
    run_timers(world);
    if (!world->is_idle) {
        fake_settle(world);
    }
}
