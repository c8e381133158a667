/* Made from grammar/json.rl by grammar/regenerate. Do not edit. */

/*
 * Checks a JSON text in one pass and says where it is wrong: the actions of the machine
 * in include/json.rl, and the function that runs it.
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
 */
struct scan {
    const char *expected;
    const unsigned char *stopped; /* where the text is wrong; NULL if it is not */
    struct stellar__json_notes *notes;
    unsigned levels; /* around the text */
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



static const int json_start = 1;
static const int json_first_final = 205;

static const int json_en_object = 2;
static const int json_en_array = 65;
static const int json_en_call_object = 106;
static const int json_en_text = 170;
static const int json_en_call = 1;





static void run(struct scan *scan, int cs, const unsigned char *p,
                const unsigned char *pe)
{
    const unsigned char *eof = pe;
    const unsigned char *mark = p;
    struct stellar_slice *member = NULL;
    int stack[STELLAR_JSON_DEPTH_MAX];
    int top = (int)scan->levels; /* what stands below is never popped */

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
		case 205: goto st205;
		case 2: goto st2;
		case 3: goto st3;
		case 4: goto st4;
		case 5: goto st5;
		case 6: goto st6;
		case 7: goto st7;
		case 8: goto st8;
		case 206: goto st206;
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
		case 207: goto st207;
		case 76: goto st76;
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
		case 208: goto st208;
		case 114: goto st114;
		case 115: goto st115;
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
		case 209: goto st209;
		case 172: goto st172;
		case 173: goto st173;
		case 174: goto st174;
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
		case 210: goto st210;
		case 192: goto st192;
		case 211: goto st211;
		case 193: goto st193;
		case 194: goto st194;
		case 212: goto st212;
		case 213: goto st213;
		case 195: goto st195;
		case 196: goto st196;
		case 197: goto st197;
		case 198: goto st198;
		case 199: goto st199;
		case 200: goto st200;
		case 201: goto st201;
		case 202: goto st202;
		case 203: goto st203;
		case 204: goto st204;
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
tr20:
	{ scan->expected = "a value"; }
	goto st0;
tr40:
	{ scan->expected = "',' or '}'"; }
	goto st0;
tr42:
	{ scan->expected = "a member name"; }
	goto st0;
tr43:
	{ scan->expected = "an escape"; }
	goto st0;
tr45:
	{ scan->expected = "four hex digits"; }
	goto st0;
tr50:
	{
        scan->expected = p != pe && (*p | 0x20) >= 'c' && (*p | 0x20) <= 'f'
                             ? "a high surrogate escape first"
                             : "four hex digits";
    }
	goto st0;
tr54:
	{ scan->expected = "a low surrogate escape"; }
	goto st0;
tr59:
	{ scan->expected = "a digit"; }
	goto st0;
tr65:
	{ scan->expected = "'false'"; }
	goto st0;
tr69:
	{ scan->expected = "'null'"; }
	goto st0;
tr72:
	{ scan->expected = "'true'"; }
	goto st0;
tr86:
	{ scan->expected = "a value or ']'"; }
	goto st0;
tr108:
	{ scan->expected = "',' or ']'"; }
	goto st0;
tr252:
	{ scan->expected = "end of line"; }
	goto st0;
tr254:
	{ scan->expected = "end of text"; }
	goto st0;
st0:
cs = 0;
	goto _out;
tr2:
	{ {stack[top++] = 205;goto st106;} }
	goto st205;
st205:
	if ( ++p == pe )
		goto _test_eof205;
case 205:
	switch( (*p) ) {
		case 9u: goto st205;
		case 32u: goto st205;
	}
	goto tr252;
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
	{ p = skip_plain(p, pe); }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	switch( (*p) ) {
		case 34u: goto st4;
		case 92u: goto st46;
		case 224u: goto st59;
		case 237u: goto st61;
		case 240u: goto st62;
		case 244u: goto st64;
	}
	if ( (*p) < 194u ) {
		if ( 32u <= (*p) && (*p) <= 127u )
			goto st3;
	} else if ( (*p) > 223u ) {
		if ( (*p) > 239u ) {
			if ( 241u <= (*p) && (*p) <= 243u )
				goto st63;
		} else if ( (*p) >= 225u )
			goto st60;
	} else
		goto st58;
	goto tr7;
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
		case 34u: goto tr21;
		case 45u: goto st28;
		case 48u: goto st29;
		case 91u: goto tr25;
		case 102u: goto st36;
		case 110u: goto st40;
		case 116u: goto st43;
		case 123u: goto tr29;
	}
	if ( (*p) > 10u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto st35;
	} else if ( (*p) >= 9u )
		goto st5;
	goto tr20;
tr21:
	{ p = skip_plain(p, pe); }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	switch( (*p) ) {
		case 34u: goto st7;
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
tr25:
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        {stack[top++] = 7;goto st65;}
    }
	goto st7;
tr29:
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        {stack[top++] = 7;goto st2;}
    }
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
	goto tr40;
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
	goto tr42;
tr6:
	{ {cs = stack[--top];goto _again;} }
	goto st206;
st206:
	if ( ++p == pe )
		goto _test_eof206;
case 206:
	goto st0;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	switch( (*p) ) {
		case 34u: goto tr21;
		case 47u: goto tr21;
		case 92u: goto tr21;
		case 98u: goto tr21;
		case 102u: goto tr21;
		case 110u: goto tr21;
		case 114u: goto tr21;
		case 116u: goto tr21;
		case 117u: goto st10;
	}
	goto tr43;
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
	goto tr45;
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
	goto tr45;
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
	goto tr45;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr21;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr21;
	} else
		goto tr21;
	goto tr45;
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
	goto tr50;
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
	goto tr45;
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
	goto tr45;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
	if ( (*p) == 92u )
		goto st18;
	goto tr54;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
	if ( (*p) == 117u )
		goto st19;
	goto tr54;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
	switch( (*p) ) {
		case 68u: goto st20;
		case 100u: goto st20;
	}
	goto tr54;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
	if ( (*p) > 70u ) {
		if ( 99u <= (*p) && (*p) <= 102u )
			goto st12;
	} else if ( (*p) >= 67u )
		goto st12;
	goto tr54;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr21;
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
st28:
	if ( ++p == pe )
		goto _test_eof28;
case 28:
	if ( (*p) == 48u )
		goto st29;
	if ( 49u <= (*p) && (*p) <= 57u )
		goto st35;
	goto tr59;
st29:
	if ( ++p == pe )
		goto _test_eof29;
