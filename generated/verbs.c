/* Made from grammar/verbs.rl by grammar/regenerate. Do not edit. */

/*
 * The verb machine's actions. The machine itself is include/verbs.rl.
 *
 * The machine runs over a whole line at once, so no state outlives the call.
 */
#include "internal.h"



static const int verbs_start = 1;





size_t stellar__verb_parse(const unsigned char *text, size_t length,
                           struct stellar_command *command)
{
    const unsigned char *p = text;
    const unsigned char *pe = text + length;
    const unsigned char *eof = pe;
    const unsigned char *from = text;
    int cs;


	{
	cs = verbs_start;
	}


	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	switch( (*p) ) {
		case 9u: goto st0;
		case 32u: goto st0;
		case 100u: goto st4;
		case 101u: goto st15;
		case 112u: goto st19;
		case 113u: goto st54;
		case 114u: goto st55;
		case 115u: goto st76;
	}
	goto st2;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
	}
	goto st2;
tr8:
	{
        command->verb = STELLAR_ACTION;
        command->action = stellar__slice(text, p);
    }
	{ {p++; cs = 3; goto _out;} }
	goto st3;
tr19:
	{ command->verb = STELLAR_DETAILS_VIEW; }
	{ {p++; cs = 3; goto _out;} }
	goto st3;
tr23:
	{ command->verb = STELLAR_QUIT; }
	{ {p++; cs = 3; goto _out;} }
	goto st3;
tr43:
	{ command->value = stellar__slice(from, p); }
	{ {p++; cs = 3; goto _out;} }
	goto st3;
tr53:
	{ command->key = stellar__slice(from, p); }
	{ {p++; cs = 3; goto _out;} }
	goto st3;
tr65:
	{ command->verb = STELLAR_PARAMS_DELETE; }
	{ {p++; cs = 3; goto _out;} }
	goto st3;
tr69:
	{ command->verb = STELLAR_PARAMS_VIEW; }
	{ {p++; cs = 3; goto _out;} }
	goto st3;
tr83:
	{ command->room = stellar__slice(from, p); }
	{ {p++; cs = 3; goto _out;} }
	goto st3;
tr101:
	{ command->room = stellar__slice(from, p); }
	{ command->message = stellar__slice(p + 1, pe); {p++; cs = 3; goto _out;} }
	goto st3;
tr103:
	{ command->message = stellar__slice(p, pe); {p++; cs = 3; goto _out;} }
	goto st3;
tr104:
	{ command->message = stellar__slice(p + 1, pe); {p++; cs = 3; goto _out;} }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	goto st0;
st0:
cs = 0;
	goto _out;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st5;
	}
	goto st2;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 116u: goto st6;
	}
	goto st2;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 97u: goto st7;
	}
	goto st2;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 105u: goto st8;
	}
	goto st2;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 108u: goto st9;
	}
	goto st2;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 115u: goto st10;
	}
	goto st2;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 86u: goto st11;
	}
	goto st2;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 105u: goto st12;
	}
	goto st2;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st13;
	}
	goto st2;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 119u: goto st14;
	}
	goto st2;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
	switch( (*p) ) {
		case 9u: goto tr19;
		case 32u: goto tr19;
	}
	goto st2;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 120u: goto st16;
	}
	goto st2;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 105u: goto st17;
	}
	goto st2;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 116u: goto st18;
	}
	goto st2;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
	switch( (*p) ) {
		case 9u: goto tr23;
		case 32u: goto tr23;
	}
	goto st2;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 97u: goto st20;
	}
	goto st2;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 114u: goto st21;
	}
	goto st2;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 97u: goto st22;
	}
	goto st2;
st22:
	if ( ++p == pe )
		goto _test_eof22;
case 22:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 109u: goto st23;
	}
	goto st2;
st23:
	if ( ++p == pe )
		goto _test_eof23;
case 23:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 65u: goto st24;
		case 68u: goto st31;
		case 86u: goto st39;
		case 115u: goto st43;
	}
	goto st2;
st24:
	if ( ++p == pe )
		goto _test_eof24;
case 24:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 100u: goto st25;
	}
	goto st2;
st25:
	if ( ++p == pe )
		goto _test_eof25;
case 25:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 100u: goto st26;
	}
	goto st2;
