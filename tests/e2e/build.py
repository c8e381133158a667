"""The build under test: where it is, and how it was made."""

import re

from daemon import BIN

BUILD = BIN.parent


def cached(variable):
    match = re.search(rf"^{variable}:\w+=(.*)$", (BUILD / "CMakeCache.txt").read_text(), re.M)
    return match.group(1) if match else ""


COMPILER = cached("CMAKE_C_COMPILER")
SANITIZE = [f"-fsanitize={cached('STELLAR_SANITIZE')}"] if cached("STELLAR_SANITIZE") else []
