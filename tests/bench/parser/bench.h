/*
 * bench.h: what the files of bench_parser share.
 *
 * A stream is bytes to be read and how many lines (or requests) are in it. A contender
 * reads one, in reads of a given size, and returns how many of these it has seen, so
 * that a contender that skips work is found out.
 */
#ifndef STELLAR_BENCH_PARSER_H
#define STELLAR_BENCH_PARSER_H

#include <stddef.h>
#include <stdint.h>

#include "stellar/parser.h"

#define ROUNDS_MAX 99

struct stream {
    char *bytes; /* from malloc */
    size_t length;
    size_t capacity;
    size_t count;
};

typedef size_t contender(const struct stream *stream, size_t read_size);

/* contenders.c. parse() also indexes the params of calls, and visit() does all with
 * them that the library can. http() returns 0 where http-parser was not there. */
contender parse;
contender search; /* memchr for the line ends */
contender check;  /* our check of JSON alone, on lines that memchr finds */
contender jsmn;   /* as check */
contender http;

/* For streams that need other than the defaults. */
size_t parse_with(const struct stellar_framing *framing, const struct stream *stream,
                  size_t read_size, bool visit);

/* streams.c: generated streams of about so many bytes. False: there is no such stream.
 */
void add(struct stream *stream, const char *bytes, size_t length);
void add_text(struct stream *stream, const char *text);
struct stream verbs(size_t size);
struct stream say(size_t size, size_t line);
struct stream calls(size_t size, size_t line);
struct stream mix(size_t size);
struct stream requests(size_t size);

/* linear.c: whether twice the input takes twice the time. */
void show_linear(char **files, int rounds, double seconds);

double now(void);
double median(double *numbers, int count);
void fail(const char *what);

#endif
