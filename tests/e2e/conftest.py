import os
import subprocess

import pytest

from daemon import Daemon
from metrics import free_port


def pytest_addoption(parser):
    parser.addoption("--mode", default="whole", help="how golden sessions are played")


@pytest.fixture
def server(tmp_path_factory):
    """Starts daemons: server("--max-connections", 1). They are ended, and must end well, after the test."""
    daemons = []

    def start(*options, **keywords):
        daemons.append(Daemon(tmp_path_factory.mktemp("daemon"), *options, **keywords))
        return daemons[-1]

    yield start
    failures = []
    for daemon in daemons:
        try:
            daemon.stop()
        except AssertionError as error:
            failures.append(str(error))
    assert not failures, "\n".join(failures)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A throwaway certificate and its key, as files."""
    directory = tmp_path_factory.mktemp("certificate")
    files = directory / "cert.pem", directory / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
    return files


@pytest.fixture
def tls_server(server, certificate):
    """As server, with TLS."""

    def start(*options, **keywords):
        return server("--tls-cert", certificate[0], "--tls-key", certificate[1], *options,
                      **keywords)

    return start


@pytest.fixture
def watched(server):
    """As server, with a page for metrics: starts a daemon, and returns it and the page's port."""

    def start(*options):
        for _ in range(10):
            port = free_port()
            try:
                return server("--metrics-port", port, *options), port
            except AssertionError as error:
                if "address already in use" not in str(error):
                    raise
        raise AssertionError("no port is free")

    return start


@pytest.fixture(scope="session")
def test_module():
    """The module with the golden sessions' actions."""
    return os.environ["STELLAR_TEST_MODULE"]
