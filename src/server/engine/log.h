/* The log of the program that has the server. */
#ifndef STELLAR_SERVER_LOG_H
#define STELLAR_SERVER_LOG_H

#include "stellar/server.h"

/* One line for the log; connection may be NULL. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
void stellar__log(const struct stellar_server_options *options, enum stellar_log_level level,
                  const char *connection, const char *format, ...);

#endif
