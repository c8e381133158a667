/*
 * The table of all settings of stellard. Command line, environment, configuration file,
 * --help, --print-config and the manual page are all made from it.
 *
 * XX(SYMBOL, "option", "path in the file", TYPE, "default", least, most, "ARGUMENT",
 *    "description")
 *
 * The environment variable is STELLAR_SYMBOL. A row without an option stands in the
 * file only. A default of NULL means that the setting is absent unless given. The
 * default is written as it would be on the command line, and a list's items are
 * separated by commas. least and most bound a NUMBER, and the bytes of a text. Rows
 * whose paths share a section stand together, for --print-config writes them in order.
 */
#ifndef STELLAR_STELLARD_OPTIONS_H
#define STELLAR_STELLARD_OPTIONS_H

/* clang-format off */
#define STELLAR__OPTIONS(XX)                                                            \
XX(ENABLE, NULL, "servers.tcp.enable", ALWAYS, "true", 0, 0, NULL,                      \
   "Must be true: this program is the TCP server")                                      \
XX(BIND_IP, "bind-ip", "servers.tcp.bindIP", ADDRESS, "127.0.0.1", 1, 64, "ADDRESS",    \
   "IPv4 or IPv6 address to listen on; 0.0.0.0 or :: opens the server to everyone")     \
XX(PORT, "port", "servers.tcp.port", NUMBER, "5000", 0, 65535, "N",                     \
   "TCP port; 0 lets the kernel choose")                                                \
XX(UNIX, "unix", "servers.tcp.unixPath", FILE_NAME, NULL, 1, 107, "PATH",               \
   "Listen on this Unix socket instead of an address and port")                         \
XX(BACKLOG, "backlog", "servers.tcp.backlog", NUMBER, "511", 1, 65535, "N",             \
   "Connections that may wait to be accepted")                                          \
XX(SET_KEEP_ALIVE, "set-keep-alive", "servers.tcp.setKeepAlive", SWITCH, "true",        \
   0, 0, NULL, "Find clients that vanished, by TCP keep-alive: the first probe after "  \
   "300 s of silence, then every 60 s, gone after 5")                                   \
XX(SECURE, "secure", "servers.tcp.secure", SWITCH, "false", 0, 0, NULL,                 \
   "Speak TLS; a certificate and its key imply it where this is not said")              \
XX(TLS_CERT, "tls-cert", "servers.tcp.serverOptions.cert", FILE_NAME, NULL, 1, 4095,    \
   "FILE", "PEM file with the certificate chain, the server's own first")               \
XX(TLS_KEY, "tls-key", "servers.tcp.serverOptions.key", FILE_NAME, NULL, 1, 4095,       \
   "FILE", "PEM file with the key of the certificate")                                  \
XX(TLS_CLIENT_CA, "tls-client-ca", "servers.tcp.serverOptions.ca", FILE_NAME, NULL,      \
   1, 4095, "FILE", "PEM file with the authorities that clients' certificates must be " \
   "issued by; without it clients are not asked for any")                               \
XX(TLS_CLIENT_AUTH, "tls-client-auth", "servers.tcp.clientAuth", CHOICE, "required",    \
   0, 0, "required|optional", "Whether a client without a certificate is refused or "   \
   "let in, where clients are asked for one")                                           \
XX(HANDSHAKE_TIMEOUT, "handshake-timeout", "servers.tcp.handshakeTimeout", NUMBER,      \
   "10000", 0, 2147483647, "MS", "Milliseconds for a TLS handshake; 0: no limit")       \
XX(FIRST_LINE_TIMEOUT, "first-line-timeout", "servers.tcp.firstLineTimeout", NUMBER,    \
   "600000", 0, 2147483647, "MS",                                                       \
   "Milliseconds for a client to send a first line; 0: no limit")                       \
XX(LINE_TIMEOUT, "line-timeout", "servers.tcp.lineTimeout", NUMBER, "60000",            \
   0, 2147483647, "MS", "Milliseconds for a line that was begun to end; 0: no limit")   \
XX(IDLE_TIMEOUT, "idle-timeout", "servers.tcp.idleTimeout", NUMBER, "0",                \
   0, 2147483647, "MS",                                                                 \
   "Milliseconds that a client may send nothing between lines; 0: no limit")            \
