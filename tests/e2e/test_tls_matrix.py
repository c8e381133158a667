"""Versions, suites and kinds of keys, as openssl s_client sees them; docs/tls.md has the table."""

import re
import socket
from pathlib import Path

import pytest

from daemon import DEADLINE, GOODBYE, WELCOME
from test_openssl import OpenSSL

DATA = Path(__file__).parents[1] / "unit/tls/data"
KEYS = ["rsa", "p256", "p384"]
SUITES = ["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305"]
REFUSED = ["ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES256-SHA384", "AES128-GCM-SHA256",
           "AES128-SHA", "DHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-CCM", "ECDHE-ECDSA-NULL-SHA",
           "AECDH-AES128-SHA"]


def suite_of(key, suite):
    return f"ECDHE-{'RSA' if key == 'rsa' else 'ECDSA'}-{suite}"


@pytest.fixture(params=KEYS)
def daemon_of(request, server):
    key = request.param
    return key, server("--tls-cert", DATA / f"{key}.pem", "--tls-key", DATA / f"{key}.key.pem")


def converse(daemon, *options):
    client = OpenSSL(daemon, *options)
    assert client.read() == WELCOME
    client.send("quit")
    assert client.read() == GOODBYE
    return client.finish()[0]


def test_each_suite_with_each_key_new_and_resumed(daemon_of, tmp_path):
    key, daemon = daemon_of
    for suite in SUITES:
        options = "-tls1_2", "-cipher", suite_of(key, suite)
        ticket = tmp_path / suite
        output = converse(daemon, *options, "-sess_out", ticket)
        assert re.search(rf"New, TLSv1\.2, Cipher is {suite_of(key, suite)}\n", output)
        output = converse(daemon, *options, "-sess_in", ticket)
        assert re.search(rf"Reused, TLSv1\.2, Cipher is {suite_of(key, suite)}\n", output)


def test_each_curve(server):
    """With an RSA key: a client would hold the curve of an EC key against the server, too."""
    daemon = server("--tls-cert", DATA / "rsa.pem", "--tls-key", DATA / "rsa.key.pem")
    for curve, name in {"X25519": "X25519", "P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1"}.items():
        assert re.search(rf"Server Temp Key: .*{name}", converse(daemon, "-tls1_2", "-curves", curve))


def test_other_suites_and_versions_are_refused_with_an_alert(daemon_of):
    _, daemon = daemon_of
    weak = ":@SECLEVEL=0"
    attempts = [("-tls1_2", "-cipher", suite + weak) for suite in REFUSED]
    attempts += [(version, "-cipher", "ALL" + weak) for version in ("-tls1", "-tls1_1")]
    for options in [*attempts, ("-tls1_3",)]:
        client = OpenSSL(daemon, *options)
        _, errors = client.finish()
        assert client.process.returncode != 0, options
        assert re.search(r"alert (handshake failure|protocol version)", errors), (options, errors)
    converse(daemon, "-tls1_2")
    daemon.stop()
    for line in daemon.log().splitlines():
        assert "TLS failed: no" not in line or "this server speaks TLS 1.2" in line


def test_one_that_could_do_better_must_not_be_talked_into_less(daemon_of):
    _, daemon = daemon_of
    client = OpenSSL(daemon, "-tls1_1", "-fallback_scsv", "-cipher", "ALL:@SECLEVEL=0")
    _, errors = client.finish()
    assert client.process.returncode != 0 and "alert" in errors


def test_a_hello_that_is_cut_short_is_no_answer_and_no_harm(daemon_of):
    _, daemon = daemon_of
    with socket.create_connection(daemon.address, DEADLINE) as client:
        client.sendall(bytes.fromhex("16030100c8010000c40303"))
        client.shutdown(socket.SHUT_WR)
        assert client.recv(100) == b""
    converse(daemon, "-tls1_2")
