/*
 * echo: shows what the machine can do if a server does nothing. It returns the bytes
 * that it reads, with one write per read, on one libuv loop. A yardstick, not a
 * product: a peer that does not read is dropped, and the memory is limited to one
 * buffer.
 */
#include <stdlib.h>

#include "yardstick.h"


static void release(uv_handle_t *handle)
{
    free(handle);
}


static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    uv_buf_t answer;

    if (length == 0) {
        return;
    }
    if (length > 0) {
        answer = uv_buf_init(buffer->base, (unsigned)length);
        if (uv_try_write(stream, &answer, 1) == (int)length) {
            return;
        }
    }
    uv_close((uv_handle_t *)stream, release);
}


static void on_connection(uv_stream_t *listener, int status)
{
    uv_tcp_t *peer;

    if (status < 0) {
        return;
    }
    peer = malloc(sizeof *peer);
    if (peer == NULL) {
        return;
    }
    uv_tcp_init(listener->loop, peer);
    if (uv_accept(listener, (uv_stream_t *)peer) != 0 || uv_tcp_nodelay(peer, 1) != 0 ||
        uv_read_start((uv_stream_t *)peer, yardstick_lend_memory, on_read) != 0) {
        uv_close((uv_handle_t *)peer, release);
    }
}


int main(void)
{
    return yardstick_serve("echo", on_connection);
}
