/* A golden session as it is in its file. README.md describes the format. */
#ifndef SESSION_FILE_H
#define SESSION_FILE_H

#include <stdbool.h>
#include <stddef.h>

enum step_kind {
    STEP_SEND,
    STEP_HALF_CLOSE,
    STEP_CLOSE,     /* also a reset, which the session cannot distinguish */
    STEP_LINE,      /* a line of the server */
    STEP_UNORDERED, /* likewise, in any order among its neighbours */
    STEP_BYTES,     /* exactly these bytes of the server */
    STEP_END        /* the server ends the stream */
};

struct bytes {
    char *data; /* a NUL follows the last one */
    size_t length;
    size_t capacity;
};

struct step {
    enum step_kind kind;
    size_t number; /* of the line in the file */
    char client[32];
    struct bytes text;
};

struct session_file {
    const char *path;
    struct bytes options[16];
    size_t option_count;
    struct bytes line_end;
    char skipped[128]; /* the modes, each between spaces */
    struct step *steps;
    size_t step_count;
};

/* Ends the program if the file cannot be read or is not a session. */
void session_file_read(struct session_file *file, const char *path);
void session_file_free(struct session_file *file);
bool session_file_skips(const struct session_file *file, const char *mode);

void bytes_append(struct bytes *bytes, const char *data, size_t length);

#endif
