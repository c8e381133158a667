/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Implementation notes. The server's lines end in CR LF and contain no line end. Its
 * answers to telnet commands come between lines; each has three bytes. The members that
 * have a meaning in the protocol become fields. The whole line goes to Wireshark's own
 * dissector for JSON. That must not change the columns, because the packet list should
 * not show the packet as JSON.
 */
#include "plugin.h"

#define TELNET_IAC          '\xff'
#define TELNET_REPLY_LENGTH 3


/* Returns the length of the line or telnet command at the start, or 0 if it is not
 * complete. */
static guint unit_length(const char *bytes, guint length)
{
    const char *line_end;

    if (bytes[0] == TELNET_IAC) {
        return length >= TELNET_REPLY_LENGTH ? TELNET_REPLY_LENGTH : 0;
    }
    line_end = memchr(bytes, '\n', length);
    return line_end != NULL ? (guint)(line_end + 1 - bytes) : 0;
}


static bool open_object(const struct view *view, struct stellar_slice text,
                        struct stellar_params *params)
{
    size_t count = stellar_params_open(params, text, NULL, 0);
    struct stellar_token *tokens =
        wmem_alloc_array(view->pinfo->pool, struct stellar_token, count);

    return stellar_params_open(params, text, tokens, count) != 0;
}


/* Returns the value as text: the inside of a string, or the JSON of another value. */
static void show_value(const struct view *view, proto_tree *tree, enum field field,
                       struct stellar_value value)
{
    struct stellar_slice inside;

    if (stellar_value_string(value, &inside)) {
        view_json_string(view, tree, field, inside);
    } else {
        view_text(view, tree, field, value.text);
    }
}


/* An error is an object with a code, or another text. */
static void show_error(const struct view *view, proto_tree *tree, proto_item *item,
                       struct stellar_value error)
{
    struct stellar_params members;
    struct stellar_value code, message;
    struct stellar_slice text;

    if (error.type == STELLAR_JSON_OBJECT && open_object(view, error.text, &members) &&
        stellar_params_find(&members, "code", strlen("code"), &code) &&
        stellar_params_find(&members, "message", strlen("message"), &message)) {
        show_value(view, tree, FIELD_ERROR_CODE, code);
        show_value(view, tree, FIELD_ERROR_MESSAGE, message);
        if (stellar_value_string(code, &text)) {
            view_summary(view, wmem_strdup_printf(view->pinfo->pool, "error %.*s",
                                                  (int)text.length, text.data));
        }
    } else {
        show_value(view, tree, FIELD_ERROR_MESSAGE, error);
    }
    expert_add_info(view->pinfo, item, &experts[EXPERT_ANSWERED]);
}


static void show_count(const struct view *view, proto_tree *tree, struct stream *stream,
                       struct stellar_value value)
{
    struct exchange *exchange;
    nstime_t passed;
    int64_t count;
    gint start = (gint)(value.text.data - view->bytes);

    if (!stellar_value_integer(value, &count) || count < 1 || count > G_MAXUINT32) {
        return;
    }
    proto_tree_add_uint64(tree, fields[FIELD_MESSAGE_COUNT], view->tvb, start,
                          (gint)value.text.length, (guint64)count);
    exchange = stream_exchange(stream, (guint32)count);
    exchange->answered = view->pinfo->num;
    if (exchange->asked == 0) {
        return;
    }
    nstime_delta(&passed, &view->pinfo->abs_ts, &exchange->asked_at);
    proto_item_set_generated(proto_tree_add_uint(tree, fields[FIELD_REQUEST_IN],
                                                 view->tvb, start, 0, exchange->asked));
    proto_item_set_generated(
        proto_tree_add_time(tree, fields[FIELD_TIME], view->tvb, start, 0, &passed));
}


static void show_time(const struct view *view, proto_tree *tree,
                      struct stellar_value value)
{
    nstime_t time;
    int64_t ms;

    if (!stellar_value_integer(value, &ms) || ms < 0) {
        return;
    }
    nstime_set_zero(&time);
    time.secs = (time_t)(ms / 1000);
    time.nsecs = (int)(ms % 1000) * 1000000;
    proto_tree_add_time(tree, fields[FIELD_SENT_AT], view->tvb,
                        (gint)(value.text.data - view->bytes), (gint)value.text.length,
                        &time);
}


static bool is(struct stellar_slice name, const char *text)
{
    return name.length == strlen(text) && memcmp(name.data, text, name.length) == 0;
}


