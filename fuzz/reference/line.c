/* From a line to a verb and its arguments: sections 5, 6 and 7 of the protocol. */
#include <string.h>

#include "reference.h"

/* A line, and how far it has been read. */
struct cursor {
    const char *text;
    size_t at;
    size_t end;
};


static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}


static void skip_blanks(struct cursor *cursor)
{
    while (cursor->at < cursor->end && is_blank(cursor->text[cursor->at])) {
        cursor->at++;
    }
}


static struct stellar_slice since(const struct cursor *cursor, size_t begin)
{
    struct stellar_slice slice = {cursor->text + begin, cursor->at - begin};

    return slice;
}


static struct stellar_slice take_word(struct cursor *cursor)
{
    size_t begin;

    skip_blanks(cursor);
    begin = cursor->at;
    while (cursor->at < cursor->end && !is_blank(cursor->text[cursor->at])) {
        cursor->at++;
    }
    return since(cursor, begin);
}


/* Looks for a word among names that single spaces separate. */
static bool is_among(struct stellar_slice word, const char *names)
{
    size_t i;

    while (*names != '\0') {
        i = 0;
        while (i < word.length && names[i] == word.data[i] && names[i] != '\0') {
            i++;
        }
        if (i == word.length && (names[i] == ' ' || names[i] == '\0')) {
            return true;
        }
        while (*names != '\0' && *names++ != ' ') {
            continue;
        }
    }
    return false;
}


static enum stellar_verb find_verb(struct stellar_slice word)
{
#define XX(symbol, handler, name, others, arguments)    \
    if (is_among(word, name) || is_among(word, others)) \
        return STELLAR_##symbol;
    STELLAR_VERBS(XX)
#undef XX
    return STELLAR_ACTION;
}


static enum stellar_result refuse(struct stellar_command *command,
                                  enum stellar_error_code code, size_t column,
                                  const char *subject)
{
    command->error.code = code;
    command->error.column = column;
    command->error.subject = subject;
    return STELLAR_ERROR;
}


static enum stellar_result take_pair(struct cursor *cursor,
                                     struct stellar_command *command)
{
    struct stellar_slice word = take_word(cursor);
    struct stellar_slice value;
    size_t begin = (size_t)(word.data - cursor->text);
    size_t key;

    for (key = 0; key < word.length && word.data[key] != '='; key++) {
        continue;
    }
    if (key == 0) {
        return refuse(command, STELLAR_E_ARGUMENT_MISSING, begin, "key");
    }
    if (key < word.length) {
        value.data = word.data + key + 1;
        value.length = word.length - key - 1;
    } else {
        value = take_word(cursor);
        if (value.length == 0) {
            return refuse(command, STELLAR_E_ARGUMENT_MISSING, cursor->at, "value");
        }
    }
    command->key.data = word.data;
    command->key.length = key;
    command->value = value;
    return STELLAR_COMMAND;
}


/* The room ends at a blank, or at a comma with or without one. */
static enum stellar_result take_message(struct cursor *cursor,
                                        struct stellar_command *command)
{
    struct stellar_slice room = take_word(cursor);
    const char *comma = (const char *)memchr(room.data, ',', room.length);

    if (comma != NULL) {
        room.length = (size_t)(comma - room.data);
        cursor->at = (size_t)(comma - cursor->text);
    }
    if (room.length == 0) {
        return refuse(command, STELLAR_E_ROOM_AND_MESSAGE, cursor->at, NULL);
    }
    if (comma != NULL) {
        cursor->at++;
    }
    if (cursor->at < cursor->end && is_blank(cursor->text[cursor->at])) {
        cursor->at++;
    }
    if (cursor->at == cursor->end) {
        return refuse(command, STELLAR_E_ROOM_AND_MESSAGE, cursor->at, NULL);
    }
    command->room = room;
    command->message.data = cursor->text + cursor->at;
    command->message.length = cursor->end - cursor->at;
    return STELLAR_COMMAND;
}


static enum stellar_result take_arguments(struct cursor *cursor,
                                          struct stellar_command *command)
{
    struct stellar_slice argument;

    switch (command->verb) {
    case STELLAR_PARAM_ADD:
        return take_pair(cursor, command);
    case STELLAR_PARAM_VIEW:
    case STELLAR_PARAM_DELETE:
        argument = take_word(cursor);
        if (argument.length == 0) {
            return refuse(command, STELLAR_E_ARGUMENT_MISSING, cursor->at, "key");
        }
        command->key = argument;
        return STELLAR_COMMAND;
    case STELLAR_ROOM_ADD:
    case STELLAR_ROOM_LEAVE:
    case STELLAR_ROOM_VIEW:
        argument = take_word(cursor);
        if (argument.length == 0) {
            return refuse(command, STELLAR_E_ROOM_REQUIRED, cursor->at, NULL);
        }
        command->room = argument;
        return STELLAR_COMMAND;
    case STELLAR_SAY:
        return take_message(cursor, command);
    default:
        return STELLAR_COMMAND;
    }
}


enum stellar_result reference_line(const char *text, size_t length,
                                   struct stellar_command *command)
{
    struct cursor cursor = {text, 0, length};
    struct stellar_slice word;
    size_t bad = reference_utf8(text, length);

    if (bad <= length) {
        return refuse(command, STELLAR_E_INVALID_UTF8, bad, NULL);
    }
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        cursor.at = 3;
    }
    skip_blanks(&cursor);
    if (cursor.at == cursor.end) {
        return STELLAR_MORE;
    }
    if (text[cursor.at] == '{') {
        return reference_call(text, cursor.at, cursor.end, command);
    }
    word = take_word(&cursor);
    command->verb = find_verb(word);
    if (command->verb == STELLAR_ACTION) {
        command->action = word;
    }
    return take_arguments(&cursor, command);
}
