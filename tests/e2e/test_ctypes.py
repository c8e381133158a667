"""The binding in examples/ctypes, against the shared library as built."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from build import BUILD, COMPILER, SANITIZE
from daemon import DEADLINE

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/ctypes"
LIBRARY = BUILD / "src/parser/libstellar_parser.so"

if SANITIZE:
    pytest.skip("Python cannot load a library that was built with a sanitizer", allow_module_level=True)

os.environ["STELLAR_PARSER_LIBRARY"] = str(LIBRARY)
sys.path.insert(0, str(EXAMPLE))

import stellar_parser  # noqa: E402
from stellar_parser import Command, Control, Foreign, LineError, Parser  # noqa: E402


def test_structs_are_laid_out_as_in_the_header(tmp_path):
    layouts = [(f"struct {name}", field) for name, struct in stellar_parser.STRUCTS.items()
               for field, _ in struct._fields_]
    lines = [f'printf("%zu\\n", sizeof(struct {name}));' for name in stellar_parser.STRUCTS]
    lines += [f'printf("%zu %zu\\n", offsetof({struct}, {field}), sizeof((({struct} *)0)->{field}));'
              for struct, field in layouts]
    source = "#include <stdio.h>\n#include <stellar/parser.h>\nint main(void) {\n" + "\n".join(lines) + "\n}\n"
    program = tmp_path / "layout"
    subprocess.run([COMPILER, "-I", ROOT / "include", "-x", "c", "-", "-o", program], input=source, text=True,
                   check=True)
    shown = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
    ours = [str(ctypes.sizeof(struct)) for struct in stellar_parser.STRUCTS.values()]
    for name, field in layouts:
        place = getattr(stellar_parser.STRUCTS[name.removeprefix("struct ")], field)
        ours.append(f"{place.offset} {place.size}")
    assert ours == shown


def test_enums_are_numbered_as_in_the_header(tmp_path):
    names = ["STELLAR_MORE", "STELLAR_COMMAND", "STELLAR_ERROR", "STELLAR_CONTROL", "STELLAR_MEMORY",
             "STELLAR_FOREIGN", "STELLAR_CONTROL_REPLY", "STELLAR_CONTROL_ARE_YOU_THERE", "STELLAR_CONTROL_GOODBYE",
             "STELLAR_JSON_NULL", "STELLAR_JSON_BOOLEAN", "STELLAR_JSON_NUMBER", "STELLAR_JSON_STRING",
             "STELLAR_JSON_ARRAY", "STELLAR_JSON_OBJECT", "STELLAR_ERROR_TEXT_MAX", "STELLAR_MAX_DATA_LENGTH"]
    source = "#include <stdio.h>\n#include <stellar/parser.h>\nint main(void) {\n" + \
        "".join(f'printf("%d ", (int){name});\n' for name in names) + "}\n"
    program = tmp_path / "numbers"
    subprocess.run([COMPILER, "-I", ROOT / "include", "-x", "c", "-", "-o", program], input=source, text=True,
                   check=True)
    shown = subprocess.run([program], capture_output=True, text=True, check=True).stdout.split()
    binding = stellar_parser
    assert [int(number) for number in shown] == [
        binding.MORE, binding.COMMAND_RESULT, binding.ERROR_RESULT, binding.CONTROL_RESULT, binding.MEMORY,
        binding.FOREIGN_RESULT, *(binding.CONTROLS.index(name) for name in ("reply", "are you there", "goodbye")),
        binding.NULL, binding.BOOLEAN, binding.NUMBER, binding.STRING, binding.ARRAY, binding.OBJECT,
        binding.ERROR_TEXT_MAX, binding.MAX_DATA_LENGTH]


STREAM = """\
paramAdd key=wört
say hall, hello  all\r
roomAdd
{"action":"gr\\u0065et","params":{"n":1.5,"big":9007199254740993,"list":[true,null,{"a":"\\u00e4\\n"}],"huge":1e999,"no":0}}
{"action":"status"
quit
""".encode()

EVENTS = [
    Command("paramAdd", 0, 18, key="key", value="wört"),
    Command("say", 19, 20, room="hall", message="hello  all"),
    LineError("021", "A room is required", 41, 48, 7),
    Command("action", 49, 121, action="greet",
            params={"n": 1.5, "big": 9007199254740993, "list": [True, None, {"a": "ä\n"}], "huge": "1e999", "no": 0}),
    LineError("023", "Malformed JSON at byte 18: expected ',' or '}'", 171, 189, 18),
    Command("quit", 190, 4),
]


@pytest.mark.parametrize("size", [1, 2, 7, len(STREAM)])
def test_events_are_the_same_however_the_stream_is_cut(size):
    parser = Parser()
    events = [event for start in range(0, len(STREAM), size) for event in parser.feed(STREAM[start:start + size])]
    assert events == EVENTS


def test_what_was_not_fetched_comes_first_of_the_next_piece():
    parser = Parser()
    assert next(parser.feed(STREAM[:60])) == EVENTS[0]
    assert list(parser.feed(STREAM[60:])) == EVENTS[1:]


def test_delimiter_limit_and_telnet():
    parser = Parser(delimiter=b"^]", max_data_length=9, telnet=True)
    assert list(parser.feed(b"a\n^]\xff\xfd\x01roomView r1^]\xff\xf4")) == [
        Command("action", 0, 1, action="a"),
        Control("reply", 4, b"\xff\xfc\x01"),
        LineError("008", "Data length is too big (10 received/9 max)", 7, 16, 9),
        Control("goodbye", 20, b"\xff\xfc\x06"),
    ]
    with pytest.raises(ValueError):
        Parser(delimiter=b"")


def test_another_protocol_is_told_and_nothing_else():
    request = b"POST / HTTP/1.1\r\nHost: x\r\n\r\nquit\r\n"
    parser = Parser(detect_foreign=True)
    assert [event for byte in request for event in parser.feed(bytes([byte]))] == [Foreign("HTTP")]
    assert len(list(Parser().feed(request))) == 3


def test_long_lines_in_small_pieces_get_their_memory():
    parser = Parser(max_data_length=0)
    events = []
    for _ in range(1000):
        events += parser.feed(b"x" * 300)
    assert not events
    assert [len(event.action) for event in parser.feed(b"\n")] == [300000]


def test_the_script_shows_events():
    done = subprocess.run([sys.executable, EXAMPLE / "show.py"], input=b"paramView key\nparamView\n",
                          capture_output=True, timeout=DEADLINE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == [
        "Command(verb='paramView', offset=0, length=13, key='key', value=None, room=None, message=None, action=None, "
        "params=None)",
        "byte 23: The argument key is missing (026)"]