case 29:
	switch( (*p) ) {
		case 13u: goto st7;
		case 32u: goto st7;
		case 44u: goto st8;
		case 46u: goto st30;
		case 69u: goto st32;
		case 101u: goto st32;
		case 125u: goto tr6;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st7;
	goto tr40;
st30:
	if ( ++p == pe )
		goto _test_eof30;
case 30:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st31;
	goto tr59;
st31:
	if ( ++p == pe )
		goto _test_eof31;
case 31:
	switch( (*p) ) {
		case 13u: goto st7;
		case 32u: goto st7;
		case 44u: goto st8;
		case 69u: goto st32;
		case 101u: goto st32;
		case 125u: goto tr6;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st31;
	} else if ( (*p) >= 9u )
		goto st7;
	goto tr40;
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
	goto tr59;
st33:
	if ( ++p == pe )
		goto _test_eof33;
case 33:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st34;
	goto tr59;
st34:
	if ( ++p == pe )
		goto _test_eof34;
case 34:
	switch( (*p) ) {
		case 13u: goto st7;
		case 32u: goto st7;
		case 44u: goto st8;
		case 125u: goto tr6;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st34;
	} else if ( (*p) >= 9u )
		goto st7;
	goto tr40;
st35:
	if ( ++p == pe )
		goto _test_eof35;
case 35:
	switch( (*p) ) {
		case 13u: goto st7;
		case 32u: goto st7;
		case 44u: goto st8;
		case 46u: goto st30;
		case 69u: goto st32;
		case 101u: goto st32;
		case 125u: goto tr6;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st35;
	} else if ( (*p) >= 9u )
		goto st7;
	goto tr40;
st36:
	if ( ++p == pe )
		goto _test_eof36;
case 36:
	if ( (*p) == 97u )
		goto st37;
	goto tr65;
st37:
	if ( ++p == pe )
		goto _test_eof37;
case 37:
	if ( (*p) == 108u )
		goto st38;
	goto tr65;
st38:
	if ( ++p == pe )
		goto _test_eof38;
case 38:
	if ( (*p) == 115u )
		goto st39;
	goto tr65;
st39:
	if ( ++p == pe )
		goto _test_eof39;
case 39:
	if ( (*p) == 101u )
		goto st7;
	goto tr65;
st40:
	if ( ++p == pe )
		goto _test_eof40;
case 40:
	if ( (*p) == 117u )
		goto st41;
	goto tr69;
st41:
	if ( ++p == pe )
		goto _test_eof41;
case 41:
	if ( (*p) == 108u )
		goto st42;
	goto tr69;
st42:
	if ( ++p == pe )
		goto _test_eof42;
case 42:
	if ( (*p) == 108u )
		goto st7;
	goto tr69;
st43:
	if ( ++p == pe )
		goto _test_eof43;
case 43:
	if ( (*p) == 114u )
		goto st44;
	goto tr72;
st44:
	if ( ++p == pe )
		goto _test_eof44;
case 44:
	if ( (*p) == 117u )
		goto st45;
	goto tr72;
st45:
	if ( ++p == pe )
		goto _test_eof45;
case 45:
	if ( (*p) == 101u )
		goto st7;
	goto tr72;
st46:
	if ( ++p == pe )
		goto _test_eof46;
case 46:
	switch( (*p) ) {
		case 34u: goto tr5;
		case 47u: goto tr5;
		case 92u: goto tr5;
		case 98u: goto tr5;
		case 102u: goto tr5;
		case 110u: goto tr5;
		case 114u: goto tr5;
		case 116u: goto tr5;
		case 117u: goto st47;
	}
	goto tr43;
st47:
	if ( ++p == pe )
		goto _test_eof47;
case 47:
	switch( (*p) ) {
		case 68u: goto st51;
		case 100u: goto st51;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st48;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st48;
	} else
		goto st48;
	goto tr45;
st48:
	if ( ++p == pe )
		goto _test_eof48;
case 48:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st49;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st49;
	} else
		goto st49;
	goto tr45;
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
	goto tr45;
st50:
	if ( ++p == pe )
		goto _test_eof50;
case 50:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr5;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr5;
	} else
		goto tr5;
	goto tr45;
st51:
	if ( ++p == pe )
		goto _test_eof51;
case 51:
	if ( (*p) < 56u ) {
		if ( 48u <= (*p) && (*p) <= 55u )
			goto st49;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 66u ) {
			if ( 97u <= (*p) && (*p) <= 98u )
				goto st52;
		} else if ( (*p) >= 65u )
			goto st52;
	} else
		goto st52;
	goto tr50;
st52:
	if ( ++p == pe )
		goto _test_eof52;
case 52:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st53;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st53;
	} else
		goto st53;
	goto tr45;
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
	goto tr45;
st54:
	if ( ++p == pe )
		goto _test_eof54;
case 54:
	if ( (*p) == 92u )
		goto st55;
	goto tr54;
st55:
	if ( ++p == pe )
		goto _test_eof55;
case 55:
	if ( (*p) == 117u )
		goto st56;
	goto tr54;
st56:
	if ( ++p == pe )
		goto _test_eof56;
case 56:
	switch( (*p) ) {
		case 68u: goto st57;
		case 100u: goto st57;
	}
	goto tr54;
st57:
	if ( ++p == pe )
		goto _test_eof57;
case 57:
	if ( (*p) > 70u ) {
		if ( 99u <= (*p) && (*p) <= 102u )
			goto st49;
	} else if ( (*p) >= 67u )
		goto st49;
	goto tr54;
st58:
	if ( ++p == pe )
		goto _test_eof58;
case 58:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr5;
	goto st0;
st59:
	if ( ++p == pe )
		goto _test_eof59;
case 59:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st58;
	goto st0;
st60:
	if ( ++p == pe )
		goto _test_eof60;
case 60:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st58;
	goto st0;
st61:
	if ( ++p == pe )
		goto _test_eof61;
case 61:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st58;
	goto st0;
st62:
	if ( ++p == pe )
		goto _test_eof62;
case 62:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st60;
	goto st0;
st63:
	if ( ++p == pe )
		goto _test_eof63;
case 63:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st60;
	goto st0;
st64:
	if ( ++p == pe )
		goto _test_eof64;
case 64:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st60;
	goto st0;
st65:
	if ( ++p == pe )
		goto _test_eof65;
