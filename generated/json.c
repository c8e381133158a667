/* Made from grammar/json.rl by grammar/regenerate. Do not edit. */

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



static const int json_start = 1;
static const int json_first_final = 208;

static const int json_en_object = 2;
static const int json_en_array = 66;
static const int json_en_call_object = 108;
static const int json_en_text = 173;
static const int json_en_call = 1;





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

	{
	if ( p == pe )
		goto _test_eof;
	goto _resume;

_again:
	switch ( cs ) {
		case 1: goto st1;
		case 0: goto st0;
		case 208: goto st208;
		case 2: goto st2;
		case 3: goto st3;
		case 4: goto st4;
		case 5: goto st5;
		case 6: goto st6;
		case 7: goto st7;
		case 8: goto st8;
		case 209: goto st209;
		case 9: goto st9;
		case 10: goto st10;
		case 11: goto st11;
		case 12: goto st12;
		case 13: goto st13;
		case 14: goto st14;
		case 15: goto st15;
		case 16: goto st16;
		case 17: goto st17;
		case 18: goto st18;
		case 19: goto st19;
		case 20: goto st20;
		case 21: goto st21;
		case 22: goto st22;
		case 23: goto st23;
		case 24: goto st24;
		case 25: goto st25;
		case 26: goto st26;
		case 27: goto st27;
		case 28: goto st28;
		case 29: goto st29;
		case 30: goto st30;
		case 31: goto st31;
		case 32: goto st32;
		case 33: goto st33;
		case 34: goto st34;
		case 35: goto st35;
		case 36: goto st36;
		case 37: goto st37;
		case 38: goto st38;
		case 39: goto st39;
		case 40: goto st40;
		case 41: goto st41;
		case 42: goto st42;
		case 43: goto st43;
		case 44: goto st44;
		case 45: goto st45;
		case 46: goto st46;
		case 47: goto st47;
		case 48: goto st48;
		case 49: goto st49;
		case 50: goto st50;
		case 51: goto st51;
		case 52: goto st52;
		case 53: goto st53;
		case 54: goto st54;
		case 55: goto st55;
		case 56: goto st56;
		case 57: goto st57;
		case 58: goto st58;
		case 59: goto st59;
		case 60: goto st60;
		case 61: goto st61;
		case 62: goto st62;
		case 63: goto st63;
		case 64: goto st64;
		case 65: goto st65;
		case 66: goto st66;
		case 67: goto st67;
		case 68: goto st68;
		case 69: goto st69;
		case 70: goto st70;
		case 71: goto st71;
		case 72: goto st72;
		case 73: goto st73;
		case 74: goto st74;
		case 75: goto st75;
		case 76: goto st76;
		case 210: goto st210;
		case 77: goto st77;
		case 78: goto st78;
		case 79: goto st79;
		case 80: goto st80;
		case 81: goto st81;
		case 82: goto st82;
		case 83: goto st83;
		case 84: goto st84;
		case 85: goto st85;
		case 86: goto st86;
		case 87: goto st87;
		case 88: goto st88;
		case 89: goto st89;
		case 90: goto st90;
		case 91: goto st91;
		case 92: goto st92;
		case 93: goto st93;
		case 94: goto st94;
		case 95: goto st95;
		case 96: goto st96;
		case 97: goto st97;
		case 98: goto st98;
		case 99: goto st99;
		case 100: goto st100;
		case 101: goto st101;
		case 102: goto st102;
		case 103: goto st103;
		case 104: goto st104;
		case 105: goto st105;
		case 106: goto st106;
		case 107: goto st107;
		case 108: goto st108;
		case 109: goto st109;
		case 110: goto st110;
		case 111: goto st111;
		case 112: goto st112;
		case 113: goto st113;
		case 114: goto st114;
		case 115: goto st115;
		case 211: goto st211;
		case 116: goto st116;
		case 117: goto st117;
		case 118: goto st118;
		case 119: goto st119;
		case 120: goto st120;
		case 121: goto st121;
		case 122: goto st122;
		case 123: goto st123;
		case 124: goto st124;
		case 125: goto st125;
		case 126: goto st126;
		case 127: goto st127;
		case 128: goto st128;
		case 129: goto st129;
		case 130: goto st130;
		case 131: goto st131;
		case 132: goto st132;
		case 133: goto st133;
		case 134: goto st134;
		case 135: goto st135;
		case 136: goto st136;
		case 137: goto st137;
		case 138: goto st138;
		case 139: goto st139;
		case 140: goto st140;
		case 141: goto st141;
		case 142: goto st142;
		case 143: goto st143;
		case 144: goto st144;
		case 145: goto st145;
		case 146: goto st146;
		case 147: goto st147;
		case 148: goto st148;
		case 149: goto st149;
		case 150: goto st150;
		case 151: goto st151;
		case 152: goto st152;
		case 153: goto st153;
		case 154: goto st154;
		case 155: goto st155;
		case 156: goto st156;
		case 157: goto st157;
		case 158: goto st158;
		case 159: goto st159;
		case 160: goto st160;
		case 161: goto st161;
		case 162: goto st162;
		case 163: goto st163;
		case 164: goto st164;
		case 165: goto st165;
		case 166: goto st166;
		case 167: goto st167;
		case 168: goto st168;
		case 169: goto st169;
		case 170: goto st170;
		case 171: goto st171;
		case 172: goto st172;
		case 173: goto st173;
		case 174: goto st174;
		case 212: goto st212;
		case 175: goto st175;
		case 176: goto st176;
		case 177: goto st177;
		case 178: goto st178;
		case 179: goto st179;
		case 180: goto st180;
		case 181: goto st181;
		case 182: goto st182;
		case 183: goto st183;
		case 184: goto st184;
		case 185: goto st185;
		case 186: goto st186;
		case 187: goto st187;
		case 188: goto st188;
		case 189: goto st189;
		case 190: goto st190;
		case 191: goto st191;
		case 192: goto st192;
		case 193: goto st193;
		case 194: goto st194;
		case 213: goto st213;
		case 195: goto st195;
		case 214: goto st214;
		case 196: goto st196;
		case 197: goto st197;
		case 215: goto st215;
		case 216: goto st216;
		case 198: goto st198;
		case 199: goto st199;
		case 200: goto st200;
		case 201: goto st201;
		case 217: goto st217;
		case 202: goto st202;
		case 203: goto st203;
		case 204: goto st204;
		case 205: goto st205;
		case 206: goto st206;
		case 207: goto st207;
	default: break;
	}

	if ( ++p == pe )
		goto _test_eof;
_resume:
	switch ( cs )
	{
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	switch( (*p) ) {
		case 13u: goto st1;
		case 32u: goto st1;
		case 123u: goto tr2;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st1;
	goto tr0;
tr0:
	{ scan->expected = "'{'"; }
	goto st0;
tr3:
	{ scan->expected = "a member name or '}'"; }
	goto st0;
tr7:
	{
        scan->expected = p == pe ? "end of string" : "an escaped control character";
    }
	goto st0;
tr18:
	{ scan->expected = "':'"; }
	goto st0;
tr21:
	{ scan->expected = "a value"; }
	goto st0;
tr41:
	{ scan->expected = "',' or '}'"; }
	goto st0;
tr44:
	{ scan->expected = "a member name"; }
	goto st0;
tr45:
	{ scan->expected = "an escape"; }
	goto st0;
tr48:
	{ scan->expected = "four hex digits"; }
	goto st0;
tr53:
	{
        scan->expected = p != pe && (*p | 0x20) >= 'c' && (*p | 0x20) <= 'f'
                             ? "a high surrogate escape first"
                             : "four hex digits";
    }
	goto st0;
tr57:
	{ scan->expected = "a low surrogate escape"; }
	goto st0;
tr62:
	{ scan->expected = "a digit"; }
	goto st0;
tr73:
	{ scan->expected = "'false'"; }
	goto st0;
tr78:
	{ scan->expected = "'null'"; }
	goto st0;
tr81:
	{ scan->expected = "'true'"; }
	goto st0;
tr96:
	{ scan->expected = "a value or ']'"; }
	goto st0;
tr118:
	{ scan->expected = "',' or ']'"; }
	goto st0;
tr278:
	{ scan->expected = "end of line"; }
	goto st0;
tr280:
	{ scan->expected = "end of text"; }
	goto st0;
st0:
cs = 0;
	goto _out;
tr2:
	{
        if (index.is_wanted && scan->notes->object != STELLAR__CALL)
            index_from(&index, scan->notes, p, pe);
        begin(&index, STELLAR__TOKEN_OBJECT, 0, p);
        if (index.is_wanted)
            containers[top] = index.container;
        open_last(&index);
        {stack[top++] = 208;goto st108;}
    }
	goto st208;
st208:
	if ( ++p == pe )
		goto _test_eof208;
case 208:
	switch( (*p) ) {
		case 9u: goto st208;
		case 32u: goto st208;
	}
	goto tr278;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	switch( (*p) ) {
		case 13u: goto st2;
		case 32u: goto st2;
		case 34u: goto tr5;
		case 125u: goto tr6;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st2;
	goto tr3;
tr5:
	{
        count_one(&index);
        if (index.is_wanted)
            index.parent = index.container;
        begin(&index, STELLAR__TOKEN_STRING, 1, p + 1);
        if (index.is_wanted)
            index.parent = index.count - 1;
    }
	{ p = skip_plain(p, pe); }
	goto st3;
tr84:
	{ p = skip_plain(p, pe); }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	switch( (*p) ) {
		case 34u: goto tr9;
		case 92u: goto st47;
		case 224u: goto st60;
		case 237u: goto st62;
		case 240u: goto st63;
		case 244u: goto st65;
	}
	if ( (*p) < 194u ) {
		if ( 32u <= (*p) && (*p) <= 127u )
			goto st3;
	} else if ( (*p) > 223u ) {
		if ( (*p) > 239u ) {
			if ( 241u <= (*p) && (*p) <= 243u )
				goto st64;
		} else if ( (*p) >= 225u )
			goto st61;
	} else
		goto st59;
	goto tr7;
tr9:
	{ end_last(&index, p); }
	goto st4;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	switch( (*p) ) {
		case 13u: goto st4;
		case 32u: goto st4;
		case 58u: goto st5;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st4;
	goto tr18;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	switch( (*p) ) {
		case 13u: goto st5;
		case 32u: goto st5;
		case 34u: goto tr22;
		case 45u: goto tr23;
		case 48u: goto tr24;
		case 91u: goto tr26;
		case 102u: goto tr27;
		case 110u: goto tr28;
		case 116u: goto tr29;
		case 123u: goto tr30;
	}
	if ( (*p) > 10u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto tr25;
	} else if ( (*p) >= 9u )
		goto st5;
	goto tr21;
tr22:
	{ begin(&index, STELLAR__TOKEN_STRING, 0, p + 1); }
	{ p = skip_plain(p, pe); }
	goto st6;
tr46:
	{ p = skip_plain(p, pe); }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	switch( (*p) ) {
		case 34u: goto tr32;
		case 92u: goto st9;
		case 224u: goto st22;
		case 237u: goto st24;
		case 240u: goto st25;
		case 244u: goto st27;
	}
	if ( (*p) < 194u ) {
		if ( 32u <= (*p) && (*p) <= 127u )
			goto st6;
	} else if ( (*p) > 223u ) {
		if ( (*p) > 239u ) {
			if ( 241u <= (*p) && (*p) <= 243u )
				goto st26;
		} else if ( (*p) >= 225u )
			goto st23;
	} else
		goto st21;
	goto tr7;
tr32:
	{ end_last(&index, p); }
	goto st7;
tr26:
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        begin(&index, STELLAR__TOKEN_ARRAY, 0, p);
        if (index.is_wanted)
            containers[top] = index.container;
        open_last(&index);
        {stack[top++] = 7;goto st66;}
    }
	goto st7;
tr30:
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        begin(&index, STELLAR__TOKEN_OBJECT, 0, p);
        if (index.is_wanted)
            containers[top] = index.container;
        open_last(&index);
        {stack[top++] = 7;goto st2;}
    }
	goto st7;
tr65:
	{ end_last(&index, p); }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	switch( (*p) ) {
		case 13u: goto st7;
		case 32u: goto st7;
		case 44u: goto st8;
		case 125u: goto tr6;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st7;
	goto tr41;
tr66:
	{ end_last(&index, p); }
	goto st8;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	switch( (*p) ) {
		case 13u: goto st8;
		case 32u: goto st8;
		case 34u: goto tr5;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st8;
	goto tr44;
tr6:
	{
        if (index.is_wanted) {
            index.tokens[index.container].end = (int)(p + 1 - index.base);
            index.container = containers[top - 1];
            index.parent = index.container;
        }
        {cs = stack[--top];goto _again;}
    }
	goto st209;
tr69:
	{ end_last(&index, p); }
	{
        if (index.is_wanted) {
            index.tokens[index.container].end = (int)(p + 1 - index.base);
            index.container = containers[top - 1];
            index.parent = index.container;
        }
        {cs = stack[--top];goto _again;}
    }
	goto st209;
st209:
	if ( ++p == pe )
		goto _test_eof209;
case 209:
	goto st0;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	switch( (*p) ) {
		case 34u: goto tr46;
		case 47u: goto tr46;
		case 92u: goto tr46;
		case 98u: goto tr46;
		case 102u: goto tr46;
		case 110u: goto tr46;
		case 114u: goto tr46;
		case 116u: goto tr46;
		case 117u: goto st10;
	}
	goto tr45;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	switch( (*p) ) {
		case 68u: goto st14;
		case 100u: goto st14;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st11;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st11;
	} else
		goto st11;
	goto tr48;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st12;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st12;
	} else
		goto st12;
	goto tr48;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st13;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st13;
	} else
		goto st13;
	goto tr48;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr46;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr46;
	} else
		goto tr46;
	goto tr48;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
	if ( (*p) < 56u ) {
		if ( 48u <= (*p) && (*p) <= 55u )
			goto st12;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 66u ) {
			if ( 97u <= (*p) && (*p) <= 98u )
				goto st15;
		} else if ( (*p) >= 65u )
			goto st15;
	} else
		goto st15;
	goto tr53;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st16;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st16;
	} else
		goto st16;
	goto tr48;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st17;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st17;
	} else
		goto st17;
	goto tr48;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
	if ( (*p) == 92u )
		goto st18;
	goto tr57;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
	if ( (*p) == 117u )
		goto st19;
	goto tr57;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
	switch( (*p) ) {
		case 68u: goto st20;
		case 100u: goto st20;
	}
	goto tr57;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
	if ( (*p) > 70u ) {
		if ( 99u <= (*p) && (*p) <= 102u )
			goto st12;
	} else if ( (*p) >= 67u )
		goto st12;
	goto tr57;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr46;
	goto st0;
