"""The end of a connection whose output cannot leave, or does not leave at once."""

import contextlib
import json
import socket
import ssl

import pytest

from daemon import DEADLINE, GOODBYE, tls_context, until
from test_abuse import connect_until_served
from test_reload import Config

BIG = 60000


def stall(client):
    """Asks for more than the sockets hold, and reads nothing, until the daemon reads no more either."""
    client.socket.settimeout(0.5)
    try:
        while True:
            client.socket.sendall(b"paramsView\r\n" * 1000)
    except TimeoutError:
        client.socket.settimeout(DEADLINE)


def big_param(client):
    assert client.ask("paramAdd big=" + "x" * BIG)["status"] == "OK"


def test_a_client_that_never_reads_does_not_hold_up_the_drain(server):
    daemon = server()
    with daemon.connect() as client:
        big_param(client)
        stall(client)
        daemon.signal()
        assert daemon.wait() == 0


def test_a_client_that_never_reads_does_not_hold_up_the_drain_with_tls(tls_server):
    daemon = tls_server()
    with daemon.connect(tls=True) as client:
        big_param(client)
        stall(client)
        daemon.signal()
        assert daemon.wait() == 0


def flood(speaker, listener):
    """Lets the listener, who reads nothing, have more to read than the sockets hold."""
    for client in speaker, listener:
        assert client.ask("roomAdd defaultRoom")["data"] is True
    for _ in range(150):
        assert speaker.ask("say defaultRoom " + "x" * BIG)["status"] == "OK"
        assert len(speaker.read()["message"]) == BIG


def test_who_quits_and_never_reads_is_given_up(server):
    daemon = server("--max-connections", 2)
    with daemon.connect() as speaker, daemon.connect() as listener:
        flood(speaker, listener)
        listener.send("quit")
        connect_until_served(daemon).close()


def test_who_quits_and_reads_late_still_gets_all(server):
    daemon = server()
    with daemon.connect() as speaker, daemon.connect() as listener:
        flood(speaker, listener)
        listener.send("quit")
        for _ in range(150):
            assert len(listener.read()["message"]) == BIG
        assert listener.read() == GOODBYE
        assert listener.read() is None


def test_who_quits_and_reads_slowly_still_gets_all(server):
    """It reads little in comparison with the kernel's buffer, which takes more from the server only when much is free."""
    daemon = server("--output-soft-limit", 1 << 23)
    with daemon.connect() as clock, socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.settimeout(DEADLINE)
        reader.connect(daemon.address)
        reader.sendall(b"paramAdd key=" + b"x" * BIG + b"\r\n" + b"paramsView\r\n" * 80 + b"quit\r\n")
        text = b""
        for _ in range(10):
            text += reader.recv(8192)
            clock.ask('{"action":"sleepTest","params":{"sleepDuration":400}}')
        while data := reader.recv(1 << 16):
            text += data
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) == 83
    assert lines[-1] == GOODBYE


def test_close_notify_in_a_flooded_room_ends_the_connection(tls_server):
    daemon = tls_server("--max-connections", 2)
    with daemon.connect(tls=True) as speaker, daemon.connect(tls=True) as listener:
        flood(speaker, listener)
        listener.socket.setblocking(False)
        try:
            listener.socket.unwrap()
        except (ssl.SSLWantReadError, ssl.SSLError, OSError):
            pass
        until(lambda: speaker.ask("roomView defaultRoom")["data"]["membersCount"] == 1, "the listener is still a member")
        assert speaker.ask("say defaultRoom alone")["status"] == "OK"
        speaker.close()
        daemon.signal()
        assert daemon.wait() == 0


