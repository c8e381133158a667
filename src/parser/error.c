/*
 * The tables of verbs, protocols and errors, and the texts of the parser's errors.
 * There is no printf here, because the library is freestanding.
 */
#include "internal.h"

/* The text that is being written. One byte of capacity is reserved for the NUL. */
struct output {
    char *text;
    size_t capacity;
    size_t length;
};


static void put(struct output *output, char byte)
{
    if (output->length + 1 < output->capacity) {
        output->text[output->length++] = byte;
    }
}


static void put_text(struct output *output, const char *text)
{
    while (*text != '\0') {
        put(output, *text++);
    }
}


/* A size_t, because 32-bit machines need a library function to divide 64 bits. */
static void put_number(struct output *output, size_t number)
{
    char digits[20];
    size_t count = 0;

    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) {
        put(output, digits[--count]);
    }
}


/* Writes what replaces %1 (if first, otherwise %2) in the message of this error. */
static void put_argument(struct output *output, const struct stellar_error *error,
                         bool first)
{
    switch (error->code) {
    case STELLAR_E_LINE_TOO_LONG:
        put_number(output, error->limit + first);
        break;
    case STELLAR_E_MALFORMED_JSON:
    case STELLAR_E_INVALID_UTF8:
        if (first) {
            put_number(output, error->column);
        } else if (error->expected != NULL) {
            put_text(output, error->expected);
        }
        break;
    default:
        if (first && error->subject != NULL) {
            put_text(output, error->subject);
        } else if (!first && error->expected != NULL) {
            put_text(output, error->expected);
        }
        break;
    }
}


const char *stellar_verb_name(enum stellar_verb verb)
{
    switch (verb) {
#define XX(symbol, handler, name, others, arguments) \
    case STELLAR_##symbol:                           \
        return name;
        STELLAR_VERBS(XX)
#undef XX
    case STELLAR_ACTION:
        return "action";
    default:
        return NULL;
    }
}


const char *stellar_foreign_name(enum stellar_foreign protocol)
{
    switch (protocol) {
#define XX(symbol, name, text)     \
    case STELLAR_FOREIGN_##symbol: \
        return name;
        STELLAR_FOREIGN_PROTOCOLS(XX)
#undef XX
    default:
        return NULL;
    }
}


const char *stellar_error_code_text(enum stellar_error_code code)
{
    switch (code) {
#define XX(symbol, text, message) \
    case STELLAR_E_##symbol:      \
        return text;
        STELLAR_ERRORS(XX)
#undef XX
    default:
        return NULL;
    }
}


const char *stellar_error_template(enum stellar_error_code code)
{
    switch (code) {
#define XX(symbol, text, message) \
    case STELLAR_E_##symbol:      \
        return message;
        STELLAR_ERRORS(XX)
#undef XX
    default:
        return NULL;
    }
}


size_t stellar_error_text(const struct stellar_error *error, char *text,
                          size_t capacity)
{
    const char *from = stellar_error_template(error->code);
    struct output output;

    output.text = text;
    output.capacity = capacity;
    output.length = 0;
    if (from != NULL) {
        for (; *from != '\0'; from++) {
            if (from[0] == '%' && (from[1] == '1' || from[1] == '2')) {
                put_argument(&output, error, *++from == '1');
            } else {
                put(&output, *from);
            }
        }
    }
    if (capacity > 0) {
        text[output.length] = '\0';
    }
    return output.length;
}
