/*
 * Implementation notes. Of a request only the first line matters; the rest is read up
 * to its empty line, into a buffer of fixed size. Then one answer is written, the
 * stream is shut down, and what the client still sends is read and dropped, lest a
 * reset overtake the answer; it has until the same deadline to close.
 *
 * Nothing here can grow: so many clients, so many bytes each, so long each. Who comes
 * when all places are taken waits in the backlog. The places are there from the
 * beginning, since a connection that libuv has announced must be accepted: it announces
 * no other before.
 */
#include "metrics.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "exposition.h"

#define CLIENTS     16
#define REQUEST_MAX 4096
#define DEADLINE_MS 5000
#define BACKLOG     16

struct client {
    uv_tcp_t tcp;
    uv_timer_t deadline;
    uv_write_t write;
    uv_shutdown_t shutdown;
    struct stellar__metrics *metrics;
    char *answer;
    size_t length; /* of the request, so far */
    bool is_answered;
    int handles; /* that are still to be closed; 0: the place is free */
    char request[REQUEST_MAX];
};

struct stellar__metrics {
    const struct stellar_server *server;
    uv_loop_t loop;
    uv_tcp_t listener;
    uv_async_t stop;
    uv_thread_t thread;
    bool is_awaited; /* somebody is to be accepted when a place is free */
    struct client places[CLIENTS];
};

static void accept_client(struct stellar__metrics *metrics);


static void on_client_closed(uv_handle_t *handle)
{
    struct client *client = handle->data;

    if (--client->handles > 0) {
        return;
    }
    free(client->answer);
    if (client->metrics->is_awaited) {
        accept_client(client->metrics);
    }
}


static void close_client(struct client *client)
{
    if (uv_is_closing((uv_handle_t *)&client->tcp)) {
        return;
    }
    uv_close((uv_handle_t *)&client->tcp, on_client_closed);
    uv_close((uv_handle_t *)&client->deadline, on_client_closed);
}


static void on_deadline(uv_timer_t *timer)
{
    close_client(timer->data);
}


static void on_shutdown(uv_shutdown_t *request, int status)
{
    if (status != 0) {
        close_client(request->data);
    }
}


static void on_written(uv_write_t *request, int status)
{
    struct client *client = request->data;

    if (status != 0 ||
        uv_shutdown(&client->shutdown, (uv_stream_t *)&client->tcp, on_shutdown) != 0) {
        close_client(client);
    }
}


/* The whole answer in client->answer. HEAD has the length of what it leaves out. */
static size_t compose(struct client *client, const char *status, const char *type,
                      const char *body, size_t length, bool is_head)
{
    size_t size = length + 256;
    int head;

    client->answer = malloc(size);
    if (client->answer == NULL) {
        return 0;
    }
    head = snprintf(client->answer, size,
                    "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
                    "%sConnection: close\r\n\r\n",
                    status, type, length,
                    strncmp(status, "405", 3) == 0 ? "Allow: GET, HEAD\r\n" : "");
    if (head < 0 || (size_t)head > 256) {
        return 0;
    }
    if (!is_head) {
        memcpy(client->answer + head, body, length);
        return (size_t)head + length;
    }
    return (size_t)head;
}


static void answer(struct client *client, const char *status, const char *type,
                   const char *body, size_t length, bool is_head)
{
    size_t size = compose(client, status, type, body, length, is_head);
    uv_buf_t bytes = uv_buf_init(client->answer, (unsigned)size);

    client->is_answered = true;
    if (size == 0 || uv_write(&client->write, (uv_stream_t *)&client->tcp, &bytes, 1,
                              on_written) != 0) {
        close_client(client);
    }
}


static void answer_text(struct client *client, const char *status, const char *body,
                        bool is_head)
{
    answer(client, status, "text/plain; charset=utf-8", body, strlen(body), is_head);
}


static void answer_metrics(struct client *client, bool is_head)
{
    char *page = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&page, &length);
    bool written = out != NULL;

    if (written) {
        stellar__expose(client->metrics->server, out);
        written = ferror(out) == 0;
        written = fclose(out) == 0 && written;
    }
    if (written) {
        answer(client, "200 OK", "text/plain; version=0.0.4; charset=utf-8", page,
               length, is_head);
    } else {
        answer_text(client, "500 Internal Server Error", "out of memory\n", is_head);
    }
    free(page);
}


static void answer_health(struct client *client, bool is_head)
{
    struct stellar_stats stats;

    stellar_server_stats(client->metrics->server, &stats);
    if (stats.loops_draining > 0) {
        answer_text(client, "503 Service Unavailable", "draining\n", is_head);
    } else {
        answer_text(client, "200 OK", "ok\n", is_head);
    }
}


/* Cuts the request line, in place, into method and path; a query is passed over. */
static bool cut(char *line, char **method, char **path)
{
    char *version;

    line[strcspn(line, "\r\n")] = '\0';
    *method = line;
    *path = strchr(line, ' ');
    if (*path == NULL) {
        return false;
    }
    *(*path)++ = '\0';
    version = strchr(*path, ' ');
    if (version == NULL) {
        return false;
    }
    *version++ = '\0';
    (*path)[strcspn(*path, "?")] = '\0';
    return strcmp(version, "HTTP/1.1") == 0 || strcmp(version, "HTTP/1.0") == 0;
}


