#include "inputs.h"

#include <inttypes.h>
#include <stdio.h>

#include "reply.h"
#include "writer.h"


size_t stellar__inputs_count(const struct stellar_input *inputs)
{
    size_t count = 0;

    while (inputs != NULL && inputs[count].name != NULL) {
        count++;
    }
    return count;
}


struct stellar_value stellar__value(const char *text, size_t length)
{
    struct stellar_value value = {STELLAR_JSON_NUMBER, {text, length}};

    switch (text[0]) {
    case '{':
        value.type = STELLAR_JSON_OBJECT;
        break;
    case '[':
        value.type = STELLAR_JSON_ARRAY;
        break;
    case '"':
        value.type = STELLAR_JSON_STRING;
        break;
    case 't':
    case 'f':
        value.type = STELLAR_JSON_BOOLEAN;
        break;
    case 'n':
        value.type = STELLAR_JSON_NULL;
        break;
    default:
        break;
    }
    return value;
}


bool stellar__value_number(struct stellar_value value, char *memory, size_t capacity,
                           struct stellar_value *number)
{
    struct stellar_slice inside;

    if (value.type == STELLAR_JSON_STRING) {
        if (!stellar_value_string(value, &inside) || inside.length == 0) {
            return false;
        }
        if (memchr(inside.data, '\\', inside.length) != NULL) {
            inside.length = stellar_json_unescape(inside, memory, capacity);
            inside.data = memory;
            if (inside.length > capacity) {
                return false;
            }
        }
        if (!stellar_json_check(inside.data, inside.length, NULL)) {
            return false;
        }
        value = stellar__value(inside.data, inside.length);
    }
    *number = value;
    return value.type == STELLAR_JSON_NUMBER;
}


static bool convert_integer(struct stellar__input_value *input)
{
    int64_t integer;

    if (!stellar_value_integer(input->value, &integer)) {
        return false;
    }
    snprintf(input->text, sizeof input->text, "%" PRId64, integer);
    input->value = stellar__value(input->text, strlen(input->text));
    return true;
}


static bool convert(const struct stellar_input *declared,
                    struct stellar__input_value *input)
{
    double number;

    if (declared->convert == STELLAR_AS_SENT) {
        return true;
    }
    if (!stellar__value_number(input->value, input->text, sizeof input->text,
                               &input->value)) {
        return false;
    }
    if (declared->convert == STELLAR_TO_INTEGER) {
        return convert_integer(input);
    }
    return stellar_value_double(input->value, &number);
}


static void begin_problem(struct stellar__buffer *out, size_t start, const char *name)
{
    stellar__buffer_append(out, out->length == start ? "{" : ",", 1);
    stellar__buffer_string(out, name, strlen(name));
    STELLAR__APPEND_LITERAL(out, ":");
}


static void write_missing(struct stellar__buffer *out, const char *name)
{
    STELLAR__APPEND_LITERAL(out, "\"The ");
    stellar__buffer_escaped(out, name, strlen(name));
    STELLAR__APPEND_LITERAL(out, " field is required.\"");
}


bool stellar__inputs_read(const struct stellar_input *inputs,
                          const struct stellar__params *params,
                          struct stellar__input_value *values,
                          struct stellar__buffer *out, bool *mistyped)
{
    size_t start = out->length;
    size_t i;

    *mistyped = false;
    for (i = 0; i < stellar__inputs_count(inputs); i++) {
        const char *name = inputs[i].name;
        const struct stellar_slice *text =
            stellar__params_get(params, name, strlen(name));
        struct stellar__input_value *input = &values[i];

        input->present = text != NULL && text->data[0] != 'n';
        if (input->present) {
            input->value = stellar__value(text->data, text->length);
        } else if (inputs[i].default_json != NULL) {
            input->present = true;
            input->value =
                stellar__value(inputs[i].default_json, strlen(inputs[i].default_json));
        } else if (inputs[i].required) {
            begin_problem(out, start, name);
            write_missing(out, name);
        }
        if (input->present && !convert(&inputs[i], input)) {
            *mistyped = true;
            begin_problem(out, start, name);
            stellar__write_error(out, STELLAR_E_INVALID_TYPE, stellar__slice(name),
                                 stellar__slice(inputs[i].convert == STELLAR_TO_INTEGER
                                                    ? "integer"
                                                    : "float"));
        }
    }
    if (out->length != start) {
        STELLAR__APPEND_LITERAL(out, "}");
    }
    return out->length == start && !out->failed;
}


bool stellar__inputs_validate(const struct stellar_input *inputs,
                              const struct stellar_call *call,
                              const struct stellar__input_value *values,
                              struct stellar__buffer *out)
{
    size_t start = out->length;
    size_t i;

    for (i = 0; i < stellar__inputs_count(inputs); i++) {
        const char *why = NULL;

        if (inputs[i].validate != NULL && values[i].present) {
            why = inputs[i].validate(call, values[i].value);
        }
        if (why != NULL) {
            begin_problem(out, start, inputs[i].name);
            stellar__buffer_text(out, why);
        }
    }
    if (out->length != start) {
        STELLAR__APPEND_LITERAL(out, "}");
    }
    return out->length == start;
}
