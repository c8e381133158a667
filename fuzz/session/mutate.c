/*
 * A mutator that knows where operations begin and end: it drops, repeats, moves and
 * changes whole operations, invents new ones, and copies runs of them from another
 * input. Sometimes libFuzzer's own mutator is used, mostly for texts.
 */
#include <string.h>

#include "ops.h"

#define OPS_MAX 1024

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t capacity)
    __attribute__((weak)); /* absent if inputs are only replayed */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t capacity,
                               unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data, size_t size, const uint8_t *other,
                                 size_t other_size, uint8_t *out, size_t capacity,
                                 unsigned seed);

static uint32_t state;


static size_t any(size_t below)
{
    state = state * UINT32_C(1664525) + UINT32_C(1013904223);
    return below == 0 ? 0 : (state >> 8) % below;
}


/* The beginning of each operation, and the end at last. */
static size_t find_ops(const uint8_t *data, size_t size, size_t starts[OPS_MAX + 1])
{
    size_t count = 0;
    size_t at = SESSION_HEADER;
    size_t arguments;
    size_t length;

    while (count < OPS_MAX &&
           (length = session_op_length(data + at, size - at, &arguments)) > 0) {
        starts[count++] = at;
        at += length;
    }
    starts[count] = at;
    return count;
}


static size_t insert(uint8_t *data, size_t size, size_t capacity, size_t at,
                     const uint8_t *bytes, size_t length)
{
    if (length > capacity - size) {
        return size;
    }
    memmove(data + at + length, data + at, size - at);
    memcpy(data + at, bytes, length);
    return size + length;
}


static size_t remove_bytes(uint8_t *data, size_t size, size_t at, size_t length)
{
    memmove(data + at, data + at + length, size - at - length);
    return size - length;
}


/* Small numbers are more frequent, because they name a client, a shard or a room. */
static uint8_t make_argument(void)
{
    return (uint8_t)any(any(3) == 0 ? 256 : 16);
}


/* Makes a new operation without a text, most often one of the target's own lines. */
static size_t make_op(uint8_t *op)
{
    size_t arguments = 0;
    size_t i;

    op[0] = any(3) == 0 ? SESSION_LINE : (uint8_t)any(SESSION_OP_COUNT);
    for (i = 1; i < 4; i++) {
        op[i] = make_argument();
    }
    if (op[0] == SESSION_LINE) {
        op[2] = (uint8_t)any(40);
    }
    if (op[0] == SESSION_BYTES) {
        op[0] = SESSION_SETTLE;
    }
    session_op_length(op, 4, &arguments);
    return 1 + arguments;
}


static size_t mutate_op(uint8_t *data, size_t size, size_t capacity)
{
    size_t starts[OPS_MAX + 1];
    size_t count = find_ops(data, size, starts);
    size_t one = any(count);
    size_t start = starts[one];
    size_t length = count > 0 ? starts[one + 1] - start : 0;
    size_t target = starts[any(count + 1)];
    uint8_t copy[512];

    if (count == 0 || any(3) == 0) {
        length = make_op(copy);
        return insert(data, size, capacity, target, copy, length);
    }
    memcpy(copy, data + start, length);
    switch (any(5)) {
    case 0:
        return remove_bytes(data, size, start, length);
    case 1:
        return insert(data, size, capacity, target, copy, length);
    case 2: /* moves an operation */
        size = remove_bytes(data, size, start, length);
        return insert(data, size, capacity, target <= start ? target : start, copy,
                      length);
    case 3: /* removes a run of operations */
        one += 1 + any(8);
        return remove_bytes(data, size, start,
                            starts[one < count ? one : count] - start);
    default: /* changes an argument */
        if (length > 1) {
            data[start + 1 + any(length - 1 < 3 ? length - 1 : 3)] = make_argument();
        }
        return size;
    }
}


size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t capacity,
                               unsigned seed)
{
    size_t rounds;

    state = seed;
    if (size < SESSION_HEADER || capacity < SESSION_HEADER + 4) {
        return LLVMFuzzerMutate != NULL ? LLVMFuzzerMutate(data, size, capacity) : size;
    }
    if (any(5) == 0 && LLVMFuzzerMutate != NULL) {
        return LLVMFuzzerMutate(data, size, capacity);
    }
    if (any(16) == 0) {
        data[any(SESSION_HEADER)] = (uint8_t)any(256);
    }
    for (rounds = 1 + any(4); rounds > 0; rounds--) {
        size = mutate_op(data, size, capacity);
    }
    return size;
}


/* Takes the operations of one input up to some point, then those of the other after
 * some point. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data, size_t size, const uint8_t *other,
                                 size_t other_size, uint8_t *out, size_t capacity,
                                 unsigned seed)
{
    size_t starts[OPS_MAX + 1];
    size_t others[OPS_MAX + 1];
    size_t length;
    size_t from;

    state = seed;
    if (size < SESSION_HEADER || other_size < SESSION_HEADER) {
        return 0;
    }
    length = starts[any(find_ops(data, size, starts) + 1)];
    from = others[any(find_ops(other, other_size, others) + 1)];
    if (length > capacity) {
        length = capacity;
    }
    memcpy(out, data, length);
    if (other_size - from > capacity - length) {
        return length;
    }
    memcpy(out + length, other + from, other_size - from);
    return length + other_size - from;
}
