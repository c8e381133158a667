"""What the documentation says is what the programs do."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import play
from build import BUILD, COMPILER, SANITIZE
from daemon import BIN, Client, Daemon

ROOT = Path(__file__).parents[2]
PROTOCOL = (ROOT / "docs/protocol.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
TLS = (ROOT / "docs/tls.md").read_text("utf-8")
PARSER_H = (ROOT / "include/stellar/parser.h").read_text("utf-8")
VERSION = re.search(r'STELLAR_VERSION +"(.*)"', (ROOT / "include/stellar/version.h").read_text()).group(1)


def blocks(text, kind):
    """The fenced blocks of a kind: the line of the file where each begins, and its text."""
    pattern = rf"^```{kind}\n(.*?)^```$"
    return [(text.count("\n", 0, match.start()) + 2, match.group(1))
            for match in re.finditer(pattern, text, re.M | re.S)]


def rows(text, heading):
    """The cells of the first table after a heading, without its two head lines."""
    section = text[text.index(heading):]
    table = re.search(r"(?:^\|.*\n)+", section, re.M).group(0)
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in table.splitlines()]
    return [[cell.strip() for cell in row] for row in cells[2:]]


def entries(macro):
    """The rows of one of the header's tables, as lists of strings without quotes."""
    body = re.search(rf"#define {macro}\(XX\)((?:.*\\\n)*.*\n)", PARSER_H).group(1)
    return [re.findall(r'"([^"]*)"', row) for row in re.findall(r"XX\((.*?\")\)", body.replace("\\\n", ""))]


@pytest.fixture(name="daemons", scope="module")
def fixture_daemons(tmp_path_factory):
    running = {}

    def daemon(options):
        if options not in running:
            running[options] = Daemon(tmp_path_factory.mktemp("daemon"), *options)
        return running[options]

    yield daemon
    for started in running.values():
        started.stop()


@pytest.mark.parametrize("mode", ["whole", "bytes"])
@pytest.mark.parametrize("number, text", blocks(PROTOCOL, "session"),
                         ids=[f"line {number}" for number, _ in blocks(PROTOCOL, "session")])
def test_each_session_of_the_protocol_is_real(number, text, mode, daemons, tmp_path):
    file = tmp_path / "example.session"
    file.write_text("\n" * (number - 1) + text, "utf-8")  # so that faults name the line
    session = play.Session(file)
    if mode in session.skip:
        pytest.skip("the session says that it cannot be played so")
    play.Player(session, daemons(tuple(session.options)).address, mode).play()


def test_the_protocol_has_sessions():
    assert len(blocks(PROTOCOL, "session")) > 20


def test_the_protocol_lists_the_errors_of_the_header():
    ours = [[code, re.sub("%[12]", "…", message)] for code, message in entries("STELLAR_ERRORS")]
    assert [[cell.strip("`") for cell in row[:2]] for row in rows(PROTOCOL, "## 8. Errors")] == ours


def test_the_protocol_lists_the_verbs_of_the_header():
    listed = [[row[0].strip("`"), row[2].strip("`"), row[1]] for row in rows(PROTOCOL, "## 5. Verbs")]
    assert listed == entries("STELLAR_VERBS")


def anchors(text):
    """The anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    titles = re.findall(r"^#+ (.*)$", text, re.M)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", sorted(str(page.relative_to(ROOT)) for pattern in (
    "*.md", "docs/*.md", "docs/decisions/*.md", "fuzz/*.md", "grammar/*.md", "examples/**/*.md", "tests/**/*.md")
    for page in ROOT.glob(pattern)))
def test_links_lead_somewhere(page):
    file = ROOT / page
    for target, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)]*))?\)", file.read_text("utf-8")):
        if not target.startswith("https://"):
            leads_to = file.parent / target if target else file
            assert leads_to.exists(), target
            assert not anchor or anchor in anchors(leads_to.read_text("utf-8")), f"{target}#{anchor}"


def test_the_program_in_the_readme_is_the_example():
    assert (ROOT / "examples/embed.c").read_text("utf-8") == blocks(README, "c")[0][1]


def test_the_parser_in_the_readme_parses(tmp_path):
    program = tmp_path / "program"
    source = f"""#include <stdio.h>
