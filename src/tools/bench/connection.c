/*
 * Implementation notes
 *
 * With edge-triggered epoll the kernel does not check each socket again (which saves 5
 * % here). A read that does not fill the memory has emptied the socket, unless the peer
 * has hung up, and the event says that. EPOLLOUT is requested only while a write is
 * incomplete.
 *
 * The text that a stage waits for may be split over reads. So the last bytes of a read,
 * one less than the length of that text, are kept in the stream's tail and searched
 * again with the next read. Bytes after the text in the same read belong to the next
 * stage.
 */
#include "connection.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "worker.h"


static bool watch(struct stellar__worker *worker,
                  struct stellar__connection *connection, int operation)
{
    struct epoll_event event;

    event.events =
        EPOLLIN | EPOLLRDHUP | EPOLLET | (connection->wants_room ? EPOLLOUT : 0U);
    event.data.ptr = connection;
    return epoll_ctl(worker->epoll, operation, connection->fd, &event) == 0;
}


void stellar__connection_retire(struct stellar__worker *worker,
                                struct stellar__connection *connection)
{
    if (connection->active) {
        connection->active = false;
        worker->active--;
    }
}


void stellar__connection_close(struct stellar__connection *connection)
{
    if (connection->fd >= 0) {
        close(connection->fd);
    }
    connection->fd = -1;
    connection->unsent.length = 0;
}


void stellar__connection_release(struct stellar__connection *connection)
{
    stellar__connection_close(connection);
    stellar__bench_tls_release(connection->tls);
    connection->tls = NULL;
}


/* The server may close a connection that has nothing left to do. */
void stellar__connection_lose(struct stellar__worker *worker,
                              struct stellar__connection *connection, int reason)
{
    if (connection->active) {
        if (worker->lost++ == 0) {
            worker->lost_reason = reason;
        }
        worker->missing += connection->outstanding;
        connection->outstanding = 0;
    }
    stellar__connection_retire(worker, connection);
    stellar__connection_close(connection);
}


/* Returns 0 if all was sent, EAGAIN if the socket is full, or an error. */
static int push(struct stellar__worker *worker, struct stellar__connection *connection)
{
    struct stellar__bench_tls_text *unsent = &connection->unsent;
    ssize_t written;

    if (connection->tls != NULL) {
        return stellar__bench_tls_push(connection->tls, connection->fd, unsent,
                                       &worker->bytes_out);
    }
    if (unsent->length == 0) {
        return 0;
    }
    written = send(connection->fd, unsent->data, unsent->length, MSG_NOSIGNAL);
    if (written < 0) {
        return errno == EINTR ? EAGAIN : errno;
    }
    worker->bytes_out += (uint64_t)written;
    unsent->data += written;
    unsent->length -= (size_t)written;
    return unsent->length > 0 ? EAGAIN : 0;
}


static void flush(struct stellar__worker *worker,
                  struct stellar__connection *connection)
{
    int error = push(worker, connection);
    bool wants_room = error == EAGAIN;

    if (error != 0 && error != EAGAIN) {
        stellar__connection_lose(worker, connection, error == ENODATA ? 0 : error);
        return;
    }
    if (wants_room == connection->wants_room) {
        return;
    }
    connection->wants_room = wants_room;
    if (!watch(worker, connection, EPOLL_CTL_MOD)) {
        stellar__connection_lose(worker, connection, errno);
    }
}


void stellar__connection_send(struct stellar__worker *worker,
                              struct stellar__connection *connection, const char *text,
                              size_t length)
{
    connection->unsent.data = text;
    connection->unsent.length = length;
    flush(worker, connection);
}


static void enter(struct stellar__worker *worker,
                  struct stellar__connection *connection,
                  enum stellar__bench_stage stage);


static void be_ready(struct stellar__worker *worker,
                     struct stellar__connection *connection)
{
    connection->stage = STELLAR__BENCH_READY;
    connection->stream.tail_length = 0;
    worker->ready++;
    worker->mode->ready(worker, connection);
}


static void join(struct stellar__worker *worker, struct stellar__connection *connection)
{
    size_t length;
    const char *text;

    connection->stage = STELLAR__BENCH_JOINING;
    connection->stream.tail_length = 0;
    text = stellar__worker_opening_line(worker, connection, &length);
    if (length > 0) {
        stellar__connection_send(worker, connection, text, length);
    }
    if (connection->fd >= 0 && !stellar__worker_joins(worker, connection)) {
        be_ready(worker, connection);
    }
}


static void enter(struct stellar__worker *worker,
                  struct stellar__connection *connection,
                  enum stellar__bench_stage stage)
{
    if (stage == STELLAR__BENCH_SHAKING && connection->tls == NULL) {
        stage = STELLAR__BENCH_WELCOME;
    }
    if (stage == STELLAR__BENCH_WELCOME && worker->options->no_welcome) {
        stage = STELLAR__BENCH_JOINING;
    }
    if (stage > STELLAR__BENCH_SHAKING && worker->mode->shakes_only) {
        be_ready(worker, connection);
    } else if (stage == STELLAR__BENCH_JOINING) {
        join(worker, connection);
    } else {
        connection->stage = stage;
    }
}


/* Returns the end of the text that the stage waits for, or NULL if it has not come
 * yet. */