st22:
	if ( ++p == pe )
		goto _test_eof22;
case 22:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st21;
	goto st0;
st23:
	if ( ++p == pe )
		goto _test_eof23;
case 23:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st21;
	goto st0;
st24:
	if ( ++p == pe )
		goto _test_eof24;
case 24:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st21;
	goto st0;
st25:
	if ( ++p == pe )
		goto _test_eof25;
case 25:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st23;
	goto st0;
st26:
	if ( ++p == pe )
		goto _test_eof26;
case 26:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st23;
	goto st0;
st27:
	if ( ++p == pe )
		goto _test_eof27;
case 27:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st23;
	goto st0;
tr23:
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st28;
st28:
	if ( ++p == pe )
		goto _test_eof28;
case 28:
	if ( (*p) == 48u )
		goto st29;
	if ( 49u <= (*p) && (*p) <= 57u )
		goto st35;
	goto tr62;
tr24:
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st29;
st29:
	if ( ++p == pe )
		goto _test_eof29;
case 29:
	switch( (*p) ) {
		case 13u: goto tr65;
		case 32u: goto tr65;
		case 44u: goto tr66;
		case 46u: goto st30;
		case 69u: goto st32;
		case 101u: goto st32;
		case 125u: goto tr69;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr65;
	goto tr41;
st30:
	if ( ++p == pe )
		goto _test_eof30;
case 30:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st31;
	goto tr62;
st31:
	if ( ++p == pe )
		goto _test_eof31;
case 31:
	switch( (*p) ) {
		case 13u: goto tr65;
		case 32u: goto tr65;
		case 44u: goto tr66;
		case 69u: goto st32;
		case 101u: goto st32;
		case 125u: goto tr69;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st31;
	} else if ( (*p) >= 9u )
		goto tr65;
	goto tr41;
st32:
	if ( ++p == pe )
		goto _test_eof32;
case 32:
	switch( (*p) ) {
		case 43u: goto st33;
		case 45u: goto st33;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st34;
	goto tr62;
st33:
	if ( ++p == pe )
		goto _test_eof33;
case 33:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st34;
	goto tr62;
st34:
	if ( ++p == pe )
		goto _test_eof34;
case 34:
	switch( (*p) ) {
		case 13u: goto tr65;
		case 32u: goto tr65;
		case 44u: goto tr66;
		case 125u: goto tr69;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st34;
	} else if ( (*p) >= 9u )
		goto tr65;
	goto tr41;
tr25:
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st35;
st35:
	if ( ++p == pe )
		goto _test_eof35;
case 35:
	switch( (*p) ) {
		case 13u: goto tr65;
		case 32u: goto tr65;
		case 44u: goto tr66;
		case 46u: goto st30;
		case 69u: goto st32;
		case 101u: goto st32;
		case 125u: goto tr69;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st35;
	} else if ( (*p) >= 9u )
		goto tr65;
	goto tr41;
tr27:
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st36;
st36:
	if ( ++p == pe )
		goto _test_eof36;
case 36:
	if ( (*p) == 97u )
		goto st37;
	goto tr73;
st37:
	if ( ++p == pe )
		goto _test_eof37;
case 37:
	if ( (*p) == 108u )
		goto st38;
	goto tr73;
st38:
	if ( ++p == pe )
		goto _test_eof38;
case 38:
	if ( (*p) == 115u )
		goto st39;
	goto tr73;
st39:
	if ( ++p == pe )
		goto _test_eof39;
case 39:
	if ( (*p) == 101u )
		goto st40;
	goto tr73;
st40:
	if ( ++p == pe )
		goto _test_eof40;
case 40:
	switch( (*p) ) {
		case 13u: goto tr65;
		case 32u: goto tr65;
		case 44u: goto tr66;
		case 125u: goto tr69;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr65;
	goto tr41;
tr28:
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st41;
st41:
	if ( ++p == pe )
		goto _test_eof41;
case 41:
	if ( (*p) == 117u )
		goto st42;
	goto tr78;
st42:
	if ( ++p == pe )
		goto _test_eof42;
case 42:
	if ( (*p) == 108u )
		goto st43;
	goto tr78;
st43:
	if ( ++p == pe )
		goto _test_eof43;
case 43:
	if ( (*p) == 108u )
		goto st40;
	goto tr78;
tr29:
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st44;
st44:
	if ( ++p == pe )
		goto _test_eof44;
case 44:
	if ( (*p) == 114u )
		goto st45;
	goto tr81;
st45:
	if ( ++p == pe )
		goto _test_eof45;
case 45:
	if ( (*p) == 117u )
		goto st46;
	goto tr81;
st46:
	if ( ++p == pe )
		goto _test_eof46;
case 46:
	if ( (*p) == 101u )
		goto st40;
	goto tr81;
st47:
	if ( ++p == pe )
		goto _test_eof47;
case 47:
	switch( (*p) ) {
		case 34u: goto tr84;
		case 47u: goto tr84;
		case 92u: goto tr84;
		case 98u: goto tr84;
		case 102u: goto tr84;
		case 110u: goto tr84;
		case 114u: goto tr84;
		case 116u: goto tr84;
		case 117u: goto st48;
	}
	goto tr45;
st48:
	if ( ++p == pe )
		goto _test_eof48;
case 48:
	switch( (*p) ) {
		case 68u: goto st52;
		case 100u: goto st52;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st49;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st49;
	} else
		goto st49;
	goto tr48;
st49:
	if ( ++p == pe )
		goto _test_eof49;
case 49:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st50;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st50;
	} else
		goto st50;
	goto tr48;
st50:
	if ( ++p == pe )
		goto _test_eof50;
case 50:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st51;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st51;
	} else
		goto st51;
	goto tr48;
st51:
	if ( ++p == pe )
		goto _test_eof51;
case 51:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr84;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr84;
	} else
		goto tr84;
	goto tr48;
