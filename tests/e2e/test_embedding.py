"""What docs/embedding.md shows is what happens."""

import re
import subprocess
from pathlib import Path

import pytest

from build import BUILD, COMPILER, SANITIZE
from daemon import DEADLINE

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/embedding.md").read_text("utf-8")
SHOWN = re.findall(r"^```c\n(.*?)^```\n(.*?)^```output\n(.*?)^```$", PAGE, re.M | re.S)
PRELUDE = "#include <pthread.h>\n#include <stdlib.h>\n" + SHOWN[0][0].split("int main")[0]


def program(snippet):
    if snippet.startswith("#include"):
        return snippet
    if "int main" in snippet:
        return PRELUDE + snippet
    return f"{PRELUDE}int main(void)\n{{\n{snippet}return 0;\n}}\n"


def test_every_snippet_has_its_output():
    assert len(SHOWN) == PAGE.count("```c\n") == PAGE.count("```output\n") > 9
    assert not any("```c\n" in between for _, between, _ in SHOWN)


@pytest.mark.parametrize("number", range(len(SHOWN)))
def test_each_snippet_prints_what_is_shown(number, tmp_path):
    snippet, _, output = SHOWN[number]
    # The name of the two files; here it includes the library as it was built.
    (tmp_path / "stellar_parser.h").write_text("#include <stellar/parser.h>\n")
    binary = tmp_path / "program"
    subprocess.run([COMPILER, *SANITIZE, "-std=c11", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function",
                    "-I", tmp_path, "-I", ROOT / "include", "-x", "c", "-", "-x", "none",
                    BUILD / "src/parser/libstellar_parser.a", "-pthread", "-o", binary],
                   input=program(snippet), text=True, check=True)
    done = subprocess.run([binary], capture_output=True, timeout=DEADLINE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == output