case 65:
	switch( (*p) ) {
		case 13u: goto st65;
		case 32u: goto st65;
		case 34u: goto tr88;
		case 45u: goto st69;
		case 48u: goto st70;
		case 91u: goto tr92;
		case 93u: goto tr93;
		case 102u: goto st77;
		case 110u: goto st81;
		case 116u: goto st84;
		case 123u: goto tr97;
	}
	if ( (*p) > 10u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto st76;
	} else if ( (*p) >= 9u )
		goto st65;
	goto tr86;
tr88:
	{ p = skip_plain(p, pe); }
	goto st66;
st66:
	if ( ++p == pe )
		goto _test_eof66;
case 66:
	switch( (*p) ) {
		case 34u: goto st67;
		case 92u: goto st87;
		case 224u: goto st100;
		case 237u: goto st102;
		case 240u: goto st103;
		case 244u: goto st105;
	}
	if ( (*p) < 194u ) {
		if ( 32u <= (*p) && (*p) <= 127u )
			goto st66;
	} else if ( (*p) > 223u ) {
		if ( (*p) > 239u ) {
			if ( 241u <= (*p) && (*p) <= 243u )
				goto st104;
		} else if ( (*p) >= 225u )
			goto st101;
	} else
		goto st99;
	goto tr7;
tr92:
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        {stack[top++] = 67;goto st65;}
    }
	goto st67;
tr97:
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        {stack[top++] = 67;goto st2;}
    }
	goto st67;
st67:
	if ( ++p == pe )
		goto _test_eof67;
case 67:
	switch( (*p) ) {
		case 13u: goto st67;
		case 32u: goto st67;
		case 44u: goto st68;
		case 93u: goto tr93;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st67;
	goto tr108;
st68:
	if ( ++p == pe )
		goto _test_eof68;
case 68:
	switch( (*p) ) {
		case 13u: goto st68;
		case 32u: goto st68;
		case 34u: goto tr88;
		case 45u: goto st69;
		case 48u: goto st70;
		case 91u: goto tr92;
		case 102u: goto st77;
		case 110u: goto st81;
		case 116u: goto st84;
		case 123u: goto tr97;
	}
	if ( (*p) > 10u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto st76;
	} else if ( (*p) >= 9u )
		goto st68;
	goto tr20;
st69:
	if ( ++p == pe )
		goto _test_eof69;
case 69:
	if ( (*p) == 48u )
		goto st70;
	if ( 49u <= (*p) && (*p) <= 57u )
		goto st76;
	goto tr59;
st70:
	if ( ++p == pe )
		goto _test_eof70;
case 70:
	switch( (*p) ) {
		case 13u: goto st67;
		case 32u: goto st67;
		case 44u: goto st68;
		case 46u: goto st71;
		case 69u: goto st73;
		case 93u: goto tr93;
		case 101u: goto st73;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st67;
	goto tr108;
st71:
	if ( ++p == pe )
		goto _test_eof71;
case 71:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st72;
	goto tr59;
st72:
	if ( ++p == pe )
		goto _test_eof72;
case 72:
	switch( (*p) ) {
		case 13u: goto st67;
		case 32u: goto st67;
		case 44u: goto st68;
		case 69u: goto st73;
		case 93u: goto tr93;
		case 101u: goto st73;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st72;
	} else if ( (*p) >= 9u )
		goto st67;
	goto tr108;
st73:
	if ( ++p == pe )
		goto _test_eof73;
case 73:
	switch( (*p) ) {
		case 43u: goto st74;
		case 45u: goto st74;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st75;
	goto tr59;
st74:
	if ( ++p == pe )
		goto _test_eof74;
case 74:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st75;
	goto tr59;
st75:
	if ( ++p == pe )
		goto _test_eof75;
case 75:
	switch( (*p) ) {
		case 13u: goto st67;
		case 32u: goto st67;
		case 44u: goto st68;
		case 93u: goto tr93;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st75;
	} else if ( (*p) >= 9u )
		goto st67;
	goto tr108;
tr93:
	{ {cs = stack[--top];goto _again;} }
	goto st207;
st207:
	if ( ++p == pe )
		goto _test_eof207;
case 207:
	goto st0;
st76:
	if ( ++p == pe )
		goto _test_eof76;
case 76:
	switch( (*p) ) {
		case 13u: goto st67;
		case 32u: goto st67;
		case 44u: goto st68;
		case 46u: goto st71;
		case 69u: goto st73;
		case 93u: goto tr93;
		case 101u: goto st73;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st76;
	} else if ( (*p) >= 9u )
		goto st67;
	goto tr108;
st77:
	if ( ++p == pe )
		goto _test_eof77;
case 77:
	if ( (*p) == 97u )
		goto st78;
	goto tr65;
st78:
	if ( ++p == pe )
		goto _test_eof78;
case 78:
	if ( (*p) == 108u )
		goto st79;
	goto tr65;
st79:
	if ( ++p == pe )
		goto _test_eof79;
case 79:
	if ( (*p) == 115u )
		goto st80;
	goto tr65;
st80:
	if ( ++p == pe )
		goto _test_eof80;
case 80:
	if ( (*p) == 101u )
		goto st67;
	goto tr65;
st81:
	if ( ++p == pe )
		goto _test_eof81;
case 81:
	if ( (*p) == 117u )
		goto st82;
	goto tr69;
st82:
	if ( ++p == pe )
		goto _test_eof82;
case 82:
	if ( (*p) == 108u )
		goto st83;
	goto tr69;
st83:
	if ( ++p == pe )
		goto _test_eof83;
case 83:
	if ( (*p) == 108u )
		goto st67;
	goto tr69;
st84:
	if ( ++p == pe )
		goto _test_eof84;
case 84:
	if ( (*p) == 114u )
		goto st85;
	goto tr72;
st85:
	if ( ++p == pe )
		goto _test_eof85;
case 85:
	if ( (*p) == 117u )
		goto st86;
	goto tr72;
st86:
	if ( ++p == pe )
		goto _test_eof86;
case 86:
	if ( (*p) == 101u )
		goto st67;
	goto tr72;
st87:
	if ( ++p == pe )
		goto _test_eof87;
case 87:
	switch( (*p) ) {
		case 34u: goto tr88;
		case 47u: goto tr88;
		case 92u: goto tr88;
		case 98u: goto tr88;
		case 102u: goto tr88;
		case 110u: goto tr88;
		case 114u: goto tr88;
		case 116u: goto tr88;
		case 117u: goto st88;
	}
	goto tr43;
st88:
	if ( ++p == pe )
		goto _test_eof88;
case 88:
	switch( (*p) ) {
		case 68u: goto st92;
		case 100u: goto st92;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st89;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st89;
	} else
		goto st89;
	goto tr45;
st89:
	if ( ++p == pe )
		goto _test_eof89;
case 89:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st90;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st90;
	} else
		goto st90;
	goto tr45;
st90:
	if ( ++p == pe )
		goto _test_eof90;
case 90:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st91;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st91;
	} else
		goto st91;
	goto tr45;
st91:
	if ( ++p == pe )
		goto _test_eof91;
case 91:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr88;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr88;
	} else
		goto tr88;
	goto tr45;
