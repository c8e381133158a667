/* A client of the server in the program, without a line of its own. */
#ifndef TESTS_EMBED_CONNECT_H
#define TESTS_EMBED_CONNECT_H

#include <netinet/in.h>
#include <sys/socket.h>

#include "stellar/server.h"

/* Returns the socket. cmocka.h must be included first. */
static inline int connect_to(const struct stellar_server *server)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    int client = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_port = htons((uint16_t)stellar_server_port(server));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(client >= 0);
    assert_int_equal(connect(client, (struct sockaddr *)&address, sizeof address), 0);
    return client;
}

#endif
