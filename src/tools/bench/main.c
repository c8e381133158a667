/* stellar-bench: loads a server that answers lines with lines. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "deal.h"
#include "modes.h"
#include "options.h"
#include "report.h"
#include "requests.h"
#include "rows.h"
#include "run.h"
#include "target.h"
#include "tell.h"
#include "worker.h"

/* Progress is only shown at a terminal, so that it does not fill a log. */
#define PROGRESS_TERMINAL 1
#define PROGRESS_LOG      10

struct run {
    struct stellar__bench_options options;
    const struct stellar__bench_mode *mode;
    struct stellar__requests requests;
    struct stellar__target target;
    struct stellar__bench_trust trust;
    struct stellar__worker *workers;
    pthread_t *threads;
    pthread_barrier_t begin; /* all workers begin together, with main */
    sem_t done;              /* a worker has opened, and later has run */
    atomic_bool failed;      /* a worker could not open, so none runs */
    struct stellar__bench_result *result;
};

struct start {
    struct run *run;
    struct stellar__worker *worker;
};

static atomic_bool stop;


static void on_signal(int number)
{
    (void)number;
    atomic_store(&stop, true);
}


static void prepare_process(void)
{
    struct sigaction action;
    struct rlimit limit;

    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = (int)SA_RESETHAND; /* a second signal ends the process */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}


static const struct stellar__bench_mode *mode_of(
    const struct stellar__bench_options *options)
{
    if (options->chat) {
        return &stellar__bench_chat;
    }
    if (options->idle > 0) {
        return &stellar__bench_idle;
    }
    if (options->handshakes) {
        return &stellar__bench_handshakes;
    }
    return options->rate > 0 ? &stellar__bench_rate : &stellar__bench_load;
}


static void *work(void *argument)
{
    struct start *start = argument;
    struct run *run = start->run;

    if (!stellar__worker_open(start->worker)) {
        atomic_store(&run->failed, true);
    }
    sem_post(&run->done);
    pthread_barrier_wait(&run->begin);
    if (!atomic_load(&run->failed)) {
        stellar__worker_run(start->worker);
    }
    sem_post(&run->done);
    return NULL;
}


static void share_out(struct run *run)
{
    const struct stellar__bench_options *options = &run->options;
    size_t threads = options->threads;
    struct stellar__worker *worker;
    size_t i;

    for (i = 0; i < threads; i++) {
        worker = &run->workers[i];
        worker->options = options;
        worker->mode = run->mode;
        worker->requests = &run->requests;
        worker->target = &run->target;
        worker->trust = &run->trust;
        worker->stop = &stop;
        worker->epoll = -1;
        worker->number = i;
        worker->connection_count =
            options->chat
                ? stellar__chat_connections(options, i)
                : options->connections / threads + (i < options->connections % threads);
        worker->share = options->requests / threads + (i < options->requests % threads);
    }
}


/* The other threads would wait forever for one that did not start, so this ends the
 * process. */
static bool start_threads(struct run *run, struct start *starts)
{
    size_t i;
    int error;

    for (i = 0; i < run->options.threads; i++) {
        starts[i].run = run;
        starts[i].worker = &run->workers[i];
        error = pthread_create(&run->threads[i], NULL, work, &starts[i]);
        if (error != 0) {
            stellar__bench_tell("thread %zu: %s", i + 1, strerror(error));
            return false;
        }
    }
    return true;
}


static void show_progress(const struct run *run, const char *noun, uint64_t *last,
                          unsigned seconds, bool terminal)
{
    unsigned every = terminal ? PROGRESS_TERMINAL : PROGRESS_LOG;
    char count[STELLAR__GROUPED_MAX];
    char rate[STELLAR__GROUPED_MAX];
    uint64_t sum = 0;
    size_t i;

    for (i = 0; i < run->options.threads; i++) {
        sum += atomic_load_explicit(&run->workers[i].progress, memory_order_relaxed);
    }
    if (sum < *last) {
        *last = 0; /* now something else is counted */
    }
    fprintf(stderr, "%s%5u s  %s %s, %s/s%s", terminal ? "\r" : "", seconds,
            stellar__grouped(sum, count), noun,
            stellar__grouped((sum - *last) / every, rate), terminal ? "\033[K" : "\n");
    *last = sum;
}


/* Waits until each worker has posted once more. */
static void await_threads(struct run *run, const char *noun)
{
    bool terminal = isatty(STDERR_FILENO) != 0;
    unsigned every = terminal ? PROGRESS_TERMINAL : PROGRESS_LOG;
    struct timespec until;
    uint64_t last = 0;
    unsigned seconds = 0;
    size_t left = run->options.threads;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += every;
    while (left > 0) {
        if (sem_clockwait(&run->done, CLOCK_MONOTONIC, &until) == 0) {
            left--;
        } else if (errno == ETIMEDOUT) {
            until.tv_sec += every;
            seconds += every;
            if (!run->options.quiet) {
                show_progress(run, noun, &last, seconds, terminal);
            }
        }
    }
    if (terminal && seconds > 0 && !run->options.quiet) {
        fputs("\r\033[K", stderr);
    }
}


