/*
 * Plays a recorded session to a server, and matches each answer to its line:
 *
 *     replay [--timed] [--late MS] [--wait MS] HOST PORT FILE
 *
 * FILE has the lines that a client sent, without telnet commands. They are sent as fast
 * as the server reads them, without waiting for answers. With --timed, each begins with
 * the time at which it is sent, in milliseconds from the start, and a space:
 * "1500 say hall hello".
 *
 * Every answer carries the number of its line, messageCount: answers may come in any
 * order. The program names the lines that got no answer, or got one late (after more
 * than 1000 ms, or what --late says), and answers that no line asked for. It ends when
 * the server has ended the connection, or has said nothing for 5000 ms (--wait).
 *
 * Exit status: 0 if every line was answered once, late or not; 1 if not; 2 if it cannot
 * be played at all.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "stellar/answer.h"

enum { CANNOT_PLAY = 2 };

/* A line of the session. The server numbers them from 1, and so do we: the first is
 * requests[0]. */
struct request {
    char *line; /* as read from the file: its owner */
    char *text; /* of it what is sent, with its line end */
    size_t length;
    size_t number; /* of the line in the file */
    double due;    /* milliseconds from the start */
    double sent;
    double took; /* until the answer came; below 0: none yet */
    bool is_quit;
};

struct replay {
    int socket;
    bool timed, is_finished, all_sent;
    double late_after, patience;
    struct request *requests;
    size_t count, sent, answered, late, strangers, chat;
    char *output; /* lines on their way to the socket */
    size_t output_length, output_size;
    struct stellar_framing framing;
    struct stellar_parser parser; /* of what the server says */
    void *memory;
};


static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}


static void die(const char *what, const char *why)
{
    fprintf(stderr, "replay: %s: %s\n", what, why);
    exit(CANNOT_PLAY);
}


static void *resize(void *memory, size_t size)
{
    memory = realloc(memory, size);
    if (memory == NULL) {
        die("memory", strerror(errno));
    }
    return memory;
}


static void add_request(struct replay *replay, const struct request *request)
{
    if (replay->count % 1024 == 0) {
        replay->requests =
            resize(replay->requests, (replay->count + 1024) * sizeof *request);
    }
    replay->requests[replay->count++] = *request;
}


/* Adds a line of the file. The parser says what the server will count: no blank line,
 * and two lines where a CR stands in between. Returns false after `quit`: the server
 * reads nothing more. */
static bool add_line(struct replay *replay, struct stellar_parser *parser, char *line,
                     size_t length, size_t number)
{
    struct stellar_command command;
    struct request request = {line, line, length, number, 0, 0, -1, false};
    enum stellar_result result;
    bool more = true;

    if (replay->timed) {
        request.due = strtod(line, &request.text);
        if (request.text == line || *request.text != ' ') {
            fprintf(stderr, "replay: line %zu does not begin with a time\n", number);
            exit(CANNOT_PLAY);
        }
        request.text++;
        request.length -= (size_t)(request.text - line);
    }
    stellar_parser_feed(parser, request.text, request.length);
    while ((result = stellar_parser_next(parser, &command)) != STELLAR_MORE) {
        if (result == STELLAR_COMMAND || result == STELLAR_ERROR) {
            request.is_quit = command.verb == STELLAR_QUIT;
            add_request(replay, &request);
            request.length = 0; /* what is sent once counts as several lines */
            request.line = NULL;
            more = more && !request.is_quit;
        }
    }
    free(request.line); /* nobody's */
    return more;
}


static void read_session(struct replay *replay, const char *name)
{
    FILE *file = fopen(name, "r");
    struct stellar_framing framing;
    struct stellar_parser parser;
    size_t number = 0;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    bool more = true;

    if (file == NULL) {
        die(name, strerror(errno));
    }
    stellar_framing_init(&framing);
    stellar_parser_init(&parser, &framing);
    while (more && (length = getline(&line, &capacity, file)) > 0) {
        if (line[length - 1] != '\n') { /* a last line without an end gets one */
            line = resize(line, (size_t)length + 2);
            line[length++] = '\n';
            line[length] = '\0';
        }
        more = add_line(replay, &parser, line, (size_t)length, ++number);
        line = NULL; /* it stays where it is, for its request */
        capacity = 0;
    }
    if (ferror(file)) {
        die(name, strerror(errno));
    }
    free(line);
    fclose(file);
}


