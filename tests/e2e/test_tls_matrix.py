"""Versions, suites and kinds of keys, as openssl s_client sees them; docs/tls.md has the table."""

import json
import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from daemon import BIN, DEADLINE, ENVIRONMENT, GOODBYE, WELCOME
from test_node import node
from test_openssl import OpenSSL

DATA = Path(__file__).parents[1] / "unit/tls/data"
KEYS = ["rsa", "rsa3072", "rsa4096", "p256", "p384"]
SUITES = ["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305"]
REFUSED = ["ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES256-SHA384", "AES128-GCM-SHA256",
           "AES128-SHA", "DHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-CCM", "ECDHE-ECDSA-NULL-SHA",
           "AECDH-AES128-SHA"]
WEAK = "the RSA key of certificate {} has {} bits; many clients refuse fewer than 2048\n"


def suite_of(key, suite):
    return f"ECDHE-{'RSA' if key.startswith('rsa') else 'ECDSA'}-{suite}"


def files(certificate, key=None):
    return "--tls-cert", DATA / f"{certificate}.pem", "--tls-key", DATA / f"{key or certificate}.key.pem"


def check(*options):
    """The exit status of --check-config, and what it says."""
    done = subprocess.run([BIN / "stellard", "--check-config", *options], env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=DEADLINE, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(params=KEYS)
def daemon_of(request, server):
    key = request.param
    return key, server(*files(key))


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
    daemon = server(*files("rsa"))
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


def test_node_with_each_key(daemon_of):
    _, daemon = daemon_of
    received = json.loads(node("tls_connect.js", daemon.port))
    assert received[0] == WELCOME and received[-1] == GOODBYE


@pytest.mark.parametrize("form", ["compressed", "hybrid"])
def test_an_ec_key_in_each_form_of_a_certificate(server, form):
    assert check(*files(form, "p256")) == (0, "configuration ok\n")
    converse(server(*files(form, "p256")), "-tls1_2")


@pytest.mark.parametrize("bits", [2049, 3001, 4093, 4094, 4095, 4096])
def test_rsa_keys_of_every_size_up_to_4096_bits(server, bits):
    """Odd sizes, too, and those at which the library's function for the modulus gives up."""
    assert check(*files(f"rsa{bits}")) == (0, "configuration ok\n")
    output = converse(server(*files(f"rsa{bits}")), "-tls1_2")
    assert f"Server public key is {bits} bit\n" in output


def test_a_key_of_4096_bits_that_belongs_to_another_certificate(server, tmp_path):
    wrong = files("rsa4096", "rsa4096.other")
    text = f"{wrong[3]}: the key does not fit the certificate in {wrong[1]}\n"
    assert check(*wrong) == (2, f"stellard: --tls-key: {text}")
    with pytest.raises(AssertionError, match=re.escape(text)):
        server(*wrong)


def test_a_reload_takes_up_a_key_of_4096_bits(server, tmp_path):
    options = "--tls-cert", tmp_path / "cert", "--tls-key", tmp_path / "key"

    def install(certificate, key):
        shutil.copy(DATA / certificate, tmp_path / "cert")
        shutil.copy(DATA / key, tmp_path / "key")

    install("p256.pem", "p256.key.pem")
    daemon = server(*options)
    install("rsa4096.pem", "rsa4096.key.pem")
    assert "reload: done\n" in daemon.reload()
    assert "Server public key is 4096 bit\n" in converse(daemon, "-tls1_2")
    install("rsa4096.pem", "rsa4096.other.key.pem")
    assert "the key does not fit the certificate" in daemon.reload()
    assert "Server public key is 4096 bit\n" in converse(daemon, "-tls1_2")


@pytest.mark.parametrize("chain, key, number, bits", [
    ("rsa1024", "rsa1024", 1, 1024),
    ("rsa2047", "rsa2047", 1, 2047),
    ("chain-weak", "p256", 2, 1024),
])
def test_a_key_that_clients_refuse_is_warned_of_by_check_and_start(server, chain, key, number, bits):
    options = files(chain, key)
    warning = f" warning {options[1]}: {WEAK.format(number, bits)}"
    code, said = check(*options)
    assert code == 0 and "configuration ok\n" in said and said.count(warning) == said.count("warning") == 1
    log = server(*options, "--threads", 3).log()
    assert log.count(warning) == log.count("warning") == 1


def test_a_key_that_clients_refuse_is_warned_of_by_a_reload(server, tmp_path):
    for kind, name in ("cert", "p256.pem"), ("key", "p256.key.pem"):
        shutil.copy(DATA / name, tmp_path / kind)
    daemon = server("--tls-cert", tmp_path / "cert", "--tls-key", tmp_path / "key")
    assert "warning" not in daemon.reload()
    shutil.copy(DATA / "chain-weak-expired.pem", tmp_path / "cert")
    shutil.copy(DATA / "rsa1024.key.pem", tmp_path / "key")
    said = daemon.reload()
    assert f" warning {tmp_path}/cert: certificate 1 has expired\n" in said
    assert f" warning {tmp_path}/cert: {WEAK.format(1, 1024)}" in said
    assert f" warning {tmp_path}/cert: {WEAK.format(2, 1024)}" in said
    assert said.count("warning") == 3 and "reload: done\n" in said