/* Reads what the server's process has used, if the process is known. */
static bool look(const struct run *run, struct stellar__process *process, bool settled)
{
    size_t pid = run->options.pid;

    if (pid == 0 || (settled ? stellar__process_settled(pid, process)
                             : stellar__process_look(pid, process))) {
        return true;
    }
    stellar__bench_tell("--pid: %zu: %s", pid, strerror(errno));
    return false;
}


static bool report(struct run *run)
{
    struct stellar__bench_result *result = run->result;

    stellar__bench_collect(result, run->workers, run->options.threads);
    if (run->options.json) {
        stellar__bench_report_json(result, stdout);
    } else {
        stellar__bench_report_text(result, stdout);
    }
    if (fflush(stdout) == 0) {
        return true;
    }
    stellar__bench_tell("standard output: %s", strerror(errno));
    return false;
}


/* Idle connections have no result except their cost. It is printed when all are open,
 * and then they stay. */
static bool measure(struct run *run)
{
    struct stellar__bench_result *result = run->result;
    bool idle = run->options.idle > 0;
    uint64_t begun = stellar__bench_now();
    bool done;

    await_threads(run, "connections");
    result->opening = stellar__bench_now() - begun;
    done = !atomic_load(&run->failed) && look(run, &result->opened, idle);
    if (!done) {
        atomic_store(&run->failed, true);
    }
    result->after = result->opened;
    if (done && idle) {
        done = report(run);
    }
    pthread_barrier_wait(&run->begin);
    await_threads(run, run->mode->noun);
    if (done && !idle) {
        done = look(run, &result->after, false) && report(run);
    }
    return done;
}


static int status_of(struct run *run, bool done)
{
    size_t i;

    if (!done) {
        return STELLAR__BENCH_FAILED;
    }
    for (i = 0; i < run->options.threads && run->options.idle > 0; i++) {
        if (run->workers[i].lost > 0) {
            stellar__bench_tell("%llu connections were lost",
                                (unsigned long long)run->workers[i].lost);
            return STELLAR__BENCH_WRONG;
        }
    }
    return stellar__bench_flawless(run->result) ? STELLAR__BENCH_OK
                                                : STELLAR__BENCH_WRONG;
}


static int execute(struct run *run)
{
    size_t count = run->options.threads;
    struct start *starts = calloc(count, sizeof *starts);
    int status;
    size_t i;

    run->workers = calloc(count, sizeof *run->workers);
    run->threads = calloc(count, sizeof *run->threads);
    run->result = calloc(1, sizeof *run->result);
    if (starts == NULL || run->workers == NULL || run->threads == NULL ||
        run->result == NULL ||
        pthread_barrier_init(&run->begin, NULL, (unsigned)count + 1) != 0 ||
        sem_init(&run->done, 0, 0) != 0) {
        stellar__bench_tell("%s", strerror(ENOMEM));
        exit(STELLAR__BENCH_FAILED);
    }
    run->result->options = &run->options;
    run->result->mode = run->mode;
    run->result->target = run->target.name;
    share_out(run);
    if (!look(run, &run->result->before, false) || !start_threads(run, starts)) {
        exit(STELLAR__BENCH_FAILED);
    }
    status = status_of(run, measure(run));
    for (i = 0; i < count; i++) {
        pthread_join(run->threads[i], NULL);
        stellar__worker_close(&run->workers[i]);
    }
    sem_destroy(&run->done);
    pthread_barrier_destroy(&run->begin);
    free(run->result);
    free(run->threads);
    free(run->workers);
    free(starts);
    return status;
}


static bool needs_requests(const struct run *run)
{
    return run->mode == &stellar__bench_load || run->mode == &stellar__bench_rate;
}


int main(int argc, char **argv)
{
    static struct run run;
    int status = STELLAR__BENCH_FAILED;

    stellar__bench_options_read(&run.options, argc, argv);
    run.mode = mode_of(&run.options);
    prepare_process();
    if ((needs_requests(&run) &&
         !stellar__requests_prepare(&run.requests, &run.options)) ||
        !stellar__bench_trust_load(&run.trust, run.options.tls_ca,
                                   run.options.tls_name)) {
        status = STELLAR__BENCH_USAGE;
    } else if (stellar__target_find(&run.target, &run.options)) {
        status = execute(&run);
    }
    stellar__bench_trust_release(&run.trust);
    stellar__requests_release(&run.requests);
    return status;
}
