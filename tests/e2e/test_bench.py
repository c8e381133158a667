"""stellar-bench as a program: its counts add up, and it reports what goes wrong.

The environment variable STELLAR_BIN names the folder of the programs.
"""

import json
import os
import re
import signal
import socket
import subprocess
import threading

import pytest

BIN = os.environ["STELLAR_BIN"]
BENCH = f"{BIN}/stellar-bench"
STELLARD = f"{BIN}/stellard"
ECHO = f"{BIN}/bench_echo"
LIMIT = 60  # seconds after which something has gone wrong


def bench(*arguments):
    return subprocess.run(
        [BENCH, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )


def measured(*arguments):
    """The exit code and the JSON result."""
    done = bench("--json", *arguments)
    assert done.stdout.count("\n") == 1, done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(name="start", scope="module")
def fixture_start():
    """Starts a server; returns what it says it is ready at."""
    started = []

    def start(*arguments):
        process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        started.append(process)
        line = process.stdout.readline()
        assert line.startswith("ready "), line
        return line.split()[1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture(name="stellard", scope="module")
def fixture_stellard(start):
    return start(STELLARD, "--port", "0").rsplit(":", 1)[1]


@pytest.fixture(name="echo", scope="module")
def fixture_echo(start):
    return start(ECHO).rsplit(":", 1)[1]


@pytest.fixture(name="serve")
def fixture_serve():
    """A server for one connection that runs a function on it; returns its port."""
    open_sockets = []
    threads = []

    def serve(behave):
        listener = socket.create_server(("127.0.0.1", 0))
        open_sockets.append(listener)

        def run():
            peer, _ = listener.accept()
            peer.settimeout(LIMIT)
            with peer:
                behave(peer)

        threads.append(threading.Thread(target=run))
        threads[-1].start()
        return listener.getsockname()[1]

    yield serve
    for thread in threads:
        thread.join(LIMIT)
        assert not thread.is_alive()
    for each in open_sockets:
        each.close()


def read_lines(peer, count):
    """Reads until so many lines have come."""
    text = b""
    while text.count(b"\n") < count:
        more = peer.recv(65536)
        if not more:
            break
        text += more
    return text


def until_closed(peer):
    while peer.recv(65536):
        pass


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("connections, pipeline", [(3, 1), (7, 16), (50, 100)])
def test_every_request_is_answered_once(stellard, connections, pipeline, threads):
    code, result = measured(
        "--port", stellard, "--connections", connections, "--pipeline", pipeline,
        "--threads", threads, "--requests", 10007, "--expect", '"status":"OK"',
        "paramView", "k",
    )  # fmt: skip
    assert code == 0
    assert result["requests"] == result["answers"] == result["measured"] == 10007
    assert result["missing"] == result["unexpected"] == result["unasked"] == 0
    assert result["bytesOut"] == 10007 * len("paramView k\r\n")
    assert sum(row["answers"] for row in result["histogram"]) == 10007
    times = result["latency"]
    order = [times[key] for key in ("min", "p50", "p90", "p99", "p99.9", "max")]
    assert order == sorted(order) and order[0] > 0


def test_the_warm_up_is_answered_but_not_measured(echo):
    code, result = measured(
        "--port", echo, "--no-welcome", "--warmup", "0.05", "--requests", 500, "x"
    )
    assert code == 0
    assert result["measured"] == 500
    assert result["requests"] == result["answers"] > 500


def test_a_run_ends_by_time(echo):
    code, result = measured("--port", echo, "--no-welcome", "--seconds", "0.1", "x")
    assert code == 0
    assert result["requests"] == result["answers"] > 0


def test_a_load_program_that_spins_takes_a_core_and_measures_the_same(echo):
    with subprocess.Popen([BENCH, "--json", "--quiet", "--port", str(echo), "--no-welcome", "--spin", "--connections", "1",
                           "--requests", "2000", "x"], stdout=subprocess.PIPE, text=True) as process:
        result = json.loads(process.stdout.read())
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    assert result["requests"] == result["answers"] == 2000
    print(f"{used.ru_nvcsw} times asleep in 2000 turns")
    assert used.ru_nvcsw < 500


def test_a_unix_socket_is_loaded_as_well(start, tmp_path):
    path = tmp_path / "socket"
    start(STELLARD, "--unix", path)
    code, result = measured("--unix", path, "--requests", 100, "detailsView")
    assert (code, result["answers"]) == (0, 100)
    assert result["target"] == f"unix:{path}"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_lines_of_a_file_are_sent_in_turn(serve, tmp_path, mark):
    seen = []

    def behave(peer):
        for _ in range(4):
            seen.append(read_lines(peer, 2))
            peer.sendall(b"yes\r\nyes\r\n")
        until_closed(peer)

    lines = tmp_path / "lines"
    lines.write_bytes(mark + b"one\n\ntwo\r\nthree")
    code, _ = measured(
        "--port", serve(behave), "--no-welcome", "--connections", 1, "--pipeline", 2,
        "--requests", 8, "--file", lines,
    )  # fmt: skip
    assert code == 0
    assert b"".join(seen) == b"one\r\ntwo\r\nthree\r\n" * 2 + b"one\r\ntwo\r\n"


def test_delimiter_and_answer_end_are_the_callers(serve):
    seen = []

    def behave(peer):
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"a\r\nb<>":
            peer.sendall(bytes([byte]))
        seen.append(peer.recv(4))
        for byte in b"a\r\nc<>":
            peer.sendall(bytes([byte]))
        until_closed(peer)

    code, result = measured(
        "--port", serve(behave), "--connections", 1, "--delimiter", r"\x7c\t",
        "--answer-end", "<>", "--requests", 1, "--expect", "c", "go",
    )  # fmt: skip
    assert (code, result["answers"]) == (0, 1)
    assert seen == [b"go|\t"]


def test_more_than_the_sockets_hold_is_sent_and_read(echo, tmp_path):
    """Both directions must go on while a write is cut short."""
    lines = tmp_path / "lines"
    lines.write_text("x" * 4000 + "\n", "ascii")
    code, result = measured(
        "--port", echo, "--no-welcome", "--connections", 2, "--pipeline", 15,
        "--requests", 3000, "--file", lines,
    )  # fmt: skip
    assert (code, result["answers"]) == (0, 3000)
    assert result["bytesIn"] == result["bytesOut"] == 3000 * 4002


def test_a_write_that_is_cut_short_goes_on(serve):
    size = 64 << 20

    requests = 65536
    line = "x" * (size // requests - 2)
    port = serve(lambda peer: answer_all(peer, size, requests))
    code, result = measured(
        "--port", port, "--no-welcome", "--connections", 1, "--pipeline", requests,
        "--requests", requests, line,
    )  # fmt: skip
    assert (code, result["answers"], result["bytesOut"]) == (0, requests, size)


def answer_all(peer, size, answers):
    """Reads everything before it answers at all."""
    while size > 0:
        size -= len(peer.recv(1 << 20))
    peer.sendall(b"\r\n" * answers)
    until_closed(peer)


def test_answers_that_are_not_as_expected_are_told(stellard):
    done = bench(
        "--port", stellard, "--requests", 20, "--expect", "BAD", "paramView", "k"
    )
    assert done.returncode == 1
    assert "20 answers do not contain 'BAD'; the first: {\"status\":" in done.stdout


def test_a_server_that_closes_early_is_told(serve):
    def behave(peer):
        read_lines(peer, 4)
        peer.sendall(b"1\r\n2\r\n3\r\n4\r\n")
        read_lines(peer, 4)
        peer.sendall(b"5\r\n")

    code, result = measured(
        "--port", serve(behave), "--no-welcome", "--connections", 1, "--pipeline", 4,
        "--requests", 100, "x",
    )  # fmt: skip
    assert code == 1
    assert (result["requests"], result["answers"], result["missing"]) == (8, 5, 3)
    assert result["lostConnections"] == 1


def test_a_server_that_is_silent_is_given_up(serve):
    code, result = measured(
        "--port", serve(until_closed), "--no-welcome", "--connections", 1,
        "--timeout", "0.2", "x",
    )  # fmt: skip
    assert code == 1
    assert (result["requests"], result["missing"], result["gaveUp"]) == (1, 1, True)


def test_lines_that_nothing_asked_for_are_told(serve):
    def behave(peer):
        read_lines(peer, 1)
        peer.sendall(b"1\r\nand more\r\n")
        until_closed(peer)

    code, result = measured(
        "--port", serve(behave), "--no-welcome", "--connections", 1, "--requests", 1,
        "x",
    )  # fmt: skip
    assert (code, result["answers"], result["unasked"]) == (1, 1, 1)


def test_a_missing_welcome_is_told(echo):
    done = bench("--port", echo, "--timeout", "0.2", "x")
    assert (done.returncode, done.stdout) == (3, "")
    assert "no welcome line (--no-welcome is for" in done.stderr


def test_a_refused_connection_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        done = bench("--port", port, "x")
    assert (done.returncode, done.stdout) == (3, "")
    assert f"127.0.0.1:{port}: connection 1: Connection refused" in done.stderr


def test_an_interrupted_run_waits_for_its_answers_and_reports(serve):
    begun = threading.Event()

    def behave(peer):
        while (lines := read_lines(peer, 2).count(b"\n")) > 0:
            begun.set()
            peer.sendall(b"yes\r\n" * lines)

    with subprocess.Popen(
        [BENCH, "--json", "--port", str(serve(behave)), "--no-welcome",
         "--connections", "1", "--pipeline", "2", "--seconds", "3600", "x"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:  # fmt: skip
        assert begun.wait(LIMIT)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=LIMIT)
    result = json.loads(out)
    assert process.returncode == 0
    assert result["requests"] == result["answers"] > 0


@pytest.mark.parametrize(
    "arguments, message",
    [
        ([], "expected a request, for example: stellar-bench detailsView"),
        ([""], "expected a request that is not empty"),
        (["--file", "/dev/null"], "expected a request that is not empty"),
        (["--file", "x", "y"], "--file takes the place of a request: expected one"),
        (["--port", "0", "x"], "--port: '0': expected a number from 1 to 65535"),
        (["--requests", "1k", "x"], "--requests: '1k': expected a number from 1 to "),
        (["--seconds", "nan", "x"], "--seconds: 'nan': expected seconds from 0.001 "),
        (["--connections", "2", "--threads", "3", "x"], "--threads: expected no more"),
        (["--unix", "/x", "--port", "1", "x"], "--unix takes the place of --host"),
        (["--delimiter", r"\q", "x"], r"--delimiter: '\q': expected only the escapes"),
        (["--answer-end", "", "x"], "--answer-end: '': expected 1 to 32 bytes"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, message):
    done = bench(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"stellar-bench: {message}")


def test_help_and_version_go_to_standard_output():
    for option, text in (("--help", "usage: stellar-bench "), ("--version", "stellar-")):
        done = bench(option)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(text)


def test_the_manual_page_names_every_option():
    manual = os.path.join(
        os.path.dirname(__file__), "..", "..", "docs", "stellar-bench.1"
    )
    with open(manual, encoding="utf-8") as file:
        text = file.read().replace("\\-", "-")
    options = re.findall(r"^  (--[a-z-]+)", bench("--help").stdout, re.MULTILINE)
    assert len(options) > 35
    for option in options:
        assert re.search(rf"^\.B.*{option}(?![\w-])", text, re.MULTILINE), option
