/*
 * Checks a JSON text in one pass and says where it is wrong, and indexes a part of it on
 * the way: the actions of the machine in include/json.rl, and the function that runs it.
 */
#include "internal.h"
#include "json.h"

#if STELLAR_JSON_DEPTH_MAX != 32
#error "the text of too_deep names the limit"
#endif

/*
 * Implementation notes.
 *
 * The stack of open brackets is kept by hand: Ragel's fcall pushes, fret pops, and the
 * depth is checked before a push. An error action only says what was expected. The
 * place of the error is where the machine stops.
 *
 * A text that is not UTF-8 gets the error for UTF-8, even if something else is wrong
 * before that. Other lines do, too, because their UTF-8 is checked first. The machine
 * only knows UTF-8 in order to accept nothing else; utf8.c says what is wrong with it.
 *
 * The index is the one that jsmn would make: a token for each value and each name, in
 * the order of the text. A value belongs to the name or the array before it, a name to
 * its object; the size of a token is the number of tokens that belong to it. Text that
 * is not to be indexed goes through the same actions. For it there is no token left,
 * and the end of a token is written to `spare`.
 */
struct scan {
    const char *expected;
    const unsigned char *stopped; /* where the text is wrong; NULL if it is not */
    struct stellar__json_notes *notes;
    unsigned levels; /* around the text */
};

struct index {
    struct stellar__token *tokens;
    struct stellar__token *next;
    struct stellar__token *limit; /* behind the last one that there is */
    int count;                    /* how many are made */
    int parent;                   /* what the next value belongs to */
    int container;                /* the innermost open object or array */
    bool is_short;                /* there were too few */
    bool is_wanted;               /* a constant in each copy of the machine */
    const unsigned char *base;    /* offsets count from here */
};

#define ONES  UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)


/* Sets the high bit of every byte of the word that is not plain: not ASCII, a control
 * character, a quote or a backslash. The first such byte is exact, and so is the result
 * 0. Bytes above the first may be wrong, because the subtractions borrow from them. */
static inline uint64_t not_plain(uint64_t word)
{
    uint64_t quotes = word ^ ONES * '"';
    uint64_t backslashes = word ^ ONES * '\\';

    return (word | (word - ONES * ' ') | (quotes - ONES) | (backslashes - ONES)) & HIGHS;
}


/* Returns how many bytes come before the first whose high bit is set. On machines on
 * which the first byte is not the lowest, 0 is good enough. The multiplication moves one
 * byte of the table to the top. (To count zeros, some machines need a library.) */
static inline unsigned bytes_before(uint64_t stops)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t lowest = (stops & (0 - stops)) >> 7;

    return (unsigned)(lowest * UINT64_C(0x0001020304050607) >> 56);
#else
    (void)stops;
    return 0;
#endif
}


/* Moves from a byte to the last of the plain bytes after it, as far as whole words are
 * plain. */
static inline const unsigned char *skip_plain(const unsigned char *p,
                                              const unsigned char *end)
{
    while (end - p > 8) {
        uint64_t word;
        uint64_t stops;

        __builtin_memcpy(&word, p + 1, sizeof word);
        stops = not_plain(word);
        if (stops != 0)
            return p + bytes_before(stops);
        p += 8;
    }
    return p;
}


/* From here on nothing is indexed. */
static inline void index_nothing(struct index *index, struct stellar__token *spare)
{
    index->tokens = spare;
    index->next = spare + 1;
    index->limit = spare + 1;
    index->count = 1;
    index->parent = 0;
    index->container = 0;
    index->is_short = true;
}


/* Indexes the value that begins at base, if there are tokens for it. */
static inline void index_from(struct index *index, const struct stellar__json_notes *notes,
                              const unsigned char *base, const unsigned char *end)
{
    if (!index->is_wanted || end - base > STELLAR__COUNT_MAX) {
        return;
    }
    index->tokens = notes->tokens;
    index->next = notes->tokens;
    index->limit = notes->tokens + notes->capacity;
    index->count = 0;
    index->parent = -1;
    index->is_short = false;
    index->base = base;
}


static inline void begin(struct index *index, int type, int size,
                         const unsigned char *start)
{
    struct stellar__token *token = index->next;

    if (!index->is_wanted) {
        return;
    }
    if (token == index->limit) {
        index->is_short = true;
        return;
    }
    token->type = type;
    token->start = (int)(start - index->base);
    token->size = size;
    token->parent = index->parent;
    index->next++;
    index->count++;
}


static inline void end_last(struct index *index, const unsigned char *end)
{
    if (!index->is_wanted) {
        return;
    }
    index->next[-1].end = (int)(end - index->base);
}


/* Counts a name or an item that is about to begin. */
static inline void count_one(struct index *index)
{
    if (!index->is_wanted) {
        return;
    }
    index->tokens[index->container].size++;
}


/* Opens the container of which the token was begun last. */
static inline void open_last(struct index *index)
{
    if (!index->is_wanted) {
        return;
    }
    index->container = index->count - 1;
    index->parent = index->container;
}


