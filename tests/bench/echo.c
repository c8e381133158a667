/*
 * echo: what the machine can do when a server does nothing. Gives back the bytes it
 * reads, in one write a read, on one libuv loop. A yardstick, not a product: a peer
 * that does not read is dropped, memory is bounded by one buffer.
 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

static char memory[65536];


static void lend_memory(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    (void)handle;
    (void)suggested;
    *buffer = uv_buf_init(memory, sizeof memory);
}


static void release(uv_handle_t *handle)
{
    free(handle);
}


static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    uv_buf_t answer;

    if (length == 0)
        return;
    if (length > 0) {
        answer = uv_buf_init(buffer->base, (unsigned)length);
        if (uv_try_write(stream, &answer, 1) == (int)length)
            return;
    }
    uv_close((uv_handle_t *)stream, release);
}


static void on_connection(uv_stream_t *listener, int status)
{
    uv_tcp_t *peer;

    if (status < 0)
        return;
    peer = malloc(sizeof *peer);
    if (peer == NULL)
        return;
    uv_tcp_init(listener->loop, peer);
    if (uv_accept(listener, (uv_stream_t *)peer) != 0 || uv_tcp_nodelay(peer, 1) != 0 ||
        uv_read_start((uv_stream_t *)peer, lend_memory, on_read) != 0)
        uv_close((uv_handle_t *)peer, release);
}


int main(void)
{
    struct sockaddr_in address;
    uv_tcp_t listener;
    uv_loop_t *loop = uv_default_loop();
    int length = sizeof address;

    signal(SIGPIPE, SIG_IGN);
    if (uv_ip4_addr("127.0.0.1", 0, &address) != 0 ||
        uv_tcp_init(loop, &listener) != 0 ||
        uv_tcp_bind(&listener, (const struct sockaddr *)&address, 0) != 0 ||
        uv_listen((uv_stream_t *)&listener, 1024, on_connection) != 0 ||
        uv_tcp_getsockname(&listener, (struct sockaddr *)&address, &length) != 0) {
        fputs("echo: cannot listen\n", stderr);
        return 1;
    }
    printf("ready 127.0.0.1:%u\n", (unsigned)ntohs(address.sin_port));
    fflush(stdout);
    return uv_run(loop, UV_RUN_DEFAULT);
}
