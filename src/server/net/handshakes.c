/*
 * Implementation notes. Who waits stands at the end of the loop's list of all sockets,
 * in order, so that waiting takes no memory: new sockets come in at the front, and one
 * that is served stays where it is, for the others now begin behind it.
 */
#include "handshakes.h"

#include <utlist.h>

#include "pause.h"

#define TIME_NS 250000


void stellar__handshakes_link(struct stellar__socket *socket)
{
    DL_PREPEND2(socket->loop->sockets, socket, previous, next);
}


static void leave_queue(struct stellar__socket *socket)
{
    struct stellar__handshakes *handshakes = &socket->loop->handshakes;

    if ((socket->session.pause_reasons & STELLAR__PAUSE_HANDSHAKE_TURN) == 0) {
        return;
    }
    stellar__pause_clear(&socket->session, STELLAR__PAUSE_HANDSHAKE_TURN);
    handshakes->waiting--;
    if (handshakes->next == socket) {
        handshakes->next = socket->next;
    }
}


void stellar__handshakes_unlink(struct stellar__socket *socket)
{
    leave_queue(socket);
    DL_DELETE2(socket->loop->sockets, socket, previous, next);
}


static void serve(uv_idle_t *turn)
{
    struct stellar__handshakes *handshakes =
        &((struct stellar__loop *)turn->data)->handshakes;
    uint64_t begun = uv_hrtime();

    while (handshakes->next != NULL && uv_hrtime() - begun < TIME_NS) {
        struct stellar__socket *socket = handshakes->next;

        leave_queue(socket);
        handshakes->read(socket);
    }
    if (handshakes->next == NULL) {
        uv_idle_stop(turn);
    }
}


bool stellar__handshake_must_wait(const struct stellar__socket *socket)
{
    const struct stellar__handshakes *handshakes = &socket->loop->handshakes;

    return socket->is_tls && !stellar__session_exists(&socket->session) &&
           (handshakes->next != NULL || handshakes->time >= TIME_NS);
}


void stellar__handshake_wait(struct stellar__socket *socket)
{
    struct stellar__loop *loop = socket->loop;

    uv_read_stop(&socket->uv.stream);
    DL_DELETE2(loop->sockets, socket, previous, next);
    DL_APPEND2(loop->sockets, socket, previous, next);
    stellar__pause_set(&socket->session, STELLAR__PAUSE_HANDSHAKE_TURN);
    if (loop->handshakes.waiting++ == 0) {
        loop->handshakes.next = socket;
        uv_idle_start(&loop->handshakes.turn, serve);
    }
}


void stellar__handshakes_init(struct stellar__loop *loop,
                              void (*read)(struct stellar__socket *socket))
{
    uv_idle_init(&loop->uv, &loop->handshakes.turn);
    loop->handshakes.turn.data = loop;
    loop->handshakes.read = read;
}


void stellar__handshakes_end_iteration(struct stellar__loop *loop)
{
    loop->handshakes.time = 0;
}
