# The words that are verbs, in every machine that must tell them from others.
%%{
    machine verb_names;

    verb_name = "quit" | "exit" | "paramAdd" | "paramView" | "paramDelete"
        | "paramsView" | "paramsDelete" | "detailsView" | "roomAdd" | "roomJoin"
        | "roomLeave" | "roomView" | "say";
}%%
