/*
 * Mutates the inputs of the targets that feed the parser, by tokens of its grammar:
 * whole words, calls, telnet commands and delimiters are inserted, removed, doubled and
 * moved where a token begins. Every other time libFuzzer's own mutations, which know
 * bytes and the dictionary, follow.
 */
#include <string.h>

#include "support.h"

#define TOKEN_MAX 64

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed);

/* Lengths are given because some tokens contain NUL. */
#define TOKEN(text)             \
    {                           \
        text, sizeof(text) - 1, \
    }
static const struct token {
    const char *bytes;
    size_t length;
} tokens[] = {
#define XX(symbol, handler, name, others, arguments) TOKEN(name " " others),
    STELLAR_VERBS(XX)
#undef XX
        TOKEN(" "),
    TOKEN("\t"),
    TOKEN("  "),
    TOKEN("="),
    TOKEN(","),
    TOKEN(", "),
    TOKEN("\r\n"),
    TOKEN("\n"),
    TOKEN("\r"),
    TOKEN("\r\0"),
    TOKEN("\x04"),
    TOKEN("say room, hello\n"),
    TOKEN("paramAdd key=value\r\n"),
    TOKEN("paramAdd key value\n"),
    TOKEN("roomAdd\n"),
    TOKEN("quit\r"),
    TOKEN("{\"action\":\"status\"}"),
    TOKEN("{\"action\":\"a\",\"params\":{\"k\":1}}\n"),
    TOKEN("{\"\\u0061ction\":\"\\ud83d\\ude00\\n\"}\n"),
    TOKEN("{\"params\":[]}\n"),
    TOKEN("\"action\":"),
    TOKEN("\"params\":{"),
    TOKEN("\"\\u00"),
    TOKEN("\\ud800"),
    TOKEN("["),
    TOKEN("]"),
    TOKEN("{"),
    TOKEN("}"),
    TOKEN(":"),
    TOKEN("\""),
    TOKEN("true"),
    TOKEN("null"),
    TOKEN("-0"),
    TOKEN("1.5e-300"),
    TOKEN("9223372036854775808"),
    TOKEN("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["),
    TOKEN("GET "),
    TOKEN(" / HTTP/1.1\r\n"),
    TOKEN("a b RTSP/1.0\n"),
    TOKEN(" SIP/2.0"),
    TOKEN("PROXY TCP4 "),
    TOKEN("PROXY UNKNOWN\r\n"),
    TOKEN("\r\n\r\n\0\r\nQUIT\n"),
    TOKEN("\x16\x03"),
    TOKEN("\xff\xf4\xff\xfd\x06"),
    TOKEN("\xff\xf6"),
    TOKEN("\xff\xfb\x1f"),
    TOKEN("\xff\xfd\x03"),
    TOKEN("\xff\xfa\x18\xff\xff\xff\xf0"),
    TOKEN("\xff\xf1"),
    TOKEN("\xff\xf7"),
    TOKEN("\xff\xf8"),
    TOKEN("\xff\xff"),
    TOKEN("\xff"),
    TOKEN("\xef\xbb\xbf"),
    TOKEN("\xc3\xa9"),
    TOKEN("\xe2\x82"),
    TOKEN("\xf0\x9f\x98\x80"),
    TOKEN("\xed\xa0\x80")};


/* Returns the end of the token at `at`: a run of letters and digits, a run of bytes
 * that are not ASCII, or one other byte. */
static size_t token_end(const uint8_t *data, size_t size, size_t at)
{
    size_t end = at;

    while (end < size && ((data[end] | 0x20) - 'a' < 26u || data[end] - '0' < 10u)) {
        end++;
    }
    if (end == at) {
        while (end < size && data[end] >= 0x80) {
            end++;
        }
    }
    return end > at ? end : at + (at < size);
}


/* Returns the beginning of a random token, or the end. */
static size_t pick(const uint8_t *data, size_t size, uint32_t *seed)
{
    size_t wanted =
        FUZZ_HEADER_SIZE + fuzz_random(seed) % (size - FUZZ_HEADER_SIZE + 1);
    size_t at = FUZZ_HEADER_SIZE;

    while (at < wanted) {
        at = token_end(data, size, at);
    }
    return at;
}


/* Opens a gap for a token; returns the new size, or the old one if there is no room. */
static size_t insert(uint8_t *data, size_t size, size_t max_size, size_t at,
                     const void *bytes, size_t length)
{
    if (length > max_size - size) {
        return size;
    }
    memmove(data + at + length, data + at, size - at);
    memcpy(data + at, bytes, length);
    return size + length;
}


/* Returns one of the names if the token is a list of names, or else the whole token. */
static size_t insert_token(uint8_t *data, size_t size, size_t max_size, size_t at,
                           uint32_t *seed)
{
    const struct token *token =
        &tokens[fuzz_random(seed) % (sizeof tokens / sizeof tokens[0])];
    const char *space = (const char *)memchr(token->bytes, ' ', token->length);
    size_t length = token->length;

    if (space != NULL && space > token->bytes && fuzz_random(seed) & 1) {
        length = (size_t)(space - token->bytes);
    }
    return insert(data, size, max_size, at, token->bytes, length);
}


static size_t insert_delimiter(uint8_t *data, size_t size, size_t max_size, size_t at,
                               uint32_t *seed)
{
    struct fuzz_input input;
    char delimiter[STELLAR_DELIMITER_MAX];
    size_t length;

    if (!fuzz_open(&input, data, size)) {
        return size;
    }
    length = input.delimiter_length;
    memcpy(delimiter, input.delimiter, length);
    if (fuzz_random(seed) % 4 == 0) {
        length = fuzz_random(seed) % (length + 1);
    }
    return insert(data, size, max_size, at, delimiter, length);
}


static size_t mutate(uint8_t *data, size_t size, size_t max_size, uint32_t *seed)
{
    size_t at = pick(data, size, seed);
    size_t end = token_end(data, size, at);
    uint8_t copy[TOKEN_MAX];
    size_t length = end - at < TOKEN_MAX ? end - at : TOKEN_MAX;

    memcpy(copy, data + at, length);
    switch (fuzz_random(seed) % 8) {
    case 0: /* remove */
        memmove(data + at, data + at + length, size - at - length);
        return size - length;
    case 1: /* double */
        return insert(data, size, max_size, at, copy, length);
    case 2: /* move */
        memmove(data + at, data + at + length, size - at - length);
        size -= length;
        return insert(data, size, max_size, pick(data, size, seed), copy, length);
    case 3:
    case 4:
        return insert_delimiter(data, size, max_size, at, seed);
    case 5: /* another choice in the header */
        data[fuzz_random(seed) % FUZZ_HEADER_SIZE] = (uint8_t)fuzz_random(seed);
        return size;
    default:
        return insert_token(data, size, max_size, at, seed);
    }
}


size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed)
{
    uint32_t state = seed;
    uint32_t count = fuzz_random(&state) % 4;

    if (size < FUZZ_HEADER_SIZE || max_size < FUZZ_HEADER_SIZE) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    for (; count > 0; count--) {
        size = mutate(data, size, max_size, &state);
    }
    if (fuzz_random(&state) & 1) {
        size = LLVMFuzzerMutate(data, size, max_size);
    }
    return size;
}
