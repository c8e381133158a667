/*
 * The answers of the golden sessions, read and written: golden_answers FILE... .
 *
 * What is read of each line is written back to the same bytes. Read in one piece, in
 * pieces of 1, 2, 7 and 1000 bytes, a session's answers are the same. Placeholders are
 * filled in first, each with something that it could stand for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session_file.h"
#include "stellar/answer.h"

static const struct {
    const char *kind;
    const char *example;
} placeholders[] = {
    {"id", "0f8fad5b-d9cb-469f-a165-70867728950e"},
    {"ms", "1700000000000"},
    {"int", "-7"},
    {"number", "0.38"},
    {"ip", "127.0.0.1"},
    {"port", "40000"},
    {"text", "a \\\"text\\\""},
};

static struct {
    unsigned lines;
    unsigned known; /* of a kind that has a name */
} count;


/* The length of a placeholder, with its braces, or 0. */
static size_t fill_in(struct bytes *out, const char *text)
{
    size_t i;

    for (i = 0; i < sizeof placeholders / sizeof placeholders[0]; i++) {
        size_t length = strlen(placeholders[i].kind);
        size_t rest = length + 1;

        if (strncmp(text + 1, placeholders[i].kind, length) != 0) {
            continue;
        }
        if (text[rest] == ':') {
            rest += strspn(text + rest, ":abcdefghijklmnopqrstuvwxyz0123456789");
        }
        if (text[rest] == '}') {
            bytes_append(out, placeholders[i].example, strlen(placeholders[i].example));
            return rest + 1;
        }
    }
    return 0;
}


static void add_line(struct bytes *stream, const struct bytes *text)
{
    size_t at = 0;

    while (at < text->length) {
        size_t length = text->data[at] == '{' ? fill_in(stream, text->data + at) : 0;

        if (length == 0) {
            bytes_append(stream, text->data + at, 1);
            length = 1;
        }
        at += length;
    }
    bytes_append(stream, "\r\n", 2);
}


static bool fail(const char *path, const struct stellar_answer *answer, const char *why)
{
    fprintf(stderr, "%s: %s: %.*s\n", path, why, (int)answer->line.length,
            answer->line.data);
    return false;
}


/* Whether what was read gives the line again; adds it to the text of the session. */
static bool check_answer(const char *path, const struct stellar_answer *answer,
                         struct bytes *again)
{
    size_t length = stellar_answer_write(answer, NULL, 0);
    char *out = malloc(length + 1);
    bool same;

    if (out == NULL) {
        abort();
    }
    stellar_answer_write(answer, out, length);
    same = length == answer->line.length + 2 &&
           memcmp(out, answer->line.data, length - 2) == 0 &&
           memcmp(out + length - 2, "\r\n", 2) == 0;
    bytes_append(again, out, length);
    free(out);
    return same || fail(path, answer, "written otherwise");
}


static bool read_in_pieces(const char *path, const struct bytes *stream, size_t piece)
{
    struct bytes again = {0};
    struct stellar_framing framing;
    struct stellar_parser parser;
    struct stellar_answer answer;
    enum stellar_result result;
    char *memory = malloc(stream->length + 1);
    size_t at = 0;
    bool good = true;

    stellar_framing_init(&framing);
    framing.max_data_length = 0;
    stellar_parser_init(&parser, &framing);
    stellar_parser_set_memory(&parser, memory, stream->length);
    for (; good && at < stream->length; at += piece) {
        size_t left = stream->length - at;

        stellar_parser_feed(&parser, stream->data + at, left < piece ? left : piece);
        while (good && (result = stellar_parser_next_answer(&parser, &answer)) !=
                           STELLAR_MORE) {
            good = result == STELLAR_ANSWER ? check_answer(path, &answer, &again)
                                            : fail(path, &answer, "refused");
            count.lines += piece == stream->length;
            count.known +=
                piece == stream->length && answer.kind != STELLAR_ANSWER_OTHER;
        }
    }
    if (good && (again.length != stream->length ||
                 memcmp(again.data, stream->data, again.length) != 0)) {
        fprintf(stderr, "%s: other lines in pieces of %zu bytes\n", path, piece);
        good = false;
    }
    free(again.data);
    free(memory);
    return good;
}


static bool check_session(const struct session_file *file)
{
    static const size_t pieces[] = {1, 2, 7, 1000};
    struct bytes stream = {0};
    bool good = true;
    size_t i;

    for (i = 0; i < file->step_count; i++) {
        if ((file->steps[i].kind == STEP_LINE ||
             file->steps[i].kind == STEP_UNORDERED) &&
            file->steps[i].text.length > 0) {
            add_line(&stream, &file->steps[i].text);
        }
    }
    if (stream.length > 0) {
        good = read_in_pieces(file->path, &stream, stream.length);
        for (i = 0; good && i < sizeof pieces / sizeof pieces[0]; i++) {
            good = read_in_pieces(file->path, &stream, pieces[i]);
        }
    }
    free(stream.data);
    return good;
}


int main(int argc, char **argv)
{
    struct session_file file;
    unsigned failed = 0;
    int i;

    for (i = 1; i < argc; i++) {
        session_file_read(&file, argv[i]);
        failed += !check_session(&file);
        session_file_free(&file);
    }
    printf("%u answers, %u of a kind with a name, %u sessions failed\n", count.lines,
           count.known, failed);
    return failed > 0 || count.lines == 0 ? 1 : 0;
}
