/*
 * The opening machine's actions. The machine itself is include/opening.rl.
 *
 * The machine reads a whole run before lines are cut from it. A part of a run that was
 * not cut may be fed again, so parser->looked says how far in the stream the machine has
 * read. No run is longer than 2^30 bytes, so 32 bits are enough to see whether that is
 * ahead.
 *
 * The state is parser->opening. 0, Ragel's error state, means that the machine does not
 * run, or has stopped.
 */
#include "internal.h"

#define LONGEST_RUN 0x40000000


%%{
    machine opening;
    alphtype unsigned char;

    action http  { parser->foreign = STELLAR_FOREIGN_HTTP; fbreak; }
    action rtsp  { parser->foreign = STELLAR_FOREIGN_RTSP; fbreak; }
    action sip   { parser->foreign = STELLAR_FOREIGN_SIP; fbreak; }
    action tls   { parser->foreign = STELLAR_FOREIGN_TLS; fbreak; }
    action proxy { parser->foreign = STELLAR_FOREIGN_PROXY; fbreak; }

    action own { is_own = true; fbreak; }

    action target       { fgoto target; }
    action in_target    { fgoto in_target; }
    action to_method    { fhold; fgoto method; }
    action to_target    { fhold; fgoto target; }
    action to_in_target { fhold; fgoto in_target; }

    include "include/opening.rl";
    write data noerror nofinal noentry;
}%%


void stellar_parser_detect_foreign(struct stellar_parser *parser)
{
    parser->opening = (unsigned char)opening_start;
}


void stellar__opening_look(struct stellar_parser *parser)
{
    const unsigned char *p = parser->input;
    const unsigned char *pe = parser->run_end;
    uint32_t ahead = parser->looked - (uint32_t)parser->position;
    const unsigned char *eof = NULL;
    bool is_own = false;
    int cs = parser->opening;

    if (pe - p > LONGEST_RUN)
        pe = parser->run_end = p + LONGEST_RUN;
    if (ahead <= LONGEST_RUN)
        p = ahead < (size_t)(pe - p) ? p + ahead : pe;
    if (parser->foreign == STELLAR_NOT_FOREIGN) {
        %% write exec;
        parser->opening = is_own ? 0 : (unsigned char)cs; /* there are less than 100 */
        if (parser->foreign != STELLAR_NOT_FOREIGN)
            p--; /* the byte that decided */
        parser->looked = (uint32_t)parser->position + (uint32_t)(p - parser->input);
    }
    if (parser->foreign != STELLAR_NOT_FOREIGN)
        parser->run_end = p;
}
