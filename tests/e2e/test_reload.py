"""SIGHUP: the settings that can change do, all or none, and connections live through it."""

import json
import resource
import signal
import socket
import ssl
import subprocess

import pytest

from daemon import DEADLINE, Client, until


class Config:
    """A configuration file, and a way to wait for the log messages of a reload."""

    def __init__(self, path):
        self.path = path

    def write(self, text="", tcp=None, logger=None, **general):
        whole = self.path.with_suffix(".new")  # so that a reload at the same time does not read half of it
        whole.write_text(text or json.dumps(
            {"servers": {"tcp": tcp or {}}, "general": general, "logger": logger or {}}))
        whole.rename(self.path)


@pytest.fixture(name="config")
def fixture_config(tmp_path):
    config = Config(tmp_path / "config.json")
    config.write()
    return config


@pytest.mark.parametrize("threads", [1, 3])
def test_limits_and_messages_change_for_connections_that_are_there(server, config, threads):
    daemon = server("--config", config.path, "--threads", threads)
    clients = [daemon.connect() for _ in range(6)]
    config.write(tcp={"maxDataLength": 20}, goodbyeMessage="So long!", maxParams=1)
    assert " info reload: done\n" in daemon.reload()
    for client in clients:
        # Each loop turns to its mail before it reads on.
        assert client.ask("paramAdd a=1")["status"] == "OK"
        assert client.ask("paramAdd b=2")["status"]["code"] == "027"
        assert client.ask("paramAdd a=" + "x" * 20)["error"]["code"] == "008"
        client.send("quit")
        assert client.read() == {"status": "So long!", "context": "api"}
        assert client.read() is None
        client.close()


def test_the_command_line_still_wins_over_the_file(server, config):
    daemon = server("--config", config.path, "--goodbye-message", "Ours")
    config.write(goodbyeMessage="Theirs", welcomeMessage="Welcome")
    daemon.reload()
    with daemon.connect(welcome=False) as client:
        assert client.read()["welcome"] == "Welcome"
        client.send("quit")
        assert client.read()["status"] == "Ours"


@pytest.mark.parametrize("text, why", [
    ("{", "config.json: line 1, column 2: "),
    ('{"general": {"nosuch": 1}}', "line 1, column 14: general.nosuch: unknown key"),
    ('{"general": {"goodbyeMessage": "So long!", "maxParams": 0}}', "general.maxParams"),
    ('{"general": {"goodbyeMessage": "So long!"}, "servers": {"tcp": {"outputSoftLimit": 2, "outputHardLimit": 1}}}',
     "expected no more than the hard limit"),
])
def test_a_mistake_is_told_and_nothing_changes(server, config, text, why):
    daemon = server("--config", config.path)
    config.write(text)
    said = daemon.reload()
    assert " error reload: " in said and why in said and "nothing has changed\n" in said
    with daemon.connect() as client:
        client.send("quit")
        assert client.read()["status"] == "Bye!"


def test_a_file_that_is_gone_is_told_and_nothing_changes(server, config):
    daemon = server("--config", config.path)
    config.path.unlink()
    assert "No such file or directory; nothing has changed\n" in daemon.reload()
    with daemon.connect() as client:
        assert client.ask("paramsView")["status"] == "OK"


def test_settings_that_need_a_restart_are_named_each_time(server, config):
    daemon = server("--config", config.path)
    config.write(tcp={"backlog": 7, "delimiter": "x"}, threads=2, id="another", goodbyeMessage="So long!")
    for _ in range(2):
        said = daemon.reload()
        for path in "servers.tcp.backlog", "servers.tcp.delimiter", "general.threads", "general.id":
            assert said.count(f" warning reload: {path} has changed, but needs a restart\n") == 1
        assert said.count("warning") == 4
    config.write()
    assert "warning" not in daemon.reload()
    with daemon.connect() as client:
        client.send("paramView x", "quit")
        assert client.read()["messageCount"] == 1
        assert client.read()["status"] == "Bye!"


def test_rooms_that_are_new_are_made_and_none_is_destroyed(server, config):
    daemon = server("--config", config.path, "--threads", 2)
    config.write(startingChatRooms=["hall", "yard"])
    said = daemon.reload()
    with daemon.connect() as client:
        daemon.until_logged("room yard is new")
        assert client.ask("roomAdd defaultRoom")["data"] is True
        assert client.ask("roomAdd hall")["data"] is True
        assert client.ask("roomAdd yard")["data"] is True
    assert "defaultRoom is new" not in said


def test_the_level_of_the_log_changes(server, config):
    daemon = server("--config", config.path)
    config.write(logger={"level": "debug"})
    daemon.reload()
    daemon.connect().close()
    daemon.until_logged(" debug ")
    config.write(logger={"level": "warning"}, id="another")
    daemon.signal(signal.SIGHUP)
    daemon.until_logged("general.id has changed")  # what is less important is no longer told
    start = len(daemon.log())
    daemon.signal(signal.SIGUSR2)
    config.write("{")
    assert " error reload: " in daemon.reload()
    assert "stats:" not in daemon.log()[start:]


def make_certificate(directory, name):
    files = directory / f"{name}.pem", directory / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2", "-subj", f"/CN={name}", "-out", files[0], "-keyout", files[1]],
                   check=True, capture_output=True)
    return files


def common_name(daemon):
    with socket.create_connection(daemon.address, DEADLINE) as plain:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        with context.wrap_socket(plain) as client:
            der = client.getpeercert(binary_form=True)
    done = subprocess.run(["openssl", "x509", "-inform", "der", "-noout", "-subject", "-nameopt", "sep_multiline"],
                          input=der, capture_output=True, check=True)
    return done.stdout.decode().split("CN=")[1].strip()


