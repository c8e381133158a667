"""TLS handshakes in masses: who comes with garbage, with half a hello or to fall silent takes nothing from the others."""

import resource
import signal
import socket
import ssl
import struct
import threading

import pytest

from daemon import DEADLINE, until
from test_limits import descriptors

# While so many wait for their turn, others are left in the backlog; of those that were accepted before, so many at once, some
# have not been looked at yet (src/server/net/accept.c).
WAITING, AT_ONCE = 32, 64

GARBAGE = [b"GET / HTTP/1.1\r\n\r\n", b"paramView key\r\n", b"\0" * 64, b"\x16\x03\x01\xff\xff", b"\x16\x03\x03\x00\x04\x01\x00\x00\x00",
           bytes(range(256)) * 8, b"\x80\x2e\x01\x00\x02", b"\x15\x03\x01\x00\x02\x02\x28"]


def hello():
    """What a client sends first, whole."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        context.wrap_bio(incoming, outgoing).do_handshake()
    except ssl.SSLWantReadError:
        return outgoing.read()
    raise AssertionError("a handshake needs an answer")


def attempt(daemon, data, leaves):
    connection = socket.create_connection(daemon.address, DEADLINE)
    connection.sendall(data)
    if leaves == "by reset":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif leaves == "half":
        connection.shutdown(socket.SHUT_WR)
    if leaves in ("at once", "by reset"):
        connection.close()
        return None
    return connection


def read_to_the_end(connection):
    data = b""
    try:
        while more := connection.recv(1 << 16):
            data += more
    except ConnectionError:
        pass
    connection.close()
    return data


def test_garbage_half_a_hello_and_silence_leave_the_good_one_served(tls_server):
    daemon = tls_server("--handshake-timeout", 0)
    first = daemon.connect(tls=True)
    before = descriptors(daemon)
    whole = hello()
    inputs = [*GARBAGE, b"", whole, *(whole[:cut] for cut in (1, 5, 6, len(whole) // 2, len(whole) - 1))]
    staying = []
    for leaves in ("at once", "by reset", "half", "never") * 8:
        staying += [attempt(daemon, data, leaves) for data in inputs]
    staying = [connection for connection in staying if connection]
    assert len(staying) > 200
    with daemon.connect(tls=True) as client:
        assert client.ask("paramAdd key=value")["status"] == "OK"
        assert client.ask("paramView key")["data"] == "value"
        for connection in staying:
            connection.close()
        assert first.ask("paramsView")["data"] == {}
        assert client.ask("paramView key")["data"] == "value"
    until(lambda: descriptors(daemon) == before, "descriptors are left")
    first.close()


def test_while_handshakes_wait_others_wait_in_the_backlog(tls_server):
    """At once come 400 hellos that cost a signature each, and fail with what is sent behind them; and one client that goes
    on. Those that are accepted and wait are few at any time, or all would wait for each other until none is in time: so
    the daemon can do with few descriptors."""
    limit = 32 + WAITING + 2 * AT_ONCE

    def lower():
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))

    daemon = tls_server("--handshake-timeout", 0, preexec=lower)
    first = daemon.connect(tls=True)
    before = descriptors(daemon)
    answers = []

    def converse():
        with daemon.connect(tls=True) as client:
            answers.extend(client.ask(line)["status"] for line in ("paramAdd key=value", "paramView key"))

    daemon.signal(signal.SIGSTOP)
    crowd = [attempt(daemon, hello() + b"garbage", "never") for _ in range(400)]
    good = threading.Thread(target=converse)
    good.start()
    daemon.signal(signal.SIGCONT)
    for connection in crowd:
        assert read_to_the_end(connection).startswith(b"\x16\x03\x03"), "it got no answer to its hello"
    good.join()
    assert answers == ["OK", "OK"]
    assert daemon.log().count("too many open files") == 0
    assert first.ask("paramsView")["data"] == {}
    until(lambda: descriptors(daemon) == before, "descriptors are left")
    first.close()


def test_thousands_that_were_silent_speak_at_once(tls_server):
    """All of them are let in while nobody waits; then each waits for its turn, and that must cost no time of others' turns."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    count = 4000
    if hard < count + 100:
        pytest.skip(f"{hard} descriptors are too few")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, count + 100), hard))
    daemon = tls_server("--handshake-timeout", 0)
    first = daemon.connect(tls=True)
    before = descriptors(daemon)
    crowd = [attempt(daemon, b"", "never") for _ in range(count)]
    until(lambda: descriptors(daemon) == before + count, "they are not let in")
    data = hello() + b"garbage"
    for connection in crowd:
        connection.sendall(data)
    for connection in crowd:
        assert read_to_the_end(connection).startswith(b"\x16\x03\x03"), "it got no answer to its hello"
    assert first.ask("paramsView")["data"] == {}
    until(lambda: descriptors(daemon) == before, "descriptors are left")
    first.close()
