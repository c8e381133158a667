/*
 * What a server says, read and written. The JSON machine finds the members; the object
 * in error or status is read by it once more, as an object of its own.
 */
#include "stellar/answer.h"

#include "internal.h"
#include "json.h"
#include "output.h"


static struct stellar_value value_of(struct stellar_slice text)
{
    struct stellar_value value;

    value.type =
        text.data != NULL ? stellar__json_type(text.data[0]) : STELLAR_JSON_NULL;
    value.text = text;
    return value;
}


/* The inside of a string; of anything else, and of what is absent: absent. */
static struct stellar_slice inside_of(struct stellar_slice text)
{
    struct stellar_slice inside = {NULL, 0};

    stellar_value_string(value_of(text), &inside);
    return inside;
}


static bool is(struct stellar_slice string, const char *text, size_t length)
{
    return string.data != NULL && stellar__json_equals(string, text, length);
}


#define IS(string, literal) is(string, literal, sizeof(literal) - 1)


/* A number from 0 to 2^64 - 1, which may be written as no integer need be (5.0). */
static bool read_count(struct stellar_slice text, uint64_t *count)
{
    uint64_t number = 0;
    int64_t integer;
    size_t i;

    for (i = 0; i < text.length && text.data[i] >= '0' && text.data[i] <= '9'; i++) {
        unsigned digit = (unsigned)(text.data[i] - '0');

        if (number > UINT64_MAX / 10 || number * 10 > UINT64_MAX - digit) {
            return false;
        }
        number = number * 10 + digit;
    }
    if (i == text.length) {
        *count = number;
        return i > 0;
    }
    if (!stellar_value_integer(value_of(text), &integer) || integer < 0) {
        return false;
    }
    *count = (uint64_t)integer;
    return true;
}


/* What is between, without white space at its ends. */
static struct stellar_slice trim(const char *from, const char *to)
{
    struct stellar_slice slice;

    while (from < to && stellar__is_white(*from)) {
        from++;
    }
    while (from < to && stellar__is_white(to[-1])) {
        to--;
    }
    slice.data = from;
    slice.length = (size_t)(to - from);
    return slice;
}


/* The members before the context, or all of them. */
static struct stellar_slice find_own(struct stellar_slice object, const char *context)
{
    const char *from = object.data + 1;
    const char *to = context != NULL ? context : object.data + object.length - 1;
    struct stellar_slice own = trim(from, to);

    if (context != NULL && own.length > 0) {
        own = trim(from, own.data + own.length - 1); /* without the comma */
    }
    return own;
}


/* Sets code and text from the object in error or status. */
static void read_failure(struct stellar_answer *answer)
{
    struct stellar_slice object = answer->error.text;
    struct stellar__json_notes notes;
    struct stellar_error error;

    if (answer->error.type == STELLAR_JSON_STRING) {
        answer->text = inside_of(object);
        return;
    }
    if (answer->error.type != STELLAR_JSON_OBJECT) {
        object = answer->status.text;
    }
    if (object.data == NULL || object.data[0] != '{') {
        return;
    }
    notes.object = STELLAR__FAILURE;
    stellar__json_lend(&notes, NULL, 0);
    memset(notes.members, 0, sizeof notes.members);
    if (stellar__json_scan(object.data, object.length, 0, &notes, &error)) {
        answer->code = inside_of(notes.members[STELLAR__MEMBER_CODE]);
        answer->text = inside_of(notes.members[STELLAR__MEMBER_TEXT]);
    }
}


static enum stellar_answer_kind kind_of(const struct stellar_answer *answer,
                                        bool has_sent_at)
{
    struct stellar_slice status = inside_of(answer->status.text);

    if (IS(answer->context, "response")) {
        return STELLAR_ANSWER_RESPONSE;
    }
    if (IS(answer->context, "api")) {
        if (answer->welcome.data != NULL) {
            return STELLAR_ANSWER_WELCOME;
        }
        return IS(status, "Bye!") ? STELLAR_ANSWER_GOODBYE : STELLAR_ANSWER_OTHER;
    }
    if (IS(answer->context, "user") && answer->message.data != NULL &&
        answer->room.data != NULL && answer->from.data != NULL && has_sent_at) {
        return STELLAR_ANSWER_CHAT;
    }
    return STELLAR_ANSWER_OTHER;
}


static void read_members(struct stellar_answer *answer,
                         const struct stellar__json_notes *notes)
{
    const struct stellar_slice *members = notes->members;
    int64_t sent_at = 0;
    bool has_sent_at = false;

    answer->status = value_of(members[STELLAR__MEMBER_STATUS]);
    answer->error = value_of(members[STELLAR__MEMBER_ERROR]);
    answer->welcome = inside_of(members[STELLAR__MEMBER_WELCOME]);
    answer->message = inside_of(members[STELLAR__MEMBER_MESSAGE]);
    answer->room = inside_of(members[STELLAR__MEMBER_ROOM]);
    answer->from = inside_of(members[STELLAR__MEMBER_FROM]);
    if (answer->context.data != NULL) {
        answer->data = value_of(members[STELLAR__MEMBER_DATA]);
        answer->message_id = value_of(members[STELLAR__MEMBER_MESSAGE_ID]);
        answer->has_message_count =
            read_count(members[STELLAR__MEMBER_MESSAGE_COUNT], &answer->message_count);
        has_sent_at =
            stellar_value_integer(value_of(members[STELLAR__MEMBER_SENT_AT]), &sent_at);
    }
    read_failure(answer);
    answer->kind = kind_of(answer, has_sent_at);
    if (answer->kind == STELLAR_ANSWER_CHAT) {
        answer->sent_at = sent_at;
    }
}


