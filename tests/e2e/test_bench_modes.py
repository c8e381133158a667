"""stellar-bench's other ways to load a server: chat, TLS, handshakes, idle connections, a schedule.

What each counts must add up, and what a server gets wrong must be told.
"""

import json
import os
import selectors
import signal
import socket
import subprocess
import threading

import pytest

BENCH = f"{os.environ['STELLAR_BIN']}/stellar-bench"
LIMIT = 60  # seconds after which something has gone wrong


def bench(*arguments):
    return subprocess.run(
        [BENCH, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=LIMIT, check=False)


def measured(*arguments):
    """The exit code and the JSON result."""
    done = bench("--json", "--quiet", *arguments)
    assert done.stdout.count("\n") == 1, done.stderr
    return done.returncode, json.loads(done.stdout)


class Hub:
    """A chat server as Redis is one: SUBSCRIBE and PUBLISH lines. `spoil` may change what is delivered."""

    def __init__(self, spoil):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.spoil = spoil
        self.said = 0
        self.members = []
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        with selectors.DefaultSelector() as selector:
            selector.register(self.listener, selectors.EVENT_READ)
            begun = {}
            open_sockets = 0
            while True:
                for key, _ in selector.select(LIMIT):
                    if key.fileobj is self.listener:
                        peer, _ = self.listener.accept()
                        selector.register(peer, selectors.EVENT_READ)
                        begun[peer] = b""
                        open_sockets += 1
                        continue
                    peer = key.fileobj
                    try:
                        data = peer.recv(65536)
                    except ConnectionError:
                        data = b""
                    if not data:
                        selector.unregister(peer)
                        peer.close()
                        open_sockets -= 1
                        if open_sockets == 0:
                            return
                        continue
                    *lines, begun[peer] = (begun[peer] + data).split(b"\r\n")
                    for line in lines:
                        self.obey(peer, line)

    def obey(self, peer, line):
        verb, _, rest = line.partition(b" ")
        if verb == b"SUBSCRIBE":
            self.members.append((peer, rest))
            peer.sendall(b"+subscribe\r\n")
            return
        room, _, message = rest.partition(b" ")
        for number, (member, its_room) in enumerate(self.members):
            if its_room == room:
                member.sendall(b"".join(
                    b"message " + each + b"\r\n"
                    for each in self.spoil(message, self.said, number)))
        self.said += 1
        peer.sendall(b":1\r\n")

    def stop(self):
        self.thread.join(LIMIT)
        assert not self.thread.is_alive()
        self.listener.close()


@pytest.fixture(name="hub")
def fixture_hub():
    hubs = []

    def start(spoil=lambda message, said, member: [message]):
        hubs.append(Hub(spoil))
        return [
            "--port", hubs[-1].port, "--no-welcome", "--chat", "--outside", "--join", "SUBSCRIBE %r",
            "--joined", "subscribe", "--say", "PUBLISH %r %m", "--connections", 3]

    yield start
    for each in hubs:
        each.stop()


@pytest.mark.parametrize("pipeline", [1, 16])
@pytest.mark.parametrize("members, rooms, senders, threads", [(10, 1, 1, 1), (7, 3, 5, 2), (12, 4, 12, 4)])
def test_everything_said_is_delivered_to_all_members_once(server, members, rooms, senders, threads, pipeline):
    names = ["hall"] if rooms == 1 else [f"hall{number + 1}" for number in range(rooms)]
    daemon = server(*(word for name in names for word in ("--room", name)))
    code, result = measured(
        "--port", daemon.port, "--chat", "--connections", members, "--rooms", rooms, "--room", "hall",
        "--senders", senders, "--threads", threads, "--pipeline", pipeline, "--requests", 1007,
        "--pid", daemon.process.pid)
    assert code == 0, result
    size = [members // rooms + (number < members % rooms) for number in range(rooms)]
    assert result["says"] == 1007
    assert 1007 * min(size) <= result["deliveries"] <= 1007 * max(size)
    assert result["measured"] == result["deliveries"]
    assert result["missing"] == result["disordered"] == result["unexpected"] == 0
    assert result["server"]["processorSeconds"] > 0


def test_senders_may_stand_outside(hub):
    code, result = measured(*hub(), "--requests", 100, "--pipeline", 4, "--senders", 2)
    assert (code, result["says"], result["deliveries"], result["members"]) == (0, 100, 300, 3)


def test_a_lost_message_is_missing(hub):
    code, result = measured(
        *hub(lambda message, said, member: [] if (said, member) == (5, 1) else [message]),
        "--requests", 20, "--pipeline", 10, "--timeout", "0.3")
    assert (code, result["missing"], result["disordered"], result["gaveUp"]) == (1, 1, 1, True)


def test_a_repeated_message_is_told(hub):
    code, result = measured(
        *hub(lambda message, said, member: [message, message] if said == 3 else [message]), "--requests", 20)
    assert (code, result["deliveries"], result["missing"], result["disordered"]) == (1, 60, 0, 3)


def test_a_damaged_message_is_told_and_missing(hub):
    code, result = measured(
        *hub(lambda message, said, member: [message[:-1] + b"!" if said == member == 0 else message]),
        "--requests", 20, "--timeout", "0.3")
    assert (code, result["missing"], result["unexpected"]) == (1, 1, 1)
    assert result["firstUnexpected"].startswith("~0000")


def test_a_message_of_another_room_is_told(hub):
    seen = []

    def spoil(message, said, member):
        seen.append(message)
        return [message] if said == 0 else [message, seen[0]]

    code, result = measured(*hub(spoil), "--rooms", 2, "--requests", 10, "--connections", 2)
    assert code == 1
    assert result["unexpected"] + result["disordered"] > 0
    assert result["deliveries"] == 10


def test_refused_membership_is_told(server):
    done = bench("--port", server().port, "--chat", "--room", "nowhere", "--timeout", "0.3", "--quiet")
    assert (done.returncode, done.stdout) == (3, "")
    assert "no answer to joining a room that contains '\"status\":\"OK\"'" in done.stderr


@pytest.mark.parametrize("connections, pipeline", [(1, 1), (20, 16), (3, 5000)])
def test_requests_over_tls_are_all_answered(tls_server, connections, pipeline):
    code, result = measured(
        "--port", tls_server().port, "--tls", "--connections", connections, "--pipeline", pipeline,
        "--requests", 15001, "--expect", '"status":"OK"', "paramView", "k")
    assert (code, result["answers"], result["unexpected"]) == (0, 15001, 0)


def test_a_chat_over_tls_is_delivered(tls_server):
    code, result = measured(
        "--port", tls_server().port, "--tls", "--chat", "--connections", 20, "--pipeline", 8,
        "--requests", 200)
    assert (code, result["deliveries"]) == (0, 4000)


def test_a_certificate_is_checked_if_asked_for(tls_server, certificate):
    port = tls_server().port
    trusting = ["--port", port, "--tls-ca", certificate[0], "--requests", 10, "--connections", 1]
    code, result = measured(*trusting, "--tls-name", "localhost", "paramView", "k")
    assert (code, result["answers"]) == (0, 10)
    done = bench(*trusting, "--tls-name", "elsewhere", "paramView", "k")
    assert done.returncode == 3
    assert "TLS: certificate of another name" in done.stderr


def test_a_certificate_that_nobody_vouches_for_is_refused(tls_server):
    other = os.path.join(os.path.dirname(__file__), "../unit/tls/data/ca.pem")
    done = bench(
        "--port", tls_server().port, "--tls-ca", other, "--tls-name", "localhost", "--connections", 1, "x")
    assert done.returncode == 3
    assert "TLS: certificate not trusted" in done.stderr


@pytest.mark.parametrize("text, message", [("", "is empty"), ("x", "holds no certificate")])
def test_a_file_without_certificates_is_refused(tmp_path, text, message):
    file = tmp_path / "ca.pem"
    file.write_text(text, "ascii")
    done = bench("--tls-ca", file, "x")
    assert done.returncode == 2
    assert f"--tls-ca: {file}: {message}" in done.stderr


def test_handshakes_are_counted(tls_server):
    daemon = tls_server()
    code, result = measured(
        "--port", daemon.port, "--tls", "--handshakes", "--connections", 3, "--requests", 50,
        "--pid", daemon.process.pid)
    assert (code, result["attempts"], result["handshakes"], result["resumed"]) == (0, 50, 50, 0)


def test_handshakes_resume_the_first_session(tls_server):
    code, result = measured(
        "--port", tls_server().port, "--tls-resume", "--handshakes", "--connections", 2, "--requests", 50)
    assert (code, result["handshakes"]) == (0, 50)
    assert 48 <= result["resumed"] <= 49


def test_a_server_without_tls_is_told(server):
    done = bench("--port", server().port, "--tls", "--connections", 1, "x")
    assert (done.returncode, done.stdout) == (3, "")
    assert "TLS: no TLS 1.2 there" in done.stderr


@pytest.mark.parametrize("options", [[], ["--join", "roomAdd %r"]])
def test_idle_connections_are_held_until_the_end(server, options):
    daemon = server()
    with subprocess.Popen(
        [BENCH, "--json", "--quiet", "--port", str(daemon.port), "--idle", "500", "--seconds", "3600",
         "--pid", str(daemon.process.pid), *options],
        stdout=subprocess.PIPE, text=True) as process:
        result = json.loads(process.stdout.readline())
        assert result["opened"] == 500
        assert result["server"]["resident"] >= result["server"]["residentBefore"]
        with daemon.connect() as client:
            client.ask("roomAdd defaultRoom")
            view = client.ask("roomView defaultRoom")
        assert view["data"]["membersCount"] == (501 if options else 1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(LIMIT) == 0


def test_idle_connections_over_tls(tls_server):
    daemon = tls_server()
    code, result = measured("--port", daemon.port, "--tls", "--idle", 50, "--pid", daemon.process.pid,
                            "--seconds", "0.01")
    assert (code, result["opened"]) == (0, 50)


def test_lost_idle_connections_are_told(server):
    daemon = server()
    with subprocess.Popen(
        [BENCH, "--quiet", "--port", str(daemon.port), "--idle", "20", "--seconds", "3600"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert "20 idle connections" in process.stdout.readline()
        daemon.stop()
        assert process.wait(LIMIT) == 1
        assert "20 connections were lost" in process.stderr.read()


def test_requests_on_a_schedule_are_all_answered(server):
    code, result = measured(
        "--port", server().port, "--rate", 5000, "--requests", 1000, "--connections", 7, "--threads", 2,
        "--expect", '"status":"OK"', "paramView", "k")
    assert (code, result["requests"], result["answers"], result["unexpected"]) == (0, 1000, 1000, 0)
    # The last is due when 999 intervals have passed: it cannot have been sent before.
    assert result["seconds"] > 0.19


def test_a_schedule_charges_a_server_for_what_it_holds_up():
    """Requests that are due while the server stands still have waited, though they could not be sent."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        peer, _ = listener.accept()
        with peer:
            count = 0
            while count < 200:  # all that are due
                count += peer.recv(65536).count(b"\n")
            peer.sendall(b"yes\r\n" * 200)
            while peer.recv(65536):
                pass

    thread = threading.Thread(target=serve)
    thread.start()
    code, result = measured(
        "--port", listener.getsockname()[1], "--no-welcome", "--connections", 1, "--rate", 1000,
        "--requests", 200, "x")
    thread.join(LIMIT)
    listener.close()
    assert (code, result["answers"]) == (0, 200)
    # Due evenly over 199 ms and answered together at the end, so half waited 100 ms or longer.
    assert result["latency"]["p50"] > 90_000
    assert result["latency"]["max"] > 190_000


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--chat", "x"], "expected one of a request, --chat, --idle and --handshakes"),
        (["--chat", "--idle", "3"], "expected one of a request, --chat, --idle and"),
        (["--handshakes"], "--handshakes: expected --tls, --tls-ca or --tls-resume"),
        (["--chat", "--rate", "3"], "--rate: expected a request to send at that rate"),
        (["--chat", "--rooms", "51"], "--rooms: expected no more than --connections"),
        (["--chat", "--senders", "51"], "--senders: expected no more than --connections"),
        (["--chat", "--threads", "2"], "--threads: a room is one thread's: expected no"),
        (["--idle", "5", "--threads", "2"], "--idle: expected one thread"),
        (["--chat", "--size", "15"], "--size: '15': expected a number from 16 to 60000"),
        (["--chat", "--say", "\\q"], "--say: '\\q': expected only the escapes"),
        (["--chat", "--say", "say %r"], "--say: 'say %r': expected one %m"),
        (["--chat", "--room", ""], "--room: '': expected 1 to 255 bytes"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, message):
    done = bench(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"stellar-bench: {message}")


def test_a_process_that_is_not_there_is_told():
    done = bench("--pid", "4194304", "x")
    assert done.returncode == 3
    assert "--pid: 4194304: No such file or directory" in done.stderr
