#include "values.h"

#include <string.h>

#include "support.h"

static void check_value(struct stellar_value value);


/* Unescapes into a block of exactly the size needed. */
static struct stellar_slice unescape(struct stellar_slice string)
{
    struct stellar_slice plain;
    char *out;

    plain.length = stellar_json_unescape(string, NULL, 0);
    fuzz_require(plain.length <= string.length, "a string grew when unescaped");
    plain.data = out = (char *)fuzz_allocate(plain.length);
    fuzz_require(stellar_json_unescape(string, out, plain.length) == plain.length,
                 "a string's length depends on the capacity");
    return plain;
}


void fuzz_check_string(struct stellar_slice string)
{
    struct stellar_slice plain = unescape(string);
    size_t half = plain.length / 2;
    char *cut = (char *)fuzz_allocate(half);

    fuzz_require(stellar_utf8_check(plain.data, plain.length),
                 "a string is not UTF-8 when unescaped");
    fuzz_require(stellar_json_unescape(string, cut, half) == plain.length &&
                     (half == 0 || memcmp(cut, plain.data, half) == 0),
                 "a cut string is another");
    fuzz_release(cut);
    fuzz_release((void *)plain.data);
}


static void check_inside(struct stellar_slice inner, struct stellar_slice outer)
{
    fuzz_require((uintptr_t)inner.data >= (uintptr_t)outer.data &&
                     (uintptr_t)inner.data + inner.length <=
                         (uintptr_t)outer.data + outer.length,
                 "a value lies outside its text");
}


static void check_members(struct stellar_params *params, bool object)
{
    struct stellar_slice key;
    struct stellar_slice plain;
    struct stellar_value value;
    struct stellar_value found;
    int members = 0;

    while (stellar_params_next(params, &key, &value)) {
        fuzz_require(++members < params->count, "a walk does not end");
        fuzz_require((key.data != NULL) == object, "a name, or none, is out of place");
        check_inside(value.text, params->text);
        check_value(value);
        if (!object) {
            continue;
        }
        check_inside(key, params->text);
        fuzz_check_string(key);
        plain = unescape(key);
        fuzz_require(stellar_params_find(params, plain.data, plain.length, &found) &&
                         found.text.data >= value.text.data,
                     "a member, or its last duplicate, is not found");
        fuzz_release((void *)plain.data);
    }
}


static void check_open(struct stellar_slice text)
{
    struct stellar_params params;
    size_t count = stellar_params_open(&params, text, NULL, 0);
    struct stellar_token *tokens =
        (struct stellar_token *)fuzz_allocate(count * sizeof *tokens);

    fuzz_require(count > 0, "a valid object or array does not open");
    fuzz_require(stellar_params_open(&params, text, tokens, count - 1) == count &&
                     stellar_params_open(&params, text, tokens, count) == count,
                 "the number of tokens depends on the capacity");
    check_members(&params, text.data[0] == '{');
    fuzz_release(tokens);
}


static void check_value(struct stellar_value value)
{
    struct stellar_slice string;
    int64_t integer;
    double number;
    bool truth;

    fuzz_require(stellar_value_boolean(value, &truth) ==
                     (value.type == STELLAR_JSON_BOOLEAN),
                 "a boolean is none");
    fuzz_require(stellar_value_string(value, &string) ==
                     (value.type == STELLAR_JSON_STRING),
                 "a string is none");
    if (stellar_value_integer(value, &integer)) {
        fuzz_require(value.type == STELLAR_JSON_NUMBER &&
                         stellar_value_double(value, &number),
                     "an integer is no number");
    }
    if (value.type == STELLAR_JSON_STRING) {
        check_inside(string, value.text);
        fuzz_check_string(string);
    }
    if (value.type == STELLAR_JSON_OBJECT || value.type == STELLAR_JSON_ARRAY) {
        check_open(value.text);
    }
}


static void check_minify(struct stellar_slice text)
{
    struct stellar_slice small;
    char *out = (char *)fuzz_allocate(text.length);

    small.data = out;
    small.length = stellar_json_minify(text, out);
    fuzz_require(small.length <= text.length, "a text grew when minified");
    fuzz_require(stellar_json_check(small.data, small.length, NULL),
                 "a text is not valid when minified");
    fuzz_require(stellar_json_minify(small, out) == small.length,
                 "a text can be minified twice");
    fuzz_release(out);
}


void fuzz_check_json(struct stellar_slice text)
{
    struct stellar_error error;

    fuzz_require(stellar_json_check(text.data, text.length, &error),
                 "params are not valid JSON");
    check_minify(text);
    if (text.data[0] == '{' || text.data[0] == '[') {
        check_open(text);
    }
}
