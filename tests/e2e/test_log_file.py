"""--log-file, and SIGUSR1, which opens it again."""

import json
import os
import re
import resource
import signal
import subprocess

import pytest

from daemon import BIN, ENVIRONMENT, until


def wait_for(path, text):
    until(lambda: path.exists() and text in path.read_text(), f"{path} does not say {text!r}")


def test_the_log_is_appended_to_the_file(server, tmp_path):
    log = tmp_path / "log"
    log.write_text("before\n")
    daemon = server("--log-file", log, "--log-level", "debug")
    daemon.connect().close()
    wait_for(log, "disconnected")
    assert log.read_text().startswith("before\n")
    assert daemon.log() == ""


def test_sigusr1_goes_on_in_a_new_file(server, tmp_path):
    log, old = tmp_path / "log", tmp_path / "old"
    daemon = server("--log-file", log, "--log-level", "debug")
    daemon.connect().close()
    wait_for(log, "disconnected")
    log.rename(old)
    before = old.read_text()
    daemon.signal(signal.SIGUSR1)
    wait_for(log, " info the log goes on here\n")
    daemon.connect().close()
    wait_for(log, "disconnected")
    assert old.read_text() == before


@pytest.mark.parametrize("make, why", [(os.mkdir, "Is a directory"), (os.mkfifo, "is a FIFO that nobody reads")])
def test_a_file_that_cannot_be_opened_leaves_the_log_where_it_is(server, tmp_path, make, why):
    log, old = tmp_path / "log", tmp_path / "old"
    daemon = server("--log-file", log)
    log.rename(old)
    make(log)
    daemon.signal(signal.SIGUSR1)
    wait_for(daemon.log_path, "\n")
    said = f" error --log-file: '{log}': {why}; the log stays where it is\n"
    assert old.read_text().endswith(said)
    assert daemon.log().endswith(said)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_folder_that_is_gone_is_told_on_standard_error(server, tmp_path, form):
    folder = tmp_path / "logs"
    folder.mkdir()
    daemon = server("--log-file", folder / "log", "--log-format", form)
    (folder / "log").unlink()
    folder.rmdir()
    daemon.signal(signal.SIGUSR1)
    wait_for(daemon.log_path, f"--log-file: '{folder}/log': No such file or directory; the log stays where it is")
    daemon.signal(signal.SIGUSR2)
    folder.mkdir()
    daemon.signal(signal.SIGUSR1)
    wait_for(folder / "log", "the log goes on here")
    assert daemon.log().count("\n") == 1, "only what concerns the log is told there"
    if form == "json":
        assert json.loads(daemon.log())["level"] == "error"


def test_without_a_file_sigusr1_changes_nothing(server):
    daemon = server()
    daemon.signal(signal.SIGUSR1)
    daemon.until_logged("there is no log file to be opened anew")


def test_a_file_that_cannot_be_opened_at_the_start_is_told(tmp_path):
    done = subprocess.run([BIN / "stellard", "--port", "0", "--log-file", tmp_path / "no/log"], env=ENVIRONMENT,
                          capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == f"stellard: --log-file: '{tmp_path}/no/log': No such file or directory\n"


def test_a_full_disk_stops_nobody_and_is_told_once_when_there_is_room(server, tmp_path):
    log = tmp_path / "log"
    log.symlink_to("/dev/full")
    daemon = server("--log-file", log, "--log-level", "debug")
    for _ in range(5):
        with daemon.connect() as client:
            assert client.ask("paramsView")["status"] == "OK"
    wait_for(daemon.log_path, "\n")
    assert re.fullmatch(rf"\S+ error --log-file: '{log}': No space left on device; lines of the log are lost\n",
                        daemon.log())
    log.unlink()
    daemon.signal(signal.SIGUSR1)
    wait_for(log, "the log goes on here")
    daemon.connect().close()
    wait_for(log, "disconnected")
    lines = log.read_text().splitlines()
    assert re.fullmatch(r"\S+ warning [0-9]+ lines of the log were lost", lines[0])
    assert sum("were lost" in line for line in lines) == 1


def test_a_line_that_is_cut_by_a_full_disk_is_not_continued_by_the_next(server, tmp_path):
    log = tmp_path / "log"

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))

    daemon = server("--log-file", log, "--log-level", "debug", preexec=small_files)
    while log.stat().st_size < 1000:
        daemon.connect().close()
    assert not log.read_text().endswith("\n") or log.stat().st_size == 1000
    resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (1000000, resource.RLIM_INFINITY))
    daemon.connect().close()
    wait_for(log, "lines of the log were lost\n")
    cut = log.read_text()[:1000].splitlines()[-1]
    for line in log.read_text().splitlines():
        assert line == cut or re.match(r"\d{4}-\d\d-\d\dT\S+Z (debug|info|warning) ", line), line
        assert len(re.findall(r"\d{4}-\d\d-\d\dT", line)) <= 1
