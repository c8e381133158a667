# An action called as JSON, much simplified: one space stands for any white space, "k" for
# any string, 0 for any number, and values are not nested.
%%{
    machine call;
    alphtype unsigned char;
    action action_named {}
    action params_given {}
    string = '"k"';
    value = string | '0' | 'true' | 'false' | 'null' | '{}' | '[]';
    member = ( '"action"' ' '* ':' ' '* string %action_named )
        | ( '"params"' ' '* ':' ' '* '{}' %params_given )
        | ( string ' '* ':' ' '* value );
    main := '{' ' '* ( member ' '* ( ',' ' '* member ' '* )* )? '}' ' '*;
}%%
