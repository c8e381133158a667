/* Made from grammar/opening.rl by grammar/regenerate. Do not edit. */

/*
 * The opening machine's actions. The machine itself is include/opening.rl.
 *
 * The machine reads a whole run before lines are cut from it. A part of a run that was
 * not cut may be fed again, so parser->looked says how far in the stream the machine has
 * read. No run is longer than 2^30 bytes, so 32 bits are enough to see whether that is
 * ahead.
 *
 * The state is parser->opening. 0, Ragel's error state, means that the machine does not
 * run, or has stopped.
 */
#include "internal.h"

#define LONGEST_RUN 0x40000000



static const int opening_start = 1;





void stellar_parser_detect_foreign(struct stellar_parser *parser)
{
    parser->opening = (unsigned char)opening_start;
}


void stellar__opening_look(struct stellar_parser *parser)
{
    const unsigned char *p = parser->input;
    const unsigned char *pe = parser->run_end;
    uint32_t ahead = parser->looked - (uint32_t)parser->position;
    const unsigned char *eof = NULL;
    bool is_own = false;
    int cs = parser->opening;

    if (pe - p > LONGEST_RUN)
        pe = parser->run_end = p + LONGEST_RUN;
    if (ahead <= LONGEST_RUN)
        p = ahead < (size_t)(pe - p) ? p + ahead : pe;
    if (parser->foreign == STELLAR_NOT_FOREIGN) {

	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	switch( (*p) ) {
		case 9u: goto st2;
		case 10u: goto st3;
		case 13u: goto st62;
		case 22u: goto st67;
		case 32u: goto st2;
		case 80u: goto st4;
		case 100u: goto st20;
		case 101u: goto st31;
		case 112u: goto st34;
		case 113u: goto st47;
		case 114u: goto st48;
		case 115u: goto st58;
		case 239u: goto st60;
	}
	goto tr0;
tr0:
	{ p--; {goto st68;} }
	goto st0;
tr18:
	{ p--; {goto st69;} }
	goto st0;
tr21:
	{ p--; {goto st70;} }
	goto st0;
st0:
cs = 0;
	goto _out;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	switch( (*p) ) {
		case 9u: goto st2;
		case 10u: goto st3;
		case 13u: goto st3;
		case 32u: goto st2;
		case 80u: goto st4;
		case 100u: goto st20;
		case 101u: goto st31;
		case 112u: goto st34;
		case 113u: goto st47;
		case 114u: goto st48;
		case 115u: goto st58;
	}
	goto tr0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	switch( (*p) ) {
		case 9u: goto st2;
		case 10u: goto st3;
		case 13u: goto st3;
		case 32u: goto st2;
		case 80u: goto st4;
		case 100u: goto st20;
		case 101u: goto st31;
		case 112u: goto st34;
		case 113u: goto st47;
		case 114u: goto st48;
		case 115u: goto st58;
		case 239u: goto st60;
	}
	goto tr0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	if ( (*p) == 82u )
		goto st5;
	goto tr0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	if ( (*p) == 79u )
		goto st6;
	goto tr0;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	if ( (*p) == 88u )
		goto st7;
	goto tr0;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	if ( (*p) == 89u )
		goto st8;
	goto tr0;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	if ( (*p) == 32u )
		goto st9;
	goto tr0;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	switch( (*p) ) {
		case 84u: goto st10;
		case 85u: goto st14;
	}
	goto tr18;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	if ( (*p) == 67u )
		goto st11;
	goto tr21;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
	if ( (*p) == 80u )
		goto st12;
	goto tr21;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	switch( (*p) ) {
		case 52u: goto st13;
		case 54u: goto st13;
	}
	goto tr21;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
	switch( (*p) ) {
		case 13u: goto tr25;
		case 32u: goto tr25;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr25;
	goto tr21;
tr25:
	{ parser->foreign = STELLAR_FOREIGN_PROXY; {p++; cs = 92; goto _out;} }
	goto st92;
tr41:
	{ is_own = true; {p++; cs = 92; goto _out;} }
	goto st92;
tr72:
	{ parser->foreign = STELLAR_FOREIGN_TLS; {p++; cs = 92; goto _out;} }
	goto st92;
st92:
	if ( ++p == pe )
		goto _test_eof92;
case 92:
	goto st0;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
	if ( (*p) == 78u )
		goto st15;
	goto tr21;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
	if ( (*p) == 75u )
		goto st16;
	goto tr21;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
	if ( (*p) == 78u )
		goto st17;
	goto tr21;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
	if ( (*p) == 79u )
		goto st18;
	goto tr21;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
	if ( (*p) == 87u )
		goto st19;
	goto tr21;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
	if ( (*p) == 78u )
		goto st13;
	goto tr21;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
	if ( (*p) == 101u )
		goto st21;
	goto tr0;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
	if ( (*p) == 116u )
		goto st22;
	goto tr0;
st22:
	if ( ++p == pe )
		goto _test_eof22;
case 22:
	if ( (*p) == 97u )
		goto st23;
	goto tr0;
st23:
	if ( ++p == pe )
		goto _test_eof23;
case 23:
	if ( (*p) == 105u )
		goto st24;
	goto tr0;
st24:
	if ( ++p == pe )
		goto _test_eof24;
case 24:
	if ( (*p) == 108u )
		goto st25;
	goto tr0;
st25:
	if ( ++p == pe )
		goto _test_eof25;
case 25:
	if ( (*p) == 115u )
		goto st26;
	goto tr0;
st26:
	if ( ++p == pe )
		goto _test_eof26;
case 26:
	if ( (*p) == 86u )
		goto st27;
	goto tr0;
st27:
	if ( ++p == pe )
		goto _test_eof27;
case 27:
	if ( (*p) == 105u )
		goto st28;
	goto tr0;
st28:
	if ( ++p == pe )
		goto _test_eof28;
case 28:
	if ( (*p) == 101u )
		goto st29;
	goto tr0;
st29:
	if ( ++p == pe )
		goto _test_eof29;
case 29:
	if ( (*p) == 119u )
		goto st30;
	goto tr0;
st30:
	if ( ++p == pe )
		goto _test_eof30;
case 30:
	switch( (*p) ) {
		case 13u: goto tr41;
		case 32u: goto tr41;
	}
	if ( 9u <= (*p) && (*p) <= 10u )
		goto tr41;
	goto tr0;
st31:
	if ( ++p == pe )
		goto _test_eof31;
case 31:
	if ( (*p) == 120u )
		goto st32;
	goto tr0;
st32:
	if ( ++p == pe )
		goto _test_eof32;
case 32:
	if ( (*p) == 105u )
		goto st33;
	goto tr0;
st33:
	if ( ++p == pe )
		goto _test_eof33;
case 33:
	if ( (*p) == 116u )
		goto st30;
	goto tr0;
st34:
	if ( ++p == pe )
		goto _test_eof34;
case 34:
	if ( (*p) == 97u )
		goto st35;
	goto tr0;
st35:
	if ( ++p == pe )
		goto _test_eof35;
case 35:
	if ( (*p) == 114u )
		goto st36;
	goto tr0;
st36:
	if ( ++p == pe )
		goto _test_eof36;
case 36:
	if ( (*p) == 97u )
		goto st37;
	goto tr0;
st37:
	if ( ++p == pe )
		goto _test_eof37;
case 37:
	if ( (*p) == 109u )
		goto st38;
	goto tr0;
st38:
	if ( ++p == pe )
		goto _test_eof38;
case 38:
	switch( (*p) ) {
		case 65u: goto st39;
		case 68u: goto st41;
		case 86u: goto st27;
		case 115u: goto st46;
	}
	goto tr0;
st39:
	if ( ++p == pe )
		goto _test_eof39;
case 39:
	if ( (*p) == 100u )
		goto st40;
	goto tr0;
st40:
	if ( ++p == pe )
		goto _test_eof40;
case 40:
	if ( (*p) == 100u )
		goto st30;
	goto tr0;
st41:
	if ( ++p == pe )
		goto _test_eof41;
case 41:
	if ( (*p) == 101u )
		goto st42;
	goto tr0;
st42:
	if ( ++p == pe )
		goto _test_eof42;
case 42:
	if ( (*p) == 108u )
		goto st43;
	goto tr0;
st43:
	if ( ++p == pe )
		goto _test_eof43;
case 43:
	if ( (*p) == 101u )
		goto st44;
	goto tr0;
st44:
	if ( ++p == pe )
		goto _test_eof44;
case 44:
	if ( (*p) == 116u )
		goto st45;
	goto tr0;
st45:
	if ( ++p == pe )
		goto _test_eof45;
case 45:
	if ( (*p) == 101u )
		goto st30;
	goto tr0;
st46:
	if ( ++p == pe )
		goto _test_eof46;
case 46:
	switch( (*p) ) {
		case 68u: goto st41;
		case 86u: goto st27;
	}
	goto tr0;
st47:
	if ( ++p == pe )
		goto _test_eof47;
case 47:
	if ( (*p) == 117u )
		goto st32;
	goto tr0;
st48:
	if ( ++p == pe )
		goto _test_eof48;
case 48:
	if ( (*p) == 111u )
		goto st49;
	goto tr0;
st49:
	if ( ++p == pe )
		goto _test_eof49;
case 49:
	if ( (*p) == 111u )
		goto st50;
	goto tr0;
st50:
	if ( ++p == pe )
		goto _test_eof50;
case 50:
	if ( (*p) == 109u )
		goto st51;
	goto tr0;
st51:
	if ( ++p == pe )
		goto _test_eof51;
case 51:
	switch( (*p) ) {
		case 65u: goto st39;
		case 74u: goto st52;
		case 76u: goto st55;
		case 86u: goto st27;
	}
	goto tr0;
st52:
	if ( ++p == pe )
		goto _test_eof52;
case 52:
	if ( (*p) == 111u )
		goto st53;
	goto tr0;
st53:
	if ( ++p == pe )
		goto _test_eof53;
case 53:
	if ( (*p) == 105u )
		goto st54;
	goto tr0;
st54:
	if ( ++p == pe )
		goto _test_eof54;
case 54:
	if ( (*p) == 110u )
		goto st30;
	goto tr0;
st55:
	if ( ++p == pe )
		goto _test_eof55;
case 55:
	if ( (*p) == 101u )
		goto st56;
	goto tr0;
st56:
	if ( ++p == pe )
		goto _test_eof56;
case 56:
	if ( (*p) == 97u )
		goto st57;
	goto tr0;
st57:
	if ( ++p == pe )
		goto _test_eof57;
case 57:
	if ( (*p) == 118u )
		goto st45;
	goto tr0;
st58:
	if ( ++p == pe )
		goto _test_eof58;
case 58:
	if ( (*p) == 97u )
		goto st59;
	goto tr0;
st59:
	if ( ++p == pe )
		goto _test_eof59;
case 59:
	if ( (*p) == 121u )
		goto st30;
	goto tr0;
st60:
	if ( ++p == pe )
		goto _test_eof60;
case 60:
	if ( (*p) == 187u )
		goto st61;
	goto st0;
st61:
	if ( ++p == pe )
		goto _test_eof61;
case 61:
	if ( (*p) == 191u )
		goto st2;
	goto st0;
st62:
	if ( ++p == pe )
		goto _test_eof62;
case 62:
	switch( (*p) ) {
		case 9u: goto st2;
		case 10u: goto st63;
		case 13u: goto st3;
		case 32u: goto st2;
		case 80u: goto st4;
		case 100u: goto st20;
		case 101u: goto st31;
		case 112u: goto st34;
		case 113u: goto st47;
		case 114u: goto st48;
		case 115u: goto st58;
		case 239u: goto st60;
	}
	goto tr0;
st63:
	if ( ++p == pe )
		goto _test_eof63;
case 63:
	switch( (*p) ) {
		case 9u: goto st2;
		case 10u: goto st3;
		case 13u: goto st64;
		case 32u: goto st2;
		case 80u: goto st4;
		case 100u: goto st20;
		case 101u: goto st31;
		case 112u: goto st34;
		case 113u: goto st47;
		case 114u: goto st48;
		case 115u: goto st58;
		case 239u: goto st60;
	}
	goto tr0;
st64:
	if ( ++p == pe )
		goto _test_eof64;
case 64:
	switch( (*p) ) {
		case 9u: goto st2;
		case 10u: goto st65;
		case 13u: goto st3;
		case 32u: goto st2;
		case 80u: goto st4;
		case 100u: goto st20;
		case 101u: goto st31;
		case 112u: goto st34;
		case 113u: goto st47;
		case 114u: goto st48;
		case 115u: goto st58;
		case 239u: goto st60;
	}
	goto tr0;
st65:
	if ( ++p == pe )
		goto _test_eof65;
case 65:
	switch( (*p) ) {
		case 0u: goto st66;
		case 9u: goto st2;
		case 10u: goto st3;
		case 13u: goto st3;
		case 32u: goto st2;
		case 80u: goto st4;
		case 100u: goto st20;
		case 101u: goto st31;
		case 112u: goto st34;
		case 113u: goto st47;
		case 114u: goto st48;
		case 115u: goto st58;
		case 239u: goto st60;
	}
	goto tr0;
st66:
	if ( ++p == pe )
		goto _test_eof66;
case 66:
	if ( (*p) == 13u )
		goto tr25;
	goto st0;
st67:
	if ( ++p == pe )
		goto _test_eof67;
case 67:
	if ( (*p) == 3u )
		goto tr72;
	goto st0;
st68:
	if ( ++p == pe )
		goto _test_eof68;
case 68:
	switch( (*p) ) {
		case 9u: goto tr73;
		case 32u: goto tr73;
		case 33u: goto st68;
		case 124u: goto st68;
		case 126u: goto st68;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto st68;
		} else if ( (*p) >= 35u )
			goto st68;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto st68;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto st68;
		} else
			goto st68;
	} else
		goto st68;
	goto st0;
tr73:
	{ {goto st69;} }
	goto st93;
st93:
	if ( ++p == pe )
		goto _test_eof93;
case 93:
	goto st0;
st69:
	if ( ++p == pe )
		goto _test_eof69;
case 69:
	switch( (*p) ) {
		case 9u: goto st69;
		case 10u: goto st0;
		case 13u: goto st0;
		case 32u: goto st69;
	}
	goto tr75;
tr75:
	{ {goto st70;} }
	goto st94;
st94:
	if ( ++p == pe )
		goto _test_eof94;
case 94:
	goto st0;
st70:
	if ( ++p == pe )
		goto _test_eof70;
case 70:
	switch( (*p) ) {
		case 9u: goto st71;
		case 10u: goto st0;
		case 13u: goto st0;
		case 32u: goto st71;
	}
	goto st70;
st71:
	if ( ++p == pe )
		goto _test_eof71;
case 71:
	switch( (*p) ) {
		case 9u: goto st71;
		case 32u: goto st71;
		case 72u: goto st72;
		case 82u: goto st79;
		case 83u: goto st86;
	}
	goto st0;
st72:
	if ( ++p == pe )
		goto _test_eof72;
case 72:
	if ( (*p) == 84u )
		goto st73;
	goto st0;
st73:
	if ( ++p == pe )
		goto _test_eof73;
case 73:
	if ( (*p) == 84u )
		goto st74;
	goto st0;
st74:
	if ( ++p == pe )
		goto _test_eof74;
case 74:
	if ( (*p) == 80u )
		goto st75;
	goto st0;
st75:
	if ( ++p == pe )
		goto _test_eof75;
case 75:
	if ( (*p) == 47u )
		goto st76;
	goto st0;
st76:
	if ( ++p == pe )
		goto _test_eof76;
case 76:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st77;
	goto st0;
st77:
	if ( ++p == pe )
		goto _test_eof77;
case 77:
	switch( (*p) ) {
		case 9u: goto st78;
		case 10u: goto tr88;
		case 13u: goto tr88;
		case 32u: goto st78;
	}
	goto st77;
st78:
	if ( ++p == pe )
		goto _test_eof78;
case 78:
	switch( (*p) ) {
		case 9u: goto st78;
		case 10u: goto tr88;
		case 13u: goto tr88;
		case 32u: goto st78;
	}
	goto st0;
tr88:
	{ parser->foreign = STELLAR_FOREIGN_HTTP; {p++; cs = 95; goto _out;} }
	goto st95;
tr95:
	{ parser->foreign = STELLAR_FOREIGN_RTSP; {p++; cs = 95; goto _out;} }
	goto st95;
tr101:
	{ parser->foreign = STELLAR_FOREIGN_SIP; {p++; cs = 95; goto _out;} }
	goto st95;
st95:
	if ( ++p == pe )
		goto _test_eof95;
case 95:
	goto st0;
st79:
	if ( ++p == pe )
		goto _test_eof79;
case 79:
	if ( (*p) == 84u )
		goto st80;
	goto st0;
st80:
	if ( ++p == pe )
		goto _test_eof80;
case 80:
	if ( (*p) == 83u )
		goto st81;
	goto st0;
st81:
	if ( ++p == pe )
		goto _test_eof81;
case 81:
	if ( (*p) == 80u )
		goto st82;
	goto st0;
st82:
	if ( ++p == pe )
		goto _test_eof82;
case 82:
	if ( (*p) == 47u )
		goto st83;
	goto st0;
st83:
	if ( ++p == pe )
		goto _test_eof83;
case 83:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st84;
	goto st0;
st84:
	if ( ++p == pe )
		goto _test_eof84;
case 84:
	switch( (*p) ) {
		case 9u: goto st85;
		case 10u: goto tr95;
		case 13u: goto tr95;
		case 32u: goto st85;
	}
	goto st84;
st85:
	if ( ++p == pe )
		goto _test_eof85;
case 85:
	switch( (*p) ) {
		case 9u: goto st85;
		case 10u: goto tr95;
		case 13u: goto tr95;
		case 32u: goto st85;
	}
	goto st0;
st86:
	if ( ++p == pe )
		goto _test_eof86;
case 86:
	if ( (*p) == 73u )
		goto st87;
	goto st0;
st87:
	if ( ++p == pe )
		goto _test_eof87;
case 87:
	if ( (*p) == 80u )
		goto st88;
	goto st0;
st88:
	if ( ++p == pe )
		goto _test_eof88;
case 88:
	if ( (*p) == 47u )
		goto st89;
	goto st0;
st89:
	if ( ++p == pe )
		goto _test_eof89;
case 89:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st90;
	goto st0;
st90:
	if ( ++p == pe )
		goto _test_eof90;
case 90:
	switch( (*p) ) {
		case 9u: goto st91;
		case 10u: goto tr101;
		case 13u: goto tr101;
		case 32u: goto st91;
	}
	goto st90;
st91:
	if ( ++p == pe )
		goto _test_eof91;
case 91:
	switch( (*p) ) {
		case 9u: goto st91;
		case 10u: goto tr101;
		case 13u: goto tr101;
		case 32u: goto st91;
	}
	goto st0;
	}
	_test_eof2: cs = 2; goto _test_eof;
	_test_eof3: cs = 3; goto _test_eof;
	_test_eof4: cs = 4; goto _test_eof;
	_test_eof5: cs = 5; goto _test_eof;
	_test_eof6: cs = 6; goto _test_eof;
	_test_eof7: cs = 7; goto _test_eof;
	_test_eof8: cs = 8; goto _test_eof;
	_test_eof9: cs = 9; goto _test_eof;
	_test_eof10: cs = 10; goto _test_eof;
	_test_eof11: cs = 11; goto _test_eof;
	_test_eof12: cs = 12; goto _test_eof;
	_test_eof13: cs = 13; goto _test_eof;
	_test_eof92: cs = 92; goto _test_eof;
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
	_test_eof93: cs = 93; goto _test_eof;
	_test_eof69: cs = 69; goto _test_eof;
	_test_eof94: cs = 94; goto _test_eof;
	_test_eof70: cs = 70; goto _test_eof;
	_test_eof71: cs = 71; goto _test_eof;
	_test_eof72: cs = 72; goto _test_eof;
	_test_eof73: cs = 73; goto _test_eof;
	_test_eof74: cs = 74; goto _test_eof;
	_test_eof75: cs = 75; goto _test_eof;
	_test_eof76: cs = 76; goto _test_eof;
	_test_eof77: cs = 77; goto _test_eof;
	_test_eof78: cs = 78; goto _test_eof;
	_test_eof95: cs = 95; goto _test_eof;
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

	_test_eof: {}
	if ( p == eof )
	{
	switch ( cs ) {
	case 1:
	case 2:
	case 3:
	case 4:
	case 5:
	case 6:
	case 7:
	case 8:
	case 20:
	case 21:
	case 22:
	case 23:
	case 24:
	case 25:
	case 26:
	case 27:
	case 28:
	case 29:
	case 30:
	case 31:
	case 32:
	case 33:
	case 34:
	case 35:
	case 36:
	case 37:
	case 38:
	case 39:
	case 40:
	case 41:
	case 42:
	case 43:
	case 44:
	case 45:
	case 46:
	case 47:
	case 48:
	case 49:
	case 50:
	case 51:
	case 52:
	case 53:
	case 54:
	case 55:
	case 56:
	case 57:
	case 58:
	case 59:
	case 62:
	case 63:
	case 64:
	case 65:
	{ p--; {       if ( p == pe )
               goto _test_eof68;
goto st68;} }
	break;
	case 9:
	{ p--; {       if ( p == pe )
               goto _test_eof69;
goto st69;} }
	break;
	case 10:
	case 11:
	case 12:
	case 13:
	case 14:
	case 15:
	case 16:
	case 17:
	case 18:
	case 19:
	{ p--; {       if ( p == pe )
               goto _test_eof70;
goto st70;} }
	break;
	}
	}

	_out: {}
	}

        parser->opening = is_own ? 0 : (unsigned char)cs; /* there are less than 100 */
        if (parser->foreign != STELLAR_NOT_FOREIGN)
            p--; /* the byte that decided */
        parser->looked = (uint32_t)parser->position + (uint32_t)(p - parser->input);
    }
    if (parser->foreign != STELLAR_NOT_FOREIGN)
        parser->run_end = p;
}
