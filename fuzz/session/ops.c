#include "ops.h"

static const struct {
    uint8_t arguments;
    bool has_text;
} shapes[SESSION_OP_COUNT] = {
#define XX(symbol, arguments, text) {arguments, text},
    SESSION_OPS(XX)
#undef XX
};


size_t session_op_length(const uint8_t *data, size_t size, size_t *arguments)
{
    size_t length;

    if (size == 0) {
        return 0;
    }
    *arguments = shapes[data[0] % SESSION_OP_COUNT].arguments;
    length = 1 + *arguments;
    if (length > size) {
        return 0;
    }
    if (shapes[data[0] % SESSION_OP_COUNT].has_text) {
        length += data[*arguments];
    }
    return length < size ? length : size;
}
