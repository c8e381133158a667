# A line that starts with `paramAdd`.
%%{
    machine verbs;
    alphtype unsigned char;
    include "include/actions.rl";
    include "../include/verbs.rl";
    main := param_add_line;
}%%
