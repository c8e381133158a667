/*
 * The verb machine's actions. The machine itself is include/verbs.rl.
 *
 * The machine runs over a whole line at once, so no state outlives the call.
 */
#include "internal.h"


%%{
    machine verbs;
    alphtype unsigned char;

    action quit          { command->verb = STELLAR_QUIT; }
    action param_add     { command->verb = STELLAR_PARAM_ADD; }
    action param_view    { command->verb = STELLAR_PARAM_VIEW; }
    action param_delete  { command->verb = STELLAR_PARAM_DELETE; }
    action params_view   { command->verb = STELLAR_PARAMS_VIEW; }
    action params_delete { command->verb = STELLAR_PARAMS_DELETE; }
    action details_view  { command->verb = STELLAR_DETAILS_VIEW; }
    action room_add      { command->verb = STELLAR_ROOM_ADD; }
    action room_leave    { command->verb = STELLAR_ROOM_LEAVE; }
    action room_view     { command->verb = STELLAR_ROOM_VIEW; }
    action say           { command->verb = STELLAR_SAY; }

    action action_named {
        command->verb = STELLAR_ACTION;
        command->action = stellar__slice(text, p);
    }

    action argument { from = p; }
    action key      { command->key = stellar__slice(from, p); }
    action value    { command->value = stellar__slice(from, p); }
    action room     { command->room = stellar__slice(from, p); }

    action value_follows   { from = p + 1; }
    action message_follows { command->message = stellar__slice(p + 1, pe); fbreak; }
    action message_here    { command->message = stellar__slice(p, pe); fbreak; }
    action done            { fbreak; }

    include "include/verbs.rl";

    main := line;
    write data noerror nofinal noentry;
}%%


size_t stellar__verb_parse(const unsigned char *text, size_t length,
                           struct stellar_command *command)
{
    const unsigned char *p = text;
    const unsigned char *pe = text + length;
    const unsigned char *eof = pe;
    const unsigned char *from = text;
    int cs;

    %% write init;
    %% write exec;
    return (size_t)(p - text);
}
