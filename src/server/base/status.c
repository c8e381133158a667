/* The text of a status. */
#include "stellar/server.h"


const char *stellar_status_text(int status)
{
    switch (status) {
#define XX(symbol, number, text) \
    case number:                 \
        return text;
        STELLAR_RESULTS(XX)
#undef XX
    case STELLAR_OK:
        return "success";
    default:
        return "unknown status";
    }
}
