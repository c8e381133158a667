/*
 * The members of a JSON object and the items of an array, indexed by jsmn, or by the
 * JSON machine in the same way.
 */
#include "json.h"

#define JSMN_STATIC
#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#include <jsmn.h>

/*
 * Implementation notes.
 *
 * jsmn accepts many texts that are not JSON, and its time grows with the square of the
 * depth. Neither matters after the check, which every text from a command has passed.
 * For any other text, nothing here may read out of bounds, but the results have no
 * meaning.
 *
 * jsmn writes one token for each value, in the order of the text: a member's name
 * before its value, and nested values after the value that contains them. To pass over
 * a value's nested tokens, their positions are used: they start before the value ends.
 *
 * The caller's tokens are jsmn's tokens under another name. What jsmn has written is
 * read as a struct stellar__token, which is laid out in the same way.
 */
#define CHECK(name, condition) typedef char name[(condition) ? 1 : -1]

CHECK(tokens_have_one_size, sizeof(struct stellar_token) == sizeof(jsmntok_t) &&
                                sizeof(struct stellar__token) == sizeof(jsmntok_t));
CHECK(tokens_have_one_layout,
      offsetof(struct stellar__token, type) == offsetof(jsmntok_t, type) &&
          offsetof(struct stellar__token, start) == offsetof(jsmntok_t, start) &&
          offsetof(struct stellar__token, end) == offsetof(jsmntok_t, end) &&
          offsetof(struct stellar__token, size) == offsetof(jsmntok_t, size) &&
          offsetof(struct stellar__token, parent) == offsetof(jsmntok_t, parent));
CHECK(tokens_have_the_same_types, STELLAR__TOKEN_OBJECT == (int)JSMN_OBJECT &&
                                      STELLAR__TOKEN_ARRAY == (int)JSMN_ARRAY &&
                                      STELLAR__TOKEN_STRING == (int)JSMN_STRING &&
                                      STELLAR__TOKEN_PRIMITIVE == (int)JSMN_PRIMITIVE);


/* jsmn as one function, compiled for a call with tokens. It then keeps its state in
 * registers, which saves an eighth of its time. */
__attribute__((flatten, noinline, nonnull)) static int index_text(
    struct stellar_slice text, jsmntok_t *tokens, unsigned capacity)
{
    jsmn_parser parser;

    jsmn_init(&parser);
    return jsmn_parse(&parser, text.data, text.length, tokens, capacity);
}


static int count_tokens(struct stellar_slice text)
{
    jsmn_parser parser;

    jsmn_init(&parser);
    return jsmn_parse(&parser, text.data, text.length, NULL, 0);
}


size_t stellar_params_open(struct stellar_params *params, struct stellar_slice text,
                           struct stellar_token *tokens, size_t capacity)
{
    int count;

    if (text.length == 0 || text.length > STELLAR__COUNT_MAX ||
        (text.data[0] != '{' && text.data[0] != '[')) {
        return 0;
    }
    count = JSMN_ERROR_NOMEM;
    if (capacity > 0) {
        count = index_text(text, (jsmntok_t *)tokens,
                           capacity < STELLAR__COUNT_MAX ? (unsigned)capacity
                                                         : STELLAR__COUNT_MAX);
    }
    if (count == JSMN_ERROR_NOMEM) {
        count = count_tokens(text);
        return count > 0 ? (size_t)count : 0;
    }
    if (count <= 0) {
        return 0;
    }
    params->text = text;
    params->tokens = tokens;
    params->count = count;
    params->next = 1;
    return (size_t)count;
}


static enum stellar_json_type type_of(const struct stellar__token *token, char first)
{
    switch (token->type) {
    case STELLAR__TOKEN_OBJECT:
        return STELLAR_JSON_OBJECT;
    case STELLAR__TOKEN_ARRAY:
        return STELLAR_JSON_ARRAY;
    case STELLAR__TOKEN_STRING:
        return STELLAR_JSON_STRING;
    default:
        break;
    }
    if (first == 't' || first == 'f') {
        return STELLAR_JSON_BOOLEAN;
    }
    return first == 'n' ? STELLAR_JSON_NULL : STELLAR_JSON_NUMBER;
}


