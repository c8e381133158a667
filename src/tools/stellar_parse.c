/*
 * stellar-parse: reads standard input and prints the commands, one JSON object per
 * line, so that anyone can see what the parser sees.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stellar/parser.h"
#include "stellar/version.h"

enum { EXIT_UNDERSTOOD, EXIT_ERROR_LINES, EXIT_USAGE, EXIT_IO };

#define LARGEST_CHUNK 65536

struct program {
    struct stellar_framing framing;
    struct stellar_parser parser;
    void *memory; /* lent to the parser */
    size_t chunk;
    bool errors; /* a line was an error, or the last line had no end */
};

static const char usage[] =
    "usage: stellar-parse [OPTION]... <INPUT\n"
    "Shows what the parser of the Stellar TCP protocol sees: one JSON object per "
    "line.\n"
    "\n"
    "  --delimiter TEXT      end of a line, with the escapes \\n \\r \\t \\0 \\\\ "
    "\\xHH\n"
    "                        (default: LF, CR LF and CR each end a line)\n"
    "  --max-data-length N   longest line in bytes, 0 for no limit (default: 65536)\n"
    "  --chunk N             feed N bytes at a time, 1 to 65536; the output is the "
    "same\n"
    "  --telnet              remove telnet commands, and show those that ask for a "
    "reply\n"
    "  --version             show the version\n"
    "  --help                show this\n"
    "\n"
    "Exit status: 0 if all lines were understood, 1 if some were not or the last had "
    "no end,\n"
    "2 for wrong usage, 3 if input, output or memory failed.\n";


static void fail(const char *what)
{
    fprintf(stderr, "stellar-parse: %s: %s\n", what, strerror(errno));
    exit(EXIT_IO);
}


/* Writes a byte of a valid text. U+0080 to U+009F become an escape, because a terminal
 * would obey them. Returns how many bytes of the text were used. */
static size_t put_byte(struct stellar_slice text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;

    if (bytes[0] == 0xc2 && at + 1 < text.length && bytes[1] < 0xa0) {
        printf("\\u%04x", (unsigned)bytes[1]);
        return 2;
    }
    putchar(bytes[0]);
    return 1;
}


static void put_escaped(struct stellar_slice text)
{
    static const char short_forms[] = "\b\t\n\f\r\"\\";
    static const char letters[] = "btnfr\"\\";
    const char *form;
    size_t i = 0;

    while (i < text.length) {
        unsigned char byte = (unsigned char)text.data[i];

        form = byte != '\0' ? strchr(short_forms, byte) : NULL;
        if (form == NULL && byte >= 0x20) {
            i += put_byte(text, i);
            continue;
        }
        if (form != NULL) {
            printf("\\%c", letters[form - short_forms]);
        } else {
            printf("\\u%04x", (unsigned)byte);
        }
        i++;
    }
}


/* Writes a JSON text on one line, without white space outside of strings: that can
 * contain line ends if a delimiter is set. */
static void put_compact(struct stellar_slice text)
{
    bool inside = false;
    size_t i = 0;

    while (i < text.length) {
        char byte = text.data[i];

        if (!inside && strchr(" \t\r\n", byte) != NULL) {
            i++;
            continue;
        }
        i += put_byte(text, i);
        if (inside && byte == '\\' && i < text.length) {
            i += put_byte(text, i);
        } else if (byte == '"') {
            inside = !inside;
        }
    }
}


static void put_field(const char *name, struct stellar_slice text)
{
    if (text.data == NULL) {
        return;
    }
    printf(",\"%s\":\"", name);
    put_escaped(text);
    putchar('"');
}


static void show_command(const struct stellar_command *command)
{
    printf("{\"offset\":%" PRIu64 ",\"length\":%zu,\"command\":\"%s\"", command->offset,
           command->length, stellar_verb_name(command->verb));
    put_field("key", command->key);
    put_field("value", command->value);
    put_field("room", command->room);
    put_field("message", command->message);
    if (command->action_escaped) {
        size_t i = 0;

        fputs(",\"action\":\"", stdout);
        while (i < command->action.length) {
            i += put_byte(command->action, i);
        }
        putchar('"');
    } else {
        put_field("action", command->action);
    }
    if (command->params.data != NULL) {
        fputs(",\"params\":", stdout);
        put_compact(command->params);
    }
    puts("}");
}


static void show_error(const struct stellar_command *command)
{
    char text[STELLAR_ERROR_TEXT_MAX];
    struct stellar_slice message;

    message.data = text;
    message.length = stellar_error_text(&command->error, text, sizeof text);
    printf("{\"offset\":%" PRIu64 ",\"length\":%zu,\"error\":\"%s\",\"at\":%" PRIu64,
           command->offset, command->length,
           stellar_error_code_text(command->error.code), command->error.at);
    put_field("message", message);
    puts("}");
}


static void show_control(const struct stellar_command *command)
{
    static const char *const names[] = {"none", "reply", "areYouThere", "goodbye"};
    size_t i;

    printf("{\"offset\":%" PRIu64 ",\"control\":\"%s\"", command->offset,
           names[command->control]);
    if (command->control == STELLAR_CONTROL_REPLY) {
        fputs(",\"bytes\":\"", stdout);
        for (i = 0; i < command->reply.length; i++) {
            printf("%02x", (unsigned)(unsigned char)command->reply.data[i]);
        }
        putchar('"');
    }
    puts("}");
}


static void lend_more(struct program *program)
{
    size_t wanted = stellar_parser_memory_wanted(&program->parser);
    void *memory = realloc(program->memory, wanted);

    if (memory == NULL) {
        fail("memory for a line");
    }
    program->memory = memory;
    stellar_parser_set_memory(&program->parser, memory, wanted);
}