#include <stellar/parser.h>
int main(void)
{{
{blocks(README, "c")[1][1]}
return 0;
}}
"""
    subprocess.run([COMPILER, *SANITIZE, "-I", ROOT / "include", "-x", "c", "-", "-x", "none",
                    BUILD / "src/parser/libstellar_parser.a", "-o", program],
                   input=source, text=True, check=True)
    done = subprocess.run([program], capture_output=True, text=True, check=True)
    assert done.stdout == re.search(r"This prints `(.*?)`", README).group(1) + "\n"


def shape(line):
    """A line without what differs from run to run."""
    line = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", line)
    line = re.sub(r"\d+\.\d+(e-\d+)?(?!\.)", "NUMBER", line.replace(VERSION, "VERSION"))
    return re.sub(r'(?<="uptime":)\d+|(?<="sleepDelta":)\d+|\d{13}', "MS", line)


class Terminal:
    """What one of the terminals in the documentation shows, starting with the welcome."""

    typed = []  # in all terminals

    def __init__(self, text, client):
        start, end = text.index('{"welcome"'), text.find("Connection closed")
        self.lines = text[start:end if end > 0 else None].splitlines()
        self.client = client

    def is_stuck(self):
        """Whether the next line brings what nobody has typed yet."""
        said = re.match(r'{"message":"(.*?)"', self.lines[0])
        return said and not any(said.group(1) in line for line in self.typed)

    def go_on(self):
        while self.lines and not self.is_stuck():
            line = self.lines.pop(0)
            if '"context":' in line:
                assert shape(self.client.read_line().decode()) == shape(line)
            else:
                self.typed.append(line)
                self.client.send(line)


@pytest.mark.parametrize("tool", ["telnet", "openssl"])
def test_the_sessions_in_the_readme_and_the_page_on_tls_are_real(tool, server, tls_server):
    secure = tool == "openssl"
    daemon = tls_server() if secure else server()
    shown = [text for _, text in blocks(README, "telnet") + blocks(TLS, "telnet") if text.startswith(f"$ {tool} ")]
    terminals = [Terminal(text, daemon.connect(tls=secure, welcome=False)) for text in shown]
    assert terminals
    while any(terminal.lines for terminal in terminals):
        before = sum(len(terminal.lines) for terminal in terminals)
        for terminal in terminals:
            terminal.go_on()
        assert sum(len(terminal.lines) for terminal in terminals) < before
    for terminal in terminals:
        assert terminal.client.read_line() is None


def shell(text):
    """The commands and the output of a transcript, run with our programs in the path."""
    for command, output in re.findall(r"^\s*\$ (.*)\n((?:\s*{.*\n)*)", text, re.M):
        done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True,
                              env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"}, check=False)
        assert done.stdout.splitlines() == [line.strip() for line in output.splitlines()]
        yield command


def test_what_stellar_parse_shows_in_the_documentation_is_real():
    manual = (ROOT / "docs/stellar-parse.1").read_text("utf-8")
    manual = manual.replace(r"\(aq", "'").replace(r"\e", "\\")
    assert len(list(shell(blocks(README, "parse")[0][1]))) == 1
    assert len(list(shell(manual))) == 2


def test_the_manual_page_of_stellar_parse_has_its_options():
    done = subprocess.run([BIN / "stellar-parse", "--help"], capture_output=True, text=True, check=True)
    manual = (ROOT / "docs/stellar-parse.1").read_text("utf-8")
    assert re.findall(r"^\.It Fl -([a-z-]+)", manual, re.M) == re.findall(r"^  --([a-z-]+)", done.stdout, re.M)


def test_the_overview_for_telnet_has_all_verbs_and_errors():
    manual = (ROOT / "docs/stellar-tcp.7").read_text("utf-8")
    verbs = {name for first, others, _ in entries("STELLAR_VERBS") for name in [first, *others.split()]}
    assert set(re.findall(r"^\.It Ic (\w+)", manual, re.M)) == verbs
    codes = [code for code, _ in entries("STELLAR_ERRORS") if code != "020"]  # never on the wire
    assert re.findall(r"^\.It (\d{3})$", manual, re.M) == codes


@pytest.mark.skipif(not shutil.which("man"), reason="man is not installed")
@pytest.mark.parametrize("page", ["docs/stellar-parse.1", "docs/stellar-tcp.7",
                                  BUILD / "man/stellard.8", *sorted(ROOT.glob("docs/man3/*.3"))])
def test_manual_pages_are_free_of_warnings(page):
    done = subprocess.run(["man", "--warnings", "-l", ROOT / page], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "100"}, check=True)
    assert done.stderr == ""
    assert "DESCRIPTION" in done.stdout


@pytest.fixture(name="options", scope="module")
def fixture_options():
    """The daemon's options and their defaults, as it prints them."""
    done = subprocess.run([BIN / "stellard", "--help"], capture_output=True, text=True, check=True)
    return dict(re.findall(r"^  --([a-z-]+).*\n(?:      .*?(?:\[(.*)\])?\n)?", done.stdout, re.M))


def test_the_page_about_options_lists_those_of_the_program(options):
    page = (ROOT / "docs/options.md").read_text("utf-8")
    listed = {match.group(1): row[1].strip("`") for row in rows(page, "| option ")
              if (match := re.match(r"`--([a-z-]+)", row[0]))}
    commands = {re.match(r"`--([a-z-]+)", row[0]).group(1): "" for row in rows(page, "| on the command line only")}
    assert listed | commands == options


def test_the_protocol_lists_the_limits_of_the_program(options):
    limits = {row[1].strip("`-"): row[2].split(":")[0] for row in rows(PROTOCOL, "## 10. Limits") if row[1]}
    assert limits.items() <= options.items()
    assert len(limits) == 21
