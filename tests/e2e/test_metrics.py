"""What the server counts, as Prometheus and as people read it."""

import os
import re
import signal
import socket
import ssl
from pathlib import Path

import pytest

from daemon import DEADLINE, Daemon, tls_context, until
from metrics import get, parse, scrape


def test_the_page_is_of_the_format_that_prometheus_reads(watched):
    _, port = watched()
    values, types = parse(get(port)[2])
    assert all(types[name].endswith("counter") for name in types if name.endswith("_total"))
    assert {"stellar_connections", "stellar_lines_total", "stellar_action_seconds"} <= types.keys()
    assert values["stellar_build_info", next(label for name, label in values if name == "stellar_build_info")] == 1


def test_the_documentation_lists_what_the_page_has(watched):
    _, port = watched()
    text = get(port)[2]
    page = {name: (kind, what) for name, what, kind in
            re.findall(r"^# HELP (\S+) (.*)\.\n# TYPE \S+ (\w+)$", text, re.M)}
    manual = (Path(__file__).parents[2] / "docs/operations.md").read_text("utf-8")
    listed = {name: (kind, what) for name, kind, what in
              re.findall(r"^\| `(\w+)` \| (counter|gauge|histogram) \| (.*) \|$", manual, re.M)}
    assert listed.keys() == page.keys()
    for name in listed.keys() - {"stellar_lines_total", "stellar_errors_total"}:
        assert listed[name] == page[name]


def test_histograms_rise_to_their_count(watched):
    daemon, port = watched()
    with daemon.connect() as client:
        client.ask("status")
        client.ask("paramsView")
    # A line is timed when its answer has left, so it may be read earlier than counted.
    until(lambda: scrape(port)["stellar_line_seconds_count", None] == 2, "the lines are not counted")
    values = scrape(port)
    for name, count in ("line", 2), ("action", 1):
        buckets = [(label, value) for (family, label), value in values.items()
                   if family == f"stellar_{name}_seconds_bucket"]
        bounds = [float(label) for label, _ in buckets]
        assert bounds == sorted(set(bounds)) and bounds[-1] == float("inf")
        assert [value for _, value in buckets] == sorted(value for _, value in buckets)
        assert buckets[-1][1] == values[f"stellar_{name}_seconds_count", None] == count
        assert values[f"stellar_{name}_seconds_sum", None] > 0


@pytest.mark.parametrize("threads", [1, 3])
def test_what_clients_do_is_counted(watched, threads):
    daemon, port = watched("--threads", threads)
    clients = [daemon.connect() for _ in range(4)]
    for client in clients:
        client.ask("roomAdd defaultRoom")
    clients[0].send("say defaultRoom hello", "nosuch", "{", '{"action":"status"}')
    assert len({clients[0].read()["context"] for _ in range(5)}) == 2
    for client in clients[1:]:
        assert client.read()["message"] == "hello"
    values = scrape(port)
    assert values["stellar_connections", None] == values["stellar_connections_accepted_total", None] == 4
    assert values["stellar_rooms", None] == 1
    assert values["stellar_members", None] == 4
    assert values["stellar_messages_said_total", None] == 1
    assert values["stellar_messages_delivered_total", None] == 4
    assert values["stellar_lines_total", "roomAdd"] == 4
    assert values["stellar_lines_total", "action"] == values["stellar_lines_total", "json"] == 1
    assert values["stellar_lines_total", "refused"] == 1
    assert values["stellar_errors_total", "004"] == values["stellar_errors_total", "023"] == 1
    assert values["stellar_actions_finished_total", None] == 1
    assert values["stellar_received_bytes_total", None] == len(
        "roomAdd defaultRoom\r\n" * 4 + 'say defaultRoom hello\r\nnosuch\r\n{\r\n{"action":"status"}\r\n')
    until(lambda: scrape(port)["stellar_sent_bytes_total", None] >= 1000, "what was sent is not counted")  # likewise
    for client in clients:
        client.send("quit")
        while client.read() is not None:
            pass
        client.close()
    until(lambda: scrape(port)["stellar_connections", None] == 0, "connections do not end")
    assert scrape(port)["stellar_members", None] == 0


def test_who_is_turned_away_is_counted(watched):
    daemon, port = watched("--max-connections", 1)
    with daemon.connect(), daemon.connect(welcome=False) as late:
        assert "error" in late.read()
        assert scrape(port)["stellar_connections_refused_total", None] == 1


