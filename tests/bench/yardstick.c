#include "yardstick.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>


void yardstick_lend_memory(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    static char memory[65536];

    (void)handle;
    (void)suggested;
    *buffer = uv_buf_init(memory, sizeof memory);
}


int yardstick_serve(const char *name, uv_connection_cb on_connection)
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
        fprintf(stderr, "%s: cannot listen\n", name);
        return 1;
    }
    printf("ready 127.0.0.1:%u\n", (unsigned)ntohs(address.sin_port));
    fflush(stdout);
    return uv_run(loop, UV_RUN_DEFAULT);
}
