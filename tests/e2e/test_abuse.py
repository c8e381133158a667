"""Input that killed or starved the reference, and what else a hostile client can do. After each, the daemon serves as
before. Cases that fit into a session are golden sessions under hostile/."""

import random
import resource
import socket
import struct
import time

from daemon import DEADLINE, GOODBYE, Client

MIB = 1 << 20


def assert_serves(daemon, **options):
    with daemon.connect(**options) as client:
        assert client.ask("paramAdd a=1")["status"] == "OK"
        assert client.ask("paramView a")["data"] == "1"


def connect_until_served(daemon):
    """Connects until there is a welcome: what others gave up is not free at the same moment."""
    deadline = time.monotonic() + DEADLINE
    while True:
        try:
            client = Client(daemon.address, welcome=False)
            first = client.read()
            if first and "welcome" in first:
                return client
            client.close()
        except OSError:
            pass
        assert time.monotonic() < deadline, "not served again"


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def test_100_mb_without_a_line_end(server):
    daemon = server()
    with daemon.connect() as client:
        client.ask("paramsView")
        before = daemon.memory()
        block = b"x" * MIB
        for _ in range(100):
            client.socket.sendall(block)
        error = client.read()
        assert error["error"]["code"] == "008" and error["messageCount"] == 2
        client.send("", "paramsView")
        assert client.read() == {"status": "OK", "context": "response", "data": {},
                                 "messageCount": 3}
        assert daemon.memory() - before < 16 * MIB
    assert_serves(daemon)


def test_100_mb_without_a_line_end_in_an_open_string(server):
    daemon = server("--delimiter", "xXxXxX")
    with daemon.connect() as client:
        before = daemon.memory()
        client.socket.sendall(b'{"params":{"a":"')
        block = b"xXxXx" * 200000
        for _ in range(100):
            client.socket.sendall(block)
        assert client.read()["error"]["code"] == "008"
        client.socket.sendall(b"xXxXxXparamsViewxXxXxX")
        assert client.read()["messageCount"] == 2
        assert daemon.memory() - before < 16 * MIB


def test_100000_malformed_lines(server):
    daemon = server()
    bad = [b'{"a":', b"{]", b'{"a":"\\ud800"}', b"\x80\xfe", b'{"action":{"toString":0}}',
           b'{"params":7}', b"paramAdd", b"say", b"roomAdd {", b"{}}"]
    with daemon.connect() as client:
        count = 0
        for _ in range(100):
            client.send(*bad * 100)
            for _ in range(1000):
                answer = client.read()
                count += 1
                assert answer["messageCount"] == count
                assert "error" in answer or answer["status"] != "OK"
        assert count == 100000
        assert client.ask("paramsView")["messageCount"] == 100001


def test_connect_and_reset_a_thousand_times(server):
    daemon = server()
    for _ in range(1000):
        reset(socket.create_connection(daemon.address, DEADLINE))
    assert_serves(daemon)


def test_ask_and_reset_a_thousand_times(server):
    """Answers, chat and pending actions find that their client is gone."""
    daemon = server()
    asked = b'roomAdd defaultRoom\r\n{"action":"sleepTest","params":{"sleepDuration":1}}\r\n' \
            b"say defaultRoom x\r\ndetailsView\r\n"
    for _ in range(1000):
        connection = socket.create_connection(daemon.address, DEADLINE)
        connection.sendall(asked)
        reset(connection)
    with connect_until_served(daemon) as client:
        assert client.ask("roomAdd defaultRoom")["data"] is True
        assert client.ask("roomView defaultRoom")["data"]["membersCount"] == 1


def test_reset_during_the_handshake_a_hundred_times(tls_server):
    daemon = tls_server()
    for _ in range(100):
        connection = socket.create_connection(daemon.address, DEADLINE)
        connection.sendall(b"\x16\x03\x01\x02\x00\x01")
        reset(connection)
    assert_serves(daemon, tls=True)


