"""Limits of the server as a whole, each reached and recovered from; what clients do that are slow, many or silent, and that
the others do not feel it. Figures are printed: pytest -rP shows them."""

import os
import resource
import select
import selectors
import signal
import socket
import time

import pytest

from daemon import DEADLINE, GOODBYE, WELCOME, Client, until
from metrics import free_port

MIB = 1 << 20
TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(daemon):
    """Processor time that the daemon has used."""
    fields = open(f"/proc/{daemon.process.pid}/stat").read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident(daemon):
    return int(open(f"/proc/{daemon.process.pid}/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def descriptors(daemon):
    return len(os.listdir(f"/proc/{daemon.process.pid}/fd"))


def connect_from(daemon, source, **options):
    """A client that has not read the welcome."""
    client = Client.__new__(Client)
    client.socket = socket.create_connection(daemon.address, DEADLINE, source_address=(source, 0))
    client.buffer = b""
    return client


def is_silent(client):
    return not client.buffer and not select.select([client.socket], [], [], 0)[0]


def test_an_address_has_so_many_connections_and_no_more(server):
    daemon = server("--max-connections-per-address", 2)
    alice, bob = (connect_from(daemon, "127.0.0.2") for _ in range(2))
    assert alice.read() == bob.read() == WELCOME
    for _ in range(5):
        carol = connect_from(daemon, "127.0.0.2")
        assert carol.read() == {"error": "Your address has too many connections", "context": "api"}
        assert carol.read() is None
        carol.close()
    with connect_from(daemon, "127.0.0.3") as other:
        assert other.read() == WELCOME
    alice.send("quit")
    assert alice.read() == GOODBYE
    alice.close()

    def is_welcome():
        with connect_from(daemon, "127.0.0.2") as carol:
            return carol.read() == WELCOME

    until(is_welcome, "a place that became free was not given away")
    assert bob.ask("paramsView")["data"] == {}
    bob.close()


def test_those_who_are_turned_away_keep_nobody_out(server):
    daemon = server("--max-connections", 3, "--max-connections-per-address", 1)
    with connect_from(daemon, "127.0.0.2") as alice:
        assert alice.read() == WELCOME
        daemon.signal(signal.SIGSTOP)  # so that they all come at once
        crowd = [connect_from(daemon, "127.0.0.2") for _ in range(20)]
        bob = connect_from(daemon, "127.0.0.3")
        daemon.signal(signal.SIGCONT)
        for client in crowd:
            assert client.read() == {"error": "Your address has too many connections", "context": "api"}
            client.close()
        assert bob.read() == WELCOME
        carol = connect_from(daemon, "127.0.0.4")
        assert carol.read() == WELCOME
        dave = connect_from(daemon, "127.0.0.5")
        assert dave.read() == {"error": "The server has too many connections", "context": "api"}
        for client in (bob, carol, dave):
            client.close()


def test_an_address_that_is_in_a_handshake_counts(tls_server):
    daemon = tls_server("--max-connections-per-address", 1)
    with socket.create_connection(daemon.address, DEADLINE) as silent:
        with socket.create_connection(daemon.address, DEADLINE) as refused:
            assert refused.recv(1000) == b"\x15\x03\x03\0\x02\x02\x50", "the alert internal_error"
            assert refused.recv(1000) == b""
        silent.shutdown(socket.SHUT_RDWR)
    until(lambda: "turned away" in daemon.log(), "the log does not say so")


def test_more_than_the_rate_wait_and_are_served(server):
    """Of 30 at 50 a second, 6 come at once; each of the others has to wait its turn."""
    daemon = server("--accept-rate", 50)
    before, begun = cpu_seconds(daemon), time.monotonic()
    clients = [socket.create_connection(daemon.address, DEADLINE) for _ in range(30)]
    for client in clients:
        assert client.recv(1000).startswith(b'{"welcome"')
    took, used = time.monotonic() - begun, cpu_seconds(daemon) - before
    print(f"30 connections at 50 a second: {took:.2f} s, {used:.2f} s of processor time")
    assert took > 0.4  # 24 of them, 20 ms each; a slow machine only takes longer
    assert used < 0.3
    for client in clients:
        client.close()


@pytest.mark.parametrize("threads", [1, 3])
def test_out_of_descriptors_nobody_is_dropped_and_nothing_spins(server, threads):
    """Who finds no descriptor waits in the backlog, and is served once there is one."""
    limit = 60

    def lower():
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))

    daemon = server("--threads", threads, preexec=lower)
    first = daemon.connect()
    waiting = [Client(daemon.address, welcome=False) for _ in range(limit + 20)]
    until(lambda: "connections wait to be accepted: too many open files" in daemon.log(), "not in the log")
    daemon.signal(signal.SIGUSR2)
    until(lambda: " stats: accept_failures " in daemon.log(), "not counted")
    before = cpu_seconds(daemon)
    first.send('{"action":"sleepTest","params":{"sleepDuration":1000}}')
    assert first.read()["sleepDuration"] == 1000
    # An eighth is left to the daemon, of which each loop may have taken one. A loop that looks takes one for a moment.
    until(lambda: limit - descriptors(daemon) >= limit // 8 - threads > 0, "too few descriptors are left")
    assert limit - descriptors(daemon) <= limit // 8, "descriptors are left that clients could have"
    used = cpu_seconds(daemon) - before
    print(f"a second without descriptors, {threads} loops: {used:.2f} s of processor time")
    assert used < 0.25
    for count in range(2, 100):
        assert first.ask("paramsView")["messageCount"] == count
    served = 0
    while waiting:
        client = next(client for client in waiting if not is_silent(client) or len(waiting) == 1)
        assert client.read() == WELCOME
        assert client.ask("paramsView")["data"] == {}
        client.close()
        waiting.remove(client)
        served += 1
        if waiting:
            select.select([client.socket for client in waiting], [], [], DEADLINE)
    assert served == limit + 20
    until(lambda: "connections are accepted again" in daemon.log(), "not in the log")
    assert daemon.log().count("wait to be accepted") <= 20
    assert first.ask("paramsView")["messageCount"] == 100
    first.close()


@pytest.mark.parametrize("options", [(), ("--threads", 2), ("--metrics-port", 0)], ids=["plain", "threads", "metrics"])
def test_with_few_descriptors_it_serves_or_says_why_not(server, options):
    """From the fewest with which a program can be loaded at all up to enough."""
    if "--metrics-port" in options:
        options = "--metrics-port", free_port()
    failures = 0
    for limit in range(5, 64):
        try:
            daemon = server(*options, preexec=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)))
        except AssertionError as error:
            assert "too many open files" in str(error).lower(), error
            failures += 1
        else:
            daemon.stop()
            break
    assert 3 <= failures < 58