static void obey(struct client *client)
{
    char *method;
    char *path;
    bool is_head;

    if (!cut(client->request, &method, &path)) {
        answer_text(client, "400 Bad Request", "expected HTTP/1.1\n", false);
        return;
    }
    is_head = strcmp(method, "HEAD") == 0;
    if (!is_head && strcmp(method, "GET") != 0) {
        answer_text(client, "405 Method Not Allowed", "expected GET or HEAD\n", false);
    } else if (strcmp(path, "/metrics") == 0) {
        answer_metrics(client, is_head);
    } else if (strcmp(path, "/healthz") == 0) {
        answer_health(client, is_head);
    } else {
        answer_text(client, "404 Not Found", "expected /metrics or /healthz\n",
                    is_head);
    }
}


static void lend_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct client *client = handle->data;
    size_t used = client->is_answered ? 0 : client->length;

    (void)suggested;
    /* A NUL stands behind the request. */
    *buffer = uv_buf_init(client->request + used,
                          (unsigned)(sizeof client->request - 1 - used));
}


static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct client *client = stream->data;

    (void)buffer;
    if (length < 0) {
        close_client(client);
        return;
    }
    if (client->is_answered) {
        return;
    }
    client->length += (size_t)length;
    client->request[client->length] = '\0';
    if (strstr(client->request, "\r\n\r\n") != NULL ||
        strstr(client->request, "\n\n") != NULL) {
        obey(client);
    } else if (strlen(client->request) < client->length) {
        answer_text(client, "400 Bad Request", "expected text\n", false);
    } else if (client->length == sizeof client->request - 1) {
        answer_text(client, "431 Request Header Fields Too Large", "expected less\n",
                    false);
    }
}


static struct client *free_place(struct stellar__metrics *metrics)
{
    size_t i;

    for (i = 0; i < CLIENTS; i++) {
        if (metrics->places[i].handles == 0) {
            return &metrics->places[i];
        }
    }
    return NULL;
}


/* Gives the client whom libuv has announced a place, now or when there is one. */
static void accept_client(struct stellar__metrics *metrics)
{
    struct client *client = free_place(metrics);

    metrics->is_awaited = client == NULL;
    if (client == NULL || uv_is_closing((uv_handle_t *)&metrics->listener)) {
        return;
    }
    memset(client, 0, offsetof(struct client, request));
    uv_tcp_init(&metrics->loop, &client->tcp);
    uv_timer_init(&metrics->loop, &client->deadline);
    client->metrics = metrics;
    client->handles = 2;
    client->tcp.data = client->deadline.data = client;
    client->write.data = client->shutdown.data = client;
    if (uv_accept((uv_stream_t *)&metrics->listener, (uv_stream_t *)&client->tcp) !=
            0 ||
        uv_timer_start(&client->deadline, on_deadline, DEADLINE_MS, 0) != 0 ||
        uv_read_start((uv_stream_t *)&client->tcp, lend_buffer, on_read) != 0) {
        close_client(client);
    }
}


/* When there is no descriptor or memory for one more, libuv asks again as soon as it
 * can: this thread has nothing better to do, but must not do it without a pause. */
static void on_connection(uv_stream_t *listener, int status)
{
    if (status == 0) {
        accept_client(listener->data);
    } else {
        uv_sleep(100);
    }
}


/* Beginning and end. */

static void close_any(uv_handle_t *handle, void *data)
{
    const struct stellar__metrics *metrics = data;

    if (uv_is_closing(handle)) {
        return;
    }
    if (handle->data == metrics) {
        uv_close(handle, NULL);
    } else {
        close_client(handle->data);
    }
}


static void on_stop(uv_async_t *stop)
{
    struct stellar__metrics *metrics = stop->data;

    uv_walk(&metrics->loop, close_any, metrics);
}


static void run(void *data)
{
    struct stellar__metrics *metrics = data;

    uv_run(&metrics->loop, UV_RUN_DEFAULT);
}


/* 0 or libuv's error. */
static int listen_on(struct stellar__metrics *metrics, const char *ip, int port)
{
    struct sockaddr_storage address;
    int status = uv_ip4_addr(ip, port, (struct sockaddr_in *)&address);

    if (status != 0) {
        status = uv_ip6_addr(ip, port, (struct sockaddr_in6 *)&address);
    }
    if (status == 0) {
        status = uv_tcp_bind(&metrics->listener, (struct sockaddr *)&address, 0);
    }
    if (status == 0) {
        status = uv_listen((uv_stream_t *)&metrics->listener, BACKLOG, on_connection);
    }
    return status;
}


struct stellar__metrics *stellar__metrics_start(const struct stellar_server *server,
                                                const char *ip, int port, char *error,
                                                size_t capacity)
{
    struct stellar__metrics *metrics = calloc(1, sizeof *metrics);
    int status = metrics == NULL ? UV_ENOMEM : uv_loop_init(&metrics->loop);

    if (status == 0) {
        metrics->server = server;
        metrics->listener.data = metrics->stop.data = metrics;
        uv_tcp_init(&metrics->loop, &metrics->listener);
        status = uv_async_init(&metrics->loop, &metrics->stop, on_stop);
        if (status == 0) {
            status = listen_on(metrics, ip, port);
        }
        if (status == 0) {
            status = uv_thread_create(&metrics->thread, run, metrics);
        }
        if (status == 0) {
            return metrics;
        }
        uv_walk(&metrics->loop, close_any, metrics);
        uv_run(&metrics->loop, UV_RUN_DEFAULT);
        uv_loop_close(&metrics->loop);
    }
    free(metrics);
    snprintf(error, capacity, "metrics: cannot listen on %s port %d: %s", ip, port,
             uv_strerror(status));
    return NULL;
}


void stellar__metrics_end(struct stellar__metrics *metrics)
{
    if (metrics == NULL) {
        return;
    }
    uv_async_send(&metrics->stop);
    uv_thread_join(&metrics->thread);
    uv_loop_close(&metrics->loop);
    free(metrics);
}
