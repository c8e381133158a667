#include "output.h"

#include "lifecycle.h"
#include "log.h"
#include "queue.h"
#include "timeouts.h"


static void add_pending_write(struct stellar_connection *session)
{
    if (session->has_pending_write) {
        return;
    }
    session->has_pending_write = true;
    session->queued_bytes = 0;
    session->next_pending_write = session->shard->pending_writes;
    session->shard->pending_writes = session;
}


void stellar__output_cut_off(struct stellar_connection *session, size_t waiting)
{
    if (session->state == STELLAR__SESSION_CLOSED) {
        return;
    }
    stellar__log(session->shard->options, STELLAR_LOG_WARNING, session->id,
                 "error %s: %s (%zu bytes waiting, %zu max)",
                 stellar_error_code_text(STELLAR_E_SLOW_READER),
                 stellar_error_template(STELLAR_E_SLOW_READER), waiting,
                 session->shard->options->output_hard_limit);
    STELLAR__COUNT(session->shard, readers_cut_off);
    STELLAR__COUNT_IN(session->shard, errors, STELLAR_E_SLOW_READER);
    stellar__session_abort(session);
}


static void enqueue(struct stellar_connection *session, struct stellar__shared *line)
{
    size_t limit = session->shard->options->output_hard_limit;

    if (line == NULL || !stellar__queue_append(&session->queue, line)) {
        stellar__session_out_of_memory(session);
    } else if (stellar__queue_bytes(session->queue) > limit) {
        stellar__output_cut_off(session, stellar__queue_bytes(session->queue));
    }
}


void stellar__output_enqueue(struct stellar_connection *session,
                             struct stellar__shared *line)
{
    enqueue(session, line);
    add_pending_write(session);
}


void stellar__output_deliver(struct stellar_connection *session,
                             struct stellar__shared *line)
{
    if (stellar__session_is_over(session)) {
        return;
    }
    stellar__output_enqueue(session, line);
    session->queued_bytes += line->length;
    if (session->queued_bytes > session->shard->options->output_soft_limit / 2) {
        session->shard->must_flush = true;
    }
}


/* Offers the scratch buffer to the transport, and queues the rest. */
static void flush_scratch(struct stellar_connection *session)
{
    struct stellar__buffer *scratch = &session->shard->scratch;
    struct stellar__shared *rest;
    size_t sent = 0;

    if (stellar__queue_bytes(session->queue) == 0) {
        sent = session->transport->write(session, scratch->data, scratch->length);
    }
    if (sent < scratch->length && !stellar__session_is_over(session)) {
        rest = stellar__shared_new(session->shard->common->memory, scratch->data + sent,
                                   scratch->length - sent);
        enqueue(session, rest);
        stellar__shared_release(rest);
    }
    session->shard->caused += scratch->length;
    stellar__buffer_cut(scratch, 0);
}


void stellar__session_flush(struct stellar_connection *session)
{
    if (session->state == STELLAR__SESSION_CLOSED) {
        return;
    }
    if (session == session->shard->current && session->shard->scratch.length > 0) {
        flush_scratch(session);
    }
    if (stellar__queue_bytes(session->queue) > 0 &&
        session->state != STELLAR__SESSION_CLOSED) {
        session->transport->pump(session);
        if (session->queue != NULL) {
            stellar__timeouts_blocked(session);
        }
    }
}


void stellar__output_forget(struct stellar_connection *session)
{
    struct stellar_connection **at = &session->shard->pending_writes;

    if (!session->has_pending_write) {
        return;
    }
    while (*at != session) {
        at = &(*at)->next_pending_write;
    }
    *at = session->next_pending_write;
    session->has_pending_write = false;
}