def test_memory_has_a_limit_that_is_recovered_from(server):
    """At the limit new clients get a message, and a client that needs more is closed; the others are served."""
    daemon = server("--max-memory", 4 * MIB)
    first = daemon.connect()
    clients = []
    value = "x" * 60000
    while True:
        client = daemon.connect(welcome=False)
        welcome = client.read()
        if welcome != WELCOME:
            break
        clients.append(client)
        assert client.ask("paramAdd a=" + value)["status"] == "OK"
    assert welcome == {"error": "The server has no memory to spare", "context": "api"}
    assert client.read() is None
    print(f"{len(clients)} clients with 60,000 bytes each in 4 MiB")
    assert 30 < len(clients) < 70
    closed = 0
    for client in clients:
        try:
            client.send("paramAdd b=" + value, "paramAdd c=" + value)
            if client.read() is None or client.read() is None:
                closed += 1
        except OSError:
            closed += 1
    assert closed > 0 and "out of memory" in daemon.log()
    assert first.ask("paramAdd a=b")["status"] == "OK"
    for client in clients:
        client.close()

    def is_welcome():
        with daemon.connect(welcome=False) as client:
            return client.read() == WELCOME

    until(is_welcome, "memory that is given back is not to be had")
    assert first.ask("paramView a")["data"] == "b"
    first.close()


