"""docs/grammar.abnf and the parser are two descriptions of one language."""

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from daemon import BIN, DEADLINE

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "grammar"))

from abnf import Grammar  # noqa: E402, the folder must be known first

GRAMMAR = Grammar((ROOT / "docs/grammar.abnf").read_text("ascii"))
FIELDS = {"key-argument": "key", "set-key-argument": "key", "value-argument": "value",
          "set-value-argument": "value", "room-argument": "room", "said-room-argument": "room",
          "message-argument": "message", "near-message-argument": "message", "action-name": "action"}
NAMES = {"quit": "quit", "param-add": "paramAdd", "param-view": "paramView", "param-delete": "paramDelete",
         "params-view": "paramsView", "params-delete": "paramsDelete", "details-view": "detailsView",
         "room-add": "roomAdd", "room-leave": "roomLeave", "room-view": "roomView", "say": "say",
         "action": "action", "call": "action"}
EXCEPTIONS = {"verb-name", "marked"}  # only ever what something is not
MARK = b"\xef\xbb\xbf"


def parse(lines):
    """What stellar-parse says of each line: an object, or None where it says nothing."""
    done = subprocess.run([BIN / "stellar-parse"], input=b"".join(line + b"\n" for line in lines),
                          capture_output=True, timeout=DEADLINE, check=False)
    assert done.returncode in (0, 1) and done.stderr == b""
    at = {}
    for said in map(json.loads, done.stdout.splitlines()):
        at.setdefault(said["offset"], said)
    offset, answers = 0, []
    for line in lines:
        answers.append(at.get(offset))
        offset += len(line) + 1
    return answers


def understood(derivation):
    """What the parser must say of a line, offset and length aside; None where it must say 003."""
    names = [name for name, *_ in derivation.parts]
    said = {"command": next(NAMES[name] for name in names if name in NAMES)}
    for rule, field in FIELDS.items():
        for text in derivation.named(rule):
            said[field] = text.decode()
    if "call" in names:
        call = json.loads(derivation.named("object")[0])
        for name, kind in (("action", str), ("params", dict)):
            if name in call:
                said[name] = call[name]
                if not isinstance(call[name], kind):
                    return None
    return said


def derive(seed, count):
    chance = random.Random(seed)
    return [GRAMMAR.derive("line", chance) for _ in range(count)]


@pytest.mark.parametrize("seed", range(4))
def test_what_the_grammar_derives_is_understood_as_it_says(seed):
    derivations = derive(seed, 1500)
    for derivation, said in zip(derivations, parse([bytes(each.text) for each in derivations]), strict=True):
        expected = understood(derivation)
        assert said, derivation.text
        if expected is None:
            assert said["error"] == "003", derivation.text
        else:
            assert {key: said[key] for key in said if key not in ("offset", "length")} == expected, derivation.text


def test_every_rule_is_met():
    met = {name for derivation in derive(0, 4000) for name, *_ in derivation.parts}
    framing = {"stream", "line-end", "blank", "goodbye", "cr", "lf", "crlf", "foreign", "request", "method", "token",
               "version", "proxy-line", "other"}
    assert met >= GRAMMAR.rules.keys() - framing - EXCEPTIONS
    for start in ("stream", "foreign"):
        met |= {name for _ in range(60) for name, *_ in GRAMMAR.derive(start, random.Random(_)).parts}
    assert met >= GRAMMAR.rules.keys() - EXCEPTIONS


def mutate(chance, line):
    """The line with a few bytes changed, in ways that are likely to matter."""
    line = bytearray(line)
    for _ in range(chance.randint(1, 2)):
        at, to = sorted(chance.randint(0, len(line)) for _ in range(2))
        change = chance.randrange(7)
        if change == 0:
            del line[at:to]
        elif change == 1:
            del line[at:]
        elif change == 2:
            line[at:at] = bytes([chance.choice(b' \t=,{}[]":\\aDu0\x00\x04\x80\xc3\xff')])
        elif change == 3:
            line[at:at + 1] = bytes([chance.randrange(256)])
        elif change == 4:
            del line[at:at + 1]
        elif change == 5:
            at = chance.choice([0, 0, at])
            line[at:at] = MARK[:chance.randint(1, 3)]
        else:
            line[to:to] = line[at:to]
    return bytes(line).replace(b"\n", b"").replace(b"\r", b"")


@pytest.mark.parametrize("seed", range(4))
def test_what_the_grammar_does_not_derive_is_an_error(seed):
    chance = random.Random(seed)
    lines = [mutate(chance, each.text) for each in derive(seed + 100, 5000)]
    refused = 0
    for line, said in zip(lines, parse(lines), strict=True):
        if line.startswith(b"\x04"):
            assert said["control"] == "goodbye", line
        elif not line.removeprefix(MARK).strip(b" \t"):
            assert said is None, line
        elif GRAMMAR.derives("line", line):
            assert "command" in said or said["error"] == "003", line
        else:
            refused += 1
            assert "error" in said, line
    assert refused > 1000


def test_the_verbs_are_those_of_the_header():
    header = (ROOT / "include/stellar/parser.h").read_text("utf-8")
    table = re.search(r"#define STELLAR_VERBS\(XX\)(?:.*\\\n)*.*\n", header).group(0)
    names = {name for first, others in re.findall(r'XX\(\w+, \w+, "([^"]*)", "([^"]*)"', table)
             for name in [first, *others.split()]}
    for name in names:
        assert GRAMMAR.derives("verb-name", name.encode())
    text = (ROOT / "docs/grammar.abnf").read_text("ascii")
    others = {"true", "false", "null", "TCP4", "TCP6", "UNKNOWN"}
    assert set(re.findall(r'%s"(\w{3,})"', text)) - others == names


def shown(stream):
    done = subprocess.run([BIN / "stellar-parse"], input=stream, capture_output=True, timeout=DEADLINE, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_streams_of_other_protocols_are_told_with_their_last_byte():
    chance = random.Random(0)
    for _ in range(150):
        beginning = bytes(GRAMMAR.derive("foreign", chance).text)
        assert shown(beginning[:-1]) == [], beginning
        said = shown(beginning + b"\nquit\n")
        assert [each["foreign"] in ("HTTP", "RTSP", "SIP", "TLS", "PROXY") for each in said] == [True], beginning
