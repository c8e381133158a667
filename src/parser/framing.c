/*
 * Implementation notes.
 *
 * A piece of input is read in runs: stretches without telnet commands, or the whole
 * piece if telnet is off. Within a run, `input` is how far the parser has read.
 *
 * The unfinished line has line_length bytes. The first `held` of them are in memory,
 * the others are right before `input`. At the end of a run all of them are moved to
 * memory, so a line that lies within one run is never copied.
 *
 * The last `matched` bytes of the line are the beginning of a delimiter. They may still
 * turn out to be data, and only then they count for the limit. When all of a delimiter
 * has matched, the line is whole. The default, in which LF, CR LF and CR each end a
 * line, counts as a delimiter of one byte here. A CR LF is then a line end and an empty
 * line, which is ignored.
 *
 * A line begins with its first byte that does not belong to an earlier delimiter and is
 * not CR, LF or Ctrl-D. So `line_length == matched` says that no line has begun. With a
 * delimiter such as "\r\n.\r\n", a part of it can have matched by then. That is why
 * stellar__line_drop_head(), which drops the first byte, does more than move a pointer.
 *
 * While the rest of a line that was too long is discarded, line_length and held are 0.
 * So telnet's EC and EL, which remove bytes from the end of what is held, do nothing to
 * it.
 *
 * If other protocols are to be detected, the opening machine reads each run before
 * lines are cut from it, until it has decided. If the stream is foreign, the run ends
 * before the byte that decided this. So the bytes before it are read as usual, no
 * matter how the stream is split. After STELLAR_FOREIGN has been returned, `opening` is
 * 0 and `foreign` is not. The machine cannot take a byte back, so EC and EL stop it:
 * only a telnet client sends them.
 *
 * Commands and answers are cut from their streams in the same way. Only two things
 * differ: what parses a line, and that only a client's Ctrl-D has a meaning. In the
 * functions that are always inline, answer is NULL if commands are read.
 */
#include "internal.h"

#define CONTROL_D 4

/* Of what both directions share, each gets its own copy, in which nothing is asked
 * about the other. */
#define ALWAYS_INLINE inline __attribute__((always_inline))


static size_t delimiter_size(const struct stellar_framing *framing)
{
    return framing->delimiter_length != 0 ? framing->delimiter_length : 1;
}


static bool is_whole(const struct stellar_parser *parser)
{
    return parser->matched == delimiter_size(parser->framing);
}


static bool is_line_end(unsigned char byte)
{
    return byte == '\r' || byte == '\n';
}


void stellar_parser_init(struct stellar_parser *parser,
                         const struct stellar_framing *framing)
{
    memset(parser, 0, sizeof *parser);
    parser->framing = framing;
    parser->reply[0] = STELLAR__TELNET_IAC;
}


void stellar_parser_feed(struct stellar_parser *parser, const void *bytes,
                         size_t length)
{
    /* A caller that feeds before next has returned STELLAR_MORE loses bytes, but
     * nothing worse happens. */
    if (parser->line_length > parser->held) {
        parser->line_length = parser->held;
        parser->matched = 0;
    }
    parser->input = (const unsigned char *)bytes;
    parser->input_end = parser->input + length;
    parser->run_end = parser->input;
    parser->line_feed = NULL;
    parser->carriage_return = NULL;
}


void *stellar_parser_space(struct stellar_parser *parser, size_t *room)
{
    *room = parser->capacity - parser->held;
    return parser->memory != NULL ? parser->memory + parser->held : NULL;
}


/* The parser moves a line that is not whole to the beginning of the memory, so always
 * backwards, to where it has read everything. */
void stellar_parser_filled(struct stellar_parser *parser, size_t length)
{
    stellar_parser_feed(parser, parser->memory + parser->held, length);
}


struct stellar_slice stellar_parser_rest(const struct stellar_parser *parser)
{
    return stellar__slice(parser->input, parser->input_end);
}


bool stellar_parser_is_idle(const struct stellar_parser *parser)
{
    return parser->line_length == 0 && parser->matched == 0 && !parser->discarding &&
           parser->telnet_state == 0 && parser->mark_count == 0 &&
           parser->opening == 0 && parser->foreign == STELLAR_NOT_FOREIGN &&
           !(parser->after_cr && parser->framing->telnet);
}


const char *stellar_parser_unfinished(const struct stellar_parser *parser,
                                      uint64_t *bytes)
{
    const unsigned char *text = parser->memory;
    size_t from = 0;
    size_t to = parser->held;
    bool is_line = parser->discarding;

    if (parser->framing->delimiter_length != 0) {
        while (to > 0 && is_line_end(text[to - 1])) {
            to--;
        }
        while (from < to && is_line_end(text[from])) {
            from++;
        }
    }
    if (from < to) {
        is_line = stellar__line_lead(text + from, to - from) < to - from;
    }
    *bytes = 0;
    if (!is_line && parser->telnet_state == 0) {
        return NULL;
    }
    *bytes = parser->position - stellar__line_offset(parser, from);
    return is_line ? "a line" : "a telnet command";
}


