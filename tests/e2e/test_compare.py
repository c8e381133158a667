"""The comparison with other servers works; its short form measures nothing, so no figure is looked at."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(os.environ["STELLAR_BIN"])

pytestmark = pytest.mark.skipif(bool(os.environ.get("STELLAR_SANITIZE")), reason="figures of such a build mean nothing")


def compare(*arguments):
    return subprocess.run([ROOT / "tests/bench/compare", "--build", BIN.parent, *map(str, arguments)],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=280, check=False)


def test_each_section_is_measured_and_what_is_missing_is_named(tmp_path):
    done = compare("--quick", "--folder", tmp_path)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "benchmarks.md").read_text("utf-8")
    for row in ("| stellard, `paramView k` |", "| stellard, `paramView k`, 50 × 16 |", "| stellard, full handshake |",
                "| bare fan-out, 10 members, 16 outstanding |", "| chat, 100 members × 16, loops: 8 |",
                "| `paramView k`, 20 idle connections |", "| stellard, 100 in a room |", "| chat, members: 10 |",
                "| during a handshake storm |"):
        assert row in page, row
    for program, row in (("redis-server", "Redis"), ("nats-server", "NATS"), ("memcached", "memcached")):
        installed = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
        assert (f"| {row}" in page) == bool(installed), program
        assert (program in page.partition("left out:")[2].partition("\n")[0]) == (not installed), program
    assert (tmp_path / "benchmarks.svg").exists() == bool(shutil.which("gnuplot"))


@pytest.mark.parametrize("arguments", [["--rounds", "0"], ["--seconds", "0.01"], ["--write", "--quick"]])
def test_what_makes_no_sense_is_refused(arguments):
    done = compare(*arguments)
    assert (done.returncode, done.stdout) == (2, "")


def test_the_readme_has_a_place_for_the_figures():
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.index("<!-- figures, by tests/bench/compare --write -->") < text.index("<!-- end of figures -->")