def test_a_flooded_room_of_1000_with_ten_that_are_stalled(server, tmp_path):
    """The other 990 lose nothing, and what waits for the ten is held once and no longer than up to the hard limit. A Unix
    socket, since its buffer in the kernel is small."""
    size, hard_limit = 20000, MIB // 2
    daemon = server("--unix", tmp_path / "socket", "--output-hard-limit", hard_limit)
    sender = daemon.connect()
    members = [daemon.connect() for _ in range(1000)]
    for client in members:
        assert client.ask("roomAdd defaultRoom")["data"] is True
    assert sender.ask("roomAdd defaultRoom")["data"] is True
    stalled, readers = members[:10], members[10:]
    before = resident(daemon)
    got = dict.fromkeys((client.socket.fileno() for client in readers), 0)
    said, most, received = 0, 0, 0
    selector = selectors.DefaultSelector()
    for client in readers:
        selector.register(client.socket, selectors.EVENT_READ)
    last = b""
    while daemon.log().count("error 025") < 10:
        sender.send(f"say defaultRoom {said:05}" + "x" * size)
        said += 1
        assert sender.read()["status"] == "OK"
        line = sender.read_line() + b"\r\n"
        length = len(line)
        while received < said * length * len(readers):
            for key, _ in selector.select(DEADLINE):
                data = key.fileobj.recv(1 << 18)
                assert data, "a member that reads was cut off"
                got[key.fd] += len(data)
                received += len(data)
                last = data
        most = max(most, resident(daemon))
        assert said < 1000, "those that read nothing were not cut off"
    assert last.endswith(b"\r\n")
    assert set(got.values()) == {said * length}
    grown = most - before
    print(f"{said} messages of {length} bytes to 990 readers, 10 stalled: {grown / MIB:.1f} MiB more")
    assert grown < (24 * MIB if os.environ.get("STELLAR_SANITIZE") else 4 * MIB)
    assert sender.ask("roomView defaultRoom")["data"]["membersCount"] == 991
    for client in stalled + readers + [sender]:
        client.close()


def test_a_client_that_reads_nothing_is_cut_off_in_time(server):
    daemon = server("--write-timeout", 200)
    with daemon.connect() as client:
        client.ask("paramAdd a=" + "x" * 60000)
        client.send(*["paramView a"] * 500)
        until(lambda: "error 025" in daemon.log(), "not cut off")
        assert "nothing was read for 200 ms" in daemon.log()
    with daemon.connect() as client:
        assert client.ask("paramsView")["data"] == {}


def test_a_thousand_half_open_connections_change_nothing_for_others(server):
    daemon = server("--line-timeout", 3000)
    rounds = 3000

    def cost(client):
        begun = cpu_seconds(daemon)
        for _ in range(rounds):
            assert client.ask("paramsView")["data"] == {}
        return (cpu_seconds(daemon) - begun) / rounds * 1e6

    with daemon.connect() as client:
        before = descriptors(daemon)
        alone = cost(client)
        memory = resident(daemon)
        half_open = [daemon.connect() for _ in range(1000)]
        for other in half_open:
            other.send("paramsView")
            assert other.read()["data"] == {}
            other.socket.sendall(b"paramAdd key=val")
        memory = (resident(daemon) - memory) / 1000
        beside = cost(client)
        print(f"a request costs {alone:.1f} us alone, {beside:.1f} us beside 1000 unfinished lines of {memory:.0f} bytes each")
        assert beside < 2 * alone + 20
        for other in half_open:
            assert other.read() == {"error": "The line was not ended within 3000 ms", "context": "api"}
            assert other.read() == GOODBYE
            assert other.read() is None
            other.close()
        until(lambda: descriptors(daemon) == before, "descriptors are left")
        assert client.ask("paramsView")["data"] == {}


def test_who_talks_waits_for_loops_that_have_much_to_do(server):
    """Lines from one loop to three others, with little room between; all arrive, in their order."""
    daemon = server("--threads", 4, "--mail-limit", 5000)
    clients = [daemon.connect() for _ in range(24)]
    for client in clients:
        assert client.ask("roomAdd defaultRoom")["data"] is True
    senders, count = clients[:4], 400
    for sender in senders:
        sender.send(*[f"say defaultRoom {number}" for number in range(count)])
    for client in clients:
        heard, done = {}, 0
        while sum(map(len, heard.values())) < count * len(senders) or done < (count if client in senders else 0):
            line = client.read()
            if line["context"] == "user":
                heard.setdefault(line["from"], []).append(int(line["message"]))
            else:
                assert line["status"] == "OK"
                done += 1
        assert all(numbers == list(range(count)) for numbers in heard.values())
    for client in clients:
        assert client.ask("paramsView")["data"] == {}
        client.close()
