#include "delivery.h"

#include "batch.h"
#include "lifecycle.h"
#include "output.h"
#include "queue.h"

/* If one huge answer has made the scratch buffer large, it is freed. */
#define SCRATCH_KEPT ((size_t)1024 * 1024)


void stellar__session_end(struct stellar_connection *session, size_t mark)
{
    struct stellar__shard *shard = session->shard;
    struct stellar__buffer *scratch = &shard->scratch;

    if (scratch->failed || stellar__session_is_over(session)) {
        bool failed = scratch->failed;
        bool is_too_long = scratch->is_too_long;
        size_t length = scratch->length;

        stellar__buffer_cut(scratch, mark);
        if (failed && is_too_long) {
            stellar__output_cut_off(session,
                                    stellar__queue_bytes(session->queue) + length);
        } else if (failed) {
            stellar__session_out_of_memory(session);
        }
    } else if (session != shard->current) {
        struct stellar__shared *line = stellar__shared_new(
            shard->common->memory, scratch->data + mark, scratch->length - mark);

        stellar__buffer_cut(scratch, mark);
        stellar__batch_end(shard);
        stellar__output_enqueue(session, line);
        stellar__shared_release(line);
    }
}


void stellar__session_deliver(struct stellar_connection *session,
                              struct stellar__shared *line)
{
    if (stellar__session_is_over(session)) {
        return;
    }
    if (session == session->shard->current) {
        size_t mark = stellar__session_begin(session);

        stellar__buffer_append(&session->shard->scratch, line->data, line->length);
        stellar__session_end(session, mark);
    } else {
        stellar__batch_end(session->shard);
        stellar__output_deliver(session, line);
    }
}


void stellar__shard_flush(struct stellar__shard *shard)
{
    stellar__batch_end(shard);
    shard->must_flush = false;
    while (shard->pending_writes != NULL) {
        struct stellar_connection *session = shard->pending_writes;

        shard->pending_writes = session->next_pending_write;
        session->has_pending_write = false;
        stellar__session_flush(session);
    }
    if (shard->scratch.length == 0 && shard->scratch.capacity > SCRATCH_KEPT) {
        stellar__buffer_free(&shard->scratch);
    }
}
