/*
 * bench_parser: measures how fast bytes become commands, on one core, in comparison
 * with memchr over the same bytes, jsmn alone, and http-parser on its own requests.
 * Prints a Markdown table.
 */
#include "bench.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STREAM_SIZE                                                  \
    (256 * 1024) /* as warm as what has just been read from a socket \
                  */
#define ENTRANTS_MAX 4
#define READ_SIZES   2

struct entrant {
    const char *name;
    contender *run;
};

static const size_t read_sizes[READ_SIZES] = {65536, 1400};

static const char usage[] =
    "usage: bench_parser [OPTION]... [FILE]...\n"
    "  --linear            show that time is linear in the input, for the worst "
    "inputs\n"
    "                      known and for each FILE, repeated\n"
    "  --work TEXT         only what has TEXT in its name\n"
    "  --rounds N          medians of so many rounds, 1 to 99 (default: 9)\n"
    "  --milliseconds N    each at least so long (default: 20)\n";


void fail(const char *what)
{
    fprintf(stderr, "bench_parser: %s\n", what);
    exit(EXIT_FAILURE);
}


double now(void)
{
    struct timespec time;

    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) != 0) {
        fail(strerror(errno));
    }
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}


static int compare(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;

    return (left > right) - (left < right);
}


double median(double *numbers, int count)
{
    qsort(numbers, (size_t)count, sizeof *numbers, compare);
    return numbers[count / 2];
}


/* Returns the seconds of processor time for one run. It does as many runs as take at
 * least the given time. Exits if the contender did not find all lines of the stream. */
static double measure(contender *run, const struct stream *stream, size_t read_size,
                      double seconds)
{
    double start = now();
    double elapsed;
    int runs = 0;

    do {
        if (run(stream, read_size) != stream->count) {
            fail("a contender did not see what is in the stream");
        }
        runs++;
        elapsed = now() - start;
    } while (elapsed < seconds);
    return elapsed / runs;
}


/* Prints the rows of one kind of work. They are medians of rounds in which each
 * contender has a turn, so that all suffer equally if something disturbs the
 * machine. */
static void show(const char *work, const struct entrant *entrants, size_t count,
                 const struct stream *stream, int rounds, double seconds)
{
    double times[ENTRANTS_MAX][READ_SIZES][ROUNDS_MAX];
    int round;
    size_t i;
    size_t j;

    for (round = 0; round < rounds; round++) {
        for (i = 0; i < count; i++) {
            for (j = 0; j < READ_SIZES; j++) {
                times[i][j][round] =
                    measure(entrants[i].run, stream, read_sizes[j], seconds);
            }
        }
    }
    for (i = 0; i < count; i++) {
        for (j = 0; j < READ_SIZES; j++) {
            double time = median(times[i][j], rounds);

            printf("| %s | %s | %zu | %.2f | %.2f |\n", work, entrants[i].name,
                   read_sizes[j], (double)stream->length / time * 1e-9,
                   (double)stream->count / time * 1e-6);
        }
    }
    fflush(stdout);
}


struct work {
    const char *name;
    struct stream stream;
    bool json;
};


static void show_work(const struct work *work, int rounds, double seconds)
{
    static const struct entrant entrants[ENTRANTS_MAX] = {
        {"stellar", parse}, {"memchr", search}, {"our check", check}, {"jsmn", jsmn}};

    show(work->name, entrants, work->json ? 4 : 2, &work->stream, rounds, seconds);
}


/* Runs only streams with `wanted` in their names. */
static void show_table(const char *wanted, int rounds, double seconds)
{
    static const char http_work[] = "HTTP requests of 105 bytes";
    static const struct entrant http_parser = {"http-parser", http};
    const struct work works[] = {
        {"verbs of 21 bytes", verbs(STREAM_SIZE), false},
        {"`say` of 100 bytes", say(STREAM_SIZE, 100), false},
        {"`say` of 1000 bytes", say(STREAM_SIZE, 1000), false},
        {"JSON calls of 60 bytes", calls(STREAM_SIZE, 60), true},
        {"JSON calls of 1 KB", calls(STREAM_SIZE, 1024), true},
        {"JSON calls of 64 KB", calls(STREAM_SIZE, 65536), true},
        {"a mix", mix(STREAM_SIZE), false},
    };
    struct stream http_requests = requests(STREAM_SIZE);
    size_t i;

    puts("| work | who | bytes a read | GB/s | M lines/s |\n|---|---|---:|---:|---:|");
    for (i = 0; i < sizeof works / sizeof works[0]; i++) {
        if (strstr(works[i].name, wanted) != NULL) {
            show_work(&works[i], rounds, seconds);
        }
        free(works[i].stream.bytes);
    }
    if (http(&http_requests, http_requests.length) == 0) {
        puts("\nhttp-parser was not there when this was built.");
    } else if (strstr(http_work, wanted) != NULL) {
        show(http_work, &http_parser, 1, &http_requests, rounds, seconds);
    }
    free(http_requests.bytes);
}


static int number(const char *text, long highest)
{
    char *end;
    long value = strtol(text, &end, 10);

    if (*text == '\0' || *end != '\0' || value < 1 || value > highest) {
        fprintf(stderr, "bench_parser: %s: expected a number from 1 to %ld\n", text,
                highest);
        exit(2);
    }
    return (int)value;
}


int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"linear", no_argument, NULL, 'l'},
        {"work", required_argument, NULL, 'w'},
        {"rounds", required_argument, NULL, 'r'},
        {"milliseconds", required_argument, NULL, 'm'},
        {NULL, 0, NULL, 0}};
    const char *wanted = "";
    bool linear = false;
    int rounds = 9;
    int milliseconds = 20;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'l') {
            linear = true;
        } else if (option == 'w') {
            wanted = optarg;
        } else if (option == 'r') {
            rounds = number(optarg, ROUNDS_MAX);
        } else if (option == 'm') {
            milliseconds = number(optarg, 10000);
        } else {
            fputs(usage, stderr);
            return 2;
        }
    }
    if (optind < argc && !linear) {
        fputs(usage, stderr);
        return 2;
    }
    if (linear) {
        show_linear(argv + optind, rounds, milliseconds * 1e-3);
    } else {
        show_table(wanted, rounds, milliseconds * 1e-3);
    }
    return EXIT_SUCCESS;
}
