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


/* Returns whether the inside of a string, which may hold escapes, is key. */
static bool equals_escaped(struct stellar_slice string, const char *key, size_t length)
{
    const char *at = string.data;
    const char *end = at + string.length;
    const char *key_end = key + length;

    while (at != end) {
        char bytes[4] = {*at};
        size_t count = 1;
        size_t i;

        if (*at == '\\') {
            count = decode(&at, end, bytes);
        } else {
            at++;
        }
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


static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}


size_t stellar_json_minify(struct stellar_slice text, char *out)
{
    size_t length = 0;
    size_t i = 0;

    while (i < text.length) {
        char c = text.data[i++];

        if (is_space(c)) {
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


bool stellar_json_check(const char *text, size_t length, struct stellar_error *error)
{
    struct stellar_error found = {STELLAR_NO_ERROR, 0, 0, NULL, NULL, 0};

    if (stellar__json_scan(text, length, NULL, &found)) {
        return true;
    }
    if (error != NULL) {
        *error = found;
        error->at = found.column;
    }
    return false;
}


/* Returns whether both have the same six bytes. */
static inline bool are_six(const char *text, const char *name)
{
    uint32_t heads[2];
    uint16_t tails[2];

    __builtin_memcpy(&heads[0], text, 4);
    __builtin_memcpy(&heads[1], name, 4);
    __builtin_memcpy(&tails[0], text + 4, 2);
    __builtin_memcpy(&tails[1], name + 4, 2);
    return heads[0] == heads[1] && tails[0] == tails[1];
}


struct stellar_slice *stellar__json_member(struct stellar__json_call *call,
                                           struct stellar_slice name)
{
    bool is_plain = name.length == 6; /* with escapes it is longer */

    if (is_plain ? are_six(name.data, "action")
                 : stellar__json_equals(name, "action", 6)) {
        return &call->action;
    }
    if (is_plain ? are_six(name.data, "params")
                 : stellar__json_equals(name, "params", 6)) {
        return &call->params;
    }
    return NULL;
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


bool stellar__call_parse(const char *text, size_t length,
                         struct stellar_command *command)
{
    struct stellar__json_call call = {{NULL, 0}, {NULL, 0}};
    struct stellar_slice action;
    bool bad_action;
    bool bad_params;

    command->verb = STELLAR_NO_VERB;
    if (!stellar__json_scan(text, length, &call, &command->error)) {
        return false;
    }
    command->verb = STELLAR_ACTION;
    command->is_json = true;
    action = call.action;
    bad_action = action.data != NULL && action.data[0] != '"';
    bad_params = call.params.data != NULL && call.params.data[0] != '{';
    if (bad_action && !(bad_params && call.params.data < action.data)) {
        return refuse_member(command, "action", "string", (size_t)(action.data - text));
    }
    if (bad_params) {
        return refuse_member(command, "params", "object",
                             (size_t)(call.params.data - text));
    }
    if (action.data != NULL) {
        command->action.data = action.data + 1;
        command->action.length = action.length - 2;
        command->action_escaped = memchr(action.data, '\\', action.length) != NULL;
    }
    command->params = call.params;
    return true;
}
