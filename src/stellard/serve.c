#include "serve.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "daemon.h"
#include "preflight.h"
#include "text.h"

void stellar__tell(const char *text)
{
    char line[STELLAR__SETTINGS_ERROR_MAX];

    stellar__escape(STELLAR__ESCAPE_PLAIN, text, strlen(text), line, sizeof line);
    fprintf(stderr, "stellard: %s\n", line);
}


bool stellar__flush_output(void)
{
    char line[256];

    if (fflush(stdout) == 0 && !ferror(stdout)) {
        return true;
    }
    snprintf(line, sizeof line, "standard output: %s", strerror(errno));
    stellar__tell(line);
    return false;
}


/* Writes the place of a setting in front of the error. */
static void blame(struct stellar__daemon *daemon, const char *place)
{
    char text[sizeof daemon->error];

    memcpy(text, daemon->error, sizeof text);
    snprintf(daemon->error, sizeof daemon->error, "%.512s: %.1500s", place, text);
}


static int create(struct stellar__daemon *daemon)
{
    const struct stellar__settings *settings = daemon->settings;
    struct stellar_server_options options;
    int status;

    stellar_server_options_init(&options);
    stellar__settings_apply(settings, &options);
    options.log = stellar__log_write;
    options.log_data = &daemon->log;
    status = stellar_server_create(&daemon->server, &options, daemon->error,
                                   sizeof daemon->error);
    if (status == 0) {
        return STELLAR__EXIT_OK;
    }
    stellar__settings_blame(settings, daemon->error, sizeof daemon->error);
    if (status == STELLAR_ERR_SYSTEM && options.threads > 1) {
        blame(daemon, settings->all[STELLAR__OPTION_threads].place);
    }
    return status == STELLAR_ERR_INVALID || status == STELLAR_ERR_TLS
               ? STELLAR__EXIT_USAGE
               : STELLAR__EXIT_FAILED;
}


static int add_rooms(struct stellar__daemon *daemon)
{
    const struct stellar__setting *rooms = &daemon->settings->all[STELLAR__OPTION_room];
    size_t i;
    int status;

    for (i = 0; i < rooms->count; i++) {
        status = stellar_room_create(daemon->server, rooms->items[i].data);
        if (status != 0) {
            snprintf(daemon->error, sizeof daemon->error, "%s: '%s': %s",
                     rooms->items[i].place, rooms->items[i].data,
                     stellar_status_text(status));
            return status == STELLAR_ERR_NO_MEMORY ? STELLAR__EXIT_FAILED
                                                   : STELLAR__EXIT_USAGE;
        }
    }
    return STELLAR__EXIT_OK;
}


static void warn_of_environment(struct stellar__daemon *daemon)
{
    char *const *entry = stellar__environment_unknown(environ);

    for (; entry != NULL; entry = stellar__environment_unknown(entry + 1)) {
        stellar__log_say(&daemon->log, STELLAR_LOG_WARNING,
                         "%.*s in the environment is no setting and is ignored",
                         (int)strcspn(*entry, "="), *entry);
    }
}


bool stellar__daemon_open_log(struct stellar__daemon *daemon)
{
    const struct stellar__setting *file =
        &daemon->settings->all[STELLAR__OPTION_log_file];
    char name[STELLAR__SETTINGS_ERROR_MAX - 128];

    if (file->count == 0) {
        return true;
    }
    snprintf(name, sizeof name, "%s: '%s'", file->place, file->items[0].data);
    if (stellar__log_open(&daemon->log, file->items[0].data, name)) {
        return true;
    }
    snprintf(daemon->error, sizeof daemon->error, "%s: %s", name,
             stellar__log_reason(file->items[0].data, errno));
    return false;
}


/* Does everything that comes before listening. A check creates no log file, but logs to
 * standard error. */
static int prepare(struct stellar__daemon *daemon, bool is_check)
{
    int code;

    if (!stellar__preflight(daemon->settings, daemon->error, sizeof daemon->error)) {
        return STELLAR__EXIT_USAGE;
    }
    if (!is_check && !stellar__daemon_open_log(daemon)) {
        return STELLAR__EXIT_FAILED;
    }
    warn_of_environment(daemon);
    code = create(daemon);
    if (code == STELLAR__EXIT_OK) {
        code = add_rooms(daemon);
    }
    if (code == STELLAR__EXIT_OK &&
        !stellar__modules_load(&daemon->modules,
                               &daemon->settings->all[STELLAR__OPTION_module],
                               daemon->server, daemon->error, sizeof daemon->error)) {
        code = STELLAR__EXIT_USAGE;
    }
    return code;
}


/* A module's thread may still have a call, long after the client got its goodbye. The
 * process does not wait for it: it ends without freeing what the thread uses. */