/* Passes over bytes that are not a telnet command. */
static void advance(struct stellar_parser *parser, const unsigned char *to)
{
    parser->position += (uint64_t)(to - parser->input);
    parser->input = to;
    parser->telnet_state = 0;
}


/* Without a delimiter: passes over the line ends before a line. */
static void pass_line_ends(struct stellar_parser *parser)
{
    const unsigned char *p = parser->input;

    for (; p < parser->run_end; p++) {
        if (*p == '\r') {
            parser->after_cr = true;
        } else if (*p == '\n' ||
                   (*p == '\0' && parser->after_cr && parser->framing->telnet)) {
            parser->after_cr = false; /* CR NUL is how telnet writes a lone CR */
        } else {
            break;
        }
    }
    advance(parser, p);
    parser->line_offset = parser->position;
}


/* With a delimiter: reads until the line has a first byte. */
static void pass_to_first_byte(struct stellar_parser *parser)
{
    const struct stellar_framing *framing = parser->framing;
    unsigned char first;

    while (parser->input < parser->run_end && !is_whole(parser)) {
        if (parser->line_length == 0) {
            parser->line_offset = parser->position;
        }
        parser->matched =
            stellar__delimiter_match(framing, parser->matched, *parser->input);
        parser->line_length++;
        advance(parser, parser->input + 1);
        while (parser->line_length > parser->matched) {
            first = parser->held > 0 ? parser->memory[0]
                                     : parser->input[-(ptrdiff_t)parser->line_length];
            if (!is_line_end(first)) {
                return;
            }
            stellar__line_drop_head(parser);
        }
    }
}


/* Finds the next line's first byte. Returns true if that is a client's Ctrl-D, and
 * passes over it. */
static inline bool begin_line(struct stellar_parser *parser, bool is_client)
{
    const struct stellar_framing *framing = parser->framing;

    if (framing->delimiter_length == 0) {
        pass_line_ends(parser);
        if (parser->input == parser->run_end) {
            return false;
        }
        parser->after_cr = false;
        if (*parser->input != CONTROL_D || !is_client) {
            return false;
        }
        advance(parser, parser->input + 1);
        return true;
    }
    pass_to_first_byte(parser);
    if (parser->line_length != 1 || parser->matched != 0 ||
        parser->input[-1] != CONTROL_D || !is_client ||
        memchr(framing->delimiter, CONTROL_D, framing->delimiter_length) != NULL) {
        return false;
    }
    stellar__line_forget(parser);
    return true;
}


/* Passes over the line end at `end`, unless that is the end of the run. */
static const unsigned char *pass_line_end(struct stellar_parser *parser,
                                          const unsigned char *end)
{
    if (end == parser->run_end) {
        return end;
    }
    parser->after_cr = *end == '\r';
    parser->matched = 1;
    return end + 1;
}


/* Continues to read the run, at most to the end of the line. */
static void read_line(struct stellar_parser *parser)
{
    const unsigned char *end;

    if (parser->input == parser->run_end || is_whole(parser)) {
        return;
    }
    end = parser->framing->delimiter_length == 0
              ? pass_line_end(parser, stellar__find_line_end(parser))
              : stellar__find_delimiter(parser);
    if (!parser->discarding) {
        parser->line_length += (size_t)(end - parser->input);
    }
    advance(parser, end);
}


static bool is_too_long(const struct stellar_parser *parser)
{
    size_t limit = parser->framing->max_data_length;

    return limit != 0 && parser->line_length - parser->matched > limit;
}


/* Of the index only the pointer says that it is absent; the rest has no meaning then.
 */
static void clear(struct stellar_command *command)
{
    memset(command, 0, offsetof(struct stellar_command, index));
    command->index.tokens = NULL;
}


static enum stellar_result control(struct stellar_parser *parser,
                                   struct stellar_command *command,
                                   enum stellar_control what, size_t length)
{
    clear(command);
    command->control = what;
    command->offset = parser->position - length;
    command->length = length;
    return STELLAR_CONTROL;
}


/* Refuses the line at the first byte beyond the limit. The error depends on nothing
 * after this byte, so it does not matter how the rest of the line comes in. */
static enum stellar_result too_long(struct stellar_parser *parser,
                                    struct stellar_command *command)
{
    size_t limit = parser->framing->max_data_length;