st26:
	if ( ++p == pe )
		goto _test_eof26;
case 26:
	switch( (*p) ) {
		case 9u: goto tr34;
		case 32u: goto tr34;
	}
	goto st2;
tr34:
	{ command->verb = STELLAR_PARAM_ADD; }
	goto st27;
st27:
	if ( ++p == pe )
		goto _test_eof27;
case 27:
	switch( (*p) ) {
		case 9u: goto st27;
		case 32u: goto st27;
		case 61u: goto st0;
	}
	goto tr35;
tr35:
	{ from = p; }
	goto st28;
st28:
	if ( ++p == pe )
		goto _test_eof28;
case 28:
	switch( (*p) ) {
		case 9u: goto tr38;
		case 32u: goto tr38;
		case 61u: goto tr39;
	}
	goto st28;
tr38:
	{ command->key = stellar__slice(from, p); }
	goto st29;
st29:
	if ( ++p == pe )
		goto _test_eof29;
case 29:
	switch( (*p) ) {
		case 9u: goto st29;
		case 32u: goto st29;
	}
	goto tr40;
tr40:
	{ from = p; }
	goto st30;
tr39:
	{ command->key = stellar__slice(from, p); }
	{ from = p + 1; }
	goto st30;
st30:
	if ( ++p == pe )
		goto _test_eof30;
case 30:
	switch( (*p) ) {
		case 9u: goto tr43;
		case 32u: goto tr43;
	}
	goto st30;
st31:
	if ( ++p == pe )
		goto _test_eof31;
case 31:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st32;
	}
	goto st2;
st32:
	if ( ++p == pe )
		goto _test_eof32;
case 32:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 108u: goto st33;
	}
	goto st2;
st33:
	if ( ++p == pe )
		goto _test_eof33;
case 33:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st34;
	}
	goto st2;
st34:
	if ( ++p == pe )
		goto _test_eof34;
case 34:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 116u: goto st35;
	}
	goto st2;
st35:
	if ( ++p == pe )
		goto _test_eof35;
case 35:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st36;
	}
	goto st2;
st36:
	if ( ++p == pe )
		goto _test_eof36;
case 36:
	switch( (*p) ) {
		case 9u: goto tr49;
		case 32u: goto tr49;
	}
	goto st2;
tr49:
	{ command->verb = STELLAR_PARAM_DELETE; }
	goto st37;
tr57:
	{ command->verb = STELLAR_PARAM_VIEW; }
	goto st37;
st37:
	if ( ++p == pe )
		goto _test_eof37;
case 37:
	switch( (*p) ) {
		case 9u: goto st37;
		case 32u: goto st37;
	}
	goto tr50;
tr50:
	{ from = p; }
	goto st38;
st38:
	if ( ++p == pe )
		goto _test_eof38;
case 38:
	switch( (*p) ) {
		case 9u: goto tr53;
		case 32u: goto tr53;
	}
	goto st38;
st39:
	if ( ++p == pe )
		goto _test_eof39;
case 39:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 105u: goto st40;
	}
	goto st2;
st40:
	if ( ++p == pe )
		goto _test_eof40;
case 40:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st41;
	}
	goto st2;
st41:
	if ( ++p == pe )
		goto _test_eof41;
case 41:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 119u: goto st42;
	}
	goto st2;
st42:
	if ( ++p == pe )
		goto _test_eof42;
case 42:
	switch( (*p) ) {
		case 9u: goto tr57;
		case 32u: goto tr57;
	}
	goto st2;
st43:
	if ( ++p == pe )
		goto _test_eof43;
case 43:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 68u: goto st44;
		case 86u: goto st50;
	}
	goto st2;
st44:
	if ( ++p == pe )
		goto _test_eof44;
case 44:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st45;
	}
	goto st2;
st45:
	if ( ++p == pe )
		goto _test_eof45;
case 45:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 108u: goto st46;
	}
	goto st2;
st46:
	if ( ++p == pe )
		goto _test_eof46;
case 46:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st47;
	}
	goto st2;
st47:
	if ( ++p == pe )
		goto _test_eof47;
case 47:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 116u: goto st48;
	}
	goto st2;
st48:
	if ( ++p == pe )
		goto _test_eof48;