st92:
	if ( ++p == pe )
		goto _test_eof92;
case 92:
	if ( (*p) < 56u ) {
		if ( 48u <= (*p) && (*p) <= 55u )
			goto st90;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 66u ) {
			if ( 97u <= (*p) && (*p) <= 98u )
				goto st93;
		} else if ( (*p) >= 65u )
			goto st93;
	} else
		goto st93;
	goto tr50;
st93:
	if ( ++p == pe )
		goto _test_eof93;
case 93:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st94;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st94;
	} else
		goto st94;
	goto tr45;
st94:
	if ( ++p == pe )
		goto _test_eof94;
case 94:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st95;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st95;
	} else
		goto st95;
	goto tr45;
st95:
	if ( ++p == pe )
		goto _test_eof95;
case 95:
	if ( (*p) == 92u )
		goto st96;
	goto tr54;
st96:
	if ( ++p == pe )
		goto _test_eof96;
case 96:
	if ( (*p) == 117u )
		goto st97;
	goto tr54;
st97:
	if ( ++p == pe )
		goto _test_eof97;
case 97:
	switch( (*p) ) {
		case 68u: goto st98;
		case 100u: goto st98;
	}
	goto tr54;
st98:
	if ( ++p == pe )
		goto _test_eof98;
case 98:
	if ( (*p) > 70u ) {
		if ( 99u <= (*p) && (*p) <= 102u )
			goto st90;
	} else if ( (*p) >= 67u )
		goto st90;
	goto tr54;
st99:
	if ( ++p == pe )
		goto _test_eof99;
case 99:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr88;
	goto st0;
st100:
	if ( ++p == pe )
		goto _test_eof100;
case 100:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st99;
	goto st0;
st101:
	if ( ++p == pe )
		goto _test_eof101;
case 101:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st99;
	goto st0;
st102:
	if ( ++p == pe )
		goto _test_eof102;
case 102:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st99;
	goto st0;
st103:
	if ( ++p == pe )
		goto _test_eof103;
case 103:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st101;
	goto st0;
st104:
	if ( ++p == pe )
		goto _test_eof104;
case 104:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st101;
	goto st0;
st105:
	if ( ++p == pe )
		goto _test_eof105;
case 105:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st101;
	goto st0;
st106:
	if ( ++p == pe )
		goto _test_eof106;
case 106:
	switch( (*p) ) {
		case 13u: goto st106;
		case 32u: goto st106;
		case 34u: goto tr134;
		case 125u: goto tr135;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st106;
	goto tr3;
tr199:
	{ p = skip_plain(p, pe); }
	goto st107;
tr134:
	{ mark = p; }
	{ p = skip_plain(p, pe); }
	goto st107;
st107:
	if ( ++p == pe )
		goto _test_eof107;
case 107:
	switch( (*p) ) {
		case 34u: goto tr137;
		case 92u: goto st151;
		case 224u: goto st164;
		case 237u: goto st166;
		case 240u: goto st167;
		case 244u: goto st169;
	}
	if ( (*p) < 194u ) {
		if ( 32u <= (*p) && (*p) <= 127u )
			goto st107;
	} else if ( (*p) > 223u ) {
		if ( (*p) > 239u ) {
			if ( 241u <= (*p) && (*p) <= 243u )
				goto st168;
		} else if ( (*p) >= 225u )
			goto st165;
	} else
		goto st163;
	goto tr7;
tr137:
	{ member = stellar__json_member(scan->notes, stellar__slice(mark + 1, p)); }
	goto st108;
st108:
	if ( ++p == pe )
		goto _test_eof108;
case 108:
	switch( (*p) ) {
		case 13u: goto st108;
		case 32u: goto st108;
		case 58u: goto st109;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st108;
	goto tr18;
st109:
	if ( ++p == pe )
		goto _test_eof109;
case 109:
	switch( (*p) ) {
		case 13u: goto st109;
		case 32u: goto st109;
		case 34u: goto tr148;
		case 45u: goto tr149;
		case 48u: goto tr150;
		case 91u: goto tr152;
		case 102u: goto tr153;
		case 110u: goto tr154;
		case 116u: goto tr155;
		case 123u: goto tr156;
	}
	if ( (*p) > 10u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto tr151;
	} else if ( (*p) >= 9u )
		goto st109;
	goto tr20;
tr173:
	{ p = skip_plain(p, pe); }
	goto st110;
tr148:
	{ mark = p; }
	{ p = skip_plain(p, pe); }
	goto st110;
st110:
	if ( ++p == pe )
		goto _test_eof110;
case 110:
	switch( (*p) ) {
		case 34u: goto st111;
		case 92u: goto st114;
		case 224u: goto st127;
		case 237u: goto st129;
		case 240u: goto st130;
		case 244u: goto st132;
	}
	if ( (*p) < 194u ) {
		if ( 32u <= (*p) && (*p) <= 127u )
			goto st110;
	} else if ( (*p) > 223u ) {
		if ( (*p) > 239u ) {
			if ( 241u <= (*p) && (*p) <= 243u )
				goto st131;
		} else if ( (*p) >= 225u )
			goto st128;
	} else
		goto st126;
	goto tr7;
tr152:
	{ mark = p; }
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        {stack[top++] = 111;goto st65;}
    }
	goto st111;
tr156:
	{ mark = p; }
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        {stack[top++] = 111;goto st2;}
    }
	goto st111;
st111:
	if ( ++p == pe )
		goto _test_eof111;
