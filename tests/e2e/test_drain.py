"""SIGTERM and SIGINT: what is pending is answered, new actions are refused, goodbye, exit 0."""

import json
import signal
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor

import pytest

from daemon import DEADLINE, GOODBYE, tls_context, until
from metrics import scrape


def sleep(milliseconds):
    return '{"action":"sleepTest","params":{"sleepDuration":%d}}' % milliseconds


def start_sleep(client, milliseconds):
    """Returns once the action is known to run: the verb after it has been answered."""
    client.send(sleep(milliseconds), "paramsView")
    assert client.read()["status"] == "OK"


def begin_drain(daemon, client, number=signal.SIGTERM):
    """Signals, and returns when the drain has begun: new actions get 006. The client must have an action
    pending, or it would be gone."""
    daemon.signal(number)
    while True:
        client.send("nosuch")
        answer = client.read()
        if answer["error"]["code"] == "006":
            return
        assert answer["error"]["code"] == "004"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_idle_clients_get_the_goodbye(server, number):
    daemon = server()
    with daemon.connect() as alice, daemon.connect() as bob:
        daemon.signal(number)
        for client in alice, bob:
            assert client.read() == GOODBYE
            assert client.read() is None
    assert daemon.wait() == 0


def test_pending_actions_are_answered_and_new_ones_refused(server):
    daemon = server()
    with daemon.connect() as client:
        start_sleep(client, 500)
        begin_drain(daemon, client)
        client.send("status")
        refused = client.read()
        assert refused["error"] == {"code": "006", "message": "The server is shutting down"}
        assert refused["context"] == "response"
        answer = client.read()
        assert (answer["sleepDuration"], answer["messageCount"]) == (500, 1)
        assert client.read() == GOODBYE
        assert client.read() is None
    assert daemon.wait() == 0


def test_verbs_still_work_while_draining(server):
    daemon = server()
    with daemon.connect() as client:
        start_sleep(client, 2000)
        begin_drain(daemon, client)
        assert client.ask("paramAdd a=1")["status"] == "OK"
        assert client.ask("paramView a")["data"] == "1"
        assert client.read()["sleepDuration"] == 2000
        assert client.read() == GOODBYE
    assert daemon.wait() == 0


def test_no_more_connections_are_accepted(server):
    daemon = server()
    with daemon.connect() as client:
        start_sleep(client, 500)
        begin_drain(daemon, client)
        try:
            late = socket.create_connection(daemon.address, 20)
        except ConnectionRefusedError:
            pass
        else:
            with late:
                try:
                    assert late.recv(100) == b""
                except ConnectionResetError:
                    pass
    assert daemon.wait() == 0


def test_the_shutdown_limit_bounds_the_wait(server):
    daemon = server("--shutdown-limit", 100)
    with daemon.connect() as client:
        start_sleep(client, 600000)
        daemon.signal()
        assert client.read() == GOODBYE
        assert client.read() is None
    assert daemon.wait() == 0


def test_a_second_signal_ends_at_once(server):
    daemon = server("--shutdown-limit", 600000, "--action-timeout", 600000)
    with daemon.connect() as client:
        start_sleep(client, 600000)
        begin_drain(daemon, client)
        daemon.signal()
        daemon.wait()


def test_draining_ends_tls_clients_with_close_notify(tls_server):
    daemon = tls_server()
    with daemon.connect(tls=True) as client:
        daemon.signal()
        assert client.read() == GOODBYE
        assert client.read() is None
    assert daemon.wait() == 0


LOAD = ["paramAdd key=value", "status", "paramView key", "{"] * 8


def load(client):
    """Sends without end, and returns how many lines were answered before the goodbye: all up to some line, in order,
    and then the end of the stream and no reset."""
    count = 0
    with client:
        while True:
            client.send(*LOAD)
            for _ in LOAD:
                answer = client.read()
                if answer == GOODBYE:
                    assert client.read() is None
                    return count
                count += 1
                assert answer["messageCount"] == count


@pytest.mark.parametrize("threads, tls", [(1, False), (3, False), (2, True)])
def test_under_full_load_every_line_that_was_read_is_answered(watched, certificate, threads, tls):
    secure = ["--tls-cert", certificate[0], "--tls-key", certificate[1]] if tls else []
    daemon, port = watched("--threads", threads, "--shutdown-limit", 600000, *secure)
    with daemon.connect(tls=tls) as holder, ThreadPoolExecutor(16) as pool:
        start_sleep(holder, 600000)  # so that the daemon is there to be asked when all others are gone
        answered = [pool.submit(load, daemon.connect(tls=tls)) for _ in range(16)]
        until(lambda: scrape(port)["stellar_line_seconds_count", None] >= 5000, "there is no load")
        daemon.signal()
        counts = [future.result() for future in answered]
        values = scrape(port)
        lines = sum(value for (name, _), value in values.items() if name == "stellar_lines_total")
        assert sum(counts) + 2 == lines  # the holder's two
        assert min(counts) > 0
        assert values["stellar_connections_lost_total", None] == 0
        daemon.signal()
        assert daemon.wait() == 0


class Records:
    """A TLS client that says what is in which record, and sends any number of them at once."""

    def __init__(self, daemon):
        self.socket = socket.create_connection(daemon.address, DEADLINE)
        self.come, self.go = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = tls_context().wrap_bio(self.come, self.go)
        self.do(self.tls.do_handshake)
        self.buffer = b""

    def flush(self):
        data = self.go.read()
        self.socket.sendall(data)
        return len(data)

    def do(self, function, *arguments):
        while True:
            try:
                return function(*arguments)
            except ssl.SSLWantReadError:
                self.flush()
                self.come.write(self.socket.recv(1 << 16))

    def read(self):
        while b"\r\n" not in self.buffer:
            self.buffer += self.do(self.tls.read, 1 << 16)
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return json.loads(line)


def test_records_that_were_read_wait_for_a_slow_reader_too(watched, certificate):
    daemon, port = watched("--shutdown-limit", 600000, "--tls-cert", certificate[0], "--tls-key", certificate[1])
    count = 300  # answers of 60,000 bytes, more than the system takes at once
    with daemon.connect(tls=True) as holder:
        start_sleep(holder, 600000)
        client = Records(daemon)
        client.tls.write(b"paramAdd key " + b"v" * 60000 + b"\r\n")
        client.flush()
        assert "welcome" in client.read()
        assert client.read()["status"] == "OK"
        before = scrape(port)["stellar_received_bytes_total", None]
        for _ in range(count):
            client.tls.write(b"paramView key\r\n")
        size = client.flush()
        until(lambda: scrape(port)["stellar_received_bytes_total", None] >= before + size, "not all is received")
        begin_drain(daemon, holder)
        for _ in range(300):  # it no longer listens for new lines, but for the holder's
            assert holder.ask("nosuch")["error"]["code"] == "006"
        for number in range(count):
            answer = client.read()
            assert answer != GOODBYE, number
            assert answer["messageCount"] == number + 2
        assert client.read() == GOODBYE
        client.socket.close()
        daemon.signal()
        assert daemon.wait() == 0


def test_a_second_signal_under_full_load_ends_at_once(watched):
    daemon, port = watched("--shutdown-limit", 600000)
    with daemon.connect() as holder, daemon.connect() as client:
        start_sleep(holder, 600000)
        client.send(*["paramsView"] * 10000)
        begin_drain(daemon, holder)
        daemon.signal()
        assert daemon.wait() == 0
