"""Plays every golden session in one mode: pytest --mode bytes."""

import pytest

from daemon import Daemon
import play


def pytest_generate_tests(metafunc):
    if "session" in metafunc.fixturenames:
        sessions = [play.Session(path) for path in play.sessions()]
        names = [f"{session.path.parent.name}/{session.path.stem}" for session in sessions]
        metafunc.parametrize("session", sessions, ids=names)


@pytest.fixture(scope="module")
def daemons(tmp_path_factory, certificate, test_module, request):
    """One daemon for each set of options; a new one where the last has died."""
    running, options = {}, ["--module", test_module]
    if request.config.getoption("mode").startswith("tls"):
        options += ["--tls-cert", certificate[0], "--tls-key", certificate[1]]

    def daemon(session):
        key = tuple(session.options)
        if key not in running or running[key].process.poll() is not None:
            running[key] = Daemon(tmp_path_factory.mktemp("daemon"), *options, *key)
        return running[key]

    yield daemon
    for started in running.values():
        started.stop()


def test_session(session, daemons, request):
    mode = request.config.getoption("mode")
    if mode in session.skip:
        pytest.skip("the session says that it cannot be played so")
    daemon = daemons(session)
    play.Player(session, daemon.address, mode).play()
    assert daemon.process.poll() is None, daemon.log()


def test_there_are_sessions():
    assert len(play.sessions()) > 100
