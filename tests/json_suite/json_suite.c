/*
 * Checks JSON texts. Each comes as its length in bytes, in decimal, a line end, and the
 * text. Each answer is a line: "valid", or why it is not.
 */
#include <stdio.h>
#include <stdlib.h>

#include "stellar/parser.h"


int main(void)
{
    char message[STELLAR_ERROR_TEXT_MAX];
    struct stellar_error error;
    unsigned long length;
    char *text;

    while (scanf("%lu", &length) == 1) {
        text = (char *)malloc(length + 1);
        if (getchar() != '\n' || text == NULL ||
            fread(text, 1, length, stdin) != length) {
            return 1;
        }
        if (stellar_json_check(text, length, &error)) {
            puts("valid");
        } else {
            stellar_error_text(&error, message, sizeof message);
            puts(message);
        }
        free(text);
    }
    return feof(stdin) ? 0 : 1;
}
