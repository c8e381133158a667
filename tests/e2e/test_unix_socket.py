"""The daemon on a socket in the file system."""

import os
import shutil
import signal
import socket
import stat

import pytest

from daemon import GOODBYE, Client, until
from test_drain import begin_drain, start_sleep


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


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_drains_leaves_its_path_to_the_next(server, tmp_path, number, threads):
    path = tmp_path / "socket"
    first = server("--unix", path, "--threads", threads, "--shutdown-limit", 600000)
    with first.connect() as client:
        start_sleep(client, 1500)
        begin_drain(first, client, number)
        until(lambda: not path.exists(), "the path is not free")
        second = server("--unix", path, "--threads", threads)
        assert client.read()["sleepDuration"] == 1500
        assert client.read() == GOODBYE
    assert first.wait() == 0
    with second.connect() as client:
        assert client.ask("paramsView")["data"] == {}


def put_file(path):
    path.write_text("precious")
    return lambda: path.read_text() == "precious"


def put_folder(path):
    path.mkdir()
    (path / "file").write_text("precious")
    return lambda: (path / "file").read_text() == "precious"


def put_link_to_nothing(path):
    path.symlink_to(path.parent / "nowhere")
    return lambda: path.is_symlink() and not path.exists()


def put_link_to_the_socket(path):
    path.symlink_to(path.parent / "moved")
    return lambda: path.is_symlink() and path.is_socket()


def put_pipe(path):
    os.mkfifo(path)
    return path.is_fifo


def put_socket(path):
    other = socket.socket(socket.AF_UNIX)
    other.bind(str(path))
    other.listen()
    return lambda: path.is_socket() and other.fileno() >= 0


def put_silent_socket(path):
    other = socket.socket(socket.AF_UNIX)
    other.bind(str(path))
    other.close()
    return path.is_socket


def put_nothing(path):
    return lambda: not path.exists() and not path.is_symlink()


@pytest.mark.parametrize("ways", [[signal.SIGTERM], [signal.SIGINT], [signal.SIGTERM, signal.SIGTERM]],
                         ids=["SIGTERM", "SIGINT", "twice"])
@pytest.mark.parametrize("put", [put_file, put_folder, put_link_to_nothing, put_link_to_the_socket, put_pipe,
                                 put_socket, put_silent_socket, put_nothing])
def test_whatever_else_is_at_the_path_by_then_stays(server, tmp_path, put, ways):
    path = tmp_path / "socket"
    daemon = server("--unix", path)
    with daemon.connect() as client:
        start_sleep(client, 100)
        path.rename(tmp_path / "moved")
        is_left_alone = put(path)
        for number in ways:
            daemon.signal(number)
        while client.read() is not None:
            pass
    assert daemon.wait() == 0
    assert is_left_alone()
    assert (tmp_path / "moved").is_socket()


def test_a_folder_that_is_gone_by_then_is_no_error(server, tmp_path):
    (tmp_path / "folder").mkdir()
    daemon = server("--unix", tmp_path / "folder/socket")
    shutil.rmtree(tmp_path / "folder")
    daemon.stop()


def test_a_relative_path_is_removed_too(server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    daemon = server("--unix", "socket")
    assert daemon.ready == "ready unix:socket\n"
    Client("socket").close()
    daemon.stop()
    assert os.listdir(tmp_path) == []


def test_a_start_that_fails_after_binding_leaves_no_socket(server, tmp_path):
    path = tmp_path / "socket"
    with socket.create_server(("127.0.0.1", 0)) as other:
        with pytest.raises(AssertionError, match="address already in use"):
            server("--unix", path, "--metrics-port", other.getsockname()[1])
    assert not path.exists()