static char *find_awaited(struct stellar__worker *worker,
                          struct stellar__connection *connection, char *bytes,
                          size_t length)
{
    const struct stellar__bench_options *options = worker->options;
    struct stellar__answer_stream *stream = &connection->stream;
    bool welcome = connection->stage == STELLAR__BENCH_WELCOME;
    const char *awaited = welcome ? options->answer_end.data : options->joined;
    size_t size = welcome ? options->answer_end.length : strlen(awaited);
    char *begin = bytes - stream->tail_length;
    char *found;

    memcpy(begin, stream->tail, stream->tail_length);
    length += stream->tail_length;
    found = memmem(begin, length, awaited, size);
    if (found != NULL) {
        return found + size;
    }
    stream->tail_length = length < size - 1 ? length : size - 1;
    memcpy(stream->tail, begin + length - stream->tail_length, stream->tail_length);
    return NULL;
}


static void take(struct stellar__worker *worker, struct stellar__connection *connection,
                 char *bytes, size_t length)
{
    char *end = bytes + length;

    while (length > 0 && connection->fd >= 0 &&
           connection->stage != STELLAR__BENCH_READY) {
        bytes = find_awaited(worker, connection, bytes, length);
        if (bytes == NULL) {
            return;
        }
        length = (size_t)(end - bytes);
        if (connection->stage == STELLAR__BENCH_WELCOME) {
            enter(worker, connection, STELLAR__BENCH_JOINING);
        } else {
            be_ready(worker, connection);
        }
    }
    if (length > 0 && connection->fd >= 0) {
        worker->mode->take(worker, connection, bytes, length);
    }
}


/* Continues after ciphertext was read. Returns the result of feeding the engine. */
static int take_cipher(struct stellar__worker *worker,
                       struct stellar__connection *connection, size_t length)
{
    struct stellar__bench_tls *tls = connection->tls;
    char *bytes = worker->memory + worker->tail_room;
    size_t text_length;
    int error = stellar__bench_tls_feed(tls, connection->fd, worker->cipher, length,
                                        bytes, STELLAR__BENCH_READ_SIZE, &text_length,
                                        &worker->bytes_out);

    if (error == 0 && connection->stage == STELLAR__BENCH_SHAKING &&
        stellar__bench_tls_established(tls)) {
        stellar__worker_shaken(worker, connection);
        enter(worker, connection, STELLAR__BENCH_WELCOME);
    }
    if (text_length > 0 && connection->fd >= 0) {
        take(worker, connection, bytes, text_length);
    }
    return error;
}


/* Returns false if there is nothing to read now, or ever again. */
static bool read_once(struct stellar__worker *worker,
                      struct stellar__connection *connection, bool *full)
{
    bool plain = connection->tls == NULL;
    char *bytes = worker->memory + worker->tail_room;
    size_t size = STELLAR__BENCH_READ_SIZE - (plain ? 0 : STELLAR__BENCH_TLS_ROOM);
    ssize_t length = read(connection->fd, plain ? bytes : (char *)worker->cipher, size);
    int error = 0;

    if (length <= 0) {
        if (length == 0 || (errno != EAGAIN && errno != EINTR)) {
            stellar__connection_lose(worker, connection, length == 0 ? 0 : errno);
        }
        return false;
    }
    *full = (size_t)length == size;
    worker->bytes_in += (uint64_t)length;
    if (plain) {
        take(worker, connection, bytes, (size_t)length);
    } else {
        error = take_cipher(worker, connection, (size_t)length);
    }
    if (error != 0 && connection->fd >= 0) {
        stellar__connection_lose(worker, connection, error == ENODATA ? 0 : error);
    }
    return connection->fd >= 0;
}


void stellar__connection_event(struct stellar__worker *worker,
                               struct stellar__connection *connection, unsigned events)
{
    bool ended = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    bool full = true;

    if (connection->fd < 0) {
        return;
    }
    while ((full || ended) && read_once(worker, connection, &full)) {
        /* until nothing is left */
    }
    if (connection->fd < 0 || !connection->wants_room) {
        return;
    }
    flush(worker, connection);
    if (connection->fd >= 0 && !connection->wants_room &&
        connection->stage == STELLAR__BENCH_READY) {
        worker->mode->sent(worker, connection);
    }
}


bool stellar__connection_open(struct stellar__worker *worker,
                              struct stellar__connection *connection)
{
    int error = 0;

    connection->stage = STELLAR__BENCH_SHAKING;
    connection->wants_room = false;
    connection->stream.tail_length = 0;
    connection->stream.holds = false;
    connection->fd = stellar__target_connect(worker->target, worker->options->timeout,
                                             worker->opened++);
    if (connection->fd < 0) {
        return false;
    }
    if (worker->options->tls && connection->tls == NULL) {
        connection->tls = stellar__bench_tls_new(worker->trust);
        if (connection->tls == NULL) {
            return false;
        }
    }
    if (connection->tls != NULL) {
        if (!stellar__bench_tls_begin(connection->tls, worker->options->tls_resume
                                                           ? &worker->session
                                                           : NULL)) {
            errno = ENOMEM;
            return false;
        }
        error = push(worker, connection);
        connection->wants_room = error == EAGAIN;
    }
    if ((error != 0 && error != EAGAIN) || !watch(worker, connection, EPOLL_CTL_ADD)) {
        return false;
    }
    if (!connection->active) {
        worker->active++;
    }
    connection->active = true;
    enter(worker, connection, STELLAR__BENCH_SHAKING);
    return true;
}
