"""SIGTERM and SIGINT: what is pending is answered, new actions are refused, goodbye, exit 0."""

import signal
import socket

import pytest

from daemon import GOODBYE


def sleep(milliseconds):
    return '{"action":"sleepTest","params":{"sleepDuration":%d}}' % milliseconds


def start_sleep(client, milliseconds):
    """Returns once the action is known to run: the verb after it has been answered."""
    client.send(sleep(milliseconds), "paramsView")
    assert client.read()["status"] == "OK"


def begin_drain(daemon, client, number=signal.SIGTERM):
    """Signals, and returns once the drain is seen to have begun: new actions get 006. The client must have an action
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