bool stellar__answer_parse(const struct stellar_parser *parser,
                           const unsigned char *line, size_t lead, size_t length,
                           struct stellar_answer *answer)
{
    struct stellar_slice object =
        trim((const char *)line + lead, (const char *)line + length);
    struct stellar__json_notes notes;

    memset(&notes, 0, sizeof notes);
    notes.object = STELLAR__ANSWER;
    stellar__json_lend(&notes, parser->tokens, parser->token_capacity);
    if (!stellar__json_scan((const char *)line + lead, length - lead, 0, &notes,
                            &answer->refusal)) {
        answer->refusal.column += lead;
        return false;
    }
    answer->context = inside_of(notes.members[STELLAR__MEMBER_CONTEXT]);
    if (answer->context.data == NULL) {
        notes.context = NULL;
    }
    answer->own = find_own(object, notes.context);
    read_members(answer, &notes);
    if (notes.count > 0) {
        answer->members.text = object;
        answer->members.tokens = parser->tokens;
        answer->members.count = notes.count;
        answer->members.next = 1;
    }
    return true;
}


/*
 * Writing. Every function returns false if its part cannot be said.
 */

static void put_name(struct stellar__output *output, const char *name, size_t length)
{
    if (output->length > 1) { /* behind the brace there is a member already */
        STELLAR__PUT_LITERAL(output, ",");
    }
    STELLAR__PUT_LITERAL(output, "\"");
    stellar__put(output, name, length);
    STELLAR__PUT_LITERAL(output, "\":");
}


#define PUT_NAME(output, literal) put_name(output, literal, sizeof(literal) - 1)


/* What may be absent: then its name is not written either. */
static bool put_value(struct stellar__output *output, const char *name, size_t length,
                      struct stellar_slice text)
{
    struct stellar_error error;

    if (text.data == NULL) {
        return true;
    }
    put_name(output, name, length);
    stellar__put_compact(output, text);
    return stellar__json_scan(text.data, text.length, 1, NULL, &error);
}


static bool put_string(struct stellar__output *output, const char *name, size_t length,
                       struct stellar_slice inside)
{
    if (inside.data == NULL) {
        return true;
    }
    put_name(output, name, length);
    STELLAR__PUT_LITERAL(output, "\"");
    stellar__put(output, inside.data, inside.length);
    STELLAR__PUT_LITERAL(output, "\"");
    return stellar__json_is_inside(inside);
}


#define PUT_VALUE(output, literal, text) \
    put_value(output, literal, sizeof(literal) - 1, text)
#define PUT_STRING(output, literal, inside) \
    put_string(output, literal, sizeof(literal) - 1, inside)


static bool put_own(struct stellar__output *output, const struct stellar_answer *answer)
{
    if (answer->own.data != NULL) {
        stellar__put_compact(output, answer->own);
        return stellar__json_are_members(answer->own, 1);
    }
    if (answer->welcome.data != NULL) {
        return PUT_STRING(output, "welcome", answer->welcome);
    }
    if (answer->status.text.data != NULL || answer->error.text.data != NULL) {
        return PUT_VALUE(output, "status", answer->status.text) &&
               PUT_VALUE(output, "error", answer->error.text);
    }
    return PUT_STRING(output, "message", answer->message) &&
           PUT_STRING(output, "room", answer->room) &&
           PUT_STRING(output, "from", answer->from);
}


/* What counts only behind a context. */
static bool put_rest(struct stellar__output *output,
                     const struct stellar_answer *answer)
{
    if (!PUT_VALUE(output, "data", answer->data.text)) {
        return false;
    }
    if (answer->has_message_count) {
        PUT_NAME(output, "messageCount");
        stellar__put_unsigned(output, answer->message_count);
    }
    if (!PUT_VALUE(output, "messageId", answer->message_id.text)) {
        return false;
    }
    if (answer->kind == STELLAR_ANSWER_CHAT || answer->sent_at != 0) {
        PUT_NAME(output, "sentAt");
        stellar__put_signed(output, answer->sent_at);
    }
    return true;
}


size_t stellar_answer_write(const struct stellar_answer *answer, char *out,
                            size_t capacity)
{
    struct stellar__output output;
    size_t length;

    output.out = out;
    output.capacity = capacity;
    output.length = 0;
    STELLAR__PUT_LITERAL(&output, "{");
    if (!put_own(&output, answer) || !PUT_STRING(&output, "context", answer->context)) {
        return 0;
    }
    length = output.length;
    if (!put_rest(&output, answer) ||
        (answer->context.data == NULL && output.length > length)) {
        return 0;
    }
    STELLAR__PUT_LITERAL(&output, "}\r\n");
    return output.length;
}
