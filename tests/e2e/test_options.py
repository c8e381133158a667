"""Each option of the daemon: its default and its bounds are those of the table, and a reload does with it what the table says.
Which options there are is read from the tables themselves."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from daemon import BIN, DEADLINE, ENVIRONMENT, Daemon, until

sys.path.insert(0, str(Path(__file__).parents[1] / "tables"))
from observe import CASES  # noqa: E402
from tables import Tree  # noqa: E402

ROWS = [option for option in Tree(Path(__file__).parents[2]).settings if option.name]
NUMBERS = [option for option in ROWS if option.type == "NUMBER"]


def name_of(option):
    return option.name


def stellard(*arguments):
    return subprocess.run([BIN / "stellard", *arguments], env=ENVIRONMENT, capture_output=True, text=True,
                          timeout=DEADLINE, check=False)


def value_at(config, path):
    for key in path.split("."):
        config = config[key]
    return config


@pytest.mark.parametrize("option", ROWS, ids=name_of)
def test_the_default_is_that_of_the_table(option):
    value = value_at(json.loads(stellard("--print-config").stdout), option.path)
    if option.type == "NUMBER":
        assert value == int(option.default)
    elif option.type == "SWITCH":
        assert value is (option.default == "true")
    elif option.type == "CHOICE":
        assert value in option.argument.split("|")
    elif option.type in ("ROOMS", "MODULES"):
        assert list(value) == [item for item in option.default.split(",") if item]
    else:
        assert value == (option.default and option.default.replace(r"\n", "\n"))


@pytest.mark.parametrize("option", NUMBERS, ids=name_of)
def test_the_bounds_are_those_of_the_table(option):
    least, most = int(option.least), int(option.most)
    for value in least, most:
        assert stellard(f"--{option.name}={value}", "--print-config").returncode in (0, 2)  # another option may mind
        assert "expected a number" not in stellard(f"--{option.name}={value}", "--print-config").stderr
    for value in least - 1, most + 1:
        said = stellard(f"--{option.name}={value}", "--print-config")
        assert said.stderr == f"stellard: --{option.name}: '{value}': expected a number from {least} to {most}\n"


class Observed:
    """A daemon whose file gives an option one value, and then another."""

    def __init__(self, folder, option, case):
        def settle(value):
            return value(folder) if callable(value) else value

        self.folder, self.option, self.change = folder, option, case.change
        self.extra = {path: settle(value) for path, value in case.extra.items()}
        self.values = [settle(case.before), settle(case.after)]
        self.write(self.values[0])
        self.daemon = Daemon(folder, "--config", folder / "config.json", defaults=())
        self.daemon.folder, self.daemon.values = folder, self.values
        self.daemon.metrics_port = self.extra.get("servers.metrics.port")
        self.daemon.logs = lambda: [folder / "before", folder / "after", folder / "stderr"]
        if option.name == "log-file":
            self.daemon.log_path = folder / "before"

    def write(self, value):
        config = {}
        settings = {"servers.tcp.port": 0, "general.modules": ["demo"], **self.extra}
        if value is not None:
            settings[self.option.path] = value
        for path, each in settings.items():
            *sections, key = path.split(".")
            inner = config
            for section in sections:
                inner = inner.setdefault(section, {})
            inner[key] = each
        (self.folder / "new.json").write_text(json.dumps(config))
        (self.folder / "new.json").replace(self.folder / "config.json")

    def reload(self):
        if self.change:
            self.change(self.folder)
        self.write(self.values[1])
        return self.daemon.reload()


@pytest.fixture(name="observed")
def fixture_observed(tmp_path):
    started = []

    def start(option):
        started.append(Observed(tmp_path, option, CASES[option.name]))
        return started[0]

    yield start
    for each in started:
        each.daemon.stop()


@pytest.mark.parametrize("option", ROWS, ids=name_of)
def test_a_reload_does_what_the_table_says(observed, option):
    watched = observed(option)
    observe = CASES[option.name].observe
    before, after = watched.values
    if before is not None:
        until(lambda: observe(watched.daemon) == before, f"the value is not {before!r} at first")
    said = watched.reload()
    assert "reload: done\n" in said
    warnings = re.findall(r" warning reload: (\S+) has changed, but needs a restart\n", said)
    if option.rule == "RESTART":
        assert warnings == [option.path]
        assert observe(watched.daemon) == before
    else:
        assert warnings == []
        until(lambda: observe(watched.daemon) == after, f"the value does not become {after!r}")