@pytest.mark.parametrize("threads", [1, 3])
def test_certificates_are_read_anew_and_connections_live_on(server, tmp_path, threads):
    cert, key = make_certificate(tmp_path, "first")
    daemon = server("--tls-cert", cert, "--tls-key", key, "--threads", threads)
    clients = [daemon.connect(tls=True) for _ in range(4)]
    assert common_name(daemon) == "first"
    for old, new in zip((cert, key), make_certificate(tmp_path, "second")):
        new.replace(old)
    daemon.reload()
    for client in clients:
        assert client.ask("paramsView")["status"] == "OK"
    for _ in range(2 * threads):
        assert common_name(daemon) == "second"
    key.write_text("no key")
    said = daemon.reload()
    assert f"{key}" in said and "nothing has changed\n" in said
    assert common_name(daemon) == "second"
    for client in clients:
        assert client.ask("paramsView")["status"] == "OK"
        client.close()


def test_a_limit_for_handshakes_reaches_those_that_began_without_one(tls_server, config):
    config.write(tcp={"handshakeTimeout": 0})
    daemon = tls_server("--config", config.path)
    silent = [socket.create_connection(daemon.address, DEADLINE) for _ in range(3)]
    silent[0].sendall(b"\x16\x03\x01")
    with daemon.connect(tls=True) as client:
        config.write(tcp={"handshakeTimeout": 100})
        daemon.reload()
        for connection in silent:
            with pytest.raises(ConnectionResetError):
                connection.recv(1)
            connection.close()
        assert client.ask("paramsView")["data"] == {}
    assert daemon.log().count("the TLS handshake took too long") == 3


def test_reloads_in_quick_succession_under_load_lose_no_answer(server, config):
    daemon = server("--config", config.path, "--threads", 2)
    clients = [daemon.connect() for _ in range(8)]
    for number in range(30):
        config.write(maxParams=10 + number, goodbyeMessage="x" * (number * 100))
        daemon.signal(signal.SIGHUP)
        for client in clients:
            client.send(*["paramAdd a=1"] * 50)
        for client in clients:
            assert [client.read()["messageCount"] for _ in range(50)] == list(
                range(50 * number + 1, 50 * number + 51))
    assert "nothing has changed" not in daemon.reload()


@pytest.mark.parametrize("threads", [1, 3])
def test_files_are_opened_when_clients_have_taken_all_descriptors(server, config, tmp_path, threads):
    def lower():
        resource.setrlimit(resource.RLIMIT_NOFILE, (60, 60))

    log = tmp_path / "log"
    daemon = server("--config", config.path, "--threads", threads, "--log-file", log, preexec=lower)
    first = daemon.connect()
    waiting = [Client(daemon.address, welcome=False) for _ in range(80)]
    until(lambda: "connections wait to be accepted: too many open files" in log.read_text(), "descriptors do not run out")
    for number in range(3):
        log.rename(tmp_path / "old")
        daemon.signal(signal.SIGUSR1)
        until(lambda: log.exists() and "the log goes on here" in log.read_text(), "the log is not opened")
        config.write(goodbyeMessage=f"So long {number}!")
        daemon.signal(signal.SIGHUP)
        until(lambda: "reload: " in log.read_text(), "the reload does not end")
        assert "reload: done" in log.read_text()
    assert first.ask("quit")["status"] == "So long 2!"
    for client in waiting:
        client.close()


@pytest.fixture(name="manager")
def fixture_manager(tmp_path, monkeypatch):
    """The socket of a service manager, which daemons know of."""
    path = str(tmp_path / "notify")
    monkeypatch.setattr("daemon.ENVIRONMENT", {**__import__("daemon").ENVIRONMENT, "NOTIFY_SOCKET": path})
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(path)
        manager.settimeout(DEADLINE)
        yield manager


def test_the_service_manager_is_told(server, manager):
    daemon = server()
    assert manager.recv(1000) == b"READY=1"
    daemon.reload()
    assert manager.recv(1000).startswith(b"RELOADING=1\nMONOTONIC_USEC=")
    assert manager.recv(1000) == b"READY=1"
    daemon.signal()
    assert manager.recv(1000) == b"STOPPING=1"
    assert daemon.wait() == 0


@pytest.mark.parametrize("threads", [1, 3])
def test_the_service_manager_is_told_when_clients_have_taken_all_descriptors(server, manager, threads):
    def lower():
        resource.setrlimit(resource.RLIMIT_NOFILE, (60, 60))

    daemon = server("--threads", threads, preexec=lower)
    assert manager.recv(1000) == b"READY=1"
    waiting = [Client(daemon.address, welcome=False) for _ in range(80)]
    daemon.until_logged("connections wait to be accepted: too many open files")
    daemon.reload()
    assert manager.recv(1000).startswith(b"RELOADING=1\nMONOTONIC_USEC=")
    assert manager.recv(1000) == b"READY=1"
    daemon.signal()
    assert manager.recv(1000) == b"STOPPING=1"
    for client in waiting:
        client.close()
    assert daemon.wait() == 0


def test_a_service_manager_that_made_its_socket_again_is_told(server, manager, tmp_path):
    daemon = server()
    assert manager.recv(1000) == b"READY=1"
    (tmp_path / "notify").unlink()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as successor:
        successor.bind(str(tmp_path / "notify"))
        successor.settimeout(DEADLINE)
        daemon.signal()
        assert successor.recv(1000) == b"STOPPING=1"
        assert daemon.wait() == 0