/* Shows a message in a room. An action may answer with members of the same names. */
static void show_said(const struct view *view, proto_tree *tree,
                      struct stellar_slice name, struct stellar_value value)
{
    if (is(name, "message")) {
        show_value(view, tree, FIELD_MESSAGE, value);
    } else if (is(name, "room")) {
        show_value(view, tree, FIELD_ROOM, value);
    } else if (is(name, "from")) {
        show_value(view, tree, FIELD_FROM, value);
    } else if (is(name, "sentAt")) {
        show_time(view, tree, value);
    }
}


static void show_member(const struct view *view, proto_tree *tree, proto_item *item,
                        struct stream *stream, struct stellar_slice name,
                        struct stellar_value value)
{
    if (is(name, "context")) {
        show_value(view, tree, FIELD_CONTEXT, value);
    } else if (is(name, "messageCount")) {
        show_count(view, tree, stream, value);
    } else if (is(name, "messageId")) {
        view_text(view, tree, FIELD_MESSAGE_ID, value.text);
    } else if (is(name, "welcome")) {
        show_value(view, tree, FIELD_WELCOME, value);
    } else if (is(name, "error") ||
               (is(name, "status") && value.type == STELLAR_JSON_OBJECT)) {
        show_error(view, tree, item, value);
    } else if (is(name, "status")) {
        show_value(view, tree, FIELD_STATUS, value);
    }
}


static void show_members(const struct view *view, proto_tree *tree, proto_item *item,
                         struct stream *stream, struct stellar_slice text)
{
    struct stellar_params members;
    struct stellar_value value;
    struct stellar_slice name;
    bool said;

    if (!open_object(view, text, &members)) {
        return;
    }
    said = stellar_params_find(&members, "context", strlen("context"), &value) &&
           is(value.text, "\"user\"");
    while (stellar_params_next(&members, &name, &value)) {
        show_member(view, tree, item, stream, name, value);
        if (said) {
            show_said(view, tree, name, value);
        }
    }
    view_summary(view, said ? "message" : "answer");
}


static void show_json(const struct view *view, proto_tree *tree)
{
    tvbuff_t *json =
        tvb_new_subset_length(view->tvb, view->line_start, view->line_length);

    if (json_handle == NULL || tree == NULL) {
        return;
    }
    col_set_writable(view->pinfo->cinfo, -1, FALSE);
    call_dissector(json_handle, json, view->pinfo, tree);
    col_set_writable(view->pinfo->cinfo, -1, TRUE);
}


static void show_answer(struct view *view, struct stream *stream)
{
    struct stellar_slice text = {view->bytes + view->line_start,
                                 (size_t)view->line_length};
    char reason[STELLAR_ERROR_TEXT_MAX];
    struct stellar_error error;
    proto_item *item;
    proto_tree *tree = view_line(view, &item);

    while (text.length > 0 &&
           (text.data[text.length - 1] == '\n' || text.data[text.length - 1] == '\r')) {
        text.length--;
    }
    proto_item_append_text(item, ": %.*s", (int)MIN(text.length, ITEM_LABEL_LENGTH),
                           text.data);
    if (stellar_json_check(text.data, text.length, &error)) {
        show_members(view, tree, item, stream, text);
    } else {
        stellar_error_text(&error, reason, sizeof reason);
        expert_add_info_format(view->pinfo, item, &experts[EXPERT_NOT_JSON],
                               "The answer is not read: %s", reason);
    }
    show_json(view, tree);
}


static void show_reply(struct view *view)
{
    proto_item *item;
    proto_tree *tree = view_line(view, &item);

    proto_tree_add_item(tree, fields[FIELD_REPLY], view->tvb, view->line_start,
                        view->line_length, ENC_NA);
    proto_item_append_text(item, ": telnet");
    view_summary(view, "telnet");
}


guint dissect_answers(struct view *view, struct stream *stream)
{
    guint at = 0, length;

    while (at < view->length) {
        length = unit_length(view->bytes + at, view->length - at);
        if (length == 0) {
            if (view->pinfo->can_desegment > 0) {
                return at;
            }
            proto_tree_add_expert(view->tree, view->pinfo, &experts[EXPERT_UNFINISHED],
                                  view->tvb, (gint)at, (gint)(view->length - at));
            return view->length;
        }
        view->line_start = (gint)at;
        view->line_length = (gint)length;
        if (view->bytes[at] == TELNET_IAC) {
            show_reply(view);
        } else {
            show_answer(view, stream);
        }
        at += length;
    }
    return at;
}
