"""The comparison with other servers works; its short form measures nothing, so no figure is looked at."""

import os
import shutil
import subprocess
import sys
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


def test_one_work_can_be_measured_alone():
    done = compare("--quick", "--only", "^rooms: 10$")
    assert done.returncode == 0, done.stderr
    assert [line.split("|")[1].strip() for line in done.stdout.splitlines() if line.startswith("| ")] == [
        "work", "rooms: 10", "Rooms and members, 16 outstanding", "chat, 100 members, rooms: 1",
        "chat, 100 members, rooms: 10"]


def test_who_is_measured_has_a_core_of_its_own():
    sys.path.insert(0, str(ROOT / "tests/bench"))
    from yardsticks.servers import Cores

    cores = Cores()
    assert cores.server | cores.load == cores.every == os.sched_getaffinity(0)
    assert not cores.server & cores.load or len(cores.every) == 1
    shown = subprocess.run([sys.executable, "-c", "import os; print(os.sched_getaffinity(0))"], text=True,
                           capture_output=True, check=True, preexec_fn=cores.keep(cores.server))
    assert shown.stdout.strip() == str(cores.server)


@pytest.mark.parametrize("arguments", [["--rounds", "0"], ["--seconds", "0.01"], ["--write", "--quick"],
                                       ["--write", "--only", "chat"], ["--only", "("]])
def test_what_makes_no_sense_is_refused(arguments):
    done = compare(*arguments)
    assert (done.returncode, done.stdout) == (2, "")


def test_the_readme_has_a_place_for_the_figures():
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.index("<!-- figures, by tests/bench/compare --write -->") < text.index("<!-- end of figures -->")
