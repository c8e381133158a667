/* Compares a line of the server with the line that a golden session expects, which may
 * have placeholders. */
#ifndef SESSION_MATCH_H
#define SESSION_MATCH_H

#include "session_file.h"

#define CAPTURES_MAX 32

/* The values of named placeholders. */
struct captures {
    struct {
        char name[32];
        struct bytes value;
    } list[CAPTURES_MAX];
    size_t count;
};

void captures_free(struct captures *captures);

/* line is without CR LF. New names are added only if all fits. */
bool session_match(const struct bytes *expected, const char *line, size_t length,
                   struct captures *captures);

#endif
