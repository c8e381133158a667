#!/usr/bin/env python3
"""Plays a golden session against a running server. README.md describes the format."""

import argparse
import re
import socket
import ssl
import struct
import sys
from pathlib import Path

MODES = ["whole", "bytes", "pipelined", "tls", "tls-bytes"]

# Only bounds how long a failure takes: whatever is awaited is awaited by reading.
DEADLINE = 20

GOODBYE = re.compile(rb'\{"status":"[^\r\n]*","context":"api"\}\r\n')

PLACEHOLDERS = {
    "id": rb"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
    "ms": rb"[0-9]{13}",
    "int": rb"-?[0-9]+",
    "number": rb"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?",
    "ip": rb"[0-9a-f.:]*",
    "port": rb"[0-9]+",
    "text": rb'(?:[^"\\\r\n]|\\.)*',
}
PLACEHOLDER = re.compile(rb"\{(%s)(?::([a-z0-9]+))?\}" % "|".join(PLACEHOLDERS).encode())

ESCAPE = re.compile(rb"\\(?:([rnt0\\])|x([0-9a-fA-F]{2})|\*([0-9]+)\(([^)]*)\)|(.?))", re.DOTALL)
PLAIN_ESCAPES = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"0": b"\0", b"\\": b"\\"}

STEP = re.compile(r"([a-z0-9]*)(>>|<<|<~|>|<)(?: (.*)|(end|close|reset))?", re.DOTALL)


class FormatError(Exception):
    """The file is not a session."""


class Mismatch(AssertionError):
    """The server did something else than the session says."""


def unescape(data):
    def one(match):
        plain, hexadecimal, count, repeated, wrong = match.groups()
        if plain is not None:
            return PLAIN_ESCAPES[plain]
        if hexadecimal is not None:
            return bytes([int(hexadecimal, 16)])
        if count is not None:
            return unescape(repeated) * int(count)
        raise FormatError(f"unknown escape \\{wrong.decode(errors='replace')}")

    return ESCAPE.sub(one, data)


class Step:
    def __init__(self, number, client, kind, data):
        self.number = number  # of the line in the file
        self.client = client
        self.kind = kind  # send, line, unordered, bytes, eof, end, close, reset
        self.data = data


class Session:
    def __init__(self, path):
        self.path = Path(path)
        self.options = []
        self.line_end = b"\r\n"
        self.skip = set()
        self.steps = []
        for number, line in enumerate(self.path.read_text("utf-8").split("\n"), 1):
            try:
                self._read(number, line)
            except FormatError as error:
                raise FormatError(f"{self.path}:{number}: {error}") from None
        if not self.steps:
            raise FormatError(f"{self.path}: no steps")

    def _read(self, number, line):
        if not line or line.startswith("#"):
            return
        if line.startswith("@"):
            self._read_header(line)
            return
        match = STEP.fullmatch(line)
        if not match:
            raise FormatError(f"not a line of a session: {line}")
        client, sign, text, word = match.groups()
        data = (text or "").encode()
        if word:
            kinds = {(">", "end"): "end", (">", "close"): "close", (">", "reset"): "reset",
                     ("<", "end"): "eof"}
            if (sign, word) not in kinds:
                raise FormatError(f"not a line of a session: {line}")
            kind = kinds[sign, word]
        elif sign == ">":
            kind, data = "send", data + self.line_end
        elif sign == ">>":
            kind, data = "send", unescape(data)
        elif sign == "<<":
            kind, data = "bytes", unescape(data)
        else:
            kind = "line" if sign == "<" else "unordered"
        self.steps.append(Step(number, client, kind, data))

    def _read_header(self, line):
        name, _, rest = line.partition(" ")
        if self.steps:
            raise FormatError(f"{name} stands after the first step")
        if name == "@options":
            self.options += [unescape(word.encode()).decode() for word in rest.split(" ")]
        elif name == "@end":
            self.line_end = unescape(rest.encode())
        elif name == "@skip":
            self.skip.update(rest.split())
            unknown = self.skip - set(MODES) - {"session"}
            if unknown:
                raise FormatError(f"unknown mode {unknown.pop()}")
        else:
            raise FormatError(f"unknown header {name}")

    def clients(self):
        return list(dict.fromkeys(step.client for step in self.steps))


def pattern(expected, captures):
    """A regular expression for a server line, and which of its groups are new captures."""
    result, at, new = b"", 0, []
    for match in PLACEHOLDER.finditer(expected):
        result += re.escape(expected[at:match.start()])
        kind, name = match.group(1).decode(), match.group(2)
        if name is None:
            result += b"(?:" + PLACEHOLDERS[kind] + b")"
        elif name in captures:
            result += re.escape(captures[name])
        elif name in new:
            result += b"(?P=c_%s)" % name
        else:
            result += b"(?P<c_%s>%s)" % (name, PLACEHOLDERS[kind])
            new.append(name)
        at = match.end()
    return re.compile(result + re.escape(expected[at:] + b"\r\n"), re.DOTALL), new


