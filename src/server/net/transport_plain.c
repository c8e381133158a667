/* The plain transport: what the stream reads is what the session receives. */
#include "transport.h"

#include "close.h"
#include "queue.h"
#include "session.h"
#include "socket.h"

#define RUNS             64
#define SIDE_BY_SIDE_MAX ((size_t)16 * 1024)


static size_t write_now(struct stellar_connection *session, const char *bytes,
                        size_t length)
{
    struct stellar__socket *socket = STELLAR__SOCKET_OF(session);
    uv_buf_t buffer = {.base = (char *)bytes, .len = length};

    return stellar__socket_try_write(socket, &buffer, 1);
}


static unsigned gather(struct stellar__socket *socket, uv_buf_t *buffers, size_t *total)
{
    struct stellar_slice runs[RUNS];
    size_t count = stellar__queue_peek(socket->session.queue, runs, RUNS);
    size_t i;

    *total = 0;
    for (i = 0; i < count; i++) {
        buffers[i].base = (char *)runs[i].data;
        buffers[i].len = runs[i].length;
        *total += runs[i].length;
    }
    return (unsigned)count;
}


/* The kernel takes one run sooner than many: many short ones are laid side by side. */
static size_t try_write(struct stellar__socket *socket, const uv_buf_t *buffers,
                        unsigned count, size_t total)
{
    char side_by_side[SIDE_BY_SIDE_MAX];
    uv_buf_t whole = {.base = side_by_side};
    unsigned i;

    if (count == 1 || total > sizeof side_by_side) {
        return stellar__socket_try_write(socket, buffers, count);
    }
    for (i = 0; i < count; i++) {
        memcpy(side_by_side + whole.len, buffers[i].base, buffers[i].len);
        whole.len += buffers[i].len;
    }
    return stellar__socket_try_write(socket, &whole, 1);
}


static void pump(struct stellar__socket *socket)
{
    struct stellar__queue **queue = &socket->session.queue;
    uv_buf_t buffers[RUNS];
    size_t total;
    size_t written;

    while (*queue != NULL && !socket->is_writing &&
           !uv_is_closing(&socket->uv.handle)) {
        unsigned count = gather(socket, buffers, &total);

        written = try_write(socket, buffers, count, total);
        stellar__queue_consume(queue, written);
        if (written < total) {
            count = gather(socket, buffers, &total);
            stellar__socket_write(socket, buffers, count, total, false);
        }
    }
    if (socket->session.state == STELLAR__SESSION_CLOSING && *queue == NULL &&
        !socket->is_writing) {
        stellar__socket_shut(socket);
    }
}


static void pump_session(struct stellar_connection *session)
{
    pump(STELLAR__SOCKET_OF(session));
}


static int start(struct stellar__socket *socket)
{
    stellar__socket_open_session(socket);
    return 0;
}


static size_t receive(struct stellar__socket *socket, const char *bytes, size_t length)
{
    struct stellar_slice rest =
        stellar__session_receive(&socket->session, bytes, length);

    return length - rest.length;
}


static void end_of_input(struct stellar__socket *socket)
{
    stellar__session_end_of_input(&socket->session);
}


const struct stellar__transport stellar__transport_plain = {
    .ops = {write_now, pump_session, stellar__socket_end, stellar__socket_abort,
            stellar__socket_has_moved, NULL, stellar__socket_resume_session},
    .start = start,
    .receive = receive,
    .end_of_input = end_of_input,
    .pump = pump,
};
