"""stellard as a program: options, exit codes, what it prints, its log and its signals.

The effect of settings on a session is not tested here. The environment variable STELLAR_BIN
names the folder of the program.
"""

import json
import os
import re
import resource
import select
import signal
import socket
import subprocess

import pytest

from build import COMPILER

HEADERS = os.path.join(os.path.dirname(__file__), "../../include")
PROGRAM = os.path.join(os.environ["STELLAR_BIN"], "stellard")
LIMIT = 20  # seconds after which something has gone wrong
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


def environment(**variables):
    """The environment without our settings, and with some."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("STELLAR")}
    return {**clean, **variables}


def run(*arguments, env=None, **options):
    return subprocess.run(
        [PROGRAM, *arguments],
        env=environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        capture_output="stdout" not in options,
        text=True,
        timeout=LIMIT,
        check=False,
        **options,
    )


@pytest.fixture(name="start")
def fixture_start():
    """Starts daemons, waits until they are ready, and ends those that are left."""
    started = []

    def start(*arguments, env=None, **options):
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        process = subprocess.Popen(
            [PROGRAM, "--port", "0", *arguments]
            if "--unix" not in arguments
            else [PROGRAM, *arguments],
            env=environment(**(env or {})),
            stdin=subprocess.DEVNULL,
            text=True,
            **streams,
        )
        started.append(process)
        if streams["stdout"] == subprocess.PIPE:
            assert select.select([process.stdout], [], [], LIMIT)[0]
            process.ready = process.stdout.readline()
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def stop(process, number=signal.SIGTERM):
    """Ends a daemon; returns its exit code and the rest of both outputs."""
    process.send_signal(number)
    rest, log = process.communicate(timeout=LIMIT)
    return process.returncode, rest, log


def test_help_names_all_options_and_goes_to_standard_output():
    done = run("--help")
    assert done.returncode == 0 and done.stderr == ""
    for option in (
        "config port bind-ip unix module tls-cert tls-key delimiter max-data-length "
        "set-keep-alive welcome-message goodbye-message room simultaneous-actions "
        "action-timeout shutdown-limit max-connections id threads log-level log-format "
        "print-config check-config version help"
    ).split():
        assert re.search(rf"^  --{option}\b", done.stdout, re.M), option


def test_version_goes_to_standard_output():
    done = run("--version")
    assert done.returncode == 0 and done.stderr == ""
    assert re.fullmatch(r"stellard \d+\.\d+\.\d+\n", done.stdout)


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--port", "70000"], "--port: '70000': expected a number from 0 to 65535"),
        (["--prt", "1"], "--prt: unknown or ambiguous option (known: stellard --help)"),
        (["--bind-ip", "x"], "--bind-ip: 'x': expected an IPv4 or IPv6 address"),
        (["--config", "/nonexistent"], "--config: '/nonexistent': No such file or directory"),
        (["--log-level", "\x1b[31m"], "--log-level: '\\x1b[31m': expected debug, info, "
         "warning or error"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, message):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"stellard: {message}\n"


def test_a_bad_variable_is_refused():
    done = run(env={"STELLAR_THREADS": "many"})
    assert done.returncode == 2
    assert done.stderr == (
        "stellard: STELLAR_THREADS: 'many': expected a number from 1 to 1024\n"
    )


@pytest.mark.parametrize(
    "file, why",
    [
        ("", "expected the path of a file"),
        ("/nonexistent", "No such file or directory"),
        ("/", "is a directory; expected a regular file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_what_names_it(file, why):
    for place, done in (
        ("--config", run("--config", file)),
        ("STELLAR_CONFIG", run(env={"STELLAR_CONFIG": file})),
    ):
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"stellard: {place}: '{file}': {why}\n"


def test_a_bad_file_is_refused_with_line_and_column(tmp_path):
    file = tmp_path / "config.json"
    file.write_text('{"servers":\n  {"tcp":\n   {"prt": 1}}}')
    done = run("--config", str(file))
    assert done.returncode == 2
    assert done.stderr.startswith(
        f"stellard: {file}: line 3, column 5: servers.tcp.prt: unknown key (known: "
    )


def test_printed_settings_are_a_file_that_prints_the_same(tmp_path):
    file = tmp_path / "config.json"
    first = run("--print-config", "--port", "1", "--room", "\u00e9", "--delimiter", "^]")
    file.write_text(first.stdout)
    again = run("--config", str(file), "--print-config")
    assert (first.returncode, again.returncode) == (0, 0)
    assert first.stdout == again.stdout
    tcp = json.loads(first.stdout)["servers"]["tcp"]
    assert (tcp["port"], tcp["delimiter"]) == (1, "^]")


def test_the_file_is_found_through_the_environment(tmp_path):
    file = tmp_path / "config.json"
    file.write_text('{"general":{"id":"from the file"}}')
    done = run("--print-config", env={"STELLAR_CONFIG": str(file)})
    assert json.loads(done.stdout)["general"]["id"] == "from the file"


def test_a_good_configuration_is_told_so():
    done = run("--check-config", "--module", "demo")
    assert (done.returncode, done.stdout, done.stderr) == (0, "configuration ok\n", "")


def test_a_check_does_not_listen():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert run("--check-config", "--port", port).returncode == 0


def make_folder(path):
    """A folder with one of each kind of thing in it."""
    (path / "file").write_text("precious")
    (path / "folder").mkdir()
    (path / "lost").symlink_to(path / "nowhere" / "x")
    (path / "loop").symlink_to(path / "loop")
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(path / "socket"))


def tree(path):
    return {file: file.is_symlink() or file.is_dir() or file.is_socket() or file.read_text()
            for file in path.rglob("*")}


NO_FOLDER = "No such file or directory"
METRICS = "metrics: cannot listen on {} port 5999: the same address and port as the server"
COLLISION = "--metrics-port: " + METRICS
NOT_OURS = "cannot listen on {} port 5999: address not available"


# @ is a folder with things in it.
@pytest.mark.parametrize(
    "arguments, message",
    [
        ("--log-file @/no/x.log", "--log-file: '@/no/x.log': " + NO_FOLDER),
        ("--log-file @/file/x.log", "--log-file: '@/file/x.log': Not a directory"),
        ("--log-file @/folder", "--log-file: '@/folder': Is a directory"),
        ("--log-file @/new/", "--log-file: '@/new/': Is a directory"),
        ("--log-file @/lost", "--log-file: '@/lost': " + NO_FOLDER),
        ("--log-file @/loop", "--log-file: '@/loop': Too many levels of symbolic links"),
        ("--log-file @/socket", "--log-file: '@/socket': is a socket"),
        ("--unix @/file", "--unix: cannot listen on @/file: not a socket"),
        ("--unix @/folder", "--unix: cannot listen on @/folder: not a socket"),
        ("--unix @/lost", "--unix: cannot listen on @/lost: not a socket"),
        ("--unix @/no/x", "--unix: cannot listen on @/no/x: no such file or directory"),
        ("--unix @/file/x", "--unix: cannot listen on @/file/x: not a directory"),
        ("--unix @/new --log-file @/folder/../new",
         "--unix: cannot listen on @/new: the log file is to be there"),
        ("--port 5999 --metrics-port 5999", COLLISION.format("127.0.0.1")),
        ("--port 5999 --metrics-port 5999 --metrics-ip 0.0.0.0", COLLISION.format("0.0.0.0")),
        ("--port 5999 --metrics-port 5999 --metrics-ip ::", COLLISION.format("::")),
        ("--port 5999 --metrics-port 5999 --bind-ip 0.0.0.0", COLLISION.format("127.0.0.1")),
        ("--port 5999 --metrics-port 5999 --bind-ip :: --metrics-ip ::1", COLLISION.format("::1")),
        ("--port 5999 --metrics-port 5999 --bind-ip ::ffff:127.0.0.1", COLLISION.format("127.0.0.1")),
        ("--port 5999 --bind-ip 192.0.2.1", "--bind-ip: " + NOT_OURS.format("192.0.2.1")),
        ("--port 5999 --bind-ip 2001:db8::1", "--bind-ip: " + NOT_OURS.format("2001:db8::1")),
        ("--port 5999 --bind-ip ff02::1", "--bind-ip: cannot listen on ff02::1 port 5999: invalid argument"),
        ("--unix @/new --metrics-port 5999 --metrics-ip 192.0.2.1",
         "--metrics-ip: metrics: " + NOT_OURS.format("192.0.2.1")),
        ("--tls-cert @/no --tls-key @/file", "--tls-cert: @/no: " + NO_FOLDER),
        ("--tls-cert @/file --tls-key @/file", "--tls-cert, --tls-key: @/file: is not a PEM file"),
        ("--output-hard-limit 1000",
         "--output-hard-limit: '1000': expected no less than the soft limit, 262144"),
    ],
)
def test_a_check_and_a_start_say_the_same(tmp_path, arguments, message):
    make_folder(tmp_path)
    before = tree(tmp_path)
    arguments = arguments.replace("@", str(tmp_path)).split()
    for task in ["--check-config"], []:
        done = run(*arguments, *task)
        assert done.stderr == f"stellard: {message.replace('@', str(tmp_path))}\n"
        assert (done.returncode, done.stdout) == (2, "")
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    "arguments",
    [
        "--log-file @/new.log", "--log-file @/file", "--log-file @/found", "--log-file /dev/null",
        "--unix @/new", "--unix @/socket", "--unix @/new --port 5999 --metrics-port 5999",
        "--port 5999 --metrics-port 5999 --metrics-ip 127.0.0.2", "--port 5999 --metrics-port 5998",
        "--port 5999 --metrics-port 5999 --metrics-ip ::1", "--port 0 --metrics-port 5999",
        "--max-memory 1073741824",
    ],
)
def test_a_check_finds_nothing_wrong_and_makes_nothing(tmp_path, arguments):
    make_folder(tmp_path)
    (tmp_path / "found").symlink_to(tmp_path / "folder" / "new.log")
    before = tree(tmp_path)
    environment_ = {}
    if "--port" in arguments and "--unix" in arguments:  # of both, the command line wins
        environment_, arguments = {"STELLAR_PORT": "5999"}, arguments.replace("--port 5999 ", "")
    done = run("--check-config", *arguments.replace("@", str(tmp_path)).split(), env=environment_)
    assert (done.returncode, done.stdout, done.stderr) == (0, "configuration ok\n", "")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("task", [["--check-config"], []])
def test_a_setting_is_named_as_it_was_given(tmp_path, task):
    file = tmp_path / "a.json"
    log, socket_ = tmp_path / "no" / "log", tmp_path / "no" / "socket"
    port = '{"servers":{\n "metrics":{"port":5999}}}'
    for arguments, variables, text, message in (
        ([], {"STELLAR_LOG_FILE": str(log)}, "{}", f"STELLAR_LOG_FILE: '{log}': {NO_FOLDER}"),
        ([], {}, '{"logger":\n{"file":"%s"}}' % log,
         f"{file}: line 2, column 9: logger.file: '{log}': {NO_FOLDER}"),
        ([], {"STELLAR_UNIX": str(socket_)}, "{}",
         f"STELLAR_UNIX: cannot listen on {socket_}: no such file or directory"),
        (["--port", "5999"], {}, port,
         f"{file}: line 2, column 20: servers.metrics.port: " + METRICS.format("127.0.0.1")),
        ([], {"STELLAR_BIND_IP": "192.0.2.1", "STELLAR_PORT": "5999"}, "{}",
         "STELLAR_BIND_IP: " + NOT_OURS.format("192.0.2.1")),
        ([], {"STELLAR_TLS_KEY": "/dev/null"}, '{"servers":{"tcp":{"serverOptions":{"cert":"%s"}}}}' % log,
         f"{file}: line 1, column 44: servers.tcp.serverOptions.cert: {log}: {NO_FOLDER}"),
        (["--config", str(file)], {}, '{"general":{"startingChatRooms":\n["a",\n"a"]}}',
         f"{file}: line 3, column 1: general.startingChatRooms: 'a': expected each room only once"),
    ):
        file.write_text(text)
        done = run(*arguments, *task, env={"STELLAR_CONFIG": str(file), **variables})
        assert done.stderr == f"stellard: {message}\n"
        assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.skipif(os.geteuid() != 0, reason="gives its rights away")
@pytest.mark.parametrize(
    "arguments, why",
    [
        ("--log-file @/x.log", "--log-file: '@/x.log': Permission denied"),
        ("--log-file @/theirs", "--log-file: '@/theirs': Permission denied"),
        ("--log-file @/pipe", "--log-file: '@/pipe': Permission denied"),
        ("--unix @/x", "--unix: cannot listen on @/x: permission denied"),
        ("--port 1", "--port: cannot listen on 127.0.0.1 port 1: permission denied"),
        ("--metrics-port 1", "--metrics-port: metrics: cannot listen on 127.0.0.1 port 1: permission denied"),
        ("--unix @/socket", "--unix: cannot listen on @/socket: permission denied"),
        ("--tls-cert @/theirs --tls-key @/theirs", "--tls-cert, --tls-key: @/theirs: Permission denied"),
    ],
)
def test_rights_that_are_missing_are_found_by_the_check(tmp_path, arguments, why):
    with open("/proc/sys/net/ipv4/ip_unprivileged_port_start", encoding="ascii") as first:
        if "port 1" in arguments and int(first.read()) <= 1:
            pytest.skip("every port is for everybody here")
    (tmp_path / "theirs").write_text("")
    (tmp_path / "theirs").chmod(0o400)
    os.mkfifo(tmp_path / "pipe", 0o400)
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(tmp_path / "socket"))
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(0o755)
    for task in ["--check-config"], []:
        try:
            done = run(*arguments.replace("@", str(tmp_path)).split(), *task, user=65534, group=65534)
        except PermissionError:
            pytest.skip("the program is not for everybody")
        assert done.stderr == f"stellard: {why.replace('@', str(tmp_path))}\n"
        assert done.returncode == 2


def test_a_check_is_not_noticed_by_who_reads_the_log(tmp_path):
    os.mkfifo(tmp_path / "log")
    reader = os.open(tmp_path / "log", os.O_RDONLY | os.O_NONBLOCK)
    assert run("--check-config", "--log-file", str(tmp_path / "log")).returncode == 0
    poll = select.poll()
    poll.register(reader)
    assert poll.poll(0) == []  # nobody has written, and nobody has closed
    os.close(reader)


@pytest.mark.parametrize("options", [[], ["--threads", "3"], ["--room", "a" * 5000]])
def test_too_little_memory_is_told_with_the_least_that_does(start, options):
    for task in ["--check-config"], []:
        done = run("--max-memory", "10", *options, *task)
        found = re.fullmatch(
            r"stellard: --max-memory: '10': expected no less than (\d+), which the server takes with one "
            r"client, or 0 for no limit\n", done.stderr)
        assert found and (done.returncode, done.stdout) == (2, "")
    least = int(found.group(1))
    assert run("--check-config", "--max-memory", str(least - 1), *options).stderr == (
        done.stderr.replace("'10'", f"'{least - 1}'"))
    process = start("--max-memory", str(least), *options)
    address = process.ready.split()[1].rsplit(":", 1)
    with socket.create_connection((address[0], int(address[1]))) as client:
        lines = client.makefile("rw", newline="\r\n")
        assert "welcome" in lines.readline()
        lines.write(f"roomAdd {options[1] if '--room' in options else 'defaultRoom'}\r\n")
        lines.flush()
        assert '"data":true' in lines.readline()
    assert stop(process)[0] == 0


def test_a_check_warns_of_what_it_ignores():
    done = run("--check-config", env={"STELLAR_PRT": "1"})
    assert (done.returncode, done.stdout) == (0, "configuration ok\n")
    assert re.fullmatch(
        rf"{TIME} warning STELLAR_PRT in the environment is no setting and is ignored\n", done.stderr)


@pytest.mark.parametrize("task", [[], ["--check-config"]])
def test_a_module_that_is_not_there_is_told(task):
    done = run("--module", "nothing", *task)
    assert done.returncode == 2
    assert done.stderr.startswith("stellard: --module: 'nothing': not found; looked for /")
    done = run("--module", "./nothing.so", *task)
    assert done.returncode == 2
    assert done.stderr == "stellard: --module: './nothing.so': No such file or directory\n"
    done = run(*task, env={"STELLAR_MODULE": "demo,./nothing.so"})
    assert done.stderr == "stellard: STELLAR_MODULE: './nothing.so': No such file or directory\n"


def test_a_module_that_is_none_is_told(tmp_path):
    file = tmp_path / "text.so"
    file.write_text("no shared object")
    done = run("--check-config", "--module", str(file))
    assert done.returncode == 2
    assert done.stderr.startswith(f"stellard: --module: '{file}': {file}: ")


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_a_module_that_is_no_file_is_told(tmp_path, make):
    make(tmp_path / "module.so")
    done = run("--check-config", "--module", str(tmp_path / "module.so"))
    assert done.returncode == 2
    assert done.stderr == (
        f"stellard: --module: '{tmp_path}/module.so': {tmp_path}/module.so is not a file\n")


INIT = """
#include "stellar/server.h"
#include <stdio.h>
#include <string.h>
int stellar_module_init(struct stellar_server *server, char *error, size_t capacity)
{ (void)server; (void)error; (void)capacity; %s }
"""
NO_FUNCTION = "stellar_module_init in @ is not a function"
LABEL = """
__asm__(".section %s\\n.globl stellar_module_init\\n%s\\nstellar_module_init: .long 1, 2, 3, 4\\n.text");
"""


@pytest.mark.parametrize(
    "source, reason",
    [
        ("", "@ exports no stellar_module_init()"),
        ("static int stellar_module_init(void) { return 0; } int use(void) { return stellar_module_init(); }",
         "@ exports no stellar_module_init()"),
        ("int stellar_module_init = 1;", NO_FUNCTION),
        ("int stellar_module_init;", NO_FUNCTION),
        ("const int stellar_module_init = 1;", NO_FUNCTION),
        ("__thread int stellar_module_init = 1;", NO_FUNCTION),
        ("static void f(void) {} void (*stellar_module_init)(void) = f;", NO_FUNCTION),
        (LABEL % (".data", ""), NO_FUNCTION),
        (LABEL % (".rodata", ""), NO_FUNCTION),
        (LABEL % (".rodata", ".type stellar_module_init, %function"), NO_FUNCTION),
        (INIT % "memset(error, 'x', capacity); return -2;", "x" * 256),
        (INIT % "return -1;", "stellar_module_init() returned -1: out of memory"),
        (INIT % "return 7;", "stellar_module_init() returned 7: unknown status"),
        (INIT % 'snprintf(error, capacity, " \\n"); return -3;',
         "stellar_module_init() returned -3: already exists"),
        (INIT % 'snprintf(error, capacity, "no licence\\n"); return -5;', "no licence"),
        (INIT % 'snprintf(error, capacity, "two\\nlines\\x1b"); return -5;', r"two\nlines\x1b"),
    ],
)
def test_a_module_that_fails_is_told(tmp_path, source, reason):
    module = tmp_path / "module.so"
    subprocess.run(
        [COMPILER, "-shared", "-fPIC", "-DSTELLAR_API=", f"-I{HEADERS}", "-x", "c", "-", "-o", module],
        input=source, text=True, check=True, capture_output=True)
    for task in ["--check-config"], []:
        done = run("--module", str(module), *task)
        assert done.stderr == f"stellard: --module: '{module}': {reason.replace('@', str(module))}\n"
        assert (done.returncode, done.stdout) == (2, "")


def test_a_module_whose_start_is_chosen_as_it_is_loaded_is_served(start, tmp_path):
    """An indirect function: what dlsym() gives is not the symbol's own address."""
    module = tmp_path / "module.so"
    source = """
static int init(void) { return 0; }
static int (*choose(void))(void) { return init; }
int stellar_module_init(void) __attribute__((ifunc("choose")));
"""
    subprocess.run([COMPILER, "-shared", "-fPIC", "-x", "c", "-", "-o", module], input=source, text=True, check=True)
    assert stop(start("--module", str(module)))[0] == 0


