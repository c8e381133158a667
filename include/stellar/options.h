/* clang-format off */
/*
 * stellar/options.h: the options of a server, a row each.
 *
 * XX(field, TYPE, "option", "path", default, least, most, RULE, "ARGUMENT",
 *    "description")
 *
 *     field        of struct stellar_server_options; its contract is in server.h
 *     TYPE         NUMBER, SWITCH (true or false), CHOICE (an enum), or a string: TEXT,
 *                  BYTES, ADDRESS, FILE_NAME
 *     option       of stellard: "max-rooms" is --max-rooms, and STELLAR_MAX_ROOMS in
 *                  the environment
 *     path         of stellard's configuration file
 *     default      a number or a string, NULL if there is none. BYTES are written with
 *                  escapes, as on the command line
 *     least, most  of a NUMBER: its value. Of a string: its bytes. stellard checks them
 *     RULE         RELOAD: stellar_server_reconfigure() changes it. RESTART: it keeps
 *                  the value of stellar_server_create()
 *     ARGUMENT     what stands for the value in help; of a CHOICE its words, in the
 *                  order of the enum
 *
 * From this table come the defaults, what a server copies, what it may change while it
 * runs, and all that stellard says of an option. The rows are in the order of
 * stellard's help. They come in groups, so that stellard can put its own settings
 * between them.
 */
#ifndef STELLAR_OPTIONS_H
#define STELLAR_OPTIONS_H

#include "stellar/server.h"

#define STELLAR_OPTIONS(XX)                                                             \
    STELLAR_OPTIONS_LISTENING(XX)                                                       \
    STELLAR_OPTIONS_CONNECTIONS(XX)                                                     \
    STELLAR_OPTIONS_GREETING(XX)                                                        \
    STELLAR_OPTIONS_SESSIONS(XX)                                                        \
    STELLAR_OPTIONS_PROCESS(XX)

#define STELLAR_OPTIONS_LISTENING(XX)                                                   \
XX(bind_ip, ADDRESS, "bind-ip", "servers.tcp.bindIP", "127.0.0.1", 1, 64, RESTART,      \
   "ADDRESS",                                                                           \
   "IPv4 or IPv6 address to listen on; 0.0.0.0 or :: opens the server to everyone")     \
XX(port, NUMBER, "port", "servers.tcp.port", 5000, 0, 65535, RESTART, "N",              \
   "TCP port; 0 lets the kernel choose")                                                \
XX(unix_path, FILE_NAME, "unix", "servers.tcp.unixPath", NULL, 1, 107, RESTART, "PATH", \
   "Listen on this Unix socket instead of an address and port")                         \
XX(backlog, NUMBER, "backlog", "servers.tcp.backlog", 511, 1, 65535, RESTART, "N",      \
   "Connections that may wait to be accepted")                                          \
XX(keep_alive, SWITCH, "set-keep-alive", "servers.tcp.setKeepAlive", true, 0, 0,        \
   RELOAD, NULL, "Find clients that vanished, by TCP keep-alive: the first probe after " \
   "300 s of silence, then every 60 s, gone after 5")

#define STELLAR_OPTIONS_CONNECTIONS(XX)                                                 \
XX(tls_certificate, FILE_NAME, "tls-cert", "servers.tcp.serverOptions.cert", NULL,      \
   1, 4095, RELOAD, "FILE",                                                             \
   "PEM file with the certificate chain, the server's own first")                       \
XX(tls_key, FILE_NAME, "tls-key", "servers.tcp.serverOptions.key", NULL, 1, 4095,       \
   RELOAD, "FILE", "PEM file with the key of the certificate")                          \
XX(tls_client_ca, FILE_NAME, "tls-client-ca", "servers.tcp.serverOptions.ca", NULL,     \
   1, 4095, RELOAD, "FILE",                                                             \
   "PEM file with the authorities that clients' certificates must be issued by; "       \
   "without it clients are not asked for any")                                          \
XX(tls_client_auth, CHOICE, "tls-client-auth", "servers.tcp.clientAuth",                \
   STELLAR_CLIENT_AUTH_REQUIRED, 0, 0, RELOAD, "required|optional",                     \
   "Whether a client without a certificate is refused or accepted, if clients are "     \
   "asked for one")                                                                     \
XX(handshake_timeout, NUMBER, "handshake-timeout", "servers.tcp.handshakeTimeout",      \
   10000, 0, 2147483647, RELOAD, "MS",                                                  \
   "Milliseconds for a TLS handshake; 0: no limit")                                     \
XX(first_line_timeout, NUMBER, "first-line-timeout", "servers.tcp.firstLineTimeout",    \
   600000, 0, 2147483647, RELOAD, "MS",                                                 \
   "Milliseconds for a client to send a first line; 0: no limit")                       \
XX(line_timeout, NUMBER, "line-timeout", "servers.tcp.lineTimeout", 60000,              \
   0, 2147483647, RELOAD, "MS",                                                         \
   "Milliseconds in which a line that has begun must end; 0: no limit")                 \
XX(idle_timeout, NUMBER, "idle-timeout", "servers.tcp.idleTimeout", 0,                  \
   0, 2147483647, RELOAD, "MS",                                                         \
   "Milliseconds that a client may send nothing between lines; 0: no limit")            \
