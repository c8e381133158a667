/*
 * Lent tokens: the index that the parser writes while it checks a call is jsmn's, token
 * for token, however the stream is cut and however many tokens there are. With too few
 * there is none. What is inside is walked as if it had an index of its own.
 */
#include <string.h>

#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#define JSMN_STATIC
#include <jsmn.h>

#include "support.h"

#define TOKENS 512 /* jsmn never needs more for an input, see index.options */
#define LENT   128

struct run {
    struct fuzz_input input;
    struct stellar_parser parser;
    uint32_t seed;
    char *memory;
    struct stellar_token *lent;
    size_t capacity;
};

static jsmntok_t theirs[TOKENS];


static void lend_tokens(struct run *run)
{
    static const size_t capacities[] = {0, 1, 2, 3, 5, 8, 13, 64};
    uint32_t choice = fuzz_random(&run->seed);

    fuzz_release(run->lent);
    run->capacity = choice % 4 == 0 ? capacities[choice / 4 % 8] : LENT;
    run->lent =
        (struct stellar_token *)fuzz_allocate(run->capacity * sizeof *run->lent);
    if (run->capacity > 0) {
        memset(run->lent, 0xa5, sizeof *run->lent); /* what is in it must not matter */
    }
    stellar_parser_set_tokens(&run->parser, run->lent, run->capacity);
}


static int index_with_jsmn(struct stellar_slice text)
{
    jsmn_parser parser;

    jsmn_init(&parser);
    return jsmn_parse(&parser, text.data, text.length, theirs, TOKENS);
}


static void check_index(const struct run *run, const struct stellar_command *command)
{
    const struct stellar_params *index = &command->index;
    int count = command->params.data != NULL ? index_with_jsmn(command->params) : 0;

    fuzz_require(count >= 0, "jsmn refuses params, or there are too many");
    if (count == 0 || (size_t)count > run->capacity) {
        fuzz_require(index->tokens == NULL, "an index without tokens for it");
        return;
    }
    fuzz_require(index->tokens == run->lent, "no index where tokens are enough");
    fuzz_require(index->count == count, "jsmn has another number of tokens");
    fuzz_require(index->text.data == command->params.data &&
                     index->text.length == command->params.length,
                 "an index of another text");
    fuzz_require(memcmp(index->tokens, theirs, (size_t)count * sizeof *theirs) == 0,
                 "jsmn has other tokens");
}


static void read_piece(struct run *run, const void *bytes, size_t length)
{
    struct stellar_command command;
    enum stellar_result result;
    char *piece = (char *)fuzz_copy(bytes, length);

    stellar_parser_feed(&run->parser, piece, length);
    for (;;) {
        memset(&command, 0xa5, sizeof command);
        result = stellar_parser_next(&run->parser, &command);
        if (result == STELLAR_MORE) {
            break;
        }
        if (result == STELLAR_MEMORY) {
            run->memory = (char *)fuzz_lend(&run->parser, run->memory);
            continue;
        }
        if (result == STELLAR_COMMAND) {
            check_index(run, &command);
        } else {
            fuzz_require(command.index.tokens == NULL, "an index without a command");
        }
        if (fuzz_random(&run->seed) % 4 == 0) {
            lend_tokens(run);
        }
    }
    fuzz_release(piece);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run;
    size_t at = 0;

    memset(&run, 0, sizeof run);
    if (!fuzz_open(&run.input, data, size)) {
        return 0;
    }
    run.seed = run.input.seed;
    fuzz_start(&run.parser, &run.input);
    lend_tokens(&run);
    while (at < run.input.size) {
        size_t length = fuzz_piece(&run.seed, run.input.size - at);

        read_piece(&run, run.input.stream + at, length);
        at += length;
    }
    fuzz_release(run.memory);
    fuzz_release(run.lent);
    return 0;
}
