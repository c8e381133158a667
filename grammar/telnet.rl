/*
 * The telnet machine's actions. The machine itself is include/telnet.rl.
 *
 * The state between two calls is parser->telnet_state. 0 means "outside of any command",
 * so stellar_parser_init() need not know the machine's own numbers. (0 is Ragel's error
 * state, and this machine has no errors.) The answer to a negotiation is built in
 * parser->reply.
 */
#include "internal.h"


%%{
    machine telnet;
    alphtype unsigned char;

    action refuse_do   { parser->reply[1] = STELLAR__TELNET_WONT; }
    action refuse_will { parser->reply[1] = STELLAR__TELNET_DONT; }

    action option {
        parser->reply[2] = *p;
        event = STELLAR__TELNET_REPLY;
        fbreak;
    }
    action goodbye         { event = STELLAR__TELNET_INTERRUPT; fbreak; }
    action are_you_there   { event = STELLAR__TELNET_ARE_YOU_THERE; fbreak; }
    action erase_character { event = STELLAR__TELNET_ERASE_CHARACTER; fbreak; }
    action erase_line      { event = STELLAR__TELNET_ERASE_LINE; fbreak; }
    action over            { fbreak; }

    # The byte is left to be read as data. Until that has happened the state stays what
    # it was before the byte, so that it is still data if it is fed anew.
    action data {
        event = STELLAR__TELNET_DATA;
        before = fcurs;
        fhold;
        fbreak;
    }

    include "include/telnet.rl";

    main := command;
    write data noerror noentry;
}%%


const unsigned char *stellar__telnet_parse(struct stellar_parser *parser,
                                           const unsigned char *p,
                                           const unsigned char *pe,
                                           enum stellar__telnet_event *what)
{
    enum stellar__telnet_event event = STELLAR__TELNET_NOTHING;
    int cs = parser->telnet_state != 0 ? parser->telnet_state : telnet_start;
    int before = 0;

    %% write exec;
    if (cs >= telnet_first_final)
        cs = before;
    parser->telnet_state = (unsigned char)cs;
    *what = event;
    return p;
}