case 111:
	switch( (*p) ) {
		case 13u: goto tr167;
		case 32u: goto tr167;
		case 44u: goto tr168;
		case 125u: goto tr169;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr167;
	goto tr40;
tr167:
	{
        if (member != NULL)
            *member = stellar__slice(mark, p);
    }
	goto st112;
st112:
	if ( ++p == pe )
		goto _test_eof112;
case 112:
	switch( (*p) ) {
		case 13u: goto st112;
		case 32u: goto st112;
		case 44u: goto st113;
		case 125u: goto tr172;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st112;
	goto tr40;
tr168:
	{
        if (member != NULL)
            *member = stellar__slice(mark, p);
    }
	goto st113;
st113:
	if ( ++p == pe )
		goto _test_eof113;
case 113:
	switch( (*p) ) {
		case 13u: goto st113;
		case 32u: goto st113;
		case 34u: goto tr134;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st113;
	goto tr42;
tr172:
	{ {cs = stack[--top];goto _again;} }
	goto st208;
tr135:
	{ mark = p; }
	{ {cs = stack[--top];goto _again;} }
	goto st208;
tr169:
	{
        if (member != NULL)
            *member = stellar__slice(mark, p);
    }
	{ {cs = stack[--top];goto _again;} }
	goto st208;
st208:
	if ( ++p == pe )
		goto _test_eof208;
case 208:
	goto st0;
st114:
	if ( ++p == pe )
		goto _test_eof114;
case 114:
	switch( (*p) ) {
		case 34u: goto tr173;
		case 47u: goto tr173;
		case 92u: goto tr173;
		case 98u: goto tr173;
		case 102u: goto tr173;
		case 110u: goto tr173;
		case 114u: goto tr173;
		case 116u: goto tr173;
		case 117u: goto st115;
	}
	goto tr43;
st115:
	if ( ++p == pe )
		goto _test_eof115;
case 115:
	switch( (*p) ) {
		case 68u: goto st119;
		case 100u: goto st119;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st116;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st116;
	} else
		goto st116;
	goto tr45;
st116:
	if ( ++p == pe )
		goto _test_eof116;
case 116:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st117;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st117;
	} else
		goto st117;
	goto tr45;
st117:
	if ( ++p == pe )
		goto _test_eof117;
case 117:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st118;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st118;
	} else
		goto st118;
	goto tr45;
st118:
	if ( ++p == pe )
		goto _test_eof118;
case 118:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr173;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr173;
	} else
		goto tr173;
	goto tr45;
st119:
	if ( ++p == pe )
		goto _test_eof119;
case 119:
	if ( (*p) < 56u ) {
		if ( 48u <= (*p) && (*p) <= 55u )
			goto st117;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 66u ) {
			if ( 97u <= (*p) && (*p) <= 98u )
				goto st120;
		} else if ( (*p) >= 65u )
			goto st120;
	} else
		goto st120;
	goto tr50;
st120:
	if ( ++p == pe )
		goto _test_eof120;
case 120:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st121;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st121;
	} else
		goto st121;
	goto tr45;
st121:
	if ( ++p == pe )
		goto _test_eof121;
case 121:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st122;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st122;
	} else
		goto st122;
	goto tr45;
st122:
	if ( ++p == pe )
		goto _test_eof122;
case 122:
	if ( (*p) == 92u )
		goto st123;
	goto tr54;
st123:
	if ( ++p == pe )
		goto _test_eof123;
case 123:
	if ( (*p) == 117u )
		goto st124;
	goto tr54;
st124:
	if ( ++p == pe )
		goto _test_eof124;
case 124:
	switch( (*p) ) {
		case 68u: goto st125;
		case 100u: goto st125;
	}
	goto tr54;
st125:
	if ( ++p == pe )
		goto _test_eof125;
case 125:
	if ( (*p) > 70u ) {
		if ( 99u <= (*p) && (*p) <= 102u )
			goto st117;
	} else if ( (*p) >= 67u )
		goto st117;
	goto tr54;
st126:
	if ( ++p == pe )
		goto _test_eof126;
case 126:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr173;
	goto st0;
st127:
	if ( ++p == pe )
		goto _test_eof127;
case 127:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st126;
	goto st0;
st128:
	if ( ++p == pe )
		goto _test_eof128;
case 128:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st126;
	goto st0;
st129:
	if ( ++p == pe )
		goto _test_eof129;
case 129:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st126;
	goto st0;
st130:
	if ( ++p == pe )
		goto _test_eof130;
case 130:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st128;
	goto st0;
st131:
	if ( ++p == pe )
		goto _test_eof131;
case 131:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st128;
	goto st0;
st132:
	if ( ++p == pe )
		goto _test_eof132;
case 132:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st128;
	goto st0;
tr149:
	{ mark = p; }
	goto st133;
st133:
	if ( ++p == pe )
		goto _test_eof133;
case 133:
	if ( (*p) == 48u )
		goto st134;
	if ( 49u <= (*p) && (*p) <= 57u )
		goto st140;
	goto tr59;
tr150:
	{ mark = p; }
	goto st134;
st134:
	if ( ++p == pe )
		goto _test_eof134;
