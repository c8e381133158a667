/*
 * The unfinished line: its memory, and where its bytes were in the stream. framing.c
 * explains the fields.
 *
 * A mark says how many telnet bytes came before a column of the line. There is room for
 * the first few marks only: telnet commands within a line are rare, and several are
 * rarer. Telnet bytes without a mark count as if they came right after the last mark,
 * even if that is dropped.
 */
#include "internal.h"

#define SMALLEST_LEND 256


size_t stellar_parser_held(const struct stellar_parser *parser)
{
    return parser->held;
}


size_t stellar_parser_memory_wanted(const struct stellar_parser *parser)
{
    size_t limit = parser->framing->max_data_length;
    size_t most = limit + parser->framing->delimiter_length;
    size_t wanted = parser->line_length + parser->line_length / 2;

    if (wanted < SMALLEST_LEND) {
        wanted = SMALLEST_LEND;
    }
    if (limit != 0 && most >= limit && wanted > most) {
        wanted = most;
    }
    if (wanted <= parser->held) { /* to read in place, there must be room */
        wanted = parser->held + 1;
    }
    return wanted;
}


void stellar_parser_set_memory(struct stellar_parser *parser, void *memory,
                               size_t capacity)
{
    parser->memory = (unsigned char *)memory;
    parser->capacity = capacity;
}


void stellar_parser_set_tokens(struct stellar_parser *parser,
                               struct stellar_token *tokens, size_t capacity)
{
    parser->tokens = tokens;
    parser->token_capacity = capacity < UINT32_MAX ? (uint32_t)capacity : UINT32_MAX;
}


bool stellar__line_keep(struct stellar_parser *parser, size_t length)
{
    const unsigned char *from;
    unsigned char *to;
    size_t more;

    if (length <= parser->held) {
        return true;
    }
    if (length > parser->capacity) {
        return false;
    }
    more = length - parser->held;
    to = parser->memory + parser->held;
    from = parser->input - (parser->line_length - parser->held);
    if (to != from) { /* they may overlap if the input is in this memory, too */
        memmove(to, from, more);
    }
    parser->held = length;
    return true;
}


void stellar__line_forget(struct stellar_parser *parser)
{
    parser->line_length = 0;
    parser->held = 0;
    parser->skipped = 0;
    parser->mark_count = 0;
}


uint64_t stellar__line_offset(const struct stellar_parser *parser, size_t column)
{
    uint64_t skipped = 0;
    size_t i;

    for (i = 0; i < parser->mark_count && parser->marks[i].column <= column; i++) {
        skipped = parser->marks[i].skipped;
    }
    if (i == parser->mark_count) {
        skipped = parser->skipped;
    }
    return parser->line_offset + column + skipped;
}


void stellar__line_note_skipped(struct stellar_parser *parser, uint64_t count)
{
    size_t i = parser->mark_count;

    if (parser->line_length == 0) {
        return;
    }
    parser->skipped += count;
    if (parser->line_length > UINT32_MAX || parser->skipped > UINT32_MAX) {
        return;
    }
    if (i > 0 && parser->marks[i - 1].column == parser->line_length) {
        i--;
    } else if (i < STELLAR_TELNET_MARKS) {
        parser->mark_count++;
    } else {
        return;
    }
    parser->marks[i].column = (uint32_t)parser->line_length;
    parser->marks[i].skipped = (uint32_t)parser->skipped;
}


void stellar__line_drop_head(struct stellar_parser *parser)
{
    uint64_t offset = stellar__line_offset(parser, 1);
    uint64_t between = offset - parser->line_offset - 1;
    unsigned char kept = 0;
    size_t i;

    for (i = 0; i < parser->mark_count; i++) {
        if (parser->marks[i].column > 1) {
            parser->marks[kept].column = parser->marks[i].column - 1;
            parser->marks[kept].skipped = parser->marks[i].skipped - (uint32_t)between;
            kept++;
        }
    }
    parser->mark_count = kept;
    parser->skipped -= between;
    parser->line_offset = offset;
    parser->line_length--;
    if (parser->held > 0) {
        memmove(parser->memory, parser->memory + 1, --parser->held);
    }
}


void stellar__line_erase(struct stellar_parser *parser, size_t count)
{
    if (count == 0) {
        return;
    }
    parser->line_length -= count;
    parser->held = parser->line_length;
    parser->matched =
        stellar__delimiter_match_text(parser->framing, parser->memory, parser->held);
    if (parser->line_length == 0) {
        stellar__line_forget(parser);
    }
    while (parser->mark_count > 0 &&
           parser->marks[parser->mark_count - 1].column > parser->line_length) {
        parser->mark_count--;
    }
    stellar__line_note_skipped(parser, count);
}