    clear(command);
    command->offset = parser->line_offset;
    command->length = limit + 1;
    command->error.code = STELLAR_E_LINE_TOO_LONG;
    command->error.column = limit;
    command->error.at = stellar__line_offset(parser, limit);
    command->error.limit = limit;
    stellar__line_forget(parser);
    parser->discarding = true;
    return STELLAR_ERROR;
}


/* Returns whether the stream is another protocol's, and all bytes before the one that
 * decided this have been read. */
static bool is_foreign(const struct stellar_parser *parser)
{
    return parser->foreign != STELLAR_NOT_FOREIGN &&
           (parser->opening == 0 || parser->looked == (uint32_t)parser->position);
}


/* Ignores the rest of the input. Returns STELLAR_FOREIGN the first time. */
static enum stellar_result pass_foreign(struct stellar_parser *parser,
                                        struct stellar_command *command)
{
    bool is_known = parser->opening == 0;

    parser->opening = 0;
    parser->matched = 0;
    parser->discarding = false;
    stellar__line_forget(parser);
    advance(parser, parser->input_end);
    parser->run_end = parser->input_end;
    if (is_known) {
        return STELLAR_MORE;
    }
    clear(command);
    command->foreign = (enum stellar_foreign)parser->foreign;
    return STELLAR_FOREIGN;
}


/* At the end of a run: a telnet command, or the next run. */
static enum stellar_result next_run(struct stellar_parser *parser,
                                    struct stellar_command *command)
{
    const unsigned char *from = parser->input;
    const unsigned char *iac = NULL;
    enum stellar__telnet_event what;

    parser->line_feed = NULL;
    parser->carriage_return = NULL;
    if (!parser->framing->telnet ||
        (parser->telnet_state == 0 && *from != STELLAR__TELNET_IAC)) {
        if (parser->framing->telnet) {
            iac = (const unsigned char *)memchr(from, STELLAR__TELNET_IAC,
                                                (size_t)(parser->input_end - from));
        }
        parser->run_end = iac != NULL ? iac : parser->input_end;
        if (parser->opening != 0) {
            stellar__opening_look(parser);
        }
        return STELLAR_MORE;
    }
    if (parser->telnet_state == 0 && parser->line_length == 0 && !parser->discarding) {
        parser->line_offset = parser->position;
    }
    parser->input = stellar__telnet_parse(parser, from, parser->input_end, &what);
    parser->run_end = parser->input;
    parser->position += (uint64_t)(parser->input - from);
    stellar__line_note_skipped(parser, (uint64_t)(parser->input - from));
    switch (what) {
    case STELLAR__TELNET_DATA:
        parser->run_end++;
        if (parser->opening != 0) {
            stellar__opening_look(parser);
        }
        return STELLAR_MORE;
    case STELLAR__TELNET_ERASE_CHARACTER:
        parser->opening = 0;
        stellar__line_erase(parser, stellar__utf8_last(parser->memory, parser->held));
        return STELLAR_MORE;
    case STELLAR__TELNET_ERASE_LINE:
        parser->opening = 0;
        stellar__line_erase(parser, parser->held);
        return STELLAR_MORE;
    case STELLAR__TELNET_ARE_YOU_THERE:
        return control(parser, command, STELLAR_CONTROL_ARE_YOU_THERE, 2);
    case STELLAR__TELNET_REPLY:
        control(parser, command, STELLAR_CONTROL_REPLY, 3);
        break;
    case STELLAR__TELNET_INTERRUPT:
        /* After a telnet client has sent IP, it shows nothing until its timing mark is
         * answered. */
        parser->reply[1] = STELLAR__TELNET_WONT;
        parser->reply[2] = STELLAR__TELNET_TIMING_MARK;
        control(parser, command, STELLAR_CONTROL_GOODBYE, 2);
        break;
    default:
        return STELLAR_MORE;
    }
    command->reply = stellar__slice(parser->reply, parser->reply + 3);
    return STELLAR_CONTROL;
}


/* Parses a line that is not blank. */
static ALWAYS_INLINE enum stellar_result understand(struct stellar_parser *parser,
                                                    struct stellar_command *command,
                                                    struct stellar_answer *answer,
                                                    const unsigned char *text,
                                                    size_t lead, size_t length)
{
    if (answer != NULL) {
        memset(answer, 0, sizeof *answer);
        answer->offset = parser->line_offset;
        answer->length = length;
        answer->line = stellar__slice(text, text + length);
        if (stellar__answer_parse(parser, text, lead, length, answer)) {
            return STELLAR_ANSWER;
        }
        answer->refusal.at = stellar__line_offset(parser, answer->refusal.column);
        return STELLAR_ERROR;
    }
    clear(command);
    command->offset = parser->line_offset;
    command->length = length;
    command->line = stellar__slice(text, text + length);
    if (stellar__line_parse(parser, text, lead, length, command)) {
        return STELLAR_COMMAND;
    }
    command->error.at = stellar__line_offset(parser, command->error.column);
    return STELLAR_ERROR;
}