def test_a_certificate_that_is_not_there_is_told():
    done = run("--check-config", "--tls-cert", "/nonexistent", "--tls-key", "/nonexistent")
    assert done.returncode == 2
    assert "/nonexistent" in done.stderr


def test_an_address_in_use_is_told():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        for arguments, variables, place in (
            (["--port", port], {}, "--port: "),
            ([], {"STELLAR_PORT": port}, "STELLAR_PORT: "),
            (["--port", "0", "--metrics-port", port], {}, "--metrics-port: metrics: "),
        ):
            done = run(*arguments, env=variables)
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr == (
                f"stellard: {place}cannot listen on 127.0.0.1 port {port}: address already in use\n")


@pytest.mark.parametrize(
    "arguments, ready",
    [
        ([], r"ready 127\.0\.0\.1:[1-9]\d*\n"),
        (["--bind-ip", "::1"], r"ready \[::1\]:[1-9]\d*\n"),
    ],
)
def test_one_line_says_where_it_listens(start, arguments, ready):
    process = start(*arguments)
    assert re.fullmatch(ready, process.ready)
    code, rest, _ = stop(process)
    assert (code, rest) == (0, "")


def test_one_line_says_which_socket_it_listens_on(start, tmp_path):
    path = str(tmp_path / "socket")
    process = start("--unix", path)
    assert process.ready == f"ready unix:{path}\n"
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)
    assert stop(process)[0] == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_well(start, number):
    assert stop(start(), number)[0] == 0


