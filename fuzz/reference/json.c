/*
 * JSON by recursive descent: RFC 8259 and section 7 of the protocol. Each function
 * reads one production at text[at]. If it cannot, `at` stays at the wrong byte.
 */
#include <string.h>

#include "reference.h"

struct reader {
    const char *text;
    size_t at;
    size_t end;
    int depth;
};

static bool read_value(struct reader *reader);


/* Returns the next byte, or -1 at the end. */
static int peek(const struct reader *reader)
{
    return reader->at < reader->end ? (unsigned char)reader->text[reader->at] : -1;
}


static bool read_one_of(struct reader *reader, const char *bytes)
{
    int c = peek(reader);

    if (c <= 0 || strchr(bytes, c) == NULL) {
        return false;
    }
    reader->at++;
    return true;
}


static void skip_space(struct reader *reader)
{
    while (read_one_of(reader, " \t\r\n")) {
        continue;
    }
}


static bool read_word(struct reader *reader, const char *word)
{
    char letter[2] = {0, 0};

    for (; *word != '\0'; word++) {
        letter[0] = *word;
        if (!read_one_of(reader, letter)) {
            return false;
        }
    }
    return true;
}


static bool read_digits(struct reader *reader)
{
    if (!read_one_of(reader, "0123456789")) {
        return false;
    }
    while (read_one_of(reader, "0123456789")) {
        continue;
    }
    return true;
}


static bool read_number(struct reader *reader)
{
    read_one_of(reader, "-");
    if (!read_one_of(reader, "0") && !read_digits(reader)) {
        return false;
    }
    if (read_one_of(reader, ".") && !read_digits(reader)) {
        return false;
    }
    if (read_one_of(reader, "eE")) {
        read_one_of(reader, "+-");
        return read_digits(reader);
    }
    return true;
}


/* Reads the part after \u: a character of the basic plane, or a pair of surrogates. */
static bool read_unicode(struct reader *reader)
{
    static const char any[] = "0123456789abcdefABCDEF";

    if (!read_one_of(reader, "dD")) {
        return read_one_of(reader, any) && read_one_of(reader, any) &&
               read_one_of(reader, any) && read_one_of(reader, any);
    }
    if (read_one_of(reader, "01234567")) {
        return read_one_of(reader, any) && read_one_of(reader, any);
    }
    return read_one_of(reader, "89abAB") && read_one_of(reader, any) &&
           read_one_of(reader, any) && read_word(reader, "\\u") &&
           read_one_of(reader, "dD") && read_one_of(reader, "cdefCDEF") &&
           read_one_of(reader, any) && read_one_of(reader, any);
}


static bool read_string(struct reader *reader)
{
    if (!read_one_of(reader, "\"")) {
        return false;
    }
    while (!read_one_of(reader, "\"")) {
        if (peek(reader) < ' ') {
            return false;
        }
        if (!read_one_of(reader, "\\")) {
            reader->at++;
        } else if (read_one_of(reader, "u") ? !read_unicode(reader)
                                            : !read_one_of(reader, "\"\\/bfnrt")) {
            return false;
        }
    }
    return true;
}


static bool read_array(struct reader *reader)
{
    skip_space(reader);
    if (read_one_of(reader, "]")) {
        return true;
    }
    do {
        if (!read_value(reader)) {
            return false;
        }
        skip_space(reader);
    } while (read_one_of(reader, ","));
    return read_one_of(reader, "]");
}


static bool read_name(struct reader *reader)
{
    skip_space(reader);
    if (!read_string(reader)) {
        return false;
    }
    skip_space(reader);
    return read_one_of(reader, ":");
}


static bool read_object(struct reader *reader)
{
    skip_space(reader);
    if (read_one_of(reader, "}")) {
        return true;
    }
    do {
        if (!read_name(reader) || !read_value(reader)) {
            return false;
        }
        skip_space(reader);
    } while (read_one_of(reader, ","));
    return read_one_of(reader, "}");
}


