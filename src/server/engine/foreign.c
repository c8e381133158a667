#include "foreign.h"

#include "close.h"
#include "log.h"
#include "reply.h"


/* A peer on a Unix socket has no address. */
static void tell_log(const struct stellar_connection *session, const char *name)
{
    const struct stellar_server_options *options = session->shard->options;

    if (session->remote_ip[0] == '\0') {
        stellar__log(options, STELLAR_LOG_WARNING, session->id,
                     "the client speaks %s: connection closed", name);
    } else {
        stellar__log(options, STELLAR_LOG_WARNING, session->id,
                     "the client speaks %s: connection closed (from %s port %d)", name,
                     session->remote_ip, session->remote_port);
    }
}


void stellar__foreign_turn_away(struct stellar_connection *session,
                                enum stellar_foreign protocol)
{
    static const char *const texts[] = {[STELLAR_NOT_FOREIGN] = "",
#define XX(symbol, name, text) \
    [STELLAR_FOREIGN_##symbol] = text ": it speaks the TCP protocol of Stellar",
                                        STELLAR_FOREIGN_PROTOCOLS(XX)
#undef XX
    };

    STELLAR__COUNT(session->shard, connections_foreign);
    tell_log(session, stellar_foreign_name(protocol));
    stellar__reply_notice(session, "error", texts[protocol]);
    stellar__session_quit(session);
}
