/* Made from grammar/telnet.rl by grammar/regenerate. Do not edit. */

/*
 * The telnet machine's actions. The machine itself is include/telnet.rl.
 *
 * The state between two calls is parser->telnet_state. 0 means "outside of any command",
 * so stellar_parser_init() need not know the machine's own numbers. (0 is Ragel's error
 * state, and this machine has no errors.) The answer to a negotiation is built in
 * parser->reply.
 */
#include "internal.h"



static const int telnet_start = 1;
static const int telnet_first_final = 7;





const unsigned char *stellar__telnet_parse(struct stellar_parser *parser,
                                           const unsigned char *p,
                                           const unsigned char *pe,
                                           enum stellar__telnet_event *what)
{
    enum stellar__telnet_event event = STELLAR__TELNET_NOTHING;
    int cs = parser->telnet_state != 0 ? parser->telnet_state : telnet_start;
    int before = 0;


	{
	int _ps = 0;
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	if ( (*p) == 255u )
		goto st2;
	goto st0;
st0:
cs = 0;
	goto _out;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	_ps = 2;
	switch( (*p) ) {
		case 244u: goto tr3;
		case 246u: goto tr4;
		case 247u: goto tr5;
		case 248u: goto tr6;
		case 250u: goto st3;
		case 251u: goto tr8;
		case 253u: goto tr10;
		case 255u: goto tr11;
	}
	if ( 252u <= (*p) && (*p) <= 254u )
		goto st6;
	goto tr2;
tr2:
	{ {p++; cs = 7; goto _out;} }
	goto st7;
tr3:
	{ event = STELLAR__TELNET_INTERRUPT; {p++; cs = 7; goto _out;} }
	goto st7;
tr4:
	{ event = STELLAR__TELNET_ARE_YOU_THERE; {p++; cs = 7; goto _out;} }
	goto st7;
tr5:
	{ event = STELLAR__TELNET_ERASE_CHARACTER; {p++; cs = 7; goto _out;} }
	goto st7;
tr6:
	{ event = STELLAR__TELNET_ERASE_LINE; {p++; cs = 7; goto _out;} }
	goto st7;
tr11:
	{
        event = STELLAR__TELNET_DATA;
        before = (_ps);
        p--;
        {p++; cs = 7; goto _out;}
    }
	goto st7;
tr13:
	{
        parser->reply[2] = *p;
        event = STELLAR__TELNET_REPLY;
        {p++; cs = 7; goto _out;}
    }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	goto st0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	if ( (*p) == 255u )
		goto st4;
	goto st3;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	if ( (*p) == 240u )
		goto tr2;
	goto st3;
tr8:
	{ parser->reply[1] = STELLAR__TELNET_DONT; }
	goto st5;
tr10:
	{ parser->reply[1] = STELLAR__TELNET_WONT; }
	goto st5;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	goto tr13;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	goto tr2;
	}
	_test_eof2: cs = 2; goto _test_eof;
	_test_eof7: cs = 7; goto _test_eof;
	_test_eof3: cs = 3; goto _test_eof;
	_test_eof4: cs = 4; goto _test_eof;
	_test_eof5: cs = 5; goto _test_eof;
	_test_eof6: cs = 6; goto _test_eof;

	_test_eof: {}
	_out: {}
	}

    if (cs >= telnet_first_final)
        cs = before;
    parser->telnet_state = (unsigned char)cs;
    *what = event;
    return p;
}
