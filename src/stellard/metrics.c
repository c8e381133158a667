/*
 * Implementation notes. Only the first line of a request matters; the rest is read up
 * to its empty line. Then one answer is written and the stream is shut down. Whatever
 * the client still sends is read and dropped, because a reset could overtake the
 * answer.
 *
 * Nothing here can grow: the number of clients is limited, and so are the bytes and the
 * time of each. If all places are taken, a new client waits in the backlog until
 * another one has ended or is removed. The oldest client that has been answered is
 * removed first, then the oldest whose request is not complete, then the oldest that
 * does not read its answer. So slow clients, no matter how many, do not delay a client
 * whose request has come: after GRACE_MS no client keeps its place by being slow. A
 * client is removed only after the loop has read from all of them, so a request that
 * has arrived is always answered.
 *
 * All places exist from the beginning, because a connection that libuv has announced
 * must be accepted: until then libuv announces no other.
 */
#include "metrics.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "exposition.h"
#include "http_request.h"

#define CLIENTS    64
#define REQUEST_MS 2000 /* for the whole request */
#define ANSWER_MS  5000 /* to read the answer, and to close */
#define GRACE_MS   100
#define BACKLOG    128

/* In the order in which clients are removed. */
enum phase { ANSWERED, ASKING, READING };

struct client {
    uv_tcp_t tcp;
    uv_timer_t deadline;
    uv_write_t write;
    uv_shutdown_t shutdown;
    struct stellar__metrics *metrics;
    char *answer;
    enum phase phase;
    uint64_t since;    /* when it was accepted */
    uint64_t sequence; /* its number in the order of accepting */
    int handles;       /* that must still be closed; 0: the place is free */
    struct stellar__http_request request;
};

struct stellar__metrics {
    const struct stellar_server *server;
    uv_loop_t loop;
    uv_tcp_t listener;
    uv_async_t stop;
    uv_check_t after_polling;
    uv_timer_t grace; /* wakes the loop when a client may be removed */
    uv_thread_t thread;
    bool is_awaited; /* a client must be accepted when a place is free */
    uint64_t accepted;
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
    struct client *client = request->data;

