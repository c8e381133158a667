"""The plugin for Wireshark, in tshark, on capture files made of the golden sessions."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from daemon import BIN, DEADLINE

import capture
from play import Session, sessions

PLUGIN = BIN / "examples/wireshark/stellar.so"
TSHARK = shutil.which("tshark")
UNUSED = ("tshark is not installed" if not TSHARK
          else "the plugin is not built: without wireshark-dev, or with sanitizers")
pytestmark = pytest.mark.skipif(not TSHARK or not PLUGIN.exists(), reason=UNUSED)

# Wireshark looks at what it has of a line again with every segment. A long one in short
# segments takes minutes.
LONG = 8192
SHORT_SEGMENTS = ["bytes", "sevens"]

NOBODY = 65534
ARGUMENTS = ["key", "value", "room", "message", "action"]


@pytest.fixture(scope="module", name="home")
def fixture_home():
    """A folder in which tshark finds the plugin, and can read whoever runs it."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        plugins = home / ".local/lib/wireshark/plugins/4.0/epan"
        plugins.mkdir(parents=True)
        home.chmod(0o755)
        shutil.copy(PLUGIN, plugins)
        yield home


def tshark(home, *arguments):
    # For root, tshark does not load the plugins of a home.
    who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run([TSHARK, *map(str, arguments)], capture_output=True, cwd=home,
                          env={"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                          timeout=6 * DEADLINE, check=False, **who)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


class Field:
    def __init__(self, shown, raw):
        self.shown = shown
        self.data = bytes.fromhex(raw[0])  # the bytes that are marked for it
        self.position = raw[1]


class Line:
    """A stellar.line: its fields in order, and the frame that it is shown in."""

    def __init__(self, pairs, frame):
        self.frame = frame
        self.fields = []
        self._read(pairs)

    def _read(self, pairs):
        raw = None
        for name, value in pairs:
            if name.endswith("_raw"):
                raw = value
            elif name.startswith("stellar.") and isinstance(value, str) and raw:
                self.fields.append((name.removeprefix("stellar."), Field(value, raw)))
            elif name.endswith("_tree") and name.startswith("stellar."):
                self._read(value)

    def all(self, name):
        return [field for found, field in self.fields if found == name]

    def get(self, name):
        found = self.all(name)
        return found[0].shown if found else None


def is_pairs(value):
    return isinstance(value, list) and bool(value) and isinstance(value[0], tuple)


def lines_of(pairs, frame):
    for name, value in pairs:
        if name == "stellar.line":
            yield Line(value, frame)
        elif is_pairs(value):
            yield from lines_of(value, frame)


def member(pairs, name):
    return next(value for found, value in pairs if found == name)


def dissect(home, path, options=()):
    """What tshark shows: for each client's port, the client's lines and the server's."""
    output = tshark(home, "-2", "-r", path, *options, "-Y", "stellar", "-T", "json", "-x",
                    "-J", "frame tcp stellar")
    shown = {}
    for packet in json.loads(output, object_pairs_hook=list_of_pairs):
        layers = member(member(packet, "_source"), "layers")
        tcp, frame = member(layers, "tcp"), int(member(member(layers, "frame"), "frame.number"))
        source, target = (int(member(tcp, f"tcp.{end}port")) for end in ("src", "dst"))
        client = source != capture.SERVER_PORT
        both = shown.setdefault(source if client else target, ([], []))
        both[not client].extend(lines_of(layers, frame))
    return shown


def list_of_pairs(pairs):
    return [(name, value) for name, value in pairs]


def limits(session):
    """The settings of a session that a dissector must know."""
    options = dict(zip(session.options[::2], session.options[1::2]))
    return tuple((name, options[f"--{name}"]) for name in ("delimiter", "max-data-length")
                 if f"--{name}" in options)


def preferences(settings):
    for name, value in settings:
        yield from ("-o", f"stellar.{name.replace('-', '_')}:{value}")


def groups(split):
    """The sessions that this split is for, by their settings."""
    found = {}
    for path in sessions():
        session = Session(path)
        size = sum(len(step.data) for step in session.steps)
        if split not in SHORT_SEGMENTS or size < LONG:
            found.setdefault(limits(session), []).append(session)
    return found


def parsed(connection):
    """What stellar-parse makes of the client's bytes."""
    options = [f"--{name}={value}" for name, value in limits(connection.session)]
    done = subprocess.run([BIN / "stellar-parse", "--telnet", *options],
                          input=connection.bytes_of(True), capture_output=True,
                          timeout=DEADLINE, check=False)
    assert done.returncode in (0, 1)
    return [json.loads(line, object_pairs_hook=list_of_pairs)
            for line in done.stdout.decode().splitlines()]


def as_dissected(pairs):
    """A line of stellar-parse, in the words of the dissector."""
    members = dict(pairs)
    if "control" in members:
        return {"control": members["control"]}
    if "error" in members:
        return {"error.code": members["error"], "error.message": members["message"]}
    said = {name: members[name].replace("\0", "␀") for name in ["command", *ARGUMENTS]
            if name in members}
    if "params" in members:
        said["params"] = members["params"]
    return said


def as_expected(line):
    """A line of the dissector, with those fields that stellar-parse knows."""
    if line.get("control"):
        return {"control": line.get("control")}
    if line.get("error.code"):
        return {name: line.get(name) for name in ("error.code", "error.message")}
    said = {name: line.get(name) for name in ["command", *ARGUMENTS]
            if line.get(name) is not None}
    if line.get("params") is not None:
        said["params"] = json.loads(line.get("params"), object_pairs_hook=list_of_pairs)
    return said


@pytest.fixture(scope="module", name="shown")
def fixture_shown(home):
    """shown(split): all connections of the sessions, each with what is shown of both sides."""
    cache = {}

    def show(split):
        if split not in cache:
            cache[split] = []
            for settings, played in groups(split).items():
                path = home / "capture.pcap"
                written = capture.write(path, played, split)
                path.chmod(0o644)
                seen = dissect(home, path, preferences(settings))
                cache[split] += [(connection, *seen[connection.port]) for connection in written]
        return cache[split]

    return show


@pytest.mark.parametrize("split", capture.SPLITS)
def test_client_lines_are_what_the_parser_sees(shown, split):
    for connection, requests, _ in shown(split):
        assert [as_expected(line) for line in requests] == [
            as_dissected(pairs) for pairs in parsed(connection)], connection.session.path


@pytest.mark.parametrize("split", capture.SPLITS)
def test_server_lines_are_shown_once_each_with_their_count(shown, split):
    for connection, _, answers in shown(split):
        data = connection.bytes_of(False)
        expected = [json.loads(line) for line in re.findall(rb"\{[^\n]*\}(?=\r\n)", data)]
        seen = [line for line in answers if not line.get("telnet")]
        assert [(line.get("context"), line.get("message_count")) for line in seen] == [
            (answer["context"], str(answer["messageCount"]) if "messageCount" in answer else None)
            for answer in expected], connection.session.path
