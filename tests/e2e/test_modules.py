"""Modules that do to their server what only the daemon should do."""

import subprocess
from pathlib import Path

import pytest

from build import COMPILER
from daemon import BIN, DEADLINE, ENVIRONMENT

ROOT = Path(__file__).parents[2]

LISTENS_ITSELF = """
#include "stellar/server.h"

int stellar_module_init(struct stellar_server *server, char *error, size_t capacity)
{
    return stellar_server_listen(server, error, capacity);
}
"""

BEGINS_AGAIN = """
#include "stellar/server.h"

static void begin_again(struct stellar_call *call, void *data)
{
    struct stellar_server *server = stellar_call_server(call);
    struct stellar_writer *writer = stellar_call_writer(call);

    stellar_write_key(writer, "results");
    stellar_write_array_begin(writer);
    stellar_write_integer(writer, stellar_server_listen(server, NULL, 0));
    stellar_write_integer(writer, stellar_server_add_action(server, data));
    stellar_write_integer(writer, stellar_server_run(server));
    stellar_write_integer(writer, stellar_server_destroy(server));
    stellar_write_array_end(writer);
    stellar_call_finish(call);
}

int stellar_module_init(struct stellar_server *server, char *error, size_t capacity)
{
    static struct stellar_action action = {.name = "begin", .version = 1, .run = begin_again};

    (void)error;
    (void)capacity;
    action.data = &action;
    return stellar_server_add_action(server, &action);
}
"""


@pytest.fixture(name="module")
def _module(tmp_path):
    def build(source):
        path = tmp_path / "module.so"
        subprocess.run([COMPILER, "-std=c11", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC",
                        "-I", ROOT / "include", "-x", "c", "-", "-o", path],
                       input=source, text=True, check=True)
        return path

    return build


@pytest.mark.parametrize("task", [[], ["--check-config"]])
def test_a_module_that_makes_the_server_listen_is_refused(module, task):
    path = module(LISTENS_ITSELF)
    done = subprocess.run([BIN / "stellard", "--port", "0", "--module", path, *task],
                          env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=DEADLINE, check=False)
    assert done.stdout == ""
    assert done.stderr == f"stellard: --module: '{path}': it has made the server listen\n"
    assert done.returncode == 2


def test_an_action_that_begins_or_ends_its_server_again_is_refused(server, module):
    daemon = server("--module", module(BEGINS_AGAIN), "--threads", 2)
    invalid, busy = -2, -8
    with daemon.connect() as client:
        assert client.ask("begin")["results"] == [invalid, invalid, invalid, busy]
        assert client.ask("randomNumber")["messageCount"] == 2
