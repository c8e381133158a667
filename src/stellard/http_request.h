/*
 * A request of HTTP/1.1 (RFC 9112). Only its method and path matter. A header field
 * must be text, and a body is ignored. The bytes may come in any pieces. Each byte is
 * read once, and their number is limited.
 *
 * The struct is the caller's memory. Nothing is allocated.
 */
#ifndef STELLAR_STELLARD_HTTP_REQUEST_H
#define STELLAR_STELLARD_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "stellar/parser.h"

#define STELLAR__HTTP_REQUEST_MAX 4095

struct stellar__http_request {
    size_t length; /* bytes so far */
    size_t line;   /* beginning of the line that is being read */
    size_t begin;  /* beginning of the request line, when it has ended */
    size_t end;    /* end of the request line; 0: it has not ended yet */
    char bytes[STELLAR__HTTP_REQUEST_MAX];
};

enum stellar__http_progress {
    STELLAR__HTTP_MORE,
    STELLAR__HTTP_WHOLE,
    STELLAR__HTTP_MALFORMED,
    STELLAR__HTTP_TOO_LONG
};

void stellar__http_request_init(struct stellar__http_request *request);

/* Returns where to write the next bytes, and sets *room to how many there may be: at
 * least one while the request needs more. */
char *stellar__http_request_room(struct stellar__http_request *request, size_t *room);

/* Reads `length` bytes that have been written there. To be called until it returns
 * something else than MORE. */
enum stellar__http_progress stellar__http_request_take(
    struct stellar__http_request *request, size_t length);

struct stellar__http_target {
    bool is_head;              /* HEAD, even if the rest is wrong */
    bool is_other_method;      /* neither GET nor HEAD */
    struct stellar_slice path; /* without query; "/" if the target has none */
};

/* Parses the request line of a whole request. Returns false if it is malformed. The
 * path points into the request. */
bool stellar__http_request_read(const struct stellar__http_request *request,
                                struct stellar__http_target *target);

#endif