case 134:
	switch( (*p) ) {
		case 13u: goto tr167;
		case 32u: goto tr167;
		case 44u: goto tr168;
		case 46u: goto st135;
		case 69u: goto st137;
		case 101u: goto st137;
		case 125u: goto tr169;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr167;
	goto tr40;
st135:
	if ( ++p == pe )
		goto _test_eof135;
case 135:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st136;
	goto tr59;
st136:
	if ( ++p == pe )
		goto _test_eof136;
case 136:
	switch( (*p) ) {
		case 13u: goto tr167;
		case 32u: goto tr167;
		case 44u: goto tr168;
		case 69u: goto st137;
		case 101u: goto st137;
		case 125u: goto tr169;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st136;
	} else if ( (*p) >= 9u )
		goto tr167;
	goto tr40;
st137:
	if ( ++p == pe )
		goto _test_eof137;
case 137:
	switch( (*p) ) {
		case 43u: goto st138;
		case 45u: goto st138;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st139;
	goto tr59;
st138:
	if ( ++p == pe )
		goto _test_eof138;
case 138:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st139;
	goto tr59;
st139:
	if ( ++p == pe )
		goto _test_eof139;
case 139:
	switch( (*p) ) {
		case 13u: goto tr167;
		case 32u: goto tr167;
		case 44u: goto tr168;
		case 125u: goto tr169;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st139;
	} else if ( (*p) >= 9u )
		goto tr167;
	goto tr40;
tr151:
	{ mark = p; }
	goto st140;
st140:
	if ( ++p == pe )
		goto _test_eof140;
case 140:
	switch( (*p) ) {
		case 13u: goto tr167;
		case 32u: goto tr167;
		case 44u: goto tr168;
		case 46u: goto st135;
		case 69u: goto st137;
		case 101u: goto st137;
		case 125u: goto tr169;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st140;
	} else if ( (*p) >= 9u )
		goto tr167;
	goto tr40;
tr153:
	{ mark = p; }
	goto st141;
st141:
	if ( ++p == pe )
		goto _test_eof141;
case 141:
	if ( (*p) == 97u )
		goto st142;
	goto tr65;
st142:
	if ( ++p == pe )
		goto _test_eof142;
case 142:
	if ( (*p) == 108u )
		goto st143;
	goto tr65;
st143:
	if ( ++p == pe )
		goto _test_eof143;
case 143:
	if ( (*p) == 115u )
		goto st144;
	goto tr65;
st144:
	if ( ++p == pe )
		goto _test_eof144;
case 144:
	if ( (*p) == 101u )
		goto st111;
	goto tr65;
tr154:
	{ mark = p; }
	goto st145;
st145:
	if ( ++p == pe )
		goto _test_eof145;
case 145:
	if ( (*p) == 117u )
		goto st146;
	goto tr69;
st146:
	if ( ++p == pe )
		goto _test_eof146;
case 146:
	if ( (*p) == 108u )
		goto st147;
	goto tr69;
st147:
	if ( ++p == pe )
		goto _test_eof147;
case 147:
	if ( (*p) == 108u )
		goto st111;
	goto tr69;
tr155:
	{ mark = p; }
	goto st148;
st148:
	if ( ++p == pe )
		goto _test_eof148;
case 148:
	if ( (*p) == 114u )
		goto st149;
	goto tr72;
st149:
	if ( ++p == pe )
		goto _test_eof149;
case 149:
	if ( (*p) == 117u )
		goto st150;
	goto tr72;
st150:
	if ( ++p == pe )
		goto _test_eof150;
case 150:
	if ( (*p) == 101u )
		goto st111;
	goto tr72;
st151:
	if ( ++p == pe )
		goto _test_eof151;
case 151:
	switch( (*p) ) {
		case 34u: goto tr199;
		case 47u: goto tr199;
		case 92u: goto tr199;
		case 98u: goto tr199;
		case 102u: goto tr199;
		case 110u: goto tr199;
		case 114u: goto tr199;
		case 116u: goto tr199;
		case 117u: goto st152;
	}
	goto tr43;
st152:
	if ( ++p == pe )
		goto _test_eof152;
case 152:
	switch( (*p) ) {
		case 68u: goto st156;
		case 100u: goto st156;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st153;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st153;
	} else
		goto st153;
	goto tr45;
st153:
	if ( ++p == pe )
		goto _test_eof153;
case 153:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st154;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st154;
	} else
		goto st154;
	goto tr45;
st154:
	if ( ++p == pe )
		goto _test_eof154;
case 154:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st155;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st155;
	} else
		goto st155;
	goto tr45;
st155:
	if ( ++p == pe )
		goto _test_eof155;
case 155:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr199;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr199;
	} else
		goto tr199;
	goto tr45;
st156:
	if ( ++p == pe )
		goto _test_eof156;
case 156:
	if ( (*p) < 56u ) {
		if ( 48u <= (*p) && (*p) <= 55u )
			goto st154;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 66u ) {
			if ( 97u <= (*p) && (*p) <= 98u )
				goto st157;
		} else if ( (*p) >= 65u )
			goto st157;
	} else
		goto st157;
	goto tr50;
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
	goto tr45;
st158:
	if ( ++p == pe )
		goto _test_eof158;
case 158:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st159;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st159;
	} else
		goto st159;
	goto tr45;
st159:
	if ( ++p == pe )
		goto _test_eof159;
case 159:
	if ( (*p) == 92u )
		goto st160;
	goto tr54;
st160:
	if ( ++p == pe )
		goto _test_eof160;
case 160:
	if ( (*p) == 117u )
		goto st161;
	goto tr54;
st161:
	if ( ++p == pe )
		goto _test_eof161;
case 161:
	switch( (*p) ) {
		case 68u: goto st162;
		case 100u: goto st162;
	}
	goto tr54;
st162:
	if ( ++p == pe )
		goto _test_eof162;
case 162:
	if ( (*p) > 70u ) {
		if ( 99u <= (*p) && (*p) <= 102u )
			goto st154;
	} else if ( (*p) >= 67u )
		goto st154;
	goto tr54;
st163:
	if ( ++p == pe )
		goto _test_eof163;
case 163:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr199;
	goto st0;
st164:
	if ( ++p == pe )
		goto _test_eof164;
case 164:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st163;
	goto st0;
st165:
	if ( ++p == pe )
		goto _test_eof165;
case 165:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st163;
	goto st0;
st166:
	if ( ++p == pe )
		goto _test_eof166;
case 166:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st163;
	goto st0;
st167:
	if ( ++p == pe )
		goto _test_eof167;
case 167:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st165;
	goto st0;
st168:
	if ( ++p == pe )
		goto _test_eof168;
case 168:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st165;
	goto st0;
st169:
	if ( ++p == pe )
		goto _test_eof169;
case 169:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st165;
	goto st0;
st170:
	if ( ++p == pe )
		goto _test_eof170;
case 170:
	switch( (*p) ) {
		case 13u: goto st170;
		case 32u: goto st170;
		case 34u: goto tr212;
		case 45u: goto st191;
		case 48u: goto st210;
		case 91u: goto tr216;
		case 102u: goto st195;
		case 110u: goto st199;
		case 116u: goto st202;
		case 123u: goto tr220;
	}
	if ( (*p) > 10u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto st213;
	} else if ( (*p) >= 9u )
		goto st170;
	goto tr20;
tr212:
	{ p = skip_plain(p, pe); }
	goto st171;
st171:
	if ( ++p == pe )
		goto _test_eof171;
case 171:
	switch( (*p) ) {
		case 34u: goto st209;
		case 92u: goto st172;
		case 224u: goto st185;
		case 237u: goto st187;
		case 240u: goto st188;
		case 244u: goto st190;
	}
	if ( (*p) < 194u ) {
		if ( 32u <= (*p) && (*p) <= 127u )
			goto st171;
	} else if ( (*p) > 223u ) {
		if ( (*p) > 239u ) {
			if ( 241u <= (*p) && (*p) <= 243u )
				goto st189;
		} else if ( (*p) >= 225u )
			goto st186;
	} else
		goto st184;
	goto tr7;
tr216:
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        {stack[top++] = 209;goto st65;}
    }
	goto st209;
tr220:
	{
        if (top == STELLAR_JSON_DEPTH_MAX)
            goto too_deep;
        {stack[top++] = 209;goto st2;}
    }
	goto st209;
st209:
	if ( ++p == pe )
		goto _test_eof209;
