/* Bytes in, commands out: the parser library alone, on standard input. */
#include <inttypes.h>
#include <stdio.h>

#include "stellar/parser.h"


static void show(const char *name, struct stellar_slice text)
{
    if (text.data != NULL) {
        printf(" %s=%.*s", name, (int)text.length, text.data);
    }
}


static void show_params(struct stellar_slice text)
{
    struct stellar_token tokens[256];
    struct stellar_params params;
    struct stellar_value value;
    struct stellar_slice key;

    if (text.data == NULL) {
        return;
    }
    if (stellar_params_open(&params, text, tokens, 256) > 256) {
        printf(" (many params)");
        return;
    }
    while (stellar_params_next(&params, &key, &value)) {
        printf(" %.*s:%.*s", (int)key.length, key.data, (int)value.text.length,
               value.text.data);
    }
}


static void show_command(const struct stellar_command *command)
{
    printf("%" PRIu64 ": %s", command->offset, stellar_verb_name(command->verb));
    show("key", command->key);
    show("value", command->value);
    show("room", command->room);
    show("message", command->message);
    show("action", command->action);
    show_params(command->params);
    putchar('\n');
}


static void show_error(const struct stellar_command *command)
{
    char text[STELLAR_ERROR_TEXT_MAX];

    stellar_error_text(&command->error, text, sizeof text);
    printf("%" PRIu64 ": error %s: %s\n", command->offset,
           stellar_error_code_text(command->error.code), text);
}


int main(void)
{
    static char memory[STELLAR_MAX_DATA_LENGTH + STELLAR_DELIMITER_MAX];
    struct stellar_framing framing;
    struct stellar_parser parser;
    struct stellar_command command;
    enum stellar_result result;
    char bytes[4096];
    size_t length;

    stellar_framing_init(&framing);
    stellar_parser_init(&parser, &framing);
    stellar_parser_set_memory(&parser, memory, sizeof memory);
    while ((length = fread(bytes, 1, sizeof bytes, stdin)) > 0) {
        stellar_parser_feed(&parser, bytes, length);
        while ((result = stellar_parser_next(&parser, &command)) != STELLAR_MORE) {
            if (result == STELLAR_COMMAND) {
                show_command(&command);
            } else if (result == STELLAR_ERROR) {
                show_error(&command);
            }
        }
    }
    return ferror(stdin) != 0 || fflush(stdout) != 0;
}
