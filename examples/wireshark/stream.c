/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Implementation notes. Wireshark dissects all packets in order the first time, and any
 * packet again later, any number of times. So it must be possible to find a cursor from
 * the packet alone. In the first pass the cursor before the packet is stored. Within a
 * packet, which may come in several parts, it is kept with the packet.
 */
#include "plugin.h"

#include <epan/conversation.h>
#include <epan/proto_data.h>

struct stream {
    struct cursor client; /* in the first pass: after all packets so far */
    wmem_map_t *exchanges;
};

enum { KEY_CURSOR };


static int protocol(void)
{
    return proto_get_id_by_filter_name("stellar");
}


struct stream *stream_of(packet_info *pinfo, bool *fresh)
{
    conversation_t *conversation = find_or_create_conversation(pinfo);
    struct stream *stream = conversation_get_proto_data(conversation, protocol());

    *fresh = stream == NULL;
    if (stream == NULL) {
        stream = wmem_new0(wmem_file_scope(), struct stream);
        stream->exchanges =
            wmem_map_new(wmem_file_scope(), g_direct_hash, g_direct_equal);
        conversation_add_proto_data(conversation, protocol(), stream);
    }
    return stream;
}


struct cursor *stream_cursor(struct stream *stream, packet_info *pinfo)
{
    struct cursor *cursor =
        p_get_proto_data(pinfo->pool, pinfo, protocol(), KEY_CURSOR);
    struct cursor *before;

    if (cursor != NULL) {
        return cursor;
    }
    before = p_get_proto_data(wmem_file_scope(), pinfo, protocol(), KEY_CURSOR);
    if (before == NULL) {
        before = wmem_memdup(wmem_file_scope(), &stream->client, sizeof *before);
        p_add_proto_data(wmem_file_scope(), pinfo, protocol(), KEY_CURSOR, before);
    }
    cursor = wmem_memdup(pinfo->pool, before, sizeof *cursor);
    p_add_proto_data(pinfo->pool, pinfo, protocol(), KEY_CURSOR, cursor);
    return cursor;
}


void stream_advance(struct stream *stream, packet_info *pinfo,
                    const struct cursor *cursor)
{
    if (!PINFO_FD_VISITED(pinfo)) {
        stream->client = *cursor;
    }
}


struct exchange *stream_exchange(struct stream *stream, guint32 line)
{
    struct exchange *exchange =
        wmem_map_lookup(stream->exchanges, GUINT_TO_POINTER(line));

    if (exchange == NULL) {
        exchange = wmem_new0(wmem_file_scope(), struct exchange);
        wmem_map_insert(stream->exchanges, GUINT_TO_POINTER(line), exchange);
    }
    return exchange;
}