static void clean_up(struct stellar__daemon *daemon, int code)
{
    stellar__metrics_end(daemon->metrics);
    if (stellar_server_destroy(daemon->server) != 0) {
        stellar__log_say(&daemon->log, STELLAR_LOG_WARNING,
                         "actions that have not finished are left behind");
        _exit(code);
    }
    stellar__modules_release(&daemon->modules);
    stellar__log_close(&daemon->log);
    stellar__notifier_close(&daemon->notifier);
}


static bool start_metrics(struct stellar__daemon *daemon)
{
    const struct stellar__settings *settings = daemon->settings;
    int port = (int)settings->all[STELLAR__OPTION_metrics_port].number;
    const char *ip = stellar__settings_text(settings, STELLAR__OPTION_metrics_ip);

    if (port == 0) {
        return true;
    }
    daemon->metrics = stellar__metrics_start(daemon->server, ip, port, daemon->error,
                                             sizeof daemon->error);
    if (daemon->metrics == NULL) {
        blame(daemon, settings->all[STELLAR__OPTION_metrics_port].place);
    }
    return daemon->metrics != NULL;
}


/* Returns the place of the setting that says where to listen. */
static const char *listens_at(const struct stellar__settings *settings)
{
    bool is_unix = stellar__settings_text(settings, STELLAR__OPTION_unix_path) != NULL;

    return settings->all[is_unix ? STELLAR__OPTION_unix_path : STELLAR__OPTION_port]
        .place;
}


/* Logs why the server did not run. */
static void tell_of_threads(struct stellar__daemon *daemon, int status)
{
    const struct stellar__setting *threads =
        &daemon->settings->all[STELLAR__OPTION_threads];

    if (status == STELLAR_ERR_SYSTEM) {
        snprintf(daemon->error, sizeof daemon->error,
                 "%s: '%llu': the system refused to start so many threads",
                 threads->place, threads->number);
    } else {
        snprintf(daemon->error, sizeof daemon->error, "cannot run: %s",
                 stellar_status_text(status));
    }
}


/* Listens, says so, and serves until the server has been stopped. */
static int run(struct stellar__daemon *daemon)
{
    int status;

    if (stellar_server_listen(daemon->server, daemon->error, sizeof daemon->error) !=
        0) {
        blame(daemon, listens_at(daemon->settings));
        return STELLAR__EXIT_FAILED;
    }
    if (!start_metrics(daemon)) {
        return STELLAR__EXIT_FAILED;
    }
    if (!stellar__signals_start(&daemon->signals, daemon->server, &daemon->log,
                                &daemon->notifier, stellar__daemon_handle_signal,
                                daemon)) {
        snprintf(daemon->error, sizeof daemon->error, "no thread for signals: %s",
                 strerror(errno));
        return STELLAR__EXIT_FAILED;
    }
    printf("ready %s\n", stellar_server_address(daemon->server));
    stellar__flush_output();
    stellar__notify(&daemon->notifier, "READY=1");
    status = stellar_server_run(daemon->server);
    stellar__signals_end(&daemon->signals);
    if (status != 0) {
        tell_of_threads(daemon, status);
        return STELLAR__EXIT_FAILED;
    }
    return STELLAR__EXIT_OK;
}


static void init(struct stellar__daemon *daemon, struct stellar__settings *settings)
{
    memset(daemon, 0, sizeof *daemon);
    daemon->settings = settings;
    daemon->notifier.descriptor = -1;
    daemon->lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    stellar__log_init(
        &daemon->log, settings->all[STELLAR__OPTION_log_format].number == 1,
        (enum stellar_log_level)settings->all[STELLAR__OPTION_log_level].number);
}


int stellar__serve(struct stellar__settings *settings, int argc, char **argv)
{
    struct stellar__daemon daemon;
    int code;

    init(&daemon, settings);
    daemon.argc = argc;
    daemon.argv = argv;
    stellar__notifier_open(&daemon.notifier);
    stellar__signals_block(&daemon.signals);
    code = prepare(&daemon, false);
    if (code == STELLAR__EXIT_OK) {
        code = run(&daemon);
    }
    if (code != STELLAR__EXIT_OK) {
        stellar__tell(daemon.error);
    }
    clean_up(&daemon, code);
    return code;
}


int stellar__check(struct stellar__settings *settings)
{
    struct stellar__daemon daemon;
    int code;

    init(&daemon, settings);
    code = prepare(&daemon, true);
    clean_up(&daemon, code);
    if (code != STELLAR__EXIT_OK) {
        stellar__tell(daemon.error);
        return STELLAR__EXIT_USAGE;
    }
    puts("configuration ok");
    return stellar__flush_output() ? STELLAR__EXIT_OK : STELLAR__EXIT_FAILED;
}
