/*
 * fanout: shows what the machine can do if a chat server only sends. A line that begins
 * with "say " goes to every connection, in the same bytes as stellard would send. Every
 * line is answered with OK. The output for one read is sent with one write per member,
 * on one libuv loop. A yardstick, not a product: nothing is checked, all connections
 * are in one room, and a peer that does not read is dropped.
 */
#include <stdlib.h>
#include <string.h>

#include "yardstick.h"

#define LINE_MAX_HERE 4096
#define SHARE_MAX     (1 << 20)

struct peer {
    uv_tcp_t socket;
    struct peer *next;
    struct peer *previous;
    size_t begun; /* bytes of an unfinished line */
    char line[LINE_MAX_HERE];
};

static const char welcome[] =
    "{\"welcome\":\"Hello human! Welcome to Stellar\",\"context\":\"api\"}\r\n";
static const char ok[] = "{\"status\":\"OK\",\"context\":\"response\",\"data\":true,"
                         "\"messageCount\":1}\r\n";
static const char after[] =
    "\",\"room\":\"defaultRoom\",\"from\":\"e579c0f3-84c3-4e13-b7bb-2443ec95ae7e\","
    "\"context\":\"user\",\"sentAt\":1795403425707}\r\n";

static struct peer members = {.next = &members, .previous = &members};
static char own[SHARE_MAX];   /* for the client that sent the line */
static char share[SHARE_MAX]; /* for all clients */
static size_t own_length;
static size_t share_length;


static void release(uv_handle_t *handle)
{
    struct peer *peer = handle->data;

    peer->next->previous = peer->previous;
    peer->previous->next = peer->next;
    free(peer);
}


static void drop(struct peer *peer)
{
    if (!uv_is_closing((uv_handle_t *)&peer->socket)) {
        uv_close((uv_handle_t *)&peer->socket, release);
    }
}


static void append(char *to, size_t *used, const void *bytes, size_t length)
{
    if (length <= SHARE_MAX - *used) {
        memcpy(to + *used, bytes, length);
        *used += length;
    }
}


static void send_to(struct peer *peer, uv_buf_t *parts, unsigned count)
{
    int length = 0;
    unsigned i;

    for (i = 0; i < count; i++) {
        length += (int)parts[i].len;
    }
    if (length > 0 &&
        uv_try_write((uv_stream_t *)&peer->socket, parts, count) != length) {
        drop(peer);
    }
}


static void obey(const char *line, size_t length)
{
    const char *message;

    append(own, &own_length, ok, sizeof ok - 1);
    if (length < 4 || memcmp(line, "say ", 4) != 0) {
        return;
    }
    message = memchr(line + 4, ' ', length - 4);
    if (message == NULL) {
        return;
    }
    if (length > 0 && line[length - 1] == '\r') {
        length--;
    }
    append(share, &share_length, "{\"message\":\"", 12);
    append(share, &share_length, message + 1, (size_t)(line + length - message) - 1);
    append(share, &share_length, after, sizeof after - 1);
}


/* Handles a line that began in an earlier read. */
static void finish(struct peer *peer, const char *rest, size_t length)
{
    if (length > LINE_MAX_HERE - peer->begun) {
        length = LINE_MAX_HERE - peer->begun;
    }
    memcpy(peer->line + peer->begun, rest, length);
    obey(peer->line, peer->begun + length);
    peer->begun = 0;
}


static void take(struct peer *peer, const char *at, size_t length)
{
    const char *end = at + length;
    const char *stop;

    while ((stop = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        if (peer->begun > 0) {
            finish(peer, at, (size_t)(stop - at));
        } else {
            obey(at, (size_t)(stop - at));
        }
        at = stop + 1;
    }
    if ((size_t)(end - at) > LINE_MAX_HERE - peer->begun) {
        drop(peer);
        return;
    }
    memcpy(peer->line + peer->begun, at, (size_t)(end - at));
    peer->begun += (size_t)(end - at);
}


static void deliver(struct peer *asked)
{
    uv_buf_t parts[2];
    struct peer *each;

    parts[0] = uv_buf_init(own, (unsigned)own_length);
    parts[1] = uv_buf_init(share, (unsigned)share_length);
    send_to(asked, parts, 2);
    if (share_length > 0) {
        for (each = members.next; each != &members; each = each->next) {
            if (each != asked) {
                send_to(each, parts + 1, 1);
            }
        }
    }
    own_length = 0;
    share_length = 0;
}


static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct peer *peer = stream->data;

    if (length < 0) {
        drop(peer);
        return;
    }
    take(peer, buffer->base, (size_t)length);
    deliver(peer);
}


static void on_connection(uv_stream_t *listener, int status)
{
    struct peer *peer = status < 0 ? NULL : calloc(1, sizeof *peer);
    uv_buf_t greeting = uv_buf_init((char *)welcome, sizeof welcome - 1);

    if (peer == NULL) {
        return;
    }
    uv_tcp_init(listener->loop, &peer->socket);
    peer->socket.data = peer;
    peer->next = members.next;
    peer->previous = &members;
    peer->next->previous = peer;
    members.next = peer;
    if (uv_accept(listener, (uv_stream_t *)&peer->socket) != 0 ||
        uv_tcp_nodelay(&peer->socket, 1) != 0 ||
        uv_read_start((uv_stream_t *)&peer->socket, yardstick_lend_memory, on_read) !=
            0) {
        drop(peer);
    } else {
        send_to(peer, &greeting, 1);
    }
}


int main(void)
{
    return yardstick_serve("fanout", on_connection);
}