st52:
	if ( ++p == pe )
		goto _test_eof52;
case 52:
	if ( (*p) < 56u ) {
		if ( 48u <= (*p) && (*p) <= 55u )
			goto st50;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 66u ) {
			if ( 97u <= (*p) && (*p) <= 98u )
				goto st53;
		} else if ( (*p) >= 65u )
			goto st53;
	} else
		goto st53;
	goto tr53;
st53:
	if ( ++p == pe )
		goto _test_eof53;
case 53:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st54;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st54;
	} else
		goto st54;
	goto tr48;
st54:
	if ( ++p == pe )
		goto _test_eof54;
case 54:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st55;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st55;
	} else
		goto st55;
	goto tr48;
st55:
	if ( ++p == pe )
		goto _test_eof55;
case 55:
	if ( (*p) == 92u )
		goto st56;
	goto tr57;
st56:
	if ( ++p == pe )
		goto _test_eof56;
case 56:
	if ( (*p) == 117u )
		goto st57;
	goto tr57;
st57:
	if ( ++p == pe )
		goto _test_eof57;
case 57:
	switch( (*p) ) {
		case 68u: goto st58;
		case 100u: goto st58;
	}
	goto tr57;
st58:
	if ( ++p == pe )
		goto _test_eof58;
case 58:
	if ( (*p) > 70u ) {
		if ( 99u <= (*p) && (*p) <= 102u )
			goto st50;
	} else if ( (*p) >= 67u )
		goto st50;
	goto tr57;
st59:
	if ( ++p == pe )
		goto _test_eof59;
case 59:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr84;
	goto st0;
st60:
	if ( ++p == pe )
		goto _test_eof60;
case 60:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st59;
	goto st0;
st61:
	if ( ++p == pe )
		goto _test_eof61;
case 61:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st59;
	goto st0;
st62:
	if ( ++p == pe )
		goto _test_eof62;
case 62:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st59;
	goto st0;
st63:
	if ( ++p == pe )
		goto _test_eof63;
case 63:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st61;
	goto st0;
st64:
	if ( ++p == pe )
		goto _test_eof64;
case 64:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st61;
	goto st0;
st65:
	if ( ++p == pe )
		goto _test_eof65;
case 65:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st61;
	goto st0;
st66:
	if ( ++p == pe )
		goto _test_eof66;
case 66:
	switch( (*p) ) {
		case 13u: goto st66;
		case 32u: goto st66;
		case 34u: goto tr98;
		case 45u: goto tr99;
		case 48u: goto tr100;
		case 91u: goto tr102;
		case 93u: goto tr103;
		case 102u: goto tr104;
		case 110u: goto tr105;
		case 116u: goto tr106;
		case 123u: goto tr107;
	}
	if ( (*p) > 10u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto tr101;
	} else if ( (*p) >= 9u )
		goto st66;
	goto tr96;
tr139:
	{ p = skip_plain(p, pe); }
	goto st67;
tr98:
	{ count_one(&index); }
	{ begin(&index, STELLAR__TOKEN_STRING, 0, p + 1); }
	{ p = skip_plain(p, pe); }
	goto st67;
st67:
	if ( ++p == pe )
		goto _test_eof67;
case 67:
	switch( (*p) ) {
		case 34u: goto tr109;
		case 92u: goto st89;
		case 224u: goto st102;
		case 237u: goto st104;
		case 240u: goto st105;
		case 244u: goto st107;
	}
	if ( (*p) < 194u ) {
		if ( 32u <= (*p) && (*p) <= 127u )
			goto st67;
	} else if ( (*p) > 223u ) {
		if ( (*p) > 239u ) {
			if ( 241u <= (*p) && (*p) <= 243u )
				goto st106;
		} else if ( (*p) >= 225u )
			goto st103;
	} else
		goto st101;
	goto tr7;
tr109:
	{ end_last(&index, p); }
	goto st68;
tr123:
	{ end_last(&index, p); }
	goto st68;
tr102:
	{ count_one(&index); }
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        begin(&index, STELLAR__TOKEN_ARRAY, 0, p);
        if (index.is_wanted)
            containers[top] = index.container;
        open_last(&index);
        {stack[top++] = 68;goto st66;}
    }
	goto st68;
tr107:
	{ count_one(&index); }
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        begin(&index, STELLAR__TOKEN_OBJECT, 0, p);
        if (index.is_wanted)
            containers[top] = index.container;
        open_last(&index);
        {stack[top++] = 68;goto st2;}
    }
	goto st68;
st68:
	if ( ++p == pe )
		goto _test_eof68;
case 68:
	switch( (*p) ) {
		case 13u: goto st68;
		case 32u: goto st68;
		case 44u: goto st69;
		case 93u: goto tr103;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st68;
	goto tr118;
tr124:
	{ end_last(&index, p); }
	goto st69;
st69:
	if ( ++p == pe )
		goto _test_eof69;
case 69:
	switch( (*p) ) {
		case 13u: goto st69;
		case 32u: goto st69;
		case 34u: goto tr98;
		case 45u: goto tr99;
		case 48u: goto tr100;
		case 91u: goto tr102;
		case 102u: goto tr104;
		case 110u: goto tr105;
		case 116u: goto tr106;
		case 123u: goto tr107;
	}
	if ( (*p) > 10u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto tr101;
	} else if ( (*p) >= 9u )
		goto st69;
	goto tr21;
tr99:
	{ count_one(&index); }
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st70;
st70:
	if ( ++p == pe )
		goto _test_eof70;
case 70:
	if ( (*p) == 48u )
		goto st71;
	if ( 49u <= (*p) && (*p) <= 57u )
		goto st77;
	goto tr62;
tr100:
	{ count_one(&index); }
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st71;
st71:
	if ( ++p == pe )
		goto _test_eof71;
case 71:
	switch( (*p) ) {
		case 13u: goto tr123;
		case 32u: goto tr123;
		case 44u: goto tr124;
		case 46u: goto st72;
		case 69u: goto st74;
		case 93u: goto tr127;
		case 101u: goto st74;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr123;
	goto tr118;
st72:
	if ( ++p == pe )
		goto _test_eof72;
case 72:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st73;
	goto tr62;
st73:
	if ( ++p == pe )
		goto _test_eof73;
case 73:
	switch( (*p) ) {
		case 13u: goto tr123;
		case 32u: goto tr123;
		case 44u: goto tr124;
		case 69u: goto st74;
		case 93u: goto tr127;
		case 101u: goto st74;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st73;
	} else if ( (*p) >= 9u )
		goto tr123;
	goto tr118;
st74:
	if ( ++p == pe )
		goto _test_eof74;
case 74:
	switch( (*p) ) {
		case 43u: goto st75;
		case 45u: goto st75;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st76;
	goto tr62;
st75:
	if ( ++p == pe )
		goto _test_eof75;
case 75:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st76;
	goto tr62;
st76:
	if ( ++p == pe )
		goto _test_eof76;
case 76:
	switch( (*p) ) {
		case 13u: goto tr123;
		case 32u: goto tr123;
		case 44u: goto tr124;
		case 93u: goto tr127;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st76;
	} else if ( (*p) >= 9u )
		goto tr123;
	goto tr118;
tr103:
	{
        if (index.is_wanted) {
            index.tokens[index.container].end = (int)(p + 1 - index.base);
            index.container = containers[top - 1];
            index.parent = index.container;
        }
        {cs = stack[--top];goto _again;}
    }
	goto st210;
tr127:
	{ end_last(&index, p); }
	{
        if (index.is_wanted) {
            index.tokens[index.container].end = (int)(p + 1 - index.base);
            index.container = containers[top - 1];
            index.parent = index.container;
        }
        {cs = stack[--top];goto _again;}
    }
	goto st210;
st210:
	if ( ++p == pe )
		goto _test_eof210;
case 210:
	goto st0;
tr101:
	{ count_one(&index); }
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st77;
st77:
	if ( ++p == pe )
		goto _test_eof77;
case 77:
	switch( (*p) ) {
		case 13u: goto tr123;
		case 32u: goto tr123;
		case 44u: goto tr124;
		case 46u: goto st72;
		case 69u: goto st74;
		case 93u: goto tr127;
		case 101u: goto st74;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st77;
	} else if ( (*p) >= 9u )
		goto tr123;
	goto tr118;
tr104:
	{ count_one(&index); }
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st78;
st78:
	if ( ++p == pe )
		goto _test_eof78;
case 78:
	if ( (*p) == 97u )
		goto st79;
	goto tr73;
st79:
	if ( ++p == pe )
		goto _test_eof79;
case 79:
	if ( (*p) == 108u )
		goto st80;
	goto tr73;
st80:
	if ( ++p == pe )
		goto _test_eof80;
case 80:
	if ( (*p) == 115u )
		goto st81;
	goto tr73;
st81:
	if ( ++p == pe )
		goto _test_eof81;
case 81:
	if ( (*p) == 101u )
		goto st82;
	goto tr73;
st82:
	if ( ++p == pe )
		goto _test_eof82;
case 82:
	switch( (*p) ) {
		case 13u: goto tr123;
		case 32u: goto tr123;
		case 44u: goto tr124;
		case 93u: goto tr127;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr123;
	goto tr118;
tr105:
	{ count_one(&index); }
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st83;
st83:
	if ( ++p == pe )
		goto _test_eof83;
case 83:
	if ( (*p) == 117u )
		goto st84;
	goto tr78;
st84:
	if ( ++p == pe )
		goto _test_eof84;
case 84:
	if ( (*p) == 108u )
		goto st85;
	goto tr78;
st85:
	if ( ++p == pe )
		goto _test_eof85;
case 85:
	if ( (*p) == 108u )
		goto st82;
	goto tr78;
tr106:
	{ count_one(&index); }
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st86;
st86:
	if ( ++p == pe )
		goto _test_eof86;
case 86:
	if ( (*p) == 114u )
		goto st87;
	goto tr81;
st87:
	if ( ++p == pe )
		goto _test_eof87;
case 87:
	if ( (*p) == 117u )
		goto st88;
	goto tr81;
st88:
	if ( ++p == pe )
		goto _test_eof88;
case 88:
	if ( (*p) == 101u )
		goto st82;
	goto tr81;
st89:
	if ( ++p == pe )
		goto _test_eof89;
case 89:
	switch( (*p) ) {
		case 34u: goto tr139;
		case 47u: goto tr139;
		case 92u: goto tr139;
		case 98u: goto tr139;
		case 102u: goto tr139;
		case 110u: goto tr139;
		case 114u: goto tr139;
		case 116u: goto tr139;
		case 117u: goto st90;
	}
	goto tr45;
st90:
	if ( ++p == pe )
		goto _test_eof90;
case 90:
	switch( (*p) ) {
		case 68u: goto st94;
		case 100u: goto st94;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st91;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st91;
	} else
		goto st91;
	goto tr48;
st91:
	if ( ++p == pe )
		goto _test_eof91;
case 91:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st92;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st92;
	} else
		goto st92;
	goto tr48;
st92:
	if ( ++p == pe )
		goto _test_eof92;
case 92:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st93;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st93;
	} else
		goto st93;
	goto tr48;
st93:
	if ( ++p == pe )
		goto _test_eof93;
case 93:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr139;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr139;
	} else
		goto tr139;
	goto tr48;
st94:
	if ( ++p == pe )
		goto _test_eof94;
case 94:
	if ( (*p) < 56u ) {
		if ( 48u <= (*p) && (*p) <= 55u )
			goto st92;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 66u ) {
			if ( 97u <= (*p) && (*p) <= 98u )
				goto st95;
		} else if ( (*p) >= 65u )
			goto st95;
	} else
		goto st95;
	goto tr53;
