"""The plugin for Wireshark, in tshark, on capture files made of the golden sessions."""

import functools
import json
import os
import re
import shutil
import socket
import ssl
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
        self.data = bytes.fromhex(raw[0]) if raw else b""  # the bytes that are marked for it


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
            elif name.startswith("stellar.") and isinstance(value, str):
                self.fields.append((name.removeprefix("stellar."), Field(value, raw)))
                raw = None
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
                    "-J", "frame tcp stellar", "--disable-protocol", "json")
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
    """The sessions that this split is for, by their settings. The dissector shows the lines of a stream of another
    protocol, which the parser does not read, so those sessions are left out."""
    found = {}
    for path in sessions():
        if path.parent.name == "foreign":
            continue
        session = Session(path)
        size = sum(len(step.data) for step in session.steps)
        if split not in SHORT_SEGMENTS or size < LONG:
            found.setdefault(limits(session), []).append(session)
    return found


@functools.cache
def parse(data, settings):
    options = [f"--{name}={value}" for name, value in settings]
    done = subprocess.run([BIN / "stellar-parse", "--telnet", *options], input=data,
                          capture_output=True, timeout=DEADLINE, check=False)
    assert done.returncode in (0, 1)
    return [json.loads(line, object_pairs_hook=list_of_pairs)
            for line in done.stdout.splitlines()]  # of bytes: U+2028 ends no line


def parsed(connection):
    """What stellar-parse makes of the client's bytes."""
    return parse(connection.bytes_of(True), limits(connection.session))


def as_dissected(pairs):
    """A line of stellar-parse, as the dissector shows it."""
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