/* Returns the line that is whole, if there is anything in it; otherwise
 * STELLAR_MORE. */
static ALWAYS_INLINE enum stellar_result finish_line(struct stellar_parser *parser,
                                                     struct stellar_command *command,
                                                     struct stellar_answer *answer)
{
    size_t length = parser->line_length - parser->matched;
    const unsigned char *text = parser->memory;
    enum stellar_result result = STELLAR_MORE;
    size_t lead;

    if (parser->held == 0) {
        text = parser->input - parser->line_length;
    } else if (!stellar__line_keep(parser, length)) {
        return STELLAR_MEMORY;
    }

    if (parser->framing->delimiter_length != 0) {
        while (length > 0 && is_line_end(text[length - 1])) {
            length--;
        }
    }
    lead = stellar__line_lead(text, length);
    if (lead < length) {
        result = understand(parser, command, answer, text, lead, length);
    }
    parser->matched = 0;
    stellar__line_forget(parser);
    return result;
}


/* The fast path without a delimiter, for lines like most are: whole within the run,
 * with a visible first byte that does not begin a byte order mark. The parser has
 * nothing to remember about such a line. If the line is another, returns STELLAR_MORE,
 * with `input` at the line's first byte or before it. */
static ALWAYS_INLINE enum stellar_result simple_line(struct stellar_parser *parser,
                                                     struct stellar_command *command,
                                                     struct stellar_answer *answer)
{
    const struct stellar_framing *framing = parser->framing;
    const unsigned char *text;
    const unsigned char *end;
    size_t length;

    if (framing->delimiter_length != 0 || parser->discarding ||
        parser->line_length != 0 || parser->input == parser->run_end) {
        return STELLAR_MORE;
    }
    if (is_line_end(*parser->input)) {
        pass_line_ends(parser);
    }
    text = parser->input;
    if (text == parser->run_end || *text <= ' ' || *text >= STELLAR__MARK_FIRST) {
        return STELLAR_MORE;
    }
    parser->line_offset = parser->position;
    end = stellar__find_line_end(parser);
    length = (size_t)(end - text);
    if (end == parser->run_end ||
        (framing->max_data_length != 0 && length > framing->max_data_length)) {
        return STELLAR_MORE;
    }
    parser->after_cr = *end == '\r';
    advance(parser, end + 1);
    return understand(parser, command, answer, text, 0, length);
}


/* The next result of either direction. Of an answer, a line that was understood or
 * refused for what it says is in *answer, all else in *command. */
static ALWAYS_INLINE enum stellar_result next_result(struct stellar_parser *parser,
                                                     struct stellar_command *command,
                                                     struct stellar_answer *answer)
{
    enum stellar_result result;

    for (;;) {
        result = simple_line(parser, command, answer);
        if (result != STELLAR_MORE) {
            return result;
        }
        if (parser->input == parser->run_end && !is_whole(parser)) {
            if (is_foreign(parser)) {
                return pass_foreign(parser, command);
            }
            if (!stellar__line_keep(parser, parser->line_length)) {
                return STELLAR_MEMORY;
            }
            if (parser->input == parser->input_end) {
                return STELLAR_MORE;
            }
            result = next_run(parser, command);
            if (result != STELLAR_MORE) {
                return result;
            }
            continue;
        }
        if (!parser->discarding && parser->line_length == parser->matched &&
            begin_line(parser, answer == NULL)) {
            return control(parser, command, STELLAR_CONTROL_GOODBYE, 1);
        }
        read_line(parser);
        if (!parser->discarding && is_too_long(parser)) {
            return too_long(parser, command);
        }
        if (!is_whole(parser)) {
            continue;
        }

        if (parser->discarding) {
            parser->discarding = false;
            parser->matched = 0;
            continue;
        }
        result = finish_line(parser, command, answer);
        if (result != STELLAR_MORE) {
            return result;
        }
    }
}


enum stellar_result stellar_parser_next(struct stellar_parser *parser,
                                        struct stellar_command *command)
{
    return next_result(parser, command, NULL);
}


enum stellar_result stellar_parser_next_answer(struct stellar_parser *parser,
                                               struct stellar_answer *answer)
{
    struct stellar_command command;
    enum stellar_result result;

    command.error.code = STELLAR_NO_ERROR;
    result = next_result(parser, &command, answer);
    if (result == STELLAR_CONTROL || command.error.code != STELLAR_NO_ERROR) {
        memset(answer, 0, sizeof *answer);
        answer->offset = command.offset;
        answer->length = command.length;
        answer->control = command.control;
        answer->reply = command.reply;
        answer->refusal = command.error;
    }
    return result;
}
