# The telnet machine: one command of RFC 854, from its IAC to its last byte.
#
# It takes every byte in every state, so it never fails; it may be left and taken up
# again between any two bytes. Options are not kept in mind (RFC 1143 reduced to a peer
# that never wants one): who asks for one is told no, who drops one is not answered, and
# so no loop can begin.
#
# Actions to be defined before the include: refuse_do, refuse_will, option, goodbye,
# are_you_there, erase_character, erase_line, data, over.
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
