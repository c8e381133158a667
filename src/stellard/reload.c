/* What a running daemon does on signals: it reads its settings again, opens its log
 * file again, or logs its counters. All this runs on the thread of the signals. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "daemon.h"
#include "exposition.h"


static bool same(const struct stellar__setting *a, const struct stellar__setting *b)
{
    size_t i;

    if (a->number != b->number || a->count != b->count) {
        return false;
    }
    for (i = 0; i < a->count; i++) {
        if (a->items[i].length != b->items[i].length ||
            memcmp(a->items[i].data, b->items[i].data, a->items[i].length) != 0) {
            return false;
        }
    }
    return true;
}


/* Settings that need a restart keep their values. The log says which of them have
 * changed. */
static void keep_restart_only(struct stellar__daemon *daemon,
                              struct stellar__settings *fresh)
{
    size_t i;

    for (i = 0; i < STELLAR__OPTION_COUNT; i++) {
        struct stellar__setting *now = &daemon->settings->all[i];
        struct stellar__setting *read = &fresh->all[i];
        struct stellar__setting kept = *now;

        if (!stellar__options[i].needs_restart || same(now, read)) {
            continue;
        }
        stellar__log_say(&daemon->log, STELLAR_LOG_WARNING,
                         "reload: %s has changed, but needs a restart",
                         stellar__options[i].path);
        *now = *read;
        *read = kept;
    }
}


/* Runs on the server's loop. Creates the rooms that the settings name and that do not
 * exist yet. */
static void make_rooms(struct stellar_server *server, void *data)
{
    struct stellar__daemon *daemon = data;
    const struct stellar__setting *rooms;
    size_t i;

    pthread_mutex_lock(&daemon->lock);
    rooms = &daemon->settings->all[STELLAR__OPTION_room];
    for (i = 0; i < rooms->count; i++) {
        int status = stellar_room_create(server, rooms->items[i].data);

        if (status == STELLAR_OK) {
            stellar__log_say(&daemon->log, STELLAR_LOG_INFO, "reload: room %s is new",
                             rooms->items[i].data);
        } else if (status != STELLAR_ERR_EXISTS) {
            stellar__log_say(&daemon->log, STELLAR_LOG_ERROR, "reload: %s: '%s': %s",
                             rooms->items[i].place, rooms->items[i].data,
                             stellar_status_text(status));
        }
    }
    pthread_mutex_unlock(&daemon->lock);
}


static bool read_anew(struct stellar__daemon *daemon, struct stellar__settings *fresh)
{
    struct stellar__command_line line;

    return stellar__settings_read(fresh, daemon->argc, daemon->argv, &line);
}


/* Makes the fresh settings the current ones, and leaves the old ones in *fresh. If it
 * returns false, nothing has changed, and error says why. */
static bool apply(struct stellar__daemon *daemon, struct stellar__settings *fresh,
                  char *error, size_t capacity)
{
    struct stellar_server_options options;
    struct stellar__settings old;

    stellar_server_options_init(&options);
    stellar__settings_apply(fresh, &options);
    if (stellar_server_reconfigure(daemon->server, &options, error, capacity) != 0) {
        stellar__settings_blame(fresh, error, capacity);
        return false;
    }
    stellar__log_set_level(&daemon->log, options.log_level);
    keep_restart_only(daemon, fresh);
    pthread_mutex_lock(&daemon->lock);
    old = *daemon->settings;
    *daemon->settings = *fresh;
    *fresh = old;
    pthread_mutex_unlock(&daemon->lock);
    return true;
}


static void reload(struct stellar__daemon *daemon)
{
    struct stellar__settings *fresh = malloc(sizeof *fresh);
    char error[STELLAR__SETTINGS_ERROR_MAX];

    stellar__notify_reloading(&daemon->notifier);
    if (fresh == NULL) {
        stellar__log_say(&daemon->log, STELLAR_LOG_ERROR,
                         "reload: out of memory; nothing has changed");
    } else if (!read_anew(daemon, fresh)) {
        stellar__log_say(&daemon->log, STELLAR_LOG_ERROR,
                         "reload: %s; nothing has changed", fresh->error);
    } else if (!apply(daemon, fresh, error, sizeof error)) {
        stellar__log_say(&daemon->log, STELLAR_LOG_ERROR,
                         "reload: %s; nothing has changed", error);
    } else {
        int status = stellar_server_post(daemon->server, make_rooms, daemon);

        if (status != STELLAR_OK) {
            stellar__log_say(&daemon->log, STELLAR_LOG_ERROR,
                             "reload: %s: new rooms are not made",
                             stellar_status_text(status));
        }
        stellar__log_say(&daemon->log, STELLAR_LOG_INFO, "reload: done");
    }
    if (fresh != NULL) {
        stellar__settings_free(fresh);
        free(fresh);
    }
    stellar__notify(&daemon->notifier, "READY=1");
}


static void reopen_log(struct stellar__daemon *daemon)
{
    if (stellar__settings_text(daemon->settings, STELLAR__OPTION_log_file) == NULL) {
        stellar__log_say(&daemon->log, STELLAR_LOG_INFO,
                         "there is no log file to be opened anew");
    } else if (stellar__daemon_open_log(daemon)) {
        stellar__log_say(&daemon->log, STELLAR_LOG_INFO, "the log goes on here");
    } else {
        stellar__log_fault(&daemon->log, "%s; the log stays where it is",
                           daemon->error);
    }
}


static void say(void *data, const char *line)
{
    stellar__log_say(data, STELLAR_LOG_INFO, "stats: %s", line);
}


static void dump_stats(struct stellar__daemon *daemon)
{
    struct stellar_stats stats;

    stellar_server_stats(daemon->server, &stats);
    stellar__log_say(&daemon->log, STELLAR_LOG_INFO, "stats: up for %.3f s",
                     (double)stellar_server_uptime(daemon->server) / 1e3);
    stellar__print_stats(&stats, say, &daemon->log);
}


void stellar__daemon_handle_signal(void *data, int number)
{
    struct stellar__daemon *daemon = data;

    switch (number) {
    case SIGHUP:
        reload(daemon);
        break;
    case SIGUSR1:
        reopen_log(daemon);
        break;
    case SIGUSR2:
        dump_stats(daemon);
        break;
    default:
        break;
    }
}