class Client:
    """One connection, by the ways of one mode."""

    def __init__(self, address, mode):
        self.one_by_one = mode.endswith("bytes")
        self.buffer = b""
        self.ended = False
        if isinstance(address, str):
            self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.socket.settimeout(DEADLINE)
            self.socket.connect(address)
        else:
            self.socket = socket.create_connection(address, DEADLINE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if mode.startswith("tls"):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            # An end without close_notify is to be noticed.
            self.socket = context.wrap_socket(self.socket, suppress_ragged_eofs=False)

    def send(self, data):
        if not self.one_by_one:
            self.socket.sendall(data)
            return
        for at in range(len(data)):
            self.socket.sendall(data[at:at + 1])

    def _receive(self):
        data = self.socket.recv(65536)
        self.buffer += data
        return bool(data)

    def read_line(self):
        while (end := self.buffer.find(b"\n")) < 0:
            if not self._receive():
                return self.take(len(self.buffer))
        return self.take(end + 1)

    def read_bytes(self, count):
        while len(self.buffer) < count and self._receive():
            pass
        return self.take(count)

    def read_end(self):
        """What comes before the end of the stream: nothing, if all is well."""
        while not self.buffer and self._receive():
            pass
        self.ended = not self.buffer
        return self.buffer

    def take(self, count):
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def half_close(self):
        self.socket.shutdown(socket.SHUT_WR)

    def close(self):
        self.ended = True
        self.socket.close()

    def reset(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()


class Player:
    def __init__(self, session, address, mode):
        self.session = session
        self.address = address
        self.mode = mode
        self.clients = {}
        self.captures = {}

    def fail(self, step, expected, got):
        where = f"{self.session.path}:{step.number}" if step else f"{self.session.path}: at the end"
        raise Mismatch(f"{where} ({self.mode})\n  expected: {expected}\n  got:      {got}")

    def play(self):
        try:
            self._play(self._steps())
            for client in self.clients.values():
                if not client.ended:
                    self._say_goodbye(client)
        finally:
            for client in self.clients.values():
                client.close()

    def _steps(self):
        """The steps in the order of this mode."""
        steps = self.session.steps
        if self.mode != "pipelined":
            return steps
        ordered, alone = [], len(self.session.clients()) == 1
        if alone:
            first = 1 if steps[0].kind in ("line", "bytes") else 0  # the welcome
            ordered = steps[:first]
            rest = steps[first:]
            breaks = [i for i, step in enumerate(rest) if step.kind in ("end", "close", "reset")]
            # A client that ends its side has sent all; what it reads before stays before.
            stop = breaks[0] if breaks else len(rest)
            sends = [step for step in rest[:stop] if step.kind == "send"]
            others = [step for step in rest[:stop] if step.kind != "send"]
            steps = sends + others + rest[stop:]
        for step in steps:
            last = ordered[-1] if ordered else None
            if last and step.kind == last.kind == "send" and step.client == last.client:
                ordered[-1] = Step(last.number, last.client, "send", last.data + step.data)
            else:
                ordered.append(step)
        return ordered

    def _client(self, step):
        if step.client not in self.clients:
            client = self.clients[step.client] = Client(self.address, self.mode)
            if step.kind not in ("line", "unordered", "bytes"):
                welcome = client.read_line()
                if not welcome.startswith(b'{"welcome":'):
                    self.fail(step, "a welcome", welcome)
        return self.clients[step.client]

    def _play(self, steps):
        at = 0
        while at < len(steps):
            step = steps[at]
            client = self._client(step)
            at += 1
            try:
                if step.kind == "send":
                    client.send(step.data)
                elif step.kind == "line":
                    self._expect_lines(client, [step])
                elif step.kind == "unordered":
                    block = [step]
                    while at < len(steps) and (steps[at].kind, steps[at].client) == (
                            "unordered", step.client):
                        block.append(steps[at])
                        at += 1
                    self._expect_lines(client, block)
                elif step.kind == "bytes":
                    got = client.read_bytes(len(step.data))
                    if got != step.data:
                        self.fail(step, step.data[:2000], got[:2000])
                elif step.kind == "eof":
                    got = client.read_end()
                    if got:
                        self.fail(step, "the end", got)
                elif step.kind == "end":
                    client.half_close()
                elif step.kind == "close":
                    client.close()
                else:
                    client.reset()
            except (OSError, ssl.SSLError) as error:
                shown = step.data if len(step.data) < 2000 else step.kind
                self.fail(step, shown or step.kind, f"{error!r}; read so far: {client.buffer!r}")

    def _expect_lines(self, client, block):
        while block:
            got = client.read_line()
            for step in block:
                expression, new = pattern(step.data, self.captures)
                match = expression.fullmatch(got)
                if match:
                    for name in new:
                        self.captures[name] = match.group("c_" + name.decode())
                    block.remove(step)
                    break
            else:
                expected = "\n            ".join(step.data.decode() for step in block)
                self.fail(block[0], expected, got.decode(errors="backslashreplace"))

    def _say_goodbye(self, client):
        try:
            client.send(b"quit" + self.session.line_end)
            got = client.read_line()
            if not GOODBYE.fullmatch(got):
                self.fail(None, "the goodbye", got)
            got = client.read_end()
        except (OSError, ssl.SSLError) as error:
            self.fail(None, "the goodbye, then the end", repr(error))
        if got:
            self.fail(None, "the end", got)


def sessions():
    return sorted(Path(__file__).parent.glob("*/*.session"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connect", required=True, metavar="HOST:PORT")
    parser.add_argument("--mode", choices=MODES, default="whole")
    parser.add_argument("session", nargs="+")
    arguments = parser.parse_args()
    host, _, port = arguments.connect.rpartition(":")
    failures = 0
    for path in arguments.session:
        try:
            session = Session(path)
            if arguments.mode not in session.skip:
                Player(session, (host.strip("[]"), int(port)), arguments.mode).play()
        except (FormatError, Mismatch) as error:
            print(error, file=sys.stderr)
            failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
