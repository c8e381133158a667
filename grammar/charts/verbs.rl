# All the verbs. (Leaves out that any other word calls an action.)
%%{
    machine verbs;
    alphtype unsigned char;
    include "include/actions.rl";
    include "../include/verbs.rl";
    main := verb;
}%%
