/*
 * The parser must take linear time. It is built a second time for this target, so that
 * it counts its branches (__sanitizer_cov_trace_pc) and the bytes that memcpy and
 * similar functions read. Both together must not exceed a fixed number for each byte of
 * input. This includes pieces, the memory lent, and the walk through params. libFuzzer
 * gets each new maximum, and so it climbs to the worst inputs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

/* Some seeds make a stream of this length from a short one. Quadratic cost, such as a
 * search that starts again for each line, only shows in a long stream. */
#define LONG_STREAM 16384

/* Steps for each byte, and once for each input. The worst input found has 37 per
 * byte. */
#define STEPS_PER_BYTE  128
#define STEPS_PER_INPUT 2000

/* Bytes that the C library reads in the time of a step. */
#define BYTES_PER_STEP 8

void __wrap___sanitizer_cov_trace_pc(void);
void *fuzz_memcpy(void *to, const void *from, size_t length);
void *fuzz_memmove(void *to, const void *from, size_t length);
void *fuzz_memset(void *to, int byte, size_t length);
void *fuzz_memchr(const void *bytes, int byte, size_t length);

/* libFuzzer uses these in addition to the coverage. */
#if defined(__clang__)
__attribute__((section("__libfuzzer_extra_counters")))
#endif
static uint8_t heights[STEPS_PER_BYTE];

static uint64_t steps;


void __wrap___sanitizer_cov_trace_pc(void)
{
    steps++;
}


void *fuzz_memcpy(void *to, const void *from, size_t length)
{
    steps += length / BYTES_PER_STEP + 1;
    return memcpy(to, from, length);
}


void *fuzz_memmove(void *to, const void *from, size_t length)
{
    steps += length / BYTES_PER_STEP + 1;
    return memmove(to, from, length);
}


void *fuzz_memset(void *to, int byte, size_t length)
{
    steps += length / BYTES_PER_STEP + 1;
    return memset(to, byte, length);
}


void *fuzz_memchr(const void *bytes, int byte, size_t length)
{
    const char *found = (const char *)memchr(bytes, byte, length);

    steps += (found != NULL ? (size_t)(found - (const char *)bytes) : length) /
                 BYTES_PER_STEP +
             1;
    return (void *)(uintptr_t)found;
}


static void walk(struct stellar_slice text)
{
    struct stellar_params params;
    struct stellar_slice key;
    struct stellar_value value;
    size_t capacity = text.length + 1;
    struct stellar_token *tokens =
        (struct stellar_token *)fuzz_allocate(capacity * sizeof *tokens);

    stellar_params_open(&params, text, tokens, capacity);
    while (stellar_params_next(&params, &key, &value)) {
        continue;
    }
    fuzz_release(tokens);
}


/* Makes the stream by repeating a short one. */
static void lengthen(struct fuzz_input *input)
{
    static uint8_t stream[LONG_STREAM];
    size_t at;

    for (at = 0; at < LONG_STREAM; at++) {
        stream[at] = input->stream[at % input->size];
    }
    input->stream = stream;
    input->size = LONG_STREAM;
}


/* After a goodbye it continues as after an error, so nothing ends a run. */
static void run(const struct fuzz_input *input)
{
    struct stellar_parser parser;
    struct stellar_command command;
    enum stellar_result result;
    uint32_t seed = input->seed;
    void *memory = NULL;
    size_t length;
    size_t at;

    fuzz_start(&parser, input);
    for (at = 0; at < input->size; at += length) {
        length =
            input->seed & 1 ? fuzz_small_piece(&seed, input->size - at) : input->size;
        stellar_parser_feed(&parser, input->stream + at, length);
        while ((result = stellar_parser_next(&parser, &command)) != STELLAR_MORE) {
            if (result == STELLAR_MEMORY) {
                memory = fuzz_lend(&parser, memory);
            } else if (command.params.data != NULL) {
                walk(command.params);
            }
        }
    }
    fuzz_release(memory);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input;
    uint64_t height;

    if (!fuzz_open(&input, data, size) || input.size == 0) {
        return 0;
    }
    if ((input.seed & 0x70) == 0x70 && input.size < LONG_STREAM) {
        lengthen(&input);
    }
    steps = 0;
    run(&input);
    height = steps < STEPS_PER_INPUT ? 0 : (steps - STEPS_PER_INPUT) / input.size;
    if (height >= STEPS_PER_BYTE) {
        fprintf(stderr, "slow: %llu steps for %zu bytes\n", (unsigned long long)steps,
                input.size);
        fuzz_die("more steps a byte than there may be");
    }
    heights[height] = 1;
    return 0;
}
