# A telnet command: the whole machine.
%%{
    machine telnet;
    alphtype unsigned char;
    action refuse_do {}
    action refuse_will {}
    action option {}
    action goodbye {}
    action are_you_there {}
    action erase_character {}
    action erase_line {}
    action data {}
    action over {}
    include "../include/telnet.rl";
    main := command;
}%%