st95:
	if ( ++p == pe )
		goto _test_eof95;
case 95:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st96;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st96;
	} else
		goto st96;
	goto tr48;
st96:
	if ( ++p == pe )
		goto _test_eof96;
case 96:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st97;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st97;
	} else
		goto st97;
	goto tr48;
st97:
	if ( ++p == pe )
		goto _test_eof97;
case 97:
	if ( (*p) == 92u )
		goto st98;
	goto tr57;
st98:
	if ( ++p == pe )
		goto _test_eof98;
case 98:
	if ( (*p) == 117u )
		goto st99;
	goto tr57;
st99:
	if ( ++p == pe )
		goto _test_eof99;
case 99:
	switch( (*p) ) {
		case 68u: goto st100;
		case 100u: goto st100;
	}
	goto tr57;
st100:
	if ( ++p == pe )
		goto _test_eof100;
case 100:
	if ( (*p) > 70u ) {
		if ( 99u <= (*p) && (*p) <= 102u )
			goto st92;
	} else if ( (*p) >= 67u )
		goto st92;
	goto tr57;
st101:
	if ( ++p == pe )
		goto _test_eof101;
case 101:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr139;
	goto st0;
st102:
	if ( ++p == pe )
		goto _test_eof102;
case 102:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st101;
	goto st0;
st103:
	if ( ++p == pe )
		goto _test_eof103;
case 103:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st101;
	goto st0;
st104:
	if ( ++p == pe )
		goto _test_eof104;
case 104:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st101;
	goto st0;
st105:
	if ( ++p == pe )
		goto _test_eof105;
case 105:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st103;
	goto st0;
st106:
	if ( ++p == pe )
		goto _test_eof106;
case 106:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st103;
	goto st0;
st107:
	if ( ++p == pe )
		goto _test_eof107;
case 107:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st103;
	goto st0;
st108:
	if ( ++p == pe )
		goto _test_eof108;
case 108:
	switch( (*p) ) {
		case 13u: goto st108;
		case 32u: goto st108;
		case 34u: goto tr152;
		case 125u: goto tr153;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st108;
	goto tr3;
tr221:
	{ p = skip_plain(p, pe); }
	goto st109;
tr152:
	{ mark = p; }
	{
        count_one(&index);
        if (index.is_wanted)
            index.parent = index.container;
        begin(&index, STELLAR__TOKEN_STRING, 1, p + 1);
        if (index.is_wanted)
            index.parent = index.count - 1;
    }
	{ p = skip_plain(p, pe); }
	goto st109;
st109:
	if ( ++p == pe )
		goto _test_eof109;
case 109:
	switch( (*p) ) {
		case 34u: goto tr155;
		case 92u: goto st154;
		case 224u: goto st167;
		case 237u: goto st169;
		case 240u: goto st170;
		case 244u: goto st172;
	}
	if ( (*p) < 194u ) {
		if ( 32u <= (*p) && (*p) <= 127u )
			goto st109;
	} else if ( (*p) > 223u ) {
		if ( (*p) > 239u ) {
			if ( 241u <= (*p) && (*p) <= 243u )
				goto st171;
		} else if ( (*p) >= 225u )
			goto st168;
	} else
		goto st166;
	goto tr7;
tr155:
	{ end_last(&index, p); }
	{
        member = stellar__json_member(scan->notes, stellar__slice(mark + 1, p));
    }
	goto st110;
st110:
	if ( ++p == pe )
		goto _test_eof110;
case 110:
	switch( (*p) ) {
		case 13u: goto st110;
		case 32u: goto st110;
		case 58u: goto st111;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st110;
	goto tr18;
st111:
	if ( ++p == pe )
		goto _test_eof111;
case 111:
	switch( (*p) ) {
		case 13u: goto st111;
		case 32u: goto st111;
		case 34u: goto tr166;
		case 45u: goto tr167;
		case 48u: goto tr168;
		case 91u: goto tr170;
		case 102u: goto tr171;
		case 110u: goto tr172;
		case 116u: goto tr173;
		case 123u: goto tr174;
	}
	if ( (*p) > 10u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto tr169;
	} else if ( (*p) >= 9u )
		goto st111;
	goto tr21;
tr191:
	{ p = skip_plain(p, pe); }
	goto st112;
tr166:
	{
        mark = p;
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS])
            index_from(&index, scan->notes, p, pe);
    }
	{ begin(&index, STELLAR__TOKEN_STRING, 0, p + 1); }
	{ p = skip_plain(p, pe); }
	goto st112;
st112:
	if ( ++p == pe )
		goto _test_eof112;
case 112:
	switch( (*p) ) {
		case 34u: goto tr176;
		case 92u: goto st116;
		case 224u: goto st129;
		case 237u: goto st131;
		case 240u: goto st132;
		case 244u: goto st134;
	}
	if ( (*p) < 194u ) {
		if ( 32u <= (*p) && (*p) <= 127u )
			goto st112;
	} else if ( (*p) > 223u ) {
		if ( (*p) > 239u ) {
			if ( 241u <= (*p) && (*p) <= 243u )
				goto st133;
		} else if ( (*p) >= 225u )
			goto st130;
	} else
		goto st128;
	goto tr7;
tr176:
	{ end_last(&index, p); }
	goto st113;
tr170:
	{
        mark = p;
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS])
            index_from(&index, scan->notes, p, pe);
    }
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        begin(&index, STELLAR__TOKEN_ARRAY, 0, p);
        if (index.is_wanted)
            containers[top] = index.container;
        open_last(&index);
        {stack[top++] = 113;goto st66;}
    }
	goto st113;
tr174:
	{
        mark = p;
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS])
            index_from(&index, scan->notes, p, pe);
    }
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        begin(&index, STELLAR__TOKEN_OBJECT, 0, p);
        if (index.is_wanted)
            containers[top] = index.container;
        open_last(&index);
        {stack[top++] = 113;goto st2;}
    }
	goto st113;
st113:
	if ( ++p == pe )
		goto _test_eof113;
case 113:
	switch( (*p) ) {
		case 13u: goto tr185;
		case 32u: goto tr185;
		case 44u: goto tr186;
		case 125u: goto tr187;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr185;
	goto tr41;
tr185:
	{
        if (member != NULL)
            *member = stellar__slice(mark, p);
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS]) {
            scan->notes->count = index.is_short ? 0 : index.count;
            index_nothing(&index, &spare);
        }
    }
	goto st114;
tr205:
	{ end_last(&index, p); }
	{
        if (member != NULL)
            *member = stellar__slice(mark, p);
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS]) {
            scan->notes->count = index.is_short ? 0 : index.count;
            index_nothing(&index, &spare);
        }
    }
	goto st114;
st114:
	if ( ++p == pe )
		goto _test_eof114;