static void show_piece(struct program *program, const char *bytes, size_t length)
{
    struct stellar_command command;

    stellar_parser_feed(&program->parser, bytes, length);
    for (;;) {
        switch (stellar_parser_next(&program->parser, &command)) {
        case STELLAR_COMMAND:
            show_command(&command);
            break;
        case STELLAR_ERROR:
            program->errors = true;
            show_error(&command);
            break;
        case STELLAR_CONTROL:
            show_control(&command);
            break;
        case STELLAR_FOREIGN:
            program->errors = true;
            printf("{\"offset\":0,\"foreign\":\"%s\"}\n",
                   stellar_foreign_name(command.foreign));
            break;
        case STELLAR_MEMORY:
            lend_more(program);
            break;
        case STELLAR_ANSWER:
        case STELLAR_MORE:
            return;
        }
    }
}


/* Output is flushed after every piece, so that the program can be used by hand. */
static void show_input(struct program *program)
{
    static char buffer[LARGEST_CHUNK];
    ssize_t length;

    stellar_parser_init(&program->parser, &program->framing);
    stellar_parser_detect_foreign(&program->parser);
    while ((length = read(STDIN_FILENO, buffer, program->chunk)) != 0) {
        if (length < 0) {
            if (errno == EINTR) {
                continue;
            }
            fail("standard input");
        }
        show_piece(program, buffer, (size_t)length);
        if (fflush(stdout) != 0 || ferror(stdout)) {
            fail("standard output");
        }
    }
}


/* The server drops an unfinished line, so nothing is shown for it. */
static void check_end(struct program *program)
{
    uint64_t bytes;
    const char *what = stellar_parser_unfinished(&program->parser, &bytes);

    if (what == NULL) {
        return;
    }
    program->errors = true;
    fprintf(stderr, "stellar-parse: the input ends inside %s: %" PRIu64 " %s dropped\n",
            what, bytes, bytes == 1 ? "byte was" : "bytes were");
}


static void refuse(const char *option, const char *text, const char *expected)
{
    fprintf(stderr, "stellar-parse: --%s %s: expected %s\n", option, text, expected);
    exit(EXIT_USAGE);
}


static size_t read_number(const char *option, const char *text, size_t lowest,
                          size_t highest, const char *expected)
{
    unsigned long long number;
    char *end;

    errno = 0;
    number = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 ||
        number < lowest || number > highest) {
        refuse(option, text, expected);
    }
    return (size_t)number;
}


/* Reads an escape after its backslash. Returns its end, or NULL if it is not valid. */
static const char *read_escape(const char *text, char *byte)
{
    static const char letters[] = "nrt0\\";
    static const char bytes[] = "\n\r\t\0\\";
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found;
    unsigned value = 0;
    int i;

    if (*text == 'x') {
        for (i = 0; i < 2; i++) {
            text++;
            found = *text != '\0' ? strchr(digits, *text) : NULL;
            if (found == NULL) {
                return NULL;
            }
            value = value * 16 + (unsigned)(found - digits) % 16;
        }
        *byte = (char)value;
        return text + 1;
    }
    found = *text != '\0' ? strchr(letters, *text) : NULL;
    if (found == NULL) {
        return NULL;
    }
    *byte = bytes[found - letters];
    return text + 1;
}


static void read_delimiter(struct stellar_framing *framing, const char *option)
{
    char delimiter[STELLAR_DELIMITER_MAX + 1];
    const char *text = option;
    size_t length = 0;

    while (*text != '\0' && length < sizeof delimiter) {
        if (*text != '\\') {
            delimiter[length++] = *text++;
            continue;
        }
        text = read_escape(text + 1, &delimiter[length++]);
        if (text == NULL) {
            refuse("delimiter", option, "only the escapes \\n \\r \\t \\0 \\\\ \\xHH");
        }
    }
    if (!stellar_framing_set_delimiter(framing, delimiter, length)) {
        refuse("delimiter", option, "1 to 32 bytes of valid UTF-8");
    }
}


static void read_options(struct program *program, int argc, char **argv)
{
    static const struct option options[] = {
        {"delimiter", required_argument, NULL, 'd'},
        {"max-data-length", required_argument, NULL, 'm'},
        {"chunk", required_argument, NULL, 'c'},
        {"telnet", no_argument, NULL, 't'},
        {"version", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'd':
            read_delimiter(&program->framing, optarg);
            break;
        case 'm':
            program->framing.max_data_length = read_number(
                "max-data-length", optarg, 0, SIZE_MAX / 2, "a number of bytes");
            break;
        case 'c':
            program->chunk = read_number("chunk", optarg, 1, LARGEST_CHUNK,
                                         "a number from 1 to 65536");
            break;
        case 't':
            program->framing.telnet = true;
            break;
        case 'v':
            puts("stellar-parse " STELLAR_VERSION);
            exit(fflush(stdout) == 0 ? EXIT_UNDERSTOOD : EXIT_IO);
        case 'h':
            fputs(usage, stdout);
            exit(fflush(stdout) == 0 ? EXIT_UNDERSTOOD : EXIT_IO);
        default:
            fputs("try: stellar-parse --help\n", stderr);
            exit(EXIT_USAGE);
        }
    }
    if (optind < argc) {
        fprintf(stderr,
                "stellar-parse: %s: expected options only, and input on "
                "standard input\n",
                argv[optind]);
        exit(EXIT_USAGE);
    }
}


int main(int argc, char **argv)
{
    static struct program program;

    stellar_framing_init(&program.framing);
    program.chunk = LARGEST_CHUNK;
    read_options(&program, argc, argv);
    show_input(&program);
    check_end(&program);
    free(program.memory);
    return program.errors ? EXIT_ERROR_LINES : EXIT_UNDERSTOOD;
}
