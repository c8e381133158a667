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

#include "options.h"
#include "report.h"
#include "requests.h"
#include "target.h"
#include "worker.h"

/* A person at a terminal sees that it runs; a log is not filled. */
#define PROGRESS_TERMINAL 1
#define PROGRESS_LOG      10

struct run {
    struct stellar__bench_options options;
    struct stellar__requests requests;
    struct stellar__target target;
    struct stellar__worker *workers;
    pthread_t *threads;
    pthread_barrier_t opened; /* all workers begin together */
    sem_t done;
    atomic_bool failed; /* a worker could not open: nobody runs */
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
    action.sa_flags = (int)SA_RESETHAND; /* a second one ends the process */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}


static void *work(void *argument)
{
    struct start *start = argument;
    struct run *run = start->run;

    if (!stellar__worker_open(start->worker))
        atomic_store(&run->failed, true);
    pthread_barrier_wait(&run->opened);
    if (!atomic_load(&run->failed))
        stellar__worker_run(start->worker);
    sem_post(&run->done);
    return NULL;
}


static void share_out(struct run *run)
{
    const struct stellar__bench_options *options = &run->options;
    size_t threads = options->threads;
    size_t i;

    for (i = 0; i < threads; i++) {
        run->workers[i].options = options;
        run->workers[i].requests = &run->requests;
        run->workers[i].target = &run->target;
        run->workers[i].stop = &stop;
        run->workers[i].epoll = -1;
        run->workers[i].connection_count =
            options->connections / threads + (i < options->connections % threads);
        run->workers[i].share =
            options->requests / threads + (i < options->requests % threads);
    }
}


/* Threads that were started wait for one that was not, so that ends the process. */
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


static void show_progress(const struct run *run, uint64_t *last, unsigned seconds,
                          unsigned every, bool terminal)
{
    char answers[STELLAR__GROUPED_MAX];
    char rate[STELLAR__GROUPED_MAX];
    uint64_t sum = 0;
    size_t i;

    for (i = 0; i < run->options.threads; i++)
        sum += atomic_load_explicit(&run->workers[i].progress, memory_order_relaxed);
    fprintf(stderr, "%s%5u s  %s answers, %s/s%s", terminal ? "\r" : "", seconds,
            stellar__grouped(sum, answers),
            stellar__grouped((sum - *last) / every, rate), terminal ? "\033[K" : "\n");
    *last = sum;
}


static void await_threads(struct run *run)
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
            if (!run->options.quiet)
                show_progress(run, &last, seconds, every, terminal);
        }
    }
    if (terminal && seconds > 0 && !run->options.quiet)
        fputs("\r\033[K", stderr);
}


static int report(struct run *run)
{
    struct stellar__bench_result *result = calloc(1, sizeof *result);
    bool flawless;

    if (result == NULL) {
        stellar__bench_tell("%s", strerror(errno));
        return STELLAR__BENCH_FAILED;
    }
    result->options = &run->options;
    result->target = run->target.name;
    stellar__bench_collect(result, run->workers, run->options.threads);
    if (run->options.json)
        stellar__bench_report_json(result, stdout);
    else
        stellar__bench_report_text(result, stdout);
    flawless = stellar__bench_flawless(result);
    free(result);
    if (fflush(stdout) != 0) {
        stellar__bench_tell("standard output: %s", strerror(errno));
        return STELLAR__BENCH_FAILED;
    }
    return flawless ? STELLAR__BENCH_OK : STELLAR__BENCH_WRONG;
}


static int execute(struct run *run)
{
    size_t count = run->options.threads;
    struct start *starts = calloc(count, sizeof *starts);
    int status = STELLAR__BENCH_FAILED;
    size_t i;

    run->workers = calloc(count, sizeof *run->workers);
    run->threads = calloc(count, sizeof *run->threads);
    if (starts == NULL || run->workers == NULL || run->threads == NULL ||
        pthread_barrier_init(&run->opened, NULL, (unsigned)count) != 0 ||
        sem_init(&run->done, 0, 0) != 0) {
        stellar__bench_tell("%s", strerror(ENOMEM));
        exit(STELLAR__BENCH_FAILED);
    }
    share_out(run);
    if (!start_threads(run, starts))
        exit(STELLAR__BENCH_FAILED);
    await_threads(run);
    for (i = 0; i < count; i++)
        pthread_join(run->threads[i], NULL);
    if (!atomic_load(&run->failed))
        status = report(run);
    for (i = 0; i < count; i++)
        stellar__worker_close(&run->workers[i]);
    sem_destroy(&run->done);
    pthread_barrier_destroy(&run->opened);
    free(run->threads);
    free(run->workers);
    free(starts);
    return status;
}


int main(int argc, char **argv)
{
    static struct run run;
    int status = STELLAR__BENCH_FAILED;

    stellar__bench_options_read(&run.options, argc, argv);
    prepare_process();
    if (!stellar__requests_prepare(&run.requests, &run.options))
        status = STELLAR__BENCH_USAGE;
    else if (stellar__target_find(&run.target, &run.options))
        status = execute(&run);
    stellar__requests_release(&run.requests);
    return status;
}
