/*
 * Plays the golden sessions against sessions without sockets: each file whole, with one
 * byte a receive, and with runs of client lines in one receive. The clock is moved only
 * when a client waits for something and nothing else can happen.
 */
#include <stdio.h>
#include <stdlib.h>

#include "session_match.h"
#include "socketless.h"

enum mode { WHOLE, BYTES, PIPELINED };

static const char *const mode_names[] = {"whole", "bytes", "pipelined"};

struct player {
    const struct session_file *file;
    enum mode mode;
    struct socketless world;
    struct captures captures;
};


static void send_bytes(struct player *player, struct client *client,
                       const struct bytes *text)
{
    client_send(&player->world, client, text, player->mode == BYTES ? 1 : text->length);
}


/* Expectations. */

static bool fail(const struct player *player, const struct step *step, const char *got,
                 size_t length)
{
    fprintf(stderr, "%s:%zu (%s)\n  expected: %.*s\n  got:      %.*s\n",
            player->file->path, step->number, mode_names[player->mode],
            step->text.length < 2000 ? (int)step->text.length : 2000,
            step->kind == STEP_END ? "the end" : step->text.data,
            length < 2000 ? (int)length : 2000, length > 0 ? got : "");
    return false;
}


/* Waits for a line, without its CR LF. Returns false if none comes. */
static bool read_line(struct player *player, struct client *client, const char **line,
                      size_t *length)
{
    const char *end = NULL;

    do {
        const char *start = client->output.data + client->seen;
        size_t left = client->output.length - client->seen;

        end = left > 0 ? memchr(start, '\n', left) : NULL;
    } while (end == NULL && !client->is_ended && socketless_advance(&player->world));
    *line = client->output.data + client->seen;
    *length = client->output.length - client->seen;
    if (end == NULL || end == *line || end[-1] != '\r') {
        return false;
    }
    *length = (size_t)(end - 1 - *line);
    client->seen += *length + 2;
    return true;
}


/* Reads as many lines as there are steps. They must match in any order. */
static bool expect_lines(struct player *player, struct client *client,
                         const struct step *steps, size_t count)
{
    bool seen[64] = {false};
    size_t line;
    size_t i;

    for (line = 0; line < count; line++) {
        const char *got;
        size_t length;

        if (!read_line(player, client, &got, &length)) {
            return fail(player, steps, got, length);
        }
        for (i = 0; i < count; i++) {
            if (!seen[i] &&
                session_match(&steps[i].text, got, length, &player->captures)) {
                break;
            }
        }
        if (i == count) {
            return fail(player, steps, got, length);
        }
        seen[i] = true;
    }
    return true;
}


static bool expect_bytes(struct player *player, struct client *client,
                         const struct step *step)
{
    const char *got;

    while (client->output.length - client->seen < step->text.length &&
           !client->is_ended && socketless_advance(&player->world)) {
        continue;
    }
    got = client->output.data + client->seen;
    if (client->output.length - client->seen < step->text.length ||
        memcmp(got, step->text.data, step->text.length) != 0) {
        return fail(player, step, got, client->output.length - client->seen);
    }
    client->seen += step->text.length;
    return true;
}


static bool expect_end(struct player *player, struct client *client,
                       const struct step *step)
{
    while (client->seen == client->output.length && !client->is_ended &&
           socketless_advance(&player->world)) {
        continue;
    }
    if (client->seen == client->output.length && client->is_ended) {
        return true;
    }
    return fail(player, step, client->output.data + client->seen,
                client->output.length - client->seen);
}


/* Clients. */

static bool expect_notice(struct player *player, struct client *client,
                          const struct step *step, const char *start)
{
    const char *line;
    size_t length;

    return (read_line(player, client, &line, &length) &&
            strncmp(line, start, strlen(start)) == 0) ||
           fail(player, step, line, length);
}


/* Returns the client of a step, and connects it if it is new. Returns NULL if no
 * welcome comes. */
static struct client *find_client(struct player *player, const struct step *step)
{
    struct client *client = player->world.clients;

    while (client != NULL && strcmp(client->name, step->client) != 0) {
        client = client->next;
    }
    if (client != NULL) {
        return client;
    }
    client = client_open(&player->world, step->client);
    if (step->kind != STEP_LINE && step->kind != STEP_UNORDERED &&
        step->kind != STEP_BYTES &&
        !expect_notice(player, client, step, "{\"welcome\":")) {
        return NULL;
    }
    return client;
}


static bool send_goodbye(struct player *player, struct client *client)
{
    struct step quit = {.kind = STEP_END};
    bool good;

    bytes_append(&quit.text, "quit", 4);
    bytes_append(&quit.text, player->file->line_end.data,
                 player->file->line_end.length);
    send_bytes(player, client, &quit.text);
    good = expect_notice(player, client, &quit, "{\"status\":") &&
           expect_end(player, client, &quit);
    free(quit.text.data);
    return good;
}


