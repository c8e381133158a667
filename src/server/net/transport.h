/*
 * The two kinds of transport differ in what stands between stream and session: nothing,
 * or TLS. Both are transports for a session (state.h), and take what the stream has
 * read.
 */
#ifndef STELLAR_SERVER_TRANSPORT_H
#define STELLAR_SERVER_TRANSPORT_H

#include "net.h"

extern const struct stellar__transport stellar__transport_plain;
extern const struct stellar__transport stellar__transport_tls;

#endif
