"""The daemon on a socket in the file system."""

import os
import stat

import pytest

from daemon import GOODBYE


def test_a_unix_socket_serves_the_protocol(server, tmp_path):
    path = tmp_path / "socket"
    daemon = server("--unix", path)
    assert daemon.ready == f"ready unix:{path}\n"
    assert stat.S_ISSOCK(os.stat(path).st_mode)
    with daemon.connect() as client:
        details = client.ask("detailsView")["data"]
        assert (details["remoteIP"], details["remotePort"]) == ("", 0)
        client.send("quit")
        assert client.read() == GOODBYE
        assert client.read() is None


def test_clients_of_a_unix_socket_share_rooms(server, tmp_path):
    daemon = server("--unix", tmp_path / "socket")
    with daemon.connect() as alice, daemon.connect() as bob:
        assert alice.ask("roomAdd defaultRoom")["data"] is True
        assert bob.ask("roomAdd defaultRoom")["data"] is True
        assert alice.ask("say defaultRoom hi")["status"] == "OK"
        assert alice.read()["message"] == bob.read()["message"] == "hi"


def test_the_socket_is_gone_after_the_end(server, tmp_path):
    path = tmp_path / "socket"
    daemon = server("--unix", path)
    daemon.stop()
    assert not path.exists()
    server("--unix", path).connect().close()


def test_a_socket_left_behind_by_a_killed_server_is_no_hindrance(server, tmp_path):
    path = tmp_path / "socket"
    daemon = server("--unix", path)
    daemon.process.kill()
    daemon.wait()
    assert path.exists()
    server("--unix", path).connect().close()


def test_a_socket_that_still_serves_is_not_taken_away(server, tmp_path):
    path = tmp_path / "socket"
    first = server("--unix", path)
    with pytest.raises(AssertionError, match="address already in use"):
        server("--unix", path)
    first.connect().close()


def test_a_file_of_another_kind_is_left_alone(server, tmp_path):
    path = tmp_path / "socket"
    path.write_text("precious")
    with pytest.raises(AssertionError, match="not a socket"):
        server("--unix", path)
    assert path.read_text() == "precious"


def test_a_path_that_is_too_long_is_told_so(server, tmp_path):
    with pytest.raises(AssertionError, match="expected a path of 1 to 107 bytes"):
        server("--unix", tmp_path / ("x" * 108))