case 114:
	switch( (*p) ) {
		case 13u: goto st114;
		case 32u: goto st114;
		case 44u: goto st115;
		case 125u: goto tr190;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st114;
	goto tr41;
tr186:
	{
        if (member != NULL)
            *member = stellar__slice(mark, p);
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS]) {
            scan->notes->count = index.is_short ? 0 : index.count;
            index_nothing(&index, &spare);
        }
    }
	goto st115;
tr206:
	{ end_last(&index, p); }
	{
        if (member != NULL)
            *member = stellar__slice(mark, p);
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS]) {
            scan->notes->count = index.is_short ? 0 : index.count;
            index_nothing(&index, &spare);
        }
    }
	goto st115;
st115:
	if ( ++p == pe )
		goto _test_eof115;
case 115:
	switch( (*p) ) {
		case 13u: goto st115;
		case 32u: goto st115;
		case 34u: goto tr152;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st115;
	goto tr44;
tr190:
	{
        if (index.is_wanted) {
            index.tokens[index.container].end = (int)(p + 1 - index.base);
            index.container = containers[top - 1];
            index.parent = index.container;
        }
        {cs = stack[--top];goto _again;}
    }
	goto st211;
tr153:
	{ mark = p; }
	{
        if (index.is_wanted) {
            index.tokens[index.container].end = (int)(p + 1 - index.base);
            index.container = containers[top - 1];
            index.parent = index.container;
        }
        {cs = stack[--top];goto _again;}
    }
	goto st211;
tr187:
	{
        if (member != NULL)
            *member = stellar__slice(mark, p);
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS]) {
            scan->notes->count = index.is_short ? 0 : index.count;
            index_nothing(&index, &spare);
        }
    }
	{
        if (index.is_wanted) {
            index.tokens[index.container].end = (int)(p + 1 - index.base);
            index.container = containers[top - 1];
            index.parent = index.container;
        }
        {cs = stack[--top];goto _again;}
    }
	goto st211;
tr209:
	{ end_last(&index, p); }
	{
        if (member != NULL)
            *member = stellar__slice(mark, p);
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS]) {
            scan->notes->count = index.is_short ? 0 : index.count;
            index_nothing(&index, &spare);
        }
    }
	{
        if (index.is_wanted) {
            index.tokens[index.container].end = (int)(p + 1 - index.base);
            index.container = containers[top - 1];
            index.parent = index.container;
        }
        {cs = stack[--top];goto _again;}
    }
	goto st211;
st211:
	if ( ++p == pe )
		goto _test_eof211;
case 211:
	goto st0;
st116:
	if ( ++p == pe )
		goto _test_eof116;
case 116:
	switch( (*p) ) {
		case 34u: goto tr191;
		case 47u: goto tr191;
		case 92u: goto tr191;
		case 98u: goto tr191;
		case 102u: goto tr191;
		case 110u: goto tr191;
		case 114u: goto tr191;
		case 116u: goto tr191;
		case 117u: goto st117;
	}
	goto tr45;
st117:
	if ( ++p == pe )
		goto _test_eof117;
case 117:
	switch( (*p) ) {
		case 68u: goto st121;
		case 100u: goto st121;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st118;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st118;
	} else
		goto st118;
	goto tr48;
st118:
	if ( ++p == pe )
		goto _test_eof118;
case 118:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st119;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st119;
	} else
		goto st119;
	goto tr48;
st119:
	if ( ++p == pe )
		goto _test_eof119;
case 119:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st120;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st120;
	} else
		goto st120;
	goto tr48;
st120:
	if ( ++p == pe )
		goto _test_eof120;
case 120:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr191;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr191;
	} else
		goto tr191;
	goto tr48;
st121:
	if ( ++p == pe )
		goto _test_eof121;
case 121:
	if ( (*p) < 56u ) {
		if ( 48u <= (*p) && (*p) <= 55u )
			goto st119;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 66u ) {
			if ( 97u <= (*p) && (*p) <= 98u )
				goto st122;
		} else if ( (*p) >= 65u )
			goto st122;
	} else
		goto st122;
	goto tr53;
st122:
	if ( ++p == pe )
		goto _test_eof122;
case 122:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st123;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st123;
	} else
		goto st123;
	goto tr48;
st123:
	if ( ++p == pe )
		goto _test_eof123;
case 123:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st124;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st124;
	} else
		goto st124;
	goto tr48;
st124:
	if ( ++p == pe )
		goto _test_eof124;
case 124:
	if ( (*p) == 92u )
		goto st125;
	goto tr57;
st125:
	if ( ++p == pe )
		goto _test_eof125;
case 125:
	if ( (*p) == 117u )
		goto st126;
	goto tr57;
st126:
	if ( ++p == pe )
		goto _test_eof126;
case 126:
	switch( (*p) ) {
		case 68u: goto st127;
		case 100u: goto st127;
	}
	goto tr57;
st127:
	if ( ++p == pe )
		goto _test_eof127;
case 127:
	if ( (*p) > 70u ) {
		if ( 99u <= (*p) && (*p) <= 102u )
			goto st119;
	} else if ( (*p) >= 67u )
		goto st119;
	goto tr57;
st128:
	if ( ++p == pe )
		goto _test_eof128;
case 128:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr191;
	goto st0;
st129:
	if ( ++p == pe )
		goto _test_eof129;
case 129:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st128;
	goto st0;
st130:
	if ( ++p == pe )
		goto _test_eof130;
case 130:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st128;
	goto st0;
st131:
	if ( ++p == pe )
		goto _test_eof131;
case 131:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st128;
	goto st0;
st132:
	if ( ++p == pe )
		goto _test_eof132;
case 132:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st130;
	goto st0;
st133:
	if ( ++p == pe )
		goto _test_eof133;
case 133:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st130;
	goto st0;
st134:
	if ( ++p == pe )
		goto _test_eof134;
case 134:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st130;
	goto st0;
tr167:
	{
        mark = p;
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS])
            index_from(&index, scan->notes, p, pe);
    }
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st135;
st135:
	if ( ++p == pe )
		goto _test_eof135;
case 135:
	if ( (*p) == 48u )
		goto st136;
	if ( 49u <= (*p) && (*p) <= 57u )
		goto st142;
	goto tr62;
tr168:
	{
        mark = p;
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS])
            index_from(&index, scan->notes, p, pe);
    }
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st136;
st136:
	if ( ++p == pe )
		goto _test_eof136;
case 136:
	switch( (*p) ) {
		case 13u: goto tr205;
		case 32u: goto tr205;
		case 44u: goto tr206;
		case 46u: goto st137;
		case 69u: goto st139;
		case 101u: goto st139;
		case 125u: goto tr209;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr205;
	goto tr41;
st137:
	if ( ++p == pe )
		goto _test_eof137;
case 137:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st138;
	goto tr62;
st138:
	if ( ++p == pe )
		goto _test_eof138;
case 138:
	switch( (*p) ) {
		case 13u: goto tr205;
		case 32u: goto tr205;
		case 44u: goto tr206;
		case 69u: goto st139;
		case 101u: goto st139;
		case 125u: goto tr209;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st138;
	} else if ( (*p) >= 9u )
		goto tr205;
	goto tr41;
st139:
	if ( ++p == pe )
		goto _test_eof139;
case 139:
	switch( (*p) ) {
		case 43u: goto st140;
		case 45u: goto st140;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st141;
	goto tr62;
st140:
	if ( ++p == pe )
		goto _test_eof140;
case 140:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st141;
	goto tr62;
st141:
	if ( ++p == pe )
		goto _test_eof141;
case 141:
	switch( (*p) ) {
		case 13u: goto tr205;
		case 32u: goto tr205;
		case 44u: goto tr206;
		case 125u: goto tr209;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st141;
	} else if ( (*p) >= 9u )
		goto tr205;
	goto tr41;
tr169:
	{
        mark = p;
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS])
            index_from(&index, scan->notes, p, pe);
    }
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st142;
st142:
	if ( ++p == pe )
		goto _test_eof142;
case 142:
	switch( (*p) ) {
		case 13u: goto tr205;
		case 32u: goto tr205;
		case 44u: goto tr206;
		case 46u: goto st137;
		case 69u: goto st139;
		case 101u: goto st139;
		case 125u: goto tr209;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st142;
	} else if ( (*p) >= 9u )
		goto tr205;
	goto tr41;
tr171:
	{
        mark = p;
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS])
            index_from(&index, scan->notes, p, pe);
    }
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st143;
st143:
	if ( ++p == pe )
		goto _test_eof143;
case 143:
	if ( (*p) == 97u )
		goto st144;
	goto tr73;
st144:
	if ( ++p == pe )
		goto _test_eof144;
case 144:
	if ( (*p) == 108u )
		goto st145;
	goto tr73;
st145:
	if ( ++p == pe )
		goto _test_eof145;
case 145:
	if ( (*p) == 115u )
		goto st146;
	goto tr73;
st146:
	if ( ++p == pe )
		goto _test_eof146;
case 146:
	if ( (*p) == 101u )
		goto st147;
	goto tr73;
st147:
	if ( ++p == pe )
		goto _test_eof147;
case 147:
	switch( (*p) ) {
		case 13u: goto tr205;
		case 32u: goto tr205;
		case 44u: goto tr206;
		case 125u: goto tr209;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr205;
	goto tr41;
tr172:
	{
        mark = p;
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS])
            index_from(&index, scan->notes, p, pe);
    }
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st148;
st148:
	if ( ++p == pe )
		goto _test_eof148;
case 148:
	if ( (*p) == 117u )
		goto st149;
	goto tr78;
st149:
	if ( ++p == pe )
		goto _test_eof149;
case 149:
	if ( (*p) == 108u )
		goto st150;
	goto tr78;
st150:
	if ( ++p == pe )
		goto _test_eof150;
case 150:
	if ( (*p) == 108u )
		goto st147;
	goto tr78;
