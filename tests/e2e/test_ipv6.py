"""The daemon on IPv6 addresses, and how it shows those of its clients."""

import json
import re
import socket

import pytest

from daemon import DEADLINE, GOODBYE, Client


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


needs_ipv6 = pytest.mark.skipif(not has_ipv6(), reason="this machine has no ::1")


@needs_ipv6
def test_ipv6_serves_the_protocol(server):
    daemon = server("--bind-ip", "::1")
    assert re.fullmatch(r"ready \[::1\]:[0-9]+\n", daemon.ready)
    with daemon.connect() as client:
        details = client.ask("detailsView")["data"]
        assert details["remoteIP"] == "::1"
        assert details["remotePort"] == client.socket.getsockname()[1]
        client.send("quit")
        assert client.read() == GOODBYE
        assert client.read() is None


def test_ipv4_tells_the_clients_address(server):
    daemon = server("--bind-ip", "127.0.0.1")
    assert daemon.ready == f"ready 127.0.0.1:{daemon.port}\n"
    with daemon.connect() as client:
        details = client.ask("detailsView")["data"]
        assert (details["remoteIP"], details["remotePort"]) == client.socket.getsockname()


@needs_ipv6
@pytest.mark.parametrize("ip, shown", [("127.0.0.1", "127.0.0.1"), ("::1", "::1"),
                                       ("::ffff:127.0.0.1", "127.0.0.1")])
def test_one_port_for_both_families_shows_each_client_as_what_it_is(server, ip, shown):
    daemon = server("--bind-ip", "::", "--log-level", "debug")
    assert daemon.ready == f"ready [::]:{daemon.port}\n"
    with Client((ip, daemon.port)) as client:
        details = client.ask("detailsView")["data"]
        port = client.socket.getsockname()[1]
        assert (details["remoteIP"], details["remotePort"]) == (shown, port)
        assert f"connected from {shown} port {port}\n" in daemon.log()
    assert "ffff" not in daemon.log()


@needs_ipv6
def test_the_log_says_who_is_turned_away_by_the_ipv4_address(server):
    daemon = server("--bind-ip", "::", "--max-connections-per-address", 1)
    with Client(("127.0.0.1", daemon.port)), Client(("127.0.0.1", daemon.port), welcome=False) as second:
        assert "too many" in second.read()["error"]
        assert second.read() is None
    assert "a connection from 127.0.0.1 is turned away" in daemon.log()
    assert "ffff" not in daemon.log()


@needs_ipv6
def test_the_log_says_whose_handshake_failed_by_the_ipv4_address(tls_server):
    daemon = tls_server("--bind-ip", "::", "--log-format", "json")
    with socket.create_connection(("127.0.0.1", daemon.port), DEADLINE) as client:
        client.sendall(b"paramsView\r\n")
        port = client.getsockname()[1]
        while client.recv(100):
            pass
    messages = [json.loads(line)["message"] for line in daemon.log().splitlines()]
    assert any(message.endswith(f"(from 127.0.0.1 port {port})") for message in messages), messages


@needs_ipv6
def test_a_server_that_is_bound_to_a_mapped_address_says_the_address_it_was_given(server):
    daemon = server("--bind-ip", "::ffff:127.0.0.1")
    assert daemon.ready == f"ready [::ffff:127.0.0.1]:{daemon.port}\n"
    with Client(("127.0.0.1", daemon.port)) as client:
        assert client.ask("detailsView")["data"]["remoteIP"] == "127.0.0.1"