/* Playing. */

static bool play_step(struct player *player, const struct step *step, size_t count)
{
    struct client *client = find_client(player, step);

    if (client == NULL) {
        return false;
    }
    switch (step->kind) {
    case STEP_SEND:
        send_bytes(player, client, &step->text);
        return true;
    case STEP_HALF_CLOSE:
        client_half_close(&player->world, client);
        return true;
    case STEP_CLOSE:
        client_close(&player->world, client);
        return true;
    case STEP_BYTES:
        return expect_bytes(player, client, step);
    case STEP_END:
        return expect_end(player, client, step);
    default:
        return expect_lines(player, client, step, count);
    }
}


static bool play_steps(struct player *player, const struct step *steps, size_t count)
{
    size_t at = 0;

    while (at < count) {
        size_t block = 1;

        while (steps[at].kind == STEP_UNORDERED && at + block < count && block < 64 &&
               steps[at + block].kind == STEP_UNORDERED &&
               strcmp(steps[at + block].client, steps[at].client) == 0) {
            block++;
        }
        if (!play_step(player, &steps[at], block)) {
            return false;
        }
        at += block;
    }
    return true;
}


/* Returns the first step of another client, or the step in which this client ends its
 * side. Before that step its lines may be sent before anything is read. */
static size_t count_pipelined(const struct session_file *file)
{
    size_t stop = file->step_count;
    size_t i;

    for (i = file->step_count; i-- > 0;) {
        if (strcmp(file->steps[i].client, file->steps[0].client) != 0) {
            return 0;
        }
        if (file->steps[i].kind == STEP_HALF_CLOSE ||
            file->steps[i].kind == STEP_CLOSE) {
            stop = i;
        }
    }
    return stop;
}


/* The steps in the order of this mode. Texts are copied, so that runs of lines can be
 * joined. */
static struct step *arrange(const struct player *player, size_t *count)
{
    const struct session_file *file = player->file;
    struct step *steps = calloc(file->step_count, sizeof *steps);
    size_t stop = player->mode == PIPELINED ? count_pipelined(file) : 0;
    size_t first = file->steps[0].kind == STEP_SEND ? 0 : 1; /* the welcome */
    int pass;
    size_t i;

    if (steps == NULL) {
        abort();
    }
    *count = 0;
    for (pass = 0; pass < 4; pass++) {
        for (i = 0; i < file->step_count; i++) {
            const struct step *step = &file->steps[i];
            struct step *last = *count > 0 ? &steps[*count - 1] : NULL;
            int own_pass = i < first                 ? 0
                           : i >= stop               ? 3
                           : step->kind == STEP_SEND ? 1
                                                     : 2;

            if (own_pass != pass) {
                continue;
            }
            if (player->mode != PIPELINED || last == NULL || last->kind != STEP_SEND ||
                step->kind != STEP_SEND || strcmp(last->client, step->client) != 0) {
                last = &steps[(*count)++];
                *last = *step;
                last->text = (struct bytes){0};
            }
            bytes_append(&last->text, step->text.data, step->text.length);
        }
    }
    return steps;
}


static bool play(const struct session_file *file,
                 const struct stellar_server_options *options, enum mode mode)
{
    struct player player = {.file = file, .mode = mode};
    size_t count;
    struct step *steps = arrange(&player, &count);
    struct client *client;
    bool good = socketless_start(&player.world, file, options) &&
                play_steps(&player, steps, count);

    for (client = player.world.clients; client != NULL; client = client->next) {
        if (good && !client->is_closed && !client->is_ended) {
            good = send_goodbye(&player, client);
        }
    }
    socketless_stop(&player.world);
    captures_free(&player.captures);
    while (count > 0) {
        free(steps[--count].text.data);
    }
    free(steps);
    return good;
}


int main(int argc, char **argv)
{
    struct session_file file;
    struct stellar_server_options options;
    unsigned played = 0;
    unsigned skipped = 0;
    unsigned failed = 0;
    int i;
    int mode;

    for (i = 1; i < argc; i++) {
        const char *foreign;

        session_file_read(&file, argv[i]);
        foreign = socketless_options(&file, &options);
        if (foreign != NULL) {
            printf("skipped %s: no socket for %s\n", argv[i], foreign);
        }
        for (mode = WHOLE; mode <= PIPELINED; mode++) {
            if (foreign != NULL || session_file_skips(&file, "session") ||
                session_file_skips(&file, mode_names[mode])) {
                if (foreign == NULL) {
                    printf("skipped %s (%s): says so itself\n", argv[i],
                           mode_names[mode]);
                }
                skipped++;
            } else {
                failed += !play(&file, &options, (enum mode)mode);
                played++;
            }
        }
        session_file_free(&file);
    }
    printf("%u played, %u failed, %u skipped\n", played, failed, skipped);
    return failed > 0 || played == 0 ? 1 : 0;
}
