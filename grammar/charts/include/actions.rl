# The names of the verb machine's actions, for charts.
%%{
    machine verbs;
    action quit {}
    action param_add {}
    action param_view {}
    action param_delete {}
    action params_view {}
    action params_delete {}
    action details_view {}
    action room_add {}
    action room_leave {}
    action room_view {}
    action say {}
    action action_named {}
    action argument {}
    action key {}
    action value {}
    action room {}
    action value_follows {}
    action message_follows {}
    action message_here {}
    action done {}
}%%
