/* stellard: serves the TCP protocol of the Stellar framework. */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "help.h"
#include "serve.h"
#include "settings.h"
#include "stellar/version.h"


/* If a descriptor below 3 is closed, the next socket would get its number, and a client
 * would receive standard output. It is opened read-only, so that writing to it still
 * fails. */
static void fill_standard_streams(void)
{
    int fd;

    do {
        fd = open("/dev/null", O_RDONLY);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO) {
        close(fd);
    }
}


static void raise_file_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}


static int print(const struct stellar__settings *settings,
                 const struct stellar__command_line *line)
{
    switch (line->task) {
    case STELLAR__COMMAND_VERSION:
        puts("stellard " STELLAR_VERSION);
        break;
    case STELLAR__COMMAND_PRINT_CONFIG:
        stellar__print_config(settings, stdout);
        break;
    default:
        stellar__print_help(line->help, stdout);
        break;
    }
    return stellar__flush_output() ? STELLAR__EXIT_OK : STELLAR__EXIT_FAILED;
}


static int run_task(struct stellar__settings *settings, int argc, char **argv)
{
    struct stellar__command_line line;

    if (!stellar__settings_read(settings, argc, argv, &line)) {
        return STELLAR__EXIT_USAGE;
    }
    switch (line.task) {
    case STELLAR__COMMAND_HELP:
    case STELLAR__COMMAND_VERSION:
    case STELLAR__COMMAND_PRINT_CONFIG:
        return print(settings, &line);
    case STELLAR__COMMAND_CHECK_CONFIG:
        return stellar__check(settings);
    default:
        return stellar__serve(settings, argc, argv);
    }
}


int main(int argc, char **argv)
{
    struct stellar__settings settings;
    int code;

    fill_standard_streams();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a log file at its limit is handled like a full disk */
    raise_file_limit();
    code = run_task(&settings, argc, argv);
    if (settings.error[0] != '\0') {
        stellar__tell(settings.error);
    }
    stellar__settings_free(&settings);
    return code;
}