/* Sets key (the text of its token) and value from the tokens at *next, and moves past
 * them. Returns false at the end. */
static bool step(const struct stellar_params *params, int *next,
                 struct stellar_slice *key, struct stellar_value *value)
{
    const struct stellar__token *tokens = (const struct stellar__token *)params->tokens;
    const char *text = params->text.data - tokens[0].start;
    const struct stellar__token *token;
    int at = *next;
    int quote;

    key->data = NULL;
    key->length = 0;
    if (tokens[0].type == STELLAR__TOKEN_OBJECT && at < params->count) {
        key->data = text + tokens[at].start;
        key->length = (size_t)(tokens[at].end - tokens[at].start);
        at++;
    }
    if (at >= params->count) {
        return false;
    }
    token = &tokens[at];
    quote = token->type == STELLAR__TOKEN_STRING;
    value->text.data = text + token->start - quote;
    value->text.length = (size_t)(token->end - token->start) + (quote ? 2 : 0);
    value->type = type_of(token, value->text.data[0]);
    do {
        at++;
    } while (at < params->count && tokens[at].start < token->end);
    *next = at;
    return true;
}


bool stellar_params_next(struct stellar_params *params, struct stellar_slice *key,
                         struct stellar_value *value)
{
    struct stellar_slice name;

    if (!step(params, &params->next, &name, value)) {
        params->next = 1;
        return false;
    }
    if (key != NULL) {
        *key = name;
    }
    return true;
}


bool stellar_params_find(const struct stellar_params *params, const char *key,
                         size_t length, struct stellar_value *value)
{
    struct stellar_slice name;
    struct stellar_value each;
    bool found = false;
    int next = 1;

    while (step(params, &next, &name, &each)) {
        if (name.data != NULL && stellar__json_equals(name, key, length)) {
            *value = each;
            found = true;
        }
    }
    return found;
}


/* Returns the first of the tokens that starts at or after this offset. */
static int first_from(const struct stellar__token *tokens, int count, int start)
{
    int low = 0;

    while (low < count) {
        int middle = low + (count - low) / 2;

        if (tokens[middle].start < start) {
            low = middle + 1;
        } else {
            count = middle;
        }
    }
    return low;
}


bool stellar_params_enter(const struct stellar_params *outer,
                          const struct stellar_value *value,
                          struct stellar_params *inner)
{
    const struct stellar__token *tokens = (const struct stellar__token *)outer->tokens;
    uintptr_t from = (uintptr_t)outer->text.data;
    uintptr_t at = (uintptr_t)value->text.data;
    int start;
    int first;
    int end;

    if ((value->type != STELLAR_JSON_OBJECT && value->type != STELLAR_JSON_ARRAY) ||
        at < from || at - from >= outer->text.length) {
        return false;
    }
    start = tokens[0].start + (int)(at - from);
    first = first_from(tokens, outer->count, start);
    if (first == outer->count || tokens[first].start != start ||
        tokens[first].type > STELLAR__TOKEN_ARRAY ||
        (size_t)(tokens[first].end - start) != value->text.length) {
        return false;
    }
    end = first_from(tokens, outer->count, tokens[first].end);
    inner->text = value->text;
    inner->tokens = outer->tokens + first;
    inner->count = end - first;
    inner->next = 1;
    return true;
}


bool stellar_value_boolean(struct stellar_value value, bool *out)
{
    if (value.type != STELLAR_JSON_BOOLEAN || value.text.length == 0) {
        return false;
    }
    *out = value.text.data[0] == 't';
    return true;
}


bool stellar_value_string(struct stellar_value value, struct stellar_slice *out)
{
    if (value.type != STELLAR_JSON_STRING || value.text.length < 2) {
        return false;
    }
    out->data = value.text.data + 1;
    out->length = value.text.length - 2;
    return true;
}
