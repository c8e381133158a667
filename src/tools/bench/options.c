#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stellar/version.h"

#define SECOND        1e9
#define A_DAY         86400.0
#define MOST_REQUESTS 1000000000000ULL

static const char usage[] =
    "usage: stellar-bench [OPTION]... REQUEST [WORD]...\n"
    "       stellar-bench [OPTION]... --file FILE\n"
    "Loads a server that answers lines with lines, and tells how fast it answers.\n"
    "\n"
    "Where to:\n"
    "  --host HOST          name or address of the server (default: 127.0.0.1)\n"
    "  --port PORT          its port (default: 5000)\n"
    "  --unix PATH          its Unix socket, in place of host and port\n"
    "  --no-welcome         do not wait for a line before the first request\n"
    "\n"
    "What:\n"
    "  REQUEST [WORD]...    the line to send, words joined by a space; options first\n"
    "  --file FILE          lines to send in turn; empty ones are left out\n"
    "  --delimiter TEXT     what ends a request (default: \\r\\n)\n"
    "  --answer-end TEXT    what ends an answer (default: \\r\\n); in both, \\n \\r "
    "\\t\n"
    "                       \\0 \\\\ \\xHH stand for bytes\n"
    "  --expect TEXT        what every answer must contain; those without are errors\n"
    "\n"
    "How much:\n"
    "  --connections N      open at once, 1 to 60000 (default: 50)\n"
    "  --pipeline N         requests sent in one write; the next when all of them are\n"
    "                       answered; 1 to 100000 (default: 1)\n"
    "  --threads N          that share the connections, 1 to 256 (default: 1)\n"
    "  --requests N         stop when so many are sent\n"
    "  --seconds S          stop after so long, to 86400; without either: 1000000\n"
    "                       requests or 10 seconds, whichever comes first\n"
    "  --warmup S           load so long before measuring (default: 0)\n"
    "  --timeout S          give up after so long without an answer (default: 10)\n"
    "\n"
    "Result:\n"
    "  --json               one JSON object in place of text\n"
    "  --quiet              no progress on standard error\n"
    "  --version            show the version\n"
    "  --help               show this\n"
    "\n"
    "Exit status: 0 every request was answered as expected, 1 some were not, 2 wrong\n"
    "usage, 3 it could not run.\n";


