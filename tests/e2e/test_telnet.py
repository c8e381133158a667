"""A real telnet on a terminal, driven by expect."""

import os
import subprocess
from pathlib import Path

import pytest

from daemon import DEADLINE

SCRIPT = Path(__file__).with_name("telnet.exp")


# telnet does this after connecting, from its .telnetrc.
FIRST = {
    "ctrl-c-key": ["toggle localchars"],
    "options": ["send do echo", "send will naws", "send dont echo", "send wont naws"],
    "character-mode": ["mode character"],
}


@pytest.mark.parametrize("scenario", [
    "guide", "several-actions", "chat", "ctrl-c", "ctrl-c-key", "ctrl-d", "are-you-there",
    "erase", "options", "character-mode"])
def test_telnet(server, tmp_path, scenario):
    daemon = server()
    commands = "".join(f" {command}\n" for command in FIRST.get(scenario, []))
    (tmp_path / ".telnetrc").write_text("DEFAULT\n" + commands)
    run = subprocess.run(
        ["expect", "-f", SCRIPT, "127.0.0.1", str(daemon.port), scenario],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=5 * DEADLINE,
        env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "dumb", "HOME": str(tmp_path)})
    assert run.returncode == 0, (run.stdout + run.stderr).decode(errors="replace")
