/*
 * Calls in JSON, and what JSON strings and white space mean. The machine in
 * grammar/json.rl checks whether a text is valid.
 */
#include "json.h"
#include "internal.h"


static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}


/* Returns the number in the four digits of \uXXXX, where at points to the backslash; -1
 * if there is something else. */
static int32_t code_unit(const char *at, const char *end)
{
    int32_t unit = 0;
    int i;

    if (end - at < 6 || at[0] != '\\' || at[1] != 'u') {
        return -1;
    }
    for (i = 2; i < 6; i++) {
        int digit = hex_digit(at[i]);

        if (digit < 0) {
            return -1;
        }
        unit = unit * 16 + digit;
    }
    return unit;
}


static size_t encode(uint32_t code, char bytes[4])
{
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        bytes[0] = (char)(0xc0 | code >> 6);
        bytes[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        bytes[0] = (char)(0xe0 | code >> 12);
        bytes[1] = (char)(0x80 | (code >> 6 & 0x3f));
        bytes[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    bytes[0] = (char)(0xf0 | code >> 18);
    bytes[1] = (char)(0x80 | (code >> 12 & 0x3f));
    bytes[2] = (char)(0x80 | (code >> 6 & 0x3f));
    bytes[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}


/* Decodes the escape at *at and moves past it. Returns how many bytes it becomes. */
static size_t decode(const char **at, const char *end, char bytes[4])
{
    static const char short_escapes[] = "b\bf\fn\nr\rt\t";
    int32_t high = code_unit(*at, end);
    size_t i;

    if (high >= 0) {
        uint32_t code = (uint32_t)high;

        *at += 6;
        if (high >= 0xd800 && high < 0xdc00) {
            int32_t low = code_unit(*at, end);

            if (low >= 0xdc00 && low < 0xe000) {
                *at += 6;
                code = 0x10000 + ((code - 0xd800) << 10) + ((uint32_t)low - 0xdc00);
            }
        }
        return encode(code, bytes);
    }
    if (end - *at < 2) {
        *at = end;
        return 0;
    }
    bytes[0] = (*at)[1];
    for (i = 0; i + 1 < sizeof short_escapes; i += 2) {
        if (bytes[0] == short_escapes[i]) {
            bytes[0] = short_escapes[i + 1];
        }
    }
    *at += 2;
    return 1;
}


size_t stellar_json_unescape(struct stellar_slice string, char *out, size_t capacity)
{
    const char *at = string.data;
    const char *end = at + string.length;
    size_t length = 0;

    while (at != end) {
        char bytes[4];
        const char *piece = at;
        size_t piece_length;

        if (*at == '\\') {
            piece_length = decode(&at, end, bytes);
            piece = bytes;
        } else {
            at = (const char *)memchr(at, '\\', (size_t)(end - at));
            if (at == NULL) {
                at = end;
            }
            piece_length = (size_t)(at - piece);
        }
        if (length < capacity) {
            size_t room = capacity - length;

            memcpy(out + length, piece, piece_length < room ? piece_length : room);
        }
        length += piece_length;
    }
    return length;
}


size_t stellar__json_character(const char **at, const char *end, char bytes[4])
{
    if (**at == '\\') {
        return decode(at, end, bytes);
    }
    bytes[0] = *(*at)++;
    return 1;
}


/* Returns whether the inside of a string, which may hold escapes, is key. */
static bool equals_escaped(struct stellar_slice string, const char *key, size_t length)
{
    const char *at = string.data;
    const char *end = at + string.length;
    const char *key_end = key + length;

    while (at != end) {
        char bytes[4];
        size_t count = stellar__json_character(&at, end, bytes);
        size_t i;

        for (i = 0; i < count; i++) {
            if (key == key_end || *key++ != bytes[i]) {
                return false;
            }
        }
    }
    return key == key_end;
}


bool stellar__json_equals(struct stellar_slice string, const char *key, size_t length)
{
    size_t i;

    /* An escape is longer than the text that it becomes. */
    if (string.length != length) {
        return string.length > length && equals_escaped(string, key, length);
    }
    for (i = 0; i < length; i++) {
        if (string.data[i] != key[i] || key[i] == '\\') {
            return false;
        }
    }
    return true;
}


size_t stellar_json_minify(struct stellar_slice text, char *out)
{
    size_t length = 0;
    size_t i = 0;

    while (i < text.length) {
        char c = text.data[i++];

        if (stellar__is_white(c)) {
            continue;
        }
        out[length++] = c;
        if (c != '"') {
            continue;
        }
        while (i < text.length && (c = text.data[i++]) != '"') {
            out[length++] = c;
            if (c == '\\' && i < text.length) {
                out[length++] = text.data[i++];
            }
        }
        if (c == '"') {
            out[length++] = c;
        }
    }
    return length;
}


enum stellar_json_type stellar__json_type(char first)
{
    switch (first) {
    case '{':
        return STELLAR_JSON_OBJECT;
    case '[':
        return STELLAR_JSON_ARRAY;
    case '"':
        return STELLAR_JSON_STRING;
    case 't':
    case 'f':
        return STELLAR_JSON_BOOLEAN;
    case 'n':
        return STELLAR_JSON_NULL;
    default:
        return STELLAR_JSON_NUMBER;
    }
}


const char *stellar__json_string_end(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++) {
        if (*at == '\\' && end - at > 1) {
            at++;
        }
    }
    return at < end ? at + 1 : end;
}


/* The end of the escape at `at`, with its second half if it is a surrogate; NULL: it is
 * none. */
static const char *escape_end(const char *at, const char *end)
{
    static const char letters[] = "\"\\/bfnrt";
    int32_t unit = code_unit(at, end);
    int32_t low;

    if (unit < 0) {
        return end - at > 1 && memchr(letters, at[1], sizeof letters - 1) != NULL
                   ? at + 2
                   : NULL;
    }
    at += 6;
    if (unit < 0xd800 || unit > 0xdfff) {
        return at;
    }
    low = unit < 0xdc00 ? code_unit(at, end) : -1;
    return low >= 0xdc00 && low <= 0xdfff ? at + 6 : NULL;
}


bool stellar__json_is_inside(struct stellar_slice text)
{
    const char *at = text.data;
    const char *end = at + text.length;

    while (at != end) {
        if (*at == '"' || (unsigned char)*at < 0x20) {
            return false;
        }
        at = *at == '\\' ? escape_end(at, end) : at + 1;
        if (at == NULL) {
            return false;
        }
    }
    return stellar_utf8_check(text.data, text.length);
}


static const char *skip_white(const char *at, const char *end)
{
    while (at < end && stellar__is_white(*at)) {
        at++;
    }
    return at;
}


/* Where a member's value is over: at the comma behind it, or at the end. */
static const char *value_end(const char *at, const char *end)
{
    ptrdiff_t depth = 0;

    while (at < end && (*at != ',' || depth != 0)) {
        depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
        at = *at == '"' ? stellar__json_string_end(at, end) : at + 1;
    }
    return at;
}


bool stellar__json_are_members(struct stellar_slice text, unsigned levels)
{
    const char *end = text.data + text.length;
    const char *at = skip_white(text.data, end);
    struct stellar_error error;
    const char *name;

    if (at == end) {
        return true;
    }
    for (;; at++) {
        name = at = skip_white(at, end);
        if (at == end || *at != '"') {
            return false;
        }
        at = stellar__json_string_end(at, end);
        if (!stellar__json_scan(name, (size_t)(at - name), levels, NULL, &error)) {
            return false;
        }
        name = at = skip_white(at, end);
        if (at == end || *at != ':') {
            return false;
        }
        at = value_end(at, end);
        name++;
        if (!stellar__json_scan(name, (size_t)(at - name), levels, NULL, &error)) {
            return false;
        }
        if (at == end) {
            return true;
        }
    }
}


bool stellar_json_check(const char *text, size_t length, struct stellar_error *error)
{
    struct stellar_error found = {STELLAR_NO_ERROR, 0, 0, NULL, NULL, 0};

    if (stellar__json_scan(text, length, 0, NULL, &found)) {
        return true;
    }
    if (error != NULL) {
        *error = found;
        error->at = found.column;
    }
    return false;
}


static inline uint32_t four_bytes(const char *text)
{
    uint32_t word;

    __builtin_memcpy(&word, text, sizeof word);
    return word;
}


/* Whether a string without escapes is a name of the table. The compiler knows the name,
 * and what is left is a few comparisons of words. */
static inline bool is_plainly(struct stellar_slice string, const char *name,
                              size_t length)
{
    return string.length == length && four_bytes(string.data) == four_bytes(name) &&
           four_bytes(string.data + length - 4) == four_bytes(name + length - 4) &&
           (length <= 8 || four_bytes(string.data + 4) == four_bytes(name + 4));
}


static inline enum stellar__json_member find_plain(enum stellar__json_object wanted,
                                                   struct stellar_slice string)
{
#define XX(object, member, name)                                                     \
    if (wanted == STELLAR__##object && is_plainly(string, name, sizeof(name) - 1)) { \
        return STELLAR__MEMBER_##member;                                             \
    }
    STELLAR__JSON_MEMBERS(XX)
#undef XX
    return STELLAR__MEMBER_COUNT;
}


static enum stellar__json_member find_escaped(enum stellar__json_object wanted,
                                              struct stellar_slice string)
{
#define XX(object, member, name)                                \
    if (wanted == STELLAR__##object &&                          \
        stellar__json_equals(string, name, sizeof(name) - 1)) { \
        return STELLAR__MEMBER_##member;                        \
    }
    STELLAR__JSON_MEMBERS(XX)
#undef XX
    return STELLAR__MEMBER_COUNT;
}


/* What followed an earlier context was the action's own. */
static void note_context(struct stellar__json_notes *notes, struct stellar_slice name)
{
    static const struct stellar_slice absent = {NULL, 0};

    notes->context = name.data - 1;
    notes->members[STELLAR__MEMBER_DATA] = absent;
    notes->members[STELLAR__MEMBER_MESSAGE_COUNT] = absent;
    notes->members[STELLAR__MEMBER_MESSAGE_ID] = absent;
    notes->members[STELLAR__MEMBER_SENT_AT] = absent;
}


/* What is not plainly a name of the table, for which there is time. */
static struct stellar_slice *find_rare(struct stellar__json_notes *notes,
                                       struct stellar_slice name)
{
    enum stellar__json_member member = STELLAR__MEMBER_COUNT;

    /* One escape has six bytes at least, if it stands for a letter. */
    if (name.length >= 6 && memchr(name.data, '\\', name.length) != NULL) {
        member = find_escaped(notes->object, name);
    }
    if (member == STELLAR__MEMBER_CONTEXT) {
        note_context(notes, name);
    }
    return member != STELLAR__MEMBER_COUNT ? &notes->members[member] : NULL;
}


struct stellar_slice *stellar__json_member(struct stellar__json_notes *notes,
                                           struct stellar_slice name)
{
    enum stellar__json_member member;

    /* Each with an object that the compiler knows, so that only its names are left. */
    if (notes->object == STELLAR__CALL) {
        member = find_plain(STELLAR__CALL, name);
    } else if (notes->object == STELLAR__ANSWER) {
        member = find_plain(STELLAR__ANSWER, name);
        if (member == STELLAR__MEMBER_CONTEXT) {
            note_context(notes, name);
        }
    } else {
        member = find_plain(STELLAR__FAILURE, name);
    }
    return member != STELLAR__MEMBER_COUNT ? &notes->members[member]
                                           : find_rare(notes, name);
}


/* Refuses a call because of a member of the wrong type. */
static bool refuse_member(struct stellar_command *command, const char *subject,
                          const char *expected, size_t column)
{
    command->error.code = STELLAR_E_INVALID_TYPE;
    command->error.column = column;
    command->error.subject = subject;
    command->error.expected = expected;
    return false;
}


bool stellar__call_parse(const char *text, size_t length, struct stellar_token *tokens,
                         size_t capacity, struct stellar_command *command)
{
    static const struct stellar_slice absent = {NULL, 0};
    struct stellar__json_notes notes;
    struct stellar_slice action;
    struct stellar_slice params;
    bool bad_action;
    bool bad_params;

    stellar__json_lend(&notes, tokens, capacity);
    command->verb = STELLAR_NO_VERB;
    notes.object = STELLAR__CALL;
    notes.members[STELLAR__MEMBER_ACTION] = absent;
    notes.members[STELLAR__MEMBER_PARAMS] = absent;
    if (!stellar__json_scan(text, length, 0, &notes, &command->error)) {
        return false;
    }
    command->verb = STELLAR_ACTION;
    command->is_json = true;
    action = notes.members[STELLAR__MEMBER_ACTION];
    params = notes.members[STELLAR__MEMBER_PARAMS];
    bad_action = action.data != NULL && action.data[0] != '"';
    bad_params = params.data != NULL && params.data[0] != '{';
    if (bad_action && !(bad_params && params.data < action.data)) {
        return refuse_member(command, "action", "string", (size_t)(action.data - text));
    }
    if (bad_params) {
        return refuse_member(command, "params", "object", (size_t)(params.data - text));
    }
    if (action.data != NULL) {
        command->action.data = action.data + 1;
        command->action.length = action.length - 2;
        command->action_escaped = memchr(action.data, '\\', action.length) != NULL;
    }
    command->params = params;
    if (notes.count > 0) {
        command->index.text = params;
        command->index.tokens = tokens;
        command->index.count = notes.count;
        command->index.next = 1;
    }
    return true;
}
