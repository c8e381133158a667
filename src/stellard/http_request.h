/*
 * A request of HTTP/1.1 (RFC 9112) whose body, if it has one, means nothing. Of the
 * request only method and path are of interest; a header field needs no more than to be
 * text. Bytes may come in any pieces, each is looked at once, and their number is
 * limited.
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
    size_t line;   /* where the line that is being read begins */
    size_t begin;  /* the request line, once it has ended */
    size_t end;    /* 0: it has not */
    char bytes[STELLAR__HTTP_REQUEST_MAX];
};

enum stellar__http_progress {
    STELLAR__HTTP_MORE,
    STELLAR__HTTP_WHOLE,
    STELLAR__HTTP_MALFORMED,
    STELLAR__HTTP_TOO_LONG
};

void stellar__http_request_init(struct stellar__http_request *request);

/* Where the next bytes are to be written, and how many may be: one at least while the
 * request needs more. */
char *stellar__http_request_room(struct stellar__http_request *request, size_t *room);

/* So many bytes have been written there. To be called until it answers other than
 * MORE. */
enum stellar__http_progress stellar__http_request_take(
    struct stellar__http_request *request, size_t length);

struct stellar__http_target {
    bool is_head;              /* HEAD, also if the rest is wrong */
    bool is_other_method;      /* neither GET nor HEAD */
    struct stellar_slice path; /* without query; "/" if the target has none */
};

/* Reads the request line of a request that is whole. False: it is malformed. The path
 * points into the request. */
bool stellar__http_request_read(const struct stellar__http_request *request,
                                struct stellar__http_target *target);

#endif
