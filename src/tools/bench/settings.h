/*
 * The command line of stellar-bench, as one table: it feeds the reading of options and
 * --help, and a test compares it with the manual page.
 *
 * GROUP(title)
 * XX(name, kind, field, lowest, highest, argument, help)
 *
 * field is one of struct stellar__bench_options; lowest and highest bound numbers and
 * seconds. A line of help that does not fit goes on after \n.
 */
#ifndef STELLAR_BENCH_SETTINGS_H
#define STELLAR_BENCH_SETTINGS_H

#define STELLAR__BENCH_MOST_REQUESTS 1000000000000.0
#define STELLAR__BENCH_A_DAY         86400.0

/* clang-format off */
#define STELLAR__BENCH_SETTINGS(GROUP, XX) \
    GROUP("Where to") \
    XX("host", TEXT, host, 0, 0, "HOST", \
       "name or address of the server (default: 127.0.0.1)") \
    XX("port", PORT, port, 1, 65535, "PORT", "its port (default: 5000)") \
    XX("unix", TEXT, unix_path, 0, 0, "PATH", \
       "its Unix socket, in place of host and port") \
    XX("no-welcome", FLAG, no_welcome, 0, 0, "", \
       "do not wait for a line before the first request") \
    XX("hello", LINE, hello, 0, 0, "LINE", \
       "to send first on each connection; its answer is not waited for") \
    XX("tls", FLAG, tls, 0, 0, "", \
       "speak TLS 1.2, and believe every certificate") \
    XX("tls-ca", TEXT, tls_ca, 0, 0, "FILE", \
       "speak TLS, and believe only what the certificates in this PEM\n" \
       "file vouch for") \
    XX("tls-name", TEXT, tls_name, 0, 0, "NAME", \
       "of the server in its certificate (default: HOST)") \
    XX("tls-resume", FLAG, tls_resume, 0, 0, "", \
       "resume the session of a thread's first connection") \
    GROUP("What") \
    XX("file", TEXT, file, 0, 0, "FILE", \
       "lines to send in turn; empty ones are left out") \
    XX("chat", FLAG, chat, 0, 0, "", \
       "members of rooms say lines, and all deliveries are checked") \
    XX("idle", NUMBER, idle, 1, 1000000, "N", \
       "open so many connections and see what they cost in memory") \
    XX("handshakes", FLAG, handshakes, 0, 0, "", \
       "connect, shake hands (TLS) and close, again and again") \
    XX("delimiter", BYTES, request_end, 0, 0, "TEXT", \
       "what ends a request (default: \\r\\n)") \
    XX("answer-end", BYTES, answer_end, 0, 0, "TEXT", \
       "what ends an answer (default: \\r\\n); in both, \\n \\r \\t\n" \
       "\\0 \\\\ \\xHH stand for bytes") \
    XX("expect", TEXT, expect, 0, 0, "TEXT", \
       "what every answer must contain; those without are errors") \
    GROUP("How much") \
    XX("connections", NUMBER, connections, 1, 60000, "N", \
       "open at once, 1 to 60000 (default: 50)") \
    XX("pipeline", NUMBER, pipeline, 1, 100000, "N", \
       "requests sent in one write; the next when all of them are\n" \
       "answered; 1 to 100000 (default: 1); with --rate, requests that\n" \
       "are due may share a write, and this is the most (default: 64)") \
    XX("threads", NUMBER, threads, 1, 256, "N", \
       "that share the connections, 1 to 256 (default: 1)") \
    XX("spin", FLAG, spin, 0, 0, "", \
       "ask for events again and again instead of sleeping until there\n" \
       "are some: a server that shares the machine does not have to\n" \
       "wake its clients up; takes a core for each thread") \
    XX("requests", COUNT, requests, 1, STELLAR__BENCH_MOST_REQUESTS, "N", \
       "stop when so many are sent") \
    XX("seconds", SECONDS, duration, 0.001, STELLAR__BENCH_A_DAY, "S", \
       "stop after so long, to 86400; without either: 1000000\n" \
       "requests or 10 seconds, whichever comes first") \
    XX("rate", COUNT, rate, 1, 1e9, "N", \
       "send so many requests a second, whatever is answered, and\n" \
       "measure from the time at which each was due") \
    XX("warmup", SECONDS, warmup, 0, STELLAR__BENCH_A_DAY, "S", \
       "load so long before measuring (default: 0)") \
    XX("timeout", SECONDS, timeout, 0.001, STELLAR__BENCH_A_DAY, "S", \
       "give up after so long without an answer (default: 10)") \
    GROUP("Chat; --connections are the members, --pipeline the says outstanding") \
    XX("rooms", NUMBER, rooms, 1, 60000, "N", \
       "that the members are spread over (default: 1); with more than\n" \
       "one, its number follows the name of a room") \
    XX("room", TEXT, room, 0, 0, "NAME", "of the room (default: defaultRoom)") \
    XX("senders", NUMBER, senders, 1, 60000, "N", \
       "of the members that say something (default: one a room)") \
    XX("outside", FLAG, outside, 0, 0, "", \
       "senders are no members, and come in addition to them") \
    XX("size", NUMBER, size, 16, 60000, "N", \
       "bytes of a message, 16 to 60000 (default: 64)") \
    XX("join", LINE, join, 0, 0, "LINE", \
       "that makes a member; %r is the room (default: roomAdd %r);\n" \
       "with --idle, none is made unless this is given") \
    XX("joined", TEXT, joined, 0, 0, "TEXT", \
       "what its answer must contain (default: \"status\":\"OK\")") \
    XX("say", LINE, say, 0, 0, "LINE", \
       "that says a message; %m is the message and %n its length\n" \
       "(default: say %r %m)") \
    GROUP("Result") \
    XX("pid", NUMBER, pid, 1, 4194304, "PID", \
       "of the server: tell what it used of processor and memory") \
    XX("json", FLAG, json, 0, 0, "", "one JSON object in place of text") \
    XX("quiet", FLAG, quiet, 0, 0, "", "no progress on standard error") \
    XX("version", FLAG, version, 0, 0, "", "show the version") \
    XX("help", FLAG, help, 0, 0, "", "show this")
/* clang-format on */

#endif