XX(WRITE_TIMEOUT, "write-timeout", "servers.tcp.writeTimeout", NUMBER, "60000",         \
   0, 2147483647, "MS",                                                                 \
   "Milliseconds that a client may read nothing of what waits for it, and that it may " \
   "take to read all of it after the goodbye; 0: no limit")                             \
XX(DELIMITER, "delimiter", "servers.tcp.delimiter", BYTES, "\\n", 1, 32, "BYTES",       \
   "What ends a line; \\n \\r \\t \\0 \\\\ and \\xHH are understood. \\n alone stands " \
   "for LF, CR LF and CR")                                                              \
XX(MAX_DATA_LENGTH, "max-data-length", "servers.tcp.maxDataLength", NUMBER, "65536",    \
   0, 1073741824, "N", "Bytes of a line, delimiter excluded; 0: no limit")              \
XX(MAX_CONNECTIONS, "max-connections", "servers.tcp.maxConnections", NUMBER, "0",       \
   0, 1000000000, "N", "Connections at a time; 0: no limit")                            \
XX(MAX_CONNECTIONS_PER_ADDRESS, "max-connections-per-address",                          \
   "servers.tcp.maxConnectionsPerAddress", NUMBER, "0", 0, 1000000000, "N",             \
   "Connections at a time from one IPv4 address or IPv6 /64; 0: no limit")              \
XX(ACCEPT_RATE, "accept-rate", "servers.tcp.acceptRate", NUMBER, "0", 0, 1000000, "N",  \
   "Connections accepted a second, others wait in the backlog; 0: no limit")            \
XX(OUTPUT_SOFT_LIMIT, "output-soft-limit", "servers.tcp.outputSoftLimit", NUMBER,       \
   "262144", 1, 1099511627776, "N",                                                     \
   "Bytes waiting for a client above which nothing is read from it")                    \
XX(OUTPUT_HARD_LIMIT, "output-hard-limit", "servers.tcp.outputHardLimit", NUMBER,       \
   "16777216", 1, 1099511627776, "N",                                                   \
   "Bytes waiting for a client above which it is cut off")                              \
XX(METRICS_PORT, "metrics-port", "servers.metrics.port", NUMBER, "0", 0, 65535, "N",    \
   "Serve /metrics for Prometheus, and /healthz, over HTTP on this port; 0: do not")    \
XX(METRICS_IP, "metrics-ip", "servers.metrics.bindIP", ADDRESS, "127.0.0.1", 1, 64,     \
   "ADDRESS", "IPv4 or IPv6 address of that port")                                      \
XX(ID, "id", "general.id", TEXT, NULL, 1, 255, "TEXT",                                  \
   "Name of this server; a new UUID where it is not given")                             \
XX(WELCOME_MESSAGE, "welcome-message", "general.welcomeMessage", TEXT,                  \
   "Hello human! Welcome to Stellar", 0, 65536, "TEXT", "Said to a client that comes")  \
XX(GOODBYE_MESSAGE, "goodbye-message", "general.goodbyeMessage", TEXT, "Bye!",          \
   0, 65536, "TEXT", "Said to a client that leaves")                                    \
XX(ROOM, "room", "general.startingChatRooms", ROOMS, "defaultRoom", 1, 65536, "NAME",   \
   "Chat room to start with; repeatable")                                               \
XX(SIMULTANEOUS_ACTIONS, "simultaneous-actions", "general.simultaneousActions", NUMBER, \
   "5", 1, 1000000, "N", "Pending actions of a connection")                             \
XX(ACTION_TIMEOUT, "action-timeout", "general.actionTimeout", NUMBER, "30000",          \
   0, 2147483647, "MS", "Milliseconds for an action to finish; 0: no limit")            \
XX(SHUTDOWN_LIMIT, "shutdown-limit", "general.shutdownLimit", NUMBER, "5000",           \
   0, 2147483647, "MS", "Milliseconds that quit and shutdown wait for pending actions") \
XX(MAX_ROOMS, "max-rooms", "general.maxRooms", NUMBER, "1024", 0, 1000000000, "N",      \
   "Rooms that a client may join; 0: no limit")                                         \
