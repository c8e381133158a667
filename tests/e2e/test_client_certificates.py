"""Clients that show certificates, and those that do not."""

import re
import ssl
import subprocess
from pathlib import Path

import pytest

from daemon import DEADLINE, WELCOME
from test_openssl import OpenSSL

DATA = Path(__file__).parents[1] / "unit/tls/data"
ALICE = DATA / "client.pem", DATA / "client.key.pem"
BOB = DATA / "client.other.pem", DATA / "client.other.key.pem"


@pytest.fixture
def careful_server(tls_server):
    """As tls_server; asks for certificates."""

    def start(*options):
        return tls_server("--tls-client-ca", DATA / "client-ca.pem", *options)

    return start


def by_openssl(certificate):
    """Subject and fingerprint, as the openssl program prints them."""
    text = subprocess.run(
        ["openssl", "x509", "-in", certificate, "-noout", "-subject", "-nameopt",
         "RFC2253,utf8,-esc_msb", "-fingerprint", "-sha256"],
        check=True, capture_output=True, text=True, timeout=DEADLINE).stdout
    return re.fullmatch(r"subject=(.*)\nsha256 Fingerprint=(.*)\n", text).groups()


def identity(client):
    details = client.ask("detailsView")["data"]
    return details.get("subject"), details["fingerprint"]


def is_refused(daemon, certificate, alert):
    try:
        with daemon.connect(tls=True, welcome=False, certificate=certificate) as client:
            assert client.read() is None
    except ssl.SSLError as error:
        assert alert in str(error)
    else:
        raise AssertionError("there was no alert")


def test_a_client_is_who_its_certificate_says(careful_server):
    daemon = careful_server()
    for certificate in ALICE, BOB, (DATA / "client.rsa.pem", DATA / "client.rsa.key.pem"):
        subject, fingerprint = by_openssl(certificate[0])
        with daemon.connect(tls=True, certificate=certificate) as client:
            assert identity(client) == (subject, fingerprint)
            id = client.identify()
        line, = [line for line in daemon.log().splitlines() if subject in line]
        assert id in line and fingerprint in line


@pytest.mark.parametrize("auth", ["required", "optional"])
@pytest.mark.parametrize("shown, alert", [
    ("client-expired", "certificate expired"),
    ("client-of-others", "unknown ca"),
    ("client-for-servers", "unsupported certificate"),
])
def test_a_bad_certificate_is_refused_with_an_alert(careful_server, auth, shown, alert):
    daemon = careful_server("--tls-client-auth", auth)
    is_refused(daemon, (DATA / f"{shown}.pem", ALICE[1]), alert)
    with daemon.connect(tls=True, certificate=ALICE) as client:
        assert client.ask("paramsView")["data"] == {}
    assert "TLS failed: the client's certificate" in daemon.log()


def test_without_a_certificate_only_where_none_is_required(careful_server):
    daemon = careful_server()
    is_refused(daemon, (None, None), "handshake failure")
    daemon.stop()
    assert re.search(r"TLS failed: the client has no certificate \(from 127\.0\.0\.1 port [0-9]+\)$",
                     daemon.log(), re.M)
    with careful_server("--tls-client-auth", "optional").connect(tls=True) as client:
        assert identity(client) == (None, None)


@pytest.mark.parametrize("auth", ["required", "optional"])
def test_a_session_that_is_taken_up_again_has_the_identity_that_is_shown(careful_server, tmp_path, auth):
    daemon = careful_server("--tls-client-auth", auth)
    ticket = tmp_path / "session"

    def come(certificate, *options):
        shown = ["-cert", certificate[0], "-key", certificate[1]] if certificate else []
        client = OpenSSL(daemon, "-tls1_2", *shown, *options)
        if client.read() != WELCOME:
            client.finish()
            return None
        client.send("detailsView")
        details = client.read()["data"]
        client.send("quit")
        output, _ = client.finish()
        assert "New, TLS" in output
        return details.get("subject")

    alice, bob = by_openssl(ALICE[0])[0], by_openssl(BOB[0])[0]
    assert come(ALICE, "-sess_out", ticket) == alice
    assert come(BOB, "-sess_in", ticket) == bob
    assert come(ALICE, "-sess_in", ticket) == alice
    assert come(None, "-sess_in", ticket) is None
    daemon.stop()
    assert ("has no certificate" in daemon.log()) == (auth == "required")