def tls_over_pipe(daemon):
    """A TLS client whose records can be written without reading: the object and its socket."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = tls_context().wrap_bio(incoming, outgoing)
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(DEADLINE)
    connection.connect(daemon.address)
    while True:
        try:
            tls.do_handshake()
            break
        except ssl.SSLWantReadError:
            connection.sendall(outgoing.read())
            incoming.write(connection.recv(65536))
    connection.sendall(outgoing.read())
    return tls, connection, incoming, outgoing


def read_all(tls, connection, incoming):
    text = b""
    while True:
        try:
            data = tls.read(1 << 16)
            if not data:
                return text
            text += data
        except ssl.SSLWantReadError:
            data = connection.recv(1 << 16)
            if data:
                incoming.write(data)
            else:
                incoming.write_eof()
        except ssl.SSLZeroReturnError:
            return text


def test_quit_in_the_midst_of_tls_records_that_had_to_wait(tls_server):
    daemon = tls_server()
    for before in range(40, 60):
        tls, connection, incoming, outgoing = tls_over_pipe(daemon)
        for key in b"ab":
            tls.write(b"paramAdd %c=" % key + b"x" * BIG + b"\r\n")
        for _ in range(before):
            tls.write(b"paramsView\r\n")
        tls.write(b"quit\r\n")
        for _ in range(50):
            tls.write(b"paramsView\r\n")
        connection.sendall(outgoing.read())
        lines = [json.loads(line) for line in read_all(tls, connection, incoming).splitlines()]
        connection.close()
        assert lines[-1] == GOODBYE
        assert len(lines) == before + 4


def test_who_quits_and_never_closes_is_closed(server):
    """The only place is free again although the client keeps its side open."""
    daemon = server("--max-connections", 1)
    with daemon.connect() as idle:
        idle.send("quit")
        assert idle.read() == GOODBYE
        assert idle.read() is None
        connect_until_served(daemon).close()


# What a client asks for before it leaves: more than the sockets hold.
ANSWERS = 150
REQUESTS = b"paramAdd key=" + b"x" * BIG + b"\r\n" + b"paramsView\r\n" * ANSWERS


def by_tcp(daemon):
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(DEADLINE)
    client.connect(daemon.address)
    client.sendall(REQUESTS)
    return client, client.sendall


def by_unix_socket(daemon):
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(DEADLINE)
    client.connect(daemon.address)
    client.sendall(REQUESTS)
    return client, client.sendall


def by_tls(daemon):
    tls, client, _, outgoing = tls_over_pipe(daemon)

    def send(data):
        tls.write(data)
        client.sendall(outgoing.read())

    for start in range(0, len(REQUESTS), 16000):
        send(REQUESTS[start:start + 16000])
    return client, send


def quit_it(daemon, client, send):
    send(b"quit\r\n")


def half_close(daemon, client, send):
    client.shutdown(socket.SHUT_WR)


def be_silent(daemon, client, send):
    """For longer than --idle-timeout, which only ends who has output waiting if there is no --write-timeout; then a
    limit comes by a reload."""
    until(lambda: "timed out" in daemon.log(), "not timed out")
    daemon.config.write(tcp={"writeTimeout": 3000})
    assert "reload: done" in daemon.reload()


def stop(daemon, client, send):
    daemon.signal()


def read_slowly(daemon, client, clock):
    """Reads a little now and then, until the daemon gives the client up. Each read is longer than what the kernel keeps
    in one piece: of a Unix socket it counts whole pieces, and the daemon must see that some are gone each time it looks."""
    for _ in range(50):
        if ": its output is dropped" in daemon.log():
            return
        with contextlib.suppress(ConnectionResetError):
            client.recv(1 << 16)
        clock.ask('{"action":"sleepTest","params":{"sleepDuration":200}}')
    raise AssertionError("a client that reads slowly keeps its output")


@pytest.mark.parametrize("connect, leave", [
    (by_tcp, quit_it), (by_tcp, half_close), (by_tcp, be_silent), (by_tcp, stop), (by_unix_socket, quit_it),
    (by_unix_socket, half_close), (by_tls, quit_it)])
def test_the_whole_goodbye_has_a_limit(server, tls_server, tmp_path, connect, leave):
    """It is the write timeout, counted once, however much is read meanwhile."""
    config = Config(tmp_path / "config.json")
    config.write(tcp={"writeTimeout": 0 if leave == be_silent else 3000, "idleTimeout": 300 if leave == be_silent else 0})
    options = ["--config", config.path, "--output-soft-limit", 1 << 24, "--log-level", "debug"]
    if connect == by_unix_socket:
        options += ["--unix", tmp_path / "socket"]
    daemon = (tls_server if connect == by_tls else server)(*options)
    daemon.config = config
    with server().connect() as clock:
        client, send = connect(daemon)
        with client:
            leave(daemon, client, send)
            read_slowly(daemon, client, clock)
    assert "the client reads too slowly" in daemon.log()
