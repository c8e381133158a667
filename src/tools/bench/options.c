#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "settings.h"
#include "stellar/version.h"
#include "tell.h"
#include "values.h"

#define SECOND      1e9
#define HELP_COLUMN 23
#define MOST_DUE    64 /* requests in a write with a schedule */

enum kind { FLAG, TEXT, PORT, NUMBER, COUNT, SECONDS, BYTES, LINE };

static const struct setting {
    const char *group; /* its title, if a group begins here; NULL for an option */
    const char *name;
    enum kind kind;
    size_t field;
    double lowest;
    double highest;
    const char *argument;
    const char *help;
} settings[] = {
#define GROUP(title) {title, NULL, FLAG, 0, 0, 0, NULL, NULL},
#define XX(name, kind, field, lowest, highest, argument, help)                  \
    {NULL,   name,    kind,     offsetof(struct stellar__bench_options, field), \
     lowest, highest, argument, help},
    STELLAR__BENCH_SETTINGS(GROUP, XX)
#undef XX
#undef GROUP
};

#define SETTINGS (sizeof settings / sizeof settings[0])


static _Noreturn void refuse_line(const char *why)
{
    stellar__bench_tell("%s", why);
    fputs("try: stellar-bench --help\n", stderr);
    exit(STELLAR__BENCH_USAGE);
}


static void show_setting(const struct setting *setting)
{
    const char *at = setting->help;
    size_t length;
    int used;

    used = printf("  --%s %s", setting->name, setting->argument);
    printf("%*s", used < HELP_COLUMN ? HELP_COLUMN - used : 1, "");
    for (; *at != '\0'; at += length) {
        length = strcspn(at, "\n");
        printf("%.*s\n", (int)length, at);
        if (at[length] != '\0') {
            length += (size_t)(printf("%*s", HELP_COLUMN, "") > 0);
        }
    }
}


static _Noreturn void show_help(void)
{
    size_t i;

    fputs(
        "usage: stellar-bench [OPTION]... REQUEST [WORD]...\n"
        "       stellar-bench [OPTION]... --file FILE\n"
        "       stellar-bench [OPTION]... --chat | --idle N | --handshakes\n"
        "Loads a server that answers lines with lines, and shows how fast it answers.\n"
        "A request is one line. Its words are joined by a space, and options come "
        "before "
        "it.\n",
        stdout);
    for (i = 0; i < SETTINGS; i++) {
        if (settings[i].group != NULL) {
            printf("\n%s:\n", settings[i].group);
        } else {
            show_setting(&settings[i]);
        }
    }
    fputs("\nExit status: 0 if every request was answered as expected, 1 if some were "
          "not, 2 for\nwrong usage, 3 if it could not run.\n",
          stdout);
    exit(fflush(stdout) == 0 ? STELLAR__BENCH_OK : STELLAR__BENCH_FAILED);
}


static _Noreturn void show_version(void)
{
    puts("stellar-bench " STELLAR_VERSION);
    exit(fflush(stdout) == 0 ? STELLAR__BENCH_OK : STELLAR__BENCH_FAILED);
}


static void set(struct stellar__bench_options *options, const struct setting *setting,
                char *text)
{
    void *field = (char *)options + setting->field;
    const char *name = setting->name;

    switch (setting->kind) {
    case FLAG:
        *(bool *)field = true;
        break;
    case PORT:
        stellar__bench_number(name, text, setting->lowest, setting->highest);
        *(const char **)field = text;
        break;
    case TEXT:
        *(const char **)field = text;
        break;
    case NUMBER:
        *(size_t *)field = (size_t)stellar__bench_number(name, text, setting->lowest,
                                                         setting->highest);
        break;
    case COUNT:
        *(uint64_t *)field =
            stellar__bench_number(name, text, setting->lowest, setting->highest);
        break;
    case SECONDS:
        *(uint64_t *)field =
            stellar__bench_seconds(name, text, setting->lowest, setting->highest);
        break;
    case BYTES:
        stellar__bench_bytes(name, text, field);
        break;
    case LINE:
        stellar__bench_line(name, text, field);
        break;
    }
}


static void settle_target(struct stellar__bench_options *options)
{
    if (options->unix_path != NULL &&
        (options->host != NULL || options->port != NULL)) {
        refuse_line("--unix takes the place of --host and --port: expected one");
    }
    if (options->host == NULL) {
        options->host = "127.0.0.1";
    }
    if (options->port == NULL) {
        options->port = "5000";
    }
    if (options->tls_ca != NULL || options->tls_name != NULL || options->tls_resume) {
        options->tls = true;
    }
    if (options->tls_name == NULL) {
        options->tls_name = options->host;
    }
}


/* Numbers are written into the message, so the line must have one place for it. */
static void check_say(const struct stellar__bench_line *say)
{
    const char *first = memmem(say->data, say->length, "%m", 2);
    const char *end = say->data + say->length;

    if (first == NULL ||
        memmem(first + 2, (size_t)(end - first) - 2, "%m", 2) != NULL) {
        stellar__bench_refuse("say", say->data, "one %m");
    }
}


