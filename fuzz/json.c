/*
 * JSON. Our validator is compared with that of jansson, jsmn's tokens with a walk with
 * the params reader, and values with jansson and strtod(). Integers are compared with
 * their text after the point has been moved.
 *
 * The two validators are known to differ here, so such a text is skipped:
 *   - we refuse more than 32 levels, jansson more than 2048;
 *   - jansson refuses numbers that no double, or no 64-bit integer, can hold: our
 * getters do that;
 *   - jansson refuses \u0000 in the name of a member, and does not notice a byte 00
 * after a number. In each of these cases jansson may have stopped before an error that
 * we found.
 */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#define JSMN_STATIC
#include <jsmn.h>

#include "support.h"
#include "values.h"

/* jsmn's tokens in the order of the text, and the next one that a walk must find. */
struct index {
    const char *text;
    jsmntok_t *tokens;
    int count;
    int next;
};

static void check_value(struct index *index, struct stellar_value value,
                        const json_t *theirs);


static void check_token(struct index *index, jsmntype_t type, struct stellar_slice text)
{
    const jsmntok_t *token = &index->tokens[index->next++];

    fuzz_require(index->next <= index->count, "jsmn has fewer tokens");
    fuzz_require(token->type == type && index->text + token->start == text.data &&
                     (size_t)(token->end - token->start) == text.length,
                 "jsmn has another token");
}


/* theirs is NULL if jansson has read nothing. */
static void check_members(struct index *index, struct stellar_slice text,
                          const json_t *theirs)
{
    bool object = text.data[0] == '{';
    size_t capacity = (size_t)(index->count - index->next + 1);
    struct stellar_token *tokens =
        (struct stellar_token *)fuzz_allocate(capacity * sizeof *tokens);
    struct stellar_params params;
    struct stellar_value value;
    struct stellar_value last;
    struct stellar_slice key;
    const json_t *child;
    size_t place = 0;

    fuzz_require(stellar_params_open(&params, text, tokens, capacity) <= capacity,
                 "jsmn counts otherwise");
    for (; stellar_params_next(&params, &key, &value); place++) {
        child = object ? NULL : json_array_get(theirs, place);
        if (object) {
            char *name = (char *)fuzz_allocate(key.length + 1);
            size_t length = stellar_json_unescape(key, name, key.length);

            name[length] = '\0';
            check_token(index, JSMN_STRING, key);
            fuzz_require(stellar_params_find(&params, name, length, &last),
                         "a member is not found");
            /* jansson keeps only the last of several duplicates. */
            if (last.text.data == value.text.data) {
                child = json_object_get(theirs, name);
            }
            fuzz_release(name);
        }
        fuzz_require(theirs == NULL || child != NULL || object,
                     "jansson does not have an item");
        check_value(index, value, child);
    }
    fuzz_require(theirs == NULL || object || place == json_array_size(theirs),
                 "jansson has more items");
    fuzz_release(tokens);
}


/* Finds the integer for the text of a number: its digits with the point moved by the
 * exponent, as strtoll() reads them. Returns false if it is not an integer of 64 bits.
 * digits must have room for the text. */
static bool integer_of(const char *text, char *digits, long long *integer)
{
    const long long most = 1000000000; /* more than the digits of any text */
    long long point = 0;               /* digits before it */
    bool is_behind = false;
    size_t count = 0;
    char plain[24];

    memset(plain, '0', sizeof plain);
    plain[0] = *text == '-' ? '-' : '+';
    *integer = 0;
    for (; *text != '\0' && strchr("eE", *text) == NULL; text++) {
        if (*text == '.') {
            is_behind = true;
        }
        if (strchr("-.", *text) != NULL || (count == 0 && *text == '0' && !is_behind)) {
            continue;
        }
        if (count == 0 && *text == '0') {
            point--;
            continue;
        }
        point += !is_behind;
        digits[count++] = *text;
    }
    if (count == 0) {
        return true;
    }
    while (digits[count - 1] == '0') {
        count--;
    }
    if (*text != '\0') {
        long long exponent = strtoll(text + 1, NULL, 10);

        point += exponent > most ? most : exponent < -most ? -most : exponent;
    }
    if (point < (long long)count || point > 19) {
        return false;
    }
    memcpy(plain + 1, digits, count);
    plain[point + 1] = '\0';
    errno = 0;
    *integer = strtoll(plain, NULL, 10);
    return errno == 0;
}


static void check_integer(const char *text, const struct stellar_value *value)
{
    char *digits = (char *)fuzz_allocate(strlen(text) + 1);
    long long expected;
    int64_t integer = 0;
    bool is_one = integer_of(text, digits, &expected);

    fuzz_require(stellar_value_integer(*value, &integer) == is_one,
                 "other numbers are integers");
    fuzz_require(!is_one || integer == expected, "an integer has another value");
    fuzz_release(digits);
}


static void check_number(struct stellar_slice text, const struct stellar_value *value,
                         const json_t *theirs)
{
    char *copy = (char *)fuzz_allocate(text.length + 1);
    double expected;
    double number = 0;
    int64_t integer = 0;

    memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    expected = strtod(copy, NULL);
    fuzz_require(stellar_value_double(*value, &number) == !isinf(expected),
                 "strtod() overflows otherwise");
    fuzz_require(isinf(expected) || memcmp(&number, &expected, sizeof number) == 0,
                 "strtod() rounds otherwise");
    check_integer(copy, value);
    stellar_value_integer(*value, &integer);
    fuzz_require(theirs == NULL ||
                     (json_is_integer(theirs) ? json_integer_value(theirs) == integer
                                              : json_real_value(theirs) == number),
                 "jansson has another number");
    fuzz_release(copy);
}


