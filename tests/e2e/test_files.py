"""Files that options name: what kind of file is read, and how editors and other systems leave them.

Each must be a regular file: a path that has become a FIFO must hold up neither a start nor a reload, after which
signals are still heeded.
"""

import codecs
import itertools
import json
import os
import signal
import socket
import subprocess

import pytest

from daemon import BIN, DEADLINE, ENVIRONMENT

DATA = os.path.join(os.path.dirname(__file__), "../unit/tls/data")


def pem(name):
    with open(os.path.join(DATA, name), "rb") as file:
        return file.read()


CERTIFICATE, KEY, AUTHORITY = pem("p256.pem"), pem("p256.key.pem"), pem("client-ca.pem")
CONFIG = json.dumps({"general": {"goodbyeMessage": "Au revoir, é!"}}, ensure_ascii=False, indent=1).encode()
WHOLE = {"config": CONFIG, "tls-cert": CERTIFICATE, "tls-key": KEY, "tls-client-ca": AUTHORITY}


class Files:
    """One for each option that names a file that is read."""

    def __init__(self, folder):
        self.paths = {name: folder / name for name in WHOLE}
        self.options = [word for name, path in self.paths.items() for word in (f"--{name}", path)]
        self.restore()

    def restore(self):
        for name, text in WHOLE.items():
            self.put(name, lambda path, text=text: path.write_bytes(text))

    def put(self, name, make):
        """In one step, because a reload may be under way."""
        new = self.paths[name].with_suffix(".new")
        make(new)
        if self.paths[name].is_dir():
            self.paths[name].rmdir()
        new.replace(self.paths[name])

    def fault(self, name, text):
        path = self.paths[name]
        return f"'{path}': {text}" if name == "config" else f"{path}: {text}"


@pytest.fixture(name="files")
def fixture_files(tmp_path):
    return Files(tmp_path)


def run(*arguments, program="stellard"):
    return subprocess.run(
        [BIN / program, *arguments], env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=DEADLINE, check=False)


