"""The daemon as a black box, and a client that speaks lines."""

import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "golden"))

# Only bounds how long a failure takes: whatever is awaited is awaited by reading.
DEADLINE = 20

BIN = Path(os.environ.get("STELLAR_BIN", Path(__file__).parents[2] / "build/release/bin"))

# Without what the daemon would take, or warn of, as settings of its own.
ENVIRONMENT = {name: value for name, value in os.environ.items()
               if not name.startswith("STELLAR")}
# Freed memory that a sanitizer keeps would be taken for the daemon's.
ENVIRONMENT["ASAN_OPTIONS"] = "quarantine_size_mb=4:" + ENVIRONMENT.get("ASAN_OPTIONS", "")

WELCOME = {"welcome": "Hello human! Welcome to Stellar", "context": "api"}
GOODBYE = {"status": "Bye!", "context": "api"}

REPORT = re.compile(r"Sanitizer|runtime error:")


def peak_memory(process):
    """The most memory that was resident so far, in bytes, without what ThreadSanitizer keeps about it."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    peak = int(re.search(r"VmHWM:\s+([0-9]+) kB", status).group(1)) * 1024
    return peak // 5 if "thread" in os.environ.get("STELLAR_SANITIZE", "") else peak


def until(condition, what):
    """Asks again and again, for what cannot be awaited by reading. what: is said of it when it does not become true."""
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, what


class Daemon:
    def __init__(self, directory, *options, preexec=None, defaults=("--port", "0", "--module", "demo")):
        if "--unix" in options:
            defaults = defaults[2:]
        self.log_path = directory / "stderr"
        self._log = open(self.log_path, "wb")
        self.process = subprocess.Popen(
            [BIN / "stellard", *defaults, *map(str, options)],
            env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._log,
            preexec_fn=preexec)
        self.ready = self.process.stdout.readline().decode()
        match = re.fullmatch(r"ready (?:unix:(.+)|\[?([0-9a-f:.]+?)\]?:([0-9]+))\n", self.ready)
        if not match:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"no ready line but {self.ready!r}; log:\n{self.log()}")
        path, self.host, port = match.groups()
        self.port = int(port) if port else None
        self.address = path or (self.host, self.port)

    def log(self):
        return self.log_path.read_text(errors="replace")

    def until_logged(self, text):
        until(lambda: text in self.log(), f"the log does not say {text!r}")

    def reload(self):
        """What the log has to say about a reload."""
        start = len(self.log())
        self.signal(signal.SIGHUP)

        def has_ended():
            assert self.process.poll() is None, self.log()
            said = self.log()[start:]
            return "reload: done\n" in said or "nothing has changed\n" in said

        until(has_ended, "the reload does not end")
        return self.log()[start:]

    def memory(self):
        return peak_memory(self.process)

    def signal(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def wait(self):
        """Awaits the exit and returns its code, having looked for what no run may leave."""
        try:
            code = self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the daemon did not end; log:\n{self.log()}") from None
        finally:
            rest = self.process.stdout.read()
            self.process.stdout.close()
            self._log.close()
        assert rest == b"", "standard output holds the ready line only"
        assert not REPORT.search(self.log()), self.log()
        return code

    def stop(self):
        if self.process.returncode is None:
            self.signal()
            code = self.wait()
            assert code == 0, f"exit {code}; log:\n{self.log()}"

    def connect(self, **options):
        return Client(self.address, **options)


def tls_context(certificate=None, key=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if certificate:
        context.load_cert_chain(certificate, key)
    return context


class Client:
    """Sends lines and reads objects."""

    def __init__(self, address, tls=False, welcome=True, certificate=(None, None)):
        if isinstance(address, str):
            self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.socket.settimeout(DEADLINE)
            self.socket.connect(address)
        else:
            self.socket = socket.create_connection(address, DEADLINE)
        if tls:
            self.socket = tls_context(*certificate).wrap_socket(self.socket, suppress_ragged_eofs=False)
        self.buffer = b""
        if welcome:
            got = self.read()
            assert got == WELCOME, got

    def send(self, *lines):
        self.socket.sendall(b"".join(
            (line if isinstance(line, bytes) else line.encode()) + b"\r\n" for line in lines))

    def read_line(self):
        """The next line without its end, or None at the end of the stream."""
        while (end := self.buffer.find(b"\r\n")) < 0:
            data = self.socket.recv(1 << 16)
            if not data:
                assert self.buffer == b"", f"half a line at the end: {self.buffer!r}"
                return None
            self.buffer += data
        line, self.buffer = self.buffer[:end], self.buffer[end + 2:]
        return line

    def read(self):
        line = self.read_line()
        return None if line is None else json.loads(line)

    def ask(self, line):
        self.send(line)
        return self.read()

    def identify(self):
        return self.ask("detailsView")["data"]["id"]

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
