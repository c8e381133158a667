"""The programs in examples/, run as their readers would."""

import re
import socket
import subprocess
from contextlib import contextmanager

import pytest

from daemon import BIN, DEADLINE, Client, peak_memory

EXAMPLES = BIN / "examples"


@contextmanager
def running(name):
    """A server of the examples, on a port that the kernel chose."""
    process = subprocess.Popen([EXAMPLES / name, "0"], stdout=subprocess.PIPE, text=True)
    try:
        ready = re.fullmatch(r"ready (127\.0\.0\.1):(\d+)\n", process.stdout.readline())
        assert ready
        yield process, (ready.group(1), int(ready.group(2)))
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(name="embed")
def fixture_embed():
    with running("embed") as (_, address):
        yield address


@pytest.fixture(name="epoll")
def fixture_epoll():
    with running("epoll") as (process, address):
        yield process, address


def test_embed_greets_whom_the_param_names(embed):
    with Client(embed) as client:
        answer = client.ask('{"action":"greet","params":{"name":"wörld"}}')
        assert answer == {"hello": "wörld", "context": "response", "messageCount": 1}
        client.send("paramAdd name=telnet", "greet")
        assert client.read()["status"] == "OK"
        assert client.read()["hello"] == "telnet"


def test_embed_asks_for_the_name(embed):
    with Client(embed) as client:
        assert client.ask("greet")["error"] == {"name": "The name field is required."}


def test_embed_says_why_it_cannot_listen(embed):
    done = subprocess.run([EXAMPLES / "embed", str(embed[1])], capture_output=True, text=True,
                          timeout=DEADLINE, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "in use" in done.stderr


def test_parse_shows_commands_and_errors():
    lines = [
        b"paramAdd key=value",
        b"say defaultRoom, hello there",
        b'{"action":"greet","params":{"name":"you","times":[1, 2]}}',
        b"roomAdd",
        b"detailsView",
        b"not the end of a line",
    ]
    done = subprocess.run([EXAMPLES / "parse"], input=b"\r\n".join(lines), capture_output=True,
                          timeout=DEADLINE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == [
        "0: paramAdd key=key value=value",
        "20: say room=defaultRoom message=hello there",
        '50: action action=greet name:"you" times:[1, 2]',
        "109: error 021: A room is required",
        "118: detailsView",
    ]


def test_the_module_counts_while_others_are_served(server):
    with server("--module", EXAMPLES / "module.so").connect() as client:
        client.send('{"action":"countPrimes","params":{"below":"2000000"}}', "paramView below")
        assert client.read()["messageCount"] == 2
        assert client.read() == {"primes": 148933, "context": "response", "messageCount": 1}
        refused = client.ask('{"action":"countPrimes","params":{"below":-1}}')
        assert refused["error"] == {"below": "The below field must be from 0 to 10000000."}


def connect(address):
    """A socket, and a file to read its lines from."""
    connection = socket.create_connection(address, DEADLINE)
    return connection, connection.makefile("rb", newline=b"\n")


def test_epoll_says_what_each_line_was(epoll):
    connection, answers = connect(epoll[1])
    with connection:
        for byte in b"paramAdd key=value\r\nsay hall, hello  all\nroomAdd\n\xff\xf6" b'{"params":[1]}\n':
            connection.send(bytes([byte]))
        connection.sendall(b"x" * 5000 + b"\n\xff\xfd\x01status\nquit\nnothing more\n")
        assert answers.read().decode("latin-1").split("\r\n") == [
            "paramAdd key=key value=value",
            "say room=hall message=hello  all",
            "error 021: A room is required",
            "here",
            "error 003: Param 'params' has an invalid type, expected object",
            "error 008: Data length is too big (1025 received/1024 max)",
            "\xff\xfc\x01action action=status",
            "quit",
            ""]


def test_epoll_does_not_obey_a_browser(epoll):
    connection, answers = connect(epoll[1])
    connection.sendall(b"POST / HTTP/1.1\r\n")
    assert answers.read() == b"this is not HTTP\r\n"


def test_epoll_answers_a_client_that_has_ended_its_side(epoll):
    connection, answers = connect(epoll[1])
    with connection:
        connection.sendall(b"paramsView\nnot the end of a line")
        connection.shutdown(socket.SHUT_WR)
        assert answers.read() == b"paramsView\r\n"


def send_until_paused(connection, bystander, answers):
    """Sends numbered lines until the server has stopped reading them; returns how many, and what of the next one has
    not been sent. It serves all its clients in turn, so it stays stopped if it answers another many times meanwhile.
    """
    connection.setblocking(False)
    count, turns, left = 0, 0, b""
    while turns < 500:
        left = left or b"paramView %d\n" % count
        try:
            left = left[connection.send(left):]
            count, turns = count + (not left), 0
        except BlockingIOError:
            bystander.sendall(b"detailsView\n")
            assert answers.readline() == b"detailsView\r\n"
            turns += 1
    connection.settimeout(DEADLINE)
    return count, left


def test_epoll_pauses_a_client_that_does_not_read(epoll):
    process, address = epoll
    before = peak_memory(process)
    deaf, answers = connect(address)
    bystander, others = connect(address)
    with deaf, bystander:
        count, left = send_until_paused(deaf, bystander, others)
        for number in range(count):
            assert answers.readline() == b"paramView key=%d\r\n" % number
        deaf.sendall(left + b"quit\n")
        assert answers.read() == b"paramView key=%d\r\nquit\r\n" % count
    assert peak_memory(process) - before < 4 << 20


def test_epoll_serves_many_clients(epoll):
    clients = [connect(epoll[1]) for _ in range(300)]
    for number, (connection, _) in enumerate(clients):
        connection.sendall(b"roomView r%d" % number)
    for connection, _ in reversed(clients):
        connection.sendall(b"x\n")
    for number, (connection, answers) in enumerate(clients):
        assert answers.readline() == b"roomView room=r%dx\r\n" % number
        answers.close()
        connection.close()