def test_a_member_that_never_reads_is_cut_off_and_the_room_goes_on(server):
    daemon = server()
    with daemon.connect() as idle, daemon.connect() as sender, daemon.connect() as listener:
        for client in idle, sender, listener:
            assert client.ask("roomAdd defaultRoom")["data"] is True
        before = daemon.memory()
        message = "x" * 60000
        members = 3
        # 16 MiB may wait for the idle member, and the kernel keeps some more.
        for _ in range(2000):
            assert sender.ask("say defaultRoom " + message)["status"] == "OK"
            assert sender.read()["message"] == message
            assert listener.read()["message"] == message
            members = sender.ask("roomView defaultRoom")["data"]["membersCount"]
            if members == 2:
                break
        assert members == 2, "the idle member is still there"
        assert daemon.memory() - before < 64 * MIB
        assert listener.ask("paramsView")["data"] == {}
    assert_serves(daemon)


def test_pipelining_without_reading_is_bounded(server):
    """If a client does not read, the server stops reading from it: it never keeps more than the limits."""
    daemon = server()
    with daemon.connect() as client:
        client.ask("paramAdd a=" + "x" * 50000)
        before = daemon.memory()
        client.socket.setblocking(False)
        block, sent = b"paramView a\r\n" * 1000, 0
        # Ends when the server has read nothing for as long as a whole other conversation lasts.
        stalled = 0
        while stalled < 20 and sent < 64 * MIB:
            try:
                sent += client.socket.send(block)
                stalled = 0
            except BlockingIOError:
                stalled += 1
                assert_serves(daemon)
            except (ConnectionResetError, BrokenPipeError):
                break  # cut off with 025
        assert daemon.memory() - before < 64 * MIB
    assert_serves(daemon)


def test_who_reads_at_last_gets_every_answer(server):
    """Below the hard limit, waiting output is delivered whole and in order."""
    daemon = server()
    with daemon.connect() as client:
        client.ask("paramAdd a=" + "x" * 10000)
        client.send(*["paramView a"] * 2000)
        for count in range(2, 2002):
            answer = client.read()
            assert (answer["messageCount"], len(answer["data"])) == (count, 10000)


def test_the_connection_limit_holds_and_frees(server):
    daemon = server("--max-connections", 2)
    alice, bob = daemon.connect(), daemon.connect()
    for _ in range(10):
        with daemon.connect(welcome=False) as refused:
            assert refused.read() == {"error": "The server has too many connections",
                                      "context": "api"}
            assert refused.read() is None
    assert alice.ask("paramsView")["data"] == {}
    bob.send("quit")
    assert bob.read() == GOODBYE
    bob.close()
    connect_until_served(daemon).close()
    alice.close()


def test_the_connection_limit_holds_over_tls(tls_server):
    daemon = tls_server("--max-connections", 1)
    with daemon.connect(tls=True) as alice:
        with socket.create_connection(daemon.address, DEADLINE) as refused:
            assert refused.recv(1000) == b"\x15\x03\x03\0\x02\x02\x50", "the alert internal_error"
            assert refused.recv(1000) == b""
        assert alice.ask("paramsView")["data"] == {}


def test_without_descriptors_those_connected_are_served_and_others_later(server):
    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))

    daemon = server(preexec=limit)
    first = daemon.connect()
    others = [socket.create_connection(daemon.address, DEADLINE) for _ in range(60)]
    for count in range(1, 50):
        assert first.ask("paramsView")["messageCount"] == count
    for connection in others:
        connection.close()
    client = connect_until_served(daemon)
    assert client.ask("paramsView")["data"] == {}
    client.close()
    assert first.ask("paramsView")["messageCount"] == 50
    first.close()


def test_a_line_one_byte_at_a_time_over_many_connections(server):
    """Two hundred unfinished lines hold no more than their bytes; all are finished."""
    daemon = server()
    clients = [daemon.connect() for _ in range(200)]
    line = b"paramAdd key=value\r\n"
    for at in range(len(line)):
        for client in clients:
            client.socket.sendall(line[at:at + 1])
    for client in clients:
        assert client.read()["messageCount"] == 1
        assert client.ask("paramView key")["data"] == "value"
        client.close()


def test_random_bytes_get_json_answers(server):
    generator = random.Random(1)
    daemon = server()
    for _ in range(20):
        with daemon.connect() as client:
            # Without IAC, which would have answers that are not JSON, and without Ctrl-D.
            junk = bytes(generator.choice([0, 9, 10, 13, 32, 34, 91, 123, 125, 128, 200, 254])
                         for _ in range(20000))
            client.socket.sendall(junk + b"\r\nquit\r\n")
            while (answer := client.read()) != GOODBYE:
                assert "error" in answer
            assert client.read() is None
    assert_serves(daemon)
