/*
 * bench.h: what the files of bench_parser share.
 *
 * A stream is bytes, and the number of lines (or requests) in them. A contender reads a
 * stream, in reads of a given size, and returns how many lines it has found, so that it
 * cannot skip work.
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

/* contenders.c. parse() also indexes the params of calls, and visit() uses all
 * functions of the library on them. http() returns 0 if http-parser is not
 * installed. */
contender parse;
contender search; /* memchr for the line ends */
contender check;  /* only our JSON check, on lines that memchr finds */
contender jsmn;   /* likewise with jsmn */
contender http;

/* For streams that need other options than the defaults. */
size_t parse_with(const struct stellar_framing *framing, const struct stream *stream,
                  size_t read_size, bool visit);

/* streams.c: generates a stream of about that many bytes. Returns false if there is no
 * stream of that name. */
void add(struct stream *stream, const char *bytes, size_t length);
void add_text(struct stream *stream, const char *text);
struct stream verbs(size_t size);
struct stream say(size_t size, size_t line);
struct stream calls(size_t size, size_t line);
struct stream mix(size_t size);
struct stream requests(size_t size);

/* linear.c: checks that twice the input takes twice the time. */
void show_linear(char **files, int rounds, double seconds);

double now(void);
double median(double *numbers, int count);
void fail(const char *what);

#endif