case 48:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st49;
	}
	goto st2;
st49:
	if ( ++p == pe )
		goto _test_eof49;
case 49:
	switch( (*p) ) {
		case 9u: goto tr65;
		case 32u: goto tr65;
	}
	goto st2;
st50:
	if ( ++p == pe )
		goto _test_eof50;
case 50:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 105u: goto st51;
	}
	goto st2;
st51:
	if ( ++p == pe )
		goto _test_eof51;
case 51:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st52;
	}
	goto st2;
st52:
	if ( ++p == pe )
		goto _test_eof52;
case 52:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 119u: goto st53;
	}
	goto st2;
st53:
	if ( ++p == pe )
		goto _test_eof53;
case 53:
	switch( (*p) ) {
		case 9u: goto tr69;
		case 32u: goto tr69;
	}
	goto st2;
st54:
	if ( ++p == pe )
		goto _test_eof54;
case 54:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 117u: goto st16;
	}
	goto st2;
st55:
	if ( ++p == pe )
		goto _test_eof55;
case 55:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 111u: goto st56;
	}
	goto st2;
st56:
	if ( ++p == pe )
		goto _test_eof56;
case 56:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 111u: goto st57;
	}
	goto st2;
st57:
	if ( ++p == pe )
		goto _test_eof57;
case 57:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 109u: goto st58;
	}
	goto st2;
st58:
	if ( ++p == pe )
		goto _test_eof58;
case 58:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 65u: goto st59;
		case 74u: goto st64;
		case 76u: goto st67;
		case 86u: goto st72;
	}
	goto st2;
st59:
	if ( ++p == pe )
		goto _test_eof59;
case 59:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 100u: goto st60;
	}
	goto st2;
st60:
	if ( ++p == pe )
		goto _test_eof60;
case 60:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 100u: goto st61;
	}
	goto st2;
st61:
	if ( ++p == pe )
		goto _test_eof61;
case 61:
	switch( (*p) ) {
		case 9u: goto tr79;
		case 32u: goto tr79;
	}
	goto st2;
tr79:
	{ command->verb = STELLAR_ROOM_ADD; }
	goto st62;
tr90:
	{ command->verb = STELLAR_ROOM_LEAVE; }
	goto st62;
tr94:
	{ command->verb = STELLAR_ROOM_VIEW; }
	goto st62;
st62:
	if ( ++p == pe )
		goto _test_eof62;
case 62:
	switch( (*p) ) {
		case 9u: goto st62;
		case 32u: goto st62;
	}
	goto tr80;
tr80:
	{ from = p; }
	goto st63;
st63:
	if ( ++p == pe )
		goto _test_eof63;
case 63:
	switch( (*p) ) {
		case 9u: goto tr83;
		case 32u: goto tr83;
	}
	goto st63;
st64:
	if ( ++p == pe )
		goto _test_eof64;
case 64:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 111u: goto st65;
	}
	goto st2;
st65:
	if ( ++p == pe )
		goto _test_eof65;
case 65:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 105u: goto st66;
	}
	goto st2;
st66:
	if ( ++p == pe )
		goto _test_eof66;
case 66:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 110u: goto st61;
	}
	goto st2;
st67:
	if ( ++p == pe )
		goto _test_eof67;
case 67:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st68;
	}
	goto st2;
st68:
	if ( ++p == pe )
		goto _test_eof68;
case 68:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 97u: goto st69;
	}
	goto st2;
st69:
	if ( ++p == pe )
		goto _test_eof69;
case 69:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 118u: goto st70;
	}
	goto st2;
st70:
	if ( ++p == pe )
		goto _test_eof70;
case 70:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st71;
	}
	goto st2;
st71:
	if ( ++p == pe )
		goto _test_eof71;
case 71:
	switch( (*p) ) {
		case 9u: goto tr90;
		case 32u: goto tr90;
	}
	goto st2;
st72:
	if ( ++p == pe )
		goto _test_eof72;
case 72:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 105u: goto st73;
	}
	goto st2;
st73:
	if ( ++p == pe )
		goto _test_eof73;
case 73:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 101u: goto st74;
	}
	goto st2;
st74:
	if ( ++p == pe )
		goto _test_eof74;
case 74:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 119u: goto st75;
	}
	goto st2;