    client->phase = ANSWERED;
    if (status != 0) {
        close_client(client);
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


/* Writes the whole answer to client->answer. HEAD gets the length of the body that it
 * leaves out. */
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

    client->phase = READING;
    if (size == 0 ||
        uv_timer_start(&client->deadline, on_deadline, ANSWER_MS, 0) != 0 ||
        uv_write(&client->write, (uv_stream_t *)&client->tcp, &bytes, 1, on_written) !=
            0) {
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


static bool is_path(const struct stellar__http_target *target, const char *path)
{
    return target->path.length == strlen(path) &&
           memcmp(target->path.data, path, target->path.length) == 0;
}


static void answer_request(struct client *client)
{
    struct stellar__http_target target;

    if (!stellar__http_request_read(&client->request, &target)) {
        answer_text(client, "400 Bad Request",
                    "expected METHOD /path HTTP/1.1, or http://host/path\n",
                    target.is_head);
    } else if (target.is_other_method) {
        answer_text(client, "405 Method Not Allowed", "expected GET or HEAD\n", false);
    } else if (is_path(&target, "/metrics")) {
        answer_metrics(client, target.is_head);
    } else if (is_path(&target, "/healthz")) {
        answer_health(client, target.is_head);
    } else {
        answer_text(client, "404 Not Found", "expected /metrics or /healthz\n",
                    target.is_head);
    }
}


/* Bytes that come after the request overwrite it. */
static void lend_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct client *client = handle->data;
    size_t room = sizeof client->request.bytes;
    char *bytes = client->request.bytes;

    (void)suggested;
    if (client->phase == ASKING) {
        bytes = stellar__http_request_room(&client->request, &room);
    }
    *buffer = uv_buf_init(bytes, (unsigned)room);
}


static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct client *client = stream->data;

    (void)buffer;
    if (length < 0) {
        close_client(client);
        return;
    }
    if (client->phase != ASKING) {
        return;
    }
    switch (stellar__http_request_take(&client->request, (size_t)length)) {
    case STELLAR__HTTP_WHOLE:
        answer_request(client);
        break;
    case STELLAR__HTTP_MALFORMED:
        answer_text(client, "400 Bad Request", "expected text\n", false);
        break;
    case STELLAR__HTTP_TOO_LONG:
        answer_text(client, "431 Request Header Fields Too Large", "expected less\n",
                    false);
        break;
    case STELLAR__HTTP_MORE:
        break;
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


/* Accepts the client that libuv has announced, now or when a place is free. */
static void accept_client(struct stellar__metrics *metrics)
{
    struct client *client = free_place(metrics);

    metrics->is_awaited = client == NULL;
    if (client == NULL || uv_is_closing((uv_handle_t *)&metrics->listener)) {
        return;
    }
    memset(client, 0, offsetof(struct client, request));
    stellar__http_request_init(&client->request);
    uv_tcp_init(&metrics->loop, &client->tcp);
    uv_timer_init(&metrics->loop, &client->deadline);
    client->metrics = metrics;
    client->phase = ASKING;
    client->since = uv_now(&metrics->loop);
    client->sequence = metrics->accepted++;
    client->handles = 2;
    client->tcp.data = client->deadline.data = client;
    client->write.data = client->shutdown.data = client;
    if (uv_accept((uv_stream_t *)&metrics->listener, (uv_stream_t *)&client->tcp) !=
            0 ||
        uv_timer_start(&client->deadline, on_deadline, REQUEST_MS, 0) != 0 ||
        uv_read_start((uv_stream_t *)&client->tcp, lend_buffer, on_read) != 0) {
        close_client(client);
    }
}


static bool goes_before(const struct client *a, const struct client *b)
{
    return a->phase != b->phase ? a->phase < b->phase : a->sequence < b->sequence;
}


/* Returns the client to be removed next. If it returns NULL, there is none now, and
 * *wait is the number of milliseconds until there may be one, or 0 if a place is about
 * to become free. */
static struct client *find_slowest(struct stellar__metrics *metrics, uint64_t *wait)
{
    struct client *slowest = NULL;
    size_t i;

    *wait = GRACE_MS;
    for (i = 0; i < CLIENTS; i++) {
        struct client *client = &metrics->places[i];
        uint64_t age = uv_now(&metrics->loop) - client->since;

        if (client->handles == 0 || uv_is_closing((uv_handle_t *)&client->tcp)) {
            *wait = 0;
            return NULL;
        }
        if (age < GRACE_MS) {
            *wait = GRACE_MS - age < *wait ? GRACE_MS - age : *wait;
        } else if (slowest == NULL || goes_before(client, slowest)) {
            slowest = client;
        }
    }
    return slowest;
}


/* Timers run before polling, which must not wait again. The time is not 0 milliseconds,
 * because libuv would run such a timer again and again. */
static void wake_up(uv_timer_t *grace)
{
    const struct stellar__metrics *metrics = grace->data;

    if (metrics->is_awaited) {
        uv_timer_start(grace, wake_up, 1, 0);
    }
}


/* Now the loop has read from every client that has sent something, except from those
 * accepted in the meantime. These are too young to be removed. */
static void on_polled(uv_check_t *check)
{
    struct stellar__metrics *metrics = check->data;
    struct client *slowest;
    uint64_t wait;

    if (!metrics->is_awaited) {
        return;
    }
    slowest = find_slowest(metrics, &wait);
    if (slowest != NULL) {
        close_client(slowest);
    } else if (wait > 0) {
        uv_timer_start(&metrics->grace, wake_up, wait, 0);
    }
}


/* If there is no descriptor or memory for another client, libuv calls this again at
 * once. This thread has nothing better to do, but it must pause in between. */
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


/* Returns 0 or libuv's error. */
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
        metrics->after_polling.data = metrics->grace.data = metrics;
        uv_tcp_init(&metrics->loop, &metrics->listener);
        uv_check_init(&metrics->loop, &metrics->after_polling);
        uv_check_start(&metrics->after_polling, on_polled);
        uv_timer_init(&metrics->loop, &metrics->grace);
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
