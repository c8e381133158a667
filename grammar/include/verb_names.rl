# The words that are verbs, for all machines that must know them.
%%{
    machine verb_names;

    verb_name = "quit" | "exit" | "paramAdd" | "paramView" | "paramDelete"
        | "paramsView" | "paramsDelete" | "detailsView" | "roomAdd" | "roomJoin"
        | "roomLeave" | "roomView" | "say";
}%%