tr173:
	{
        mark = p;
        if (index.is_wanted &&
            member == &scan->notes->members[STELLAR__MEMBER_PARAMS])
            index_from(&index, scan->notes, p, pe);
    }
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st151;
st151:
	if ( ++p == pe )
		goto _test_eof151;
case 151:
	if ( (*p) == 114u )
		goto st152;
	goto tr81;
st152:
	if ( ++p == pe )
		goto _test_eof152;
case 152:
	if ( (*p) == 117u )
		goto st153;
	goto tr81;
st153:
	if ( ++p == pe )
		goto _test_eof153;
case 153:
	if ( (*p) == 101u )
		goto st147;
	goto tr81;
st154:
	if ( ++p == pe )
		goto _test_eof154;
case 154:
	switch( (*p) ) {
		case 34u: goto tr221;
		case 47u: goto tr221;
		case 92u: goto tr221;
		case 98u: goto tr221;
		case 102u: goto tr221;
		case 110u: goto tr221;
		case 114u: goto tr221;
		case 116u: goto tr221;
		case 117u: goto st155;
	}
	goto tr45;
st155:
	if ( ++p == pe )
		goto _test_eof155;
case 155:
	switch( (*p) ) {
		case 68u: goto st159;
		case 100u: goto st159;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st156;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st156;
	} else
		goto st156;
	goto tr48;
st156:
	if ( ++p == pe )
		goto _test_eof156;
case 156:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st157;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st157;
	} else
		goto st157;
	goto tr48;
st157:
	if ( ++p == pe )
		goto _test_eof157;
case 157:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st158;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st158;
	} else
		goto st158;
	goto tr48;
st158:
	if ( ++p == pe )
		goto _test_eof158;
case 158:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr221;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr221;
	} else
		goto tr221;
	goto tr48;
st159:
	if ( ++p == pe )
		goto _test_eof159;
case 159:
	if ( (*p) < 56u ) {
		if ( 48u <= (*p) && (*p) <= 55u )
			goto st157;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 66u ) {
			if ( 97u <= (*p) && (*p) <= 98u )
				goto st160;
		} else if ( (*p) >= 65u )
			goto st160;
	} else
		goto st160;
	goto tr53;
st160:
	if ( ++p == pe )
		goto _test_eof160;
case 160:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st161;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st161;
	} else
		goto st161;
	goto tr48;
st161:
	if ( ++p == pe )
		goto _test_eof161;
case 161:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st162;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st162;
	} else
		goto st162;
	goto tr48;
st162:
	if ( ++p == pe )
		goto _test_eof162;
case 162:
	if ( (*p) == 92u )
		goto st163;
	goto tr57;
st163:
	if ( ++p == pe )
		goto _test_eof163;
case 163:
	if ( (*p) == 117u )
		goto st164;
	goto tr57;
st164:
	if ( ++p == pe )
		goto _test_eof164;
case 164:
	switch( (*p) ) {
		case 68u: goto st165;
		case 100u: goto st165;
	}
	goto tr57;
st165:
	if ( ++p == pe )
		goto _test_eof165;
case 165:
	if ( (*p) > 70u ) {
		if ( 99u <= (*p) && (*p) <= 102u )
			goto st157;
	} else if ( (*p) >= 67u )
		goto st157;
	goto tr57;
st166:
	if ( ++p == pe )
		goto _test_eof166;
case 166:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr221;
	goto st0;
st167:
	if ( ++p == pe )
		goto _test_eof167;
case 167:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st166;
	goto st0;
st168:
	if ( ++p == pe )
		goto _test_eof168;
case 168:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st166;
	goto st0;
st169:
	if ( ++p == pe )
		goto _test_eof169;
case 169:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st166;
	goto st0;
st170:
	if ( ++p == pe )
		goto _test_eof170;
case 170:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st168;
	goto st0;
st171:
	if ( ++p == pe )
		goto _test_eof171;
case 171:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st168;
	goto st0;
st172:
	if ( ++p == pe )
		goto _test_eof172;
case 172:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st168;
	goto st0;
st173:
	if ( ++p == pe )
		goto _test_eof173;
case 173:
	switch( (*p) ) {
		case 13u: goto st173;
		case 32u: goto st173;
		case 34u: goto tr234;
		case 45u: goto tr235;
		case 48u: goto tr236;
		case 91u: goto tr238;
		case 102u: goto tr239;
		case 110u: goto tr240;
		case 116u: goto tr241;
		case 123u: goto tr242;
	}
	if ( (*p) > 10u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto tr237;
	} else if ( (*p) >= 9u )
		goto st173;
	goto tr21;
tr234:
	{ begin(&index, STELLAR__TOKEN_STRING, 0, p + 1); }
	{ p = skip_plain(p, pe); }
	goto st174;
tr253:
	{ p = skip_plain(p, pe); }
	goto st174;
st174:
	if ( ++p == pe )
		goto _test_eof174;
case 174:
	switch( (*p) ) {
		case 34u: goto tr244;
		case 92u: goto st175;
		case 224u: goto st188;
		case 237u: goto st190;
		case 240u: goto st191;
		case 244u: goto st193;
	}
	if ( (*p) < 194u ) {
		if ( 32u <= (*p) && (*p) <= 127u )
			goto st174;
	} else if ( (*p) > 223u ) {
		if ( (*p) > 239u ) {
			if ( 241u <= (*p) && (*p) <= 243u )
				goto st192;
		} else if ( (*p) >= 225u )
			goto st189;
	} else
		goto st187;
	goto tr7;
tr244:
	{ end_last(&index, p); }
	goto st212;
tr238:
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        begin(&index, STELLAR__TOKEN_ARRAY, 0, p);
        if (index.is_wanted)
            containers[top] = index.container;
        open_last(&index);
        {stack[top++] = 212;goto st66;}
    }
	goto st212;
tr242:
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        begin(&index, STELLAR__TOKEN_OBJECT, 0, p);
        if (index.is_wanted)
            containers[top] = index.container;
        open_last(&index);
        {stack[top++] = 212;goto st2;}
    }
	goto st212;
tr282:
	{ end_last(&index, p); }
	goto st212;
st212:
	if ( ++p == pe )
		goto _test_eof212;
case 212:
	switch( (*p) ) {
		case 13u: goto st212;
		case 32u: goto st212;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st212;
	goto tr280;
st175:
	if ( ++p == pe )
		goto _test_eof175;
case 175:
	switch( (*p) ) {
		case 34u: goto tr253;
		case 47u: goto tr253;
		case 92u: goto tr253;
		case 98u: goto tr253;
		case 102u: goto tr253;
		case 110u: goto tr253;
		case 114u: goto tr253;
		case 116u: goto tr253;
		case 117u: goto st176;
	}
	goto tr45;
st176:
	if ( ++p == pe )
		goto _test_eof176;
case 176:
	switch( (*p) ) {
		case 68u: goto st180;
		case 100u: goto st180;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st177;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st177;
	} else
		goto st177;
	goto tr48;
st177:
	if ( ++p == pe )
		goto _test_eof177;
case 177:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st178;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st178;
	} else
		goto st178;
	goto tr48;
st178:
	if ( ++p == pe )
		goto _test_eof178;
case 178:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st179;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st179;
	} else
		goto st179;
	goto tr48;
st179:
	if ( ++p == pe )
		goto _test_eof179;
case 179:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr253;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr253;
	} else
		goto tr253;
	goto tr48;
st180:
	if ( ++p == pe )
		goto _test_eof180;
case 180:
	if ( (*p) < 56u ) {
		if ( 48u <= (*p) && (*p) <= 55u )
			goto st178;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 66u ) {
			if ( 97u <= (*p) && (*p) <= 98u )
				goto st181;
		} else if ( (*p) >= 65u )
			goto st181;
	} else
		goto st181;
	goto tr53;
st181:
	if ( ++p == pe )
		goto _test_eof181;
case 181:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st182;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st182;
	} else
		goto st182;
	goto tr48;
st182:
	if ( ++p == pe )
		goto _test_eof182;
case 182:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st183;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st183;
	} else
		goto st183;
	goto tr48;
st183:
	if ( ++p == pe )
		goto _test_eof183;
case 183:
	if ( (*p) == 92u )
		goto st184;
	goto tr57;
st184:
	if ( ++p == pe )
		goto _test_eof184;
case 184:
	if ( (*p) == 117u )
		goto st185;
	goto tr57;
st185:
	if ( ++p == pe )
		goto _test_eof185;
case 185:
	switch( (*p) ) {
		case 68u: goto st186;
		case 100u: goto st186;
	}
	goto tr57;
st186:
	if ( ++p == pe )
		goto _test_eof186;
case 186:
	if ( (*p) > 70u ) {
		if ( 99u <= (*p) && (*p) <= 102u )
			goto st178;
	} else if ( (*p) >= 67u )
		goto st178;
	goto tr57;
st187:
	if ( ++p == pe )
		goto _test_eof187;
case 187:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr253;
	goto st0;
st188:
	if ( ++p == pe )
		goto _test_eof188;
case 188:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st187;
	goto st0;
st189:
	if ( ++p == pe )
		goto _test_eof189;
case 189:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st187;
	goto st0;
st190:
	if ( ++p == pe )
		goto _test_eof190;
case 190:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st187;
	goto st0;
st191:
	if ( ++p == pe )
		goto _test_eof191;
case 191:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st189;
	goto st0;
st192:
	if ( ++p == pe )
		goto _test_eof192;
case 192:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st189;
	goto st0;
st193:
	if ( ++p == pe )
		goto _test_eof193;
case 193:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st189;
	goto st0;
tr235:
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st194;
st194:
	if ( ++p == pe )
		goto _test_eof194;
case 194:
	if ( (*p) == 48u )
		goto st213;
	if ( 49u <= (*p) && (*p) <= 57u )
		goto st216;
	goto tr62;
tr236:
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st213;
st213:
	if ( ++p == pe )
		goto _test_eof213;