def as_parsed(line):
    """A line of the dissector, with those fields that stellar-parse knows."""
    names = next((names for names in (["control"], ["error.code", "error.message"])
                  if line.get(names[0])), ["command", *ARGUMENTS])
    said = {name: line.get(name) for name in names if line.get(name) is not None}
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
        assert [as_parsed(line) for line in requests] == [
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


@pytest.mark.parametrize("split", ["whole", "late"])
def test_the_bytes_of_an_argument_are_marked(shown, split):
    marked = 0
    for connection, requests, _ in shown(split):
        if b"\xff" in connection.bytes_of(True):
            continue  # text that was interrupted is marked with its line
        for line in requests:
            for name in ["key", "value", "room", "message"]:
                for field in line.all(name):
                    assert field.data.replace(b"\0", "␀".encode()) == field.shown.encode()
                    marked += 1
    assert marked > 100


@pytest.mark.parametrize("split", capture.SPLITS)
def test_the_byte_that_an_error_is_about_is_marked(shown, split):
    marked = 0
    for connection, requests, _ in shown(split):
        sent = connection.bytes_of(True)
        refused = [line for line in requests if line.get("error.code")]
        errors = [dict(pairs) for pairs in parsed(connection) if "error" in dict(pairs)]
        for line, error in zip(refused, errors, strict=True):
            column = line.all("error.column")[0]
            assert column.data in (sent[error["at"]:error["at"] + 1], b"")
            if b"\xff" not in sent:
                assert int(column.shown) == error["at"] - error["offset"]
            marked += len(column.data)
    assert marked > 40


def test_columns_are_those_that_the_sessions_say(shown):
    """Compares the server's lines, from the sessions, with the fields shown for the client's lines."""
    place = re.compile(r"(?:JSON|UTF-8) at byte ([0-9]+):")
    compared = 0
    for connection, requests, answers in shown("bytes"):
        if "at byte {int}" in connection.session.path.read_text("utf-8"):
            continue
        lines = {line.get("message_count"): line for line in requests if line.get("message_count")}
        for answer in answers:
            told = place.search(answer.get("error.message") or "")
            if told:
                line = lines[answer.get("message_count")]
                assert line.get("error.code") == answer.get("error.code")
                assert line.get("error.column") == told.group(1), connection.session.path
                compared += 1
    assert compared > 20


@pytest.fixture(name="record")
def fixture_record(home, tmp_path):
    """record(session's text, split): the path of a capture file."""

    def record(text, split="whole"):
        session = tmp_path / "test.session"
        session.write_text(text, "utf-8")
        path = home / "record.pcap"
        capture.write(path, [Session(session)], split)
        path.chmod(0o644)
        return path

    return record


def rows(home, path, *arguments, fields):
    """tshark's table: a row a frame, of values separated by commas."""
    output = tshark(home, "-r", path, *arguments, "-T", "fields",
                    *(word for field in fields for word in ("-e", field)))
    return [row.split("\t") for row in output.decode().splitlines()]


CONVERSATION = r"""
< {"welcome":"Hello human! Welcome to Stellar","context":"api"}
> roomAdd defaultRoom
< {"status":"OK","context":"response","data":true,"messageCount":1}
> paramAdd =x
< {"status":{"code":"026","message":"The argument key is missing"},"context":"response","messageCount":2}
>> {"action":"sta\\u0074us","params":{"a":[1, 2]}}\r\nsay defaultRoom, hello,  all\r\n{"action":x}\r\n
< {"status":"OK","context":"response","messageCount":4}
< {"message":"hello,  all","room":"defaultRoom","from":"{id}","context":"user","sentAt":1795403425707}
< {"error":{"code":"023","message":"Malformed JSON at byte 10: expected a value"},"context":"response","messageCount":5}
< {"uptime":1,"context":"response","messageCount":3,"messageId":[7]}
>> \xff\xfd\x01
<< \xff\xfc\x01
"""


def test_a_conversation_as_it_is_listed(home, record):
    listed = rows(home, record(CONVERSATION), "-Y", "stellar",
                  fields=["_ws.col.Protocol", "_ws.col.Info"])
    assert listed == [["Stellar", text] for text in [
        "answer",
        "roomAdd defaultRoom", "answer",
        "paramAdd error 026", "error 026, answer",
        r"action sta\u0074us, say defaultRoom hello,  all, error 023",
        "answer", "message", "error 023, answer", "answer",
        "reply", "telnet",
        "quit", "answer"]]


def test_all_fields_of_a_conversation(home, record):
    requests, answers = ([[(name, field.shown) for name, field in line.fields] for line in lines]
                         for lines in dissect(home, record(CONVERSATION))[20000])
    assert requests == [
        [("command", "roomAdd"), ("room", "defaultRoom"), ("message_count", "1"),
         ("answer_in", "6")],
        [("command", "paramAdd"), ("error.code", "026"),
         ("error.message", "The argument key is missing"), ("error.column", "9"),
         ("message_count", "2"), ("answer_in", "8")],
        [("command", "action"), ("action", "status"), ("params", '{"a":[1, 2]}'),
         ("param.name", "a"), ("param.value", "[1, 2]"), ("message_count", "3"),
         ("answer_in", "13")],
        [("command", "say"), ("room", "defaultRoom"), ("message", "hello,  all"),
         ("message_count", "4"), ("answer_in", "10")],
        [("error.code", "023"), ("error.message", "Malformed JSON at byte 10: expected a value"),
         ("error.column", "10"), ("message_count", "5"), ("answer_in", "12")],
        [("control", "reply"), ("telnet", "ff:fd:01")],
        [("command", "quit"), ("message_count", "6")]]
    said = [[(name, text) for name, text in line if name not in ("request_in", "time")]
            for line in answers]
    assert said == [
        [("welcome", "Hello human! Welcome to Stellar"), ("context", "api")],
        [("status", "OK"), ("context", "response"), ("message_count", "1")],
        [("error.code", "026"), ("error.message", "The argument key is missing"),
         ("context", "response"), ("message_count", "2")],
        [("status", "OK"), ("context", "response"), ("message_count", "4")],
        [("message", "hello,  all"), ("room", "defaultRoom"),
         ("from", "00000000-0000-4000-8000-000000000001"), ("context", "user"),
         ("sent_at", "Nov 23, 2026 03:10:25.707000000 UTC")],
        [("error.code", "023"), ("error.message", "Malformed JSON at byte 10: expected a value"),
         ("context", "response"), ("message_count", "5")],
        [("context", "response"), ("message_count", "3"), ("message_id", "[7]")],
        [("telnet", "ff:fc:01")],
        [("status", "Bye!"), ("context", "api")]]
    assert [("request_in", "9"), ("time", "0.004000000")] == answers[6][2:4]


def test_a_line_is_shown_in_the_frame_in_which_it_ends(home, record):
    path = record("@end \\n\n>> param\n>> sView\\npara\n>> mView a\\n\n")
    shown = rows(home, path, "-Y", "stellar.command",
                 fields=["frame.number", "stellar.command", "stellar.key", "tcp.segment"])
    assert shown == [["6", "paramsView", "", "5,6"], ["7", "paramView", "a", "6,7"],
                     ["8", "quit", "", ""]]


def test_without_reassembly_what_is_not_finished_is_told(home, record):
    path = record("> paramsView\n>> param")
    shown = rows(home, path, "-o", "tcp.desegment_tcp_streams:FALSE", "-Y", "stellar.unfinished",
                 fields=["frame.number", "_ws.expert.message"])
    assert shown == [["6", "The line is not finished here"]]


def test_errors_are_expert_information(home, record):
    shown = rows(home, record(CONVERSATION), "-Y", "stellar.refused || stellar.answered_error",
                 fields=["frame.number", "_ws.expert.message"])
    assert shown == [
        ["7", "026: The argument key is missing"], ["8", "The server answers with an error"],
        ["9", "023: Malformed JSON at byte 10: expected a value"],
        ["12", "The server answers with an error"]]


def test_the_server_s_lines_are_also_shown_as_json(home, record):
    shown = rows(home, record(CONVERSATION), "-Y", "json.member", fields=["json.member_with_value"])
    assert shown[1] == ["status:OK,context:response,data:true,messageCount:1"]


def test_the_ports_are_a_setting_and_others_can_be_decoded(home, record, monkeypatch):
    shown = []
    for port, options in [(5000, []), (5000, ["-o", "stellar.ports:6000,7000-7009"]),
                          (7001, ["-o", "stellar.ports:6000,7000-7009"]), (8000, []),
                          (8000, ["-d", "tcp.port==8000,stellar"])]:
        monkeypatch.setattr(capture, "SERVER_PORT", port)
        shown.append(rows(home, record(CONVERSATION), *options, "-Y", "stellar",
                          fields=["stellar.command", "stellar.context"]))
    assert len(shown[0]) == 14
    assert shown == [shown[0], [], shown[0], [], shown[0]]


class Recorder:
    """A client that speaks TLS from memory, and notes what goes over the wire."""

    def __init__(self, address, keys):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.keylog_filename = str(keys)
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.incoming, self.outgoing)
        self.said = []
        self.socket = socket.create_connection(address, DEADLINE)

    def __enter__(self):
        self._until_done(self.tls.do_handshake)
        return self

    def __exit__(self, *_):
        self.socket.close()

    def _flush(self):
        data = self.outgoing.read()
        if data:
            self.said.append((True, data))
            self.socket.sendall(data)

    def _until_done(self, operation):
        while True:
            try:
                return operation()
            except ssl.SSLWantReadError:
                self._flush()
                data = self.socket.recv(65536)
                assert data
                self.said.append((False, data))
                self.incoming.write(data)
            finally:
                self._flush()

    def write(self, data):
        self.tls.write(data)
        self._flush()

    def read_line(self):
        line = b""
        while not line.endswith(b"\n"):
            line += self._until_done(lambda: self.tls.read(1))
        return line


@pytest.mark.parametrize("split", ["whole", "sevens"])
def test_inside_tls_with_the_keys(home, tls_server, tmp_path, split):
    keys = home / "keys"
    with Recorder(tls_server().address, keys) as client:
        client.read_line()
        for data in b"paramAdd a=1\r\nparam", b"View a\r\nroomAdd\r\n":
            client.write(data)
        for _ in range(3):
            client.read_line()
    session = tmp_path / "tls.session"
    session.write_text("> unused\n")
    connection = capture.Connection(Session(session), "")
    connection.said, connection.port = client.said, 20000
    path = home / "tls.pcap"
    with open(path, "wb") as file:
        capture.Capture(file).write(connection, split)
    for name in path, keys:
        name.chmod(0o644)
    shown = rows(home, path, "-o", f"tls.keylog_file:{keys}", "-Y", "stellar",
                 fields=["stellar.command", "stellar.error.code", "stellar.message_count"])
    assert [row[:2] for row in shown if row[0]] == [
        ["paramAdd", ""], ["paramView,roomAdd", "021"]]
    counts = [row[2] for row in shown if not row[0]]
    assert ",".join(counts) == ",1,2,3"
