/*
 * From a line to a command. A line in JSON goes to the JSON machine, which checks UTF-8
 * as it reads. Any other line is checked for UTF-8 first and then goes to the verb
 * machine; at the end this file checks that no argument is missing.
 */
#include "internal.h"
#include "json.h"


/* Refuses the line. The arguments read so far may be wrong, so they are removed. */
static bool refuse(struct stellar_command *command, enum stellar_error_code code,
                   size_t column)
{
    struct stellar_slice absent = {NULL, 0};

    command->key = absent;
    command->value = absent;
    command->room = absent;
    command->message = absent;
    command->action = absent;
    command->params = absent;
    command->action_escaped = false;
    command->error.code = code;
    command->error.column = column;
    return false;
}


static bool refuse_missing(struct stellar_command *command, const char *argument,
                           size_t column)
{
    command->error.subject = argument;
    return refuse(command, STELLAR_E_ARGUMENT_MISSING, column);
}


static bool parse_call(const struct stellar_parser *parser, const unsigned char *line,
                       size_t lead, size_t length, struct stellar_command *command)
{
    if (stellar__call_parse((const char *)line + lead, length - lead, parser->tokens,
                            parser->token_capacity, command)) {
        return true;
    }
    if (command->error.code != STELLAR_E_INVALID_TYPE) {
        command->verb = STELLAR_NO_VERB;
    }
    return refuse(command, command->error.code, command->error.column + lead);
}


/* column is where the machine stopped: the place of the first missing argument. */
static bool check_arguments(struct stellar_command *command, size_t column)
{
    switch (command->verb) {
    case STELLAR_PARAM_ADD:
        if (command->key.data == NULL) {
            return refuse_missing(command, "key", column);
        }
        if (command->value.data == NULL) {
            return refuse_missing(command, "value", column);
        }
        return true;
    case STELLAR_PARAM_VIEW:
    case STELLAR_PARAM_DELETE:
        if (command->key.data == NULL) {
            return refuse_missing(command, "key", column);
        }
        return true;
    case STELLAR_ROOM_ADD:
    case STELLAR_ROOM_LEAVE:
    case STELLAR_ROOM_VIEW:
        if (command->room.data == NULL) {
            return refuse(command, STELLAR_E_ROOM_REQUIRED, column);
        }
        return true;
    case STELLAR_SAY:
        if (command->message.length == 0) {
            return refuse(command, STELLAR_E_ROOM_AND_MESSAGE, column);
        }
        return true;
    default:
        return true;
    }
}


size_t stellar__line_lead(const unsigned char *line, size_t length)
{
    size_t lead = 0;

    if (length >= 3 && line[0] == STELLAR__MARK_FIRST && line[1] == 0xbb &&
        line[2] == 0xbf) {
        lead = 3;
    }
    while (lead < length && stellar__is_blank(line[lead])) {
        lead++;
    }
    return lead;
}


bool stellar__line_parse(const struct stellar_parser *parser, const unsigned char *line,
                         size_t lead, size_t length, struct stellar_command *command)
{
    const char *expected = NULL;
    size_t valid;

    if (line[lead] == '{') {
        return parse_call(parser, line, lead, length, command);
    }
    valid = stellar__utf8_check(line, length, &expected);
    if (expected != NULL) {
        command->error.expected = expected;
        return refuse(command, STELLAR_E_INVALID_UTF8, valid);
    }
    return check_arguments(
        command, lead + stellar__verb_parse(line + lead, length - lead, command));
}