case 209:
	switch( (*p) ) {
		case 13u: goto st209;
		case 32u: goto st209;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st209;
	goto tr254;
st172:
	if ( ++p == pe )
		goto _test_eof172;
case 172:
	switch( (*p) ) {
		case 34u: goto tr212;
		case 47u: goto tr212;
		case 92u: goto tr212;
		case 98u: goto tr212;
		case 102u: goto tr212;
		case 110u: goto tr212;
		case 114u: goto tr212;
		case 116u: goto tr212;
		case 117u: goto st173;
	}
	goto tr43;
st173:
	if ( ++p == pe )
		goto _test_eof173;
case 173:
	switch( (*p) ) {
		case 68u: goto st177;
		case 100u: goto st177;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st174;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st174;
	} else
		goto st174;
	goto tr45;
st174:
	if ( ++p == pe )
		goto _test_eof174;
case 174:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st175;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st175;
	} else
		goto st175;
	goto tr45;
st175:
	if ( ++p == pe )
		goto _test_eof175;
case 175:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st176;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st176;
	} else
		goto st176;
	goto tr45;
st176:
	if ( ++p == pe )
		goto _test_eof176;
case 176:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr212;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr212;
	} else
		goto tr212;
	goto tr45;
st177:
	if ( ++p == pe )
		goto _test_eof177;
case 177:
	if ( (*p) < 56u ) {
		if ( 48u <= (*p) && (*p) <= 55u )
			goto st175;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 66u ) {
			if ( 97u <= (*p) && (*p) <= 98u )
				goto st178;
		} else if ( (*p) >= 65u )
			goto st178;
	} else
		goto st178;
	goto tr50;
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
	goto tr45;
st179:
	if ( ++p == pe )
		goto _test_eof179;
case 179:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st180;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st180;
	} else
		goto st180;
	goto tr45;
st180:
	if ( ++p == pe )
		goto _test_eof180;
case 180:
	if ( (*p) == 92u )
		goto st181;
	goto tr54;
st181:
	if ( ++p == pe )
		goto _test_eof181;
case 181:
	if ( (*p) == 117u )
		goto st182;
	goto tr54;
st182:
	if ( ++p == pe )
		goto _test_eof182;
case 182:
	switch( (*p) ) {
		case 68u: goto st183;
		case 100u: goto st183;
	}
	goto tr54;
st183:
	if ( ++p == pe )
		goto _test_eof183;
case 183:
	if ( (*p) > 70u ) {
		if ( 99u <= (*p) && (*p) <= 102u )
			goto st175;
	} else if ( (*p) >= 67u )
		goto st175;
	goto tr54;
st184:
	if ( ++p == pe )
		goto _test_eof184;
case 184:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr212;
	goto st0;
st185:
	if ( ++p == pe )
		goto _test_eof185;
case 185:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st184;
	goto st0;
st186:
	if ( ++p == pe )
		goto _test_eof186;
case 186:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st184;
	goto st0;
st187:
	if ( ++p == pe )
		goto _test_eof187;
case 187:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st184;
	goto st0;
st188:
	if ( ++p == pe )
		goto _test_eof188;
case 188:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st186;
	goto st0;
st189:
	if ( ++p == pe )
		goto _test_eof189;
case 189:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st186;
	goto st0;
st190:
	if ( ++p == pe )
		goto _test_eof190;
case 190:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st186;
	goto st0;
st191:
	if ( ++p == pe )
		goto _test_eof191;
case 191:
	if ( (*p) == 48u )
		goto st210;
	if ( 49u <= (*p) && (*p) <= 57u )
		goto st213;
	goto tr59;
st210:
	if ( ++p == pe )
		goto _test_eof210;