static bool read_value(struct reader *reader)
{
    bool good = false;

    skip_space(reader);
    switch (peek(reader)) {
    case '{':
    case '[':
        if (reader->depth == STELLAR_JSON_DEPTH_MAX) {
            return false;
        }
        reader->depth++;
        reader->at++;
        good = reader->text[reader->at - 1] == '{' ? read_object(reader)
                                                   : read_array(reader);
        reader->depth--;
        return good;
    case '"':
        return read_string(reader);
    case 't':
        return read_word(reader, "true");
    case 'f':
        return read_word(reader, "false");
    case 'n':
        return read_word(reader, "null");
    default:
        return read_number(reader);
    }
}


/* Returns whether a name as sent, with its quotes, means this ASCII name. Only \u
 * escapes can be used for its letters. */
static bool names(const char *text, size_t length, const char *name)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    size_t i = 1;
    size_t k;
    unsigned code;

    for (; *name != '\0'; name++) {
        code = (unsigned char)text[i++];
        if (code == '\\') {
            if (text[i++] != 'u') {
                return false;
            }
            for (code = 0, k = 0; k < 4; k++) {
                code = code * 16 + (unsigned)(strchr(digits, text[i++]) - digits) % 16;
            }
        }
        if (code != (unsigned char)*name) {
            return false;
        }
    }
    return i == length - 1;
}


/* Reads a valid object again, to find the members that a call may have. */
static void find_members(struct reader *reader, struct stellar_slice *action,
                         struct stellar_slice *params)
{
    struct stellar_slice value;
    size_t begin;
    size_t end;

    reader->at++;
    for (;;) {
        skip_space(reader);
        if (read_one_of(reader, "}")) {
            return;
        }
        begin = reader->at;
        (void)read_string(reader);
        end = reader->at;
        skip_space(reader);
        (void)read_one_of(reader, ":");
        skip_space(reader);
        value.data = reader->text + reader->at;
        (void)read_value(reader);
        value.length = (size_t)(reader->text + reader->at - value.data);
        if (names(reader->text + begin, end - begin, "action")) {
            *action = value;
        }
        if (names(reader->text + begin, end - begin, "params")) {
            *params = value;
        }
        skip_space(reader);
        (void)read_one_of(reader, ",");
    }
}


static enum stellar_result refuse(struct stellar_command *command,
                                  enum stellar_error_code code, size_t column,
                                  const char *subject, const char *expected)
{
    command->error.code = code;
    command->error.column = column;
    command->error.subject = subject;
    command->error.expected = expected;
    return STELLAR_ERROR;
}


enum stellar_result reference_call(const char *text, size_t begin, size_t end,
                                   struct stellar_command *command)
{
    struct reader reader = {text, begin, end, 0};
    struct stellar_slice action = {NULL, 0};
    struct stellar_slice params = {NULL, 0};
    bool good = read_value(&reader);
    bool bad_action;
    bool bad_params;

    while (good && read_one_of(&reader, " \t")) {
        continue;
    }
    if (!good || reader.at < end) {
        return refuse(command, STELLAR_E_MALFORMED_JSON, reader.at, NULL, NULL);
    }
    reader.at = begin;
    reader.depth = 1;
    find_members(&reader, &action, &params);
    command->verb = STELLAR_ACTION;
    command->is_json = true;
    bad_action = action.data != NULL && action.data[0] != '"';
    bad_params = params.data != NULL && params.data[0] != '{';
    if (bad_action && (!bad_params || action.data < params.data)) {
        return refuse(command, STELLAR_E_INVALID_TYPE, (size_t)(action.data - text),
                      "action", "string");
    }
    if (bad_params) {
        return refuse(command, STELLAR_E_INVALID_TYPE, (size_t)(params.data - text),
                      "params", "object");
    }
    if (action.data != NULL) {
        command->action.data = action.data + 1;
        command->action.length = action.length - 2;
        command->action_escaped = memchr(action.data, '\\', action.length) != NULL;
    }
    command->params = params;
    return STELLAR_COMMAND;
}
