"""Clients of other protocols: a browser, a proxy, a client that wants TLS."""

import http.client
import re
import socket
import ssl

import pytest

from daemon import DEADLINE, GOODBYE
from metrics import get, parse

OBEYED = b"roomAdd defaultRoom\r\nsay defaultRoom pwned\r\n"
STREAMS = {
    "HTTP": b"POST / HTTP/1.1\r\nHost: 127.0.0.1:5000\r\nContent-Length: 44\r\n\r\n" + OBEYED,
    "RTSP": b"OPTIONS rtsp://127.0.0.1:5000/ RTSP/1.0\r\nCSeq: 1\r\n\r\n" + OBEYED,
    "SIP": b"INVITE sip:a@example.org SIP/2.0\r\n\r\n" + OBEYED,
    "TLS": b"\x16\x03\x01\x00\x4d\x01" + 40 * b"x" + b"\r\n" + OBEYED,
    "PROXY": b"PROXY TCP4 192.0.2.1 192.0.2.2 1234 5000\r\n" + OBEYED,
}
SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"


def assert_turned_away(client, protocol):
    """It gets the message, the goodbye and the end, though it has not ended its own side."""
    said = client.read()
    assert protocol in said["error"] and said["context"] == "api" and "messageCount" not in said
    assert client.read() == GOODBYE
    assert client.read() is None


# No deadline of the server's may be what ends the stream.
PATIENT = ("--first-line-timeout", 0, "--line-timeout", 0)


@pytest.mark.parametrize("by_bytes", [False, True])
def test_a_member_of_the_room_hears_nothing(server, by_bytes):
    daemon = server(*PATIENT, "--threads", 2)
    with daemon.connect() as alice:
        assert alice.ask("roomAdd defaultRoom")["data"] is True
        for protocol, stream in [*STREAMS.items(), ("PROXY", SIGNATURE + b"\x20\0\0\0" + OBEYED)]:
            with daemon.connect() as visitor:
                visitor.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for piece in ([bytes([byte]) for byte in stream] if by_bytes else [stream]):
                    visitor.socket.sendall(piece)
                assert_turned_away(visitor, protocol)
        assert len(alice.ask("roomView defaultRoom")["data"]["members"]) == 1
        alice.send("say defaultRoom alone", "paramsView")
        assert [alice.read().get("message") for _ in range(3)].count("alone") == 1


def test_the_log_names_protocol_and_address(server):
    daemon = server()
    wanted = []
    for protocol, stream in STREAMS.items():
        with daemon.connect() as visitor:
            port = visitor.socket.getsockname()[1]
            visitor.socket.sendall(stream)
            assert_turned_away(visitor, protocol)
        wanted.append((protocol, str(port)))
    daemon.stop()
    assert re.findall(r" (?:warning|WARNING).*the client speaks (\w+): .*\(from 127\.0\.0\.1 port (\d+)\)\n",
                      daemon.log()) == wanted


def test_a_unix_socket_turns_them_away_too(server, tmp_path):
    daemon = server("--unix", tmp_path / "socket")
    for protocol, stream in STREAMS.items():
        with daemon.connect() as visitor:
            visitor.socket.sendall(stream)
            assert_turned_away(visitor, protocol)
    daemon.stop()
    assert re.findall(r"the client speaks (\w+): connection closed\n", daemon.log()) == list(STREAMS)


def test_a_browser_at_https_is_turned_away_inside_tls(tls_server):
    daemon = tls_server()
    with daemon.connect(tls=True) as visitor:
        visitor.socket.sendall(STREAMS["HTTP"])
        assert_turned_away(visitor, "HTTP")


def test_the_hello_of_a_client_that_wants_tls_is_answered_at_once(server):
    daemon = server(*PATIENT)
    hello = ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        ssl.create_default_context().wrap_bio(ssl.MemoryBIO(), hello, server_hostname="localhost").do_handshake()
    with daemon.connect() as visitor:
        visitor.socket.sendall(hello.read())
        assert_turned_away(visitor, "TLS")


def test_the_request_of_a_client_of_http_is_answered_at_once(server):
    daemon = server(*PATIENT)
    connection = http.client.HTTPConnection(*daemon.address, timeout=DEADLINE)
    with daemon.connect() as visitor:
        connection.sock = visitor.socket
        connection.request("POST", "/", OBEYED)
        assert_turned_away(visitor, "HTTP")


def test_the_line_can_be_read_by_who_sends_much_before_it_reads(server):
    daemon = server(*PATIENT)
    with daemon.connect(welcome=False) as visitor:
        body = b"\r\n".join([b"say defaultRoom pwned"] * 50000)
        visitor.socket.sendall(b"PUT /" + 60000 * b"a" + b" HTTP/1.1\r\n\r\n" + body)
        assert "welcome" in visitor.read()
        assert_turned_away(visitor, "HTTP")


def test_they_are_counted(watched):
    daemon, port = watched()
    for protocol, stream in STREAMS.items():
        with daemon.connect() as visitor:
            visitor.socket.sendall(stream)
            assert_turned_away(visitor, protocol)
    with daemon.connect() as client:
        assert client.ask("paramsView")["data"] == {}
        assert client.ask("GET / HTTP/1.1")["messageCount"] == 2
    values, types = parse(get(port)[2])
    assert types["stellar_connections_foreign_total"] == "counter"
    assert values["stellar_connections_foreign_total", None] == len(STREAMS)