case 210:
	switch( (*p) ) {
		case 13u: goto st209;
		case 32u: goto st209;
		case 46u: goto st192;
		case 69u: goto st193;
		case 101u: goto st193;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto st209;
	goto tr254;
st192:
	if ( ++p == pe )
		goto _test_eof192;
case 192:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st211;
	goto tr59;
st211:
	if ( ++p == pe )
		goto _test_eof211;
case 211:
	switch( (*p) ) {
		case 13u: goto st209;
		case 32u: goto st209;
		case 69u: goto st193;
		case 101u: goto st193;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st211;
	} else if ( (*p) >= 9u )
		goto st209;
	goto tr254;
st193:
	if ( ++p == pe )
		goto _test_eof193;
case 193:
	switch( (*p) ) {
		case 43u: goto st194;
		case 45u: goto st194;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st212;
	goto tr59;
st194:
	if ( ++p == pe )
		goto _test_eof194;
case 194:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st212;
	goto tr59;
st212:
	if ( ++p == pe )
		goto _test_eof212;
case 212:
	switch( (*p) ) {
		case 13u: goto st209;
		case 32u: goto st209;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st212;
	} else if ( (*p) >= 9u )
		goto st209;
	goto tr254;
st213:
	if ( ++p == pe )
		goto _test_eof213;
case 213:
	switch( (*p) ) {
		case 13u: goto st209;
		case 32u: goto st209;
		case 46u: goto st192;
		case 69u: goto st193;
		case 101u: goto st193;
	}
	if ( (*p) > 10u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st213;
	} else if ( (*p) >= 9u )
		goto st209;
	goto tr254;
st195:
	if ( ++p == pe )
		goto _test_eof195;
case 195:
	if ( (*p) == 97u )
		goto st196;
	goto tr65;
st196:
	if ( ++p == pe )
		goto _test_eof196;
case 196:
	if ( (*p) == 108u )
		goto st197;
	goto tr65;
st197:
	if ( ++p == pe )
		goto _test_eof197;
case 197:
	if ( (*p) == 115u )
		goto st198;
	goto tr65;
st198:
	if ( ++p == pe )
		goto _test_eof198;
case 198:
	if ( (*p) == 101u )
		goto st209;
	goto tr65;
st199:
	if ( ++p == pe )
		goto _test_eof199;
case 199:
	if ( (*p) == 117u )
		goto st200;
	goto tr69;
st200:
	if ( ++p == pe )
		goto _test_eof200;
case 200:
	if ( (*p) == 108u )
		goto st201;
	goto tr69;
st201:
	if ( ++p == pe )
		goto _test_eof201;
case 201:
	if ( (*p) == 108u )
		goto st209;
	goto tr69;
st202:
	if ( ++p == pe )
		goto _test_eof202;
case 202:
	if ( (*p) == 114u )
		goto st203;
	goto tr72;
st203:
	if ( ++p == pe )
		goto _test_eof203;
case 203:
	if ( (*p) == 117u )
		goto st204;
	goto tr72;
st204:
	if ( ++p == pe )
		goto _test_eof204;
case 204:
	if ( (*p) == 101u )
		goto st209;
	goto tr72;
	}
	_test_eof1: cs = 1; goto _test_eof;
	_test_eof205: cs = 205; goto _test_eof;
	_test_eof2: cs = 2; goto _test_eof;
	_test_eof3: cs = 3; goto _test_eof;
	_test_eof4: cs = 4; goto _test_eof;
	_test_eof5: cs = 5; goto _test_eof;
	_test_eof6: cs = 6; goto _test_eof;
	_test_eof7: cs = 7; goto _test_eof;
	_test_eof8: cs = 8; goto _test_eof;
	_test_eof206: cs = 206; goto _test_eof;
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
	_test_eof207: cs = 207; goto _test_eof;
	_test_eof76: cs = 76; goto _test_eof;
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
	_test_eof208: cs = 208; goto _test_eof;
	_test_eof114: cs = 114; goto _test_eof;
	_test_eof115: cs = 115; goto _test_eof;
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
	_test_eof209: cs = 209; goto _test_eof;
	_test_eof172: cs = 172; goto _test_eof;
	_test_eof173: cs = 173; goto _test_eof;
	_test_eof174: cs = 174; goto _test_eof;
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
	_test_eof210: cs = 210; goto _test_eof;
	_test_eof192: cs = 192; goto _test_eof;
	_test_eof211: cs = 211; goto _test_eof;
	_test_eof193: cs = 193; goto _test_eof;
	_test_eof194: cs = 194; goto _test_eof;
	_test_eof212: cs = 212; goto _test_eof;
	_test_eof213: cs = 213; goto _test_eof;
	_test_eof195: cs = 195; goto _test_eof;
	_test_eof196: cs = 196; goto _test_eof;
	_test_eof197: cs = 197; goto _test_eof;
	_test_eof198: cs = 198; goto _test_eof;
	_test_eof199: cs = 199; goto _test_eof;
	_test_eof200: cs = 200; goto _test_eof;
	_test_eof201: cs = 201; goto _test_eof;
	_test_eof202: cs = 202; goto _test_eof;
	_test_eof203: cs = 203; goto _test_eof;
	_test_eof204: cs = 204; goto _test_eof;

	_test_eof: {}
	if ( p == eof )
	{
	switch ( cs ) {
	case 5:
	case 68:
	case 109:
	case 170:
	{ scan->expected = "a value"; }
	break;
	case 65:
	{ scan->expected = "a value or ']'"; }
	break;
	case 67:
	case 70:
	case 72:
	case 75:
	case 76:
	{ scan->expected = "',' or ']'"; }
	break;
	case 8:
	case 113:
	{ scan->expected = "a member name"; }
	break;
	case 2:
	case 106:
	{ scan->expected = "a member name or '}'"; }
	break;
	case 7:
	case 29:
	case 31:
	case 34:
	case 35:
	case 111:
	case 112:
	case 134:
	case 136:
	case 139:
	case 140:
	{ scan->expected = "',' or '}'"; }
	break;
	case 4:
	case 108:
	{ scan->expected = "':'"; }
	break;
	case 1:
	{ scan->expected = "'{'"; }
	break;
	case 43:
	case 44:
	case 45:
	case 84:
	case 85:
	case 86:
	case 148:
	case 149:
	case 150:
	case 202:
	case 203:
	case 204:
	{ scan->expected = "'true'"; }
	break;
	case 36:
	case 37:
	case 38:
	case 39:
	case 77:
	case 78:
	case 79:
	case 80:
	case 141:
	case 142:
	case 143:
	case 144:
	case 195:
	case 196:
	case 197:
	case 198:
	{ scan->expected = "'false'"; }
	break;
	case 40:
	case 41:
	case 42:
	case 81:
	case 82:
	case 83:
	case 145:
	case 146:
	case 147:
	case 199:
	case 200:
	case 201:
	{ scan->expected = "'null'"; }
	break;
	case 28:
	case 30:
	case 32:
	case 33:
	case 69:
	case 71:
	case 73:
	case 74:
	case 133:
	case 135:
	case 137:
	case 138:
	case 191:
	case 192:
	case 193:
	case 194:
	{ scan->expected = "a digit"; }
	break;
	case 9:
	case 46:
	case 87:
	case 114:
	case 151:
	case 172:
	{ scan->expected = "an escape"; }
	break;
	case 10:
	case 11:
	case 12:
	case 13:
	case 15:
	case 16:
	case 47:
	case 48:
	case 49:
	case 50:
	case 52:
	case 53:
	case 88:
	case 89:
	case 90:
	case 91:
	case 93:
	case 94:
	case 115:
	case 116:
	case 117:
	case 118:
	case 120:
	case 121:
	case 152:
	case 153:
	case 154:
	case 155:
	case 157:
	case 158:
	case 173:
	case 174:
	case 175:
	case 176:
	case 178:
	case 179:
	{ scan->expected = "four hex digits"; }
	break;
	case 17:
	case 18:
	case 19:
	case 20:
	case 54:
	case 55:
	case 56:
	case 57:
	case 95:
	case 96:
	case 97:
	case 98:
	case 122:
	case 123:
	case 124:
	case 125:
	case 159:
	case 160:
	case 161:
	case 162:
	case 180:
	case 181:
	case 182:
	case 183:
	{ scan->expected = "a low surrogate escape"; }
	break;
	case 14:
	case 51:
	case 92:
	case 119:
	case 156:
	case 177:
	{
        scan->expected = p != pe && (*p | 0x20) >= 'c' && (*p | 0x20) <= 'f'
                             ? "a high surrogate escape first"
                             : "four hex digits";
    }
	break;
	case 3:
	case 6:
	case 66:
	case 107:
	case 110:
	case 171:
	{
        scan->expected = p == pe ? "end of string" : "an escaped control character";
    }
	break;
	}
	}

	_out: {}
	}

    scan->stopped = cs >= json_first_final ? NULL : p;
    return;

too_deep:
    scan->expected = "at most 32 levels";
    scan->stopped = p;
}


bool stellar__json_scan(const char *text, size_t length, unsigned levels,
                        struct stellar__json_notes *notes, struct stellar_error *error)
{
    const unsigned char *start = (const unsigned char *)text;
    struct scan scan = {NULL, NULL, notes, levels};

    run(&scan, notes == NULL ? json_en_text : json_en_call, start, start + length);
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
