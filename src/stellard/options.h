/*
 * The table of all settings of stellard: the options of the server library, and between
 * them what only the daemon has, in rows of the same shape (see stellar/options.h).
 * Command line, environment, configuration file, --help, --print-config, the manual
 * page and docs/options.md are all made from it.
 *
 * Types that only the daemon has: ALWAYS is a switch that must be on, ROOMS and MODULES
 * are lists. A list's default has its items separated by commas. A row without an
 * option is for the file only. RELOAD: SIGHUP puts a new value into effect. RESTART: it
 * does not, and the log says so. Rows whose paths share a section follow each other,
 * because --print-config writes them in order.
 */
#ifndef STELLAR_STELLARD_OPTIONS_H
#define STELLAR_STELLARD_OPTIONS_H

#include <stdbool.h>

#include "stellar/options.h"
#include "stellar/parser.h"

/* clang-format off */
#define STELLAR__OPTIONS(XX)                                                            \
XX(enable, ALWAYS, NULL, "servers.tcp.enable", true, 0, 0, RESTART, NULL,               \
   "Must be true: this program is the TCP server")                                      \
STELLAR_OPTIONS_LISTENING(XX)                                                           \
XX(secure, SWITCH, "secure", "servers.tcp.secure", false, 0, 0, RESTART, NULL,          \
   "Speak TLS; by default, a certificate and its key imply it")                         \
STELLAR_OPTIONS_CONNECTIONS(XX)                                                         \
XX(metrics_port, NUMBER, "metrics-port", "servers.metrics.port", 0, 0, 65535, RESTART,  \
   "N",                                                                                 \
   "Serve /metrics for Prometheus, and /healthz, over HTTP on this port; 0: do not")    \
XX(metrics_ip, ADDRESS, "metrics-ip", "servers.metrics.bindIP", "127.0.0.1", 1, 64,     \
   RESTART, "ADDRESS", "IPv4 or IPv6 address of that port")                             \
STELLAR_OPTIONS_GREETING(XX)                                                            \
XX(room, ROOMS, "room", "general.startingChatRooms", "defaultRoom", 1, 65536, RELOAD,   \
   "NAME", "Chat room to start with; repeatable")                                       \
STELLAR_OPTIONS_SESSIONS(XX)                                                            \
XX(module, MODULES, "module", "general.modules", "", 1, 4095, RESTART, "NAME|PATH",     \
   "Shared object that adds actions: a path with a slash, or a name to look up next "   \
   "to the program and in the module folder; repeatable")                               \
STELLAR_OPTIONS_PROCESS(XX)                                                             \
XX(log_format, CHOICE, "log-format", "logger.format", 0, 0, 0, RESTART, "text|json",    \
   "How a line of the log looks")                                                       \
XX(log_file, FILE_NAME, "log-file", "logger.file", NULL, 1, 4095, RESTART, "PATH",      \
   "Append the log to this file instead of writing it to standard error; SIGUSR1 opens " \
   "it again")

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
#define XX(field, type, name, path, standard, least, most, rule, argument, text) \
    STELLAR__OPTION_##field,
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
    const char *path;
    enum stellar__type type;
    bool needs_restart;
    unsigned long long standard; /* the default of a number, switch or choice */
    const char *standard_text;   /* the default of any other, or NULL */
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

/* Returns the n-th of the words in "debug|info|warning|error"; its length is 0 if there
 * is none. */
struct stellar_slice stellar__choice_word(const char *words, unsigned long long n);

/* The longest text that these write, with the NUL; what is longer is cut. */
#define STELLAR__OPTION_TEXT_MAX 64

/* The environment variable of a row that has an option: "STELLAR_BIND_IP". */
void stellar__option_variable(const struct stellar__option_row *row,
                              char out[STELLAR__OPTION_TEXT_MAX]);

/* The default as it would be written on the command line. False: there is none, and the
 * text is empty. */
bool stellar__option_default(const struct stellar__option_row *row,
                             char out[STELLAR__OPTION_TEXT_MAX]);

#endif
