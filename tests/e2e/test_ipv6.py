"""The daemon on the IPv6 loopback address."""

import re
import socket

import pytest

from daemon import GOODBYE


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no ::1")
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