def test_a_second_signal_ends_it_at_once(start):
    process = start("--shutdown-limit", "600000", "--module", "demo")
    address = process.ready.split()[1].rsplit(":", 1)
    with socket.create_connection((address[0], int(address[1]))) as client:
        lines = client.makefile("rw", newline="\r\n")
        lines.readline()
        lines.write('{"action":"sleepTest","params":{"sleepDuration":20000}}\r\n')
        lines.write("detailsView\r\n")
        lines.flush()
        assert '"pendingActions":1' in lines.readline()
        process.send_signal(signal.SIGTERM)
        while "draining" not in process.stderr.readline():
            pass
        assert stop(process)[0] == 0


def test_a_line_of_the_log_is_text(start):
    _, _, log = stop(start())
    assert re.search(rf"^{TIME} info Terminated: draining$", log, re.M)
    for line in log.splitlines():
        assert re.match(rf"{TIME} (debug|info|warning|error) .", line), line


def test_a_line_of_the_log_is_json(start):
    _, _, log = stop(start("--log-format", "json"))
    events = [json.loads(line) for line in log.splitlines()]
    assert "Terminated: draining" in [event["message"] for event in events]
    for event in events:
        assert set(event) - {"connection"} == {"time", "level", "message"}
        assert re.fullmatch(TIME, event["time"])