st75:
	if ( ++p == pe )
		goto _test_eof75;
case 75:
	switch( (*p) ) {
		case 9u: goto tr94;
		case 32u: goto tr94;
	}
	goto st2;
st76:
	if ( ++p == pe )
		goto _test_eof76;
case 76:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 97u: goto st77;
	}
	goto st2;
st77:
	if ( ++p == pe )
		goto _test_eof77;
case 77:
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
		case 121u: goto st78;
	}
	goto st2;
st78:
	if ( ++p == pe )
		goto _test_eof78;
case 78:
	switch( (*p) ) {
		case 9u: goto tr97;
		case 32u: goto tr97;
	}
	goto st2;
tr97:
	{ command->verb = STELLAR_SAY; }
	goto st79;
st79:
	if ( ++p == pe )
		goto _test_eof79;
case 79:
	switch( (*p) ) {
		case 9u: goto st79;
		case 32u: goto st79;
		case 44u: goto st0;
	}
	goto tr98;
tr98:
	{ from = p; }
	goto st80;
st80:
	if ( ++p == pe )
		goto _test_eof80;
case 80:
	switch( (*p) ) {
		case 9u: goto tr101;
		case 32u: goto tr101;
		case 44u: goto tr102;
	}
	goto st80;
tr102:
	{ command->room = stellar__slice(from, p); }
	goto st81;
st81:
	if ( ++p == pe )
		goto _test_eof81;
case 81:
	switch( (*p) ) {
		case 9u: goto tr104;
		case 32u: goto tr104;
	}
	goto tr103;
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
	_test_eof77: cs = 77; goto _test_eof;
	_test_eof78: cs = 78; goto _test_eof;
	_test_eof79: cs = 79; goto _test_eof;
	_test_eof80: cs = 80; goto _test_eof;
	_test_eof81: cs = 81; goto _test_eof;

	_test_eof: {}
	if ( p == eof )
	{
	switch ( cs ) {
	case 18:
	{ command->verb = STELLAR_QUIT; }
	break;
	case 26:
	{ command->verb = STELLAR_PARAM_ADD; }
	break;
	case 42:
	{ command->verb = STELLAR_PARAM_VIEW; }
	break;
	case 36:
	{ command->verb = STELLAR_PARAM_DELETE; }
	break;
	case 53:
	{ command->verb = STELLAR_PARAMS_VIEW; }
	break;
	case 49:
	{ command->verb = STELLAR_PARAMS_DELETE; }
	break;
	case 14:
	{ command->verb = STELLAR_DETAILS_VIEW; }
	break;
	case 61:
	{ command->verb = STELLAR_ROOM_ADD; }
	break;
	case 71:
	{ command->verb = STELLAR_ROOM_LEAVE; }
	break;
	case 75:
	{ command->verb = STELLAR_ROOM_VIEW; }
	break;
	case 78:
	{ command->verb = STELLAR_SAY; }
	break;
	case 2:
	case 4:
	case 5:
	case 6:
	case 7:
	case 8:
	case 9:
	case 10:
	case 11:
	case 12:
	case 13:
	case 15:
	case 16:
	case 17:
	case 19:
	case 20:
	case 21:
	case 22:
	case 23:
	case 24:
	case 25:
	case 31:
	case 32:
	case 33:
	case 34:
	case 35:
	case 39:
	case 40:
	case 41:
	case 43:
	case 44:
	case 45:
	case 46:
	case 47:
	case 48:
	case 50:
	case 51:
	case 52:
	case 54:
	case 55:
	case 56:
	case 57:
	case 58:
	case 59:
	case 60:
	case 64:
	case 65:
	case 66:
	case 67:
	case 68:
	case 69:
	case 70:
	case 72:
	case 73:
	case 74:
	case 76:
	case 77:
	{
        command->verb = STELLAR_ACTION;
        command->action = stellar__slice(text, p);
    }
	break;
	case 28:
	case 38:
	{ command->key = stellar__slice(from, p); }
	break;
	case 30:
	{ command->value = stellar__slice(from, p); }
	break;
	case 63:
	case 80:
	{ command->room = stellar__slice(from, p); }
	break;
	}
	}

	_out: {}
	}

    return (size_t)(p - text);
}
