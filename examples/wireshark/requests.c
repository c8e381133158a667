/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Implementation notes. The bytes are read twice. The first pass only finds out how
 * many of them are complete: up to the last place at which a new line could begin,
 * where no line is unfinished, no line is discarded because of its length, and no
 * telnet command is incomplete. The second pass shows these bytes. Wireshark passes the
 * rest again together with the next segment. So the parser always begins at the
 * beginning of a line, and each line, or telnet command within one, is shown once: in
 * the frame in which it ends.
 *
 * If the byte before was a CR, both passes begin after it, because this changes the
 * meaning of a NUL. They end at a goodbye, which drops the line around it. The parser
 * starts again with the bytes after that.
 */
#include "plugin.h"

#include <epan/strutil.h>

struct reader {
    struct stellar_parser parser;
    wmem_allocator_t *pool;
    void *memory;
    guint end;   /* end of the fed bytes in the packet */
    gint origin; /* the place of the parser's offset 0 in the packet; may be -1 */
};


static enum stellar_result next_event(struct reader *reader,
                                      struct stellar_command *command)
{
    enum stellar_result result;

    while ((result = stellar_parser_next(&reader->parser, command)) == STELLAR_MEMORY) {
        size_t wanted = stellar_parser_memory_wanted(&reader->parser);

        reader->memory = wmem_realloc(reader->pool, reader->memory, wanted);
        stellar_parser_set_memory(&reader->parser, reader->memory, wanted);
    }
    return result;
}


/* Makes the parser read the packet's bytes from `from` to `end`. */
static void start(struct reader *reader, const struct view *view, bool after_cr,
                  guint from, guint end)
{
    struct stellar_command command;
    guint before = after_cr ? 1 : 0;

    reader->pool = view->pinfo->pool;
    reader->memory = NULL;
    reader->end = end;
    reader->origin = (gint)from - (gint)before;
    stellar_parser_init(&reader->parser, &framing);
    stellar_parser_feed(&reader->parser, "\r", before);
    next_event(reader, &command);
    stellar_parser_feed(&reader->parser, view->bytes + from, end - from);
}


static guint position(const struct reader *reader)
{
    return reader->end - (guint)stellar_parser_rest(&reader->parser).length;
}


/* Returns whether a new line could begin here. To test that, a copy of the parser gets
 * a line of one byte and must return exactly that line. */
static bool at_line_start(const struct reader *reader)
{
    struct stellar_parser probe = reader->parser;
    char line[1 + STELLAR_DELIMITER_MAX] = "a";
    struct stellar_command command;

    if (stellar_parser_held(&probe) != 0) {
        return false;
    }
    while (memchr(delimiter, line[0], delimiter_length) != NULL) {
        line[0]++;
    }
    memcpy(line + 1, delimiter, delimiter_length);
    stellar_parser_feed(&probe, line, 1 + delimiter_length);
    return stellar_parser_next(&probe, &command) == STELLAR_COMMAND &&
           command.length == 1;
}


/* Returns the end of the bytes that can be shown now. If segments cannot be joined,
 * these are all. */
static guint complete_end(const struct view *view, bool after_cr, guint from)
{
    struct stellar_command command;
    enum stellar_result result;
    struct reader reader;
    guint end = from;

    start(&reader, view, after_cr, from, view->length);
    do {
        result = next_event(&reader, &command);
        if (result == STELLAR_CONTROL && command.control == STELLAR_CONTROL_GOODBYE) {
            return position(&reader);
        }
        if (at_line_start(&reader)) {
            end = position(&reader);
        }
    } while (result != STELLAR_MORE);
    return view->pinfo->can_desegment > 0 ? end : view->length;
}


/* Shows the verb's word, under the first of the verb's names. */
static void show_verb(const struct view *view, proto_tree *tree,
                      const struct stellar_command *command)
{
    const char *word = view->bytes + view->line_start;
    const char *end = word + MIN((size_t)view->line_length, command->length);
    gint length = 0;

    while (word < end &&
           (*word == ' ' || *word == '\t' || *word == '\r' || *word == '\n')) {
        word++;
    }
    if (command->verb == STELLAR_ACTION) {
        length = (gint)(end - word);
    }
    while (word + length < end && word[length] != ' ' && word[length] != '\t') {
        length++;
    }
    proto_tree_add_string(tree, fields[FIELD_COMMAND], view->tvb,
                          (gint)(word - view->bytes), length,
                          stellar_verb_name(command->verb));
}


static void show_params(const struct view *view, proto_tree *tree,
                        struct stellar_slice text)
{
    proto_item *item = view_text(view, tree, FIELD_PARAMS, text);
    proto_tree *subtree = proto_item_add_subtree(item, subtree_params);
    size_t count = stellar_params_open(&(struct stellar_params){0}, text, NULL, 0);
    struct stellar_token *tokens =
        wmem_alloc_array(view->pinfo->pool, struct stellar_token, count);
    struct stellar_params params;
    struct stellar_value value;
    struct stellar_slice name;

    stellar_params_open(&params, text, tokens, count);
    while (stellar_params_next(&params, &name, &value)) {
        view_json_string(view, subtree, FIELD_PARAM_NAME, name);
        view_text(view, subtree, FIELD_PARAM_VALUE, value.text);
    }
}