def test_handshakes_are_counted(watched, certificate):
    daemon, port = watched("--tls-cert", certificate[0], "--tls-key", certificate[1])
    with daemon.connect(tls=True):
        pass
    with socket.create_connection(daemon.address, DEADLINE) as plain:
        plain.sendall(b"status\r\n")
        while plain.recv(1000):
            pass
    until(lambda: scrape(port)["stellar_handshakes_failed_total", None] > 0, "the handshake does not fail")
    context = tls_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    session = None
    for _ in range(3):
        with context.wrap_socket(socket.create_connection(daemon.address, DEADLINE), session=session) as client:
            assert client.recv(1000).startswith(b'{"welcome"')
            assert client.session_reused is (session is not None)
            session = client.session
    values = scrape(port)
    assert values["stellar_handshakes_failed_total", None] == 1
    assert values["stellar_handshakes_full_total", None] == 2
    assert values["stellar_handshakes_resumed_total", None] == 2


def test_a_page_that_is_not_there_is_not_found(watched):
    _, port = watched()
    assert get(port, "/")[0] == 404
    assert get(port, "/metricsx")[0] == 404
    assert get(port, "/metrics?name[]=a")[0] == 200


def test_head_is_answered_without_a_body(watched):
    _, port = watched()
    status, headers, body = get(port, "/metrics", "HEAD")
    assert (status, body) == (200, "")
    assert int(headers["Content-Length"]) > 1000


def test_other_methods_are_refused(watched):
    _, port = watched()
    status, headers, _ = get(port, "/metrics", "DELETE")
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


def test_health_is_ok_until_the_server_drains(watched):
    daemon, port = watched()
    assert get(port, "/healthz")[::2] == (200, "ok\n")
    with daemon.connect() as client:
        client.send('{"action":"sleepTest","params":{"sleepDuration":600000}}', "paramsView")
        client.read()
        daemon.signal()
        until(lambda: get(port, "/healthz")[0] != 200, "it does not drain")
        assert get(port, "/healthz")[::2] == (503, "draining\n")
        assert scrape(port)["stellar_actions_pending", None] == 1
        daemon.signal()
    assert daemon.wait() == 0


