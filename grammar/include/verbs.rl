# The verb machine: what a line that is not JSON asks for.
#
# It reads a line from its first byte that is no blank, and stops as early as it can: at
# the blank behind the last argument, or before the message of `say`. What is free text
# is never walked through. It stops in an error only where an argument has to begin and
# something else stands there (`say ,hi`, `paramAdd =v`): the argument is then missing
# just there. Arguments are optional here; who includes the machine looks at what it got.
#
# Actions to be defined before the include: one for every verb, named as the handler in
# STELLAR_VERBS; action_named; argument, key, value, room; value_follows, message_follows,
# message_here; done.
%%{
    machine verbs;
    include verb_names "verb_names.rl";

    # Line ends are no business of the grammar: framing has cut them off, and where a
    # delimiter of its own is set they are data like any other byte.
    blank = ' ' | '\t';
    word_byte = any - blank;
    word = word_byte+;
    rest = ( blank @done )?;

    key_byte = word_byte - '=';
    room_byte = word_byte - ',';

    key_word = word >argument %key;
    room_word = word >argument %room;
    key_and_value = key_byte+ >argument %key
        ( '=' @value_follows word_byte* %value rest
        | blank+ ( word >argument %value rest )? )?;
    room_and_message = room_byte+ >argument %room
        ( blank @message_follows
        | ',' ( blank @message_follows | word_byte @message_here )? )?;

    with_key = ( blank+ ( key_word rest )? )?;
    with_room = ( blank+ ( room_word rest )? )?;

    param_add_line = "paramAdd" %param_add ( blank+ key_and_value? )?;
    say_line = "say" %say ( blank+ room_and_message? )?;

    verb = param_add_line
      | say_line
      | ( "quit" | "exit" )        %quit          rest
      | "paramView"                %param_view    with_key
      | "paramDelete"              %param_delete  with_key
      | "paramsView"               %params_view   rest
      | "paramsDelete"             %params_delete rest
      | "detailsView"              %details_view  rest
      | ( "roomAdd" | "roomJoin" ) %room_add      with_room
      | "roomLeave"                %room_leave    with_room
      | "roomView"                 %room_view     with_room;

    # Without the subtraction, `quit` would be a verb and the name of an action at once.
    named_action = ( word - verb_name ) %action_named rest;

    line = verb | named_action;
}%%
