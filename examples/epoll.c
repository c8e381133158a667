/*
 * A program with its own event loop that uses the parser library alone: epoll [PORT].
 *
 * It serves TCP on 127.0.0.1 and answers each line with a line that says what it was.
 * It has one thread and uses no event library. Memory is limited: each client has a
 * slot, and more memory only while it has an unfinished line or output that waits.
 *
 * All clients share one buffer for the bytes that have just been read. A client whose
 * output waits is paused: the bytes that the parser has not read yet are copied out of
 * the shared buffer, and nothing is read from the client until its output is sent.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "stellar/parser.h"

enum {
    MAX_FD =
        1000, /* the descriptor is the index of a client's slot. Below the usual ulimit
               * -n, so that there is always a descriptor to refuse a client with */
    MAX_LINE = 1024,
    INPUT_SIZE = 16384,
    ANSWER_MAX = MAX_LINE + 256, /* the bytes of a line and the words around them */
    OUTPUT_SIZE = 4 * ANSWER_MAX
};

struct client {
    struct stellar_parser parser;
    void *line; /* lent to the parser while a line is unfinished */
    char *rest; /* input that is kept while output waits */
    size_t output_length;
    bool ended;  /* the client sends nothing more */
    bool broken; /* the client receives nothing more */
    char output[OUTPUT_SIZE];
};

static struct client *clients[MAX_FD];
static struct stellar_framing framing;
static char input[INPUT_SIZE];


static void append(struct client *client, const char *bytes, size_t length)
{
    memcpy(client->output + client->output_length, bytes, length);
    client->output_length += length;
}


static void append_text(struct client *client, const char *text)
{
    append(client, text, strlen(text));
}


static void append_field(struct client *client, const char *name,
                         struct stellar_slice field)
{
    if (field.data == NULL) {
        return;
    }
    append_text(client, name);
    append(client, field.data, field.length);
}


static void answer(struct client *client, enum stellar_result result,
                   const struct stellar_command *command)
{
    char text[STELLAR_ERROR_TEXT_MAX];

    switch (result) {
    case STELLAR_COMMAND:
        append_text(client, stellar_verb_name(command->verb));
        append_field(client, " key=", command->key);
        append_field(client, " value=", command->value);
        append_field(client, " room=", command->room);
        append_field(client, " message=", command->message);
        append_field(client, " action=", command->action);
        append_field(client, " params=", command->params);
        append_text(client, "\r\n");
        client->ended = command->verb == STELLAR_QUIT;
        break;
    case STELLAR_ERROR:
        stellar_error_text(&command->error, text, sizeof text);
        append_text(client, "error ");
        append_text(client, stellar_error_code_text(command->error.code));
        append_text(client, ": ");
        append_text(client, text);
        append_text(client, "\r\n");
        break;
    case STELLAR_FOREIGN: /* it may be a browser with a hostile page */
        append_text(client, "this is not ");
        append_text(client, stellar_foreign_name(command->foreign));
        append_text(client, "\r\n");
        client->ended = true;
        break;
    default:
        append(client, command->reply.data != NULL ? command->reply.data : "",
               command->reply.length);
        if (command->control == STELLAR_CONTROL_ARE_YOU_THERE) {
            append_text(client, "here\r\n");
        }
        client->ended = command->control == STELLAR_CONTROL_GOODBYE;
    }
}


static void lend(struct client *client)
{
    size_t wanted = stellar_parser_memory_wanted(&client->parser);
    void *line = realloc(client->line, wanted);

    if (line == NULL) {
        client->broken = true;
        return;
    }
    client->line = line;
    stellar_parser_set_memory(&client->parser, line, wanted);
}


static void take_back(struct client *client)
{
    if (client->line == NULL || stellar_parser_held(&client->parser) > 0) {
        return;
    }
    stellar_parser_set_memory(&client->parser, NULL, 0);
    free(client->line);
    client->line = NULL;
}


static void flush(int fd, struct client *client)
{
    ssize_t sent = send(fd, client->output, client->output_length, MSG_NOSIGNAL);

    if (sent >= 0) {
        client->output_length -= (size_t)sent;
        memmove(client->output, client->output + sent, client->output_length);
    } else if (errno != EAGAIN && errno != EINTR) {
        client->broken = true;
    }
}


/* Keeps the input that the parser has not read yet. If it was kept before, it can stay
 * where it is. Otherwise it is in the shared buffer, which other clients need. */