XX(MAX_MEMBERS, "max-members", "general.maxMembers", NUMBER, "0", 0, 1000000000, "N",   \
   "Members of a room, for clients that would join; 0: no limit")                       \
XX(MAX_PARAMS, "max-params", "general.maxParams", NUMBER, "1024", 1, 1000000, "N",      \
   "Params of a connection")                                                            \
XX(MAX_PARAMS_BYTES, "max-params-bytes", "general.maxParamsBytes", NUMBER, "1048576",   \
   1, 1073741824, "N", "Bytes of all names and values of a connection's params")        \
XX(MAIL_LIMIT, "mail-limit", "general.mailLimit", NUMBER, "4194304",                    \
   1, 1099511627776, "N",                                                               \
   "Bytes on their way to another thread above which no client is read that sends more") \
XX(MAX_MEMORY, "max-memory", "general.maxMemory", NUMBER, "0", 0, 1099511627776, "N",   \
   "Bytes of memory for all that clients need; the last tenth is for those who are "    \
   "there. 0: no limit")                                                                \
XX(MODULE, "module", "general.modules", MODULES, "", 1, 4095, "NAME|PATH",              \
   "Shared object that adds actions: a path with a slash, or a name to look up beside " \
   "the program and in the module folder; repeatable")                                  \
XX(THREADS, "threads", "general.threads", NUMBER, "1", 1, 1024, "N",                    \
   "Loops to serve connections on, each a thread")                                      \
XX(LOG_LEVEL, "log-level", "logger.level", CHOICE, "info", 0, 0,                        \
   "debug|info|warning|error", "Least important events to log")                         \
XX(LOG_FORMAT, "log-format", "logger.format", CHOICE, "text", 0, 0, "text|json",        \
   "How a line of the log looks")                                                       \
XX(LOG_FILE, "log-file", "logger.file", FILE_NAME, NULL, 1, 4095, "PATH",               \
   "Append the log to this file instead of writing it to standard error; SIGUSR1 opens " \
   "it anew")

/* What is on the command line besides: XX(SYMBOL, "option", "ARGUMENT", "description").
 */
#define STELLAR__COMMANDS(XX)                                                           \
XX(CONFIG, "config", "FILE", "Read settings from this JSON file")                       \
XX(PRINT_CONFIG, "print-config", NULL,                                                  \
   "Print the settings in effect as a configuration file, and exit")                    \
XX(CHECK_CONFIG, "check-config", NULL,                                                  \
   "Try settings, and the files, addresses, memory and modules that they name, without " \
   "listening, and exit: 0 if all is well, else 2")                                     \
XX(VERSION, "version", NULL, "Print the version, and exit")                             \
XX(HELP, "help", NULL, "Print this, and exit")
/* clang-format on */

enum stellar__option {
#define XX(symbol, name, path, type, standard, least, most, argument, description) \
    STELLAR__OPTION_##symbol,
    STELLAR__OPTIONS(XX)
#undef XX
        STELLAR__OPTION_COUNT
};

enum stellar__command_option {
#define XX(symbol, name, argument, description) STELLAR__COMMAND_##symbol,
    STELLAR__COMMANDS(XX)
#undef XX
        STELLAR__COMMAND_COUNT
};

enum stellar__type {
    STELLAR__NUMBER,
    STELLAR__SWITCH,
    STELLAR__ALWAYS, /* a switch that must be on */
    STELLAR__CHOICE,
    STELLAR__TEXT,
    STELLAR__BYTES,
    STELLAR__ADDRESS,
    STELLAR__FILE_NAME,
    STELLAR__ROOMS,
    STELLAR__MODULES
};

struct stellar__option_row {
    const char *name; /* NULL: not on the command line, not in the environment */
    const char *environment;
    const char *path;
    enum stellar__type type;
    const char *standard; /* the default, or NULL */
    unsigned long long least;
    unsigned long long most;
    const char *argument;
    const char *description;
};

struct stellar__command_row {
    const char *name;
    const char *argument;
    const char *description;
};

extern const struct stellar__option_row stellar__options[STELLAR__OPTION_COUNT];
extern const struct stellar__command_row stellar__commands[STELLAR__COMMAND_COUNT];

#endif