XX(write_timeout, NUMBER, "write-timeout", "servers.tcp.writeTimeout", 60000,           \
   0, 2147483647, RELOAD, "MS",                                                         \
   "Milliseconds in which a client may read none of its output, and in which it must "  \
   "read all of it after the goodbye; 0: no limit")                                     \
XX(delimiter, BYTES, "delimiter", "servers.tcp.delimiter", "\\n", 1, 32, RESTART,       \
   "BYTES",                                                                             \
   "The end of a line; may contain \\n \\r \\t \\0 \\\\ and \\xHH. \\n alone means LF, "   \
   "CR LF or CR")                                                                       \
XX(max_data_length, NUMBER, "max-data-length", "servers.tcp.maxDataLength", 65536,      \
   0, 1073741824, RELOAD, "N", "Bytes of a line without its delimiter; 0: no limit")    \
XX(max_connections, NUMBER, "max-connections", "servers.tcp.maxConnections", 0,         \
   0, 1000000000, RELOAD, "N", "Connections at a time; 0: no limit")                    \
XX(max_connections_per_address, NUMBER, "max-connections-per-address",                  \
   "servers.tcp.maxConnectionsPerAddress", 0, 0, 1000000000, RELOAD, "N",               \
   "Connections at a time from one IPv4 address or IPv6 /64; 0: no limit")              \
XX(accept_rate, NUMBER, "accept-rate", "servers.tcp.acceptRate", 0, 0, 1000000, RELOAD, \
   "N", "Connections accepted a second; others wait in the backlog; 0: no limit")       \
XX(output_soft_limit, NUMBER, "output-soft-limit", "servers.tcp.outputSoftLimit",       \
   262144, 1, 1099511627776, RELOAD, "N",                                               \
   "Bytes waiting for a client above which nothing is read from it")                    \
XX(output_hard_limit, NUMBER, "output-hard-limit", "servers.tcp.outputHardLimit",       \
   16777216, 1, 1099511627776, RELOAD, "N",                                             \
   "Bytes waiting for a client above which it is cut off")

#define STELLAR_OPTIONS_GREETING(XX)                                                    \
XX(id, TEXT, "id", "general.id", NULL, 1, 255, RESTART, "TEXT",                         \
   "Name of this server; by default a new UUID")                                        \
XX(welcome_message, TEXT, "welcome-message", "general.welcomeMessage",                  \
   "Hello human! Welcome to Stellar", 0, 65536, RELOAD, "TEXT",                         \
   "Sent to a client when it connects")                                                 \
XX(goodbye_message, TEXT, "goodbye-message", "general.goodbyeMessage", "Bye!",          \
   0, 65536, RELOAD, "TEXT", "Sent to a client before its connection ends")

#define STELLAR_OPTIONS_SESSIONS(XX)                                                    \
XX(simultaneous_actions, NUMBER, "simultaneous-actions", "general.simultaneousActions", \
   5, 1, 1000000, RELOAD, "N", "Pending actions of a connection")                       \
XX(action_timeout, NUMBER, "action-timeout", "general.actionTimeout", 30000,            \
   0, 2147483647, RELOAD, "MS", "Milliseconds for an action to finish; 0: no limit")    \
XX(shutdown_limit, NUMBER, "shutdown-limit", "general.shutdownLimit", 5000,             \
   0, 2147483647, RELOAD, "MS",                                                         \
   "Milliseconds that quit and shutdown wait for pending actions")                      \
XX(max_rooms, NUMBER, "max-rooms", "general.maxRooms", 1024, 0, 1000000000, RELOAD,     \
   "N", "Rooms that a client may join; 0: no limit")                                    \
XX(max_members, NUMBER, "max-members", "general.maxMembers", 0, 0, 1000000000, RELOAD,  \
   "N", "Members of a room, for clients that would join; 0: no limit")                  \
XX(max_params, NUMBER, "max-params", "general.maxParams", 1024, 1, 1000000, RELOAD,     \
   "N", "Params of a connection")                                                       \
XX(max_params_bytes, NUMBER, "max-params-bytes", "general.maxParamsBytes", 1048576,     \
   1, 1073741824, RELOAD, "N",                                                          \
   "Bytes of all names and values of a connection's params")                            \
XX(mail_limit, NUMBER, "mail-limit", "general.mailLimit", 4194304,                      \
   1, 1099511627776, RELOAD, "N",                                                       \
   "Bytes in transit to another thread above which clients that send more are not read") \
XX(max_memory, NUMBER, "max-memory", "general.maxMemory", 0, 0, 1099511627776, RESTART, \
   "N", "Bytes of memory for all that clients need; the last tenth is for clients that "  \
   "are already connected. 0: no limit")

#define STELLAR_OPTIONS_PROCESS(XX)                                                     \
XX(threads, NUMBER, "threads", "general.threads", 1, 1, 1024, RESTART, "N",             \
   "Loops that serve connections, each on its own thread")                              \
XX(log_level, CHOICE, "log-level", "logger.level", STELLAR_LOG_INFO, 0, 0, RELOAD,      \
   "debug|info|warning|error", "Least important events to log")
/* clang-format on */

#endif