static void show_arguments(const struct view *view, proto_tree *tree,
                           const struct stellar_command *command, wmem_strbuf_t *label)
{
    const struct {
        enum field field;
        struct stellar_slice text;
    } arguments[] = {{FIELD_KEY, command->key},
                     {FIELD_VALUE, command->value},
                     {FIELD_ROOM, command->room},
                     {FIELD_MESSAGE, command->message},
                     {FIELD_ACTION, command->action}};
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(arguments); i++) {
        if (arguments[i].text.data == NULL) {
            continue;
        }
        if (arguments[i].field == FIELD_ACTION && command->action_escaped) {
            view_json_string(view, tree, FIELD_ACTION, arguments[i].text);
        } else {
            view_text(view, tree, arguments[i].field, arguments[i].text);
        }
        wmem_strbuf_append_printf(label, " %s",
                                  format_text(view->pinfo->pool,
                                              (const guchar *)arguments[i].text.data,
                                              arguments[i].text.length));
    }
    if (command->params.data != NULL) {
        show_params(view, tree, command->params);
    }
}


/* The bytes of the column are the byte that the error is about, or none if the line
 * ends too early. */
static void show_error(const struct view *view, proto_tree *tree,
                       const struct stellar_command *command, gint origin,
                       wmem_strbuf_t *label)
{
    char text[STELLAR_ERROR_TEXT_MAX];
    const char *code = stellar_error_code_text(command->error.code);
    gint at = (gint)command->error.at + origin;
    proto_item *column;

    stellar_error_text(&command->error, text, sizeof text);
    proto_tree_add_string(tree, fields[FIELD_ERROR_CODE], view->tvb, view->line_start,
                          view->line_length, code);
    proto_tree_add_string(tree, fields[FIELD_ERROR_MESSAGE], view->tvb,
                          view->line_start, view->line_length, text);
    column = proto_tree_add_uint64(tree, fields[FIELD_ERROR_COLUMN], view->tvb, at,
                                   at < view->line_start + view->line_length ? 1 : 0,
                                   command->error.column);
    expert_add_info_format(view->pinfo, column, &experts[EXPERT_REFUSED], "%s: %s",
                           code, text);
    wmem_strbuf_append_printf(label, "%serror %s",
                              wmem_strbuf_get_len(label) > 0 ? " " : "", code);
}


static void show_exchange(const struct view *view, proto_tree *tree,
                          struct stream *stream, guint32 line)
{
    struct exchange *exchange = stream_exchange(stream, line);

    exchange->asked = view->pinfo->num;
    exchange->asked_at = view->pinfo->abs_ts;
    proto_item_set_generated(proto_tree_add_uint64(
        tree, fields[FIELD_MESSAGE_COUNT], view->tvb, view->line_start, 0, line));
    if (exchange->answered != 0) {
        proto_item_set_generated(proto_tree_add_uint(tree, fields[FIELD_ANSWER_IN],
                                                     view->tvb, view->line_start, 0,
                                                     exchange->answered));
    }
}


static void show_control(struct view *view, const struct stellar_command *command)
{
    static const char *const names[] = {"none", "reply", "areYouThere", "goodbye"};
    const char *name = names[command->control];
    proto_item *item;
    proto_tree *tree;

    view->line_length = (gint)command->length;
    tree = view_line(view, &item);
    proto_tree_add_string(tree, fields[FIELD_CONTROL], view->tvb, view->line_start,
                          view->line_length, name);
    if (view->bytes[view->line_start] == '\xff') {
        proto_tree_add_item(tree, fields[FIELD_REPLY], view->tvb, view->line_start,
                            view->line_length, ENC_NA);
    }
    proto_item_append_text(item, ": %s", name);
    view_summary(view, name);
}


static void show_line(struct view *view, const struct stellar_command *command,
                      bool refused, struct stream *stream, guint32 number, gint origin)
{
    const char *verb = stellar_verb_name(command->verb);
    wmem_strbuf_t *label = wmem_strbuf_new(view->pinfo->pool, verb);
    proto_item *item;
    proto_tree *tree = view_line(view, &item);

    if (verb != NULL) {
        show_verb(view, tree, command);
    }
    if (refused) {
        show_error(view, tree, command, origin, label);
    } else {
        show_arguments(view, tree, command, label);
    }
    proto_item_append_text(item, ": %s", wmem_strbuf_get_str(label));
    view_summary(view, wmem_strbuf_get_str(label));
    show_exchange(view, tree, stream, number);
}


/* Shows the bytes between `from` and `end`, which complete_end() has found. */
static void show_complete(struct view *view, struct stream *stream,
                          struct cursor *cursor, guint from, guint end)
{
    struct stellar_command command;
    enum stellar_result result;
    struct reader reader;
    guint shown = from;

    start(&reader, view, cursor->after_cr, from, end);
    while ((result = next_event(&reader, &command)) != STELLAR_MORE) {
        shown = position(&reader);
        view->line_start = (gint)command.offset + reader.origin;
        view->line_length = (gint)shown - view->line_start;
        if (result == STELLAR_CONTROL) {
            show_control(view, &command);
        } else {
            show_line(view, &command, result == STELLAR_ERROR, stream, ++cursor->lines,
                      reader.origin);
        }
    }
    if (shown < end && !at_line_start(&reader)) {
        proto_tree_add_expert(view->tree, view->pinfo, &experts[EXPERT_UNFINISHED],
                              view->tvb, (gint)shown, (gint)(end - shown));
    }
}


guint dissect_requests(struct view *view, struct stream *stream)
{
    struct cursor *cursor = stream_cursor(stream, view->pinfo);
    guint from = 0, end;

    while (from < view->length) {
        end = complete_end(view, cursor->after_cr, from);
        if (end == from) {
            break;
        }
        show_complete(view, stream, cursor, from, end);
        cursor->after_cr = view->bytes[end - 1] == '\r';
        from = end;
    }
    stream_advance(stream, view->pinfo, cursor);
    return from;
}
