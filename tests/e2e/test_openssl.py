"""openssl s_client against the TLS port, and clients that do not speak TLS."""

import json
import re
import socket
import subprocess

import pytest

from daemon import BIN, DEADLINE, GOODBYE, WELCOME


class OpenSSL:
    """openssl s_client on pipes."""

    def __init__(self, daemon, *options):
        self.process = subprocess.Popen(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{daemon.port}", *map(str, options)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.output = ""

    def send(self, line):
        self.process.stdin.write(line.encode() + b"\r\n")
        self.process.stdin.flush()

    def read(self):
        """The next line of JSON; what s_client says itself is passed over."""
        while line := self.process.stdout.readline():
            self.output += line.decode()
            if line.startswith(b"{"):
                assert line.endswith(b"\r\n")
                return json.loads(line)
        return None

    def finish(self):
        """Awaits the end of the connection, then of the program; returns all its output, and standard error."""
        try:
            while self.read() is not None:
                pass
            output, errors = self.process.communicate(timeout=DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        return self.output + output.decode(), errors.decode()


@pytest.mark.parametrize("options", [["-quiet"], ["-quiet", "-tls1_2"], []])
def test_a_session(tls_server, options):
    client = OpenSSL(tls_server(), *options)
    assert client.read() == WELCOME
    client.send("paramAdd key=value")
    assert client.read()["status"] == "OK"
    client.send('{"action":"cacheTest","params":{"key":"k","value":"v"}}')
    assert client.read()["cacheTestResults"]["saveResp"] is True
    client.send("roomAdd defaultRoom")
    assert client.read()["data"] is True
    client.send("say defaultRoom hello")
    assert client.read()["status"] == "OK"
    assert client.read()["message"] == "hello"
    client.send("exit")
    assert client.read() == GOODBYE
    assert client.read() is None
    output, errors = client.finish()
    assert client.process.returncode == 0
    assert "unexpected eof" not in errors, "the server must close with close_notify"


def test_who_is_turned_away_hears_an_alert(tls_server):
    daemon = tls_server("--max-connections", 1)
    with daemon.connect(tls=True) as first:
        _, errors = OpenSSL(daemon).finish()
        assert "alert internal error" in errors
        assert first.ask("paramsView")["data"] == {}


def test_tls_1_2_with_aes_gcm_is_negotiated(tls_server):
    client = OpenSSL(tls_server(), "-tls1_2")
    client.send("quit")
    output, _ = client.finish()
    assert re.search(r"Protocol +: TLSv1\.2", output)
    assert re.search(r"Cipher +: ECDHE-ECDSA-AES(128|256)-GCM-SHA", output)


def test_the_certificate_verifies(tls_server, certificate):
    client = OpenSSL(tls_server(), "-CAfile", certificate[0], "-verify_return_error",
                     "-verify_ip", "127.0.0.1")
    client.send("quit")
    output, _ = client.finish()
    assert "Verify return code: 0 (ok)" in output
    assert client.process.returncode == 0


def test_a_session_is_resumed(tls_server, tmp_path):
    daemon = tls_server()
    ticket = tmp_path / "session"
    client = OpenSSL(daemon, "-tls1_2", "-sess_out", ticket)
    client.send("quit")
    output, _ = client.finish()
    assert "New, TLS" in output

    client = OpenSSL(daemon, "-tls1_2", "-sess_in", ticket)
    client.send("paramAdd a=1")
    client.send("paramView a")
    client.send("quit")
    output, _ = client.finish()
    assert "Reused, TLS" in output
    assert '"data":"1"' in output
    assert '{"status":"Bye!","context":"api"}' in output


def test_tls_1_3_alone_is_refused_with_an_alert(tls_server):
    daemon = tls_server()
    client = OpenSSL(daemon, "-tls1_3")
    _, errors = client.finish()
    assert client.process.returncode != 0
    assert "alert" in errors
    with daemon.connect(tls=True) as other:
        assert other.ask("paramsView")["data"] == {}


@pytest.mark.parametrize("key", [
    ["-newkey", "rsa:2048"],
    ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
    ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
    ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"],
])
def test_rsa_and_ec_keys_serve(server, tmp_path, key):
    files = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(["openssl", "req", "-x509", *key, "-nodes", "-days", "2", "-subj",
                    "/CN=localhost", "-out", files[0], "-keyout", files[1]],
                   check=True, capture_output=True)
    client = OpenSSL(server("--tls-cert", files[0], "--tls-key", files[1]), "-quiet")
    assert client.read() == WELCOME
    client.send("quit")
    assert client.read() == GOODBYE
    client.finish()


def test_a_plaintext_client_is_closed_and_logged(tls_server):
    daemon = tls_server()
    with socket.create_connection(daemon.address, DEADLINE) as plain:
        plain.sendall(b"status\r\n")
        received = b""
        try:
            while data := plain.recv(1000):
                received += data
        except ConnectionResetError:
            pass
        assert b"{" not in received
    with daemon.connect(tls=True) as other:
        assert other.ask("paramsView")["data"] == {}
    daemon.stop()
    assert "TLS" in daemon.log()


def test_the_server_answers_close_notify_and_closes(tls_server):
    with tls_server().connect(tls=True) as client:
        plain = client.socket.unwrap()  # sends close_notify and awaits the server's
        assert plain.recv(100) == b""


def test_a_key_that_does_not_fit_is_refused_at_start(certificate, tmp_path):
    other = tmp_path / "other.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-out", other], check=True, capture_output=True)
    refused = subprocess.run(
        [BIN / "stellard", "--port", "0", "--tls-cert", certificate[0], "--tls-key", other],
        capture_output=True, timeout=DEADLINE)
    assert refused.returncode != 0
    assert refused.stdout == b""
    assert b"key" in refused.stderr


def test_a_handshake_that_does_not_go_on_is_given_up(tls_server):
    daemon = tls_server("--handshake-timeout", 100)
    with socket.create_connection(daemon.address, DEADLINE) as client:
        client.sendall(b"\x16\x03\x01")
        try:
            assert client.recv(100) == b""
        except ConnectionResetError:
            pass
    assert "the TLS handshake took too long" in daemon.log()
