#include "admission.h"


/* A connection takes no more than its kind of stream needs; and where the connections
 * of an address are counted, a pointer to that count behind it. */

static size_t size_of_stream(const struct stellar__loop *loop)
{
    return offsetof(struct stellar__socket, uv) +
           (loop->acceptor.is_unix ? sizeof(uv_pipe_t) : sizeof(uv_tcp_t));
}


bool stellar__admission_counts_addresses(const struct stellar__loop *loop)
{
    return loop->shard.options->max_connections_per_address > 0 &&
           !loop->acceptor.is_unix;
}


size_t stellar__admission_size_of_socket(const struct stellar__loop *loop)
{
    return size_of_stream(loop) + (stellar__admission_counts_addresses(loop)
                                       ? sizeof(struct stellar__address *)
                                       : 0);
}


static struct stellar__address **address_of(struct stellar__socket *socket)
{
    return (void *)((char *)socket + size_of_stream(socket->loop));
}


/* Counts a connection. False, and not counted: it would be more than most, which is 0
 * for no limit. */
static bool take_connection(struct stellar__net *net, size_t most)
{
    size_t before = atomic_load(&net->connections);

    do {
        if (most > 0 && before >= most) {
            return false;
        }
    } while (!atomic_compare_exchange_weak(&net->connections, &before, before + 1));
    return true;
}


/* Counts it among those of its address, if that is wanted; false: it is one too many.
 */
static bool take_address(struct stellar__socket *socket)
{
    struct stellar__net *net = socket->loop->net;
    size_t most = socket->loop->shard.options->max_connections_per_address;
    struct sockaddr_storage peer;
    int length = sizeof peer;

    if (!socket->is_counted ||
        uv_tcp_getpeername(&socket->uv.tcp, (struct sockaddr *)&peer, &length) != 0) {
        return true;
    }
    *address_of(socket) =
        stellar__addresses_take(&net->addresses, (struct sockaddr *)&peer, most);
    return *address_of(socket) != NULL;
}


void stellar__admission_release(struct stellar__socket *socket)
{
    struct stellar__net *net = socket->loop->net;

    if (socket->is_counted) {
        stellar__addresses_release(&net->addresses, *address_of(socket));
        *address_of(socket) = NULL;
    }
    if (socket->is_admitted) {
        atomic_fetch_sub(&net->connections, 1);
    }
    socket->is_admitted = false;
}


const char *stellar__admission_take(struct stellar__socket *socket)
{
    struct stellar__net *net = socket->loop->net;

    socket->is_admitted =
        take_connection(net, socket->loop->shard.options->max_connections);
    if (!socket->is_admitted) {
        return "The server has too many connections";
    }
    if (stellar__memory_limit_is_near(&net->memory_limit)) {
        return "The server has no memory to spare";
    }
    if (!take_address(socket)) {
        return "Your address has too many connections";
    }
    return NULL;
}