void stellar__bench_tell(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fputs("stellar-bench: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}


static _Noreturn void refuse(const char *option, const char *text, const char *expected)
{
    stellar__bench_tell("--%s: '%s': expected %s", option, text, expected);
    exit(STELLAR__BENCH_USAGE);
}


static _Noreturn void refuse_line(const char *why)
{
    stellar__bench_tell("%s", why);
    fputs("try: stellar-bench --help\n", stderr);
    exit(STELLAR__BENCH_USAGE);
}


static _Noreturn void show(const char *text)
{
    fputs(text, stdout);
    exit(fflush(stdout) == 0 ? STELLAR__BENCH_OK : STELLAR__BENCH_FAILED);
}


static unsigned long long read_number(const char *option, const char *text,
                                      unsigned long long highest)
{
    unsigned long long number;
    char expected[64];
    char *end;

    errno = 0;
    number = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || number < 1 ||
        number > highest) {
        snprintf(expected, sizeof expected, "a number from 1 to %llu", highest);
        refuse(option, text, expected);
    }
    return number;
}


static uint64_t read_seconds(const char *option, const char *text, double lowest)
{
    double seconds;
    char expected[64];
    char *end;

    seconds = strtod(text, &end);
    if (text[0] < '.' || text[0] > '9' || *end != '\0' ||
        !(seconds >= lowest && seconds <= A_DAY)) {
        snprintf(expected, sizeof expected, "seconds from %g to %g", lowest, A_DAY);
        refuse(option, text, expected);
    }
    return (uint64_t)llround(seconds * SECOND);
}


/* Reads what follows a backslash. Returns where it ends, or NULL if it means nothing.
 */
static const char *read_escape(const char *text, char *byte)
{
    static const char letters[] = "nrt0\\";
    static const char bytes[] = "\n\r\t\0\\";
    const char *found;
    char digits[3] = {0};
    char *end;

    if (*text == 'x' && text[1] != '\0') {
        memcpy(digits, text + 1, 2);
        *byte = (char)strtoul(digits, &end, 16);
        return strspn(digits, "0123456789abcdefABCDEF") == 2 ? text + 3 : NULL;
    }
    found = *text != '\0' ? strchr(letters, *text) : NULL;
    if (found == NULL)
        return NULL;
    *byte = bytes[found - letters];
    return text + 1;
}


static size_t read_end(const char *option, const char *text,
                       char end[STELLAR__BENCH_END_MAX])
{
    const char *at = text;
    size_t length = 0;

    while (*at != '\0' && length < STELLAR__BENCH_END_MAX) {
        if (*at != '\\') {
            end[length++] = *at++;
            continue;
        }
        at = read_escape(at + 1, &end[length++]);
        if (at == NULL)
            refuse(option, text, "only the escapes \\n \\r \\t \\0 \\\\ \\xHH");
    }
    if (length == 0 || *at != '\0')
        refuse(option, text, "1 to 32 bytes");
    return length;
}


static const struct option known[] = {{"host", required_argument, NULL, 'h'},
                                      {"port", required_argument, NULL, 'p'},
                                      {"unix", required_argument, NULL, 'u'},
                                      {"no-welcome", no_argument, NULL, 'W'},
                                      {"file", required_argument, NULL, 'f'},
                                      {"delimiter", required_argument, NULL, 'd'},
                                      {"answer-end", required_argument, NULL, 'a'},
                                      {"expect", required_argument, NULL, 'e'},
                                      {"connections", required_argument, NULL, 'c'},
                                      {"pipeline", required_argument, NULL, 'P'},
                                      {"threads", required_argument, NULL, 't'},
                                      {"requests", required_argument, NULL, 'n'},
                                      {"seconds", required_argument, NULL, 's'},
                                      {"warmup", required_argument, NULL, 'w'},
                                      {"timeout", required_argument, NULL, 'T'},
                                      {"json", no_argument, NULL, 'j'},
                                      {"quiet", no_argument, NULL, 'q'},
                                      {"version", no_argument, NULL, 'v'},
                                      {"help", no_argument, NULL, 'H'},
                                      {NULL, 0, NULL, 0}};


static void read_target(struct stellar__bench_options *options, int letter,
                        const char *text)
{
    switch (letter) {
    case 'h':
        options->host = text;
        break;
    case 'p':
        read_number("port", text, 65535);
        options->port = text;
        break;
    case 'u':
        options->unix_path = text;
        break;
    case 'W':
        options->welcome = false;
        break;
    case 'f':
        options->file = text;
        break;
    case 'd':
        options->request_end_length = read_end("delimiter", text, options->request_end);
        break;
    case 'a':
        options->shape.end_length = read_end("answer-end", text, options->answer_end);
        break;
    default:
        options->shape.expect = text;
        options->shape.expect_length = strlen(text);
        if (options->shape.expect_length == 0 || options->shape.expect_length > 4096)
            refuse("expect", text, "1 to 4096 bytes");
        break;
    }
}


static void read_amount(struct stellar__bench_options *options, int letter,
                        const char *text)
{
    switch (letter) {
    case 'c':
        options->connections = (size_t)read_number("connections", text, 60000);
        break;
    case 'P':
        options->pipeline = (size_t)read_number("pipeline", text, 100000);
        break;
    case 't':
        options->threads = (size_t)read_number("threads", text, 256);
        break;
    case 'n':
        options->requests = read_number("requests", text, MOST_REQUESTS);
        break;
    case 's':
        options->duration = read_seconds("seconds", text, 0.001);
        break;
    case 'w':
        options->warmup = read_seconds("warmup", text, 0);
        break;
    default:
        options->timeout = read_seconds("timeout", text, 0.001);
        break;
    }
}


/* Zero stands for "not given" until here. A run is bounded in count and in time,
 * whatever was given. */
static void settle(struct stellar__bench_options *options)
{
    bool neither = options->requests == 0 && options->duration == 0;

    if (options->requests == 0)
        options->requests = neither ? 1000000 : MOST_REQUESTS;
    if (options->duration == 0)
        options->duration = (uint64_t)((neither ? 10 : A_DAY) * SECOND);
    if (options->unix_path != NULL && (options->host != NULL || options->port != NULL))
        refuse_line("--unix takes the place of --host and --port: expected one");
    if (options->host == NULL)
        options->host = "127.0.0.1";
    if (options->port == NULL)
        options->port = "5000";
    if (options->threads > options->connections)
        refuse_line("--threads: expected no more than --connections");
    if ((options->file != NULL) == (options->word_count > 0))
        refuse_line(options->file != NULL
                        ? "--file takes the place of a request: expected one"
                        : "expected a request, for example: stellar-bench detailsView");
    options->shape.end = options->answer_end;
    stellar__answer_shape_settle(&options->shape);
}


void stellar__bench_options_read(struct stellar__bench_options *options, int argc,
                                 char **argv)
{
    int letter;

    *options = (struct stellar__bench_options){.connections = 50,
                                               .pipeline = 1,
                                               .threads = 1,
                                               .timeout = (uint64_t)(10 * SECOND),
                                               .request_end = "\r\n",
                                               .request_end_length = 2,
                                               .answer_end = "\r\n",
                                               .shape.end_length = 2,
                                               .welcome = true};
    while ((letter = getopt_long(argc, argv, "+", known, NULL)) != -1) {
        if (letter == 'v')
            show("stellar-bench " STELLAR_VERSION "\n");
        else if (letter == 'H')
            show(usage);
        else if (letter == 'j')
            options->json = true;
        else if (letter == 'q')
            options->quiet = true;
        else if (letter == '?') {
            fputs("try: stellar-bench --help\n", stderr);
            exit(STELLAR__BENCH_USAGE);
        } else if (strchr("hpuWfdae", letter) != NULL)
            read_target(options, letter, optarg);
        else
            read_amount(options, letter, optarg);
    }
    options->words = argv + optind;
    options->word_count = (size_t)(argc - optind);
    settle(options);
}