static void pause_client(struct client *client)
{
    struct stellar_slice left = stellar_parser_rest(&client->parser);

    if (client->rest != NULL) {
        return;
    }
    client->rest = malloc(left.length + 1); /* it may be empty */
    if (client->rest == NULL) {
        client->broken = true;
        return;
    }
    memcpy(client->rest, left.data, left.length);
    stellar_parser_feed(&client->parser, client->rest, left.length);
}


/* Answers the lines that were fed, while there is room for answers. */
static void answer_input(int fd, struct client *client)
{
    struct stellar_command command;
    enum stellar_result result;

    while (!client->ended && !client->broken) {
        if (client->output_length > OUTPUT_SIZE - ANSWER_MAX) {
            flush(fd, client);
            if (client->output_length > OUTPUT_SIZE - ANSWER_MAX) {
                pause_client(client);
                return;
            }
        }
        result = stellar_parser_next(&client->parser, &command);
        if (result == STELLAR_MORE) {
            break;
        }
        if (result == STELLAR_MEMORY) {
            lend(client);
        } else {
            answer(client, result, &command);
        }
    }
    free(client->rest);
    client->rest = NULL;
    take_back(client);
}


static void close_client(int fd)
{
    free(clients[fd]->line);
    free(clients[fd]->rest);
    free(clients[fd]);
    clients[fd] = NULL;
    close(fd);
}


static void read_input(int fd, struct client *client)
{
    ssize_t length = recv(fd, input, sizeof input, 0);

    if (length > 0) {
        stellar_parser_feed(&client->parser, input, (size_t)length);
        answer_input(fd, client);
    } else if (length == 0) {
        client->ended = true; /* an unfinished line is never executed */
    } else if (errno != EAGAIN && errno != EINTR) {
        client->broken = true;
    }
}


static void serve(int loop, int fd)
{
    struct client *client = clients[fd];
    struct epoll_event event = {.data.fd = fd};

    if (client->output_length > 0) {
        flush(fd, client);
    } else if (client->rest == NULL) {
        read_input(fd, client);
    }
    if (client->output_length == 0 && client->rest != NULL) {
        answer_input(fd, client);
    }
    if (client->output_length > 0) {
        flush(fd, client);
    }
    if (client->broken || (client->ended && client->output_length == 0)) {
        close_client(fd);
        return;
    }
    event.events =
        client->output_length > 0 || client->rest != NULL ? EPOLLOUT : EPOLLIN;
    epoll_ctl(loop, EPOLL_CTL_MOD, fd, &event);
}


static void welcome(int loop, int listener)
{
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

    if (fd < 0) {
        return;
    }
    if (fd < MAX_FD) {
        clients[fd] = calloc(1, sizeof *clients[fd]);
    }
    if (fd >= MAX_FD || clients[fd] == NULL) {
        close(fd);
        return;
    }
    stellar_parser_init(&clients[fd]->parser, &framing);
    stellar_parser_detect_foreign(&clients[fd]->parser);
    if (epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event) != 0) {
        close_client(fd);
    }
}


/* Returns the socket, or -1. Sets *port to the port that the kernel chose. */
static int listen_on(uint16_t *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(*port)};
    socklen_t length = sizeof address;
    int on = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(fd, (struct sockaddr *)&address, length) != 0 ||
        listen(fd, SOMAXCONN) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &length) != 0) {
        return -1;
    }
    *port = ntohs(address.sin_port);
    return fd;
}


int main(int argc, char **argv)
{
    uint16_t port = argc > 1 ? (uint16_t)atoi(argv[1]) : 0;
    struct epoll_event events[64];
    int listener = listen_on(&port);
    int loop = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    int count;
    int i;

    if (listener < 0 || loop < 0 ||
        epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event) != 0) {
        perror("epoll");
        return EXIT_FAILURE;
    }
    stellar_framing_init(&framing);
    framing.max_data_length = MAX_LINE;
    framing.telnet = true;
    printf("ready 127.0.0.1:%u\n", (unsigned)port);
    fflush(stdout);
    for (;;) {
        count = epoll_wait(loop, events, 64, -1);
        if (count < 0 && errno != EINTR) {
            return EXIT_FAILURE;
        }
        for (i = 0; i < count; i++) {
            if (events[i].data.fd == listener) {
                welcome(loop, listener);
            } else {
                serve(loop, events[i].data.fd);
            }
        }
    }
}