static void check_string(struct stellar_slice inside, const json_t *theirs)
{
    char *plain = (char *)fuzz_allocate(inside.length);
    size_t length = stellar_json_unescape(inside, plain, inside.length);

    fuzz_require(theirs == NULL ||
                     (json_string_length(theirs) == length &&
                      memcmp(json_string_value(theirs), plain, length) == 0),
                 "jansson has another string");
    fuzz_release(plain);
}


static void check_value(struct index *index, struct stellar_value value,
                        const json_t *theirs)
{
    struct stellar_slice inside = {value.text.data + 1, value.text.length - 2};
    json_type type = theirs != NULL ? json_typeof(theirs) : JSON_NULL;
    bool truth = false;

    switch (value.type) {
    case STELLAR_JSON_OBJECT:
    case STELLAR_JSON_ARRAY:
        fuzz_require(
            theirs == NULL ||
                type == (value.type == STELLAR_JSON_OBJECT ? JSON_OBJECT : JSON_ARRAY),
            "jansson has no object or array");
        check_token(index, value.type == STELLAR_JSON_OBJECT ? JSMN_OBJECT : JSMN_ARRAY,
                    value.text);
        check_members(index, value.text, theirs);
        return;
    case STELLAR_JSON_STRING:
        fuzz_require(theirs == NULL || type == JSON_STRING, "jansson has no string");
        check_token(index, JSMN_STRING, inside);
        check_string(inside, theirs);
        return;
    case STELLAR_JSON_NUMBER:
        fuzz_require(theirs == NULL || type == JSON_INTEGER || type == JSON_REAL,
                     "jansson has no number");
        check_number(value.text, &value, theirs);
        break;
    case STELLAR_JSON_BOOLEAN:
        fuzz_require(stellar_value_boolean(value, &truth), "a boolean is none");
        fuzz_require(theirs == NULL || type == (truth ? JSON_TRUE : JSON_FALSE),
                     "jansson has another boolean");
        break;
    case STELLAR_JSON_NULL:
        fuzz_require(theirs == NULL || type == JSON_NULL, "jansson has no null");
        break;
    }
    check_token(index, JSMN_PRIMITIVE, value.text);
}


/* Puts any value into an array, because the reader only opens objects and arrays. */
static void check_meaning(const char *text, size_t size, json_t *theirs)
{
    char *wrapped = (char *)fuzz_allocate(size + 2);
    json_t *array = theirs != NULL ? json_array() : NULL;
    struct stellar_value value = {STELLAR_JSON_ARRAY, {wrapped, size + 2}};
    struct index index = {wrapped, NULL, 0, 0};
    jsmn_parser parser;

    wrapped[0] = '[';
    memcpy(wrapped + 1, text, size);
    wrapped[size + 1] = ']';
    json_array_append(array, theirs);
    jsmn_init(&parser);
    index.count = jsmn_parse(&parser, wrapped, size + 2, NULL, 0);
    fuzz_require(index.count > 1, "jsmn refuses a valid text");
    index.tokens =
        (jsmntok_t *)fuzz_allocate((size_t)index.count * sizeof *index.tokens);
    jsmn_init(&parser);
    jsmn_parse(&parser, wrapped, size + 2, index.tokens, (unsigned)index.count);
    check_value(&index, value, array);
    fuzz_require(index.next == index.count, "jsmn has more tokens");
    json_decref(array);
    fuzz_release(index.tokens);
    fuzz_release(wrapped);
}


/* A text must mean the same without its white space. */
static void check_minified(struct stellar_slice text, const json_t *theirs)
{
    char *out = (char *)fuzz_allocate(text.length);
    json_t *small = json_loadb(out, stellar_json_minify(text, out),
                               JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

    fuzz_require(small != NULL && json_equal(theirs, small),
                 "a text means something else when minified");
    json_decref(small);
    fuzz_release(out);
}


static bool is_known(const json_error_t *theirs, const struct stellar_error *ours,
                     struct stellar_slice text)
{
    return (ours->column < text.length && text.data[ours->column] == '\0') ||
           json_error_code(theirs) == json_error_numeric_overflow ||
           json_error_code(theirs) == json_error_null_byte_in_key ||
           (ours->expected != NULL && strcmp(ours->expected, "at most 32 levels") == 0);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stellar_slice text = {(const char *)data, size};
    struct stellar_error ours = {STELLAR_NO_ERROR, 0, 0, NULL, NULL, 0};
    bool valid = stellar_json_check(text.data, size, &ours);
    json_error_t error;
    json_t *theirs;

    fuzz_blocks_begin();
    memset(&error, 0, sizeof error);
    theirs = json_loadb(text.data, size, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    if (valid != (theirs != NULL) && !is_known(&error, &ours, text)) {
        fprintf(stderr, "json: jansson: %s at %d; ours: %s at %zu\n", error.text,
                error.position, ours.expected != NULL ? ours.expected : "valid",
                ours.column);
        fuzz_die("jansson and we do not agree");
    }
    if (valid) {
        fuzz_check_json(text);
        check_meaning(text.data, size, theirs);
        if (theirs != NULL) {
            check_minified(text, theirs);
        }
    } else {
        fuzz_require(ours.column <= size && ours.at == ours.column,
                     "an error stands outside the text");
    }
    json_decref(theirs);
    return 0;
}