case 213:
	switch( (*p) ) {
		case 13u: goto tr282;
		case 32u: goto tr282;
		case 46u: goto st195;
		case 69u: goto st196;
		case 101u: goto st196;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr282;
	goto tr280;
st195:
	if ( ++p == pe )
		goto _test_eof195;
case 195:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st214;
	goto tr62;
st214:
	if ( ++p == pe )
		goto _test_eof214;
case 214:
	switch( (*p) ) {
		case 13u: goto tr282;
		case 32u: goto tr282;
		case 69u: goto st196;
		case 101u: goto st196;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st214;
	} else if ( (*p) >= 9u )
		goto tr282;
	goto tr280;
st196:
	if ( ++p == pe )
		goto _test_eof196;
case 196:
	switch( (*p) ) {
		case 43u: goto st197;
		case 45u: goto st197;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st215;
	goto tr62;
st197:
	if ( ++p == pe )
		goto _test_eof197;
case 197:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st215;
	goto tr62;
st215:
	if ( ++p == pe )
		goto _test_eof215;
case 215:
	switch( (*p) ) {
		case 13u: goto tr282;
		case 32u: goto tr282;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st215;
	} else if ( (*p) >= 9u )
		goto tr282;
	goto tr280;
tr237:
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st216;
st216:
	if ( ++p == pe )
		goto _test_eof216;
case 216:
	switch( (*p) ) {
		case 13u: goto tr282;
		case 32u: goto tr282;
		case 46u: goto st195;
		case 69u: goto st196;
		case 101u: goto st196;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st216;
	} else if ( (*p) >= 9u )
		goto tr282;
	goto tr280;
tr239:
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st198;
st198:
	if ( ++p == pe )
		goto _test_eof198;
case 198:
	if ( (*p) == 97u )
		goto st199;
	goto tr73;
st199:
	if ( ++p == pe )
		goto _test_eof199;
case 199:
	if ( (*p) == 108u )
		goto st200;
	goto tr73;
st200:
	if ( ++p == pe )
		goto _test_eof200;
case 200:
	if ( (*p) == 115u )
		goto st201;
	goto tr73;
st201:
	if ( ++p == pe )
		goto _test_eof201;
case 201:
	if ( (*p) == 101u )
		goto st217;
	goto tr73;
st217:
	if ( ++p == pe )
		goto _test_eof217;
case 217:
	switch( (*p) ) {
		case 13u: goto tr282;
		case 32u: goto tr282;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr282;
	goto tr280;
tr240:
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st202;
st202:
	if ( ++p == pe )
		goto _test_eof202;
case 202:
	if ( (*p) == 117u )
		goto st203;
	goto tr78;
st203:
	if ( ++p == pe )
		goto _test_eof203;
case 203:
	if ( (*p) == 108u )
		goto st204;
	goto tr78;
st204:
	if ( ++p == pe )
		goto _test_eof204;
case 204:
	if ( (*p) == 108u )
		goto st217;
	goto tr78;
tr241:
	{ begin(&index, STELLAR__TOKEN_PRIMITIVE, 0, p); }
	goto st205;
st205:
	if ( ++p == pe )
		goto _test_eof205;
case 205:
	if ( (*p) == 114u )
		goto st206;
	goto tr81;
st206:
	if ( ++p == pe )
		goto _test_eof206;
case 206:
	if ( (*p) == 117u )
		goto st207;
	goto tr81;
st207:
	if ( ++p == pe )
		goto _test_eof207;
case 207:
	if ( (*p) == 101u )
		goto st217;
	goto tr81;
	}
	_test_eof1: cs = 1; goto _test_eof;
	_test_eof208: cs = 208; goto _test_eof;
	_test_eof2: cs = 2; goto _test_eof;
	_test_eof3: cs = 3; goto _test_eof;
	_test_eof4: cs = 4; goto _test_eof;
	_test_eof5: cs = 5; goto _test_eof;
	_test_eof6: cs = 6; goto _test_eof;
	_test_eof7: cs = 7; goto _test_eof;
	_test_eof8: cs = 8; goto _test_eof;
	_test_eof209: cs = 209; goto _test_eof;
	_test_eof9: cs = 9; goto _test_eof;
	_test_eof10: cs = 10; goto _test_eof;
	_test_eof11: cs = 11; goto _test_eof;
	_test_eof12: cs = 12; goto _test_eof;
	_test_eof13: cs = 13; goto _test_eof;
	_test_eof14: cs = 14; goto _test_eof;
	_test_eof15: cs = 15; goto _test_eof;
	_test_eof16: cs = 16; goto _test_eof;
	_test_eof17: cs = 17; goto _test_eof;
	_test_eof18: cs = 18; goto _test_eof;
	_test_eof19: cs = 19; goto _test_eof;
	_test_eof20: cs = 20; goto _test_eof;
	_test_eof21: cs = 21; goto _test_eof;
	_test_eof22: cs = 22; goto _test_eof;
	_test_eof23: cs = 23; goto _test_eof;
	_test_eof24: cs = 24; goto _test_eof;
	_test_eof25: cs = 25; goto _test_eof;
	_test_eof26: cs = 26; goto _test_eof;
	_test_eof27: cs = 27; goto _test_eof;
	_test_eof28: cs = 28; goto _test_eof;
	_test_eof29: cs = 29; goto _test_eof;
	_test_eof30: cs = 30; goto _test_eof;
	_test_eof31: cs = 31; goto _test_eof;
	_test_eof32: cs = 32; goto _test_eof;
	_test_eof33: cs = 33; goto _test_eof;
	_test_eof34: cs = 34; goto _test_eof;
	_test_eof35: cs = 35; goto _test_eof;
	_test_eof36: cs = 36; goto _test_eof;
	_test_eof37: cs = 37; goto _test_eof;
	_test_eof38: cs = 38; goto _test_eof;
	_test_eof39: cs = 39; goto _test_eof;
	_test_eof40: cs = 40; goto _test_eof;
	_test_eof41: cs = 41; goto _test_eof;
	_test_eof42: cs = 42; goto _test_eof;
	_test_eof43: cs = 43; goto _test_eof;
	_test_eof44: cs = 44; goto _test_eof;
	_test_eof45: cs = 45; goto _test_eof;
	_test_eof46: cs = 46; goto _test_eof;
	_test_eof47: cs = 47; goto _test_eof;
	_test_eof48: cs = 48; goto _test_eof;
	_test_eof49: cs = 49; goto _test_eof;
	_test_eof50: cs = 50; goto _test_eof;
	_test_eof51: cs = 51; goto _test_eof;
	_test_eof52: cs = 52; goto _test_eof;
	_test_eof53: cs = 53; goto _test_eof;
	_test_eof54: cs = 54; goto _test_eof;
	_test_eof55: cs = 55; goto _test_eof;
	_test_eof56: cs = 56; goto _test_eof;
	_test_eof57: cs = 57; goto _test_eof;
	_test_eof58: cs = 58; goto _test_eof;
	_test_eof59: cs = 59; goto _test_eof;
	_test_eof60: cs = 60; goto _test_eof;
	_test_eof61: cs = 61; goto _test_eof;
	_test_eof62: cs = 62; goto _test_eof;
	_test_eof63: cs = 63; goto _test_eof;
	_test_eof64: cs = 64; goto _test_eof;
	_test_eof65: cs = 65; goto _test_eof;
	_test_eof66: cs = 66; goto _test_eof;
	_test_eof67: cs = 67; goto _test_eof;
	_test_eof68: cs = 68; goto _test_eof;
	_test_eof69: cs = 69; goto _test_eof;
	_test_eof70: cs = 70; goto _test_eof;
	_test_eof71: cs = 71; goto _test_eof;
	_test_eof72: cs = 72; goto _test_eof;
	_test_eof73: cs = 73; goto _test_eof;
	_test_eof74: cs = 74; goto _test_eof;
	_test_eof75: cs = 75; goto _test_eof;
	_test_eof76: cs = 76; goto _test_eof;
	_test_eof210: cs = 210; goto _test_eof;
	_test_eof77: cs = 77; goto _test_eof;
	_test_eof78: cs = 78; goto _test_eof;
	_test_eof79: cs = 79; goto _test_eof;
	_test_eof80: cs = 80; goto _test_eof;
	_test_eof81: cs = 81; goto _test_eof;
	_test_eof82: cs = 82; goto _test_eof;
	_test_eof83: cs = 83; goto _test_eof;
	_test_eof84: cs = 84; goto _test_eof;
	_test_eof85: cs = 85; goto _test_eof;
	_test_eof86: cs = 86; goto _test_eof;
	_test_eof87: cs = 87; goto _test_eof;
	_test_eof88: cs = 88; goto _test_eof;
	_test_eof89: cs = 89; goto _test_eof;
	_test_eof90: cs = 90; goto _test_eof;
	_test_eof91: cs = 91; goto _test_eof;
	_test_eof92: cs = 92; goto _test_eof;
	_test_eof93: cs = 93; goto _test_eof;
	_test_eof94: cs = 94; goto _test_eof;
	_test_eof95: cs = 95; goto _test_eof;
	_test_eof96: cs = 96; goto _test_eof;
	_test_eof97: cs = 97; goto _test_eof;
	_test_eof98: cs = 98; goto _test_eof;
	_test_eof99: cs = 99; goto _test_eof;
	_test_eof100: cs = 100; goto _test_eof;
	_test_eof101: cs = 101; goto _test_eof;
	_test_eof102: cs = 102; goto _test_eof;
	_test_eof103: cs = 103; goto _test_eof;
	_test_eof104: cs = 104; goto _test_eof;
	_test_eof105: cs = 105; goto _test_eof;
	_test_eof106: cs = 106; goto _test_eof;
	_test_eof107: cs = 107; goto _test_eof;
	_test_eof108: cs = 108; goto _test_eof;
	_test_eof109: cs = 109; goto _test_eof;
	_test_eof110: cs = 110; goto _test_eof;
	_test_eof111: cs = 111; goto _test_eof;
	_test_eof112: cs = 112; goto _test_eof;
	_test_eof113: cs = 113; goto _test_eof;
	_test_eof114: cs = 114; goto _test_eof;
	_test_eof115: cs = 115; goto _test_eof;
	_test_eof211: cs = 211; goto _test_eof;
	_test_eof116: cs = 116; goto _test_eof;
	_test_eof117: cs = 117; goto _test_eof;
	_test_eof118: cs = 118; goto _test_eof;
	_test_eof119: cs = 119; goto _test_eof;
	_test_eof120: cs = 120; goto _test_eof;
	_test_eof121: cs = 121; goto _test_eof;
	_test_eof122: cs = 122; goto _test_eof;
	_test_eof123: cs = 123; goto _test_eof;
	_test_eof124: cs = 124; goto _test_eof;
	_test_eof125: cs = 125; goto _test_eof;
	_test_eof126: cs = 126; goto _test_eof;
	_test_eof127: cs = 127; goto _test_eof;
	_test_eof128: cs = 128; goto _test_eof;
	_test_eof129: cs = 129; goto _test_eof;
	_test_eof130: cs = 130; goto _test_eof;
	_test_eof131: cs = 131; goto _test_eof;
	_test_eof132: cs = 132; goto _test_eof;
	_test_eof133: cs = 133; goto _test_eof;
	_test_eof134: cs = 134; goto _test_eof;
	_test_eof135: cs = 135; goto _test_eof;
	_test_eof136: cs = 136; goto _test_eof;
	_test_eof137: cs = 137; goto _test_eof;
	_test_eof138: cs = 138; goto _test_eof;
	_test_eof139: cs = 139; goto _test_eof;
	_test_eof140: cs = 140; goto _test_eof;
	_test_eof141: cs = 141; goto _test_eof;
	_test_eof142: cs = 142; goto _test_eof;
	_test_eof143: cs = 143; goto _test_eof;
	_test_eof144: cs = 144; goto _test_eof;
	_test_eof145: cs = 145; goto _test_eof;
	_test_eof146: cs = 146; goto _test_eof;
	_test_eof147: cs = 147; goto _test_eof;
	_test_eof148: cs = 148; goto _test_eof;
	_test_eof149: cs = 149; goto _test_eof;
	_test_eof150: cs = 150; goto _test_eof;
	_test_eof151: cs = 151; goto _test_eof;
	_test_eof152: cs = 152; goto _test_eof;
	_test_eof153: cs = 153; goto _test_eof;
	_test_eof154: cs = 154; goto _test_eof;
	_test_eof155: cs = 155; goto _test_eof;
	_test_eof156: cs = 156; goto _test_eof;
	_test_eof157: cs = 157; goto _test_eof;
	_test_eof158: cs = 158; goto _test_eof;
	_test_eof159: cs = 159; goto _test_eof;
	_test_eof160: cs = 160; goto _test_eof;
	_test_eof161: cs = 161; goto _test_eof;
	_test_eof162: cs = 162; goto _test_eof;
	_test_eof163: cs = 163; goto _test_eof;
	_test_eof164: cs = 164; goto _test_eof;
	_test_eof165: cs = 165; goto _test_eof;
	_test_eof166: cs = 166; goto _test_eof;
	_test_eof167: cs = 167; goto _test_eof;
	_test_eof168: cs = 168; goto _test_eof;
	_test_eof169: cs = 169; goto _test_eof;
	_test_eof170: cs = 170; goto _test_eof;
	_test_eof171: cs = 171; goto _test_eof;
	_test_eof172: cs = 172; goto _test_eof;
	_test_eof173: cs = 173; goto _test_eof;
	_test_eof174: cs = 174; goto _test_eof;
	_test_eof212: cs = 212; goto _test_eof;
	_test_eof175: cs = 175; goto _test_eof;
	_test_eof176: cs = 176; goto _test_eof;
	_test_eof177: cs = 177; goto _test_eof;
	_test_eof178: cs = 178; goto _test_eof;
	_test_eof179: cs = 179; goto _test_eof;
	_test_eof180: cs = 180; goto _test_eof;
	_test_eof181: cs = 181; goto _test_eof;
	_test_eof182: cs = 182; goto _test_eof;
	_test_eof183: cs = 183; goto _test_eof;
	_test_eof184: cs = 184; goto _test_eof;
	_test_eof185: cs = 185; goto _test_eof;
	_test_eof186: cs = 186; goto _test_eof;
	_test_eof187: cs = 187; goto _test_eof;
	_test_eof188: cs = 188; goto _test_eof;
	_test_eof189: cs = 189; goto _test_eof;
	_test_eof190: cs = 190; goto _test_eof;
	_test_eof191: cs = 191; goto _test_eof;
	_test_eof192: cs = 192; goto _test_eof;
	_test_eof193: cs = 193; goto _test_eof;
	_test_eof194: cs = 194; goto _test_eof;
	_test_eof213: cs = 213; goto _test_eof;
	_test_eof195: cs = 195; goto _test_eof;
	_test_eof214: cs = 214; goto _test_eof;
	_test_eof196: cs = 196; goto _test_eof;
	_test_eof197: cs = 197; goto _test_eof;
	_test_eof215: cs = 215; goto _test_eof;
	_test_eof216: cs = 216; goto _test_eof;
	_test_eof198: cs = 198; goto _test_eof;
	_test_eof199: cs = 199; goto _test_eof;
	_test_eof200: cs = 200; goto _test_eof;
	_test_eof201: cs = 201; goto _test_eof;
	_test_eof217: cs = 217; goto _test_eof;
	_test_eof202: cs = 202; goto _test_eof;
	_test_eof203: cs = 203; goto _test_eof;
	_test_eof204: cs = 204; goto _test_eof;
	_test_eof205: cs = 205; goto _test_eof;
	_test_eof206: cs = 206; goto _test_eof;
	_test_eof207: cs = 207; goto _test_eof;

	_test_eof: {}
	if ( p == eof )
	{
	switch ( cs ) {
	case 213:
	case 214:
	case 215:
	case 216:
	case 217:
	{ end_last(&index, p); }
	break;
	case 5:
	case 69:
	case 111:
	case 173:
	{ scan->expected = "a value"; }
	break;
	case 66:
	{ scan->expected = "a value or ']'"; }
	break;
	case 68:
	case 71:
	case 73:
	case 76:
	case 77:
	case 82:
	{ scan->expected = "',' or ']'"; }
	break;
	case 8:
	case 115:
	{ scan->expected = "a member name"; }
	break;
	case 2:
	case 108:
	{ scan->expected = "a member name or '}'"; }
	break;
	case 7:
	case 29:
	case 31:
	case 34:
	case 35:
	case 40:
	case 113:
	case 114:
	case 136:
	case 138:
	case 141:
	case 142:
	case 147:
	{ scan->expected = "',' or '}'"; }
	break;
	case 4:
	case 110:
	{ scan->expected = "':'"; }
	break;
	case 1:
	{ scan->expected = "'{'"; }
	break;
	case 44:
	case 45:
	case 46:
	case 86:
	case 87:
	case 88:
	case 151:
	case 152:
	case 153:
	case 205:
	case 206:
	case 207:
	{ scan->expected = "'true'"; }
	break;
	case 36:
	case 37:
	case 38:
	case 39:
	case 78:
	case 79:
	case 80:
	case 81:
	case 143:
	case 144:
	case 145:
	case 146:
	case 198:
	case 199:
	case 200:
	case 201:
	{ scan->expected = "'false'"; }
	break;
	case 41:
	case 42:
	case 43:
	case 83:
	case 84:
	case 85:
	case 148:
	case 149:
	case 150:
	case 202:
	case 203:
	case 204:
	{ scan->expected = "'null'"; }
	break;
	case 28:
	case 30:
	case 32:
	case 33:
	case 70:
	case 72:
	case 74:
	case 75:
	case 135:
	case 137:
	case 139:
	case 140:
	case 194:
	case 195:
	case 196:
	case 197:
	{ scan->expected = "a digit"; }
	break;
	case 9:
	case 47:
	case 89:
	case 116:
	case 154:
	case 175:
	{ scan->expected = "an escape"; }
	break;
	case 10:
	case 11:
	case 12:
	case 13:
	case 15:
	case 16:
	case 48:
	case 49:
	case 50:
	case 51:
	case 53:
	case 54:
	case 90:
	case 91:
	case 92:
	case 93:
	case 95:
	case 96:
	case 117:
	case 118:
	case 119:
	case 120:
	case 122:
	case 123:
	case 155:
	case 156:
	case 157:
	case 158:
	case 160:
	case 161:
	case 176:
	case 177:
	case 178:
	case 179:
	case 181:
	case 182:
	{ scan->expected = "four hex digits"; }
	break;
	case 17:
	case 18:
	case 19:
	case 20:
	case 55:
	case 56:
	case 57:
	case 58:
	case 97:
	case 98:
	case 99:
	case 100:
	case 124:
	case 125:
	case 126:
	case 127:
	case 162:
	case 163:
	case 164:
	case 165:
	case 183:
	case 184:
	case 185:
	case 186:
	{ scan->expected = "a low surrogate escape"; }
	break;
	case 14:
	case 52:
	case 94:
	case 121:
	case 159:
	case 180:
	{
        scan->expected = p != pe && (*p | 0x20) >= 'c' && (*p | 0x20) <= 'f'
                             ? "a high surrogate escape first"
                             : "four hex digits";
    }
	break;
	case 3:
	case 6:
	case 67:
	case 109:
	case 112:
	case 174:
	{
        scan->expected = p == pe ? "end of string" : "an escaped control character";
    }
	break;
	}
	}

	_out: {}
	}

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
