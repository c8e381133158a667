#include "reply.h"

#include <stdio.h>

#include "delivery.h"


void stellar__reply_begin(struct stellar__reply *reply)
{
    reply->mark = stellar__session_begin(reply->session);
    reply->out = &reply->session->shard->scratch;
    STELLAR__APPEND_LITERAL(reply->out, "{");
}


void stellar__reply_ok(struct stellar__reply *reply)
{
    STELLAR__APPEND_LITERAL(reply->out, "\"status\":\"OK\",\"context\":\"response\"");
}


void stellar__reply_data(struct stellar__reply *reply)
{
    STELLAR__APPEND_LITERAL(reply->out,
                            "\"status\":\"OK\",\"context\":\"response\",\"data\":");
}


void stellar__reply_end(struct stellar__reply *reply)
{
    static const char count[] = ",\"messageCount\":";
    static const char id[] = ",\"messageId\":";
    const struct stellar__shared *message_id = reply->message_id;
    size_t most = sizeof count + STELLAR__DECIMAL_MAX + sizeof "}\r\n";
    char *out;

    if (message_id != NULL) {
        most += sizeof id + message_id->length;
    }
    out = stellar__buffer_reserve(reply->out, most);
    if (out != NULL) {
        out = STELLAR__PUT_LITERAL(out, count);
        out = stellar__put_decimal(out, reply->message_count);
        if (message_id != NULL) {
            out = STELLAR__PUT_LITERAL(out, id);
            out = stellar__put(out, message_id->data, message_id->length);
        }
        out = STELLAR__PUT_LITERAL(out, "}\r\n");
        reply->out->length = (size_t)(out - reply->out->data);
    }
    stellar__session_end(reply->session, reply->mark);
}


void stellar__write_error(struct stellar__buffer *out, enum stellar_error_code code,
                          struct stellar_slice first, struct stellar_slice second)
{
    const char *text = stellar_error_template(code);
    const char *percent;

    if (code == STELLAR_E_NO_SUCH_ROOM) {
        STELLAR__APPEND_LITERAL(out, "{\"name\":\"ConnectionRoomNotExist Error\",");
    } else {
        STELLAR__APPEND_LITERAL(out, "{");
    }
    STELLAR__APPEND_LITERAL(out, "\"code\":\"");
    stellar__buffer_append(out, stellar_error_code_text(code), 3);
    STELLAR__APPEND_LITERAL(out, "\",\"message\":\"");
    while ((percent = strchr(text, '%')) != NULL) {
        struct stellar_slice argument = percent[1] == '1' ? first : second;

        stellar__buffer_append(out, text, (size_t)(percent - text));
        stellar__buffer_escaped(out, argument.data, argument.length);
        text = percent + 2;
    }
    stellar__buffer_append(out, text, strlen(text));
    STELLAR__APPEND_LITERAL(out, "\"}");
}


void stellar__reply_refused(struct stellar__reply *reply, enum stellar_error_code code,
                            struct stellar_slice first, struct stellar_slice second)
{
    STELLAR__COUNT_IN(reply->session->shard, errors, code);
    STELLAR__APPEND_LITERAL(reply->out, "\"status\":");
    stellar__write_error(reply->out, code, first, second);
    STELLAR__APPEND_LITERAL(reply->out, ",\"context\":\"response\"");
}


void stellar__reply_refused_text(struct stellar__reply *reply, const char *text)
{
    STELLAR__APPEND_LITERAL(reply->out, "\"status\":");
    stellar__buffer_text(reply->out, text);
    STELLAR__APPEND_LITERAL(reply->out, ",\"context\":\"response\"");
}


void stellar__reply_false(struct stellar__reply *reply)
{
    STELLAR__APPEND_LITERAL(reply->out, ",\"data\":false");
}


void stellar__reply_error(struct stellar__reply *reply, enum stellar_error_code code,
                          struct stellar_slice first, struct stellar_slice second)
{
    STELLAR__COUNT_IN(reply->session->shard, errors, code);
    stellar__reply_begin(reply);
    STELLAR__APPEND_LITERAL(reply->out, "\"error\":");
    stellar__write_error(reply->out, code, first, second);
    STELLAR__APPEND_LITERAL(reply->out, ",\"context\":\"response\"");
    stellar__reply_end(reply);
}


void stellar__reply_parse_error(struct stellar__reply *reply,
                                const struct stellar_command *command)
{
    char text[STELLAR_ERROR_TEXT_MAX];
    enum stellar_verb verb = command->verb;
    bool is_verb = verb != STELLAR_NO_VERB && verb != STELLAR_ACTION;

    STELLAR__COUNT_IN(reply->session->shard, errors, command->error.code);
    stellar_error_text(&command->error, text, sizeof text);
    stellar__reply_begin(reply);
    if (command->error.code == STELLAR_E_LINE_TOO_LONG) {
        STELLAR__APPEND_LITERAL(reply->out, "\"status\":\"error\",");
    }
    if (is_verb) {
        STELLAR__APPEND_LITERAL(reply->out, "\"status\":{\"code\":\"");
    } else {
        STELLAR__APPEND_LITERAL(reply->out, "\"error\":{\"code\":\"");
    }
    stellar__buffer_append(reply->out, stellar_error_code_text(command->error.code), 3);
    STELLAR__APPEND_LITERAL(reply->out, "\",\"message\":");
    stellar__buffer_string(reply->out, text, strlen(text));
    STELLAR__APPEND_LITERAL(reply->out, "},\"context\":\"response\"");
    if (verb == STELLAR_ROOM_ADD || verb == STELLAR_ROOM_LEAVE) {
        stellar__reply_false(reply);
    }
    stellar__reply_end(reply);
}


void stellar__reply_notice(struct stellar_connection *session, const char *key,
                           const char *text)
{
    size_t mark = stellar__session_begin(session);
    struct stellar__buffer *out = &session->shard->scratch;

    STELLAR__APPEND_LITERAL(out, "{");
    stellar__buffer_string(out, key, strlen(key));
    STELLAR__APPEND_LITERAL(out, ":");
    stellar__buffer_text(out, text);
    STELLAR__APPEND_LITERAL(out, ",\"context\":\"api\"}\r\n");
    stellar__session_end(session, mark);
}


struct stellar__limit_texts stellar__limit_texts(
    const struct stellar_connection *session)
{
    struct stellar__params_limits limits = stellar__shard_params_limits(session->shard);
    struct stellar__limit_texts texts;

    snprintf(texts.count, sizeof texts.count, "%zu", limits.count);
    snprintf(texts.bytes, sizeof texts.bytes, "%zu", limits.bytes);
    return texts;
}


struct stellar__shared *stellar__shard_json_string(struct stellar__shard *shard,
                                                   struct stellar_slice text)
{
    size_t mark = shard->scratch.length;
    struct stellar__shared *json = NULL;

    stellar__buffer_string(&shard->scratch, text.data, text.length);
    if (!shard->scratch.failed) {
        json = stellar__shared_new(shard->common->memory, shard->scratch.data + mark,
                                   shard->scratch.length - mark);
    }
    stellar__buffer_cut(&shard->scratch, mark);
    return json;
}