@pytest.fixture(name="watched_by_all", scope="module")
def fixture_watched_by_all(tmp_path_factory):
    """The port of a page that a whole file of tests may ask."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    daemon = Daemon(tmp_path_factory.mktemp("watched"), "--metrics-port", port)
    yield port
    daemon.stop()


def raw(port, request):
    """What is answered to bytes that are no good request."""
    with socket.create_connection(("127.0.0.1", port), DEADLINE) as client:
        client.sendall(request)
        answer = b""
        while data := client.recv(1 << 16):
            answer += data
    return answer


@pytest.mark.parametrize("request_, status", [
    (b"\r\n\r\n", 400), (b"GET\r\n\r\n", 400), (b"GET /metrics\r\n\r\n", 400), (b"GET /metrics HTTP/2.0\r\n\r\n", 400),
    (b"\0\0\0\0", 400), (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400), (b"get /metrics HTTP/1.1\r\n\r\n", 405),
    (b"GET /metrics HTTP/1.1\r\n" + b"a: b\r\n" * 2000, 431), (b"G" * 5000, 431),
    (b"\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n", 400), (b"GET http:///healthz HTTP/1.1\r\n\r\n", 400),
    (b"GET healthz HTTP/1.1\r\n\r\n", 400), (b"GET 127.0.0.1:80 HTTP/1.1\r\n\r\n", 400),
    (b"OPTIONS * HTTP/1.1\r\n\r\n", 405), (b"CONNECT a:80 HTTP/1.1\r\n\r\n", 405),
    (b"PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\nGET /healthz HTTP/1.1\r\n\r\n", 400),
    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400), (b"\x16", 400), (b"GET /healthz HTTP/1.9\r\n\r\n", 200),
    (b"GET /healthz HTTP/1.0\n\n", 200), (b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nrest" + b"x" * 100000, 200),
])
def test_hostile_bytes_are_answered_and_harm_nobody(watched, request_, status):
    _, port = watched()
    answer = raw(port, request_)
    assert answer.startswith(b"HTTP/1.1 %d " % status), answer[:100]
    assert get(port, "/healthz")[0] == 200


def test_a_request_may_come_byte_by_byte(watched):
    _, port = watched()
    with socket.create_connection(("127.0.0.1", port), DEADLINE) as client:
        for byte in b"GET /healthz HTTP/1.1\r\n\r\n":
            client.sendall(bytes([byte]))
        assert client.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize("before", [b"", b"\r\n", b"\n"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("host", ["", "http://127.0.0.1:9464", "HTTP://[::1]", "https://u@a.example:1"])
@pytest.mark.parametrize("path, status", [
    ("/healthz", 200), ("/metrics", 200), ("/healthz?", 200), ("/metrics?name[]=a&b=/x", 200), ("/metrics/", 404),
    ("/", 404), ("/?/metrics", 404), ("//healthz", 404),
])
def test_a_target_may_be_a_path_or_a_whole_address(watched_by_all, before, method, host, path, status):
    answer = raw(watched_by_all, before + f"{method} {host}{path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), answer[:100]
    assert (body == b"") is (method == "HEAD")
    if status == 200:
        assert (b"ok\n" if "healthz" in path else b"stellar_connections") in (body or b"ok\nstellar_connections")


def test_an_address_without_a_path_has_no_page(watched_by_all):
    for target in "http://a", "http://a?/metrics", "http://metrics":
        assert raw(watched_by_all, f"GET {target} HTTP/1.1\r\n\r\n".encode()).startswith(b"HTTP/1.1 404 ")


def test_connections_that_ask_nothing_are_closed_after_a_time(watched):
    _, port = watched()
    silent = [socket.create_connection(("127.0.0.1", port), DEADLINE) for _ in range(16)]
    for client in silent:
        with client:
            assert client.recv(1) == b""
    assert get(port, "/healthz")[0] == 200


def is_open(client):
    """Whether the server has neither sent anything nor closed it."""
    client.setblocking(False)
    try:
        client.recv(1)
        return False
    except BlockingIOError:
        return True
    except ConnectionResetError:
        return False


def connect_all(daemon, port, requests):
    """Clients that have sent what they have to say before the first of them is accepted."""
    clients = []
    daemon.signal(signal.SIGSTOP)
    for request in requests:
        clients.append(socket.create_connection(("127.0.0.1", port), DEADLINE))
        clients[-1].sendall(request)
    daemon.signal(signal.SIGCONT)
    return clients


WHOLE = b"GET /healthz HTTP/1.1\r\n\r\n"


@pytest.mark.parametrize("begin", [b"", b"G", b"GET /healthz HTTP/1.1\r\nHost: a\r\n"])
def test_a_request_is_served_before_many_that_are_slow(watched, begin):
    """They hold all places, and more of them wait; most of them still do when the request has been answered."""
    daemon, port = watched()
    *slow, last = connect_all(daemon, port, [begin] * 100 + [WHOLE])
    answer = last.recv(15)
    still_open = sum(map(is_open, slow))
    assert answer == b"HTTP/1.1 200 OK"
    assert still_open > 40
    with daemon.connect() as client:
        assert client.ask("paramsView")["status"] == "OK"
    for client in *slow, last:
        client.close()


@pytest.mark.parametrize("page", ["/healthz", "/metrics"])
def test_requests_that_have_come_are_all_answered_though_nobody_reads_the_answers(watched, page):
    daemon, port = watched()
    *deaf, last = connect_all(daemon, port, [f"GET {page} HTTP/1.1\r\n\r\n".encode()] * 120 + [WHOLE])
    with last:
        assert last.recv(15) == b"HTTP/1.1 200 OK"
    for client in deaf:
        with client:
            assert client.recv(15) == b"HTTP/1.1 200 OK"


def test_there_is_no_page_unless_asked_for(server):
    daemon = server()
    listening = [line.split() for line in open(f"/proc/{daemon.process.pid}/net/tcp", encoding="ascii")]
    inodes = {entry[9] for entry in listening if entry[3] == "0A"}
    held = {os.readlink(f"/proc/{daemon.process.pid}/fd/{number}")
            for number in os.listdir(f"/proc/{daemon.process.pid}/fd")}
    assert sum(f"socket:[{inode}]" in held for inode in inodes) == 1


def test_a_port_that_is_taken_is_told(server):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AssertionError, match=f"metrics: cannot listen on 127.0.0.1 port {port}: address already"):
            server("--metrics-port", port)


def test_sigusr2_says_in_the_log_what_was_counted(server):
    daemon = server()
    with daemon.connect() as client:
        client.ask("status")
        client.ask("paramView")
        daemon.signal(signal.SIGUSR2)
        daemon.until_logged("stats: action_times")
    log = daemon.log()
    assert re.search(r" info stats: up for [0-9.]+ s\n", log)
    assert " info stats: connections 1\n" in log
    assert " info stats: lines action 1\n" in log
    assert " info stats: errors 026 1\n" in log
    assert re.search(r" info stats: action_times 1, on average [0-9.]+ ms, half within [0-9.]+ ms, 99 % within", log)
    assert "stats: rooms 1\n" in log and "members" not in log
