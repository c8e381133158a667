"""The programs in examples/, run as their readers would."""

import re
import subprocess

import pytest

from daemon import BIN, DEADLINE, Client

EXAMPLES = BIN / "examples"


@pytest.fixture(name="embed")
def fixture_embed():
    """The server of embed.c, on a port that the kernel chose."""
    process = subprocess.Popen([EXAMPLES / "embed", "0"], stdout=subprocess.PIPE, text=True)
    try:
        ready = re.fullmatch(r"ready (127\.0\.0\.1):(\d+)\n", process.stdout.readline())
        assert ready
        yield ready.group(1), int(ready.group(2))
    finally:
        process.kill()
        process.communicate()


def test_embed_greets_whom_the_param_names(embed):
    with Client(embed) as client:
        answer = client.ask('{"action":"greet","params":{"name":"wörld"}}')
        assert answer == {"hello": "wörld", "context": "response", "messageCount": 1}
        client.send("paramAdd name=telnet", "greet")
        assert client.read()["status"] == "OK"
        assert client.read()["hello"] == "telnet"


def test_embed_asks_for_the_name(embed):
    with Client(embed) as client:
        assert client.ask("greet")["error"] == {"name": "The name field is required."}


def test_embed_says_why_it_cannot_listen(embed):
    done = subprocess.run([EXAMPLES / "embed", str(embed[1])], capture_output=True, text=True,
                          timeout=DEADLINE, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "in use" in done.stderr


def test_parse_shows_commands_and_errors():
    lines = [
        b"paramAdd key=value",
        b"say defaultRoom, hello there",
        b'{"action":"greet","params":{"name":"you","times":[1, 2]}}',
        b"roomAdd",
        b"detailsView",
        b"not the end of a line",
    ]
    done = subprocess.run([EXAMPLES / "parse"], input=b"\r\n".join(lines), capture_output=True,
                          timeout=DEADLINE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == [
        "0: paramAdd key=key value=value",
        "20: say room=defaultRoom message=hello there",
        '50: action action=greet name:"you" times:[1, 2]',
        "109: error 021: A room is required",
        "118: detailsView",
    ]


def test_the_module_counts_while_others_are_served(server):
    with server("--module", EXAMPLES / "module.so").connect() as client:
        client.send('{"action":"countPrimes","params":{"below":"2000000"}}', "paramView below")
        assert client.read()["messageCount"] == 2
        assert client.read() == {"primes": 148933, "context": "response", "messageCount": 1}
        refused = client.ask('{"action":"countPrimes","params":{"below":-1}}')
        assert refused["error"] == {"below": "The below field must be from 0 to 10000000."}
