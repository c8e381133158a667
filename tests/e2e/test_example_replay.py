"""examples/replay.c against the daemon, and against servers that do what a daemon never does."""

import re
import socket
import subprocess
import threading


from daemon import BIN, DEADLINE

REPLAY = BIN / "examples/replay"
WELCOME = b'{"welcome":"Hello human! Welcome to Stellar","context":"api"}\r\n'


def replay(folder, port, session, *options):
    """Plays the session. Returns the exit status, and the report without the times, which must look like times."""
    (folder / "session").write_bytes(session)
    done = subprocess.run([REPLAY, *options, "127.0.0.1", str(port), "session"], cwd=folder, capture_output=True,
                          timeout=DEADLINE, check=False)
    assert done.stderr == b""
    report, times = re.fullmatch(r"(.*?)(ms: .*\n)?", done.stdout.decode(), re.S).groups()
    assert times is None or re.fullmatch(r"ms: least [\d.]+, median [\d.]+, 99 % [\d.]+, most [\d.]+\n", times)
    return done.returncode, report


def serve_once(*parts):
    """A server of one client that says these parts, each after it has read a line, and ends the stream. Returns its
    port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listener.accept()
        listener.close()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(WELCOME)
            for part in parts:
                lines.readline()
                connection.sendall(part)
            connection.shutdown(socket.SHUT_WR)
            lines.read()

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]


def answer(number):
    return b'{"status":"OK","context":"response","messageCount":%d}\r\n' % number


def test_every_line_of_a_session_is_answered(server, tmp_path):
    session = (b'paramAdd a=b\n\n \t\nroomAdd\r\nroomAdd defaultRoom\rsay defaultRoom, hi\n'
               b'{"action":"sleepTest","params":{"sleepDuration":20}}\nbad \xc3(\n' + b"x" * 70000 + b"\nquit\nstatus\n")
    assert replay(tmp_path, server().port, session) == (
        0, "8 lines, 8 answers, 0 late, 0 missing, 0 not asked for, 1 chat\n")


def test_thousands_of_lines_are_pipelined(server, tmp_path):
    assert replay(tmp_path, server().port, b"detailsView\n" * 20000) == (
        0, "20000 lines, 20000 answers, 0 late, 0 missing, 0 not asked for, 0 chat\n")


def test_an_answer_that_takes_long_is_called_late(server, tmp_path):
    status, report = replay(tmp_path, server().port, b'paramsView\n{"action":"sleepTest","params":{"sleepDuration":300}}',
                            "--late", "250")
    assert status == 0
    late, total = report.splitlines()
    assert 290 <= int(re.fullmatch(r"line 2: answered late, after (\d+) ms", late).group(1)) < 20000
    assert total == "2 lines, 2 answers, 1 late, 0 missing, 0 not asked for, 0 chat"


def test_a_timed_session_is_sent_at_its_times(server, tmp_path):
    """The daemon ends the connection of a client that is silent for so long as this one is."""
    port = server("--idle-timeout", "500").port
    assert replay(tmp_path, port, b"0 paramsView\n60000 paramsView\n60001 quit\n", "--timed") == (1, """\
line 2: not sent
line 3: not sent
3 lines, 1 answers, 0 late, 2 missing, 0 not asked for, 0 chat
""")
    assert replay(tmp_path, port, b"0 paramsView\n\n20.5 \n40 paramsView\n60 quit\n".replace(b"\n\n", b"\n"), "--timed") == (
        0, "3 lines, 3 answers, 0 late, 0 missing, 0 not asked for, 0 chat\n")


def test_answers_that_no_line_asked_for_are_shown(tmp_path):
    extra = b'{"context":"response"}\r\n'
    port = serve_once(answer(1) + answer(1) + answer(9) + extra, answer(2))
    assert replay(tmp_path, port, b"paramsView\nparamsView\n") == (1, """\
not asked for: {"status":"OK","context":"response","messageCount":1}
not asked for: {"status":"OK","context":"response","messageCount":9}
not asked for: {"context":"response"}
2 lines, 2 answers, 0 late, 0 missing, 3 not asked for, 0 chat
""")


def test_a_line_without_an_answer_is_named(tmp_path):
    port = serve_once(b"", answer(2), b"not JSON\r\n")
    assert replay(tmp_path, port, b"\nparamsView\nparamsView\nparamsView\n") == (1, """\
no answer at byte 118: Malformed JSON at byte 0: expected '{'
line 2: no answer
line 4: no answer
3 lines, 1 answers, 0 late, 2 missing, 1 not asked for, 0 chat
""")


def test_a_server_that_falls_silent_is_not_waited_for_without_end(tmp_path):
    listener = socket.create_server(("127.0.0.1", 0))
    with listener:
        assert replay(tmp_path, listener.getsockname()[1], b"paramsView\n", "--wait", "100") == (
            1, "line 1: no answer\n1 lines, 0 answers, 0 late, 1 missing, 0 not asked for, 0 chat\n")


def fails(folder, *arguments):
    done = subprocess.run([REPLAY, *arguments], cwd=folder, capture_output=True, timeout=DEADLINE, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    return done.stderr.decode()


def test_what_cannot_be_played_is_told(tmp_path):
    (tmp_path / "session").write_bytes(b"10 paramsView\nsoon quit\n")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
    assert fails(tmp_path, "127.0.0.1", port, "absent") == "replay: absent: No such file or directory\n"
    assert fails(tmp_path, "127.0.0.1", port, ".") == "replay: .: Is a directory\n"
    assert fails(tmp_path, "127.0.0.1", port, "session") == "replay: 127.0.0.1: Connection refused\n"
    assert fails(tmp_path, "--timed", "127.0.0.1", port, "session") == "replay: line 2 does not begin with a time\n"
    assert fails(tmp_path, "--late", "x", "127.0.0.1", port, "session") == "replay: x: is no number of milliseconds\n"
    assert fails(tmp_path, "session").startswith("replay: usage: replay [--timed]")