%%{
    machine json;

    action skip { p = skip_plain(p, pe); }
    action object {
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        begin(&index, STELLAR__TOKEN_OBJECT, 0, p);
        if (index.is_wanted)
            containers[top] = index.container;
        open_last(&index);
        fcall object;
    }
    action array {
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        begin(&index, STELLAR__TOKEN_ARRAY, 0, p);
        if (index.is_wanted)
            containers[top] = index.container;
        open_last(&index);
        fcall array;
    }
    action call_object {
        if (index.is_wanted && scan->notes->object != STELLAR__CALL)
            index_from(&index, scan->notes, p, pe);
        begin(&index, STELLAR__TOKEN_OBJECT, 0, p);
        if (index.is_wanted)
            containers[top] = index.container;
        open_last(&index);
        fcall call_object;
    }
    action leave {
        if (index.is_wanted) {
            index.tokens[index.container].end = (int)(p + 1 - index.base);
            index.container = containers[top - 1];
            index.parent = index.container;
        }
        fret;
    }

    action name_begins {
        count_one(&index);
        if (index.is_wanted)
            index.parent = index.container;
        begin(&index, STELLAR__TOKEN_STRING, 1, p + 1);
        if (index.is_wanted)
            index.parent = index.count - 1;
    }
    action item { count_one(&index); }
    action string_begins { begin(&index, STELLAR__TOKEN_STRING, 0, p + 1); }
    action string_ends { end_last(&index, p); }
    action primitive_begins { begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
    action primitive_ends { end_last(&index, p); }

    action mark { mark = p; }
    action noted_name {
        member = stellar__json_member(scan->notes, stellar__slice(mark + 1, p));
    }
    action value_mark {
        mark = p;
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS])
            index_from(&index, scan->notes, p, pe);
    }
    action note {
        if (member != NULL)
            *member = stellar__slice(mark, p);
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS]) {
            scan->notes->count = index.is_short ? 0 : index.count;
            index_nothing(&index, &spare);
        }
    }

    action expect_value { scan->expected = "a value"; }
    action expect_value_or_bracket { scan->expected = "a value or ']'"; }
    action expect_comma_or_bracket { scan->expected = "',' or ']'"; }
    action expect_name { scan->expected = "a member name"; }
    action expect_name_or_brace { scan->expected = "a member name or '}'"; }
    action expect_comma_or_brace { scan->expected = "',' or '}'"; }
    action expect_colon { scan->expected = "':'"; }
    action expect_object { scan->expected = "'{'"; }
    action expect_end { scan->expected = "end of text"; }
    action expect_end_of_line { scan->expected = "end of line"; }
    action expect_true { scan->expected = "'true'"; }
    action expect_false { scan->expected = "'false'"; }
    action expect_null { scan->expected = "'null'"; }
    action expect_digit { scan->expected = "a digit"; }
    action expect_escape { scan->expected = "an escape"; }
    action expect_hex { scan->expected = "four hex digits"; }
    action expect_low { scan->expected = "a low surrogate escape"; }
    action expect_high {
        scan->expected = p != pe && (*p | 0x20) >= 'c' && (*p | 0x20) <= 'f'
                             ? "a high surrogate escape first"
                             : "four hex digits";
    }
    action expect_string_end {
        scan->expected = p == pe ? "end of string" : "an escaped control character";
    }

    include "include/json.rl";
    write data noerror;
}%%


/* Whether there are tokens is known when it is compiled, for each of its callers: who
 * lends none does not pay for the index. */
__attribute__((always_inline)) static inline void run(struct scan *scan, int cs,
                                                      const unsigned char *p,
                                                      const unsigned char *pe,
                                                      bool is_indexed)
{
    const unsigned char *eof = pe;
    const unsigned char *mark = p;
    struct stellar_slice *member = NULL;
    int stack[STELLAR_JSON_DEPTH_MAX];
    int top = (int)scan->levels; /* what stands below is never popped */
    int containers[STELLAR_JSON_DEPTH_MAX]; /* around the open ones */
    struct stellar__token spare = {0, 0, 0, 0, 0};
    struct index index;

    index.is_wanted = is_indexed;
    index_nothing(&index, &spare);
    index.base = p;
    /* Ragel also names the entries that only the machine uses. */
    (void)json_start, (void)json_en_object, (void)json_en_array;
    (void)json_en_call_object;
    %% write exec;
    if (is_indexed && scan->notes->object != STELLAR__CALL)
        scan->notes->count = index.is_short ? 0 : index.count;
    scan->stopped = cs >= json_first_final ? NULL : p;
    return;

too_deep:
    scan->expected = "at most 32 levels";
    scan->stopped = p;
}


__attribute__((flatten)) static void check(struct scan *scan, int cs,
                                           const unsigned char *p,
                                           const unsigned char *pe)
{
    run(scan, cs, p, pe, false);
}


__attribute__((flatten)) static void check_and_index(struct scan *scan, int cs,
                                                     const unsigned char *p,
                                                     const unsigned char *pe)
{
    run(scan, cs, p, pe, true);
}


bool stellar__json_scan(const char *text, size_t length, unsigned levels,
                        struct stellar__json_notes *notes, struct stellar_error *error)
{
    const unsigned char *start = (const unsigned char *)text;
    struct scan scan = {NULL, NULL, notes, levels};

    if (notes == NULL)
        check(&scan, json_en_text, start, start + length);
    else if (notes->capacity == 0)
        check(&scan, json_en_call, start, start + length);
    else
        check_and_index(&scan, json_en_call, start, start + length);
    if (scan.stopped == NULL)
        return true;
    error->code = STELLAR_E_INVALID_UTF8;
    error->expected = NULL;
    error->column = stellar__utf8_check(start, length, &error->expected);
    if (error->expected == NULL) {
        error->code = STELLAR_E_MALFORMED_JSON;
        error->expected = scan.expected;
        error->column = (size_t)(scan.stopped - start);
    }
    return false;
}