def make_socket(path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


KINDS = {
    "a FIFO": os.mkfifo,
    "a directory": os.mkdir,
    "a socket": make_socket,
    "a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", WHOLE)
def test_a_check_and_a_start_read_regular_files_only(files, name, kind):
    files.paths[name].unlink()
    KINDS[kind](files.paths[name])
    for task in ["--check-config"], ["--port", "0"]:
        done = run(*files.options, *task)
        assert done.stderr == f"stellard: --{name}: {files.fault(name, f'is {kind}; expected a regular file')}\n"
        assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("threads", [1, 3])
def test_a_file_that_has_become_a_fifo_holds_up_no_reload_and_no_signal(server, files, threads):
    daemon = server(*files.options, "--threads", threads)
    for name, kind in itertools.product(WHOLE, KINDS):
        if kind == "a directory":
            files.paths[name].unlink()
            os.mkdir(files.paths[name])
        else:
            files.put(name, KINDS[kind])
        said = daemon.reload()
        assert files.fault(name, f"is {kind}; expected a regular file; nothing has changed\n") in said
        files.restore()
    assert " info reload: done\n" in daemon.reload()
    files.put("config", os.mkfifo)
    daemon.signal(signal.SIGHUP)
    daemon.stop()


def test_a_log_file_that_has_become_a_fifo_holds_up_no_signal(server, tmp_path):
    log = tmp_path / "log"
    daemon = server("--log-file", log)
    log.unlink()
    os.mkfifo(log)
    daemon.signal(signal.SIGUSR1)
    daemon.stop()


MARK = codecs.BOM_UTF8
FORMS = {
    "as it is": lambda text: text,
    "a byte order mark": lambda text: MARK + text,
    "CR LF": lambda text: text.replace(b"\n", b"\r\n"),
    "CR": lambda text: text.replace(b"\n", b"\r"),
    "a byte order mark and CR LF": lambda text: MARK + text.replace(b"\n", b"\r\n"),
    "blanks at the ends of lines": lambda text: text.replace(b"\n", b"  \t \n"),
    "blanks before lines": lambda text: b"    " + text.replace(b"\n", b"\n    "),
    "empty lines": lambda text: b"\n\n" + text.replace(b"\n", b"\n\n"),
    "no end of the last line": lambda text: text.rstrip(b"\n"),
    "a byte order mark and blanks": lambda text: MARK + text.replace(b"\n", b"\t\r\n"),
}


def bye(daemon):
    """The goodbye that a client gets over TLS, with a certificate of its own."""
    with daemon.connect(
            tls=True, certificate=(f"{DATA}/client.pem", f"{DATA}/client.key.pem")) as client:
        client.send("quit")
        return client.read()["status"]


@pytest.mark.parametrize("form", FORMS)
def test_files_are_read_as_editors_and_other_systems_leave_them(server, files, form):
    for name, text in WHOLE.items():
        files.put(name, lambda path, text=text: path.write_bytes(FORMS[form](text)))
    done = run(*files.options, "--check-config")
    assert (done.returncode, done.stdout, done.stderr) == (0, "configuration ok\n", "")
    daemon = server(*files.options)
    assert bye(daemon) == "Au revoir, é!"
    assert " info reload: done\n" in daemon.reload()
    assert bye(daemon) == "Au revoir, é!"


@pytest.mark.parametrize("form", FORMS)
def test_a_chain_is_read_in_each_form(server, tmp_path, form):
    chain = tmp_path / "chain.pem"
    # Files were joined: there is a mark before the second, too.
    chain.write_bytes(b"".join(FORMS[form](pem(name)) for name in ("chain.pem", "ca.pem")))
    daemon = server("--tls-cert", chain, "--tls-key", f"{DATA}/p256.key.pem")
    with daemon.connect(tls=True) as client:
        assert client.ask("paramsView")["status"] == "OK"
    done = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{daemon.port}", "-showcerts"], stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=DEADLINE, check=False)
    assert done.stdout.count("BEGIN CERTIFICATE") == pem("chain.pem").count(b"BEGIN") + 1


ENCODINGS = {"utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32",
             "utf-32-be": "UTF-32"}


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_other_encodings_are_named(files, name, encoding):
    files.paths[name].write_bytes(WHOLE[name].decode().encode(encoding))
    for task in ["--check-config"], ["--port", "0"]:
        done = run(*files.options, *task)
        text = f"is encoded as {ENCODINGS[encoding]}; expected UTF-8"
        assert done.stderr == f"stellard: --{name}: {files.fault(name, text)}\n"
        assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("text", [b"", MARK])
@pytest.mark.parametrize("name", WHOLE)
def test_a_file_without_text_is_empty(files, name, text):
    files.paths[name].write_bytes(text)
    done = run(*files.options, "--check-config")
    assert done.stderr == f"stellard: --{name}: {files.fault(name, 'is empty')}\n"


def test_places_in_a_file_are_counted_without_the_mark(files):
    files.paths["config"].write_bytes(MARK + b"{]")
    plain = run("--config", files.paths["config"], "--check-config").stderr
    files.paths["config"].write_bytes(b"{]")
    assert run("--config", files.paths["config"], "--check-config").stderr == plain
    assert "line 1, column 2: invalid JSON" in plain


def test_a_mark_elsewhere_is_no_mark(files):
    for text in b" " + MARK + CONFIG, CONFIG + MARK, MARK + MARK + CONFIG:
        files.paths["config"].write_bytes(text)
        assert "invalid JSON" in run("--config", files.paths["config"], "--check-config").stderr
    for name in "tls-cert", "tls-key":
        files.restore()
        first, rest = WHOLE[name].split(b"\n", 1)
        files.paths[name].write_bytes(first + b"\n" + MARK + rest)
        done = run(*files.options, "--check-config")
        assert done.stderr == f"stellard: --{name}: {files.fault(name, 'a PEM block is damaged')}\n"


def test_what_print_config_shows_can_have_a_mark(files, tmp_path):
    shown = run("--config", files.paths["config"], "--print-config").stdout
    (tmp_path / "shown").write_text(shown, encoding="utf-8-sig")
    assert run("--config", tmp_path / "shown", "--print-config").stdout == shown


# The load program waits with sem_clockwait(), of which that sanitizer knows nothing.
@pytest.mark.skipif("thread" in os.environ.get("STELLAR_SANITIZE", ""), reason="ThreadSanitizer reports races there")
@pytest.mark.parametrize("form", FORMS)
def test_the_load_program_reads_authorities_in_each_form(server, tmp_path, form):
    authority = tmp_path / "ca.pem"
    authority.write_bytes(FORMS[form](pem("ca.pem")))
    daemon = server("--tls-cert", f"{DATA}/chain.pem", "--tls-key", f"{DATA}/p256.key.pem")
    done = run(
        "--port", str(daemon.port), "--tls-ca", authority, "--tls-name", "localhost", "--requests", "2",
        "--connections", "1", "paramsView", program="stellar-bench")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_the_load_program_reads_regular_files_only(tmp_path, kind):
    KINDS[kind](tmp_path / "ca.pem")
    done = run("--tls-ca", tmp_path / "ca.pem", "x", program="stellar-bench")
    assert f"--tls-ca: {tmp_path}/ca.pem: is {kind}; expected a regular file\n" in done.stderr
    assert (done.returncode, done.stdout) == (2, "")
