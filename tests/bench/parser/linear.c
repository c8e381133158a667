/*
 * Checks that time is linear: the worst inputs known, at n, 2n, 4n and 8n bytes. If
 * time is linear, the ratios are 2; if it is quadratic, they are 4.
 *
 * Each input could make a parser slow in one place: a parser that starts over at each
 * read, searches for one line end after many of another, tries a delimiter at each
 * byte, copies a line whenever it grows, or walks all members of an object for each
 * member.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SMALLEST 65536
#define STEPS    4

struct input {
    const char *name;
    const char *begin; /* once */
    const char *unit;  /* again and again, up to the size */
    const char *end;   /* once */
    const char *delimiter;
    size_t read_size;
    bool telnet;
};

static const struct input inputs[] = {
    {"LF", "", "\n", "", "\n", 65536, false},
    {"CR", "", "\r", "", "\n", 65536, false},
    {"blank lines", "", " \t\n", "", "\n", 65536, false},
    {"the shortest verbs", "", "q\n", "", "\n", 65536, false},
    {"the shortest calls", "", "{}\n", "", "\n", 65536, false},
    {"the shortest errors", "", "{\n", "", "\n", 65536, false},
    {"one line, too long, byte by byte", "", "a", "\n", "\n", 1, false},
    {"short lines, byte by byte", "", "say a b\n", "", "\n", 1, false},
    {"a delimiter that nearly matches", "", "a", "", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
     1400, false},
    {"the first byte of a delimiter", "", "ab", "", "aab", 1400, false},
    {"line ends before a delimiter", "", "\r\n.\r", "", "\r\n.\r\n", 1400, false},
    {"telnet commands between lines", "", "\377\361", "", "\n", 65536, true},
    {"telnet commands within a line", "say a", "\377\361b", "", "\n", 65536, true},
    {"characters that are erased", "say a", "bc\377\367", "", "\n", 65536, true},
    {"erased bytes of a delimiter", "", "aa\377\367", "",
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 1400, true},
    {"lines that are erased", "", "say a b\377\370", "", "\n", 65536, true},
    {"telnet answers", "", "\377\373\001", "", "\n", 65536, true},
    {"a subnegotiation without end", "\377\372", "\377\372", "", "\n", 1400, true},
    {"characters of four bytes", "say a ", "\360\237\230\200", "", "\n", 65536, false},
    {"escapes", "{\"params\":{\"a\":\"", "\\ud83d\\ude00", "\"}}", "\n", 65536, false},
    {"empty objects", "{\"params\":{\"a\":[0", ",{}", "]}}", "\n", 65536, false},
    {"open brackets", "{\"params\":", "[", "", "\n", 65536, false},
    {"brackets as deep as may be", "{\"params\":{\"a\":[0",
     ",[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "]}}", "\n", 65536,
     false},
    {"members of one name", "{\"params\":{\"a\":0", ",\"none\":0", "}}", "\n", 65536,
     false},
    {"calls within a call", "{\"params\":{}", ",\"params\":{}", "}", "\n", 65536,
     false},
    {"a number of many digits", "{\"params\":{\"a\":1", "7", "}}", "\n", 65536, false},
    {"numbers that are hard to round", "{\"params\":{\"a\":[0",
     ",2.2250738585072011e-308", "]}}", "\n", 65536, false},
    {"white space", "{\"params\":{", " ", "}}", "\n", 65536, false},
};


/* Makes a stream of at least that many bytes. Lines above the limit are refused, so
 * instead of one long line there are many lines of LINE bytes. */
static struct stream make(const struct input *input, size_t size)
{
    const size_t line = STELLAR_MAX_DATA_LENGTH - 256;
    bool lines = strchr(input->unit, '\n') != NULL || strcmp(input->end, "\n") == 0;
    struct stream stream = {NULL, 0, 0, 0};

    while (stream.length < size) {
        size_t begin = stream.length;

        add_text(&stream, input->begin);
        while (stream.length < size && (lines || stream.length - begin < line)) {
            add_text(&stream, input->unit);
        }
        add_text(&stream, input->end);
        if (!lines) {
            add_text(&stream, input->delimiter);
        }
    }
    return stream;
}


static double run_once(const struct stellar_framing *framing,
                       const struct stream *stream, size_t read_size)
{
    double start = now();

    parse_with(framing, stream, read_size, true);
    return now() - start;
}


/* Medians of the time for each size. The sizes take turns, so that all suffer equally
 * if something disturbs the machine. */
static void show_times(const char *name, const struct stellar_framing *framing,
                       const struct stream streams[STEPS], size_t read_size, int rounds,
                       double seconds)
{
    double times[STEPS][ROUNDS_MAX];
    double medians[STEPS];
    int round;
    int i;

    for (round = 0; round < rounds; round++) {
        for (i = 0; i < STEPS; i++) {
            double total = 0;
            int runs = 0;

            do {
                total += run_once(framing, &streams[i], read_size);
                runs++;
            } while (total < seconds);
            times[i][round] = total / runs;
        }
    }
    for (i = 0; i < STEPS; i++) {
        medians[i] = median(times[i], rounds);
    }
    printf("| %s | %.2f |", name, medians[0] / (double)streams[0].length * 1e9);
    for (i = 1; i < STEPS; i++) {
        printf(" %.2f |",
               medians[i] / medians[i - 1] * 2 *
                   ((double)streams[i - 1].length / (double)streams[i].length));
    }
    putchar('\n');
    fflush(stdout);
}


static void show_input(const struct input *input, int rounds, double seconds)
{
    struct stream streams[STEPS];
    struct stellar_framing framing;
    size_t i;

    stellar_framing_init(&framing);
    framing.telnet = input->telnet;
    if (!stellar_framing_set_delimiter(&framing, input->delimiter,
                                       strlen(input->delimiter))) {
        fail("a delimiter was refused");
    }
    for (i = 0; i < STEPS; i++) {
        streams[i] = make(input, (size_t)SMALLEST << i);
    }
    show_times(input->name, &framing, streams, input->read_size, rounds, seconds);
    for (i = 0; i < STEPS; i++) {
        free(streams[i].bytes);
    }
}


static void show_file(const char *path, int rounds, double seconds)
{
    struct stream content = {NULL, 0, 0, 0};
    struct stream streams[STEPS];
    struct stellar_framing framing;
    char buffer[4096];
    size_t length;
    size_t i;
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        fail(path);
    }
    while ((length = fread(buffer, 1, sizeof buffer, file)) > 0) {
        add(&content, buffer, length);
    }
    if (ferror(file) || content.length == 0) {
        fail(path);
    }
    fclose(file);
    stellar_framing_init(&framing);
    framing.telnet = true;
    memset(streams, 0, sizeof streams);
    for (i = 0; i < STEPS; i++) {
        while (streams[i].length < (size_t)SMALLEST << i) {
            add(&streams[i], content.bytes, content.length);
        }
    }
    show_times(path, &framing, streams, 65536, rounds, seconds);
    for (i = 0; i < STEPS; i++) {
        free(streams[i].bytes);
    }
    free(content.bytes);
}


void show_linear(char **files, int rounds, double seconds)
{
    size_t i;

    puts("Time for twice the bytes, against that for once, from 64 KiB to 512 KiB.\n\n"
         "| input | ns a byte | 2n / n | 4n / 2n | 8n / 4n "
         "|\n|---|---:|---:|---:|---:|");
    for (i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        show_input(&inputs[i], rounds, seconds);
    }
    for (; *files != NULL; files++) {
        show_file(*files, rounds, seconds);
    }
}
