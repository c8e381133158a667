/*
 * The command line of stellar-bench as one table. The options and --help are made from
 * it, and a test compares it with the manual page.
 *
 * GROUP(title)
 * XX(name, kind, field, lowest, highest, argument, help)
 *
 * field is a field of struct stellar__bench_options. lowest and highest are bounds for
 * numbers and seconds. A line of help that does not fit continues after \n.
 */
#ifndef STELLAR_BENCH_SETTINGS_H
#define STELLAR_BENCH_SETTINGS_H

#define STELLAR__BENCH_MOST_REQUESTS 1000000000000.0
#define STELLAR__BENCH_A_DAY         86400.0

/* clang-format off */
#define STELLAR__BENCH_SETTINGS(GROUP, XX) \
    GROUP("The server") \
    XX("host", TEXT, host, 0, 0, "HOST", \
       "name or address of the server (default: 127.0.0.1)") \
    XX("port", PORT, port, 1, 65535, "PORT", "its port (default: 5000)") \
    XX("unix", TEXT, unix_path, 0, 0, "PATH", \
       "its Unix socket, instead of host and port") \
    XX("no-welcome", FLAG, no_welcome, 0, 0, "", \
       "do not wait for a line before the first request") \
    XX("hello", LINE, hello, 0, 0, "LINE", \
       "sent first on each connection; its answer is not awaited") \
    XX("tls", FLAG, tls, 0, 0, "", \
       "use TLS 1.2, and accept every certificate") \
    XX("tls-ca", TEXT, tls_ca, 0, 0, "FILE", \
       "use TLS, and accept only certificates issued by the\n" \
       "authorities in this PEM file") \
    XX("tls-name", TEXT, tls_name, 0, 0, "NAME", \
       "the server's name in its certificate (default: HOST)") \
    XX("tls-resume", FLAG, tls_resume, 0, 0, "", \
       "resume the session of a thread's first connection") \
    GROUP("The requests") \
    XX("file", TEXT, file, 0, 0, "FILE", \
       "lines to send in turn; empty lines are left out") \
    XX("chat", FLAG, chat, 0, 0, "", \
       "members of rooms say lines, and all deliveries are checked") \
    XX("idle", NUMBER, idle, 1, 1000000, "N", \
       "open N connections and show how much memory they cost") \
    XX("handshakes", FLAG, handshakes, 0, 0, "", \
       "connect, do a TLS handshake and close, again and again") \
    XX("delimiter", BYTES, request_end, 0, 0, "TEXT", \
       "the end of a request (default: \\r\\n)") \
    XX("answer-end", BYTES, answer_end, 0, 0, "TEXT", \
       "the end of an answer (default: \\r\\n); both may contain the\n" \
       "escapes \\n \\r \\t \\0 \\\\ \\xHH") \
    XX("expect", TEXT, expect, 0, 0, "TEXT", \
       "a text that every answer must contain; others are errors") \
    GROUP("The amount") \
    XX("connections", NUMBER, connections, 1, 60000, "N", \
       "connections open at once, 1 to 60000 (default: 50)") \
    XX("pipeline", NUMBER, pipeline, 1, 100000, "N", \
       "requests sent in one write, 1 to 100000 (default: 1); the next\n" \
       "are sent when all of them are answered; with --rate: the most\n" \
       "requests that share a write when they are due (default: 64)") \
    XX("threads", NUMBER, threads, 1, 256, "N", \
       "threads that share the connections, 1 to 256 (default: 1)") \
    XX("spin", FLAG, spin, 0, 0, "", \
       "poll for events all the time instead of sleeping, so that a\n" \
       "server on the same machine does not have to wake its clients\n" \
       "up; takes a core for each thread") \
    XX("requests", COUNT, requests, 1, STELLAR__BENCH_MOST_REQUESTS, "N", \
       "stop when N requests have been sent") \
    XX("seconds", SECONDS, duration, 0.001, STELLAR__BENCH_A_DAY, "S", \
       "stop after S seconds, at most 86400; without both options:\n" \
       "after 1000000 requests or 10 seconds, whichever comes first") \
    XX("rate", COUNT, rate, 1, 1e9, "N", \
       "send N requests per second, no matter what is answered, and\n" \
       "measure from the time when each was due") \
    XX("warmup", SECONDS, warmup, 0, STELLAR__BENCH_A_DAY, "S", \
       "load for S seconds before measuring (default: 0)") \
    XX("timeout", SECONDS, timeout, 0.001, STELLAR__BENCH_A_DAY, "S", \
       "give up after S seconds without an answer (default: 10)") \
    GROUP("Chat: --connections are members, --pipeline outstanding messages") \
    XX("rooms", NUMBER, rooms, 1, 60000, "N", \
       "rooms for the members (default: 1); if there are several, a\n" \
       "number follows the name of each room") \
    XX("room", TEXT, room, 0, 0, "NAME", "name of the room (default: defaultRoom)") \
    XX("senders", NUMBER, senders, 1, 60000, "N", \
       "members that say something (default: one per room)") \
    XX("outside", FLAG, outside, 0, 0, "", \
       "senders are not members, but additional connections") \
    XX("size", NUMBER, size, 16, 60000, "N", \
       "bytes of a message, 16 to 60000 (default: 64)") \
    XX("join", LINE, join, 0, 0, "LINE", \
       "line that joins a room; %r is the room (default: roomAdd %r);\n" \
       "with --idle, connections join only if this is given") \
    XX("joined", TEXT, joined, 0, 0, "TEXT", \
       "text that its answer must contain (default: \"status\":\"OK\")") \
    XX("say", LINE, say, 0, 0, "LINE", \
       "line that says a message; %m is the message and %n its\n" \
       "length (default: say %r %m)") \
    GROUP("The result") \
    XX("pid", NUMBER, pid, 1, 4194304, "PID", \
       "process of the server: show the processor time and memory\n" \
       "that it used") \
    XX("json", FLAG, json, 0, 0, "", "print one JSON object instead of text") \
    XX("quiet", FLAG, quiet, 0, 0, "", "no progress on standard error") \
    XX("version", FLAG, version, 0, 0, "", "show the version") \
    XX("help", FLAG, help, 0, 0, "", "show this")
/* clang-format on */

#endif
