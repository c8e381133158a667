"""TCP keep-alive: whether the system probes clients that are silent. A probe itself is minutes away; that one is due is seen
in the system's table of connections."""

import json
import socket

import pytest

from daemon import ENVIRONMENT, Client, until
from test_ipv6 import needs_ipv6

PROBE, NONE = "02", "00"  # what /proc/net/tcp says is timed


def entry_of(daemon, connection):
    ports = [f":{port:04X}" for port in (daemon.port, connection.getsockname()[1])]
    for table in "/proc/net/tcp", "/proc/net/tcp6":
        for line in open(table):
            fields = line.split()
            if [fields[1][-5:], fields[2][-5:]] == ports:
                return fields
    raise AssertionError("no such connection")


def timer_of(daemon, connection):
    """What is timed on the daemon's side of a connection, once all that was sent has been acknowledged."""
    until(lambda: entry_of(daemon, connection)[5][:2] in (PROBE, NONE), "something is not acknowledged")
    return entry_of(daemon, connection)[5][:2]


@pytest.mark.parametrize("options, timer", [
    ([], PROBE), (["--set-keep-alive"], PROBE), (["--set-keep-alive=false"], NONE), (["--threads", 3], PROBE)],
    ids=["default", "on", "off", "threads"])
def test_silent_clients_are_probed_unless_that_is_switched_off(server, options, timer):
    daemon = server(*options)
    with daemon.connect() as client, daemon.connect() as other:
        assert timer_of(daemon, client.socket) == timer
        assert timer_of(daemon, other.socket) == timer


@needs_ipv6
@pytest.mark.parametrize("bound, ip", [("::1", "::1"), ("::", "127.0.0.1")])
def test_so_are_those_over_ipv6(server, bound, ip):
    daemon = server("--bind-ip", bound)
    with Client((ip, daemon.port)) as client:
        assert timer_of(daemon, client.socket) == PROBE


def test_so_are_those_inside_tls_from_the_first_moment_on(tls_server):
    daemon = tls_server()
    with socket.create_connection(daemon.address) as silent, daemon.connect(tls=True) as client:
        assert timer_of(daemon, client.socket) == PROBE
        assert timer_of(daemon, silent) == PROBE


def test_it_can_be_switched_off_in_the_file_and_by_the_environment(server, tmp_path, monkeypatch):
    config = tmp_path / "config.json"
    config.write_text('{"servers":{"tcp":{"setKeepAlive":false}}}')
    daemon = server("--config", config)
    with daemon.connect() as client:
        assert timer_of(daemon, client.socket) == NONE
    monkeypatch.setitem(ENVIRONMENT, "STELLAR_SET_KEEP_ALIVE", "false")
    daemon = server()
    with daemon.connect() as client:
        assert timer_of(daemon, client.socket) == NONE


@pytest.mark.parametrize("threads", [1, 3])
def test_a_reload_switches_it_for_clients_to_come(server, tmp_path, threads):
    config = tmp_path / "config.json"

    def write(on):
        config.write_text(json.dumps({"servers": {"tcp": {"setKeepAlive": on}}}))

    def connect_until(timer):
        """A loop may still go by the old settings for a moment."""
        while True:
            client = daemon.connect()
            if timer_of(daemon, client.socket) == timer:
                return client
            client.close()

    write(True)
    daemon = server("--config", config, "--threads", threads)
    with daemon.connect() as first:
        assert timer_of(daemon, first.socket) == PROBE
        write(False)
        assert "reload: done" in daemon.reload()
        with connect_until(NONE) as second:
            assert timer_of(daemon, first.socket) == PROBE
            write(True)
            assert "reload: done" in daemon.reload()
            with connect_until(PROBE):
                assert timer_of(daemon, first.socket) == PROBE
                assert timer_of(daemon, second.socket) == NONE