static int connect_to(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *addresses;
    struct addrinfo *address;
    int fd = -1;
    int error = getaddrinfo(host, port, &hints, &addresses);

    if (error != 0) {
        die(host, gai_strerror(error));
    }
    for (address = addresses; address != NULL && fd < 0; address = address->ai_next) {
        fd = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
        if (fd >= 0 && connect(fd, address->ai_addr, address->ai_addrlen) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(addresses);
    if (fd < 0) {
        die(host, strerror(errno));
    }
    return fd;
}


/* Sends the lines whose time has come, and the end of the stream behind the last. */
static void send_lines(struct replay *replay, double time)
{
    struct request *next;
    ssize_t sent;

    while (replay->sent < replay->count) {
        next = &replay->requests[replay->sent];
        if (next->due > time) {
            break;
        }
        if (next->length > replay->output_size - replay->output_length) {
            if (replay->output_length > 0) {
                break;
            }
            replay->output_size = next->length + 65536;
            replay->output = resize(replay->output, replay->output_size);
        }
        memcpy(replay->output + replay->output_length, next->text, next->length);
        replay->output_length += next->length;
        next->sent = time;
        replay->sent++;
    }
    if (replay->output_length > 0) {
        sent = send(replay->socket, replay->output, replay->output_length,
                    MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent > 0) {
            replay->output_length -= (size_t)sent;
            memmove(replay->output, replay->output + sent, replay->output_length);
        } else if (errno != EAGAIN && errno != EINTR) {
            replay->all_sent = true; /* to nobody: what it has said may still come */
            replay->output_length = 0;
        }
    }
    if (replay->sent == replay->count && replay->output_length == 0 &&
        !replay->all_sent) {
        shutdown(replay->socket, SHUT_WR);
        replay->all_sent = true;
    }
}


/* Returns the line that this answer is for, or NULL if none waits for it. The goodbye
 * has no number: it is for `quit`, which is always the last line. */
static struct request *find_request(struct replay *replay,
                                    const struct stellar_answer *answer)
{
    uint64_t number = answer->has_message_count ? answer->message_count : 0;
    struct request *request;

    if (answer->kind == STELLAR_ANSWER_GOODBYE) {
        number = replay->sent;
    }
    if (number == 0 || number > replay->sent) {
        return NULL;
    }
    request = &replay->requests[number - 1];
    return request->took < 0 &&
                   request->is_quit == (answer->kind == STELLAR_ANSWER_GOODBYE)
               ? request
               : NULL;
}


static void take_answer(struct replay *replay, const struct stellar_answer *answer,
                        double time)
{
    struct request *request = NULL;

    if (answer->kind == STELLAR_ANSWER_RESPONSE ||
        answer->kind == STELLAR_ANSWER_GOODBYE) {
        request = find_request(replay, answer);
    }
    if (request == NULL) {
        replay->chat += answer->kind == STELLAR_ANSWER_CHAT;
        if (answer->kind == STELLAR_ANSWER_RESPONSE) {
            replay->strangers++;
            printf("not asked for: %.*s\n", (int)answer->line.length,
                   answer->line.data);
        }
        return;
    }
    request->took = time - request->sent;
    replay->answered++;
    if (request->took > replay->late_after) {
        replay->late++;
        printf("line %zu: answered late, after %.0f ms\n", request->number,
               request->took);
    }
}


static void take_answers(struct replay *replay, double time)
{
    char text[STELLAR_ERROR_TEXT_MAX];
    struct stellar_answer answer;
    enum stellar_result result;
    size_t wanted;

    while ((result = stellar_parser_next_answer(&replay->parser, &answer)) !=
           STELLAR_MORE) {
        if (result == STELLAR_ANSWER) {
            take_answer(replay, &answer, time);
        } else if (result == STELLAR_ERROR) {
            replay->strangers++;
            stellar_error_text(&answer.refusal, text, sizeof text);
            printf("no answer at byte %" PRIu64 ": %s\n", answer.offset, text);
        } else if (result == STELLAR_MEMORY) {
            wanted = stellar_parser_memory_wanted(&replay->parser);
            replay->memory = resize(replay->memory, wanted);
            stellar_parser_set_memory(&replay->parser, replay->memory, wanted);
        }
    }
}


/* Waits for what comes first: bytes of the server, room for ours, the time of the next
 * line, or the end of our patience. */
static void wait_and_read(struct replay *replay, double start)
{
    static char input[65536];
    struct pollfd poll_fd = {replay->socket, POLLIN, 0};
    double timeout = replay->patience;
    double due;
    ssize_t length;

    if (replay->output_length > 0) {
        poll_fd.events |= POLLOUT;
    } else if (replay->sent < replay->count && !replay->all_sent) {
        due = replay->requests[replay->sent].due - (now() - start);
        timeout = due > 0 ? due : 0;
    }
    if (poll(&poll_fd, 1, timeout < 1e9 ? (int)timeout + 1 : 1000000000) == 0) {
        replay->is_finished = replay->all_sent || replay->output_length > 0;
        return;
    }
    if ((poll_fd.revents & ~POLLOUT) == 0) {
        return;
    }
    length = recv(replay->socket, input, sizeof input, MSG_DONTWAIT);
    if (length > 0) {
        stellar_parser_feed(&replay->parser, input, (size_t)length);
        take_answers(replay, now() - start);
    } else if (length == 0 || (errno != EAGAIN && errno != EINTR)) {
        replay->is_finished = true;
    }
}


static int compare(const void *one, const void *other)
{
    double difference = *(const double *)one - *(const double *)other;

    return (difference > 0) - (difference < 0);
}


static void report(const struct replay *replay)
{
    double *took = resize(NULL, (replay->count + 1) * sizeof *took);
    size_t count = 0;
    size_t i;

    for (i = 0; i < replay->count; i++) {
        if (replay->requests[i].took >= 0) {
            took[count++] = replay->requests[i].took;
        } else {
            printf("line %zu: %s\n", replay->requests[i].number,
                   i < replay->sent ? "no answer" : "not sent");
        }
    }
    printf(
        "%zu lines, %zu answers, %zu late, %zu missing, %zu not asked for, %zu chat\n",
        replay->count, replay->answered, replay->late, replay->count - replay->answered,
        replay->strangers, replay->chat);
    if (count > 0) {
        qsort(took, count, sizeof *took, compare);
        printf("ms: least %.3f, median %.3f, 99 %% %.3f, most %.3f\n", took[0],
               took[(count - 1) / 2], took[(count - 1) * 99 / 100], took[count - 1]);
    }
    free(took);
}


static double milliseconds(const char *text)
{
    char *end;
    double value = strtod(text, &end);

    if (end == text || *end != '\0' || !(value >= 0)) {
        die(text, "is no number of milliseconds");
    }
    return value;
}


/* Reads the options. Returns the index of the first argument behind them. */
static int read_options(struct replay *replay, int argc, char **argv)
{
    static const struct option options[] = {{"timed", no_argument, NULL, 't'},
                                            {"late", required_argument, NULL, 'l'},
                                            {"wait", required_argument, NULL, 'w'},
                                            {NULL, 0, NULL, 0}};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 't') {
            replay->timed = true;
        } else if (option == 'l') {
            replay->late_after = milliseconds(optarg);
        } else if (option == 'w') {
            replay->patience = milliseconds(optarg);
        } else {
            exit(CANNOT_PLAY);
        }
    }
    if (argc - optind != 3) {
        die("usage", "replay [--timed] [--late MS] [--wait MS] HOST PORT FILE");
    }
    return optind;
}


int main(int argc, char **argv)
{
    struct replay replay = {.late_after = 1000, .patience = 5000};
    int first = read_options(&replay, argc, argv);
    double start;
    size_t i;

    read_session(&replay, argv[first + 2]);
    replay.socket = connect_to(argv[first], argv[first + 1]);
    stellar_framing_init(&replay.framing);
    replay.framing.max_data_length = 0; /* an answer may be of any length */
    stellar_parser_init(&replay.parser, &replay.framing);
    for (start = now(); !replay.is_finished;) {
        if (!replay.all_sent) {
            send_lines(&replay, now() - start);
        }
        wait_and_read(&replay, start);
    }
    close(replay.socket);
    report(&replay);
    for (i = 0; i < replay.count; i++) {
        free(replay.requests[i].line);
    }
    free(replay.requests);
    free(replay.output);
    free(replay.memory);
    return replay.answered < replay.count || replay.strangers > 0;
}
