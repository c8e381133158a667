/* What a server does when the process has few descriptors left. Each trial is a process
 * of its own, since the first loop of a process needs more than the others. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "stellar/server.h"

#define DESCRIPTORS 256 /* none above is looked at */
#define SPARE_MAX   40
#define TRIES       20

enum outcome { SERVES, CANNOT_LISTEN, CANNOT_BE_MADE, IS_WRONG };


static unsigned count_descriptors(void)
{
    unsigned count = 0;
    int descriptor;

    for (descriptor = 0; descriptor < DESCRIPTORS; descriptor++) {
        count += fcntl(descriptor, F_GETFD) >= 0;
    }
    return count;
}


/* The process can open this many more. */
static void leave_spare(unsigned spare)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    for (limit.rlim_cur = 0; spare > 0 || fcntl((int)limit.rlim_cur, F_GETFD) >= 0;
         limit.rlim_cur++) {
        if (fcntl((int)limit.rlim_cur, F_GETFD) < 0) {
            spare--;
        }
    }
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
}


/* Makes a server, lets it listen, and frees it. */
static enum outcome try_server(unsigned threads)
{
    struct stellar_server_options options;
    struct stellar_server *server;
    char error[200] = "";
    int status;

    stellar_server_options_init(&options);
    options.port = 0;
    options.threads = threads;
    status = stellar_server_create(&server, &options, error, sizeof error);
    if (status != 0) {
        return status == STELLAR_ERR_SYSTEM && server == NULL &&
                       strstr(error, ": too many open files") != NULL
                   ? CANNOT_BE_MADE
                   : IS_WRONG;
    }
    status = stellar_server_listen(server, error, sizeof error);
    if (stellar_server_destroy(server) != 0) {
        return IS_WRONG;
    }
    if (status == 0) {
        return SERVES;
    }
    return status == STELLAR_ERR_SYSTEM &&
                   strstr(error, ": too many open files") != NULL
               ? CANNOT_LISTEN
               : IS_WRONG;
}


/* Again and again, without a descriptor lost. The first loop may leave two behind,
 * which are libuv's for the process. */
static enum outcome try_again(unsigned threads, unsigned spare, bool is_first)
{
    unsigned before;
    unsigned lost;
    enum outcome outcome;
    int i;

    if (!is_first && try_server(1) != SERVES) {
        return IS_WRONG;
    }
    before = count_descriptors();
    leave_spare(spare);
    outcome = try_server(threads);
    for (i = 0; i < TRIES; i++) {
        if (try_server(threads) == IS_WRONG) {
            return IS_WRONG;
        }
    }
    lost = count_descriptors() - before;
    return lost == 0 || (is_first && lost == 2) ? outcome : IS_WRONG;
}


static enum outcome in_child(unsigned threads, unsigned spare, bool is_first)
{
    pid_t child = fork();
    int status;

    if (child == 0) {
        _exit((int)try_again(threads, spare, is_first));
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFEXITED(status)) {
        fail_msg("with %u descriptors: signal %d", spare, WTERMSIG(status));
    }
    return (enum outcome)WEXITSTATUS(status);
}


/* With more and more descriptors, until the server serves. */
static void climb(unsigned threads, bool is_first)
{
    enum outcome before = CANNOT_BE_MADE;
    unsigned spare;

    for (spare = 0; spare < SPARE_MAX; spare++) {
        enum outcome outcome = in_child(threads, spare, is_first);

        if (outcome == IS_WRONG || outcome > before) {
            fail_msg("with %u descriptors: outcome %d after %d", spare, outcome,
                     before);
        }
        if (outcome == SERVES) {
            break;
        }
        before = outcome;
    }
    assert_in_range(spare, 5 * threads, 6 * threads + 2);
}


static void the_first_server_of_a_process_fails_in_words(void **state)
{
    (void)state;
    climb(1, true);
    climb(3, true);
}


static void so_does_a_later_one(void **state)
{
    (void)state;
    climb(1, false);
    climb(3, false);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_server_of_a_process_fails_in_words),
        cmocka_unit_test(so_does_a_later_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
