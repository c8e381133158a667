/* The options of stellar-bench (settings.h). Texts belong to argv or to the struct. It
 * is filled once; after that all threads only read it. */
#ifndef STELLAR_BENCH_OPTIONS_H
#define STELLAR_BENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answers.h"
#include "values.h"

struct stellar__bench_options {
    /* The server. */
    const char *host;
    const char *port;
    const char *unix_path; /* instead of host and port; NULL if not given */
    struct stellar__bench_line hello;
    const char *tls_ca;
    const char *tls_name;

    /* The requests. */
    const char *file; /* with request lines; NULL if words are the request */
    char **words;
    size_t word_count;
    size_t idle; /* copied to connections */
    struct stellar__bench_bytes request_end;
    struct stellar__bench_bytes answer_end;
    const char *expect;

    /* The amount. */
    size_t connections; /* in chat: the members, or members and senders */
    size_t pipeline;
    size_t threads;
    uint64_t requests;
    uint64_t rate;     /* per second; 0: as answers come */
    uint64_t duration; /* this and the next ones in nanoseconds */
    uint64_t warmup;
    uint64_t timeout;

    /* Chat. */
    size_t rooms;
    const char *room;
    size_t senders;
    size_t size;
    struct stellar__bench_line join;
    const char *joined;
    struct stellar__bench_line say;

    /* The result. */
    size_t pid; /* 0: not given */

    /* Switches, next to each other because they are small. */
    bool no_welcome;
    bool tls; /* the other TLS options set it, too */
    bool tls_resume;
    bool chat;
    bool handshakes;
    bool outside;
    bool spin;
    bool json;
    bool quiet;
    bool version;
    bool help;

    struct stellar__answer_shape shape; /* points into this struct: never move it */
};

/* Ends the process if the line makes no sense, or only asks for help or the version. */
void stellar__bench_options_read(struct stellar__bench_options *options, int argc,
                                 char **argv);

#endif
