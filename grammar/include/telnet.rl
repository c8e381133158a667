# The telnet machine: one command of RFC 854, from its IAC to its last byte.
#
# It accepts every byte in every state, so it never fails. It can stop and continue
# between any two bytes. It does not remember options (RFC 1143, reduced to a peer that
# never wants one): if the client asks for one, the answer is no; if the client drops
# one, there is no answer. So no loop can begin.
#
# These actions must be defined before the include: refuse_do, refuse_will, option,
# goodbye, are_you_there, erase_character, erase_line, data, over.
%%{
    machine telnet;

    SE = 240;
    IP = 244;
    AYT = 246;
    EC = 247;
    EL = 248;
    SB = 250;
    WILL = 251;
    WONT = 252;
    DO = 253;
    DONT = 254;
    IAC = 255;

    negotiation = DO @refuse_do any @option
        | WILL @refuse_will any @option
        | ( WONT | DONT ) any @over;
    subnegotiation = SB ( ( any - IAC ) | IAC ( any - SE ) )* IAC SE @over;
    other = any - ( IP | AYT | EC | EL | SB | WILL | WONT | DO | DONT | IAC );

    command = IAC
        ( negotiation
        | subnegotiation
        | IP @goodbye
        | AYT @are_you_there
        | EC @erase_character
        | EL @erase_line
        | IAC @data
        | other @over );
}%%
