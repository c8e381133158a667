# The verb machine: what a line that is not JSON asks for.
#
# It reads a line from its first byte that is not blank, and stops as early as it can: at
# the blank after the last argument, or before the message of `say`. It never walks
# through free text. It stops in an error only if an argument has to begin and something
# else comes (`say ,hi`, `paramAdd =v`); this is then the place of the missing argument.
# Arguments are optional here. The code that includes the machine checks which it got.
#
# These actions must be defined before the include: one for each verb, named like its
# handler in STELLAR_VERBS; action_named; argument, key, value, room; value_follows,
# message_follows, message_here; done.
%%{
    machine verbs;
    include verb_names "verb_names.rl";

    # The grammar does not know line ends: framing has cut them off. With a custom
    # delimiter they are data like any other byte.
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

    # Without the subtraction `quit` would be both a verb and the name of an action.
    named_action = ( word - verb_name ) %action_named rest;

    line = verb | named_action;
}%%