static void settle_chat(struct stellar__bench_options *options)
{
    check_say(&options->say);
    if (options->join.data == NULL) {
        options->join = (struct stellar__bench_line){"roomAdd %r", 10};
    }
    if (options->rooms == 0) {
        options->rooms = 1;
    }
    if (options->senders == 0) {
        options->senders = options->rooms;
    }
    if (options->rooms > options->connections) {
        refuse_line("--rooms: expected no more than --connections");
    }
    if (!options->outside && options->senders > options->connections) {
        refuse_line("--senders: expected no more than --connections");
    }
    if (options->threads > options->rooms) {
        refuse_line("--threads: a room is one thread's: expected no more than --rooms");
    }
    if (options->outside) {
        options->connections += options->senders;
    }
}


/* Before this, zero means "not given". After it, a run is always limited in count and
 * in time. */
static void settle_amount(struct stellar__bench_options *options)
{
    bool neither = options->requests == 0 && options->duration == 0;

    if (options->idle > 0) {
        options->connections = options->idle;
    }
    if (options->requests == 0) {
        options->requests = neither ? 1000000 : (uint64_t)STELLAR__BENCH_MOST_REQUESTS;
    }
    if (options->duration == 0 && options->idle == 0) {
        options->duration = (uint64_t)((neither ? 10 : STELLAR__BENCH_A_DAY) * SECOND);
    }
    if (options->pipeline == 0) {
        options->pipeline = options->rate > 0 ? MOST_DUE : 1;
    }
    if (options->threads > options->connections) {
        refuse_line("--threads: expected no more than --connections");
    }
}


static void settle_mode(struct stellar__bench_options *options)
{
    bool request = options->file != NULL || options->word_count > 0;
    int modes = options->chat + (options->idle > 0) + options->handshakes;

    if (options->file != NULL && options->word_count > 0) {
        refuse_line("--file takes the place of a request: expected one");
    }
    if (modes > 1 || (modes > 0 && request)) {
        refuse_line("expected one of a request, --chat, --idle and --handshakes");
    }
    if (modes == 0 && !request) {
        refuse_line("expected a request, for example: stellar-bench detailsView");
    }
    if (options->rate > 0 && modes > 0) {
        refuse_line("--rate: expected a request to send at that rate");
    }
    if (options->handshakes && !options->tls) {
        refuse_line("--handshakes: expected --tls, --tls-ca or --tls-resume");
    }
    if (options->idle > 0 && options->threads > 1) {
        refuse_line("--idle: expected one thread");
    }
    if (options->idle > 0 && options->rooms == 0) {
        options->rooms = 1;
    }
    if (options->chat) {
        settle_chat(options);
    }
}


static void settle_answers(struct stellar__bench_options *options)
{
    struct stellar__answer_shape *shape = &options->shape;

    shape->end = options->answer_end.data;
    shape->end_length = options->answer_end.length;
    if (options->expect != NULL) {
        shape->expect = options->expect;
        shape->expect_length = strlen(options->expect);
        if (shape->expect_length == 0 || shape->expect_length > 4096) {
            stellar__bench_refuse("expect", options->expect, "1 to 4096 bytes");
        }
    }
    if (options->room[0] == '\0' || strlen(options->room) > 255) {
        stellar__bench_refuse("room", options->room, "1 to 255 bytes");
    }
    if (options->joined[0] == '\0' || strlen(options->joined) > 4096) {
        stellar__bench_refuse("joined", options->joined, "1 to 4096 bytes");
    }
    stellar__answer_shape_settle(shape);
}


static void read_all(struct stellar__bench_options *options, int argc, char **argv)
{
    struct option known[SETTINGS + 1];
    size_t count = 0;
    size_t i;
    int found;

    memset(known, 0, sizeof known);
    for (i = 0; i < SETTINGS; i++) {
        if (settings[i].group != NULL) {
            continue;
        }
        known[count].name = settings[i].name;
        known[count].has_arg =
            settings[i].kind == FLAG ? no_argument : required_argument;
        known[count++].val = (int)i + 1000;
    }
    while ((found = getopt_long(argc, argv, "+", known, NULL)) != -1) {
        if (found < 1000) {
            fputs("try: stellar-bench --help\n", stderr);
            exit(STELLAR__BENCH_USAGE);
        }
        set(options, &settings[found - 1000], optarg);
        if (options->version) {
            show_version();
        }
        if (options->help) {
            show_help();
        }
    }
    options->words = argv + optind;
    options->word_count = (size_t)(argc - optind);
}


void stellar__bench_options_read(struct stellar__bench_options *options, int argc,
                                 char **argv)
{
    *options = (struct stellar__bench_options){
        .connections = 50,
        .threads = 1,
        .timeout = (uint64_t)(10 * SECOND),
        .request_end = {"\r\n", 2},
        .answer_end = {"\r\n", 2},
        .room = "defaultRoom",
        .size = 64,
        .joined = "\"status\":\"OK\"",
        .say = {"say %r %m", 9},
    };
    read_all(options, argc, argv);
    settle_target(options);
    settle_amount(options);
    settle_mode(options);
    settle_answers(options);
}
