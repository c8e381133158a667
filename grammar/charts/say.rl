# A line that starts with `say`.
%%{
    machine verbs;
    alphtype unsigned char;
    include "include/actions.rl";
    include "../include/verbs.rl";
    main := say_line;
}%%
