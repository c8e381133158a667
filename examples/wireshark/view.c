/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "plugin.h"

/* Wireshark's strings end at a NUL. So a NUL in a text is shown as its symbol,
 * U+2400. */
#define NUL_SYMBOL "\xe2\x90\x80"


/* Returns the place of a text in the packet. If a telnet command interrupted its line,
 * the line was copied; then the place is that of the whole line. */
static void locate(const struct view *view, struct stellar_slice text, gint *start,
                   gint *length)
{
    uintptr_t first = (uintptr_t)view->bytes;
    uintptr_t at = (uintptr_t)text.data;

    if (at >= first && at + text.length <= first + view->length) {
        *start = (gint)(at - first);
        *length = (gint)text.length;
    } else {
        *start = view->line_start;
        *length = view->line_length;
    }
}


static char *printable(wmem_allocator_t *pool, const char *text, size_t length)
{
    wmem_strbuf_t *result = wmem_strbuf_sized_new(pool, length + 1, 0);
    size_t i;

    for (i = 0; i < length; i++) {
        if (text[i] == '\0') {
            wmem_strbuf_append(result, NUL_SYMBOL);
        } else {
            wmem_strbuf_append_c(result, text[i]);
        }
    }
    return wmem_strbuf_finalize(result);
}


proto_item *view_text(const struct view *view, proto_tree *tree, enum field field,
                      struct stellar_slice text)
{
    gint start, length;

    locate(view, text, &start, &length);
    return proto_tree_add_string(tree, fields[field], view->tvb, start, length,
                                 printable(view->pinfo->pool, text.data, text.length));
}


proto_item *view_json_string(const struct view *view, proto_tree *tree,
                             enum field field, struct stellar_slice text)
{
    char *plain = wmem_alloc(view->pinfo->pool, text.length + 1);
    size_t plain_length = stellar_json_unescape(text, plain, text.length);
    gint start, length;

    locate(view, text, &start, &length);
    return proto_tree_add_string(tree, fields[field], view->tvb, start, length,
                                 printable(view->pinfo->pool, plain, plain_length));
}


proto_tree *view_line(struct view *view, proto_item **item)
{
    *item = proto_tree_add_item(view->tree, fields[FIELD_LINE], view->tvb,
                                view->line_start, view->line_length, ENC_NA);
    return proto_item_add_subtree(*item, subtree_line);
}


void view_summary(const struct view *view, const char *text)
{
    col_append_sep_str(view->pinfo->cinfo, COL_INFO, ", ", text);
}
