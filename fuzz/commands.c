#include "commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>


bool fuzz_same_text(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}


static bool is_same_slice(struct stellar_slice one, struct stellar_slice other)
{
    return (one.data == NULL) == (other.data == NULL) && one.length == other.length &&
           (one.length == 0 || memcmp(one.data, other.data, one.length) == 0);
}


bool fuzz_same_command(const struct stellar_command *one,
                       const struct stellar_command *other)
{
#define XX(field) &&is_same_slice(one->field, other->field)
    return one->verb == other->verb && one->foreign == other->foreign &&
           one->length == other->length && one->control == other->control &&
           one->action_escaped == other->action_escaped &&
           one->is_json == other->is_json FUZZ_SLICES(XX);
#undef XX
}


bool fuzz_same_error(const struct stellar_error *one, const struct stellar_error *other)
{
    return one->code == other->code && one->at == other->at &&
           one->column == other->column && one->limit == other->limit &&
           fuzz_same_text(one->subject, other->subject) &&
           fuzz_same_text(one->expected, other->expected);
}


static void show_slice(const char *name, struct stellar_slice slice)
{
    if (slice.data != NULL) {
        fprintf(stderr, " %s=%.*s|", name, (int)slice.length, slice.data);
    }
}


void fuzz_show(const char *who, enum stellar_result result,
               const struct stellar_command *command)
{
    const char *code = stellar_error_code_text(command->error.code);
    const char *verb = stellar_verb_name(command->verb);
    const char *protocol = stellar_foreign_name(command->foreign);

    fprintf(stderr, "%s: result %d %s%s at %" PRIu64 " length %zu control %d error %s",
            who, (int)result, verb != NULL ? verb : "",
            protocol != NULL ? protocol : "", command->offset, command->length,
            (int)command->control, code != NULL ? code : "none");
    fprintf(stderr, " at %" PRIu64 " column %zu limit %zu %s %s", command->error.at,
            command->error.column, command->error.limit,
            command->error.subject != NULL ? command->error.subject : "",
            command->error.expected != NULL ? command->error.expected : "");
#define XX(field) show_slice(#field, command->field);
    FUZZ_SLICES(XX)
#undef XX
    fprintf(stderr, "%s%s\n", command->is_json ? " json" : "",
            command->action_escaped ? " escaped" : "");
}
