"""The table of a server's states, which the header and the manual have and a unit test walks."""

import re
from pathlib import Path

import header

ROOT = Path(__file__).parents[2]
STATES = ["made", "listening", "running", "draining", "ended"]


def header_table():
    text = (header.HEADERS / "server.h").read_text("utf-8")
    heads, rows = re.search(r"^ \* +(made .*)\n((?: \* {5}\S.*\n)+)", text, re.M).groups()
    assert heads.split() == STATES
    return [re.split(r" {2,}", line[7:]) for line in rows.splitlines()]


def manual_table():
    page = (ROOT / "docs/man3/stellar_server.3").read_text("utf-8")
    heads, rows = re.search(r"^\.It Ta (made .*)\n((?:\.It .*\n)+)", page, re.M).groups()
    assert heads.split(" Ta ") == STATES
    return [line[4:].replace("for loops", "[loop]").split(" Ta ") for line in rows.splitlines()]


def test_the_manual_has_the_table_of_the_header():
    assert manual_table() == header_table()
    assert all(len(row) == len(STATES) + 1 for row in header_table())


def test_each_function_of_a_server_is_called_in_all_states():
    walk = "".join(path.read_text("utf-8") for path in ROOT.glob("tests/unit/embed/states_*.c"))
    functions = [name for name, (_, arguments) in header.functions("server.h").items()
                 if re.search(r"struct stellar_server \*+server\b", arguments[0])]
    assert len(functions) > 20
    assert not [name for name in functions if f"{name}(" not in walk and name != "stellar_module_init"]