def test_the_level_keeps_lesser_events_out(start):
    assert stop(start("--log-level", "error"))[2] == ""


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_from_outside_forges_a_line(start, form):
    name = "STELLAR_\n2026-01-01T00:00:00.000Z error forged\x1b[2J\u0085\""
    process = start("--log-format", form, env={name: "1"})
    _, _, log = stop(process)
    lines = log.split("\n")
    assert [line for line in lines if "forged" in line] == [
        line for line in lines if "is no setting" in line
    ]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", log)


def test_a_log_that_nobody_reads_does_not_hold_it_up(start):
    """The pipe is full long before the last of the warnings."""
    strange = {f"STELLAR_{'X' * 200}_{i}": "1" for i in range(2000)}
    process = start(env=strange)
    assert process.ready.startswith("ready ")
    seen = b""
    while select.select([process.stderr], [], [], 0)[0]:
        seen += os.read(process.stderr.fileno(), 65536)
    assert seen.count(b"\n") < 2000
    code, _, log = stop(process)
    assert code == 0
    assert re.search(rf"^{TIME} warning \d+ lines of the log were lost$", log, re.M)


@pytest.mark.parametrize("closed", [True, False])
def test_standard_error_that_takes_nothing_does_not_end_it(closed):
    how = ">&-" if closed else ">/dev/full"
    process = subprocess.Popen(
        ["/bin/sh", "-c", f'exec "$0" --port 0 2{how}', PROGRAM],
        env=environment(STELLAR_STRANGE="1"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline().startswith("ready 127.0.0.1:")
        process.send_signal(signal.SIGTERM)
        assert process.wait(LIMIT) == 0
        assert process.stdout.read() == ""
    finally:
        if process.poll() is None:
            process.kill()
        process.stdout.close()
        process.wait()


@pytest.mark.parametrize(
    "how, reason", [(">/dev/full", "No space left"), (">&-", "Bad file descriptor")]
)
def test_standard_output_that_takes_nothing_is_told(how, reason):
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" --print-config {how}', PROGRAM],
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"stellard: standard output: {reason}")


def test_standard_output_that_is_gone_is_told():
    reader, writer = os.pipe()
    os.close(reader)
    done = run("--help", stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert done.returncode == 1
    assert done.stderr == "stellard: standard output: Broken pipe\n"


def test_it_may_have_as_many_files_as_the_system_allows(start):
    process = start(
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 256))
    )
    with open(f"/proc/{process.pid}/limits", encoding="ascii") as limits:
        assert re.search(r"^Max open files +256 +256 ", limits.read(), re.M)
    assert stop(process)[0] == 0
